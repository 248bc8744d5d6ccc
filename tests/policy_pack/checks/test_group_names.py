"""Rules of aws-native that mean security groups by name: followed where one is sure, and never dropped."""

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed, right_network
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, native, ref, render
from tests.policy_pack.verdicts import SELF, SILENT, Verdict, said_by, undetermined, violation

RIGHT = right_network()
NO_SELF = violation(SELF, "group")
_ALL: dict[str, Written] = {"ipProtocol": "-1"}


def group(name: str = "group", called: Written = "mwaa", vpc: Written = None, *lines: Written) -> Made:
    """Return a security group of aws-native with inline inbound rules."""
    vpc = ref("vpc") if vpc is None else vpc
    return native("ec2:SecurityGroup", name, groupName=called, vpcId=vpc, securityGroupIngress=list(lines))


def line(**source: Written) -> Written:
    """Return an inline rule for all traffic from a source."""
    return {**_ALL, **source}


def inline(*more: Made, called: Written = "mwaa", **source: Written) -> tuple[Made, ...]:
    """Return the right network whose group has one inline rule."""
    return changed(RIGHT, group("group", called, None, line(**source)), *more, without=("self",))


def separate(*more: Made, called: Written = "mwaa", **rule: Written) -> tuple[Made, ...]:
    """Return the right network whose group has one rule as a resource of its own."""
    return changed(
        RIGHT,
        group("group", called),
        native("ec2:SecurityGroupIngress", "self", **{**_ALL, **rule}),
        *more,
    )


_OTHER_VPC = made("ec2/vpc:Vpc", "other-vpc", cidrBlock="10.9.0.0/16")
_INLINE = undetermined("group", "securityGroupIngress[0].sourceSecurityGroupName")
_SOURCE = undetermined("self", "sourceSecurityGroupName")
_OWNER = undetermined("self", "groupName")
NAMES: list[tuple[str, tuple[Made, ...], Verdict]] = [
    ("inline, its own name", inline(sourceSecurityGroupName="mwaa"), SILENT),
    (
        "inline, the name of another group of the VPC",
        inline(group("other", "web"), sourceSecurityGroupName="web"),
        NO_SELF,
    ),
    (
        "inline, the name of a group of another VPC",
        inline(_OTHER_VPC, group("other", "web", ref("other-vpc")), sourceSecurityGroupName="web"),
        _INLINE,
    ),
    ("inline, a name that no group has", inline(sourceSecurityGroupName="web"), _INLINE),
    ("inline, the VPC's default group", inline(sourceSecurityGroupName="default"), NO_SELF),
    (
        "inline, the VPC's default group, adopted",
        inline(
            made("ec2/defaultSecurityGroup:DefaultSecurityGroup", "adopted", vpcId=ref("vpc")),
            sourceSecurityGroupName="default",
        ),
        NO_SELF,
    ),
    ("inline, a name not known", inline(sourceSecurityGroupName=Opaque.COMPUTED), _INLINE),
    (
        "inline, its own name, which is not known",
        inline(called=Opaque.COMPUTED, sourceSecurityGroupName="mwaa"),
        _INLINE,
    ),
    (
        "inline, its own name in an account",
        inline(sourceSecurityGroupName="mwaa", sourceSecurityGroupOwnerId="123456789012"),
        _INLINE,
    ),
    (
        "inline, by an id and a name",
        inline(
            group("other", "web"),
            sourceSecurityGroupId=ref("other", "groupId"),
            sourceSecurityGroupName="mwaa",
        ),
        NO_SELF,
    ),
    (
        "its own name",
        separate(groupId=ref("group", "groupId"), sourceSecurityGroupName="mwaa"),
        SILENT,
    ),
    (
        "its own name, as the group has it",
        separate(groupId=ref("group", "groupId"), sourceSecurityGroupName=ref("group", "groupName")),
        SILENT,
    ),
    (
        "a name that no group has",
        separate(groupId=ref("group", "groupId"), sourceSecurityGroupName="web"),
        _SOURCE,
    ),
    (
        "no source at all",
        separate(groupId=ref("group", "groupId")),
        undetermined("self", "sourceSecurityGroupId"),
    ),
    (
        "a rule of a group by its name, as the group has it",
        separate(groupName=ref("group", "groupName"), sourceSecurityGroupId=ref("group", "groupId")),
        SILENT,
    ),
    (
        "a rule of a group by a name that the group has",
        separate(groupName="mwaa", sourceSecurityGroupId=ref("group", "groupId")),
        _OWNER,
    ),
    ("a rule of no group", separate(sourceSecurityGroupId=ref("group", "groupId")), NO_SELF),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), rows(NAMES))
def test_a_group_that_a_rule_means_by_name_is_followed_where_one_is_sure(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """In the VPC of the rule's own group, or among what the property depends on; else it may be any."""
    assert said_by(SELF, render(stack, rendering)) == expected
