"""Types of Python as the types of a package's schema."""

import types
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from enum import StrEnum
from inspect import get_annotations
from typing import Any, Final, Union, get_args, get_origin, is_typeddict

import pulumi

from mwaa_network.descriptions import attributes_of, camel_case, description_of

Json = dict[str, Any]

_SIMPLE: Final[Mapping[object, str]] = {str: "string", bool: "boolean"}
_NOTHING: Final = type(None)


def property_of(hint: object, package: str, *, plain: bool) -> Json:
    """Return a type as a property has it.

    Args:
        hint: The annotation.
        package: The package that declares enumerations and objects.
        plain: Whether the value is needed at once; where the annotation takes an output it never is.
    """
    meant, takes_output = _meant(hint)
    wanted_at_once: Json = {"plain": True} if plain and not takes_output else {}
    if isinstance(meant, type) and _is_declared(meant):
        return {"$ref": f"#/types/{package}:index:{meant.__name__}", **wanted_at_once}
    if meant in _SIMPLE:
        return {"type": _SIMPLE[meant], **wanted_at_once}
    parts = get_args(meant)
    if get_origin(meant) is Sequence:
        return {"type": "array", "items": property_of(parts[0], package, plain=plain), **wanted_at_once}
    if get_origin(meant) is Mapping:
        values = property_of(parts[1], package, plain=plain)
        return {"type": "object", "additionalProperties": values, **wanted_at_once}
    raise TypeError(f"no type of a schema is known for {hint!r}")


def declared_in(hint: object) -> Iterator[type]:
    """Yield the enumerations and objects that an annotation names, which the package declares."""
    meant, _ = _meant(hint)
    if isinstance(meant, type) and _is_declared(meant):
        yield meant
    for part in get_args(meant):
        yield from declared_in(part)


def declaration_of(declared: type, package: str) -> Json:
    """Return an enumeration or an object as the package declares it."""
    if issubclass(declared, StrEnum):
        described = attributes_of(declared)
        return {
            "type": "string",
            "description": description_of(declared),
            "enum": [
                {"name": _pascal_case(each.name), "value": each.value, "description": described[each.name]}
                for each in declared
            ],
        }
    described = attributes_of(declared)
    properties = {
        camel_case(name): {**property_of(hint, package, plain=False), "description": described[name]}
        for name, hint in get_annotations(declared).items()
    }
    return {
        "type": "object",
        "description": description_of(declared),
        "properties": properties,
        "required": list(properties),
    }


def _meant(hint: object) -> tuple[object, bool]:
    """Return what an annotation holds inside outputs, and whether it may be an output."""
    alternatives = [each for each in _alternatives(hint) if each is not _NOTHING]
    awaited = [each for each in alternatives if get_origin(each) is Awaitable]
    if awaited:  # pulumi.Input[...], which is a union
        return get_args(awaited[0])[0], True
    (only,) = alternatives
    return (get_args(only)[0], True) if get_origin(only) is pulumi.Output else (only, False)


def _alternatives(hint: object) -> tuple[object, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _is_declared(meant: type) -> bool:
    return is_typeddict(meant) or issubclass(meant, StrEnum)


def _pascal_case(name: str) -> str:
    return "".join(each.title() for each in name.split("_"))
