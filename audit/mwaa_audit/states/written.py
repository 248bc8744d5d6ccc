"""A resource as JSON again, without what nobody may see: the inverse of reading it.

What the audit keeps on disk is written so. A secret is kept as the mark of one, and properties that no check
reads and that are known to hold credentials or long texts are left out.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from mwaa_audit.states.stack import Described
from mwaa_guardrails.reading.marks import REDACTED, UNKNOWN
from mwaa_guardrails.reading.resource import Opaque, Value

# Of providers all but what says Region and tags of others.
_OF_PROVIDERS: Final = frozenset({"region", "defaultTags"})
_PROVIDER: Final = "pulumi:providers:"
_UNREAD: Final = frozenset({"__defaults", "airflowConfigurationOptions"})

Json = dict[str, Any]


def written(described: Described) -> Json:
    """Return a resource as JSON that `read_resource` takes."""
    resource = described.resource
    return {
        "urn": resource.urn,
        "type": resource.type,
        "inputs": _properties(resource.type, resource.inputs),
        "outputs": _properties(resource.type, resource.outputs),
        "dependencies": list(resource.dependencies),
        "propertyDependencies": {key: list(urns) for key, urns in resource.property_dependencies.items()},
        "provider": f"{resource.provider}::" if resource.provider else "",
        "external": described.external,
        "stackTrace": [
            {"sourcePosition": f"project:///{quote(each.file)}#{each.line}"}
            for each in reversed(described.code)
        ],
    }


def _properties(type_: str, values: Mapping[str, Value]) -> Json:
    if type_.startswith(_PROVIDER):
        # That it was looked at shows by the names.
        return {key: _json_of(value) if key in _OF_PROVIDERS else None for key, value in values.items()}
    return {key: _json_of(value) for key, value in values.items() if key not in _UNREAD}


def _json_of(value: Value) -> object:
    match value:
        case Opaque.SECRET:
            return REDACTED
        case Opaque.COMPUTED:
            return UNKNOWN
        case tuple():
            return [_json_of(item) for item in value]
        case Mapping():
            return {key: _json_of(item) for key, item in value.items()}
        case _:
            return value
