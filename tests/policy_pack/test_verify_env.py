"""What AWS's own checker, `verify_env` of aws-support-tools, gets wrong, and this pack must not.

The number in a label is that of the bug: 1 is a crash for every private network, 13, 14 and 16 count
endpoints without looking at them, 25 takes the environment's endpoint for the database's, 26 stumbles over
what cannot be known, 27 and 28 look at bystanders and at the first subnet only.
"""

from typing import Final

import pytest

from tests.policy_pack.networks import (
    ALL_IPV4,
    INTERFACE_SERVICES,
    changed,
    entry,
    environment,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.subnets import route, table, tie
from tests.policy_pack.stacks import EXACT, REGION, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import (
    ACL,
    MISSING,
    NAT,
    OUTBOUND,
    POLICY,
    PRIVATE_DNS,
    PUBLIC,
    REFUSES,
    SELF,
    SILENT,
    Verdict,
    advice,
    verdict,
    violation,
)

OVER_NAT: Final = right_network()
PRIVATE: Final = right_private_network()
_NEWER: Final = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_DENIED: Final = violation(ACL, "acl")
_NO_NAT: Final = violation(NAT, "a", "b")


def _acl(*entries: Made) -> tuple[Made, ...]:
    """Return the network with other entries in its ACL."""
    return changed(OVER_NAT, *entries, without=("in", "out"))


def _both(name: str, number: int, **changes: Written) -> tuple[Made, ...]:
    return tuple(entry(f"{name}-{egress}", number, egress=egress, **changes) for egress in (False, True))


def _ports(first: int, last: int, protocol: str = "tcp") -> dict[str, Written]:
    return {"protocol": protocol, "fromPort": first, "toPort": last}


def _inline(*lines: dict[str, Written]) -> tuple[Made, ...]:
    """Return the network with inline entries, in the order given, both ways."""
    written: list[Written] = [{**_ports(0, 0, "-1"), "cidrBlock": ALL_IPV4, **line} for line in lines]
    subnets: list[Written] = [ref("a"), ref("b")]
    acl = made(
        "ec2/networkAcl:NetworkAcl",
        "acl",
        vpcId=ref("vpc"),
        subnetIds=subnets,
        ingress=written,
        egress=written,
    )
    return changed(OVER_NAT, acl, without=("in", "out"))


def _rule(name: str, **inputs: Written) -> Made:
    given: dict[str, Written] = {"securityGroupId": ref("group"), "ipProtocol": "-1", **inputs}
    return made(_NEWER, name, **given)


def _tcp(port: int) -> dict[str, Written]:
    return {"ipProtocol": "tcp", "fromPort": port, "toPort": port}


def _group(name: str, **inputs: Written) -> Made:
    return made("ec2/securityGroup:SecurityGroup", name, vpcId=ref("vpc"), **inputs)


def _out(**target: Written) -> tuple[Made, ...]:
    return changed(OVER_NAT, route("private-route", ref("private-table"), **target))


def _in_region(region: str, chinese: tuple[str, ...] = ()) -> tuple[Made, ...]:
    """Return the private network in another Region, some services with China's prefix."""

    def moved(value: Written, name: str) -> Written:
        if isinstance(value, list):
            return [moved(item, name) for item in value]
        if not isinstance(value, str):
            return value
        text = value.replace(REGION, region)
        return f"cn.{text}" if name in chinese and text.startswith("com.") else text

    stack = (
        Made(each.type, each.name, {key: moved(value, each.name) for key, value in each.inputs.items()})
        for each in PRIVATE
    )
    return tuple(
        Made(each.type, each.name, {**each.inputs, "region": region}) if _regional(each) else each
        for each in stack
    )


def _regional(made_: Made) -> bool:
    return not made_.type.startswith("pulumi:")


_TEN: Final = tuple(
    interface_endpoint(each) for each in ("ecr.api", "ecr.dkr", "airflow.api", "airflow.env", "airflow.ops")
)
_NINE_OF_ONE: Final = tuple(
    made(
        "ec2/vpcEndpoint:VpcEndpoint",
        f"sqs-{number}",
        **interface_endpoint("sqs", privateDnsEnabled=False).inputs,
    )
    for number in range(8)
)
_MAIN: Final = made(
    "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    "main",
    vpcId=ref("vpc"),
    routeTableId=ref("public-table"),
)
_FIRST_LAST: Final[tuple[dict[str, Written], ...]] = (
    {"ruleNo": 200, "action": "deny"},
    {"ruleNo": 100, "action": "allow"},
)
_EIGW: Final = (
    made("ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "eigw", vpcId=ref("vpc")),
    route("v6", ref("private-table"), destinationIpv6CidrBlock="::/0", egressOnlyGatewayId=ref("eigw")),
)

ROWS: Final[list[tuple[str, tuple[Made, ...], Verdict]]] = [
    ("1: private routing, end to end", PRIVATE, SILENT),
    (
        "1: one fault there does not hide another",
        changed(PRIVATE, without=("kms", "outbound")),
        violation(MISSING, "vpc") | violation(OUTBOUND, "group"),
    ),
    ("2: what an ACL denies is told", _acl(*_both("all", 100, ruleAction="deny")), _DENIED),
    ("3: port 22 alone is allowed", _acl(*_both("ssh", 100, **_ports(22, 22))), _DENIED),
    (
        "3: port 22 is denied first, all is allowed",
        changed(OVER_NAT, *_both("ssh", 90, ruleAction="deny", **_ports(22, 22))),
        SILENT,
    ),
    ("4: the last entry is listed first", _inline(*_FIRST_LAST), SILENT),
    (
        "4: entries are listed in any order",
        _inline({"ruleNo": 300, "action": "allow"}, {"ruleNo": 200, "action": "deny"}),
        _DENIED,
    ),
    ("5: one address is allowed", _acl(*_both("one", 100, cidrBlock="10.0.0.9/32")), _DENIED),
    (
        "5: a foreign address is denied",
        changed(OVER_NAT, *_both("one", 90, ruleAction="deny", cidrBlock="192.0.2.9/32")),
        SILENT,
    ),
    ("6: UDP 5432 is allowed", _acl(*_both("udp", 100, **_ports(0, 65535, "udp"))), _DENIED),
    (
        "6: UDP 5432 is denied",
        changed(OVER_NAT, *_both("udp", 90, ruleAction="deny", **_ports(5432, 5432, "udp"))),
        SILENT,
    ),
    (
        "7: ICMP and protocol 50 have entries of their own",
        changed(
            OVER_NAT,
            *_both("icmp", 90, protocol="icmp", icmpType=3, icmpCode=4),
            *_both("esp", 91, protocol="50", ruleAction="deny"),
        ),
        SILENT,
    ),
    (
        "8: IPv6 is allowed beside IPv4",
        changed(
            OVER_NAT,
            *(
                entry(f"v6-{egress}", 101, egress=egress, cidrBlock=None, ipv6CidrBlock="::/0")
                for egress in (False, True)
            ),
        ),
        SILENT,
    ),
    (
        "8: replies are not allowed",
        _acl(*_both("https", 100, **_ports(443, 443)), *_both("database", 101, **_ports(5432, 5432))),
        _DENIED,
    ),
    (
        "9: subnets follow the main route table, which is public",
        changed(OVER_NAT, _MAIN, without=("association-a", "association-b")),
        violation(PUBLIC, "a", "b"),
    ),
    (
        "9: subnets follow the main route table, which leads nowhere",
        changed(OVER_NAT, without=("association-a", "association-b")),
        violation(MISSING, "vpc"),
    ),
    (
        "10: NAT for a private range",
        _out(natGatewayId=ref("nat"), destinationCidrBlock="192.168.0.0/16"),
        _NO_NAT,
    ),
    ("10: NAT in a subnet that leads nowhere", changed(OVER_NAT, without=("public-route",)), _NO_NAT),
    (
        "10: a private NAT gateway",
        changed(
            OVER_NAT,
            made("ec2/natGateway:NatGateway", "nat", subnetId=ref("public"), connectivityType="private"),
        ),
        _NO_NAT,
    ),
    ("11: a NAT instance", _out(networkInterfaceId="eni-0123456789"), SILENT),
    ("11: a transit gateway", _out(transitGatewayId="tgw-0123456789"), advice(NAT, "a")),
    ("11: a peering connection", _out(vpcPeeringConnectionId="pcx-0123456789"), advice(NAT, "a")),
    ("11: an egress-only internet gateway", changed(PRIVATE, *_EIGW), SILENT),
    ("12: the gateway endpoint of S3 counts", PRIVATE, SILENT),
    ("13: ten endpoints, nine by interface", changed(PRIVATE, *_TEN), SILENT),
    (
        "14: nine endpoints of one service",
        changed(PRIVATE, *_NINE_OF_ONE, without=("logs", "monitoring", "kms")),
        violation(MISSING, "vpc"),
    ),
    (
        "15: the full set without private DNS",
        changed(PRIVATE, *(interface_endpoint(each, privateDnsEnabled=False) for each in INTERFACE_SERVICES)),
        violation(PRIVATE_DNS, *INTERFACE_SERVICES),
    ),
    ("16: the five that the guide lists", PRIVATE, SILENT),
    ("17: a Region without airflow.ops", _in_region("me-central-1"), SILENT),
    (
        "18: China, each service with the prefix it has",
        _in_region("cn-north-1", ("sqs", "monitoring")),
        SILENT,
    ),
    (
        "19: an endpoint's group lets nobody in",
        changed(PRIVATE, _group("own"), interface_endpoint("sqs", securityGroupIds=[ref("own")])),
        violation(REFUSES, "sqs"),
    ),
    (
        "19: an endpoint's policy lets nothing through",
        changed(PRIVATE, interface_endpoint("sqs", policy='{"Version":"2012-10-17","Statement":[]}')),
        violation(POLICY, "sqs"),
    ),
    (
        "20: TCP 22 from anywhere is no self reference",
        changed(OVER_NAT, _rule("self", cidrIpv4=ALL_IPV4, **_tcp(22))),
        violation(SELF, "group"),
    ),
    (
        "21: both ports from itself, all from another group",
        changed(
            OVER_NAT,
            _group("other"),
            _rule("self", referencedSecurityGroupId=ref("group"), **_tcp(443)),
            _rule("database", referencedSecurityGroupId=ref("group"), **_tcp(5432)),
            _rule("all", referencedSecurityGroupId=ref("other")),
        ),
        SILENT,
    ),
    (
        "22: the second group carries the rules",
        changed(OVER_NAT, _group("first"), environment(["a", "b"], ["first", "group"])),
        SILENT,
    ),
    (
        "22: no group carries an outbound rule",
        changed(OVER_NAT, without=("outbound",)),
        violation(OUTBOUND, "group"),
    ),
    ("24: names follow the Region", _in_region("us-west-2"), SILENT),
    (
        "25: TCP 5432 goes to the other subnet, whatever name it has",
        changed(
            OVER_NAT, *_both("database", 90, ruleAction="deny", cidrBlock="10.0.1.0/24", **_ports(5432, 5432))
        ),
        _DENIED,
    ),
    (
        "27: a bystander's interface has the group",
        changed(
            OVER_NAT,
            table("other-table"),
            made(
                "ec2/instance:Instance",
                "bystander",
                subnetId=ref("public"),
                vpcSecurityGroupIds=[ref("group")],
            ),
        ),
        SILENT,
    ),
    (
        "28: the second subnet is looked at as well",
        changed(OVER_NAT, table("own-table"), tie("association-b", "own-table", "b")),
        violation(NAT, "b"),
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_verify_env_gets_wrong_is_got_right(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """Before deployment and after it."""
    assert verdict(render(stack, rendering)) == expected


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_26_what_cannot_be_known_stops_nothing(number: int) -> None:
    """Each network with its lists unknown: no check fails, and nothing is said that is not so."""
    _, stack, expected = ROWS[number]
    told = verdict(render(stack, Rendering.LISTS))
    assert {each for each in told if each[2] == "violation"} <= expected
