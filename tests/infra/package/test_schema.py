"""The package's schema offers what the configuration and the component offer, and describes all of it."""

import json
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from inspect import get_annotations
from pathlib import Path
from typing import Any

import pytest
import yaml

from mwaa_guardrails.aws.model import Routing
from mwaa_network import Egress, Ingress, Nat, Network, NetworkAclEntries, NetworkArgs
from mwaa_network.arguments import ATTRIBUTE_OF_KEY
from mwaa_network.descriptions import camel_case
from mwaa_network.environment import Environment
from mwaa_network.network import NetworkConfiguration
from mwaa_network.package import package_schema
from mwaa_network.package.types import declared_in, property_of
from tests.infra.programs import INFRA
from tests.policy_pack.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden" / "schema.json"
NETWORK = "mwaa-network:index:Network"


@pytest.fixture(name="schema", scope="module")
def made_schema() -> Any:  # noqa: ANN401 - JSON
    """The schema as it goes over the wire."""
    return json.loads(json.dumps(package_schema()))


def test_the_schema_is_the_one_that_was_read(schema: dict[str, Any]) -> None:
    """A change of it is a change for programs in every language."""
    assert_golden(GOLDEN, json.dumps(schema, indent=2) + "\n")


def test_there_is_one_resource_under_the_components_own_type(schema: dict[str, Any]) -> None:
    """So a stack keeps its resources when its program is written anew in another language."""
    assert list(schema["resources"]) == [NETWORK]
    assert schema["resources"][NETWORK]["isComponent"] is True


def test_the_inputs_are_the_keys_of_the_configuration(schema: dict[str, Any]) -> None:
    """All of them, in the same order, with the same defaults, and each can be left out."""
    declared = yaml.safe_load((INFRA.parent / "Pulumi.yaml").read_text())["config"]
    network = schema["resources"][NETWORK]
    assert list(network["inputProperties"]) == list(declared)
    assert "requiredInputs" not in network
    defaults = {key: each["default"] for key, each in declared.items() if each["default"] not in ("", [], {})}
    offered = network["inputProperties"].items()
    assert {key: each["default"] for key, each in offered if "default" in each} == defaults


def test_every_choice_of_the_component_is_an_input(schema: dict[str, Any]) -> None:
    """The environment alone is no choice of the component's own."""
    inputs = {*schema["resources"][NETWORK]["inputProperties"]}
    assert inputs - {"environment"} == {camel_case(each.name) for each in fields(NetworkArgs)}


def test_what_the_component_tells_is_an_output(schema: dict[str, Any]) -> None:
    """What the environment tells, too, but only where there is one."""
    network = schema["resources"][NETWORK]
    of_network = [camel_case(name) for name in Network.__annotations__]
    assert network["required"] == of_network
    assert [*network["properties"]] == [*of_network, *map(camel_case, Environment.__annotations__)]


def test_everything_is_described(schema: dict[str, Any]) -> None:
    """Every type, property and value, so that editors can tell."""
    assert [path for path, each in _described_parts(schema) if not each.get("description")] == []


def test_descriptions_are_those_of_the_component(schema: dict[str, Any]) -> None:
    """They are written once, in the docstrings."""
    inputs = schema["resources"][NETWORK]["inputProperties"]
    described = " ".join((NetworkArgs.__doc__ or "").split())
    assert [key for key in ATTRIBUTE_OF_KEY if inputs[key]["description"] not in described] == []


@pytest.mark.parametrize("choices", [Routing, Nat, Ingress, Egress, NetworkAclEntries])
def test_choices_are_enumerations(schema: dict[str, Any], choices: type[StrEnum]) -> None:
    """With the values that the configuration takes."""
    declared = schema["types"][f"mwaa-network:index:{choices.__name__}"]
    assert [each["value"] for each in declared["enum"]] == [each.value for each in choices]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("cidrBlock", {"type": "string", "plain": True}),
        ("ipv6", {"type": "boolean", "plain": True}),
        ("nat", {"$ref": "#/types/mwaa-network:index:Nat", "plain": True}),
        ("zones", {"type": "array", "plain": True, "items": {"type": "string", "plain": True}}),
        ("natAllocationIds", {"type": "array", "plain": True, "items": {"type": "string"}}),
        ("tags", {"type": "object", "plain": True, "additionalProperties": {"type": "string"}}),
    ],
)
def test_types_are_those_of_the_component(schema: dict[str, Any], key: str, expected: dict[str, Any]) -> None:
    """What a count or a choice hangs on is plain: a value that is known only later is no answer."""
    offered = schema["resources"][NETWORK]["inputProperties"][key]
    assert {name: offered[name] for name in offered.keys() - {"default", "description"}} == expected


def test_a_type_that_no_schema_has_is_refused() -> None:
    """Better than to offer something else to other languages."""
    with pytest.raises(TypeError, match="no type of a schema is known for <class 'bytes'>"):
        property_of(bytes, "mwaa-network", plain=True)


def test_declared_types_are_found_inside_others() -> None:
    """Whatever a list or an output holds."""
    hints = get_annotations(Network)
    assert [*declared_in(hints["network_configuration"])] == [NetworkConfiguration]
    assert [*declared_in(hints["private_subnet_ids"])] == []


def _described_parts(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "the package", schema
    for name, resource in schema["resources"].items():
        yield name, resource
        for kind in ("inputProperties", "properties"):
            yield from ((f"{kind} {key}", each) for key, each in resource[kind].items())
    for name, declared in schema["types"].items():
        yield name, declared
        yield from ((f"{name} {key}", each) for key, each in declared.get("properties", {}).items())
        yield from ((f"{name} {each['name']}", each) for each in declared.get("enum", ()))
