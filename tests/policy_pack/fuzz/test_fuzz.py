"""Whatever a program writes, the evaluation goes through, and no text quotes it."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.reading.network import READ_TYPES
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from tests.policy_pack.fuzz.bags import BAGS_PER_CHUNK, KEYS, chunk, judged
from tests.policy_pack.fuzz.values import CANARY
from tests.policy_pack.laws.examples import FUZZ
from tests.policy_pack.laws.sabotages import random_sabotage
from tests.policy_pack.networks import right_network, right_private_network
from tests.policy_pack.stacks import Rendering, render
from tests.seed import some

RIGHT: Final = render(right_network(), Rendering.DEPLOYED)


@pytest.mark.parametrize("seed", range(8))
def test_no_random_stack_breaks_anything(seed: int) -> None:
    """The generator that `make proof` runs to a million bags, on a few of them."""
    told = chunk(str(seed))
    assert told.bags >= BAGS_PER_CHUNK
    assert told.findings
    assert told.questions


_VALUES: st.SearchStrategy[Value] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.floats(),
        st.integers(-(2**70), 2**70).map(float),
        st.text(max_size=8),
        st.sampled_from(["-1", "tcp", "10.0.0.0/8", "::/0", "igw-1", "allow", "ingress", "0.0.0.0/33"]),
        st.sampled_from(list(Opaque)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(
            st.sampled_from(["protocol", "cidrBlock", "ruleNo", "self", "gatewayId"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


@FUZZ
@given(st.data())
def test_no_property_however_malformed_breaks_the_evaluation(data: st.DataObject) -> None:
    """Any value at any property: no exception, no failure, and every finding has a text."""
    resources = list(RIGHT)
    for _ in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(resources) - 1))
        spoilt = data.draw(st.dictionaries(st.sampled_from(KEYS), _VALUES, max_size=4))
        type_ = data.draw(st.one_of(st.just(resources[index].type), st.sampled_from(sorted(READ_TYPES))))
        resources[index] = replace(
            resources[index],
            type=type_,
            inputs={**resources[index].inputs, **spoilt},
            outputs={**resources[index].outputs, **spoilt},
        )
    judged(resources)


@pytest.mark.parametrize("type_", sorted(READ_TYPES))
def test_a_resource_with_nothing_in_it_breaks_nothing(type_: str) -> None:
    """Each type, empty and beside the environment."""
    empty = Resource(urn=f"urn:pulumi:dev::test::{type_}::empty", type=type_, name="empty")
    bare = Resource(urn=f"urn:pulumi:dev::test::{type_}::bare", type=type_, name="bare", outputs={"id": "x"})
    assert evaluate([*RIGHT, empty, bare]).failures == ()


@pytest.mark.parametrize("depth", [30, 50, 300, 900, 100_000])
def test_a_text_nested_without_end_breaks_nothing(depth: int) -> None:
    """Properties of a Cloud Control resource come as text, which can be deeper than any reader."""
    for text in ('{"VpcId":' * depth + "1" + "}" * depth, "[" * depth):
        deep = Resource(
            urn="urn:pulumi:dev::test::aws:cloudcontrol/resource:Resource::deep",
            type="aws:cloudcontrol/resource:Resource",
            name="deep",
            inputs={"typeName": "AWS::EC2::Subnet", "desiredState": text},
        )
        judged([*RIGHT, deep])


def _stacks() -> list[tuple[Resource, ...]]:
    random = Random(1)  # noqa: S311 - examples, not secrets
    sabotaged = (random_sabotage(random.choice) for _ in range(2))
    return [
        render(each, Rendering.DEPLOYED) for each in (right_network(), right_private_network(), *sabotaged)
    ]


# What the text begins with where a reader looks at the beginning.
_BEGINNINGS: Final = {"gatewayId": "igw-", "natGatewayId": "nat-", "serviceName": "com.amazonaws.eu-west-1."}


# No name of an environment, which a tag declares and messages quote, has these.
_TEXT: Final = f"{CANARY}:\n::error::"


def test_no_text_that_a_program_writes_is_quoted() -> None:
    """A text in place of any property of any resource, as a secret that is not marked would stand there."""
    places = [
        (resources, index, key)
        for resources in _stacks()
        for index, each in enumerate(resources)
        for key in sorted({*each.inputs, *each.outputs})
    ]
    for resources, index, key in some(places, FUZZ.max_examples, "each property"):
        judged([*resources[:index], _spoilt_at(resources[index], key), *resources[index + 1 :]])


def test_nor_is_one_that_several_resources_share() -> None:
    """One text in place of a property of all resources that have it: equal texts may be a fault."""
    places = [
        (resources, key)
        for resources in _stacks()
        for key in sorted({key for each in resources for key in (*each.inputs, *each.outputs)})
    ]
    for resources, key in some(places, FUZZ.max_examples, "each key"):
        judged([_spoilt_at(each, key) if key in each.outputs else each for each in resources])


def _spoilt_at(resource: Resource, key: str) -> Resource:
    text = _BEGINNINGS.get(key, "") + _TEXT
    return replace(
        resource, inputs=_with(resource.inputs, key, text), outputs=_with(resource.outputs, key, text)
    )


def _with(values: Mapping[str, Value], key: str, text: str) -> Mapping[str, Value]:
    return {**values, key: _spoilt(values.get(key), text)}


def _spoilt(value: Value, text: str) -> Value:
    """Return a text in place of a value, of each item of a list, and of each property of an object."""
    if isinstance(value, tuple):
        return tuple(_spoilt(item, text) for item in value) or (text,)
    if isinstance(value, Mapping):
        return {key: _spoilt(each, text) for key, each in value.items()}
    return text
