"""A result as people read it on a terminal, or in the log of a pipeline.

Colour carries nothing that the words do not say; `NO_COLOR` and a pipe go without.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from mwaa_audit.result import Place, ReportedFinding, Result, StackRead
from mwaa_guardrails.findings import Degree
from mwaa_guardrails.messages.words import environment_name, printable

_STYLES: Final = {Degree.VIOLATION: Style(color="red", bold=True), Degree.ADVICE: Style(color="yellow")}
_QUESTION: Final = Style(color="cyan")
_DEFECT: Final = Style(color="magenta", bold=True)
_QUIET: Final = Style(dim=True)
_MARGIN: Final = "  "


def console(*, stderr: bool = False) -> Console:
    """Return where to print: long lines stay whole, and nothing in them is taken for markup."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def show(result: Result, to: Console, *, every_stack: bool) -> None:
    """Print what was found, then what was looked at, then the sum of it.

    Args:
        result: What an audit found.
        to: Where to print.
        every_stack: Whether to list all stacks, and not only those that may change any moment.
    """
    for block in _blocks(result):
        to.print(block)
        to.print()
    for stack in result.stacks:
        if every_stack or stack.locked:
            to.print(_stack_line(stack))
    for unread in result.unreadable:
        to.print(Text(f"not read: {printable(unread.location)}: {unread.reason}", style=_DEFECT))
    to.print(summary(result))


def summary(result: Result) -> str:
    """Return the numbers of an audit as a sentence."""
    numbers = [
        counted(len(result.violations), "violation"),
        counted(len(result.advice), "piece of advice", "pieces of advice"),
        counted(len(result.questions), "open question"),
    ]
    words = Counter(each.word for each in result.accepted)
    numbers += [f"{number:,} {word}" for word, number in sorted(words.items())]
    if result.unused:
        numbers.append(counted(len(result.unused), "unused exemption"))
    if result.gone:
        numbers.append(f"{sum(each.count for each in result.gone):,} gone")
    if result.failures:
        numbers.append(
            counted(len(result.failures), "defect of mwaa-guardrails", "defects of mwaa-guardrails")
        )
    if result.unreadable:
        numbers.append(f"{counted(len(result.unreadable), 'stack')} not read")
    return f"{looked_at(result)}: {', '.join(numbers)}."


def foreseen(operations: Mapping[str, int]) -> str:
    """Return what a preview would do, by the engine's words for it."""
    told = ", ".join(f"{number:,} {operation}" for operation, number in sorted(operations.items()))
    return f"Foreseen: {told or 'nothing'}."


def looked_at(result: Result) -> str:
    """Return how much an audit looked at."""
    stacks = counted(len(result.stacks), "stack")
    resources = counted(sum(each.resources for each in result.stacks), "resource")
    environments = counted(sum(each.environments for each in result.stacks), "environment")
    return f"{stacks}, {resources}, {environments}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number of things."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _blocks(result: Result) -> Iterator[Text]:
    for finding in result.standing:
        yield _block(_heading(finding), _STYLES[finding.degree], finding.text)
    for question in result.questions:
        yield _block(f"open question{_where(question.subject)}", _QUESTION, question.text)
    for failure in result.failures:
        stacks = ", ".join(map(printable, failure.stacks))
        yield _block(f"defect, while judging {stacks}", _DEFECT, failure.text)
    for finding in result.accepted:
        yield _block(_heading(finding), _QUIET, finding.text)
    for unneeded in result.unneeded:
        yield _block(unneeded.word, _QUIET, unneeded.text)


def _heading(finding: ReportedFinding) -> str:
    heading = f"{finding.word}, {finding.severity.value}, {finding.level.value}"
    elsewhere = finding.stack != finding.subject.stack
    suffering = f", for {environment_name(finding.environment)} of {printable(finding.stack)}"
    return heading + _where(finding.subject) + (suffering if elsewhere else "")


def _where(place: Place) -> str:
    code = f" at {printable(place.line.file)}:{place.line.line}" if place.line else ""
    return f", {place.label} of {printable(place.stack)}{code}"


def _block(heading: str, style: Style, text: str) -> Text:
    lines = [Text(heading, style=style), *(Text(_MARGIN + line) for line in text.splitlines())]
    return Text("\n").join(lines)


def _stack_line(stack: StackRead) -> Text:
    numbers = [counted(stack.resources, "resource"), counted(stack.environments, "environment")]
    if stack.locked:
        numbers.append("an update is under way")
    title = printable(stack.name) or "a stack without resources"
    return Text.assemble(f"{title}: {', '.join(numbers)}", (f" ({printable(stack.location)})", _QUIET))
