"""How the command ends, for scripts and pipelines."""

from enum import IntEnum

from mwaa_audit.result import Result
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.settings import EXEMPTIONS, UNDETERMINED


class ExitCode(IntEnum):
    """What an exit code means."""

    CLEAN = 0
    FINDINGS = 1
    UNDETERMINED = 2
    UNREADABLE = 3
    INTERNAL = 4
    # What a shell gives a command that Ctrl-C ended.
    INTERRUPTED = 130


def exit_code(result: Result, *, strict: bool, unwritten: bool = False) -> ExitCode:
    """Return how the command ends after an audit.

    What is advisory ends no pipeline, as it stops no deployment.

    Args:
        result: What the audit found.
        strict: Whether what cannot be known ends a pipeline.
        unwritten: Whether a report, or a baseline, could not be written.
    """
    if result.failures:
        return ExitCode.INTERNAL
    unused = result.unused and result.levels.get(EXEMPTIONS) is Level.MANDATORY
    if unused or any(each.level is Level.MANDATORY for each in result.findings):
        return ExitCode.FINDINGS
    if result.unreadable or unwritten:
        return ExitCode.UNREADABLE
    strict = strict or result.levels.get(UNDETERMINED) is Level.MANDATORY
    if strict and result.questions:
        return ExitCode.UNDETERMINED
    return ExitCode.CLEAN
