"""The same stack, spelled with pulumi-aws-native wherever that has a type for what it says."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from tests.policy_pack.stacks import Applied, Made, Ref, Written, native, ref

Spelled: TypeAlias = tuple[Made, ...]
_VPC_OUTPUTS: Final = {
    "defaultNetworkAclId": "defaultNetworkAcl",
    "defaultSecurityGroupId": "defaultSecurityGroup",
}
_LACKING_OUTPUTS: Final = frozenset({"defaultRouteTableId", "mainRouteTableId"})
_LACKING_OUTPUTS_OF_ENDPOINTS: Final = frozenset({"prefixListId"})
_RULE: Final = "aws:ec2/securityGroupRule:SecurityGroupRule"
_INGRESS_RULE: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_EGRESS_RULE: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
# What lets nothing out of a native group: an empty list would leave AWS's own rule in place.
_CLOSED: Final[dict[str, Written]] = {
    "ipProtocol": "icmp",
    "fromPort": 252,
    "toPort": 86,
    "cidrIp": "255.255.255.255/32",
}


class _NoWordsError(Exception):
    """aws-native has no words for it."""


def in_native(stack: Iterable[Made], chosen: Container[str] | None = None) -> Spelled:
    """Return a stack in which aws-native makes the chosen resources, or all, where it can."""
    given = tuple(stack)
    spelled: list[Made] = []
    folded: set[str] = set()
    for each in given:
        if chosen is None or each.key in chosen:
            try:
                made_ = _SPELLINGS[each.type](each, given)
            except (KeyError, _NoWordsError):
                made_ = (each,)
            else:
                if each.type == "aws:ec2/securityGroup:SecurityGroup":
                    folded |= {rule.key for rule in _outbound_rules(each, given)}
            spelled += made_
        else:
            spelled.append(each)
    native_vpcs = {each.key for each in spelled if each.type == "aws-native:ec2:Vpc"}
    return tuple(
        replace(each, inputs={key: _renamed_refs(value, native_vpcs) for key, value in each.inputs.items()})
        for each in spelled
        if each.key not in folded
    )


def _renamed_refs(value: Written, vpcs: Container[str]) -> Written:
    match value:
        case Ref(name, output) if name in vpcs:
            return Ref(name, _VPC_OUTPUTS.get(output, output))
        case Applied(inner):
            return Applied(_renamed_refs(inner, vpcs))
        case list():
            return [_renamed_refs(item, vpcs) for item in value]
        case dict():
            return {key: _renamed_refs(item, vpcs) for key, item in value.items()}
        case _:
            return value


def _refs(value: Written) -> Iterator[Ref]:
    match value:
        case Ref():
            yield value
        case Applied(inner):
            yield from _refs(inner)
        case list():
            for item in value:
                yield from _refs(item)
        case dict():
            for item in value.values():
                yield from _refs(item)
        case _:
            pass


def _as(type_: str, **names: str) -> Callable[[Made, Spelled], Spelled]:
    """Return what spells a type by another one and other names."""

    def spell(each: Made, _stack: Spelled) -> Spelled:
        if "region" in each.inputs:
            raise _NoWordsError
        inputs = {names.get(key, key): value for key, value in each.inputs.items()}
        tags = inputs.get("tags")
        if isinstance(tags, dict) and type_ != "mwaa:Environment":
            inputs["tags"] = [{"key": key, "value": value} for key, value in tags.items()]
        depends = {names.get(key, key): urns for key, urns in each.depends.items()}
        return (replace(each, type=f"aws-native:{type_}", inputs=inputs, depends=depends),)

    return spell


def _vpc(each: Made, stack: Spelled) -> Spelled:
    return _with_outputs(each, stack, _as("ec2:Vpc"), _LACKING_OUTPUTS)


def _vpc_endpoint(each: Made, stack: Spelled) -> Spelled:
    spell = _as("ec2:VpcEndpoint", policy="policyDocument")
    return _with_outputs(each, stack, spell, _LACKING_OUTPUTS_OF_ENDPOINTS)


def _with_outputs(
    each: Made, stack: Spelled, spell: Callable[[Made, Spelled], Spelled], lacking: Container[str]
) -> Spelled:
    for other in stack:
        for value in other.inputs.values():
            if any(one.name == each.key and one.output in lacking for one in _refs(value)):
                raise _NoWordsError
    return spell(each, stack)


def _internet_gateway(each: Made, stack: Spelled) -> Spelled:
    (gateway,) = _as("ec2:InternetGateway")(each, stack)
    vpc = gateway.inputs.get("vpcId")
    bare = replace(gateway, inputs={key: value for key, value in gateway.inputs.items() if key != "vpcId"})
    if vpc is None:
        return (bare,)
    attachment = native(
        "ec2:VpcGatewayAttachment", f"{each.key}-attached", internetGatewayId=ref(each.key), vpcId=vpc
    )
    return bare, attachment


def _route_table(each: Made, stack: Spelled) -> Spelled:
    (table,) = _as("ec2:RouteTable")(each, stack)
    if not {"routes", "propagatingVgws"}.isdisjoint(each.inputs):
        raise _NoWordsError
    return (table,)


def _association(each: Made, stack: Spelled) -> Spelled:
    if "subnetId" not in each.inputs:
        raise _NoWordsError
    return _as("ec2:SubnetRouteTableAssociation")(each, stack)


def _network_acl(each: Made, stack: Spelled) -> Spelled:
    subnets = each.inputs.get("subnetIds", [])
    if not {"ingress", "egress"}.isdisjoint(each.inputs) or not isinstance(subnets, list):
        raise _NoWordsError
    (acl,) = _as("ec2:NetworkAcl")(each, stack)
    bare = replace(acl, inputs={key: value for key, value in acl.inputs.items() if key != "subnetIds"})
    return (
        bare,
        *(
            native(
                "ec2:SubnetNetworkAclAssociation",
                f"{each.key}-on-{index}",
                networkAclId=ref(each.key),
                subnetId=subnet,
            )
            for index, subnet in enumerate(subnets)
        ),
    )


def _outbound_rules(group: Made, stack: Spelled) -> Spelled:
    return tuple(
        each
        for each in stack
        if each.type == _EGRESS_RULE or (each.type == _RULE and each.inputs.get("type") == "egress")
        if each.inputs.get("securityGroupId") == ref(group.key)
    )


def _security_group(each: Made, stack: Spelled) -> Spelled:
    inputs = dict(each.inputs)
    inbound = [entry for rule in _list(inputs.pop("ingress", [])) for entry in _entries(rule, "source")]
    outbound = [entry for rule in _list(inputs.pop("egress", [])) for entry in _entries(rule, "destination")]
    for rule in _outbound_rules(each, stack):
        if ref(each.key) in [*_refs(rule.inputs.get("referencedSecurityGroupId"))]:
            raise _NoWordsError
        outbound += _entries(dict(rule.inputs), "destination")
    bare = replace(each, inputs={"groupDescription": "group", **inputs})
    (group,) = _as("ec2:SecurityGroup", name="groupName", description="groupDescription")(bare, stack)
    written: dict[str, Written] = {"securityGroupEgress": [*outbound] or [_CLOSED]}
    if inbound:
        written["securityGroupIngress"] = [*inbound]
    return (replace(group, inputs={**group.inputs, **written}),)


def _list(value: Written) -> list[Written]:
    if not isinstance(value, list):
        raise _NoWordsError
    return value


_SINGLE: Final[Mapping[str, str]] = {
    "cidrBlocks": "cidrIp",
    "ipv6CidrBlocks": "cidrIpv6",
    "prefixListIds": "{}PrefixListId",
    "securityGroups": "{}SecurityGroupId",
    "cidrIpv4": "cidrIp",
    "cidrIpv6": "cidrIpv6",
    "prefixListId": "{}PrefixListId",
    "referencedSecurityGroupId": "{}SecurityGroupId",
    "sourceSecurityGroupId": "{}SecurityGroupId",
}


def _entries(rule: Written, far: str) -> list[dict[str, Written]]:
    """Return a rule as entries with one source each; a rule from its own group is none of them."""
    if not isinstance(rule, dict) or rule.get("self"):
        raise _NoWordsError
    what: dict[str, Written] = {"ipProtocol": rule.get("protocol", rule.get("ipProtocol"))}
    what.update({key: rule[key] for key in ("fromPort", "toPort") if key in rule})
    entries: list[dict[str, Written]] = []
    for key, name in _SINGLE.items():
        value = rule.get(key)
        values = [] if value is None else value if isinstance(value, list) else [value]
        if key in {"cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"}:
            values = _list(rule.get(key, []))
        entries += [{**what, name.format(far): each} for each in values]
    return entries


def _inbound_rule(each: Made, stack: Spelled) -> Spelled:
    return _as(
        "ec2:SecurityGroupIngress",
        securityGroupId="groupId",
        cidrIpv4="cidrIp",
        referencedSecurityGroupId="sourceSecurityGroupId",
        prefixListId="sourcePrefixListId",
    )(each, stack)


def _older_rule(each: Made, _stack: Spelled) -> Spelled:
    if each.inputs.get("type") != "ingress":
        raise _NoWordsError
    group = each.inputs.get("securityGroupId")
    inputs = dict(each.inputs)
    if inputs.pop("self", False):
        inputs["sourceSecurityGroupId"] = group
    entries = _entries(inputs, "source")
    if len(entries) != 1 or each.depends:
        raise _NoWordsError
    return (
        replace(each, type="aws-native:ec2:SecurityGroupIngress", inputs={"groupId": group, **entries[0]}),
    )


_SPELLINGS: Final[Mapping[str, Callable[[Made, Spelled], Spelled]]] = {
    "aws:ec2/vpc:Vpc": _vpc,
    "aws:ec2/subnet:Subnet": _as("ec2:Subnet"),
    "aws:ec2/internetGateway:InternetGateway": _internet_gateway,
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": _as("ec2:VpcGatewayAttachment"),
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": _as("ec2:EgressOnlyInternetGateway"),
    "aws:ec2/eip:Eip": _as("ec2:Eip"),
    "aws:ec2/natGateway:NatGateway": _as("ec2:NatGateway"),
    "aws:ec2/routeTable:RouteTable": _route_table,
    "aws:ec2/route:Route": _as("ec2:Route", egressOnlyGatewayId="egressOnlyInternetGatewayId"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _association,
    "aws:ec2/networkAcl:NetworkAcl": _network_acl,
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": _as("ec2:SubnetNetworkAclAssociation"),
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    _INGRESS_RULE: _inbound_rule,
    _RULE: _older_rule,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _vpc_endpoint,
    "aws:ec2/managedPrefixList:ManagedPrefixList": _as("ec2:PrefixList", name="prefixListName"),
    "aws:mwaa/environment:Environment": _as("mwaa:Environment"),
    "aws:s3/bucket:Bucket": _as("s3:Bucket", bucket="bucketName"),
}
