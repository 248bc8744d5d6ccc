"""Lists that the program leaves out, as AWS had them when last read: resources say what holds now."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from mwaa_guardrails.reading.resource import Resource, Value
from tests.policy_pack.native_networks import right_native_network
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import (
    ALL_IPV4,
    changed,
    endpoint,
    entry,
    right_network,
    right_private_network,
)
from tests.policy_pack.stacks import FULL_ACCESS, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import (
    ACL,
    ATTACHED,
    CONTESTED,
    PUBLIC,
    SELF,
    SILENT,
    Verdict,
    advice,
    undetermined,
    verdict,
    violation,
)

Stack = tuple[Made, ...]
# What AWS had, by logical name and property.
Answers = Mapping[str, Mapping[str, Value]]

RIGHT: Final = right_network()
PRIVATE: Final = right_private_network()
NATIVE: Final = right_native_network()


def refreshed(stack: Stack, answers: Answers) -> tuple[Resource, ...]:
    """Return a deployed stack whose state has other answers of AWS than its resources make."""
    return tuple(
        replace(each, outputs={**each.outputs, **answers.get(each.name, {})})
        for each in render(stack, Rendering.DEPLOYED)
    )


def _route(**target: Value) -> Answers:
    return {"private-table": {"routes": ({"cidrBlock": ALL_IPV4, **target},)}}


_TO_IGW: Final = _route(gatewayId="id-of-igw")
_TO_NAT: Final = _route(natGatewayId="id-of-nat")
_WRITTEN: Final[list[Written]] = [{"cidrBlock": ALL_IPV4, "gatewayId": ref("igw")}]
_ALL: Final[Mapping[str, Value]] = {"protocol": "-1", "fromPort": 0, "toPort": 0}
_SELF: Final[Answers] = {"group": {"ingress": ({**_ALL, "self": True},)}}
_PEERED: Final[Answers] = {
    "private-table": {"routes": ({"cidrBlock": "10.9.0.0/16", "vpcPeeringConnectionId": "pcx-1"},)}
}
ROUTES: list[tuple[str, Stack, Answers, Verdict]] = [
    ("a route leads to NAT now, and led to an internet gateway", RIGHT, _TO_IGW, SILENT),
    ("a route led to the NAT gateway that it leads to now", RIGHT, _TO_NAT, SILENT),
    ("a route to a NAT gateway that is gone", RIGHT, _route(natGatewayId="nat-0123456789"), SILENT),
    (
        "the only route to an internet gateway is gone, or nobody states it",
        changed((*PRIVATE, made("ec2/internetGateway:InternetGateway", "igw", vpcId=ref("vpc")))),
        _TO_IGW,
        undetermined("private-table", "routes[0]"),
    ),
    (
        "the only route to NAT is gone, or nobody states it",
        changed(RIGHT, without=("private-route",)),
        _TO_NAT,
        undetermined("private-table", "routes[0]"),
    ),
    ("a route to a peered VPC, which nobody states", RIGHT, _PEERED, SILENT),
    ("the same with private routing", PRIVATE, _PEERED, SILENT),
    (
        "a route that the table itself states holds, whatever else is stated",
        changed(RIGHT, made("ec2/routeTable:RouteTable", "private-table", vpcId=ref("vpc"), routes=_WRITTEN)),
        {},
        violation(PUBLIC, "a", "b") | advice(CONTESTED, "private-table"),
    ),
    (
        "the table of the NAT gateway had its route already",
        RIGHT,
        {"public-table": {"routes": ({"cidrBlock": ALL_IPV4, "gatewayId": "id-of-igw"},)}},
        SILENT,
    ),
    (
        "the table of the NAT gateway has lost its route, or nobody states it",
        changed(RIGHT, without=("public-route",)),
        {"public-table": {"routes": ({"cidrBlock": ALL_IPV4, "gatewayId": "id-of-igw"},)}},
        undetermined("public-table", "routes[0]"),
    ),
    (
        "the only route out of the VPC another way is gone, or nobody states it",
        changed(RIGHT, without=("private-route",)),
        _route(vpcPeeringConnectionId="pcx-1"),
        undetermined("private-table", "routes[0]"),
    ),
]
RULES: list[tuple[str, Stack, Answers, Verdict]] = [
    ("a rule is there still", RIGHT, _SELF, SILENT),
    (
        "a rule is gone, or nobody states it",
        changed(RIGHT, without=("self",)),
        _SELF,
        undetermined("group", "ingress[0]"),
    ),
    (
        "another rule is gone, or nobody states it",
        changed(RIGHT, without=("self",)),
        {"group": {"ingress": ({"protocol": "tcp", "fromPort": 22, "toPort": 22, "self": True},)}},
        violation(SELF, "group"),
    ),
    (
        "AWS's own outbound rule in aws-native",
        changed(NATIVE, without=("outbound",)),
        {"group": {"securityGroupEgress": ({"ipProtocol": "-1", "cidrIp": ALL_IPV4},)}},
        SILENT,
    ),
]


def _entry(number: int, action: str, **others: Value) -> Value:
    return {"ruleNo": number, "action": action, **_ALL, "cidrBlock": ALL_IPV4, **others}


def _tie(name: str, acl: str, subnet: str) -> Made:
    return made(
        "ec2/networkAclAssociation:NetworkAclAssociation",
        name,
        networkAclId=ref(acl),
        subnetId=ref(subnet),
    )


_DEAD: Final = made("ec2/networkAcl:NetworkAcl", "dead", vpcId=ref("vpc"))
_APART: Final = (*changed(RIGHT, made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc"))), _DEAD)
_TIED: Final = (*_APART, _tie("tie-a", "acl", "a"), _tie("tie-b", "acl", "b"))
_DEAD_HAD_A: Final[Answers] = {"dead": {"subnetIds": ("id-of-a",)}}
ENTRIES: list[tuple[str, Stack, Answers, Verdict]] = [
    ("an entry allows now, and denied", RIGHT, {"acl": {"ingress": (_entry(100, "deny"),)}}, SILENT),
    ("an entry is there still", RIGHT, {"acl": {"ingress": (_entry(100, "allow"),)}}, SILENT),
    (
        "an entry that denies is gone, or nobody states it",
        RIGHT,
        {"acl": {"ingress": (_entry(90, "deny"),)}},
        undetermined("acl", "ingress[0]"),
    ),
    (
        "an entry that allows is gone, or nobody states it",
        changed(RIGHT, without=("in",)),
        {"acl": {"ingress": (_entry(100, "allow"),)}},
        undetermined("acl", "ingress[0]"),
    ),
    (
        "another entry has the number now, in the other direction",
        changed(RIGHT, entry("in", 90, egress=False)),
        {"acl": {"ingress": (_entry(100, "deny"),), "egress": (_entry(90, "deny"),)}},
        undetermined("acl", "egress[0]"),
    ),
    (
        "an adopted default ACL has what it states alone",
        changed(
            RIGHT,
            made(
                "ec2/defaultNetworkAcl:DefaultNetworkAcl",
                "acl",
                defaultNetworkAclId=ref("vpc", "defaultNetworkAclId"),
            ),
            without=("in", "out"),
        ),
        {"acl": {"ingress": (_entry(90, "allow"),), "subnetIds": ("id-of-a", "id-of-b")}},
        violation(ACL, "acl"),
    ),
    ("a subnet has another ACL now", _TIED, _DEAD_HAD_A, SILENT),
    ("a subnet has the ACL that it had", _TIED, {"acl": {"subnetIds": ("id-of-a", "id-of-b")}}, SILENT),
    (
        "another ACL states the subnet itself",
        (*RIGHT, _DEAD),
        _DEAD_HAD_A,
        SILENT,
    ),
    (
        "an association is gone, or nobody states it",
        (*_APART, _tie("tie-b", "acl", "b")),
        _DEAD_HAD_A,
        undetermined("dead", "subnetIds"),
    ),
    (
        "a subnet outside is where it was",
        _APART,
        {"dead": {"subnetIds": ("subnet-0123456789",)}},
        SILENT,
    ),
]


def _sqs(**inputs: Written) -> Made:
    given: dict[str, Written] = {
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "securityGroupIds": [ref("group")],
        "subnetIds": [ref("a"), ref("b")],
        **inputs,
    }
    return endpoint("sqs", **given)


def _in_subnet(subnet: str) -> Made:
    return made(
        "ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
        f"in-{subnet}",
        vpcEndpointId=ref("sqs"),
        subnetId=ref(subnet),
    )


def _with_group(**inputs: Written) -> Made:
    return made(
        "ec2/securityGroupAssociation:SecurityGroupAssociation",
        "with-group",
        vpcEndpointId=ref("sqs"),
        securityGroupId=ref("group"),
        **inputs,
    )


_NO_SUBNETS: Final = changed(PRIVATE, _sqs(subnetIds=None))
_NO_GROUPS: Final = changed(PRIVATE, _sqs(securityGroupIds=None))
_NOTHING: Final = json.dumps({"Statement": []})
_IN_BOTH: Final[Answers] = {"sqs": {"subnetIds": ("id-of-a", "id-of-b")}}
_DEFAULT_GROUP: Final = "defaultSecurityGroupId-of-vpc"
ENDPOINTS: list[tuple[str, Stack, Answers, Verdict]] = [
    ("two subnets are there still", (*_NO_SUBNETS, _in_subnet("a"), _in_subnet("b")), _IN_BOTH, SILENT),
    (
        "a subnet is gone, or nobody states it",
        (*_NO_SUBNETS, _in_subnet("a")),
        _IN_BOTH,
        undetermined("sqs", "subnetIds"),
    ),
    (
        "a subnet was never there",
        (*_NO_SUBNETS, _in_subnet("a")),
        {"sqs": {"subnetIds": ("id-of-a",)}},
        violation(ATTACHED, "sqs"),
    ),
    (
        "a route table is gone, or nobody states it",
        changed(PRIVATE, endpoint("s3", vpcEndpointType="Gateway")),
        {"s3": {"routeTableIds": ("id-of-private-table",)}},
        undetermined("s3", "routeTableIds"),
    ),
    (
        "a group is there still, beside AWS's own",
        (*_NO_GROUPS, _with_group()),
        {"sqs": {"securityGroupIds": (_DEFAULT_GROUP, "id-of-group")}},
        SILENT,
    ),
    (
        "a group has taken the place of AWS's own, which was there before",
        (*_NO_GROUPS, _with_group(replaceDefaultAssociation=True)),
        {"sqs": {"securityGroupIds": (_DEFAULT_GROUP,)}},
        SILENT,
    ),
    (
        "a group is gone, or nobody states it",
        _NO_GROUPS,
        {"sqs": {"securityGroupIds": (_DEFAULT_GROUP, "id-of-group")}},
        undetermined("sqs", "securityGroupIds"),
    ),
    ("AWS's own policy", PRIVATE, {"sqs": {"policy": FULL_ACCESS}}, SILENT),
    (
        "a policy is gone, or nobody states it",
        PRIVATE,
        {"sqs": {"policy": _NOTHING}},
        undetermined("sqs", "policy"),
    ),
]


def _list_entry(block: str) -> Made:
    return made(
        "ec2/managedPrefixListEntry:ManagedPrefixListEntry",
        "block",
        prefixListId=ref("list"),
        cidr=block,
    )


_BY_LIST: Final = changed(
    RIGHT,
    made("ec2/managedPrefixList:ManagedPrefixList", "list", addressFamily="IPv4", maxEntries=2),
    made(
        "ec2/route:Route",
        "private-route",
        routeTableId=ref("private-table"),
        destinationPrefixListId=ref("list"),
        natGatewayId=ref("nat"),
    ),
)
_ATTACHMENT: Final = made(
    "ec2/internetGatewayAttachment:InternetGatewayAttachment",
    "attachment",
    vpcId=ref("vpc"),
    internetGatewayId=ref("igw"),
)
_ALONE: Final = changed(RIGHT, made("ec2/internetGateway:InternetGateway", "igw"))
OTHERS: list[tuple[str, Stack, Answers, Verdict]] = [
    (
        "a block of a prefix list is there still",
        (*_BY_LIST, _list_entry(ALL_IPV4)),
        {"list": {"entries": ({"cidr": ALL_IPV4},)}},
        SILENT,
    ),
    (
        "a block of a prefix list is gone, or nobody states it",
        _BY_LIST,
        {"list": {"entries": ({"cidr": ALL_IPV4},)}},
        undetermined("list", "entries"),
    ),
    (
        "an internet gateway is attached still",
        (*_ALONE, _ATTACHMENT),
        {"igw": {"vpcId": "id-of-vpc"}},
        SILENT,
    ),
]


@pytest.mark.parametrize(
    ("stack", "answers", "expected"), rows([*ROUTES, *RULES, *ENTRIES, *ENDPOINTS, *OTHERS])
)
def test_what_resources_state_holds_beside_what_aws_had(
    stack: Stack, answers: Answers, expected: Verdict
) -> None:
    """Lines that nobody states may have gone with their resources, or go with the next update."""
    assert verdict(refreshed(stack, answers)) == expected


def test_what_a_program_only_reads_has_been_read_just_now() -> None:
    """Its answers are the truth, and nobody else's."""
    table = replace(made("ec2/routeTable:RouteTable", "private-table"), looked_up=True)
    stack = changed(RIGHT, table, without=("private-route",))
    assert verdict(refreshed(stack, _TO_IGW)) == violation(PUBLIC, "a", "b")


def test_what_no_inputs_were_shown_of_is_taken_as_it_stands() -> None:
    """Nobody can say what the program states, as in a judgement of a state alone."""
    stack = changed(RIGHT, without=("private-route",))
    told = [replace(each, inputs={}, registered=False) for each in refreshed(stack, _TO_IGW)]
    assert verdict(told) == violation(PUBLIC, "a", "b")
