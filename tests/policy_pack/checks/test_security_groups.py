"""Security groups: what cannot be known of their rules, and what is certain all the same.

The rows of the survey stand in `shapes/security_groups.py`.
"""

import pytest

from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import changed, right_network
from tests.policy_pack.shapes.security_groups import ALL, HTTPS, group, inline, older, own, rule
from tests.policy_pack.stacks import Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import SELF, SILENT, Verdict, undetermined, verdict, violation

RIGHT = right_network()
MISSING = violation(SELF, "group")


def _given(groups: Written, *more: Made, without: tuple[str, ...] = ("self",)) -> tuple[Made, ...]:
    network: dict[str, Written] = {"subnetIds": [ref("a"), ref("b")], "securityGroupIds": groups}
    env = made("mwaa/environment:Environment", "env", networkConfiguration=network)
    return changed(RIGHT, env, *more, without=without)


UNKNOWN: list[tuple[str, tuple[Made, ...], Verdict]] = [
    ("19: a literal group may hold the rule", _given([ref("group"), "sg-outside"]), SILENT),
    ("42: all groups are literal", _given(["sg-outside"]), SILENT),
    (
        "39: the list is unknown as a whole",
        _given(Opaque.COMPUTED),
        undetermined("env", "networkConfiguration.securityGroupIds"),
    ),
    (
        "one group is unknown and nothing tells which",
        _given([ref("group"), Opaque.COMPUTED]),
        undetermined("env", "networkConfiguration.securityGroupIds[1]"),
    ),
    (
        "an unknown port may be the right one",
        _given(
            [ref("group")],
            own("r", ipProtocol="tcp", fromPort=Opaque.COMPUTED, toPort=5432),
            own("h", **HTTPS),
        ),
        undetermined("r", "fromPort"),
    ),
    (
        "an unknown port does not hide that the other is missing",
        _given([ref("group")], own("r", ipProtocol="udp", fromPort=Opaque.COMPUTED, toPort=5432)),
        MISSING,
    ),
    (
        "a peer that nothing explains",
        _given([ref("group")], rule("r", referencedSecurityGroupId=Opaque.COMPUTED, **ALL)),
        undetermined("r", "referencedSecurityGroupId"),
    ),
    (
        "inline rules are unknown as a whole",
        _given(
            [ref("group")],
            made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"), ingress=Opaque.COMPUTED),
        ),
        undetermined("group", "ingress"),
    ),
    (
        "one inline rule is unknown",
        _given([ref("group")], inline({"protocol": "-1"}, {"protocol": "-1"})),
        MISSING,
    ),
    (
        "self is unknown",
        _given(
            [ref("group")], inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "self": Opaque.COMPUTED})
        ),
        undetermined("group", "ingress[0].self"),
    ),
    (
        "the direction is unknown",
        _given(
            [ref("group")], older("r", type=Opaque.COMPUTED, protocol="-1", fromPort=0, toPort=0, self=True)
        ),
        undetermined("r", "type"),
    ),
    (
        "the direction is no direction",
        _given([ref("group")], older("r", type="sideways", protocol="-1", fromPort=0, toPort=0, self=True)),
        undetermined("r", "type"),
    ),
    (
        "the rule has no peer at all",
        _given([ref("group")], rule("r", **ALL)),
        undetermined("r", "referencedSecurityGroupId"),
    ),
    (
        "inline groups are unknown as a whole",
        _given(
            [ref("group")],
            inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "securityGroups": Opaque.COMPUTED}),
        ),
        undetermined("group", "ingress[0].securityGroups"),
    ),
    (
        "a list of blocks that is unknown is no self reference",
        _given(
            [ref("group")],
            inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": Opaque.COMPUTED}),
        ),
        MISSING,
    ),
    (
        "one unknown and one malformed block are none either",
        _given(
            [ref("group")],
            inline(
                {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": [Opaque.COMPUTED, "everywhere"]},
            ),
        ),
        MISSING,
    ),
    (
        "a prefix list nobody knows",
        _given(
            [ref("group")],
            inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "prefixListIds": [Opaque.COMPUTED]}),
        ),
        MISSING,
    ),
    (
        "prefix lists unknown as a whole",
        _given(
            [ref("group")],
            inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "prefixListIds": Opaque.COMPUTED}),
        ),
        MISSING,
    ),
    (
        "mutual rules may or may not be there",
        _given(
            [ref("group"), ref("other")],
            group("other"),
            rule("r", securityGroupId=ref("other"), referencedSecurityGroupId=Opaque.COMPUTED, **ALL),
            own("h", ipProtocol="tcp", fromPort=443, toPort=443),
        ),
        undetermined("r", "referencedSecurityGroupId"),
    ),
]


@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN])
def test_what_cannot_be_known_is_neither_right_nor_wrong(stack: tuple[Made, ...], expected: Verdict) -> None:
    """The property in the way is named, once."""
    assert verdict(render(stack, Rendering.DEPLOYED)) == expected


def test_addresses_of_an_unknown_block_may_or_may_not_do() -> None:
    """With `substitutes: accept` the verdict hangs on the block."""
    stack = changed(RIGHT, rule("self", cidrIpv4=Opaque.COMPUTED, **ALL))
    options = {SELF: Options(substitutes=Substitutes.ACCEPT)}
    assert verdict(render(stack, Rendering.DEPLOYED), options) == undetermined("self", "cidrIpv4")


@pytest.mark.parametrize(
    ("subnets", "expected"),
    [
        ([ref("a"), Opaque.COMPUTED], undetermined("env", "networkConfiguration.subnetIds[1]")),
        (Opaque.COMPUTED, undetermined("env", "networkConfiguration.subnetIds")),
        (["subnet-1", "subnet-2"], MISSING),
        ([ref("no-block"), ref("a")], undetermined("no-block", "cidrBlock")),
    ],
)
def test_addresses_do_only_where_the_subnets_are_known(subnets: Written, expected: Verdict) -> None:
    """A block in place of the group must hold both subnets, wherever they lie."""
    network: dict[str, Written] = {"subnetIds": subnets, "securityGroupIds": [ref("group")]}
    stack = changed(
        RIGHT,
        rule("self", cidrIpv4="10.0.0.0/16", **ALL),
        made("mwaa/environment:Environment", "env", networkConfiguration=network),
        made("ec2/subnet:Subnet", "no-block", vpcId=ref("vpc"), cidrBlock=Opaque.COMPUTED),
    )
    options = {SELF: Options(substitutes=Substitutes.ACCEPT)}
    found = verdict(render(stack, Rendering.DEPLOYED), options)
    assert {each for each in found if each[0] in (SELF, "undetermined")} >= expected
