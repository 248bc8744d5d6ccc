"""Network ACLs: what cannot be known of them, and shapes beyond the survey.

The rows of the survey stand in `shapes/network_acls.py`.
"""

from dataclasses import replace

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import (
    ALL_IPV4,
    INTERFACE_SERVICES,
    changed,
    entry,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.network_acls import default_acl, inline, line
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import ACL, SILENT, Verdict, advice, undetermined, verdict, violation

RIGHT = right_network()
BLOCKED = violation(ACL, "acl")
ALLOW = line(100, "allow")
WITHOUT = ("in", "out")


_PRIVATE = ("nat", "private-route")
OTHERS: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "without a way out nor an S3 gateway the VPC's block is enough",
        changed(
            RIGHT,
            entry("in", 100, egress=False, cidrBlock="10.0.0.0/16"),
            made(
                "ec2/vpcEndpoint:VpcEndpoint",
                "sqs",
                vpcId=ref("vpc"),
                serviceName="com.amazonaws.eu-west-1.sqs",
                vpcEndpointType="Interface",
            ),
            without=_PRIVATE,
        ),
        SILENT,
    ),
    (
        "157: a regional NAT gateway has no subnet to pass",
        changed(
            RIGHT,
            made("ec2/natGateway:NatGateway", "nat", vpcId=ref("vpc"), availabilityMode="regional"),
            default_acl(),
        ),
        SILENT,
    ),
    (
        "a private NAT gateway's subnet is none of the internet's",
        changed(
            RIGHT,
            made("ec2/natGateway:NatGateway", "nat", subnetId=ref("public"), connectivityType="private"),
            default_acl(),
        ),
        SILENT,
    ),
    (
        "ICMP entries take no port",
        changed(
            RIGHT, entry("ping", 50, egress=False, protocol="1", icmpType=8, icmpCode=-1, ruleAction="deny")
        ),
        SILENT,
    ),
    (
        "protocol 50 has no ports",
        changed(
            RIGHT, entry("esp", 50, egress=False, protocol="esp", ruleAction="deny", fromPort=1, toPort=2)
        ),
        SILENT,
    ),
    (
        "no public address may both be reached and answer",
        changed(
            RIGHT,
            entry("inside", 90, egress=False, cidrBlock="10.0.0.0/16"),
            entry("in", 100, egress=False, cidrBlock="128.0.0.0/1"),
            entry("inside-out", 90, egress=True, cidrBlock="10.0.0.0/16"),
            entry("out", 100, egress=True, cidrBlock="0.0.0.0/1"),
        ),
        BLOCKED,
    ),
]


APART = (
    *right_private_network(),
    made("ec2/subnet:Subnet", "c", vpcId=ref("vpc"), cidrBlock="10.0.2.0/24", availabilityZone="eu-west-1a"),
    made("ec2/subnet:Subnet", "d", vpcId=ref("vpc"), cidrBlock="10.0.3.0/24", availabilityZone="eu-west-1b"),
)
OWN_BLOCK, APART_BLOCK, VPC_BLOCK = "10.0.0.0/23", "10.0.2.0/23", "10.0.0.0/16"
HTTPS: dict[str, Written] = {"protocol": "tcp", "fromPort": 443, "toPort": 443}
REPLIES: dict[str, Written] = {"protocol": "tcp", "fromPort": 1024, "toPort": 65535}


def _served_in(*subnets: Written, **more: Written) -> tuple[Made, ...]:
    """Return a network whose interface endpoints stand in these subnets."""
    return changed(
        APART, *(interface_endpoint(each, subnetIds=list(subnets), **more) for each in INTERFACE_SERVICES)
    )


def _filtered(
    stack: tuple[Made, ...], subnets: tuple[str, ...], inbound: list[Written], outbound: list[Written]
) -> tuple[Made, ...]:
    """Return a network with an ACL for these subnets."""
    ids: list[Written] = [ref(each) for each in subnets]
    lines: dict[str, Written] = {"ingress": inbound, "egress": outbound}
    return (*stack, made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc"), subnetIds=ids, **lines))


def _lines(action: str, *blocks: str, **ports: Written) -> list[Written]:
    return [line(100 + n, action, cidrBlock=block, **ports) for n, block in enumerate(blocks)]


SERVED_APART = _served_in(ref("c"), ref("d"))
S3_INTERFACE = replace(interface_endpoint("s3"), name="s3-interface")
OTHERS += [
    (
        "the subnets in which endpoints stand let nothing in",
        _filtered(SERVED_APART, ("c", "d"), [], [ALLOW]),
        BLOCKED,
    ),
    (
        "one of the subnets in which endpoints stand lets no replies out",
        _filtered(SERVED_APART, ("c",), [ALLOW], []),
        BLOCKED,
    ),
    (
        "endpoints stand in a further subnet that lets nothing in",
        _filtered(_served_in(ref("a"), ref("b"), ref("c")), ("c",), [], [ALLOW]),
        BLOCKED,
    ),
    (
        "the subnets in which endpoints stand let in what they serve, and replies out",
        _filtered(
            SERVED_APART,
            ("c", "d"),
            _lines("allow", OWN_BLOCK, **HTTPS),
            _lines("allow", OWN_BLOCK, **REPLIES),
        ),
        SILENT,
    ),
    (
        "the subnets in which endpoints stand let replies out on Linux's ports alone",
        _filtered(
            SERVED_APART,
            ("c", "d"),
            _lines("allow", OWN_BLOCK, **HTTPS),
            _lines("allow", OWN_BLOCK, protocol="tcp", fromPort=32768, toPort=60999),
        ),
        advice(ACL, "acl"),
    ),
    (
        "a subnet without endpoints lets nothing in",
        _filtered(_served_in(ref("a"), ref("b")), ("c", "d"), [], []),
        SILENT,
    ),
    (
        "the own subnets deny those in which endpoints stand",
        _filtered(
            SERVED_APART,
            ("a", "b"),
            [ALLOW],
            [line(90, "deny", cidrBlock=APART_BLOCK), ALLOW],
        ),
        BLOCKED,
    ),
    (
        "the own subnets deny a subnet outside the stack, in which no endpoint is known to stand",
        _filtered(
            _served_in("subnet-0123456789abcdef0"),
            ("a", "b"),
            [ALLOW],
            [line(90, "deny", cidrBlock=APART_BLOCK), ALLOW],
        ),
        SILENT,
    ),
    (
        "the name of S3 leads to an interface endpoint, and the VPC's block is enough",
        (
            *_filtered(
                right_private_network(),
                ("a", "b"),
                _lines("allow", VPC_BLOCK),
                _lines("allow", VPC_BLOCK),
            ),
            S3_INTERFACE,
        ),
        SILENT,
    ),
    (
        "an interface endpoint of S3 without private DNS changes nothing for the gateway endpoint's traffic",
        (
            *_filtered(
                right_private_network(),
                ("a", "b"),
                _lines("allow", VPC_BLOCK),
                _lines("allow", VPC_BLOCK),
            ),
            replace(interface_endpoint("s3", privateDnsEnabled=False), name="s3-interface"),
        ),
        BLOCKED,
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS])
def test_the_acl_is_judged_by_the_packets_it_stops(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """At a first preview as sharply as after deployment; other checks have their own tables."""
    found = verdict(render(stack, rendering))
    assert {each for each in found if each[0] in (ACL, "undetermined")} == expected


def _subnets(subnets: Written, *more: Made, without: tuple[str, ...] = ()) -> tuple[Made, ...]:
    network: dict[str, Written] = {"subnetIds": subnets, "securityGroupIds": [ref("group")]}
    env = made("mwaa/environment:Environment", "env", networkConfiguration=network)
    return changed(RIGHT, env, *more, without=without)


_NO_BLOCK = made("ec2/subnet:Subnet", "b", vpcId=ref("vpc"), ipv4IpamPoolId="pool")
_LISTED = (
    entry("inside", 90, egress=False, cidrBlock="10.0.0.0/16"),
    entry("in", 100, egress=False, cidrBlock="52.0.0.0/8"),
)
UNKNOWN: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "143: a block is unknown",
        changed(RIGHT, entry("in", 100, egress=False, cidrBlock=Opaque.COMPUTED)),
        undetermined("in", "cidrBlock"),
    ),
    (
        "143: an action is unknown",
        changed(RIGHT, entry("in", 100, egress=False, ruleAction=Opaque.COMPUTED)),
        undetermined("in", "ruleAction"),
    ),
    (
        "143: an action is none",
        changed(RIGHT, entry("in", 100, egress=False, ruleAction="perhaps")),
        undetermined("in", "ruleAction"),
    ),
    (
        "143: a number is unknown",
        changed(RIGHT, entry("deny", 50, egress=False, ruleAction="deny", ruleNumber=Opaque.COMPUTED)),
        undetermined("deny", "ruleNumber"),
    ),
    (
        "143: a number is missing",
        changed(RIGHT, entry("deny", 50, egress=False, ruleAction="deny", ruleNumber=None)),
        undetermined("deny", "ruleNumber"),
    ),
    *(
        (
            f"a number is {number}, which EC2 does not take",
            changed(RIGHT, entry("deny", number, egress=False, ruleAction="deny")),
            undetermined("deny", "ruleNumber"),
        )
        for number in (0, 32767)
    ),
    (
        "143: the direction is unknown",
        changed(
            RIGHT,
            made(
                "ec2/networkAclRule:NetworkAclRule",
                "deny",
                networkAclId=ref("acl"),
                ruleNumber=50,
                egress=Opaque.COMPUTED,
                protocol="-1",
                ruleAction="deny",
                cidrBlock=ALL_IPV4,
            ),
        ),
        undetermined("deny", "egress"),
    ),
    (
        "143: a block is missing",
        changed(RIGHT, entry("in", 100, egress=False, cidrBlock=None)),
        undetermined("in", "cidrBlock"),
    ),
    (
        "a list of entries is unknown",
        changed(RIGHT, inline(ingress=Opaque.COMPUTED), without=("in",)),
        undetermined("acl", "ingress"),
    ),
    (
        "an entry of a list is unknown",
        changed(RIGHT, inline(ingress=[ALLOW, Opaque.COMPUTED]), without=("in",)),
        undetermined("acl", "ingress[1]"),
    ),
    (
        "an entry may belong to this ACL or to another",
        changed(
            RIGHT,
            made("ec2/networkAcl:NetworkAcl", "other", vpcId=ref("vpc")),
            made(
                "ec2/networkAclRule:NetworkAclRule",
                "deny",
                networkAclId=[ref("acl"), ref("other")],
                ruleNumber=50,
                egress=False,
                protocol="-1",
                ruleAction="deny",
                cidrBlock=ALL_IPV4,
            ),
        ),
        undetermined("deny", "networkAclId"),
    ),
    (
        "an entry belongs to an ACL outside",
        changed(
            RIGHT,
            made(
                "ec2/networkAclRule:NetworkAclRule",
                "deny",
                networkAclId="acl-outside",
                ruleNumber=50,
                egress=False,
                protocol="-1",
                ruleAction="deny",
                cidrBlock=ALL_IPV4,
            ),
        ),
        SILENT,
    ),
    (
        "an unknown deny that changes nothing is no question",
        changed(RIGHT, entry("deny", 200, egress=False, ruleAction="deny", cidrBlock=Opaque.COMPUTED)),
        SILENT,
    ),
    ("only a list of public addresses passes", changed(RIGHT, *_LISTED), undetermined("acl", "")),
    (
        "the rest is denied in words",
        changed(RIGHT, *_LISTED, entry("rest", 200, egress=False, ruleAction="deny")),
        undetermined("acl", ""),
    ),
    ("42: literal subnets", _subnets(["subnet-1", "subnet-2"]), SILENT),
    ("one literal subnet, and the ACL allows all", _subnets([ref("a"), "subnet-2"]), SILENT),
    (
        "one literal subnet, and the ACL denies all",
        _subnets([ref("a"), "subnet-2"], without=WITHOUT),
        BLOCKED,
    ),
    (
        "one literal subnet, and the ACL denies some",
        _subnets(
            [ref("a"), "subnet-2"],
            entry("deny", 50, egress=False, ruleAction="deny", cidrBlock="10.0.1.0/24"),
        ),
        SILENT,
    ),
    ("152: a block from IPAM, and the ACL allows all", changed(RIGHT, _NO_BLOCK), SILENT),
    (
        "152: a block from IPAM, and the ACL denies some",
        changed(
            RIGHT,
            made("ec2/subnet:Subnet", "b", vpcId=ref("vpc"), cidrBlock=Opaque.COMPUTED),
            entry("deny", 50, egress=False, ruleAction="deny", cidrBlock="10.0.1.0/24"),
        ),
        undetermined("b", "cidrBlock"),
    ),
    (
        "39: the list of subnets is unknown",
        _subnets(Opaque.COMPUTED),
        undetermined("env", "networkConfiguration.subnetIds"),
    ),
    (
        "one subnet is unknown",
        _subnets([ref("a"), Opaque.COMPUTED]),
        undetermined("env", "networkConfiguration.subnetIds[1]"),
    ),
    (
        "two ACLs claim one subnet",
        changed(RIGHT, made("ec2/networkAcl:NetworkAcl", "rival", vpcId=ref("vpc"), subnetIds=[ref("a")])),
        undetermined("rival", ""),
    ),
    (
        "an ACL that allows all may be on this subnet, or the default one, which does so as well",
        changed(RIGHT, inline(subnetIds=Opaque.COMPUTED)),
        SILENT,
    ),
    (
        "an ACL that denies all may be on this subnet, or the default one, which allows all",
        changed(RIGHT, inline(subnetIds=Opaque.COMPUTED), without=WITHOUT),
        undetermined("acl", "subnetIds"),
    ),
    (
        "an ACL that denies all may be on this subnet, or the default one, which does so as well",
        changed(
            RIGHT,
            inline(subnetIds=[Opaque.COMPUTED]),
            default_acl(),
            without=WITHOUT,
        ),
        BLOCKED,
    ),
    (
        "nobody knows which ACL is on this subnet",
        changed(
            RIGHT,
            inline(subnetIds=[ref("b")]),
            made(
                "ec2/networkAclAssociation:NetworkAclAssociation",
                "tie",
                networkAclId=Opaque.COMPUTED,
                subnetId=ref("a"),
            ),
        ),
        undetermined("tie", "networkAclId"),
    ),
    (
        "nobody knows whether a gateway endpoint of S3 is in the table of the subnets",
        changed(
            RIGHT,
            entry("in", 100, egress=False, cidrBlock="10.0.0.0/16"),
            made(
                "ec2/vpcEndpoint:VpcEndpoint",
                "s3",
                vpcId=ref("vpc"),
                serviceName="com.amazonaws.eu-west-1.s3",
                routeTableIds=Opaque.COMPUTED,
            ),
            without=_PRIVATE,
        ),
        undetermined("s3", "routeTableIds"),
    ),
    (
        "public routing hangs on a route nobody knows",
        changed(
            RIGHT,
            entry("in", 100, egress=False, cidrBlock="10.0.0.0/16"),
            made(
                "ec2/route:Route",
                "private-route",
                routeTableId=ref("private-table"),
                destinationCidrBlock=ALL_IPV4,
                gatewayId=Opaque.COMPUTED,
            ),
        ),
        undetermined("private-route", "gatewayId"),
    ),
    (
        "a route nobody knows, and everything passes anyhow",
        changed(
            RIGHT,
            made(
                "ec2/route:Route",
                "private-route",
                routeTableId=ref("private-table"),
                destinationCidrBlock=ALL_IPV4,
                natGatewayId=Opaque.COMPUTED,
            ),
        ),
        SILENT,
    ),
    (
        "a public address may pass by an unknown entry",
        changed(
            RIGHT,
            entry("inside", 90, egress=False, cidrBlock="10.0.0.0/16"),
            entry("in", 100, egress=False, cidrBlock=Opaque.COMPUTED),
        ),
        undetermined("in", "cidrBlock"),
    ),
    (
        "the NAT gateway's ACL is contested, and either denies",
        changed(
            RIGHT,
            made("ec2/networkAcl:NetworkAcl", "one", vpcId=ref("vpc"), subnetIds=[ref("public")]),
            made("ec2/networkAcl:NetworkAcl", "two", vpcId=ref("vpc"), subnetIds=[ref("public")]),
        ),
        violation(ACL, "one"),
    ),
    (
        "the NAT gateway's ACL is contested, and one denies",
        changed(
            RIGHT,
            inline(subnetIds=[ref("a"), ref("b"), ref("public")]),
            made("ec2/networkAcl:NetworkAcl", "two", vpcId=ref("vpc"), subnetIds=[ref("public")]),
        ),
        undetermined("two", ""),
    ),
    (
        "the NAT gateway's subnet lies outside",
        changed(RIGHT, made("ec2/natGateway:NatGateway", "nat", subnetId="subnet-outside")),
        SILENT,
    ),
]


@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN])
def test_what_cannot_be_known_is_neither_right_nor_wrong(stack: tuple[Made, ...], expected: Verdict) -> None:
    """The property in the way is named; what is certain all the same stays certain."""
    found = verdict(render(stack, Rendering.DEPLOYED))
    asked = {each for each in found if each[0] in (ACL, "undetermined")}
    assert asked == expected
