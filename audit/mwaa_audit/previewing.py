"""`mwaa-audit preview`: runs the engine's preview, judges what it foresees, and tells what stopped it.

The engine's JSON shows every resource, but drops what policies said; that stands in its event log.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mwaa_audit.checking import judged_apart
from mwaa_audit.criteria import Criteria
from mwaa_audit.engine import engine
from mwaa_audit.errors import AuditError
from mwaa_audit.result import Result
from mwaa_audit.states.shapes import as_object, objects

LOCATION: Final = "pulumi preview"
_TOLD: Final = ("--json", "--show-sames", "--non-interactive")
_INCOMPLETE: Final = "the preview failed, so that nobody knows what would be there; mend it first"
# What the engine says of each preview that fails, whatever the cause.
_FAILED: Final = "error: preview failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """What came of a preview.

    Attributes:
        result: What the audit found in it.
        foreseen: How many resources would be made, kept and so on, by the engine's words for it.
        stopped_by: The mandatory policies that failed it, as `name (pack)`, each once.
    """

    result: Result
    foreseen: Mapping[str, int]
    stopped_by: tuple[str, ...]


def preview(arguments: Sequence[str], criteria: Criteria) -> Previewed:
    """Run `pulumi preview` with these arguments and judge what it foresees.

    Args:
        arguments: What follows `pulumi preview`, such as `["--stack", "dev"]`.
        criteria: What to judge by.

    Raises:
        AuditError: There is no engine, or its preview failed otherwise than by a policy; the text quotes the
            engine's own errors.
    """
    command = engine()
    with tempfile.TemporaryDirectory() as folder:
        printed, log = Path(folder) / "preview.json", Path(folder) / "events.jsonl"
        code = _run([command, "preview", *arguments, *_TOLD, "--event-log", str(log)], printed)
        content = printed.read_bytes()
        stopped_by = _mandatory(log.read_bytes().splitlines() if log.is_file() else ())
    record = _record(content)
    errors = _errors(record)
    if errors or (code and not stopped_by):
        raise AuditError("\n".join([_INCOMPLETE, *errors]))
    return Previewed(
        result=judged_apart([(LOCATION, lambda: content)], criteria),
        foreseen=_counts(record),
        stopped_by=stopped_by,
    )


def _run(command: Sequence[str], printed: Path) -> int:
    """Run the engine to its end, also when it is interrupted: it has a lock to give back."""
    environment = {**os.environ, "PULUMI_DEBUG_COMMANDS": "true"}  # it writes no event log without it
    with printed.open("wb") as output:
        running = subprocess.Popen(command, env=environment, stdout=output)  # noqa: S603 - the user's own engine
        try:
            return running.wait()
        except KeyboardInterrupt:
            running.wait()
            raise


def _record(printed: bytes) -> Mapping[str, object]:
    try:
        return as_object(json.loads(printed), "the preview")
    except ValueError:
        # The engine has said why, past its JSON.
        raise AuditError(_INCOMPLETE) from None


def _errors(record: Mapping[str, object]) -> list[str]:
    """Return what the engine and the program call errors, but for the word that the preview failed."""
    told = objects(record.get("diagnostics") or [], "diagnostics")
    messages = (str(each.get("message", "")).strip() for each in told if each.get("severity") == "error")
    return [message for message in messages if message != _FAILED]


def _counts(record: Mapping[str, object]) -> dict[str, int]:
    summary = as_object(record.get("changeSummary") or {}, "changeSummary")
    return {operation: number for operation, number in summary.items() if isinstance(number, int)}


def _mandatory(events: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(policy for line in events for policy in _stopping(line)))


def _stopping(line: bytes) -> Iterator[str]:
    """Yield the mandatory policy that a line of the event log tells of; an engine that is killed cuts one."""
    try:
        event = json.loads(line)
    except ValueError:
        return
    match event:
        case {"policyEvent": {"enforcementLevel": "mandatory", "policyName": name, "policyPackName": pack}}:
            yield f"{name} ({pack})"
