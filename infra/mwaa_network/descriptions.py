"""What docstrings say of a class and of its attributes: for pages, and for programs in other languages."""

import inspect
import re
from collections.abc import Mapping
from typing import Final

_HEADING: Final = "Attributes:\n"
_ATTRIBUTE: Final = re.compile(r"^    (\w+): (.+?)(?=^    \w+: |\Z)", re.MULTILINE | re.DOTALL)


def description_of(described: type) -> str:
    """Return what a class is: the first paragraph of its docstring, as one line."""
    paragraph, _, _ = inspect.cleandoc(described.__doc__ or "").partition("\n\n")
    return " ".join(paragraph.split())


def attributes_of(described: type) -> Mapping[str, str]:
    """Return what a class says of each of its attributes, in their order."""
    _, _, attributes = inspect.cleandoc(described.__doc__ or "").partition(_HEADING)
    return {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(attributes)}


def camel_case(attribute: str) -> str:
    """Return an attribute's name as state files, stack outputs and the configuration spell it."""
    first, *others = attribute.split("_")
    return "".join([first, *(each.title() for each in others)])
