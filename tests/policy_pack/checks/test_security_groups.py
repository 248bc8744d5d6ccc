"""Security groups: what cannot be known of their rules, and what is certain all the same.

The rows of the survey stand in `shapes/security_groups.py`.
"""

from dataclasses import replace

import pytest

from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.reading.resource import Opaque, Value
from mwaa_guardrails.settings import Settings
from tests.policy_pack.native_networks import right_native_network
from tests.policy_pack.networks import changed, right_network
from tests.policy_pack.shapes import network_acls as acls
from tests.policy_pack.shapes.security_groups import (
    ALL,
    HTTPS,
    LINE,
    given,
    group,
    inline,
    older,
    own,
    rule,
)
from tests.policy_pack.stacks import Made, Rendering, Written, made, native, ref, render
from tests.policy_pack.verdicts import (
    CONTESTED,
    FOREIGN_GROUP,
    SELF,
    SILENT,
    Verdict,
    advice,
    said_by,
    undetermined,
    verdict,
    violation,
)

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
        "the only group is unknown and nothing tells which",
        _given([Opaque.COMPUTED]),
        undetermined("env", "networkConfiguration.securityGroupIds[0]"),
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
        "a rule of a group that nothing explains",
        _given([ref("group")], rule("r", securityGroupId=Opaque.COMPUTED, cidrIpv4="10.0.0.0/16", **ALL)),
        MISSING,
    ),
    (
        "a rule from itself of a group that nothing explains",
        _given([ref("group")], older("r", securityGroupId=Opaque.COMPUTED, **LINE, self=True)),
        undetermined("r", "securityGroupId"),
    ),
    (
        "a rule from the group, of a group that nothing explains",
        _given(
            [ref("group")],
            rule("r", securityGroupId=Opaque.COMPUTED, referencedSecurityGroupId=ref("group"), **ALL),
        ),
        undetermined("r", "securityGroupId"),
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
    assert verdict(render(stack, Rendering.DEPLOYED), Settings(options=options)) == undetermined(
        "self", "cidrIpv4"
    )


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
    found = verdict(render(stack, Rendering.DEPLOYED), Settings(options=options))
    assert {each for each in found if each[0] in (SELF, "undetermined")} >= expected


_OTHER_VPC = made("ec2/vpc:Vpc", "other-vpc", cidrBlock="10.1.0.0/16")
_ELSEWHERE = group("group", vpcId=ref("other-vpc"))
_HIDDEN_GROUPS = undetermined("env", "networkConfiguration.securityGroupIds")


def _association(**inputs: Written) -> Made:
    return made(
        "vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
        "association",
        **{"securityGroupId": ref("group"), "vpcId": ref("vpc"), **inputs},
    )


def _placed(subnets: Written, *more: Made) -> tuple[Made, ...]:
    network: dict[str, Written] = {"subnetIds": subnets, "securityGroupIds": [ref("group")]}
    env = made("mwaa/environment:Environment", "env", networkConfiguration=network)
    return changed(RIGHT, env, *more)


FOREIGN: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "the VPC of a group is not known",
        changed(RIGHT, group("group", vpcId=Opaque.COMPUTED)),
        undetermined("group", "vpcId"),
    ),
    (
        "the VPC of a group is one of two",
        changed(RIGHT, _OTHER_VPC, group("group", vpcId=[ref("vpc"), ref("other-vpc")])),
        undetermined("group", "vpcId"),
    ),
    (
        "the VPC of a subnet is not known",
        changed(
            RIGHT,
            made("ec2/subnet:Subnet", "a", vpcId=Opaque.COMPUTED, cidrBlock="10.0.0.0/24"),
        ),
        undetermined("a", "vpcId"),
    ),
    (
        "an association with a VPC that is not known",
        changed(RIGHT, _OTHER_VPC, _ELSEWHERE, _association(vpcId=Opaque.COMPUTED)),
        undetermined("association", "vpcId"),
    ),
    (
        "an association of a group that is not known",
        changed(RIGHT, _OTHER_VPC, _ELSEWHERE, _association(securityGroupId=Opaque.COMPUTED)),
        undetermined("association", "securityGroupId"),
    ),
    (
        "an association of another group settles nothing",
        changed(RIGHT, _OTHER_VPC, _ELSEWHERE, group("third"), _association(securityGroupId=ref("third"))),
        violation(FOREIGN_GROUP, "group"),
    ),
    (
        "the list of groups is not known, and one of the stack's is another VPC's",
        changed(given(Opaque.COMPUTED, _OTHER_VPC), group("far", vpcId=ref("other-vpc"))),
        _HIDDEN_GROUPS,
    ),
    (
        "one subnet is not known, and one of the stack's is in another VPC",
        _placed(
            [ref("a"), Opaque.COMPUTED],
            _OTHER_VPC,
            made("ec2/subnet:Subnet", "far", vpcId=ref("other-vpc"), cidrBlock="10.1.0.0/24"),
        ),
        undetermined("env", "networkConfiguration.subnetIds[1]"),
    ),
    (
        "one subnet in another VPC is enough",
        changed(
            RIGHT,
            _OTHER_VPC,
            made("ec2/subnet:Subnet", "b", vpcId=ref("other-vpc"), cidrBlock="10.1.0.0/24"),
        ),
        violation(FOREIGN_GROUP, "group"),
    ),
]


@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in FOREIGN], ids=[row[0] for row in FOREIGN])
def test_a_group_is_of_another_vpc_only_where_that_is_sure(
    stack: tuple[Made, ...], expected: Verdict
) -> None:
    """A VPC that is not known neither is nor is not another one."""
    assert said_by(FOREIGN_GROUP, render(stack, Rendering.DEPLOYED)) == expected


_WITHOUT_VPC = made("ec2/securityGroup:SecurityGroup", "group")
_LITERAL = made("ec2/subnet:Subnet", "a", vpcId="vpc-0123456789", cidrBlock="10.0.0.0/24")
LEFT_OUT: list[tuple[str, tuple[Made, ...], Rendering, Verdict]] = [
    (
        "the subnets' VPC is yet to be made",
        changed(RIGHT, _WITHOUT_VPC),
        Rendering.PREVIEW,
        violation(FOREIGN_GROUP, "group"),
    ),
    (
        "the group is associated with it",
        changed(RIGHT, _WITHOUT_VPC, _association()),
        Rendering.PREVIEW,
        SILENT,
    ),
    (
        "AWS has made the group elsewhere",
        changed(RIGHT, _WITHOUT_VPC),
        Rendering.DEPLOYED,
        violation(FOREIGN_GROUP, "group"),
    ),
    (
        "the subnets' VPC is the default one",
        changed(RIGHT, _WITHOUT_VPC, made("ec2/defaultVpc:DefaultVpc", "vpc")),
        Rendering.PREVIEW,
        undetermined("group", "vpcId"),
    ),
    (
        "a subnet's VPC by id may be the default one",
        changed(RIGHT, _WITHOUT_VPC, _LITERAL, replace(_LITERAL, name="b")),
        Rendering.PREVIEW,
        undetermined("group", "vpcId"),
    ),
    (
        "a provider that says nothing of it",
        changed(right_native_network(), native("ec2:SecurityGroup", "group", groupDescription="group")),
        Rendering.PREVIEW,
        undetermined("group", "vpcId"),
    ),
]


@pytest.mark.parametrize(
    ("stack", "rendering", "expected"), [row[1:] for row in LEFT_OUT], ids=[row[0] for row in LEFT_OUT]
)
def test_a_group_without_a_vpc_is_in_the_default_one_of_its_region(
    stack: tuple[Made, ...], rendering: Rendering, expected: Verdict
) -> None:
    """That is none that the stack is yet to make."""
    assert said_by(FOREIGN_GROUP, render(stack, rendering)) == expected


def test_a_vpc_that_is_there_already_may_be_the_default_one() -> None:
    """A program can import it; the group is new."""
    there = {each.name: each for each in render(RIGHT, Rendering.DEPLOYED)}
    preview = render(changed(RIGHT, _WITHOUT_VPC), Rendering.PREVIEW)
    stack = [there["vpc"] if each.name == "vpc" else each for each in preview]
    assert said_by(FOREIGN_GROUP, stack) == undetermined("group", "vpcId")


def test_an_id_may_be_that_of_a_vpc_nobody_looked_at() -> None:
    """With `--target` the engine shows neither the VPC nor its id; else a VPC without an id is a new one."""
    stack = render(changed(RIGHT, group("group", vpcId="vpc-0some")), Rendering.PREVIEW)
    unseen = tuple(replace(each, inputs={}, outputs={}) if each.name == "vpc" else each for each in stack)
    for resources, expected in ((stack, "violation"), (unseen, "cidrBlock")):
        told = [
            (each[0], each[2])
            for each in verdict(resources)
            if each[0] in (FOREIGN_GROUP, "undetermined") and each[1] in ("group", "vpc")
        ]
        assert [each[1] for each in told if each[1] in ("violation", "cidrBlock")] == [expected]


_SOME_WAY: dict[str, Written] = {**LINE, "type": Opaque.COMPUTED, "cidrBlocks": ["10.0.0.0/16"]}
_BOTH = group("other", ingress=[{**LINE, "self": True}])
FIGHTS: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "a rule may belong to a group with inline rules, or to another",
        changed(
            RIGHT,
            inline({**LINE, "self": True}),
            group("other"),
            rule("self", securityGroupId=[ref("group"), ref("other")], cidrIpv4="10.0.0.0/16", **ALL),
        ),
        undetermined("self", "securityGroupId"),
    ),
    (
        "a rule may be an inbound or an outbound one",
        changed(
            RIGHT,
            inline({**LINE, "self": True}),
            older("self", **_SOME_WAY),
        ),
        undetermined("self", "type"),
    ),
    (
        "a rule that surely fights beside one that may",
        changed(
            RIGHT,
            inline({**LINE, "self": True}),
            own("self", **ALL),
            older("more", **_SOME_WAY),
        ),
        advice(CONTESTED, "group"),
    ),
    (
        "the list of groups is not known, and one of the stack's fights",
        given(Opaque.COMPUTED, _BOTH, own("more", securityGroupId=ref("other"), **ALL)),
        _HIDDEN_GROUPS,
    ),
    ("the list of groups is not known, and none fights", given(Opaque.COMPUTED), SILENT),
    (
        "a rule whose source alone is not known is there",
        changed(RIGHT, inline({**LINE, "self": True}), older("self", **{**LINE, "self": Opaque.COMPUTED})),
        advice(CONTESTED, "group"),
    ),
    (
        "a network ACL with entries both ways",
        changed(RIGHT, acls.inline(egress=[acls.ALLOW])),
        advice(CONTESTED, "acl"),
    ),
    (
        "an adopted default ACL with an entry of its own",
        changed(
            RIGHT,
            acls.default_acl(ingress=[acls.ALLOW], egress=[acls.ALLOW]),
            made(
                "ec2/networkAclRule:NetworkAclRule",
                "in",
                **{**acls.ENTRY, "networkAclId": ref("default")},
            ),
            without=("acl", "out"),
        ),
        advice(CONTESTED, "default"),
    ),
    (
        "a network ACL that may be the subnets', with entries both ways",
        changed(RIGHT, acls.inline(egress=[acls.ALLOW], subnetIds=Opaque.COMPUTED)),
        undetermined("acl", "subnetIds"),
    ),
    (
        "a network ACL of one subnet for sure, and of the other maybe",
        changed(
            RIGHT,
            acls.inline(egress=[acls.ALLOW], subnetIds=[Opaque.COMPUTED]),
            acls.tied("a"),
        ),
        advice(CONTESTED, "acl"),
    ),
    (
        "a network ACL outside",
        changed(
            RIGHT,
            acls.inline(egress=[acls.ALLOW], subnetIds=[ref("b")]),
            made(
                "ec2/networkAclAssociation:NetworkAclAssociation",
                "tie",
                networkAclId="acl-outside",
                subnetId=ref("a"),
            ),
        ),
        advice(CONTESTED, "acl"),
    ),
    (
        "a route table with routes both ways",
        changed(
            RIGHT,
            made(
                "ec2/routeTable:RouteTable",
                "private-table",
                vpcId=ref("vpc"),
                routes=[{"cidrBlock": "192.0.2.0/24", "natGatewayId": ref("nat")}],
            ),
        ),
        advice(CONTESTED, "private-table"),
    ),
    (
        "a route table outside",
        changed(
            RIGHT,
            made(
                "ec2/routeTableAssociation:RouteTableAssociation",
                "association-a",
                routeTableId="rtb-outside",
                subnetId=ref("a"),
            ),
        ),
        SILENT,
    ),
]


@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in FIGHTS], ids=[row[0] for row in FIGHTS])
def test_lines_fight_only_where_both_kinds_are_surely_there(
    stack: tuple[Made, ...], expected: Verdict
) -> None:
    """Neither what may be elsewhere nor what others may use is a fight for sure."""
    assert said_by(CONTESTED, render(stack, Rendering.DEPLOYED)) == expected


def test_what_a_refresh_shows_inline_is_no_fight() -> None:
    """AWS's answer lists separate rules, entries and routes inline; the program wrote none there."""
    answers: dict[str, dict[str, Value]] = {
        "group": {
            "ingress": ({"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True},),
            "egress": ({"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ("0.0.0.0/0",)},),
        },
        "private-table": {"routes": ({"cidrBlock": "0.0.0.0/0", "natGatewayId": "id-of-nat"},)},
    }
    refreshed = tuple(
        replace(each, outputs={**each.outputs, **answers.get(each.name, {})})
        for each in render(RIGHT, Rendering.DEPLOYED)
    )
    assert verdict(refreshed) == SILENT
