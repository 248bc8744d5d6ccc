"""`mwaa-audit check`: single files, each judged by itself."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from mwaa_audit.accepting import stated_exemptions
from mwaa_audit.criteria import NOTHING_STATED, Criteria
from mwaa_audit.errors import AuditError
from mwaa_audit.judging import Judgement, judge
from mwaa_audit.result import Result, StackRead, StackUnread
from mwaa_audit.states import Stack, read_stack
from mwaa_audit.version import tool_version
from mwaa_guardrails.reading.registration import is_environment

STDIN: Final = "-"


def check(files: Iterable[str], stdin: Callable[[], bytes], criteria: Criteria = NOTHING_STATED) -> Result:
    """Judge files of states and previews.

    Args:
        files: Their paths; `-` means the standard input.
        stdin: Reads the standard input.
        criteria: What to judge by.
    """

    def opened(file: str) -> Callable[[], bytes]:
        return stdin if file == STDIN else lambda: _content(file)

    return judged_apart(((file, opened(file)) for file in dict.fromkeys(files)), criteria)


def judged_apart(contents: Iterable[tuple[str, Callable[[], bytes]]], criteria: Criteria) -> Result:
    """Judge states and previews, each by itself.

    Args:
        contents: Where each lies, and what reads it; it may raise an `AuditError`.
        criteria: What to judge by.
    """
    read: list[StackRead] = []
    unread: list[StackUnread] = []
    judgements: list[Judgement] = []
    for location, content in contents:
        try:
            stack = read_stack(content())
        except AuditError as error:
            unread.append(StackUnread(location=location, reason=str(error)))
        else:
            judgement = judge([stack], criteria, location)
            judgements.append(judgement)
            read.append(_stack_read(stack, location, judgement))
    return Result(
        stacks=tuple(read),
        unreadable=tuple(unread),
        environments=tuple(each for judgement in judgements for each in judgement.environments),
        findings=tuple(each for judgement in judgements for each in judgement.findings),
        questions=tuple(each for judgement in judgements for each in judgement.questions),
        failures=tuple(each for judgement in judgements for each in judgement.failures),
        exemptions=stated_exemptions(
            criteria,
            sum((Counter(each.fitting) for each in judgements), Counter()),
            (at for each in judgements for at in each.unused),
            (at for each in judgements for at in each.waiting),
        ),
        levels=criteria.levels,
        networks=tuple(each for judgement in judgements for each in judgement.networks),
        tool_version=tool_version(),
    )


def _content(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise AuditError(f"it cannot be opened: {error.strerror}") from None


def _stack_read(stack: Stack, location: str, judgement: Judgement) -> StackRead:
    return StackRead(
        name=stack.title,
        location=location,
        resources=len(stack.resources),
        environments=sum(is_environment(each.resource) for each in stack.resources),
        unread=judgement.unread,
    )
