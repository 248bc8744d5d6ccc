"""What security groups let out, where the routes, the addresses or the rules are not known.

The rows of the survey stand in `shapes/security_groups.py`.
"""

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import (
    ALL_IPV4,
    changed,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.security_groups import (
    ALL,
    DATABASE,
    HTTPS,
    TO_ITSELF,
    TO_S3,
    TO_VPC,
    given,
    group,
    out,
)
from tests.policy_pack.stacks import Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import OUTBOUND, SILENT, Verdict, advice, said_by, undetermined, violation

PUBLIC = right_network()
PRIVATE = right_private_network()
NOTHING_OUT = ("outbound",)
NO_WAY_OUT, NOT_ALL_OUT = violation(OUTBOUND, "group"), advice(OUTBOUND, "group")
TCP_OUT = out("tcp", cidrIpv4=ALL_IPV4, ipProtocol="tcp", fromPort=0, toPort=65535)
_PAIR = (out("https", cidrIpv4=ALL_IPV4, **HTTPS), out("database", cidrIpv4=ALL_IPV4, **DATABASE))


def _route(**target: Written) -> Made:
    return made(
        "ec2/route:Route",
        "private-route",
        routeTableId=ref("private-table"),
        destinationCidrBlock=ALL_IPV4,
        **target,
    )


def _public(*more: Made) -> tuple[Made, ...]:
    return changed(PUBLIC, *more, without=NOTHING_OUT)


def _private(*more: Made) -> tuple[Made, ...]:
    return changed(PRIVATE, *more, without=NOTHING_OUT)


def _subnets(subnets: Written, *more: Made) -> tuple[Made, ...]:
    network: dict[str, Written] = {"subnetIds": subnets, "securityGroupIds": [ref("group")]}
    return _public(made("mwaa/environment:Environment", "env", networkConfiguration=network), *more)


TRANSIT = _route(transitGatewayId="tgw-1")
_LITERAL = [
    made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        f"association-{name}",
        routeTableId="rtb-outside",
        subnetId=ref(name),
    )
    for name in "ab"
]
_LIST = made("ec2/managedPrefixList:ManagedPrefixList", "list", addressFamily="IPv4", maxEntries=9)


def _listed(name: str, cidr: Written, **changes: Written) -> Made:
    return made(
        "ec2/managedPrefixListEntry:ManagedPrefixListEntry",
        name,
        **{"prefixListId": ref("list"), "cidr": cidr, **changes},
    )


def _s3(**changes: Written) -> Made:
    inputs: dict[str, Written] = {
        "vpcId": ref("vpc"),
        "serviceName": "com.amazonaws.eu-west-1.s3",
        "routeTableIds": [ref("private-table")],
        **changes,
    }
    return made("ec2/vpcEndpoint:VpcEndpoint", "s3", **inputs)


ROUTINGS: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "nothing leaves, whichever way the routes lead",
        _public(_route(gatewayId=Opaque.COMPUTED)),
        NO_WAY_OUT,
    ),
    (
        "TCP leaves, whichever way the routes lead",
        _public(_route(gatewayId=Opaque.COMPUTED), TCP_OUT),
        NOT_ALL_OUT,
    ),
    (
        "the narrower set does with private routing alone",
        _public(_route(gatewayId=Opaque.COMPUTED), TO_VPC, _s3(), TO_S3),
        undetermined("private-route", "gatewayId"),
    ),
    ("routes outside: nothing leaves", _public(*_LITERAL), NO_WAY_OUT),
    ("routes outside: TCP leaves", _public(*_LITERAL, TCP_OUT), NOT_ALL_OUT),
    ("routes outside: the narrower set may do", _public(*_LITERAL, TO_VPC, _s3(), TO_S3), SILENT),
    (
        "routes outside: the VPC's block alone lacks S3 at least",
        _public(*_LITERAL, TO_VPC),
        NOT_ALL_OUT,
    ),
    (
        "routes outside: what is not known may be all that lacks",
        _public(*_LITERAL, out("r", cidrIpv4=Opaque.COMPUTED, **ALL)),
        undetermined("r", "cidrIpv4"),
    ),
    ("a transit gateway: nothing leaves", _public(TRANSIT), NO_WAY_OUT),
    ("a transit gateway: the VPC's block alone", _public(TRANSIT, TO_VPC), NOT_ALL_OUT),
]

ADDRESSES: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "subnets outside, and nothing leaves",
        _subnets(["subnet-1", "subnet-2"]),
        NO_WAY_OUT,
    ),
    ("subnets outside, and TCP leaves", _subnets(["subnet-1", "subnet-2"], TCP_OUT), NOT_ALL_OUT),
    (
        "one subnet outside, and the other one is let out to",
        _subnets([ref("a"), "subnet-2"], out("r", cidrIpv4="10.0.0.0/24", **ALL), _PAIR[0]),
        NOT_ALL_OUT,
    ),
    (
        "one subnet outside, and the other one is not let out to",
        _subnets([ref("a"), "subnet-2"], out("r", cidrIpv4="10.0.7.0/24", **ALL), _PAIR[0]),
        NO_WAY_OUT,
    ),
    (
        "the subnets are not known, and nothing leaves",
        _subnets(Opaque.COMPUTED),
        NO_WAY_OUT,
    ),
    (
        "the subnets are not known, and the narrower set may do",
        _subnets(Opaque.COMPUTED, TO_VPC, _s3(), TO_S3),
        undetermined("env", "networkConfiguration.subnetIds"),
    ),
    (
        "the block of a subnet is not known, and nothing leaves",
        _public(made("ec2/subnet:Subnet", "a", vpcId=ref("vpc"), cidrBlock=Opaque.COMPUTED)),
        NO_WAY_OUT,
    ),
    (
        "the block of a subnet is not known, and 443 leaves alone",
        _public(
            made("ec2/subnet:Subnet", "a", vpcId=ref("vpc"), cidrBlock=Opaque.COMPUTED),
            out("r", cidrIpv4=ALL_IPV4, **HTTPS),
        ),
        NO_WAY_OUT,
    ),
    (
        "the block of a subnet is not known, and some addresses are let out to",
        _public(
            made("ec2/subnet:Subnet", "a", vpcId=ref("vpc"), cidrBlock=Opaque.COMPUTED),
            out("r", cidrIpv4="10.0.0.0/20", **ALL),
            out("https", cidrIpv4=ALL_IPV4, **HTTPS),
        ),
        undetermined("a", "cidrBlock"),
    ),
    (
        "the VPC's block is not known, and the subnets are let out to",
        _private(
            made("ec2/vpc:Vpc", "vpc", cidrBlock=Opaque.COMPUTED, enableDnsHostnames=True), TO_VPC, TO_S3
        ),
        undetermined("vpc", "cidrBlock"),
    ),
    (
        "the VPC's block is not known, and an endpoint's subnets are not either",
        _private(
            made("ec2/vpc:Vpc", "vpc", cidrBlock=Opaque.COMPUTED, enableDnsHostnames=True),
            interface_endpoint("sqs", subnetIds=Opaque.COMPUTED),
            TO_VPC,
            TO_S3,
        ),
        undetermined("sqs", "subnetIds"),
    ),
    (
        "an endpoint's group is not known, and a rule to a group may let out to it",
        _private(interface_endpoint("sqs", securityGroupIds=[Opaque.COMPUTED]), TO_ITSELF, TO_S3),
        undetermined("sqs", "securityGroupIds[0]"),
    ),
    (
        "an endpoint's group is not known, and no rule lets out to a group",
        _private(
            interface_endpoint("sqs", securityGroupIds=[Opaque.COMPUTED]),
            out("database", cidrIpv4="10.0.0.0/16", **DATABASE),
            TO_S3,
        ),
        NO_WAY_OUT,
    ),
    (
        "an endpoint whose name leads elsewhere need not be reached",
        _private(
            interface_endpoint(
                "sqs", privateDnsEnabled=False, subnetIds=["subnet-1"], securityGroupIds=["sg-1"]
            ),
            TO_ITSELF,
            TO_S3,
        ),
        NOT_ALL_OUT,
    ),
]

RULES: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "outbound rules that are not known as a whole",
        _public(group("group", egress=Opaque.COMPUTED)),
        undetermined("group", "egress"),
    ),
    (
        "outbound rules that are not known as a whole, beside one that lets all out",
        changed(PUBLIC, group("group", egress=Opaque.COMPUTED)),
        SILENT,
    ),
    (
        "a rule for all traffic to a block that is not known",
        _public(out("r", cidrIpv4=Opaque.COMPUTED, **ALL)),
        undetermined("r", "cidrIpv4"),
    ),
    (
        "such a rule beside what the environment needs",
        _public(*_PAIR, out("r", cidrIpv4=Opaque.COMPUTED, **ALL)),
        undetermined("r", "cidrIpv4"),
    ),
    (
        "a rule of a protocol that is not known may let out all",
        _public(out("r", cidrIpv4=ALL_IPV4, ipProtocol=Opaque.COMPUTED, fromPort=443, toPort=443)),
        undetermined("r", "ipProtocol"),
    ),
    (
        "a rule of a port that is not known does not hide what no port lets out",
        _public(out("r", cidrIpv4="10.0.0.0/16", ipProtocol="tcp", fromPort=Opaque.COMPUTED, toPort=9)),
        NO_WAY_OUT,
    ),
    (
        "one group is not known",
        changed(given([ref("group"), Opaque.COMPUTED]), without=NOTHING_OUT),
        undetermined("env", "networkConfiguration.securityGroupIds[1]"),
    ),
    (
        "one group is not known, and the other lets all out",
        given([ref("group"), Opaque.COMPUTED]),
        SILENT,
    ),
]

LISTS: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "a list that nobody explains may hold anything",
        _public(out("r", prefixListId=Opaque.COMPUTED, **ALL)),
        undetermined("r", "prefixListId"),
    ),
    ("a list by its id may hold anything", _public(out("r", prefixListId="pl-1", **ALL)), SILENT),
    (
        "a list by its id on the wrong port holds nothing of what is needed",
        _public(out("r", prefixListId="pl-1", ipProtocol="tcp", fromPort=22, toPort=22)),
        NO_WAY_OUT,
    ),
    (
        "what no list may change is advice beside one",
        _public(*_PAIR, out("r", prefixListId="pl-1", **HTTPS)),
        NOT_ALL_OUT,
    ),
    (
        "a list by its id beside a rule that is not known: the list settles it for nobody",
        _public(out("r", prefixListId="pl-1", **ALL), out("s", cidrIpv4=Opaque.COMPUTED, **ALL)),
        SILENT,
    ),
    (
        "a list of an endpoint of a service that is not known",
        _private(
            TO_ITSELF,
            TO_VPC,
            made(
                "ec2/vpcEndpoint:VpcEndpoint",
                "some",
                vpcId=ref("vpc"),
                serviceName=Opaque.COMPUTED,
                routeTableIds=[ref("private-table")],
            ),
            out("to-s3", prefixListId=ref("some", "prefixListId"), **HTTPS),
        ),
        undetermined("some", "serviceName"),
    ),
    (
        "an entry that is not known",
        _public(_LIST, _listed("e", Opaque.COMPUTED), out("r", prefixListId=ref("list"), **ALL)),
        undetermined("e", "cidr"),
    ),
    (
        "an entry of a list that is not known",
        _public(
            _LIST,
            _listed("e", ALL_IPV4, prefixListId=Opaque.COMPUTED),
            out("r", prefixListId=ref("list"), **ALL),
        ),
        undetermined("e", "prefixListId"),
    ),
    (
        "an entry that may be another list's",
        _public(
            _LIST,
            _s3(),
            made("ec2/managedPrefixList:ManagedPrefixList", "other", addressFamily="IPv4", maxEntries=9),
            _listed("e", ALL_IPV4, prefixListId=[ref("list"), ref("other"), ref("s3", "prefixListId")]),
            out("r", prefixListId=ref("list"), **ALL),
        ),
        undetermined("e", "prefixListId"),
    ),
    (
        "entries that are not known as a whole",
        _public(
            made(
                "ec2/managedPrefixList:ManagedPrefixList",
                "list",
                addressFamily="IPv4",
                maxEntries=9,
                entries=Opaque.COMPUTED,
            ),
            out("r", prefixListId=ref("list"), **ALL),
        ),
        undetermined("list", "entries"),
    ),
    (
        "one of the entries is not known, and the others do",
        _public(
            made(
                "ec2/managedPrefixList:ManagedPrefixList",
                "list",
                addressFamily="IPv4",
                maxEntries=9,
                entries=[Opaque.COMPUTED, {"cidr": ALL_IPV4}],
            ),
            out("r", prefixListId=ref("list"), **ALL),
        ),
        SILENT,
    ),
    ("an empty list", _public(_LIST, out("r", prefixListId=ref("list"), **ALL)), NO_WAY_OUT),
    (
        "an entry of a list outside",
        _public(
            _LIST, _listed("e", ALL_IPV4, prefixListId="pl-1"), out("r", prefixListId=ref("list"), **ALL)
        ),
        NO_WAY_OUT,
    ),
    (
        "an entry of a list of AWS's own",
        _private(
            _LIST,
            _listed("e", ALL_IPV4, prefixListId=ref("s3", "prefixListId")),
            out("r", prefixListId=ref("list"), **ALL),
        ),
        NO_WAY_OUT,
    ),
    (
        "whether S3 is reached by its gateway endpoint is not known",
        _private(TO_ITSELF, TO_VPC, _s3(routeTableIds=[Opaque.COMPUTED, ref("private-table")])),
        NO_WAY_OUT,
    ),
    (
        "nor is whether it is by one at all",
        _private(TO_ITSELF, TO_VPC, _s3(routeTableIds=Opaque.COMPUTED)),
        undetermined("s3", "routeTableIds"),
    ),
    (
        "a group beside, in a list that is not known, with all out",
        changed(
            given(Opaque.COMPUTED, group("other")),
            without=NOTHING_OUT,
        ),
        undetermined("env", "networkConfiguration.securityGroupIds"),
    ),
]

TABLE = [*ROUTINGS, *ADDRESSES, *RULES, *LISTS]


@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_only_what_holds_whatever_is_not_known_is_said(stack: tuple[Made, ...], expected: Verdict) -> None:
    """A fault that is certain is one; else the property in the way is named, once."""
    assert said_by(OUTBOUND, render(stack, Rendering.DEPLOYED)) == expected
