"""The page of all sentences: what AWS says, how we read it, and what looks after it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from mwaa_guardrails.checks.check import Check
from mwaa_guardrails.documents.requirements import REQUIREMENTS, Requirement, Scope, State
from mwaa_guardrails.documents.sources import Source
from tools.pages.text import GENERATED, cell, table

_PROGRAM: Final = "../infra/mwaa_network"
_STATES: Final[Mapping[State, str]] = {
    State.CHECKED: "checked: a check of the policy pack compares every stack with them",
    State.BUILT: "built: the network program satisfies them, and no check compares stacks with them",
    State.STATED: "stated: nothing in a stack can show them, for the reason given",
}


def requirements_page(checks: Iterable[Check]) -> str:
    """Return the page of all sentences, page by page."""
    by_requirement = _checks_by_requirement(checks)
    by_page: dict[Source, list[Requirement]] = {}
    for each in REQUIREMENTS:
        by_page.setdefault(each.source, []).append(each)
    counts = Counter(each.state for each in REQUIREMENTS)
    lines = [
        "# Requirements",
        "",
        GENERATED,
        "",
        "What the documents say about the network of an MWAA environment, sentence by sentence in our words;",
        "how we read it where it leaves room; which [checks](checks/README.md) compare stacks with it, and",
        "which file of the network program satisfies it.",
        "",
        f"Of {len(REQUIREMENTS)} sentences",
        "",
        *(f"- {counts[state]} are {meaning};" for state, meaning in _STATES.items()),
    ]
    lines[-1] = lines[-1].removesuffix(";") + "."
    for page, requirements in by_page.items():
        lines += ["", f"## {page.title}", "", f"<{page.url}>, read {page.read}.", ""]
        rows = [
            ("" if number else cell(section), *_row(each, by_requirement.get(each.id, ())))
            for section, sentences in groupby(_by_section(requirements), key=lambda each: each.section)
            for number, each in enumerate(sentences)
        ]
        lines += table(("under", "AWS says", "we read", "looked after by"), rows)
    return "\n".join([*lines, ""])


def _by_section(requirements: list[Requirement]) -> list[Requirement]:
    order = list(dict.fromkeys(each.section for each in requirements))
    return sorted(requirements, key=lambda each: order.index(each.section))


def _row(requirement: Requirement, checks: Iterable[Check]) -> tuple[str, ...]:
    notes = [f"`{requirement.id}`", requirement.strength.value]
    if requirement.scope is not Scope.BOTH:
        notes.append(requirement.scope.value)
    keepers = [
        *(f"[{each.id}](checks/{each.id}.md)" for each in checks),
        *(f"[{name}]({_PROGRAM}/{name})" for name in requirement.built_by),
        *([f"*Stated:* {cell(requirement.reason)}"] if requirement.reason else []),
    ]
    return (
        f"{cell(requirement.sentence)}<br><sub>{', '.join(notes)}</sub>",
        cell(requirement.reading),
        "<br>".join(keepers),
    )


def _checks_by_requirement(checks: Iterable[Check]) -> Mapping[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in checks:
        for each in check.requirements:
            found.setdefault(each.id, []).append(check)
    return found
