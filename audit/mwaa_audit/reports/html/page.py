"""What stands on the page, in order: values alone, no markup. An entry is one thing that is said."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Final

from mwaa_audit.reports.html.picture import NumberedPath, Picture, numbered, picture_of
from mwaa_audit.reports.html.tables import Section, sections_of
from mwaa_audit.reports.html.trend import Trend, trend_of
from mwaa_audit.reports.words import shown, verdict
from mwaa_audit.result import (
    CitedRequirement,
    JudgedEnvironment,
    Place,
    ReportedFailure,
    ReportedFinding,
    ReportedQuestion,
    Result,
    StackRead,
    StackUnread,
    Unneeded,
)
from mwaa_audit.shown import NetworkKey, ShownNetwork
from mwaa_audit.terminal import counted, looked_at
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.findings import Degree
from mwaa_guardrails.settings import UNDETERMINED

# So many networks are shown with all they have from the start; of more, each is opened by its reader.
_OPEN: Final = 3


class Kind(StrEnum):
    """What an entry is; the order is how much it matters."""

    STOPS = "stops"
    WARNS = "warns"
    OFF = "off"
    DEFECT = "defect"
    UNREAD = "unread"
    QUESTION = "question"
    ADVICE = "advice"
    ACCEPTED = "accepted"
    UNNEEDED = "unneeded"
    RIGHT = "right"


# In a sentence, and as the name of a filter.
_WORDS: Final = {
    Kind.STOPS: ("violation", "Violations"),
    Kind.WARNS: ("violation, advisory", "Violations, advisory"),
    Kind.OFF: ("violation, check disabled", "Violations, check disabled"),
    Kind.DEFECT: ("defect of mwaa-guardrails", "Defects of mwaa-guardrails"),
    Kind.UNREAD: ("not read", "Not read"),
    Kind.QUESTION: ("open question", "Open questions"),
    Kind.ADVICE: ("advice", "Advice"),
    Kind.ACCEPTED: ("accepted", "Accepted"),
    Kind.UNNEEDED: ("no longer needed", "No longer needed"),
    Kind.RIGHT: ("nothing to mend", "Networks with nothing to mend"),
}
_ORDER: Final = {kind: number for number, kind in enumerate(Kind)}
_COUNTED: Final = {
    Kind.STOPS: ("violation", "violations"),
    Kind.WARNS: ("advisory violation", "advisory violations"),
    Kind.OFF: ("violation of a disabled check", "violations of disabled checks"),
    Kind.DEFECT: ("defect of mwaa-guardrails", "defects of mwaa-guardrails"),
    Kind.UNREAD: ("stack not read", "stacks not read"),
    Kind.QUESTION: ("open question", "open questions"),
    Kind.ADVICE: ("piece of advice", "pieces of advice"),
    Kind.ACCEPTED: ("accepted finding", "accepted findings"),
    Kind.UNNEEDED: ("no longer needed", "no longer needed"),
}
_WRONG: Final = {Kind.STOPS, Kind.WARNS, Kind.OFF}
_SEVERITIES: Final = {
    severity: number for number, severity in enumerate(("critical", "high", "medium", "low"))
}
_KINDS: Final = {Level.MANDATORY: Kind.STOPS, Level.ADVISORY: Kind.WARNS, Level.DISABLED: Kind.OFF}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is said.

    Attributes:
        id: What links lead to.
        kind: What it is.
        severity: How much a finding matters; empty for anything else.
        check: The check's id, or what stands in its place.
        verdict: What is said, in a line.
        lines: The rest of the message.
        resource: What is to be changed; empty where it is no resource.
        home: The stack of the resource.
        code: Its file and line; empty where the state does not say.
        environment: The environment; several are separated by commas.
        stack: The environment's stack, or where something is that belongs to none.
        stacks: All stacks that a filter finds it by.
        cited: The sentences of AWS that it rests on.
        paths: The paths that it is about, by the numbers of the network's picture.
        parts: The parts of the network that something is wrong with.
        accepted: How a finding is accepted, in a word; else empty.
    """

    id: str
    kind: Kind
    accepted: str = ""
    severity: str = ""
    check: str
    verdict: str
    lines: tuple[str, ...]
    resource: str = ""
    home: str = ""
    code: str = ""
    environment: str = ""
    stack: str = ""
    stacks: tuple[str, ...] = ()
    cited: tuple[CitedRequirement, ...] = ()
    paths: tuple[NumberedPath, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What it is, in words."""
        return self.accepted or _WORDS[self.kind][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """An environment, or a network that tags declare for one, and what is said of it.

    Attributes:
        id: What links lead to.
        kind: Of the worst that is said.
        name: The environment's name.
        stack: Its stack.
        file: The file that it is in, where another network has its stack and name; else empty.
        declared: Whether tags declare it, and no environment is at hand.
        entries: What is said of it, the worst first.
        tally: How much of each kind is said, in words.
        open: Whether it shows all it has from the start.
        picture: The network, drawn; None where nothing of it is known.
        sections: The network, as tables.
    """

    id: str
    kind: Kind
    name: str
    stack: str
    file: str
    declared: bool
    entries: tuple[Entry, ...]
    tally: str
    open: bool
    picture: Picture | None = None
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that a filter offers, with how many entries have it."""

    value: str
    word: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of the summary."""

    kind: Kind
    number: int
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole page.

    Attributes:
        headline: The outcome in a sentence.
        looked_at: How much was looked at.
        day: The day of the sweep, in UTC; empty where nothing was swept.
        numbers: The numbers, one by one.
        entries: All that is said, once each, the worst first.
        networks: What was judged, the worst first.
        beside: What belongs to no network.
        levels: What can be filtered by kind.
        checks: Likewise by check.
        stacks: Likewise by stack.
        read: The stacks that were read.
        trend: What earlier sweeps counted; None where there is nothing to compare with.
        version: Of mwaa-guardrails.
    """

    headline: str
    looked_at: str
    day: str
    numbers: tuple[Number, ...]
    entries: tuple[Entry, ...]
    networks: tuple[Network, ...]
    beside: tuple[Entry, ...]
    levels: tuple[Choice, ...]
    checks: tuple[Choice, ...]
    stacks: tuple[Choice, ...]
    read: tuple[StackRead, ...]
    trend: Trend | None
    version: str


def page_of(result: Result) -> Page:
    """Return what stands on the page of a result."""
    ids = map("entry-{}".format, count(1))
    networks = tuple(_networks(result, ids))
    told = [each for network in networks for each in network.entries]
    beside = tuple(_beside(result, ids))
    entries = tuple(sorted(_once((*told, *beside)), key=_weight))
    return Page(
        headline=_headline(result, networks),
        looked_at=looked_at(result),
        day=result.history[-1].day if result.history else "",
        numbers=tuple(_numbers(entries)),
        entries=entries,
        networks=networks,
        beside=beside,
        levels=tuple(_levels(entries, networks)),
        checks=_choices(each.check for each in entries),
        stacks=_choices(
            (stack for each in entries for stack in each.stacks), also=(each.stack for each in networks)
        ),
        read=result.stacks,
        trend=trend_of(result.history),
        version=result.tool_version,
    )


def _networks(result: Result, ids: Iterator[str]) -> Iterator[Network]:
    """Yield what was judged, the worst first."""
    said: dict[NetworkKey, list[Entry]] = {}
    for found in result.findings:
        said.setdefault(found.key, []).append(_finding(found))
    for asked in result.questions:
        for key in asked.keys:
            said.setdefault(key, []).append(_question(asked))
    judged = [(each, sorted(said.get(each.key, ()), key=_weight)) for each in result.environments]
    few = len(judged) <= _OPEN
    namesakes = result.namesakes
    seen = {each.key: each for each in result.networks}
    for number, (each, entries) in enumerate(sorted(judged, key=_worst_first), 1):
        given = tuple(_numbered(replace(entry, id=next(ids)) for entry in entries))
        file = each.location if (each.stack, each.name) in namesakes else ""
        network = _network(each, file, f"network-{number}", given, few=few)
        drawn = seen.get(each.key)
        yield network if drawn is None else _drawn(network, drawn)


def _numbered(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries whose paths are numbered through the network; what is accepted is not drawn."""
    first = 1
    for entry in entries:
        if entry.kind is Kind.ACCEPTED:
            yield replace(entry, paths=())
            continue
        paths = numbered((path for each in entry.paths for path in each.paths), first)
        first += len(paths)
        yield replace(entry, paths=paths)


def _drawn(network: Network, seen: ShownNetwork) -> Network:
    paths = tuple(path for each in network.entries for path in each.paths)
    marked = frozenset(part for each in network.entries if each.kind in _WRONG for part in each.parts)
    return replace(network, picture=picture_of(seen, paths, marked), sections=sections_of(seen, paths))


def _worst_first(judged: tuple[JudgedEnvironment, list[Entry]]) -> tuple[int, int, int, str, str]:
    environment, entries = judged
    kind, severity = _weight(entries[0]) if entries else (_ORDER[Kind.RIGHT], 0)
    return kind, severity, -len(entries), environment.stack, environment.name


def _weight(entry: Entry) -> tuple[int, int]:
    return _ORDER[entry.kind], _SEVERITIES.get(entry.severity, 0)


def _network(
    judged: JudgedEnvironment, file: str, id_: str, entries: tuple[Entry, ...], *, few: bool
) -> Network:
    numbers = Counter(each.kind for each in entries)
    tally = (_counted(numbers[kind], kind) for kind in Kind if numbers[kind])
    return Network(
        id=id_,
        kind=entries[0].kind if entries else Kind.RIGHT,
        name=shown(judged.name),
        stack=judged.stack,
        file=file,
        declared=judged.declared,
        entries=entries,
        tally=", ".join(tally) or "nothing to mend",
        open=few,
    )


def _once(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Return entries without those that say the same: a question may concern several networks."""
    return {replace(each, id=""): each for each in reversed(tuple(entries))}.values()


def _beside(result: Result, ids: Iterator[str]) -> Iterator[Entry]:
    """Yield what belongs to no network that was judged."""
    judged = {each.key for each in result.environments}
    yield from (replace(_finding(each), id=next(ids)) for each in result.findings if each.key not in judged)
    yield from (
        replace(_question(each), id=next(ids)) for each in result.questions if judged.isdisjoint(each.keys)
    )
    yield from (_failure(each, next(ids)) for each in result.failures)
    yield from (_unneeded(each, next(ids)) for each in result.unneeded)
    yield from (_unread(each, next(ids)) for each in result.unreadable)


def _kind(finding: ReportedFinding) -> Kind:
    if finding.accepted and finding.level is not Level.MANDATORY:
        return Kind.ACCEPTED
    if finding.degree is Degree.ADVICE and finding.level is not Level.MANDATORY:
        return Kind.ADVICE
    return _KINDS[finding.level]


def _finding(finding: ReportedFinding) -> Entry:
    return Entry(
        id="",
        kind=_kind(finding),
        accepted=finding.accepted.word if finding.accepted else "",
        severity=finding.severity.value,
        check=finding.check,
        verdict=verdict(finding),
        lines=tuple(finding.text.splitlines()[1:]),
        resource=finding.subject.label,
        home=finding.subject.stack,
        code=_line(finding.subject),
        environment=shown(finding.environment),
        stack=finding.stack,
        stacks=(finding.stack,),
        cited=finding.requirements,
        paths=numbered(finding.paths, 1),
        # Where a path says what is wrong, what else the finding rests on is right.
        parts=(finding.subject.urn, *(() if finding.paths else (each.urn for each in finding.related))),
    )


def _question(question: ReportedQuestion) -> Entry:
    first, _, rest = question.text.removeprefix(f"{UNDETERMINED}: ").partition("\n")
    return Entry(
        id="",
        kind=Kind.QUESTION,
        check=UNDETERMINED,
        verdict=first,
        lines=tuple(rest.splitlines()),
        resource=question.subject.label,
        home=question.subject.stack,
        code=_line(question.subject),
        environment=", ".join(map(shown, question.environments)),
        stack=", ".join(question.stacks),
        stacks=question.stacks,
    )


def _failure(failure: ReportedFailure, id_: str) -> Entry:
    return Entry(
        id=id_,
        kind=Kind.DEFECT,
        check=failure.part,
        verdict=failure.text.partition("\n")[0],
        lines=tuple(failure.text.splitlines()[1:]),
        stack=", ".join(failure.stacks),
        stacks=failure.stacks,
    )


def _unneeded(unneeded: Unneeded, id_: str) -> Entry:
    said = unneeded.text.removeprefix(f"{unneeded.check}: ")
    return Entry(id=id_, kind=Kind.UNNEEDED, check=unneeded.check, verdict=said, lines=())


def _unread(unread: StackUnread, id_: str) -> Entry:
    return Entry(
        id=id_,
        kind=Kind.UNREAD,
        check="",
        verdict=f"It was not read: {unread.reason}",
        lines=(),
        resource=unread.location,
    )


def _line(place: Place) -> str:
    return f"{place.line.file}:{place.line.line}" if place.line else ""


def _headline(result: Result, networks: tuple[Network, ...]) -> str:
    broken = sum(each.kind is Kind.STOPS for each in networks)
    if broken:
        return f"{counted(broken, 'network')} of {len(networks):,} must be mended"
    if result.failures or result.unreadable:
        return "Not everything was judged"
    if not networks:
        return "No network was judged"
    if any(each.kind is Kind.QUESTION for each in networks):
        return "Nothing must be mended, as far as can be known"
    return "Nothing must be mended"


def _numbers(entries: Iterable[Entry]) -> Iterator[Number]:
    numbers = Counter(each.kind for each in entries)
    for kind in Kind:
        if numbers[kind] or kind in {Kind.STOPS, Kind.QUESTION, Kind.ADVICE}:
            yield Number(
                kind=kind, number=numbers[kind], word=_counted(numbers[kind], kind).partition(" ")[2]
            )


def _levels(entries: Iterable[Entry], networks: Iterable[Network]) -> Iterator[Choice]:
    numbers = Counter(each.kind for each in entries)
    numbers[Kind.RIGHT] = sum(not each.entries for each in networks)
    for kind in Kind:
        if numbers[kind]:
            yield Choice(value=kind, word=_WORDS[kind][1], number=numbers[kind])


def _counted(number: int, kind: Kind) -> str:
    one, many = _COUNTED[kind]
    return counted(number, one, many)


def _choices(values: Iterable[str], also: Iterable[str] = ()) -> tuple[Choice, ...]:
    """Return the values that there are, with how many of each, and others that nothing is said of."""
    numbers = Counter({value: 0 for value in also if value})
    numbers.update(value for value in values if value)
    return tuple(Choice(value=value, word=value, number=numbers[value]) for value in sorted(numbers))
