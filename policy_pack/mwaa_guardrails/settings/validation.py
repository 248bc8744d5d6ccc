"""Holding a document against a JSON Schema, and saying what is wrong in words that help.

Only the keywords that `schema` uses are read: `type`, `enum`, `pattern`, `minLength`, `minProperties`,
`properties`, `patternProperties`, `additionalProperties`, `required`, `anyOf` of `required`, and `items`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, cast

_NAMES: Final = {
    "string": "a text",
    "boolean": "true or false",
    "object": "a mapping of keys to values",
    "array": "a list",
    "integer": "a whole number",
}
_ALIKE: Final = 0.6
# Longer lists help nobody; the documentation has them.
_MOST_NAMES: Final = 8


def problems_in(value: object, schema: Mapping[str, object], place: str = "") -> Iterator[str]:
    """Yield what is wrong with a value, each as a line that begins with its place.

    Args:
        value: What was stated, as a parser of YAML or JSON gives it.
        schema: What may be stated.
        place: Where it stands, such as `exemptions[0].check`; empty for the whole.
    """
    wanted = schema.get("type")
    if wanted is not None and not _is(value, str(wanted)):
        yield _line(place, f"{_shown(value)} is not {_NAMES[str(wanted)]}")
        return
    if isinstance(value, str):
        yield from _problems_in_text(value, schema, place)
    elif isinstance(value, Mapping):
        yield from _problems_in_object(value, schema, place)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from problems_in(item, _within(schema, "items"), f"{place}[{index}]")


def _problems_in_text(value: str, schema: Mapping[str, object], place: str) -> Iterator[str]:
    allowed = cast("list[str] | None", schema.get("enum"))
    if allowed is not None and value not in allowed:
        yield _line(place, f"{_shown(value)} is none of {_listed(allowed)}{suggestion(value, allowed)}")
    if not value and schema.get("minLength"):
        yield _line(place, "the text is empty")
    pattern = schema.get("pattern")
    if pattern is not None and not re.search(str(pattern), value):
        yield _line(place, f"{_shown(value)} is not as it must be: {schema['description']}")


def _problems_in_object(
    value: Mapping[object, object], schema: Mapping[str, object], place: str
) -> Iterator[str]:
    properties = _within(schema, "properties")
    patterns = _within(schema, "patternProperties")
    others = schema.get("additionalProperties")
    if not value and schema.get("minProperties"):
        yield _line(place, "the mapping is empty")
    for key, item in value.items():
        if not isinstance(key, str):
            # YAML reads 2024 as a number and yes as a flag, which no JSON and no tag of AWS has for a key.
            yield _line(place, f"the key {_shown(key)} is not a text; write it in quotes")
            continue
        where = f"{place}.{key}" if place else key
        fitting = properties.get(key) or next(
            (each for pattern, each in patterns.items() if re.search(pattern, key)), others
        )
        if isinstance(fitting, Mapping):
            yield from problems_in(item, fitting, where)
        elif patterns:
            yield _line(where, f"{_shown(key)} is not an id such as {_example(next(iter(patterns)))}")
        else:
            known = [*properties]
            yield _line(where, f"no such key; it is one of {_listed(known)}{suggestion(key, known)}")
    for key in cast("list[str]", schema.get("required", [])):
        if key not in value:
            yield _line(
                place, f"{key} is missing: {cast('Mapping[str, str]', properties[key])['description']}"
            )
    either = [
        key
        for each in cast("list[dict[str, list[str]]]", schema.get("anyOf", []))
        for key in each["required"]
    ]
    if either and not any(key in value for key in either):
        yield _line(place, f"one of {_listed(either)} is missing")


def suggestion(given: str, known: Iterable[str]) -> str:
    """Return the nearest of the known names as a question; nothing where none is near."""
    near = get_close_matches(given, tuple(known), n=1, cutoff=_ALIKE)
    return f"; did you mean {near[0]}?" if near else ""


def _is(value: object, wanted: str) -> bool:
    match wanted:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "object":
            return isinstance(value, Mapping)
        case "integer":
            return not isinstance(value, bool) and (
                isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            )
        case _:
            return isinstance(value, list)


def _within(schema: Mapping[str, object], keyword: str) -> Mapping[str, object]:
    return cast("Mapping[str, object]", schema.get(keyword, {}))


def _example(pattern: str) -> str:
    return pattern.removeprefix("^").replace("[0-9a-f]+$", "0123456789abcdef0")


def _listed(names: Iterable[str]) -> str:
    given = tuple(names)
    return ", ".join(given) if len(given) <= _MOST_NAMES else f"the {len(given)} that the documentation lists"


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return repr(value) if isinstance(value, str) else "nothing" if value is None else str(value).lower()


def _line(place: str, what: str) -> str:
    return f"{place}: {what}" if place else what
