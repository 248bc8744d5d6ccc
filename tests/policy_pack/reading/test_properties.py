"""Properties come out by type: as a value, as absent, or as unknown with their path."""

import math

import pytest

from mwaa_guardrails.reading.properties import Properties, properties_of
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.unknown import Reason, Unknown

URN = "urn:pulumi:dev::test::aws:ec2/vpc:Vpc::vpc"


def properties(outputs: dict[str, Value], inputs: dict[str, Value] | None = None) -> Properties:
    """Return the properties of a resource with these outputs and inputs; None where nobody saw the inputs."""
    return properties_of(
        Resource(
            urn=URN,
            type="aws:ec2/vpc:Vpc",
            name="vpc",
            inputs=inputs or {},
            outputs=outputs,
            registered=inputs is not None,
        )
    )


def unknown(path: str, reason: Reason) -> Unknown:
    """Return the unknown value of a property of the resource."""
    return Unknown(urn=URN, path=path, reason=reason)


MALFORMED = unknown("key", Reason.MALFORMED)
NOT_YET = unknown("key", Reason.NOT_YET)
HIDDEN = unknown("key", Reason.HIDDEN)


@pytest.mark.parametrize(
    ("value", "text", "number", "flag"),
    [
        (None, None, None, None),
        ("", None, MALFORMED, MALFORMED),
        ("10", "10", 10, MALFORMED),
        ("ten", "ten", MALFORMED, MALFORMED),
        (10.0, MALFORMED, 10, MALFORMED),
        (10.5, MALFORMED, MALFORMED, MALFORMED),
        (math.nan, MALFORMED, MALFORMED, MALFORMED),
        (math.inf, MALFORMED, MALFORMED, MALFORMED),
        (True, MALFORMED, MALFORMED, True),
        (False, MALFORMED, MALFORMED, False),
        (("a",), MALFORMED, MALFORMED, MALFORMED),
        ({"a": 1.0}, MALFORMED, MALFORMED, MALFORMED),
        (Opaque.COMPUTED, NOT_YET, NOT_YET, NOT_YET),
        (Opaque.SECRET, HIDDEN, HIDDEN, HIDDEN),
    ],
)
def test_a_single_value_is_read_by_its_type(value: Value, text: object, number: object, flag: object) -> None:
    """A value of another type is unknown, and never raises."""
    read = properties({"key": value})
    assert (read.text("key"), read.number("key"), read.flag("key")) == (text, number, flag)


@pytest.mark.parametrize(
    ("value", "items", "objects"),
    [
        (None, (), ()),
        ((), (), ()),
        (("a",), ("a",), (unknown("key[0]", Reason.MALFORMED),)),
        ((Opaque.SECRET,), (Opaque.SECRET,), (unknown("key[0]", Reason.HIDDEN),)),
        ("a", MALFORMED, MALFORMED),
        (Opaque.COMPUTED, NOT_YET, NOT_YET),
    ],
)
def test_a_list_is_read_element_by_element(value: Value, items: object, objects: object) -> None:
    """An element that cannot be read does not spoil the others."""
    read = properties({"key": value})
    assert (read.items("key"), read.objects("key")) == (items, objects)


def test_an_object_carries_its_path() -> None:
    """Elements of lists have their number."""
    read = properties({"outer": {"inner": ({"leaf": Opaque.COMPUTED},)}})
    outer = read.object("outer")
    assert isinstance(outer, Properties)
    elements = outer.objects("inner")
    assert isinstance(elements, tuple)
    (element,) = elements
    assert isinstance(element, Properties)
    assert element.text("leaf") == unknown("outer.inner[0].leaf", Reason.NOT_YET)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("text", MALFORMED), (Opaque.COMPUTED, NOT_YET), (Opaque.SECRET, HIDDEN)],
)
def test_what_should_be_an_object_and_is_none_is_absent_or_unknown(value: Value, expected: object) -> None:
    """As single values are."""
    assert properties({"key": value}).object("key") == expected


@pytest.mark.parametrize(
    ("sentence", "inputs", "outputs", "expected"),
    [
        ("an output that is known wins", {"key": "in"}, {"key": "out"}, "out"),
        ("an unknown output gives way to the input", {"key": "in"}, {"key": Opaque.COMPUTED}, "in"),
        ("an input alone is the value", {"key": "in"}, {}, "in"),
        ("both unknown", {"key": Opaque.COMPUTED}, {"key": Opaque.COMPUTED}, NOT_YET),
        (
            "the program left it out, the provider computes it",
            {"other": "in"},
            {"key": Opaque.COMPUTED},
            NOT_YET,
        ),
        ("nobody saw the inputs", {}, {"key": Opaque.COMPUTED}, NOT_YET),
        ("nobody looked at the resource", {}, {}, unknown("key", Reason.NOT_LOOKED_AT)),
    ],
)
def test_outputs_and_inputs_are_merged(
    sentence: str, inputs: dict[str, Value], outputs: dict[str, Value], expected: object
) -> None:
    """What is known of either is used."""
    del sentence
    assert properties(outputs, inputs).text("key") == expected


def test_a_list_that_the_program_left_out_is_empty() -> None:
    """AWS adds no part of its own; but only the inputs can say that the program left it out."""
    for inputs in ({"other": "in"}, {}):
        stated = properties({"key": Opaque.COMPUTED}, dict(inputs))
        assert (stated.items("key"), stated.has("key"), stated.object("key")) == ((), False, None)
    unseen_inputs = properties({"key": Opaque.COMPUTED})
    assert (unseen_inputs.items("key"), unseen_inputs.has("key")) == (NOT_YET, True)


def test_nothing_is_known_to_be_absent_of_a_resource_nobody_looked_at() -> None:
    """An all-empty bag is no bag of absent properties."""
    read = properties({})
    not_looked_at = unknown("key", Reason.NOT_LOOKED_AT)
    assert read.has("key")
    assert (read.items("key"), read.objects("key"), read.object("key")) == (not_looked_at,) * 3
