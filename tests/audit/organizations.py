"""Networks as organizations have them: with ids of AWS's form, and spread over stacks of several projects."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from mwaa_guardrails.reading.references import FAMILIES, Family
from mwaa_guardrails.reading.resource import Resource, Value
from mwaa_guardrails.reading.spellings import as_aws
from tests.audit.state_files import export_of, write
from tests.policy_pack.stacks import Made, Rendering, render

_PREFIXES: Final[Mapping[Family, str]] = {
    Family.VPC: "vpc",
    Family.SUBNET: "subnet",
    Family.ROUTE_TABLE: "rtb",
    Family.NETWORK_ACL: "acl",
    Family.SECURITY_GROUP: "sg",
    Family.INTERNET_GATEWAY: "igw",
    Family.NAT_GATEWAY: "nat",
    Family.EGRESS_ONLY_INTERNET_GATEWAY: "eigw",
    Family.VPC_ENDPOINT: "vpce",
    Family.PREFIX_LIST: "pl",
}
_OUTPUTS: Final[Mapping[str, str]] = {
    "defaultNetworkAclId": "acl",
    "defaultRouteTableId": "rtb",
    "defaultSecurityGroupId": "sg",
    "mainRouteTableId": "rtb",
    "prefixListId": "pl",
}
# What an id is called in a rendered stack: the output, and the resource that has it.
_ID: Final = re.compile(r"(?P<output>\w+)-of-(?P<resource>.+)")
_STACK: Final = "urn:pulumi:dev::test::"


def deployed(stack: Iterable[Made], network: str = "") -> tuple[Resource, ...]:
    """Return a deployed stack whose ids have the form that EC2 gives; each network has ids of its own."""
    made = tuple(stack)
    prefixes = {each.key: _PREFIXES.get(_family(each.type), "") for each in made}

    def given(value: Value) -> Value:
        match value:
            case str():
                found = _ID.fullmatch(value)
                if found is None:
                    return value
                output = found["output"]
                prefix = prefixes.get(found["resource"], "") if output == "id" else _OUTPUTS.get(output, "")
                digits = hashlib.sha256(f"{network}/{value}".encode()).hexdigest()[:17]
                return f"{prefix}-{digits}" if prefix else value
            case tuple():
                return tuple(given(item) for item in value)
            case Mapping():
                return {key: given(item) for key, item in value.items()}
            case _:
                return value

    return tuple(
        replace(
            each,
            inputs={key: given(value) for key, value in each.inputs.items()},
            outputs={key: given(value) for key, value in each.outputs.items()},
        )
        for each in render(made, Rendering.DEPLOYED)
    )


def _family(type_: str) -> Family:
    known = as_aws(Resource(urn="", type=type_, name="", outputs={"id": ""})).type
    return FAMILIES.get(known, Family.BUCKET)


def spread(resources: Iterable[Resource], projects: Sequence[str]) -> dict[str, tuple[Resource, ...]]:
    """Return resources by project, the first project of the sequence for the first of them, and so on.

    Nothing depends on a resource of another stack; each stack has the providers that it uses.
    """
    given = [each for each in resources if not _is_provider(each)]
    providers = [each for each in resources if _is_provider(each)]
    stacks: dict[str, list[Resource]] = {}
    for each, project in zip(given, projects, strict=True):
        stacks.setdefault(project, []).append(each)
    return {
        project: tuple(
            _moved(each, project, {other.urn for other in (*stack, *providers)})
            for each in (*providers, *stack)
        )
        for project, stack in stacks.items()
    }


def _is_provider(resource: Resource) -> bool:
    return resource.type.startswith("pulumi:providers:")


def _moved(resource: Resource, project: str, beside: set[str]) -> Resource:
    def moved(urn: str) -> str:
        return urn.replace(_STACK, f"urn:pulumi:dev::{project}::", 1)

    def of_the_stack(urns: Iterable[str]) -> tuple[str, ...]:
        return tuple(moved(urn) for urn in urns if urn in beside)

    return replace(
        resource,
        urn=moved(resource.urn),
        dependencies=of_the_stack(resource.dependencies),
        property_dependencies={
            key: of_the_stack(urns) for key, urns in resource.property_dependencies.items()
        },
        provider=moved(resource.provider),
    )


def write_backend(folder: Path, stacks: Mapping[str, Iterable[Resource]]) -> str:
    """Write a backend of Pulumi's with a stack `dev` for each project; return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for project, resources in stacks.items():
        exported = export_of(resources)
        checkpoint = {"stack": f"organization/{project}/dev", "latest": exported["deployment"]}
        file = folder / ".pulumi" / "stacks" / project / "dev.json"
        write(file, {"version": 3, "checkpoint": checkpoint})
    return str(folder)
