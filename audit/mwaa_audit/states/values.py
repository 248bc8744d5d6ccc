"""Property values of the engine's files; secrets are not decoded."""

from collections.abc import Mapping

from mwaa_audit.states.shapes import whole
from mwaa_guardrails.reading.marks import SECRET, SIGNATURE, read_text
from mwaa_guardrails.reading.resource import Opaque, Value


def read_values(values: Mapping[str, object]) -> dict[str, Value]:
    """Return properties by name."""
    return {key: read_value(value) for key, value in values.items()}


def read_value(value: object) -> Value:
    """Return one property; what JSON cannot hold is nothing."""
    match value:
        case str():
            return read_text(whole(value))
        case bool() | int() | float():
            return value
        case list():
            return tuple(read_value(item) for item in value)
        case dict():
            return Opaque.SECRET if value.get(SIGNATURE) == SECRET else read_values(value)
        case _:
            return None
