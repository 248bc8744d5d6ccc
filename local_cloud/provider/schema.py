"""What the genuine provider's schema says of each type: flags as data, read from `provider.json`."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[1] / "provider.json"


class UnknownNameError(Exception):
    """A type, property or function that this provider does not have; the text names it and the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """The flags of one property; `provider.md` of the genuine provider explains each."""

    name: str
    flags: Mapping[str, Any]

    @property
    def is_input(self) -> bool:
        """Whether a program may write it."""
        return bool(self.flags["in"])

    @property
    def required(self) -> bool:
        """Whether a program must write it."""
        return bool(self.flags["required"])

    @property
    def computed(self) -> bool:
        """Whether the provider gives it a value when the program does not."""
        return bool(self.flags["computed"])

    @property
    def replaces(self) -> bool:
        """Whether a change makes a new resource."""
        return bool(self.flags["replaces"])

    @property
    def default(self) -> Any:  # noqa: ANN401 - a value of any type
        """What it is when the program leaves it out; None for nothing."""
        return self.flags.get("default")


@cache
def properties_of(token: str) -> Mapping[str, Property]:
    """Return the properties of a type.

    Raises:
        UnknownNameError: The provider has no such type.
    """
    types = _types()
    if token not in types:
        raise UnknownNameError(f"the local AWS provider has no type {token}{nearest(token, types)}")
    return {name: Property(name=name, flags=flags) for name, flags in types[token]["properties"].items()}


def nearest(name: str, known: Any) -> str:  # noqa: ANN401 - any collection of names
    """Return ` (did you mean X?)` for the nearest known name, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


@cache
def _types() -> Mapping[str, Any]:
    types: Mapping[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return types
