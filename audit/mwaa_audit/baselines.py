"""A baseline: the findings that were there when the audit was turned on, so that only new ones fail.

It is a file of YAML, an entry for each check, environment and resource, in a fixed order, so that a change of
it reads well. It accepts nothing that it does not name: where more is found of an entry than it counts,
nobody can say which of these is new, and all of them stand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, cast

import yaml

from mwaa_audit.accepting import accepted
from mwaa_audit.errors import AuditError
from mwaa_audit.reports.words import shown
from mwaa_audit.result import Acceptance, AcceptedBy, GoneFinding, ReportedFinding, Result
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.messages.words import quoted
from mwaa_guardrails.settings import SettingsError, read_file
from mwaa_guardrails.settings.validation import problems_in, suggestion

# Raised when a key changes its meaning or goes.
BASELINE_VERSION: Final = 1
_CHECKS: Final = tuple(check.id for check in ALL_CHECKS)
_HEAD: Final = """\
# Findings that are known: `mwaa-audit check` and `sweep` with `--baseline` accept them, and fail for others.
# Written by `--write-baseline`. What is mended can be removed: with both options only that goes.
"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Known:
    """Of what a finding is known.

    Attributes:
        check: The check's id.
        stack: The stack of the environment, as `project/stack`.
        environment: The name of the environment, where AWS would take it.
        urn: The URN of the resource to change.
    """

    check: str
    stack: str
    environment: str
    urn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What is known.

    Attributes:
        name: What messages call it.
        counts: How many findings are known of each.
    """

    name: str
    counts: Mapping[Known, int]


def baseline_of(result: Result, name: str) -> Baseline:
    """Return the findings that stand."""
    return Baseline(name=name, counts=_counted(result.standing))


def without_gone(baseline: Baseline, result: Result) -> Baseline:
    """Return what of a baseline is still there, or may be; nothing new comes to it."""
    gone = {_of(each): each.count for each in result.gone}
    left = {known: count - gone.get(known, 0) for known, count in baseline.counts.items()}
    return replace(baseline, counts={known: count for known, count in left.items() if count})


def with_baseline(result: Result, baseline: Baseline, *, everywhere: bool) -> Result:
    """Return a result in which what is known is accepted, and what is gone is told.

    Args:
        result: What an audit found.
        baseline: What is known.
        everywhere: Whether all stacks were judged together; else only what lies in a single one can be gone.
    """
    stands, found = _counted(result.standing), _counted(result.findings)
    return replace(
        result,
        findings=tuple(
            _accepted(each, baseline)
            if each.accepted is None and stands[_known(each)] <= baseline.counts.get(_known(each), 0)
            else each
            for each in result.findings
        ),
        gone=tuple(
            _gone(known, count - found[known], baseline)
            for known, count in sorted(baseline.counts.items())
            if count > found[known] and _was_judged(known, result, everywhere=everywhere)
        ),
    )


def _counted(findings: Iterable[ReportedFinding]) -> Counter[Known]:
    """Count findings; one that several files of a stack have is one."""
    return Counter(known for known, _ in {(_known(each), each.text) for each in findings})


def _known(finding: ReportedFinding) -> Known:
    return Known(
        check=finding.check,
        stack=finding.stack,
        environment=shown(finding.environment),
        urn=finding.subject.urn,
    )


def _of(gone: GoneFinding) -> Known:
    return Known(check=gone.check, stack=gone.stack, environment=gone.environment, urn=gone.urn)


def _accepted(finding: ReportedFinding, baseline: Baseline) -> ReportedFinding:
    acceptance = Acceptance(by=AcceptedBy.BASELINE, reason=f"{baseline.name} has it.")
    said = f"{finding.check} is known: {acceptance.reason}"
    return accepted(finding, acceptance, Level.ADVISORY, said)


def _gone(known: Known, count: int, baseline: Baseline) -> GoneFinding:
    number, are = (f"{count:,} findings", "are") if count > 1 else ("the finding", "is")
    return GoneFinding(
        check=known.check,
        stack=known.stack,
        environment=known.environment,
        urn=known.urn,
        count=count,
        text=(
            f"{known.check}: {number} of {quoted(known.urn)} for environment {quoted(known.environment)} of "
            f"{quoted(known.stack)} {are} gone and can be removed from {baseline.name}."
        ),
    )


def _was_judged(known: Known, result: Result, *, everywhere: bool) -> bool:
    """Tell whether what is not found is not there: it was looked for, and nothing was in the way."""
    if result.failures or result.levels.get(known.check) is Level.DISABLED:
        return False
    if any(
        known.check in each.checks
        and known.stack in each.stacks
        and known.environment in map(shown, each.environments)
        for each in result.questions
    ):
        return False
    if everywhere:
        return not result.unreadable
    project, _, stack = known.stack.rpartition("/")
    inside = known.urn.startswith(f"urn:pulumi:{stack}::{project}::")
    return inside and known.stack in {each.name for each in result.stacks}


def baseline_text(baseline: Baseline) -> str:
    """Return a baseline as the text of its file."""
    document = {"version": BASELINE_VERSION, "findings": [*_entries(baseline.counts)]}
    body = yaml.safe_dump(document, sort_keys=False, width=_WIDTH, allow_unicode=False)
    return f"{_HEAD}{body}"


# No line is broken: a URN is looked for as a whole.
_WIDTH: Final = 10_000


def _entries(counts: Mapping[Known, int]) -> Iterator[dict[str, Any]]:
    for known, count in sorted(counts.items()):
        entry: dict[str, Any] = {
            "check": known.check,
            "stack": known.stack,
            "environment": known.environment,
            "urn": known.urn,
        }
        yield {**entry, "count": count} if count > 1 else entry


def baseline_schema() -> dict[str, object]:
    """Return the schema of the file."""
    texts = {
        "check": "The check's id.",
        "stack": "The stack of the environment, as project/stack.",
        "environment": "The name of the environment.",
        "urn": "The URN of the resource to change.",
    }
    properties: dict[str, object] = {
        key: {"type": "string", "description": text} for key, text in texts.items()
    }
    count = {"type": "integer", "minimum": 1, "description": "How many findings; 1 where it is left out."}
    entry = {
        "type": "object",
        "description": "Of what findings are known.",
        "properties": {**properties, "count": count},
        "additionalProperties": False,
        "required": [*texts],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A baseline of mwaa-audit",
        "type": "object",
        "description": "Findings that are known.",
        "properties": {
            "version": {"type": "integer", "description": f"Of the format: {BASELINE_VERSION}."},
            "findings": {"type": "array", "description": "What is known, in order.", "items": entry},
        },
        "additionalProperties": False,
        "required": ["version", "findings"],
    }


def read_baseline(file: Path) -> Baseline:
    """Return the baseline in a file.

    Raises:
        AuditError: It cannot be taken as it is; every problem is told.
    """
    try:
        document = read_file(file)
    except SettingsError as error:
        raise AuditError(f"the baseline cannot be taken.\n{error}") from None
    problems = [*_problems(document)]
    if problems:
        lines = "\n".join(f"{file.name}: {each}" for each in problems)
        raise AuditError(f"the baseline cannot be taken.\n{lines}")
    counts: Counter[Known] = Counter()
    for entry in cast("list[dict[str, Any]]", document["findings"]):
        known = Known(
            check=entry["check"], stack=entry["stack"], environment=entry["environment"], urn=entry["urn"]
        )
        counts[known] += int(entry.get("count", 1))
    return Baseline(name=file.name, counts=counts)


def _problems(document: Mapping[str, object]) -> Iterable[str]:
    shape = [*problems_in(document, baseline_schema())]
    if shape:
        return shape
    if document["version"] != BASELINE_VERSION:
        return [f"version: {document['version']} is not read here; {BASELINE_VERSION} is"]
    entries = cast("list[dict[str, Any]]", document["findings"])
    return [
        *(
            f"findings[{at}].count: {each['count']} is less than 1"
            for at, each in enumerate(entries)
            if each.get("count", 1) < 1
        ),
        *(
            f"findings[{at}].check: {each['check']!r} is no check of this release"
            f"{suggestion(each['check'], _CHECKS) or '; if an earlier one had it, remove the entry'}"
            for at, each in enumerate(entries)
            if each["check"] not in _CHECKS
        ),
    ]
