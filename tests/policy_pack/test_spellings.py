"""No verdict depends on how a network is spelled: both providers, a mix of them, and older releases."""

from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.settings import Settings
from tests.policy_pack.laws.examples import LAWS
from tests.policy_pack.native_networks import (
    native_association,
    native_environment,
    native_rule,
    right_native_network,
    right_private_native_network,
)
from tests.policy_pack.native_spelling import in_native
from tests.policy_pack.networks import changed, entry, right_network, right_private_network
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.shapes.test_rows import ROWS
from tests.policy_pack.stacks import EXACT, Made, Rendering, made, native, ref, render
from tests.policy_pack.verdicts import (
    ACL,
    CONTESTED,
    COUNT,
    GROUPS,
    PUBLIC,
    SELF,
    SILENT,
    Verdict,
    undetermined,
    verdict,
    violation,
)
from tests.seed import some

rows_as_known = pytest.mark.parametrize(
    ("row", "rendering"),
    [
        pytest.param(row, rendering, id=f"{row.number}: {row.sentence}, {rendering.name.lower()}")
        for row, rendering in some(product(ROWS, EXACT), 200, "spellings")
    ],
)
NATIVE: Final = right_native_network()
NATIVE_PRIVATE: Final = right_private_native_network()


@pytest.mark.parametrize("rendering", Rendering)
def test_a_right_network_in_aws_native_gets_no_word(rendering: Rendering) -> None:
    """Whatever can be known of it."""
    assert verdict(render(NATIVE, rendering)) == SILENT


@pytest.mark.parametrize("rendering", EXACT)
def test_so_does_one_with_private_routing(rendering: Rendering) -> None:
    """Where each element of the endpoints' lists can be told."""
    assert verdict(render(NATIVE_PRIVATE, rendering)) == SILENT


_BOTH: Final = [(right_network(), NATIVE), (right_private_network(), NATIVE_PRIVATE)]


@LAWS
@given(st.sampled_from(_BOTH), st.sampled_from(EXACT), st.data())
def test_providers_may_be_mixed(
    both: tuple[tuple[Made, ...], tuple[Made, ...]], rendering: Rendering, data: st.DataObject
) -> None:
    """Any part of a right network may come from either provider."""
    of_aws, of_native = ({each.name: each for each in stack} for stack in both)
    # What one provider has as a resource of its own, the other has as a property: those stay together.
    shared = sorted(set(of_aws) & set(of_native) - {"igw", "acl", "group"})
    chosen = set(data.draw(st.lists(st.sampled_from(shared), unique=True)))
    mixed = tuple(of_aws[name] if name in chosen else each for name, each in of_native.items())
    assert verdict(render(mixed, rendering)) == SILENT
    mixed = tuple(of_native[name] if name in chosen else each for name, each in of_aws.items())
    assert verdict(render(mixed, rendering)) == SILENT


def _said(said: Verdict) -> frozenset[tuple[str, str]]:
    """Return a verdict without the paths of open questions, which are the program's own words.

    Nor does it tell which resource overwrites what others state: that is each provider's own way.
    """
    return frozenset(
        (check, f"{name}: {rest}" if check != "undetermined" else name)
        for check, name, rest in said
        if check != CONTESTED
    )


@rows_as_known
def test_a_shape_in_aws_native_gets_the_verdict_of_pulumi_aws(row: Row, rendering: Rendering) -> None:
    """Every row of the survey, with all that aws-native has words for."""
    spelled = verdict(render(in_native(row.stack), rendering), Settings(options=row.options))
    assert _said(spelled) == _said(row.expected(rendering))


@LAWS
@given(st.sampled_from(ROWS), st.sampled_from(EXACT), st.data())
def test_a_shape_of_both_providers_gets_the_verdict_of_pulumi_aws(
    row: Row, rendering: Rendering, data: st.DataObject
) -> None:
    """Whichever resources of a row aws-native makes.

    What is wrong with several resources alike is said of the one whose URN is the first, and the provider's
    name stands in a URN: so it may be said of another one of the type.
    """
    chosen = data.draw(st.sets(st.sampled_from(sorted(each.key for each in row.stack) or ["none"])))
    spelled = verdict(render(in_native(row.stack, chosen), rendering), Settings(options=row.options))
    types = {each.name: each.type for each in row.stack}
    told, expected = (
        frozenset((check, types.get(name, name), rest) for check, name, rest in said)
        for said in (spelled, row.expected(rendering))
    )
    assert _said(told) == _said(expected)


@rows_as_known
def test_a_shape_of_an_older_pulumi_aws_gets_the_same_verdict(row: Row, rendering: Rendering) -> None:
    """Releases 5 and 6 have no Region on the resources: their provider has one."""
    assert verdict(render(row.stack, rendering, major=6), Settings(options=row.options)) == row.expected(
        rendering
    )


SABOTAGES: Final[list[tuple[str, tuple[Made, ...], Verdict]]] = [
    ("no rule lets the group in", changed(NATIVE, without=("self",)), violation(SELF, "group")),
    (
        "the rule lets another group in",
        changed(
            NATIVE,
            native("ec2:SecurityGroup", "other", groupDescription="other", vpcId=ref("vpc")),
            native_rule("self", sourceSecurityGroupId=ref("other")),
        ),
        violation(SELF, "group"),
    ),
    (
        "an entry denies the database",
        changed(
            NATIVE,
            entry("deny", 90, egress=False, protocol="6", fromPort=5432, toPort=5432, ruleAction="deny"),
        ),
        violation(ACL, "acl"),
    ),
    ("the ACL has no entry", changed(NATIVE, without=("in", "out")), violation(ACL, "acl")),
    (
        "a subnet follows the public table",
        changed(NATIVE, native_association("association-a", "public-table", "a")),
        violation(PUBLIC, "a"),
    ),
    (
        "three subnets",
        changed(
            NATIVE_PRIVATE,
            native_environment(["a", "b", "c"], ["group"]),
            native("ec2:Subnet", "c", vpcId=ref("vpc"), cidrBlock="10.0.2.0/24"),
            native_association("association-c", "private-table", "c"),
        ),
        violation(COUNT, "env"),
    ),
    ("no group", changed(NATIVE, native_environment(["a", "b"], [])), violation(GROUPS, "env")),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(
    ("stack", "expected"), [row[1:] for row in SABOTAGES], ids=[row[0] for row in SABOTAGES]
)
def test_a_wrong_network_in_aws_native_gets_the_same_word(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """The same check, on the same part, as in pulumi-aws."""
    assert {each for each in verdict(render(stack, rendering)) if each[2] == "violation"} == expected


def test_a_template_without_the_id_fills_no_acl_of_pulumi_aws() -> None:
    """An empty one of aws-native must be filled by somebody, for no type of its provider makes entries."""
    template = made("cloudformation/stack:Stack", "template", templateBody="{}")
    of_aws, of_native = (
        changed(stack, template, without=("in", "out")) for stack in (right_network(), NATIVE)
    )
    for rendering in EXACT:
        assert verdict(render(of_aws, rendering)) == violation(ACL, "acl")
        assert verdict(render(of_native, rendering)) == undetermined("acl", "")
