"""The page that lists the checks."""

from collections.abc import Iterable

from mwaa_guardrails.checks.check import Check
from tools.pages.text import GENERATED, cell, table


def checks_page(checks: Iterable[Check]) -> str:
    """Return the page that lists the checks."""
    rows = [
        (f"[{each.id}]({each.id}.md)", cell(each.title), each.level.value, each.severity.value)
        for each in sorted(checks, key=lambda each: each.id)
    ]
    return "\n".join(
        [
            "# Checks",
            "",
            GENERATED,
            "",
            "Each judges every MWAA environment of a stack by what AWS documents. What works and could be",
            "better is told by the advisory policy `advice`, what cannot be known yet by `undetermined`.",
            "",
            *table(("check", "what must hold", "level", "severity"), rows),
            "",
            "The sentences they rest on: [requirements](../requirements.md).",
            "",
        ]
    )
