"""Sweeps inside the tests' own process."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from mwaa_audit.backends import Backend, open_files
from mwaa_audit.baselines import Baseline
from mwaa_audit.criteria import NOTHING_STATED, Criteria
from mwaa_audit.result import Result
from mwaa_audit.sweep import opened, sweep
from mwaa_audit.sweep.work import threads

# What is said, short enough for tables: check or `undetermined`, resource, degree or property.
Said: TypeAlias = frozenset[tuple[str, str, str]]


def swept(  # noqa: PLR0913 - what a sweep takes
    place: str | Backend,
    index: Path,
    criteria: Criteria = NOTHING_STATED,
    *,
    changed_only: bool = False,
    progress: Callable[[int, int], None] = lambda _read, _judged: None,
    known: Baseline | None = None,
) -> Result:
    """Sweep a folder or a backend."""
    backend = open_files(place) if isinstance(place, str) else place
    with opened(index) as kept, threads(1) as workers:
        return sweep(backend, kept, workers, progress, criteria, changed_only=changed_only, known=known)


def said_of(result: Result) -> Said:
    """Return what a result says, wherever the resources are."""
    return frozenset(
        {(each.check, each.subject.name, each.degree.value) for each in result.findings}
        | {("undetermined", each.subject.name, path) for each in result.questions for path in each.paths}
    )
