"""The JSON Schemas of what the audit writes, with what the docstrings say of each key."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic.alias_generators import to_camel

from mwaa_audit.baselines import baseline_schema
from mwaa_audit.listing import Exemptions
from mwaa_audit.reports.json_document import SCHEMA_URL, json_schema

REPORT_SCHEMA: Final = "mwaa-audit.schema.json"
BASELINE_SCHEMA: Final = "mwaa-audit-baseline.schema.json"
EXEMPTIONS_SCHEMA: Final = "mwaa-audit-exemptions.schema.json"
_ATTRIBUTES: Final = "\n\nAttributes:\n"
_ATTRIBUTE: Final = re.compile(r"^    (?P<name>\w+): (?P<text>.+(?:\n     +.+)*)", re.MULTILINE)


def report_schema() -> str:
    """Return the schema of reports as the text of a file."""
    return _text({**json_schema(), "description": "What `mwaa-audit --json` writes."})


def exemptions_schema() -> str:
    """Return the schema of the list of exemptions as the text of a file."""
    return _text({"$schema": SCHEMA_URL, **Exemptions.model_json_schema(by_alias=True, mode="serialization")})


def baseline_file_schema() -> str:
    """Return the schema of a baseline as the text of a file."""
    return f"{json.dumps(baseline_schema(), indent=2)}\n"


def _text(schema: dict[str, Any]) -> str:
    schema["$defs"] = {name: _described(each) for name, each in _definitions(schema).items()}
    return f"{json.dumps(_untitled(schema), indent=2)}\n"


def _definitions(schema: Mapping[str, Any]) -> Mapping[str, dict[str, Any]]:
    definitions: Mapping[str, dict[str, Any]] = schema["$defs"]
    return definitions


def _described(definition: dict[str, Any]) -> dict[str, Any]:
    """Return a definition with the attributes of its docstring as descriptions of its keys."""
    description, _, attributes = definition["description"].partition(_ATTRIBUTES)
    texts = {
        to_camel(each["name"]): " ".join(each["text"].split()) for each in _ATTRIBUTE.finditer(attributes)
    }
    keys = definition.get("properties", {})
    described = {
        name: {"description": texts[name], **key} if name in texts else key for name, key in keys.items()
    }
    return {**definition, "description": description, **({"properties": described} if described else {})}


def _untitled(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a schema without the titles that merely repeat the names of keys."""
    if isinstance(value, list):
        return [_untitled(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _untitled(each)
        for name, each in value.items()
        if not (
            name == "title" and isinstance(each, str) and not each.startswith(("A report", "The exemptions"))
        )
    }
