"""What an audit found: plain values, complete, from which every report is made.

Nothing here quotes a property that the messages of the pack would not quote. The order of every tuple is
fixed by what is in it, so that the same stacks give the same result.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Final

from mwaa_audit.shown.values import FailingPath, NetworkKey, ShownNetwork
from mwaa_guardrails.checks.check import Level, Severity
from mwaa_guardrails.exemptions import Standing
from mwaa_guardrails.findings import Degree

# Raised when a field changes its meaning or goes; not when one is added.
RESULT_VERSION: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePosition:
    """A line of the user's own program.

    Attributes:
        file: The file, relative to the folder of `Pulumi.yaml`, with forward slashes.
        line: The line, counted from 1.
    """

    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A resource that something is said about.

    Attributes:
        urn: Its URN.
        type: Its type, as the program wrote it.
        name: Its logical name.
        label: What messages call it, such as `subnet "a"`.
        stack: The stack that it is in, as `project/stack`.
        code: The lines of the program that lead to it, the outermost first; none when the state does not say.
    """

    urn: str
    type: str
    name: str
    label: str
    stack: str
    code: tuple[CodePosition, ...]

    @property
    def line(self) -> CodePosition | None:
        """The line of the program that makes it, which its author looks for."""
        return self.code[0] if self.code else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRequirement:
    """A sentence of AWS that a finding goes against, with its page."""

    id: str
    sentence: str
    page: str
    section: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEnvironment:
    """An environment that was judged, or a network that tags declare for one.

    Attributes:
        stack: The stack that it is in, as `project/stack`.
        name: Its name, or the one that tags declare.
        declared: Whether tags declare it, and no environment is at hand.
        urn: Its URN, or that of the first resource whose tags declare it.
        location: The file that it was judged in by itself; empty where stacks were judged together.
    """

    stack: str
    name: str
    declared: bool
    urn: str = ""
    location: str = ""

    @property
    def key(self) -> NetworkKey:
        """What tells it from every other one of the result."""
        return self.location, self.stack, self.urn, self.name


class AcceptedBy(StrEnum):
    """What says that a finding is accepted."""

    SETTINGS = "settings"
    TAG = "tag"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Why a finding stops nothing, though it is there.

    Attributes:
        by: What says so.
        reason: Why: an administrator's own words, where a project's stand, or which baseline has it.
        expires: The last day on which it holds, such as 2027-03-31; null for no end.
        approved_by: Who said so; null where nobody is named.
        ticket: Where it was agreed, likewise.
    """

    by: AcceptedBy
    reason: str
    expires: str | None = None
    approved_by: str | None = None
    ticket: str | None = None

    @property
    def word(self) -> str:
        """What the finding is, in a word."""
        return "known" if self.by is AcceptedBy.BASELINE else "exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class VainExemption:
    """An exemption that fits a finding, which stands none the less.

    Attributes:
        standing: Why: it has `expired`, or of a tag, its check is `not listed` or it is `malformed`.
        text: What is said of it.
        by: What states it.
        expires: Its last day, such as 2027-03-31; null for no end, and where a tag names none.
    """

    standing: Standing
    text: str
    by: AcceptedBy = AcceptedBy.SETTINGS
    expires: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedExemption:
    """An exemption of the settings, and what it is good for.

    Attributes:
        position: Where it stands in the list of the settings, counted from 0.
        check: The check's id.
        reason: Why.
        expires: The last day on which it holds, such as 2027-03-31; null for no end.
        approved_by: Who said so; null where nobody is named.
        ticket: Where it was agreed, likewise.
        selectors: What it is for, in words.
        expired: Whether that day has passed.
        findings: How many findings it fits.
        unused: Whether it fits nothing in all that was looked at and that it can be for; not where its check
            is disabled or cannot say.
        text: What is said of one that is unused; else empty.
    """

    position: int
    check: str
    reason: str
    expires: str | None
    approved_by: str | None
    ticket: str | None
    selectors: tuple[str, ...]
    expired: bool
    findings: int
    unused: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneFinding:
    """What a baseline has, and is not there any more.

    Attributes:
        check: The check's id.
        stack: The stack of the environment, as `project/stack`.
        environment: The name of the environment.
        urn: The URN of the resource.
        count: How many findings are gone.
        text: What is said of it.
    """

    check: str
    stack: str
    environment: str
    urn: str
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unneeded:
    """An exemption, or an entry of a baseline, that is good for nothing.

    Attributes:
        word: What it is, in words.
        check: The check's id.
        text: What is said of it.
    """

    word: str
    check: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """Something is wrong, or could be better.

    Attributes:
        check: The check's id.
        title: What the check asks for, in a sentence.
        degree: Violation or advice.
        level: What the engine would do about it; of one that is accepted, and of one whose exemption is in
            vain, about that as well.
        severity: How much it matters.
        stack: The stack of the environment, as `project/stack`.
        environment: The name of the environment, or the one that tags declare.
        declared: Whether tags declare it, and no environment is at hand.
        subject: The resource to change.
        related: Other resources that the finding rests on.
        text: The whole message; its first line is the verdict.
        requirements: The sentences it goes against, the most telling first.
        page: The check's own page.
        accepted: Why it stops nothing; null where it stands.
        vain: The exemptions that fit it, where it stands none the less.
        paths: The packets and requests that do not arrive, and the ways that should not be there.
        environment_urn: The URN of the environment, or of the first resource whose tags declare it.
        location: The file that it was found in; empty where stacks were judged together.
    """

    check: str
    title: str
    degree: Degree
    level: Level
    severity: Severity
    stack: str
    environment: str
    declared: bool
    subject: Place
    related: tuple[Place, ...]
    text: str
    requirements: tuple[CitedRequirement, ...]
    page: str
    accepted: Acceptance | None = None
    vain: tuple[VainExemption, ...] = ()
    paths: tuple[FailingPath, ...] = ()
    environment_urn: str = ""
    location: str = ""

    @property
    def key(self) -> NetworkKey:
        """Which of the networks it is about."""
        return self.location, self.stack, self.environment_urn, self.environment

    @property
    def word(self) -> str:
        """What it is, in a word."""
        return self.accepted.word if self.accepted else self.degree.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedQuestion:
    """What cannot be known yet, of one resource and for one reason.

    Attributes:
        subject: The resource.
        paths: The properties in the way; one that is empty means the resource as a whole.
        reason: Why they cannot be known.
        checks: The ids of the checks that cannot say.
        environments: The names of the environments that they cannot judge.
        text: The whole message.
        stacks: The stacks of these environments, as `project/stack`.
        environment_urns: The URNs of these environments, or of the first resources whose tags declare them.
        location: The file that it was asked in; empty where stacks were judged together.
    """

    subject: Place
    paths: tuple[str, ...]
    reason: str
    checks: tuple[str, ...]
    environments: tuple[str, ...]
    text: str
    stacks: tuple[str, ...] = ()
    environment_urns: tuple[str, ...] = ()
    location: str = ""

    @property
    def keys(self) -> tuple[NetworkKey, ...]:
        """Which of the networks it may be about."""
        return tuple(product((self.location,), self.stacks, self.environment_urns, self.environments))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFailure:
    """A defect of this project met on the way; the rest was judged.

    Attributes:
        stacks: The stacks that were being judged.
        part: The check's id, or what else failed.
        exception: The exception's type.
        text: The whole message.
    """

    stacks: tuple[str, ...]
    part: str
    exception: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRead:
    """A stack that was read.

    Attributes:
        name: `project/stack`.
        location: The file, or where the backend has it.
        resources: How many resources it has.
        environments: How many MWAA environments it has.
        unread: How many resources of each type no check looks at.
        locked: Whether an update of it was under way, so that it may change any moment.
    """

    name: str
    location: str
    resources: int
    environments: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StackUnread:
    """A stack that could not be read; the others were.

    Attributes:
        location: The file, or where the backend has it.
        reason: Why, without any of its content.
    """

    location: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSweep:
    """What the last sweep of a day counted.

    Attributes:
        day: The day in UTC, as ISO 8601 writes it.
        stacks: The stacks that were read.
        unreadable: Those that could not be.
        networks: The environments, and the networks that tags declare for one.
        broken: Those with a violation of a mandatory check.
        violations: The violations that nobody accepts.
        advice: Likewise, the advice.
        questions: What cannot be known.
    """

    day: str
    stacks: int
    unreadable: int
    networks: int
    broken: int
    violations: int
    advice: int
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an audit found.

    Attributes:
        stacks: What was read, in the order of their locations.
        unreadable: What could not be read, likewise.
        environments: What was judged, in the order of stacks and names.
        findings: Violations and advice, in the order of stacks, checks, environments and resources; also what
            is accepted.
        questions: What cannot be known.
        failures: Defects of this project.
        exemptions: What the settings exempt, in their order, also where exemptions are ignored.
        gone: What a baseline has and was not found, in the order of checks, stacks, environments and URNs.
        levels: What the engine would do about what each check says, and each report of what is no violation.
        networks: What is shown of the networks of the environments, in the same order.
        history: What the sweeps counted, day by day, with this one; empty where nothing was swept.
        result_version: Of this type.
        tool_version: Of mwaa-guardrails.
    """

    stacks: tuple[StackRead, ...] = ()
    unreadable: tuple[StackUnread, ...] = ()
    environments: tuple[JudgedEnvironment, ...] = ()
    findings: tuple[ReportedFinding, ...] = ()
    questions: tuple[ReportedQuestion, ...] = ()
    failures: tuple[ReportedFailure, ...] = ()
    exemptions: tuple[StatedExemption, ...] = ()
    gone: tuple[GoneFinding, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    networks: tuple[ShownNetwork, ...] = ()
    history: tuple[PastSweep, ...] = ()
    result_version: int = RESULT_VERSION
    tool_version: str = ""

    @property
    def violations(self) -> tuple[ReportedFinding, ...]:
        """The findings that stand, and break an environment or weaken what protects it."""
        return tuple(each for each in self.standing if each.degree is Degree.VIOLATION)

    @property
    def advice(self) -> tuple[ReportedFinding, ...]:
        """The findings that stand, and do neither."""
        return tuple(each for each in self.standing if each.degree is Degree.ADVICE)

    @property
    def standing(self) -> tuple[ReportedFinding, ...]:
        """The findings that nobody accepts."""
        return tuple(each for each in self.findings if each.accepted is None)

    @property
    def accepted(self) -> tuple[ReportedFinding, ...]:
        """The findings that somebody accepts."""
        return tuple(each for each in self.findings if each.accepted is not None)

    @property
    def namesakes(self) -> frozenset[tuple[str, str]]:
        """The stacks and names that several environments have: say those of two states of one stack."""
        numbers = Counter((each.stack, each.name) for each in self.environments)
        return frozenset(each for each, number in numbers.items() if number > 1)

    @property
    def unused(self) -> tuple[StatedExemption, ...]:
        """The exemptions that are good for nothing."""
        return tuple(each for each in self.exemptions if each.unused)

    @property
    def unneeded(self) -> tuple[Unneeded, ...]:
        """The exemptions, and the entries of a baseline, that are good for nothing."""
        return (
            *(Unneeded(word="unused exemption", check=each.check, text=each.text) for each in self.unused),
            *(Unneeded(word="gone", check=each.check, text=each.text) for each in self.gone),
        )
