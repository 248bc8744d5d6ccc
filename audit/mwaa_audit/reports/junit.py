"""A result as JUnit XML: a test suite a stack, a test case for each check and environment.

Only what would stop a deployment is a failure. What is advisory stands in the output of its test case, what
cannot be known yet makes it a skipped one, and a defect of ours, or a stack that cannot be read, is an error.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final

from junitparser import Error, Failure, JUnitXml, Skipped, SystemOut, TestCase, TestSuite

from mwaa_audit.reports.words import shown, verdict
from mwaa_audit.result import (
    GoneFinding,
    JudgedEnvironment,
    ReportedFailure,
    ReportedFinding,
    ReportedQuestion,
    Result,
    StackUnread,
    StatedExemption,
)
from mwaa_audit.shown import NetworkKey
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.messages.words import printable
from mwaa_guardrails.settings import EXEMPTIONS

NAME: Final = "mwaa-audit"
_CHECKS: Final = tuple(check.id for check in ALL_CHECKS)


def junit(result: Result) -> str:
    """Return a result as JUnit XML."""
    tree = JUnitXml(NAME)
    findings: dict[NetworkKey, list[ReportedFinding]] = {}
    for found in result.findings:
        findings.setdefault(found.key, []).append(found)
    questions: dict[NetworkKey, list[ReportedQuestion]] = {}
    for asked in result.questions:
        for key in asked.keys:
            questions.setdefault(key, []).append(asked)
    cases: dict[str, list[TestCase]] = {}
    namesakes = result.namesakes
    for each in result.environments:
        name = _name(each, apart=(each.stack, each.name) in namesakes)
        cases.setdefault(each.stack, []).extend(
            _disabled(check, name)
            if result.levels.get(check) is Level.DISABLED
            else _case(
                check,
                name,
                [found for found in findings.get(each.key, []) if found.check == check],
                [asked for asked in questions.get(each.key, []) if check in asked.checks],
            )
            for check in _CHECKS
        )
    for name in dict.fromkeys(each.name for each in result.stacks):
        tree.append(_suite(printable(name), cases.get(name, [])))
    defects = (
        *map(_unread, result.unreadable),
        *map(_defect, result.failures),
        *(_unused(each, result.levels) for each in result.unused),
        *map(_gone, result.gone),
    )
    if defects:
        tree.append(_suite(NAME, defects))
    tree.update_statistics()
    written = BytesIO()
    tree.write(written, pretty=True)
    return written.getvalue().decode()


def _suite(name: str, cases: Iterable[TestCase]) -> TestSuite:
    suite = TestSuite(name)
    for case in cases:
        suite.append(case)
    suite.update_statistics()
    return suite


def _case(
    check: str,
    name: str,
    findings: Iterable[ReportedFinding],
    questions: Iterable[ReportedQuestion],
) -> TestCase:
    case = TestCase(check, name, 0)
    given = tuple(findings)
    stops = [each for each in given if each.level is Level.MANDATORY]
    exempt = [each.accepted for each in given if each.accepted]
    told = [f"{each.word}, {each.level}\n{_located(each)}" for each in given if each not in stops]
    asked = [each.text for each in questions]
    if stops:
        # Some readers keep one failure of a test case.
        failure = Failure("; ".join(verdict(each) for each in stops), stops[0].severity.value)
        failure.text = "\n\n".join(map(_located, stops))
        case.result = failure
        told += asked
    elif asked:
        skipped = Skipped("It cannot be known yet.", "undetermined")
        skipped.text = "\n\n".join(asked)
        case.result = skipped
    elif exempt:
        # Passed would say that all is right; readers show of a skipped case why it is one, of its properties
        # few show anything.
        case.result = Skipped(f"{exempt[0].word}: {printable(exempt[0].reason)}", exempt[0].word)
    if told:
        case.append(SystemOut("\n\n".join(told)))
    return case


def _disabled(check: str, name: str) -> TestCase:
    case = TestCase(check, name, 0)
    case.result = Skipped("The settings disable this check.", Level.DISABLED.value)
    return case


def _name(environment: JudgedEnvironment, *, apart: bool) -> str:
    """Return what the cases of an environment are called by, apart from one of the same stack and name."""
    file = f" ({printable(environment.location)})" if apart and environment.location else ""
    return f"{printable(environment.stack)}/{shown(environment.name)}{file}"


def _located(finding: ReportedFinding) -> str:
    line = finding.subject.line
    place = f"{printable(line.file)}:{line.line}\n" if line else ""
    return f"{place}{finding.text}"


def _unused(exemption: StatedExemption, levels: Mapping[str, Level]) -> TestCase:
    case = TestCase(exemption.check, f"{NAME}.exemptions", 0)
    if levels.get(EXEMPTIONS) is Level.MANDATORY:
        case.result = Failure(exemption.text, "unused")
    else:
        case.append(SystemOut(exemption.text))
    return case


def _gone(gone: GoneFinding) -> TestCase:
    case = TestCase(printable(gone.check), f"{NAME}.baseline", 0)
    case.append(SystemOut(gone.text))
    return case


def _unread(unread: StackUnread) -> TestCase:
    case = TestCase(printable(unread.location), f"{NAME}.reading", 0)
    case.result = Error(f"It was not read: {printable(unread.reason)}", "unreadable")
    return case


def _defect(failure: ReportedFailure) -> TestCase:
    case = TestCase(failure.part, f"{NAME}.defects", 0)
    error = Error(f"A defect of mwaa-guardrails: {failure.exception}", failure.exception)
    stacks = ", ".join(map(printable, failure.stacks))
    error.text = f"While judging {stacks}\n{failure.text}"
    case.result = error
    return case
