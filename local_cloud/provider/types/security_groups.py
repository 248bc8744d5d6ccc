"""Security groups, own and default ones, and rules as resources of the newer kind."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from local_cloud.provider.aws import ACCOUNT, ec2
from local_cloud.provider.types.kind import (
    Kind,
    arn,
    change_tags,
    keep,
    refuse,
    tag_specifications,
    tags_of,
    unless_gone,
)
from local_cloud.provider.values import Props

_DESCRIPTION: Final = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")
_INLINE: Final = ("ingress", "egress")


def _create_group(props: Props) -> str:
    if props.get("ingress") or props.get("egress"):
        raise refuse("InvalidParameterValue", "the local AWS takes rules as resources of their own only")
    _check_description("groupDescription", props["description"])
    client = ec2(props["region"])
    return client.create_security_group(
        GroupName=props["name"],
        Description=props["description"],
        VpcId=props["vpcId"],
        TagSpecifications=tag_specifications("security-group", props),
    )["GroupId"]


def _adopt(props: Props) -> str:
    """Find the group that a VPC has by default."""
    if props.get("ingress") or props.get("egress"):
        raise refuse("InvalidParameterValue", "the local AWS takes rules as resources of their own only")
    client = ec2(props["region"])
    found = client.describe_security_groups(
        Filters=[
            {"Name": "vpc-id", "Values": [props["vpcId"]]},
            {"Name": "group-name", "Values": ["default"]},
        ]
    )["SecurityGroups"]
    return found[0]["GroupId"]


def _take_over(id_: str, props: Props) -> None:
    _strip(id_, props)
    change_tags(id_, {}, props)


def _strip(id_: str, props: Props) -> None:
    """Take away every rule, as the genuine provider does."""
    client = ec2(props["region"])
    group = client.describe_security_groups(GroupIds=[id_])["SecurityGroups"][0]
    if group["IpPermissionsEgress"]:
        client.revoke_security_group_egress(GroupId=id_, IpPermissions=group["IpPermissionsEgress"])
    if group["IpPermissions"]:
        client.revoke_security_group_ingress(GroupId=id_, IpPermissions=group["IpPermissions"])


def _check_description(name: str, text: str) -> None:
    if not _DESCRIPTION.fullmatch(text):
        raise refuse(
            "InvalidParameterValue",
            f"Value ({text}) for parameter {name} is invalid. Valid are up to 255 of a-z, A-Z, 0-9, spaces, "
            "and ._-:/()#,@[]+=&;{}!$*",
        )


def _group(region: str, id_: str) -> Mapping[str, Any] | None:
    return unless_gone(lambda: ec2(region).describe_security_groups(GroupIds=[id_])["SecurityGroups"][0])


def _read_group(id_: str, state: Props) -> Props | None:
    group = _group(state["region"], id_)
    if group is None:
        return None
    return {
        "arn": arn(state["region"], "security-group", id_),
        "description": group["Description"],
        "egress": [_inline(each, id_) for each in group["IpPermissionsEgress"]],
        "ingress": [_inline(each, id_) for each in group["IpPermissions"]],
        "name": group["GroupName"],
        "namePrefix": "",
        "ownerId": group.get("OwnerId", ACCOUNT),
        "region": state["region"],
        "vpcId": group["VpcId"],
        **tags_of(group, state),
    }


def _inline(permission: Mapping[str, Any], itself: str) -> Props:
    groups = [each["GroupId"] for each in permission.get("UserIdGroupPairs", ())]
    return {
        "cidrBlocks": [each["CidrIp"] for each in permission.get("IpRanges", ())],
        "description": "",
        "fromPort": permission.get("FromPort", 0),
        "ipv6CidrBlocks": [each["CidrIpv6"] for each in permission.get("Ipv6Ranges", ())],
        "prefixListIds": [each["PrefixListId"] for each in permission.get("PrefixListIds", ())],
        "protocol": permission["IpProtocol"],
        "securityGroups": [each for each in groups if each != itself],
        "self": itself in groups,
        "toPort": permission.get("ToPort", 0),
    }


def _delete_group(id_: str, state: Props) -> None:
    client = ec2(state["region"])
    in_use = any(
        id_ in [group["GroupId"] for group in each.get("Groups", ())] and each["State"].lower() != "deleted"
        for each in client.describe_vpc_endpoints()["VpcEndpoints"]
    )
    named = any(
        id_ in [pair["GroupId"] for pair in permission["UserIdGroupPairs"]]
        for other in client.describe_security_groups()["SecurityGroups"]
        if other["GroupId"] != id_
        for permission in (*other["IpPermissions"], *other["IpPermissionsEgress"])
    )
    if in_use or named:
        raise refuse("DependencyViolation", f"resource {id_} has a dependent object")
    client.delete_security_group(GroupId=id_)


def _permission(props: Props) -> Any:  # noqa: ANN401 - boto3's type for each direction
    description = props.get("description") or ""
    _check_description("Description", description)
    told = {"Description": description} if description else {}
    permission: dict[str, Any] = {"IpProtocol": str(props["ipProtocol"])}
    if permission["IpProtocol"] in ("tcp", "udp", "6", "17") and props.get("fromPort") is None:
        raise refuse(
            "InvalidParameterValue",
            "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
        )
    for ours, theirs in (("fromPort", "FromPort"), ("toPort", "ToPort")):
        if props.get(ours) is not None and permission["IpProtocol"] != "-1":
            permission[theirs] = props[ours]
    if props.get("cidrIpv4"):
        permission["IpRanges"] = [{"CidrIp": props["cidrIpv4"], **told}]
    if props.get("cidrIpv6"):
        permission["Ipv6Ranges"] = [{"CidrIpv6": props["cidrIpv6"], **told}]
    if props.get("prefixListId"):
        permission["PrefixListIds"] = [{"PrefixListId": props["prefixListId"], **told}]
    if props.get("referencedSecurityGroupId"):
        permission["UserIdGroupPairs"] = [{**_group_pair(props["referencedSecurityGroupId"]), **told}]
    return [permission]


def _group_pair(written: str) -> dict[str, str]:
    """Return a group as EC2 takes it; one of another account is written `account/group`."""
    account, _, group = written.rpartition("/")
    return {"GroupId": group, **({"UserId": account} if account else {})}


def _referenced(group: Mapping[str, str]) -> str | None:
    """Return a group as the genuine provider writes it."""
    owner, id_ = group.get("UserId", ACCOUNT), group.get("GroupId")
    return id_ if id_ is None or owner == ACCOUNT else f"{owner}/{id_}"


def _create_ingress(props: Props) -> str:
    return _create_rule(ec2(props["region"]).authorize_security_group_ingress, props)


def _create_egress(props: Props) -> str:
    return _create_rule(ec2(props["region"]).authorize_security_group_egress, props)


def _create_rule(authorize: Callable[..., Any], props: Props) -> str:
    made = authorize(
        GroupId=props["securityGroupId"],
        IpPermissions=_permission(props),
        TagSpecifications=tag_specifications("security-group-rule", props),
    )
    return str(made["SecurityGroupRules"][0]["SecurityGroupRuleId"])


def _read_rule(id_: str, state: Props) -> Props | None:
    found = ec2(state["region"]).describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [state["securityGroupId"]]}]
    )["SecurityGroupRules"]
    rule: Any = next((each for each in found if each["SecurityGroupRuleId"] == id_), None)
    if rule is None:
        return None
    ports = {
        ours: rule[theirs]
        for ours, theirs in (("fromPort", "FromPort"), ("toPort", "ToPort"))
        if state.get(ours) is not None and theirs in rule
    }
    sources = {
        "cidrIpv4": rule.get("CidrIpv4"),
        "cidrIpv6": rule.get("CidrIpv6"),
        "description": _description(rule, state),
        "prefixListId": rule.get("PrefixListId"),
        "referencedSecurityGroupId": _referenced(rule.get("ReferencedGroupInfo") or {}),
    }
    return {
        **ports,
        **sources,
        "arn": arn(state["region"], "security-group-rule", id_),
        "ipProtocol": state.get("ipProtocol", rule["IpProtocol"]),
        "region": state["region"],
        "securityGroupId": state["securityGroupId"],
        "securityGroupRuleId": id_,
        **_rule_tags(rule, state),
    }


def _description(rule: Mapping[str, Any], state: Props) -> str | None:
    """Return a rule's description; beside a group or a prefix list moto keeps none: the last written."""
    keeps = "CidrIpv4" in rule or "CidrIpv6" in rule
    text: str = (rule.get("Description") if keeps else state.get("description")) or ""
    return text or None


def _rule_tags(rule: Mapping[str, Any], state: Props) -> Props:
    """Return a rule's tags; moto keeps none, so they are what the last deployment wrote."""
    if rule.get("Tags"):
        return tags_of(rule, state)
    return {key: state[key] for key in ("tags", "tagsAll") if key in state}


def _delete_ingress(id_: str, state: Props) -> None:
    ec2(state["region"]).revoke_security_group_ingress(
        GroupId=state["securityGroupId"], SecurityGroupRuleIds=[id_]
    )


def _delete_egress(id_: str, state: Props) -> None:
    ec2(state["region"]).revoke_security_group_egress(
        GroupId=state["securityGroupId"], SecurityGroupRuleIds=[id_]
    )


def _update_rule(id_: str, olds: Props, news: Props) -> None:
    keys = (
        "cidrIpv4",
        "cidrIpv6",
        "prefixListId",
        "referencedSecurityGroupId",
        "ipProtocol",
        "fromPort",
        "toPort",
        "description",
    )
    if any(olds.get(key) != news.get(key) for key in keys):
        rule: dict[str, Any] = {"IpProtocol": str(news["ipProtocol"])}
        names = {
            "cidrIpv4": "CidrIpv4",
            "cidrIpv6": "CidrIpv6",
            "prefixListId": "PrefixListId",
            "referencedSecurityGroupId": "ReferencedGroupId",
            "fromPort": "FromPort",
            "toPort": "ToPort",
            "description": "Description",
        }
        rule |= {theirs: news[ours] for ours, theirs in names.items() if news.get(ours) is not None}
        if "ReferencedGroupId" in rule:
            rule["ReferencedGroupId"] = rule["ReferencedGroupId"].rpartition("/")[2]
        if rule["IpProtocol"] in ("-1", "all"):
            rule |= {"FromPort": -1, "ToPort": -1}
        _check_description("Description", news.get("description") or "")
        ec2(news["region"]).modify_security_group_rules(
            GroupId=news["securityGroupId"],
            SecurityGroupRules=[{"SecurityGroupRuleId": id_, "SecurityGroupRule": rule}],  # type: ignore[typeddict-item] # built by name
        )
    change_tags(id_, olds, news)


KINDS: Final[Mapping[str, Kind]] = {
    "aws:ec2/securityGroup:SecurityGroup": Kind(
        create=_create_group, finish=_strip, read=_read_group, update=change_tags, delete=_delete_group
    ),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": Kind(
        create=_adopt, finish=_take_over, read=_read_group, update=change_tags, delete=keep
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": Kind(
        create=_create_ingress, read=_read_rule, update=_update_rule, delete=_delete_ingress
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": Kind(
        create=_create_egress, read=_read_rule, update=_update_rule, delete=_delete_egress
    ),
}
