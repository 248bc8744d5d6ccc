"""A result as SARIF 2.1.0, for code scanning: at the very line of the program that makes the resource.

GitHub asks for more than the standard does: each result has a file and a line, and what tells a result from
others is called `primaryLocationLineHash`. Where a state says no line, the first one of the project's file
stands in, with words that say so.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from mwaa_audit.reports.sarif_files import Files, Json
from mwaa_audit.reports.words import shown
from mwaa_audit.result import (
    Acceptance,
    Place,
    ReportedFailure,
    ReportedFinding,
    ReportedQuestion,
    Result,
    StackUnread,
    Unneeded,
)
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Level, Severity
from mwaa_guardrails.findings import Degree
from mwaa_guardrails.messages import page_of
from mwaa_guardrails.settings import UNDETERMINED

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Inside GitHub's ranges: critical from 9.0, high from 7.0, medium from 4.0, low below.
_SCORES: Final[Mapping[Severity, str]] = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
_LEVELS: Final[Mapping[Level, str]] = {
    Level.MANDATORY: "error",
    Level.ADVISORY: "warning",
    Level.DISABLED: "none",
}
_RULES: Final = tuple(check.id for check in ALL_CHECKS)
_UNREADABLE: Final = "unreadable"
_DEFECT: Final = "defect"
_UNNEEDED: Final = "unneeded"
_NO_LINE: Final = "The state does not say which line of the program makes it."
# How readers know a link; a name could look like one.
_LINK: Final = re.compile(r"\[(?=[^\]]*\]\()")
_DIGITS: Final = 16


def sarif(result: Result, folder: PurePosixPath | None = None) -> str:
    """Return a result as SARIF 2.1.0.

    Args:
        result: What an audit found.
        folder: Where `Pulumi.yaml` lies, from the root of the repository; None where nobody says.
    """
    return f"{json.dumps(_log(result, Files(folder)), indent=2)}\n"


def _log(result: Result, files: Files) -> Json:
    seen: Counter[str] = Counter()
    results: list[Json] = [_finding(each, _fingerprint(each, seen), files) for each in result.findings]
    results += [_question(each, files) for each in result.questions]
    run: dict[str, Json] = {
        "tool": {"driver": _driver(result.tool_version)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result)],
        "originalUriBaseIds": files.bases(_places(result)),
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(version: str) -> Json:
    return {
        "name": "mwaa-audit",
        "organization": "mwaa-guardrails",
        "version": version,
        "rules": [*map(_rule, ALL_CHECKS), _UNDETERMINED_RULE],
        "notifications": [
            {
                "id": _UNREADABLE,
                "name": "Unreadable",
                "shortDescription": {"text": "A stack that could not be read."},
            },
            {"id": _DEFECT, "name": "Defect", "shortDescription": {"text": "A defect of mwaa-guardrails."}},
            {
                "id": _UNNEEDED,
                "name": "Unneeded",
                "shortDescription": {
                    "text": "An exemption, or an entry of a baseline, that fits no finding."
                },
            },
        ],
    }


def _rule(check: Check) -> Json:
    sentences = [
        (each.sentence, f"{each.source.title}, {each.section}", each.source.url)
        for each in check.requirements
    ]
    plain = "\n".join(f"- {sentence} ({page}: {url})" for sentence, page, url in sentences)
    marked = "\n".join(f"- {sentence} ([{page}]({url}))" for sentence, page, url in sentences)
    more = f"More: {page_of(check.id)}"
    return {
        "id": check.id,
        "name": check.id.title().replace("-", ""),
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.title},
        "help": {
            "text": f"{check.title}\n\n{plain}\n\n{more}",
            "markdown": f"{check.title}\n\n{marked}\n\n{more}",
        },
        "helpUri": check.requirements[0].source.url,
        "defaultConfiguration": {"level": _LEVELS[check.level]},
        "properties": {
            "security-severity": _SCORES[check.severity],
            "severity": check.severity.value,
            "tags": ["security", "aws", "mwaa", "network"],
        },
    }


_UNDETERMINED_RULE: Final[Json] = {
    "id": UNDETERMINED,
    "name": "Undetermined",
    "shortDescription": {"text": "What a check asks for is known."},
    "fullDescription": {
        "text": "What a check asks for is known. Where it is not, it says neither yes nor no."
    },
    "help": {"text": "A later preview, an update or a refresh may tell what is missing."},
    "defaultConfiguration": {"level": "none"},
    "properties": {"tags": ["aws", "mwaa", "network"]},
}


def _invocation(result: Result) -> Json:
    told: list[Json] = [*map(_unread, result.unreadable), *map(_failure, result.failures)]
    said: dict[str, Json] = {"executionSuccessful": not told, "toolExecutionNotifications": told}
    overrides = [*_overrides(result.levels)]
    if overrides:
        said["ruleConfigurationOverrides"] = overrides
    if result.unneeded:
        said["toolConfigurationNotifications"] = [_unneeded(each) for each in result.unneeded]
    return said


def _overrides(levels: Mapping[str, Level]) -> Iterator[Json]:
    """Yield what the settings of an administrator change about checks."""
    for number, check in enumerate(ALL_CHECKS):
        level = levels.get(check.id, check.level)
        if level is not check.level:
            yield {
                "descriptor": {"id": check.id, "index": number},
                "configuration": {"enabled": level is not Level.DISABLED, "level": _LEVELS[level]},
            }


def _unneeded(unneeded: Unneeded) -> Json:
    return {
        "descriptor": {"id": _UNNEEDED, "index": 2},
        "level": "note",
        "message": _message(unneeded.text),
    }


def _unread(unread: StackUnread) -> Json:
    text = f"{unread.location} was not read: {unread.reason}"
    return {"descriptor": {"id": _UNREADABLE, "index": 0}, "level": "error", "message": _message(text)}


def _failure(failure: ReportedFailure) -> Json:
    return {
        "descriptor": {"id": _DEFECT, "index": 1},
        "level": "error",
        "message": _message(failure.text),
        "properties": {"part": failure.part, "stacks": list(failure.stacks)},
    }


def _places(result: Result) -> Iterator[Place]:
    for finding in result.findings:
        yield finding.subject
        yield from finding.related
    for question in result.questions:
        yield question.subject


def _finding(finding: ReportedFinding, fingerprint: str, files: Files) -> Json:
    advice = finding.degree is Degree.ADVICE
    told: dict[str, Json] = {
        "ruleId": finding.check,
        "ruleIndex": _RULES.index(finding.check),
        "kind": "fail",
        "level": "note" if advice else _LEVELS[finding.level],
        "message": _message(finding.text),
        "locations": [_location(finding.subject, files)],
        "relatedLocations": list(_related(finding.related, files)),
        "partialFingerprints": {
            "mwaaGuardrails/v1": fingerprint,
            "primaryLocationLineHash": fingerprint,
        },
        "properties": {
            "degree": finding.degree.value,
            "environment": shown(finding.environment),
            "stack": finding.stack,
        },
        # Where one result has them, all must.
        "suppressions": [_suppression(finding.accepted)] if finding.accepted else [],
    }
    if len(finding.subject.code) > 1:
        told["stacks"] = [_calls(finding.subject, files)]
    return told


def _question(question: ReportedQuestion, files: Files) -> Json:
    fingerprint = _digest(UNDETERMINED, question.subject.urn, question.reason, *question.paths)
    return {
        "ruleId": UNDETERMINED,
        "ruleIndex": len(_RULES),
        # The standard wants no level beside a kind that is no failure.
        "kind": "open",
        "level": "none",
        "message": _message(question.text),
        "locations": [_location(question.subject, files)],
        "partialFingerprints": {
            "mwaaGuardrails/v1": fingerprint,
            "primaryLocationLineHash": fingerprint,
        },
        "properties": {
            "checks": list(question.checks),
            "environments": [shown(each) for each in question.environments],
            "stacks": list(question.stacks),
        },
        "suppressions": [],
    }


def _suppression(acceptance: Acceptance) -> Json:
    """Return who accepts a finding: outside the program, wherever the word stands."""
    stated = {
        "by": acceptance.by.value,
        "expires": acceptance.expires,
        "approvedBy": acceptance.approved_by,
        "ticket": acceptance.ticket,
    }
    return {
        "kind": "external",
        "status": "accepted",
        "justification": acceptance.reason,
        "properties": {key: value for key, value in stated.items() if value is not None},
    }


def _fingerprint(finding: ReportedFinding, seen: Counter[str]) -> str:
    """Return what a finding keeps from run to run, wherever its line moves and however it is worded.

    Of several of one check, environment and resource the order tells them apart.
    """
    digest = _digest(finding.check, finding.stack, finding.environment, finding.subject.urn)
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_DIGITS]


def _related(places: Iterable[Place], files: Files) -> Iterator[Json]:
    for number, place in enumerate(places):
        yield {**_location(place, files), "id": number, "message": _message(place.label)}


def _calls(place: Place, files: Files) -> Json:
    """Return the way through the program to a resource, the innermost call first."""
    frames: list[Json] = [
        {"location": {"physicalLocation": files.physical(place, line)}} for line in reversed(place.code)
    ]
    return {"message": {"text": "Where the program makes it"}, "frames": frames}


def _location(place: Place, files: Files) -> Mapping[str, Json]:
    logical: Json = {"name": place.name, "fullyQualifiedName": place.urn, "kind": "resource"}
    located: dict[str, Json] = {
        "physicalLocation": files.physical(place, place.line),
        "logicalLocations": [logical],
    }
    if place.line is None:
        located["message"] = {"text": _NO_LINE}
    return located


def _message(text: str) -> Json:
    return {"text": _LINK.sub(r"\\[", text)}
