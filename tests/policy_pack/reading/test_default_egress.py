"""What becomes of the outbound rule that AWS gives a security group: each provider treats it its own way."""

from typing import Final

import pytest

from mwaa_guardrails.aws.decisions import Outcome, united
from mwaa_guardrails.aws.model import Direction
from mwaa_guardrails.aws.security_group import decide, rules_for_addresses
from mwaa_guardrails.net.addresses import ANY_IPV4
from mwaa_guardrails.net.traffic import TrafficSet
from mwaa_guardrails.reading.network import read_network
from mwaa_guardrails.reading.resource import Opaque
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.native_networks import native_outbound_rule
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, native, ref, render

GROUP_URN: Final = "urn:pulumi:dev::test::aws-native:ec2:SecurityGroup::group"
ALL: Final = TrafficSet.of(remotes=ANY_IPV4)
VPC: Final = native("ec2:Vpc", "vpc", cidrBlock="10.0.0.0/16")
_NARROW: Final[dict[str, Written]] = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
# What the CDK writes to let nothing out, since an empty list would leave AWS's rule in place.
_CLOSED: Final[list[Written]] = [
    {"ipProtocol": "icmp", "fromPort": 252, "toPort": 86, "cidrIp": "255.255.255.255/32"}
]
_DISPUTED: Final = Unknown(
    urn="urn:pulumi:dev::test::aws-native:ec2:SecurityGroupEgress::narrow", path="", reason=Reason.DISPUTED
)


def group(**inputs: Written) -> Made:
    """Return a native group."""
    return native("ec2:SecurityGroup", "group", groupDescription="group", vpcId=ref("vpc"), **inputs)


def let_out(stack: tuple[Made, ...], rendering: Rendering, urn: str = GROUP_URN) -> set[Outcome | Unknown]:
    """Return what is said of all traffic out of the group: each outcome, or what hides it."""
    rules = rules_for_addresses(read_network(render(stack, rendering)).security_groups[urn], Direction.EGRESS)
    decisions = decide(rules, ALL)
    if united(decisions, Outcome.ALLOW).covers(ALL):
        return {Outcome.ALLOW}
    return {each.by if isinstance(each.by, Unknown) else each.outcome for each in decisions}


ROWS: Final[list[tuple[str, tuple[Made, ...], set[Outcome | Unknown]]]] = [
    ("26: no outbound rule is written", (group(),), {Outcome.ALLOW}),
    (
        "27: a narrow rule takes its place",
        (group(securityGroupEgress=[{**_NARROW, "cidrIp": "0.0.0.0/0"}]),),
        {Outcome.ALLOW, Outcome.DENY},
    ),
    (
        "27: the rule of the CDK that lets one useless packet out",
        (group(securityGroupEgress=_CLOSED),),
        {Outcome.ALLOW, Outcome.DENY},
    ),
    (
        "28: a narrow rule resource may take its place",
        (group(), native_outbound_rule("narrow", **_NARROW)),
        {Outcome.ALLOW, _DISPUTED},
    ),
    (
        "28: a rule resource that lets all out settles it",
        (group(), native_outbound_rule("narrow")),
        {Outcome.ALLOW},
    ),
    (
        "28: the rule resource is some other group's",
        (group(), native_outbound_rule("narrow", groupId="sg-outside", **_NARROW)),
        {Outcome.ALLOW},
    ),
    (
        "28: a rule resource of pulumi-aws removes nothing",
        (
            group(),
            made(
                "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
                "narrow",
                securityGroupId=ref("group"),
                cidrIpv4="10.0.0.0/8",
                ipProtocol="-1",
            ),
        ),
        {Outcome.ALLOW},
    ),
    (
        "28: the rule resource may be this group's",
        (
            group(),
            native("ec2:SecurityGroup", "other", groupDescription="other", vpcId=ref("vpc")),
            Made(
                "aws-native:ec2:SecurityGroupEgress",
                "narrow",
                {"groupId": Opaque.COMPUTED, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443},
                depends={"groupId": ("group", "other")},
            ),
        ),
        {_DISPUTED},
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_native_group_keeps_the_rule_until_it_has_one_of_its_own(
    stack: tuple[Made, ...], expected: set[Outcome | Unknown], rendering: Rendering
) -> None:
    """CloudFormation, `AWS::EC2::SecurityGroup`."""
    assert let_out((VPC, *stack), rendering) == expected


def test_an_empty_list_is_settled_once_aws_has_made_the_group() -> None:
    """A new group keeps AWS's rule then; a group that lost its rules has none."""
    stack = (VPC, group(securityGroupEgress=[]))
    assert let_out(stack, Rendering.PREVIEW) == {Unknown(urn=GROUP_URN, path="securityGroupEgress")}
    assert let_out(stack, Rendering.DEPLOYED) == {Outcome.DENY}


@pytest.mark.parametrize("rendering", EXACT)
def test_a_group_of_pulumi_aws_has_no_rule_that_is_not_written(rendering: Rendering) -> None:
    """25: the provider removes AWS's own."""
    stack = (VPC, made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc")))
    urn = "urn:pulumi:dev::test::aws:ec2/securityGroup:SecurityGroup::group"
    assert let_out(stack, rendering, urn) == {Outcome.DENY}
