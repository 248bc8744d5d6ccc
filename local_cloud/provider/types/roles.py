"""IAM roles and the policies that stand in them."""

import json
from collections.abc import Mapping
from typing import Any, Final

from local_cloud.provider.aws import iam
from local_cloud.provider.types.kind import (
    Kind,
    changed_tags,
    refuse_what_is_not_made,
    tag_list,
    tags_of,
    unless_gone,
)
from local_cloud.provider.values import Props

ROLE: Final = "aws:iam/role:Role"
POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
_ROLE_INPUTS: Final = frozenset(
    {"assumeRolePolicy", "description", "maxSessionDuration", "name", "path", "tags", "tagsAll"}
)
_POLICY_INPUTS: Final = frozenset({"name", "policy", "role"})


def _create_role(props: Props) -> str:
    refuse_what_is_not_made(ROLE, props, _ROLE_INPUTS)
    iam().create_role(
        RoleName=props["name"],
        AssumeRolePolicyDocument=props["assumeRolePolicy"],
        Description=props.get("description", ""),
        MaxSessionDuration=props["maxSessionDuration"],
        Path=props["path"],
        Tags=tag_list(props.get("tagsAll") or {}),
    )
    return str(props["name"])


def _read_role(id_: str, state: Props) -> Props | None:
    client = iam()
    role: Any = unless_gone(lambda: client.get_role(RoleName=id_)["Role"])
    if role is None:
        return None
    names = client.list_role_policies(RoleName=id_)["PolicyNames"]
    attached = client.list_attached_role_policies(RoleName=id_)["AttachedPolicies"]
    return {
        "arn": role["Arn"],
        "assumeRolePolicy": same_policy(role["AssumeRolePolicyDocument"], state.get("assumeRolePolicy")),
        "createDate": str(role["CreateDate"]),
        "description": role.get("Description") or None,
        "inlinePolicies": [{"name": name, "policy": _policy(id_, name, None)} for name in names],
        "managedPolicyArns": sorted(each["PolicyArn"] for each in attached),
        "maxSessionDuration": role["MaxSessionDuration"],
        "name": id_,
        "namePrefix": "",
        "path": role["Path"],
        "uniqueId": role["RoleId"],
        **tags_of(role, state),
    }


def _update_role(id_: str, olds: Props, news: Props) -> None:
    refuse_what_is_not_made(ROLE, news, _ROLE_INPUTS)
    client = iam()
    client.update_assume_role_policy(RoleName=id_, PolicyDocument=news["assumeRolePolicy"])
    client.update_role(
        RoleName=id_,
        Description=news.get("description", ""),
        MaxSessionDuration=news["maxSessionDuration"],
    )
    gone, new = changed_tags(olds, news)
    client.untag_role(RoleName=id_, TagKeys=gone)
    client.tag_role(RoleName=id_, Tags=tag_list(new))


def _delete_role(id_: str, _state: Props) -> None:
    iam().delete_role(RoleName=id_)


def _put_policy(props: Props) -> str:
    refuse_what_is_not_made(POLICY, props, _POLICY_INPUTS)
    iam().put_role_policy(RoleName=props["role"], PolicyName=props["name"], PolicyDocument=props["policy"])
    return f"{props['role']}:{props['name']}"


def _read_policy(id_: str, state: Props) -> Props | None:
    role, _, name = id_.partition(":")
    policy = unless_gone(lambda: _policy(role, name, state.get("policy")))
    if policy is None:
        return None
    return {"name": name, "namePrefix": "", "policy": policy, "role": role}


def _policy(role: str, name: str, written: str | None) -> str:
    return same_policy(iam().get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"], written)


def same_policy(read: object, written: str | None) -> str:
    """Keep the written text when AWS returns an equivalent policy."""
    if written is not None and json.loads(written) == read:
        return written
    return json.dumps(read)


def _update_policy(_id: str, _olds: Props, news: Props) -> None:
    _put_policy(news)


def _delete_policy(id_: str, _state: Props) -> None:
    role, _, name = id_.partition(":")
    iam().delete_role_policy(RoleName=role, PolicyName=name)


KINDS: Final[Mapping[str, Kind]] = {
    ROLE: Kind(create=_create_role, read=_read_role, update=_update_role, delete=_delete_role),
    POLICY: Kind(create=_put_policy, read=_read_policy, update=_update_policy, delete=_delete_policy),
}
