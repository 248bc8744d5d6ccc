"""No verdict depends on how a network is spelled, nor on the order or the names of its parts."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.reading.resource import Resource, Value
from tests.policy_pack.laws import spellings
from tests.policy_pack.laws.examples import LAWS
from tests.policy_pack.laws.judgements import Said, findings, is_open, judgement
from tests.policy_pack.laws.sabotages import sabotages
from tests.policy_pack.mutations.changes import Change, Stack
from tests.policy_pack.native_spelling import in_native
from tests.policy_pack.networks import right_network, right_private_network
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import DNS_TWICE

EITHER: Final = st.sampled_from(EXACT)
SPELLINGS: Final[dict[str, Change]] = {
    "entries inline": spellings.entries_inline,
    "entries as resources": spellings.entries_separate,
    "entries with other numbers": spellings.renumbered,
    "rules inline": spellings.rules_inline,
    "rules by the older resource": spellings.rules_older,
    "routes inline": spellings.routes_inline,
    "routes as resources": spellings.routes_separate,
    "each block of addresses in halves": spellings.halved,
    "each range of ports in two": spellings.ports_split,
    "aws-native wherever it has a type": in_native,
}


@LAWS
@given(sabotages(), EITHER, st.sampled_from(sorted(SPELLINGS)))
def test_a_network_spelled_otherwise_gets_the_same_verdict(
    stack: Stack, rendering: Rendering, spelling: str
) -> None:
    """The same findings; what cannot be known may stand at another property."""
    told = judgement(render(stack, rendering))
    otherwise = judgement(render(SPELLINGS[spelling](stack), rendering))
    assert _but_for_twins(findings(otherwise)) == _but_for_twins(findings(told))
    assert is_open(otherwise) == is_open(told)


def _but_for_twins(said: Iterable[Said]) -> frozenset[Said]:
    """Return findings; which of two endpoints for one name is told follows URNs, which name the provider."""
    return frozenset(
        (check, label.partition(" ")[0] if check == DNS_TWICE else label, degree)
        for check, label, degree in said
    )


@LAWS
@given(sabotages(), EITHER, st.randoms(use_true_random=False))
def test_no_order_changes_a_verdict(stack: Stack, rendering: Rendering, random: Random) -> None:
    """Neither that of the resources nor that of the lines and ids in their lists."""
    resources = render(stack, rendering)
    mixed = [_mixed(each, random) for each in resources]
    random.shuffle(mixed)
    assert judgement(mixed) == judgement(resources)


@LAWS
@given(sabotages(), st.sampled_from(Rendering), st.integers(4, 6))
def test_an_older_release_of_the_provider_changes_no_verdict(
    stack: Stack, rendering: Rendering, major: int
) -> None:
    """Before the seventh, Regions are the provider's alone."""
    bare = tuple(
        replace(each, inputs={key: value for key, value in each.inputs.items() if key != "region"})
        for each in stack
    )
    assert judgement(render(bare, rendering, major)) == judgement(render(bare, rendering))


@LAWS
@given(sabotages(), EITHER, st.from_regex(r"[A-Za-z0-9_.-]{1,9}", fullmatch=True))
def test_names_change_no_verdict(stack: Stack, rendering: Rendering, prefix: str) -> None:
    """Resources with other logical names get the same findings."""
    renamed = tuple(replace(each, name=f"{prefix}{each.name}", label=each.key) for each in stack)
    told = judgement(render(stack, rendering))
    assert judgement(render(renamed, rendering)) == {_renamed(each, prefix) for each in told}


OTHERS: Final = (
    made("ec2/vpc:Vpc", "vpc", cidrBlock="10.192.0.0/16"),
    made("ec2/subnet:Subnet", "a", vpcId=ref("vpc"), cidrBlock="10.192.0.0/24"),
    made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc"), subnetIds=[ref("a")]),
    made("ec2/defaultSecurityGroup:DefaultSecurityGroup", "group", vpcId=ref("vpc")),
    made("ec2/internetGateway:InternetGateway", "igw", vpcId=ref("vpc")),
    made("ec2/routeTable:RouteTable", "table", vpcId=ref("vpc")),
    made(
        "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
        "main",
        vpcId=ref("vpc"),
        routeTableId=ref("table"),
    ),
    made(
        "ec2/vpcEndpoint:VpcEndpoint",
        "sqs",
        vpcId=ref("vpc"),
        serviceName="com.amazonaws.eu-west-1.sqs",
        policy="{}",
    ),
)


@LAWS
@given(sabotages(), EITHER)
def test_an_unrelated_network_changes_no_verdict(stack: Stack, rendering: Rendering) -> None:
    """Another VPC of the same block, without an environment, where everything is wrong."""
    more = tuple(_apart(each) for each in OTHERS)
    assert judgement(render((*stack, *more), rendering)) == judgement(render(stack, rendering))


@LAWS
@given(sabotages(), EITHER, st.sampled_from([right_network(), right_private_network()]))
def test_environments_are_judged_apart(stack: Stack, rendering: Rendering, right: tuple[Made, ...]) -> None:
    """A right network beside a broken one gets no word, and does not mend it."""
    more = tuple(_apart(each) for each in right)
    assert judgement(render((*stack, *more), rendering)) == judgement(render(stack, rendering))


@pytest.mark.parametrize("spelling", sorted(SPELLINGS))
def test_each_spelling_writes_something_otherwise(spelling: str) -> None:
    """A law about a spelling that changes nothing would hold for nothing."""
    separate = right_network()
    inline = spellings.routes_inline(spellings.entries_inline(separate))
    ranged = tuple(
        replace(each, inputs={**each.inputs, "ipProtocol": "tcp", "fromPort": 0, "toPort": 65535})
        if each.name == "self"
        else each
        for each in separate
    )
    assert any(SPELLINGS[spelling](each) != each for each in (separate, inline, ranged))


def _apart(made_: Made) -> Made:
    """Give a resource a label of its own, and let refs follow."""
    inputs = {key: _led_apart(value) for key, value in made_.inputs.items()}
    return replace(made_, name=f"other-{made_.name}", label=f"other {made_.name}", inputs=inputs)


def _led_apart(value: Written) -> Written:
    if isinstance(value, list):
        return [_led_apart(item) for item in value]
    if isinstance(value, dict):
        return {key: _led_apart(item) for key, item in value.items()}
    return value if not isinstance(value, type(ref(""))) else ref(f"other {value.name}", value.output)


def _renamed(said: Said, prefix: str) -> Said:
    kind, _, name = said[1].partition(" ")
    return said[0], f"{kind} {prefix}{name}", said[2]


def _mixed(resource: Resource, random: Random) -> Resource:
    order: dict[str, list[int]] = {}

    def mix(key: str, value: Value) -> Value:
        if not isinstance(value, tuple):
            return value
        if key not in order:
            order[key] = list(range(len(value)))
            random.shuffle(order[key])
        return tuple(value[index] for index in order[key])

    return replace(
        resource,
        inputs={key: mix(key, value) for key, value in resource.inputs.items()},
        outputs={key: mix(key, value) for key, value in resource.outputs.items()},
    )
