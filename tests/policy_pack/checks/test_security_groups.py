"""Security groups: every way people write the self reference, with the right verdict for each."""

import pytest

from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import changed, environment, right_network
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import (
    GROUPS,
    SELF,
    SILENT,
    Verdict,
    advice,
    undetermined,
    verdict,
    violation,
)

RIGHT = right_network()
ALL: dict[str, Written] = {"ipProtocol": "-1"}
DATABASE: dict[str, Written] = {"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432}
HTTPS: dict[str, Written] = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
MISSING = violation(SELF, "group")


def rule(name: str, **inputs: Written) -> Made:
    """Return an inbound rule resource of the newer kind on the environment's group."""
    return made(
        "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name,
        **{"securityGroupId": ref("group"), **inputs},
    )


def older(name: str, **inputs: Written) -> Made:
    """Return an inbound rule resource of the older kind on the environment's group."""
    return made(
        "ec2/securityGroupRule:SecurityGroupRule",
        name,
        **{"securityGroupId": ref("group"), "type": "ingress", **inputs},
    )


def own(name: str, **inputs: Written) -> Made:
    """Return an inbound rule from the environment's group itself."""
    return rule(name, referencedSecurityGroupId=ref("group"), **inputs)


def inline(*rules: dict[str, Written]) -> Made:
    """Return the environment's group with inline inbound rules."""
    return made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"), ingress=list(rules))


def group(name: str) -> Made:
    """Return another security group."""
    return made("ec2/securityGroup:SecurityGroup", name, vpcId=ref("vpc"))


ONE_GROUP = ["group"]
_SELF_LISTS: dict[str, Written] = {
    "cidrBlocks": [],
    "ipv6CidrBlocks": [],
    "prefixListIds": [],
    "securityGroups": [],
    "self": True,
}
ROWS: list[tuple[str, tuple[Made, ...], list[str], Verdict]] = [
    (
        "1: all traffic, ports 0 and 0",
        (inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True}),),
        ONE_GROUP,
        SILENT,
    ),
    (
        "1: all traffic as a number",
        (inline({"protocol": -1.0, "fromPort": 0, "toPort": 65535, "self": True}),),
        ONE_GROUP,
        SILENT,
    ),
    (
        "1: the word all",
        (inline({"protocol": "all", "fromPort": -1, "toPort": -1, **_SELF_LISTS}),),
        ONE_GROUP,
        SILENT,
    ),
    (
        "2: self on the older rule resource",
        (older("r", protocol="-1", fromPort=0, toPort=0, self=True),),
        ONE_GROUP,
        SILENT,
    ),
    (
        "2: the own id as source",
        (older("r", protocol="-1", fromPort=0, toPort=0, sourceSecurityGroupId=ref("group")),),
        ONE_GROUP,
        SILENT,
    ),
    ("2: the own id as reference", (own("r", **ALL),), ONE_GROUP, SILENT),
    (
        "3: from a different group of the stack",
        (group("other"), rule("r", referencedSecurityGroupId=ref("other"), **ALL)),
        ONE_GROUP,
        MISSING,
    ),
    (
        "5: self is false",
        (inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "self": False}),),
        ONE_GROUP,
        MISSING,
    ),
    (
        "6: both ports in two resources",
        (own("rule-a", **DATABASE), own("rule-b", **HTTPS)),
        ONE_GROUP,
        SILENT,
    ),
    (
        "6: one inline, one as a resource",
        (
            inline({"protocol": "tcp", "fromPort": 443, "toPort": 443, "self": True}),
            own("rule-b", **DATABASE),
        ),
        ONE_GROUP,
        SILENT,
    ),
    (
        "7: one range over both ports",
        (own("r", ipProtocol="tcp", fromPort=443, toPort=5432),),
        ONE_GROUP,
        SILENT,
    ),
    ("8: 5432 alone", (own("r", **DATABASE),), ONE_GROUP, MISSING),
    ("8: a useless port", (own("r", ipProtocol="tcp", fromPort=2049, toPort=2049),), ONE_GROUP, MISSING),
    (
        "9: 5432 from itself, 443 from the world",
        (own("rule-a", **DATABASE), rule("rule-b", cidrIpv4="0.0.0.0/0", **HTTPS)),
        ONE_GROUP,
        advice(SELF, "group"),
    ),
    ("10: from the VPC's block", (rule("r", cidrIpv4="10.0.0.0/16", **ALL),), ONE_GROUP, MISSING),
    ("11: from the world", (rule("r", cidrIpv4="0.0.0.0/0", **ALL),), ONE_GROUP, MISSING),
    (
        "12: itself and the world",
        (own("rule-a", **ALL), rule("rule-b", cidrIpv4="0.0.0.0/0", **ALL)),
        ONE_GROUP,
        SILENT,
    ),
    ("13: from a prefix list", (rule("r", prefixListId="pl-1", **ALL),), ONE_GROUP, MISSING),
    (
        "13: from another account's group",
        (rule("r", referencedSecurityGroupId="123456789012/sg-1", **ALL),),
        ONE_GROUP,
        MISSING,
    ),
    (
        "13: inline from a prefix list",
        (inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "prefixListIds": ["pl-1"]}),),
        ONE_GROUP,
        MISSING,
    ),
    (
        "14: two groups let one another in",
        (
            group("other"),
            rule("rule-a", referencedSecurityGroupId=ref("other"), **ALL),
            rule("rule-b", securityGroupId=ref("other"), referencedSecurityGroupId=ref("group"), **ALL),
        ),
        ["group", "other"],
        advice(SELF, "group"),
    ),
    (
        "15: three groups, one right",
        (group("other"), group("third"), own("r", **ALL)),
        ["group", "other", "third"],
        SILENT,
    ),
    ("17: bystanders without a rule", (group("other"), own("r", **ALL)), ONE_GROUP, SILENT),
    (
        "18: a bystander has the rule",
        (
            group("other"),
            rule("r", securityGroupId=ref("other"), referencedSecurityGroupId=ref("other"), **ALL),
        ),
        ONE_GROUP,
        MISSING,
    ),
    (
        "21: the default group adopted without rules",
        (made("ec2/defaultSecurityGroup:DefaultSecurityGroup", "group", vpcId=ref("vpc")),),
        ONE_GROUP,
        MISSING,
    ),
    (
        "22: ports as texts and floats",
        (own("rule-a", ipProtocol="tcp", fromPort="443", toPort=443.0), own("rule-b", **DATABASE)),
        ONE_GROUP,
        SILENT,
    ),
    (
        "23: UDP",
        (own("rule-a", ipProtocol="udp", fromPort=5432, toPort=5432), own("rule-b", **HTTPS)),
        ONE_GROUP,
        MISSING,
    ),
    (
        "24: protocol 6 and TCP",
        (
            own("rule-a", ipProtocol="6", fromPort=443, toPort=443),
            own("rule-b", ipProtocol="TCP", fromPort=5432, toPort=5432),
        ),
        ONE_GROUP,
        SILENT,
    ),
    (
        "36: inline and as resources",
        (inline({"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "self": True}), own("r", **ALL)),
        ONE_GROUP,
        SILENT,
    ),
    (
        "IPv6 blocks are no substitute",
        (inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "ipv6CidrBlocks": ["::/0"]}),),
        ONE_GROUP,
        MISSING,
    ),
    ("a newer rule from IPv6 either", (rule("r", cidrIpv6="::/0", **ALL),), ONE_GROUP, MISSING),
    ("ICMP is neither port", (own("r", ipProtocol="icmp", fromPort=-1, toPort=-1),), ONE_GROUP, MISSING),
    (
        "outbound rules do not count",
        (older("r", type="egress", protocol="-1", fromPort=0, toPort=0, self=True),),
        ONE_GROUP,
        MISSING,
    ),
    (
        "an inline group of the stack",
        (
            group("other"),
            inline({"protocol": "-1", "fromPort": 0, "toPort": 0, "securityGroups": [ref("other")]}),
        ),
        ONE_GROUP,
        MISSING,
    ),
    ("a rule on a group outside", (rule("r", securityGroupId="sg-outside", **ALL),), ONE_GROUP, MISSING),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(
    ("resources", "groups", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_the_self_reference_is_judged_however_it_is_written(
    resources: tuple[Made, ...], groups: list[str], expected: Verdict, rendering: Rendering
) -> None:
    """At a first preview as sharply as after deployment."""
    stack = changed(RIGHT, *resources, environment(["a", "b"], groups), without=("self",))
    assert verdict(render(stack, rendering)) == expected


@pytest.mark.parametrize(
    ("substitutes", "expected"),
    [
        (None, MISSING),
        (Substitutes.REFUSE, MISSING),
        (Substitutes.ADVISE, advice(SELF, "group")),
        (Substitutes.ACCEPT, SILENT),
    ],
)
@pytest.mark.parametrize("block", ["10.0.0.0/16", "0.0.0.0/0"])
def test_addresses_in_place_of_the_group_are_moved_by_the_option(
    block: str, substitutes: Substitutes | None, expected: Verdict
) -> None:
    """Rows 10 and 11."""
    stack = changed(RIGHT, rule("self", cidrIpv4=block, **ALL))
    options = {SELF: Options(substitutes=substitutes)}
    for rendering in EXACT:
        assert verdict(render(stack, rendering), options) == expected


@pytest.mark.parametrize("substitutes", Substitutes)
def test_addresses_that_do_not_reach_both_subnets_are_no_substitute(substitutes: Substitutes) -> None:
    """What one subnet may send is denied to the other."""
    stack = changed(RIGHT, rule("self", cidrIpv4="10.0.0.0/24", **ALL))
    options = {SELF: Options(substitutes=substitutes)}
    assert verdict(render(stack, Rendering.DEPLOYED), options) == MISSING


def test_groups_that_admit_one_another_may_be_accepted() -> None:
    """Row 14 with `substitutes: accept`."""
    stack = changed(RIGHT, *ROWS[20][1], environment(["a", "b"], ["group", "other"]), without=("self",))
    assert (
        verdict(render(stack, Rendering.DEPLOYED), {SELF: Options(substitutes=Substitutes.ACCEPT)}) == SILENT
    )


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


@pytest.mark.parametrize(
    ("row", "groups", "expected"),
    [
        ("38: six groups", [f"g{n}" for n in range(6)], violation(GROUPS, "env")),
        ("38: five groups", [f"g{n}" for n in range(5)], SILENT),
        ("38: six with a duplicate", [*(f"g{n}" for n in range(5)), "g0"], SILENT),
        ("37: no group", [], violation(GROUPS, "env")),
    ],
)
def test_distinct_groups_count(row: str, groups: list[str], expected: Verdict) -> None:
    """One to five, each once."""
    del row
    more = [group(f"g{number}") for number in range(6)]
    rules = [
        rule(
            f"r{number}",
            securityGroupId=ref(f"g{number}"),
            referencedSecurityGroupId=ref(f"g{number}"),
            **ALL,
        )
        for number in range(6)
    ]
    stack = changed(RIGHT, *more, *rules, environment(["a", "b"], groups))
    assert verdict(render(stack, Rendering.DEPLOYED)) == expected


def test_an_environment_without_network_configuration_has_neither_subnets_nor_groups() -> None:
    """Row 37."""
    stack = changed(RIGHT, made("mwaa/environment:Environment", "env", dagS3Path="dags"))
    assert {each[0] for each in verdict(render(stack, Rendering.DEPLOYED))} == {
        GROUPS,
        "subnet-count-not-two",
    }


def test_the_untouched_default_group_is_right() -> None:
    """Row 20: AWS gives it the self reference."""
    stack = _given([ref("vpc", "defaultSecurityGroupId")], without=("self", "group", "outbound"))
    for rendering in EXACT:
        assert verdict(render(stack, rendering)) == SILENT
