"""The docstring of a check's module: a summary, then three headings that each page has."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mwaa_guardrails.checks.check import Check

HEADINGS: Final = ("What it does", "Why is this bad?", "Known limits")
_HEADING: Final = re.compile(r"^## (.+)$", re.MULTILINE)


class DocstringError(Exception):
    """The docstring of a check has not the form that its page needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docstring:
    """A docstring in parts.

    Attributes:
        summary: Its first line.
        sections: What stands under each of `HEADINGS`.
    """

    summary: str
    sections: Mapping[str, str]


def docstring_of(check: Check) -> Docstring:
    """Return the docstring of the module that defines a check, in parts."""
    module = inspect.getmodule(check.find)
    return parse(check.id, inspect.getdoc(module) or "")


def parse(check_id: str, text: str) -> Docstring:
    """Return a docstring in parts.

    Raises:
        DocstringError: It has not a summary of one line and each heading once, in order, with a text.
    """
    head, *rest = _HEADING.split(text)
    found = dict(zip(rest[::2], (section.strip() for section in rest[1::2]), strict=True))
    summary = head.strip()
    if "\n" in summary or not summary or tuple(rest[::2]) != HEADINGS or not all(found.values()):
        wanted = ", ".join(f'"## {each}"' for each in HEADINGS)
        raise DocstringError(
            f"{check_id}: the docstring of its module needs a summary of one line, then {wanted}, in this "
            "order and each with a text."
        )
    return Docstring(summary=summary, sections=found)
