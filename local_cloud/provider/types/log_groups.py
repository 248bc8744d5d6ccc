"""Log groups of CloudWatch Logs."""

import json
from collections.abc import Mapping
from typing import Any, Final

from local_cloud.provider.aws import ACCOUNT, kms, logs
from local_cloud.provider.types.kind import (
    Kind,
    changed_tags,
    partition,
    refuse,
    refuse_what_is_not_made,
    tag_list,
    tags_of,
)
from local_cloud.provider.values import Props

LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
_INPUTS: Final = frozenset(
    {"kmsKeyId", "logGroupClass", "name", "region", "retentionInDays", "skipDestroy", "tags", "tagsAll"}
)


def _create(props: Props) -> str:
    refuse_what_is_not_made(LOG_GROUP, props, _INPUTS)
    _refuse_key_that_shuts_logs_out(props)
    optional = {
        "kmsKeyId": props.get("kmsKeyId"),
        "logGroupClass": props.get("logGroupClass"),
        "tags": props.get("tagsAll"),
    }
    request: dict[str, Any] = {key: value for key, value in optional.items() if value}
    logs(props["region"]).create_log_group(logGroupName=props["name"], **request)
    return str(props["name"])


def _refuse_key_that_shuts_logs_out(props: Props) -> None:
    """Refuse a key whose policy does not name CloudWatch Logs, which cannot use it then."""
    if not props.get("kmsKeyId"):
        return
    region = props["region"]
    end = "amazonaws.com.cn" if partition(region) == "aws-cn" else "amazonaws.com"
    policy = kms(region).get_key_policy(KeyId=props["kmsKeyId"], PolicyName="default")["Policy"]
    statements = json.loads(policy)["Statement"]
    admitted = [each["Principal"].get("Service") for each in statements if each["Effect"] == "Allow"]
    if f"logs.{region}.{end}" not in admitted:
        raise refuse(
            "InvalidParameterException",
            "The specified KMS key does not exist or is not allowed to be used with LogGroup "
            f"'{props['name']}'",
        )


def _set_retention(id_: str, props: Props) -> None:
    client = logs(props["region"])
    if days := props.get("retentionInDays"):
        client.put_retention_policy(logGroupName=id_, retentionInDays=days)
    else:
        client.delete_retention_policy(logGroupName=id_)


def _read(id_: str, state: Props) -> Props | None:
    client = logs(state["region"])
    groups: Any = client.describe_log_groups(logGroupNamePrefix=id_)["logGroups"]
    for group in groups:
        if group["logGroupName"] == id_:
            arn = group["arn"].removesuffix(":*")
            tags = client.list_tags_for_resource(resourceArn=arn)["tags"]
            return {
                "arn": arn,
                "deletionProtectionEnabled": False,
                "kmsKeyId": group.get("kmsKeyId"),
                "logGroupClass": group.get("logGroupClass", "STANDARD"),
                "name": id_,
                "namePrefix": "",
                "region": state["region"],
                "retentionInDays": group.get("retentionInDays", 0),
                **tags_of({"Tags": tag_list(tags)}, state),
            }
    return None


def _update(id_: str, olds: Props, news: Props) -> None:
    refuse_what_is_not_made(LOG_GROUP, news, _INPUTS)
    client = logs(news["region"])
    _set_retention(id_, news)
    if news.get("kmsKeyId") != olds.get("kmsKeyId"):
        # moto has neither AssociateKmsKey nor DisassociateKmsKey.
        raise refuse("UnsupportedOperation", "the local AWS cannot change the key of a log group")
    arn = f"arn:{partition(news['region'])}:logs:{news['region']}:{ACCOUNT}:log-group:{id_}"
    gone, new = changed_tags(olds, news)
    client.untag_resource(resourceArn=arn, tagKeys=gone)
    client.tag_resource(resourceArn=arn, tags=new)


def _delete(id_: str, state: Props) -> None:
    if not state.get("skipDestroy"):
        logs(state["region"]).delete_log_group(logGroupName=id_)


KINDS: Final[Mapping[str, Kind]] = {
    LOG_GROUP: Kind(create=_create, finish=_set_retention, read=_read, update=_update, delete=_delete)
}
