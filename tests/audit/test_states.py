"""What the engine's files hold becomes stacks; what is no such file is refused, and none of it is quoted."""

import gzip
import json
from dataclasses import replace

import pytest

from mwaa_audit.errors import AuditError
from mwaa_audit.states import Stack, read_stack
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from tests.audit.state_files import COMPUTED, SECRET, Json, as_json, export_of, exported
from tests.policy_pack.networks import right_network
from tests.policy_pack.stacks import Rendering, render

PROVIDER = "urn:pulumi:dev::test::pulumi:providers:aws::other"
VPC = Resource(
    urn="urn:pulumi:dev::test::aws:ec2/vpc:Vpc::vpc::of::many",
    type="aws:ec2/vpc:Vpc",
    name="vpc::of::many",
    inputs={"cidrBlock": "10.0.0.0/16"},
    outputs={"cidrBlock": "10.0.0.0/16", "id": "vpc-1"},
    dependencies=(PROVIDER,),
    property_dependencies={"cidrBlock": (PROVIDER,)},
    provider=PROVIDER,
)
EXPORT = export_of([VPC])
CHECKPOINT: Json = {
    "version": 3,
    "checkpoint": {"stack": "organization/test/dev", "latest": EXPORT["deployment"]},
}


def read(document: object) -> Stack:
    """Read a document as a file."""
    return read_stack(json.dumps(document).encode())


@pytest.mark.parametrize("document", [EXPORT, CHECKPOINT, {**EXPORT, "version": 4}])
def test_a_state_is_its_resources(document: Json) -> None:
    """Exported or as a backend keeps it, in either version that the engine writes."""
    stack = read(document)
    assert [each.resource for each in stack.resources] == [VPC]
    assert stack.title == "test/dev"


def test_a_packed_checkpoint_is_read_as_well() -> None:
    """Backends may compress what they keep."""
    assert read_stack(gzip.compress(json.dumps(CHECKPOINT).encode())) == read(CHECKPOINT)


@pytest.mark.parametrize("latest", [None, {"manifest": {}}, {"resources": None}, {"resources": []}])
def test_a_stack_without_resources_is_empty(latest: object) -> None:
    """Its checkpoint still says what it is called."""
    stack = read({"version": 3, "checkpoint": {"stack": "organization/test/dev", "latest": latest}})
    assert stack == Stack(project="test", name="dev", resources=())
    assert read({"version": 3, "deployment": {}}).title == ""


def test_what_aws_has_no_more_is_left_out() -> None:
    """Resources to be deleted, and those that are deleted and not yet made again."""
    gone = [as_json(VPC, delete=True), as_json(VPC, pendingReplacement=True)]
    assert read({"version": 3, "deployment": {"resources": gone}}).resources == ()


def test_what_is_only_looked_up_is_told_apart() -> None:
    """Somebody else manages it."""
    (described,) = read({"version": 3, "deployment": {"resources": [as_json(VPC, external=True)]}}).resources
    assert described.external


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, None),
        (True, True),
        (10, 10),
        (0.5, 0.5),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("caf\u00e9", "caf\u00e9"),
        ("half \ud800 of one", "half \ufffd of one"),
        ([1, [COMPUTED]], (1, (Opaque.COMPUTED,))),
        ({"a": {"b": COMPUTED}}, {"a": {"b": Opaque.COMPUTED}}),
        (f'{{"Resource": "{COMPUTED}"}}', Opaque.COMPUTED),
        (SECRET, Opaque.SECRET),
        ([{"a": SECRET}], ({"a": Opaque.SECRET},)),
        ("[secret]", Opaque.SECRET),
    ],
)
def test_each_kind_of_value_is_decoded(written: object, expected: Value) -> None:
    """As the pack has it from the engine; a secret is not decoded at all."""
    state = as_json(VPC, outputs={"key": written})
    (described,) = read({"version": 3, "deployment": {"resources": [state]}}).resources
    assert described.resource == replace(VPC, outputs={"key": expected})


def test_what_a_state_leaves_out_is_as_if_it_were_empty() -> None:
    """A component has no provider, and what depends on nothing no dependencies."""
    bare = {"urn": VPC.urn, "type": VPC.type}
    (described,) = read({"version": 3, "deployment": {"resources": [bare]}}).resources
    assert described.resource == Resource(urn=VPC.urn, type=VPC.type, name=VPC.name)


def test_a_whole_network_comes_out_as_it_went_in() -> None:
    """Nothing is lost on the way through a file."""
    resources = render(right_network(), Rendering.DEPLOYED)
    assert tuple(each.resource for each in read(exported(right_network())).resources) == resources


def test_properties_that_nobody_wants_are_not_read() -> None:
    """What a large state holds beside networks is counted by name and type."""
    (described,) = read_stack(json.dumps(EXPORT).encode(), lambda type_: type_ != VPC.type).resources
    assert described.resource == Resource(urn=VPC.urn, type=VPC.type, name=VPC.name)
    assert described.code == ()


def _state(**changes: object) -> Json:
    return {"version": 3, "deployment": {"resources": [as_json(VPC, **changes)]}}


FORMS = (
    "it is no state that `pulumi stack export` prints, no checkpoint of a backend, and no preview that "
    "`pulumi preview --json` prints"
)
EVENT = b'{"sequence": 0, "timestamp": 1, "preludeEvent": {}}'
MALFORMED = [
    ("nothing", b" \n", "it is empty"),
    ("a text", b"canary: not JSON", "it is not JSON"),
    ("a deep nest", b"[" * 100_000, "it is not JSON"),
    ("no text at all", b"\xff\xfe\x00canary", "it is not JSON"),
    ("a list", b'["canary"]', "it is not a JSON object"),
    ("another document", b'{"canary": 1}', FORMS),
    ("half a packed file", gzip.compress(b"canary" * 100)[:-12], "it is not whole: gzip cannot unpack it"),
    ("another packed file", b"\x28\xb5\x2f\xfdcanary", "compressed with Zstandard, which is not read here"),
    ("a log of events", EVENT + b"\n" + EVENT, "it is a log of the engine's events"),
    ("one event", EVENT, "it is a single event of the engine's, no stack"),
]
MALFORMED_STATES = [
    ("an old state", {"version": 2, "deployment": {}}, "its version is not one of 3 to 4"),
    ("a state of no version", {"deployment": {}}, "its version is not one of 3 to 4"),
    ("no deployment", {"version": 3, "deployment": "canary"}, "deployment is not a JSON object"),
    ("no checkpoint", {"version": 3, "checkpoint": ["canary"]}, "checkpoint is not a JSON object"),
    (
        "no list of resources",
        {"version": 3, "deployment": {"resources": {"canary": 1}}},
        "deployment.resources is not a JSON list",
    ),
    (
        "no resource",
        {"version": 3, "deployment": {"resources": ["canary"]}},
        "deployment.resources[0] is not a JSON object",
    ),
    ("no URN", _state(urn="canary"), "deployment.resources[0].urn is not a URN"),
    ("half a URN", _state(urn="urn:pulumi:dev::canary"), "deployment.resources[0].urn is not a URN"),
    ("a number for a type", _state(type=7), "deployment.resources[0].type is not a text"),
    ("a text for inputs", _state(inputs="canary"), "deployment.resources[0].inputs is not a JSON object"),
    (
        "a text for dependencies",
        _state(dependencies="canary"),
        "deployment.resources[0].dependencies is not a JSON list",
    ),
    (
        "a number for a dependency",
        _state(propertyDependencies={"canary": [7]}),
        "deployment.resources[0].propertyDependencies[0] is not a text",
    ),
]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        *(pytest.param(content, reason, id=name) for name, content, reason in MALFORMED),
        *(
            pytest.param(json.dumps(document).encode(), reason, id=name)
            for name, document, reason in MALFORMED_STATES
        ),
    ],
)
def test_what_is_no_stack_is_refused(content: bytes, reason: str) -> None:
    """With the reason, and without a word of what it holds."""
    with pytest.raises(AuditError) as refused:
        read_stack(content)
    assert reason in str(refused.value)
    assert "canary" not in str(refused.value)
