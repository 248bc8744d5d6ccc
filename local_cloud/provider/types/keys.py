"""KMS keys."""

import json
from collections.abc import Mapping
from typing import Any, Final

from local_cloud.provider.aws import kms
from local_cloud.provider.types.kind import Kind, changed_tags, refuse_what_is_not_made, tags_of, unless_gone
from local_cloud.provider.types.roles import same_policy
from local_cloud.provider.values import Props

KEY: Final = "aws:kms/key:Key"
_INPUTS: Final = frozenset(
    {
        "customerMasterKeySpec",
        "deletionWindowInDays",
        "description",
        "enableKeyRotation",
        "isEnabled",
        "keyUsage",
        "policy",
        "region",
        "tags",
        "tagsAll",
    }
)
_LONGEST_WINDOW: Final = 30


def _create(props: Props) -> str:
    refuse_what_is_not_made(KEY, props, _INPUTS)
    client = kms(props["region"])
    request: dict[str, Any] = {
        "Description": props.get("description", ""),
        "KeySpec": props["customerMasterKeySpec"],
        "KeyUsage": props["keyUsage"],
        "Tags": _tag_list(props.get("tagsAll") or {}),
    }
    if "policy" in props:
        request["Policy"] = props["policy"]
    return str(client.create_key(**request)["KeyMetadata"]["KeyId"])


def _set_switches(id_: str, props: Props) -> None:
    client = kms(props["region"])
    (client.enable_key if props["isEnabled"] else client.disable_key)(KeyId=id_)
    if props.get("enableKeyRotation"):
        client.enable_key_rotation(KeyId=id_)
    else:
        client.disable_key_rotation(KeyId=id_)


def _tag_list(tags: Mapping[str, str]) -> Any:  # noqa: ANN401 - boto3's list of maps
    return [{"TagKey": key, "TagValue": value} for key, value in tags.items()]


def _read(id_: str, state: Props) -> Props | None:
    client = kms(state["region"])
    key = unless_gone(lambda: client.describe_key(KeyId=id_)["KeyMetadata"])
    if key is None or key.get("KeyState") == "PendingDeletion":
        return None
    policy = client.get_key_policy(KeyId=id_, PolicyName="default")["Policy"]
    tags = client.list_resource_tags(KeyId=id_)["Tags"]
    return {
        "arn": key["Arn"],
        "customerMasterKeySpec": key.get("KeySpec"),
        "description": key.get("Description", ""),
        "enableKeyRotation": client.get_key_rotation_status(KeyId=id_)["KeyRotationEnabled"],
        "isEnabled": key.get("Enabled"),
        "keyId": id_,
        "keyUsage": key.get("KeyUsage", state["keyUsage"]),
        "multiRegion": False,
        "policy": same_policy(json.loads(policy), state.get("policy")),
        "region": state["region"],
        "rotationPeriodInDays": 0,
        **tags_of({"Tags": [{"Key": each["TagKey"], "Value": each["TagValue"]} for each in tags]}, state),
    }


def _update(id_: str, olds: Props, news: Props) -> None:
    refuse_what_is_not_made(KEY, news, _INPUTS)
    client = kms(news["region"])
    client.update_key_description(KeyId=id_, Description=news.get("description", ""))
    if "policy" in news:
        client.put_key_policy(KeyId=id_, PolicyName="default", Policy=news["policy"])
    _set_switches(id_, news)
    gone, new = changed_tags(olds, news)
    client.untag_resource(KeyId=id_, TagKeys=gone)
    client.tag_resource(KeyId=id_, Tags=_tag_list(new))


def _delete(id_: str, state: Props) -> None:
    window = state.get("deletionWindowInDays", _LONGEST_WINDOW)
    kms(state["region"]).schedule_key_deletion(KeyId=id_, PendingWindowInDays=window)


KINDS: Final[Mapping[str, Kind]] = {
    KEY: Kind(create=_create, finish=_set_switches, read=_read, update=_update, delete=_delete)
}
