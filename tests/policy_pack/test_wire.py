"""What the engine sends becomes resources: unknown and secret values are marks, nothing else is lost."""

import pytest
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime import proto
from pulumi_policy import proxy
from pulumi_policy.proxy import UNKNOWN_ARRAY_VALUE, UNKNOWN_NUMBER_VALUE, UNKNOWN_STRING_VALUE

from mwaa_guardrails.crossguard.wire import decode_registration, decode_resource
from mwaa_guardrails.reading.marks import COMPUTED
from mwaa_guardrails.reading.resource import Opaque, Resource, Value

URN = "urn:pulumi:dev::test::aws:ec2/vpc:Vpc::vpc"
PROVIDER = "urn:pulumi:dev::test::pulumi:providers:aws::other"
_SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    "value": "a canary",
}


def registration(value: object) -> proto.AnalyzeRequest:
    """Return what the engine sends when it registers a resource with this value of one property."""
    return proto.AnalyzeRequest(
        urn=URN,
        type="aws:ec2/vpc:Vpc",
        name="vpc",
        properties=ParseDict({"key": value}, Struct()),
        provider=proto.AnalyzerProviderResource(urn=PROVIDER),
    )


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (None, None),
        (True, True),
        (10, 10.0),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("", ""),
        ([], ()),
        ([1, [UNKNOWN_STRING_VALUE]], (1.0, (Opaque.COMPUTED,))),
        ({"a": {"b": UNKNOWN_NUMBER_VALUE}}, {"a": {"b": Opaque.COMPUTED}}),
        (UNKNOWN_ARRAY_VALUE, Opaque.COMPUTED),
        (f'{{"Resource": "{UNKNOWN_STRING_VALUE}"}}', Opaque.COMPUTED),
        (_SECRET, Opaque.SECRET),
        ([{"a": _SECRET}], ({"a": Opaque.SECRET},)),
        ("[secret]", Opaque.SECRET),
        (
            {"4dabf18193072939515e22adb298388d": "another mark"},
            {"4dabf18193072939515e22adb298388d": "another mark"},
        ),
    ],
)
def test_each_kind_of_value_is_decoded(sent: object, expected: Value) -> None:
    """A secret is not decoded at all, wherever it stands."""
    assert decode_registration(registration(sent)).inputs == {"key": expected}


def test_a_resource_has_the_inputs_that_it_was_registered_with() -> None:
    """And what it depends on, and which provider manages it."""
    message = proto.AnalyzerResource(
        urn=URN,
        type="aws:ec2/vpc:Vpc",
        name="vpc",
        properties=ParseDict({"id": "vpc-1"}, Struct()),
        dependencies=["a", "b"],
        propertyDependencies={"key": proto.AnalyzerPropertyDependencies(urns=["a"])},
        provider=proto.AnalyzerProviderResource(urn=PROVIDER),
    )
    registered = decode_registration(registration("in"))
    assert registered.provider == PROVIDER
    expected = Resource(
        urn=URN,
        type="aws:ec2/vpc:Vpc",
        name="vpc",
        inputs={"key": "in"},
        outputs={"id": "vpc-1"},
        dependencies=("a", "b"),
        property_dependencies={"key": ("a",)},
        provider=PROVIDER,
    )
    assert decode_resource(message, registered) == expected
    never = decode_resource(message, None)
    assert (never.registered, never.inputs, never.outputs) == (False, {}, {"id": "vpc-1"})


def test_the_marks_of_unknown_values_are_those_of_the_sdk() -> None:
    """Ours serve files as well, where there is no SDK."""
    marks = {value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_")}
    assert marks == COMPUTED
