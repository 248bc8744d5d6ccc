"""State files as the engine writes them, for stacks of `tests.policy_pack.stacks`."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from tests.policy_pack.stacks import Made, Rendering, render

Json = dict[str, Any]

SECRET: Json = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
COMPUTED = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
CODE: Json = {
    "sourcePosition": "project:///infra/__main__.py#8",
    "stackTrace": [{"sourcePosition": "project:///infra/__main__.py#8"}],
}


def exported(stack: Iterable[Made]) -> Json:
    """Return what `pulumi stack export` prints of a deployed stack."""
    return export_of(render(stack, Rendering.DEPLOYED))


def export_of(resources: Iterable[Resource]) -> Json:
    """Return the exported state that holds these resources."""
    return {"version": 3, "deployment": {"manifest": {}, "resources": [as_json(each) for each in resources]}}


def as_json(resource: Resource, **more: object) -> Json:
    """Return a resource of a state."""
    return {
        "urn": resource.urn,
        "custom": True,
        "id": resource.outputs.get("id") or "",
        "type": resource.type,
        "inputs": _json_of(resource.inputs),
        "outputs": _json_of(resource.outputs),
        "dependencies": list(resource.dependencies),
        "propertyDependencies": {key: list(urns) for key, urns in resource.property_dependencies.items()},
        "provider": f"{resource.provider}::0123-4567" if resource.provider else "",
        **CODE,
        **more,
    }


def write(path: Path, document: Mapping[str, object]) -> str:
    """Write a file of JSON; return its path as a text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document))
    return str(path)


def _json_of(value: Value) -> Any:  # noqa: ANN401 - JSON
    match value:
        case Opaque.SECRET:
            return SECRET
        case Opaque.COMPUTED:
            return COMPUTED
        case tuple():
            return [_json_of(item) for item in value]
        case Mapping():
            return {key: _json_of(item) for key, item in value.items()}
        case _:
            return value
