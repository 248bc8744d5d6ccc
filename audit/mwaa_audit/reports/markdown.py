"""A result as Markdown, for a comment on a pull request.

Whatever a program may have written stands in `code` or `pre`, where GitHub looks for no mentions and links,
and with character references for all that Markdown or HTML could take for its own.
"""

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

from mwaa_audit.reports.words import shown, verdict
from mwaa_audit.result import (
    Place,
    ReportedFailure,
    ReportedFinding,
    ReportedQuestion,
    Result,
    StackUnread,
    Unneeded,
)
from mwaa_audit.terminal import summary
from mwaa_guardrails.messages.words import printable
from mwaa_guardrails.settings import UNDETERMINED

# GitHub takes 65,536 characters; bytes are never fewer.
LIMIT: Final = 65_000
_ROOM_OF_ROWS: Final = 30_000
_ROOM_OF_NOTES: Final = 500
_HEADS: Final = "| | check | resource | line | environment |\n| --- | --- | --- | --- | --- |"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One thing that is told: a row of the table, and more below it."""

    row: str
    details: str


def markdown(result: Result) -> str:
    """Return a result as Markdown; what a comment has no room for is counted."""
    told = tuple(_all(result))
    head = f"### MWAA guardrails\n\n{summary(result)}\n"
    if not told:
        return head
    rows = _fitting((each.row for each in told), _ROOM_OF_ROWS)
    room = LIMIT - _ROOM_OF_NOTES - _size(head) - _size(_HEADS) - sum(map(_size, rows))
    details = _fitting((each.details for each in told[: len(rows)]), room)
    parts = [head, "\n".join((_HEADS, *rows)), *details]
    if len(details) < len(told):
        parts.append(
            f"A comment has no room for all: of {len(told):,} entries the table has {len(rows):,}, and "
            f"{len(details):,} have their message. The other formats have the rest."
        )
    return "\n".join(f"{part}\n" for part in parts).replace("\n\n\n", "\n\n")


def _all(result: Result) -> Iterator[_Told]:
    yield from map(_unread, result.unreadable)
    yield from map(_failure, result.failures)
    yield from map(_finding, result.standing)
    yield from map(_question, result.questions)
    yield from map(_finding, result.accepted)
    yield from map(_unneeded, result.unneeded)


def _finding(finding: ReportedFinding) -> _Told:
    url = finding.requirements[0].url if finding.requirements else ""
    check = f"[{_text(finding.check)}]({url})" if url else _text(finding.check)
    return _told(
        f"{finding.word}, {finding.severity}, {finding.level}",
        check,
        _resource(finding.subject),
        _line(finding.subject),
        f"{_code(shown(finding.environment))} of {_code(finding.stack)}",
        summary_=f"{finding.word}: {verdict(finding)}",
        text=finding.text,
    )


def _question(question: ReportedQuestion) -> _Told:
    return _told(
        "open question",
        _text(UNDETERMINED),
        _resource(question.subject),
        _line(question.subject),
        ", ".join(_code(shown(each)) for each in question.environments),
        summary_=f"open question: {question.subject.label}",
        text=question.text,
    )


def _failure(failure: ReportedFailure) -> _Told:
    return _told(
        "defect of mwaa-guardrails",
        _text(failure.part),
        ", ".join(map(_code, failure.stacks)),
        "",
        "",
        summary_=f"defect: {failure.part}",
        text=failure.text,
    )


def _unneeded(unneeded: Unneeded) -> _Told:
    return _told(
        unneeded.word,
        _text(unneeded.check),
        "",
        "",
        "",
        summary_=f"{unneeded.word}: {unneeded.check}",
        text=unneeded.text,
    )


def _unread(unread: StackUnread) -> _Told:
    return _told(
        "not read",
        "",
        _code(unread.location),
        "",
        "",
        summary_=f"not read: {unread.location}",
        text=unread.reason,
    )


def _told(*cells: str, summary_: str, text: str) -> _Told:
    newline = "\n"
    return _Told(
        row=f"| {' | '.join(cells)} |",
        # After the blank line an HTML block begins that only its own end tag ends.
        details=(
            f"<details><summary><code>{_html(summary_)}</code></summary>\n\n"
            f"<pre>\n{newline.join(map(_html, text.splitlines()))}\n</pre>\n\n</details>"
        ),
    )


def _resource(place: Place) -> str:
    return f"{_code(place.label)} of {_code(place.stack)}"


def _line(place: Place) -> str:
    return _code(f"{place.line.file}:{place.line.line}") if place.line else ""


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"


def _text(text: str) -> str:
    """Return a text that means itself wherever inline Markdown may stand."""
    return "".join(
        each if not each.isascii() or each.isalnum() or each in " -," else f"&#{ord(each)};"
        for each in printable(text)
    )


def _html(text: str) -> str:
    return html.escape(printable(text))


def _fitting(texts: Iterable[str], room: int) -> list[str]:
    """Return as many of the first texts as there is room for."""
    given = list(texts)
    sizes = accumulate(_size(each) for each in given)
    return given[: len(list(takewhile(lambda size: size <= room, sizes)))]


def _size(text: str) -> int:
    # With the line ends around it.
    return len(text.encode("utf-8")) + 2
