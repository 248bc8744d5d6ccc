"""From stacks to what is said of them: the pack's evaluation, as values of the result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from mwaa_audit.accepting import with_exemption, with_vain
from mwaa_audit.criteria import NOTHING_STATED, Criteria
from mwaa_audit.result import (
    CitedRequirement,
    CodePosition,
    JudgedEnvironment,
    Place,
    ReportedFailure,
    ReportedFinding,
    ReportedQuestion,
)
from mwaa_audit.shown import FailingPath, ShownNetwork, failing_paths, shown_network
from mwaa_audit.states.stack import Stack
from mwaa_guardrails.aws.model import Environment, Origin
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Level
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.evaluation import Evaluation, evaluate
from mwaa_guardrails.exemptions import Notice, Standing, is_open
from mwaa_guardrails.findings import Degree, Failure, Finding, OpenQuestion
from mwaa_guardrails.messages import failure_text, finding_text, grouped, page_of, question_text
from mwaa_guardrails.messages.words import label, made_by
from mwaa_guardrails.settings import ADVICE, EXEMPTIONS, UNDETERMINED
from mwaa_guardrails.settings.outside import is_outside

_SHOWING: Final = "showing"
_CHECKS: Final[Mapping[str, Check]] = {check.id: check for check in ALL_CHECKS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is said of stacks that were judged together.

    Attributes:
        unread: How many resources of each type no check looks at.
        environments: What was judged, in the order of stacks and names.
        fitting: How many findings each exemption of the settings fits, by its position there.
        unused: The positions of those that name one of the stacks and fit nothing.
        waiting: The positions of those that may be for what cannot be known.
        networks: What is shown of their networks, likewise.
    """

    findings: tuple[ReportedFinding, ...] = ()
    questions: tuple[ReportedQuestion, ...] = ()
    failures: tuple[ReportedFailure, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict)
    environments: tuple[JudgedEnvironment, ...] = ()
    fitting: Mapping[int, int] = field(default_factory=dict)
    unused: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    networks: tuple[ShownNetwork, ...] = ()


@dataclass(frozen=True, slots=True)
class _Book:
    """Where each resource was written, and in which stack and file it is."""

    code: Mapping[str, tuple[CodePosition, ...]]
    stacks: Mapping[str, str]
    location: str

    def stack_of(self, origin: Origin) -> str:
        """Return the stack that a part of the network is in."""
        return self.stacks.get(origin.urn, "")

    def place(self, origin: Origin) -> Place:
        """Return a part of the network as a resource that is told of."""
        return Place(
            urn=origin.urn,
            type=origin.type,
            name=origin.name,
            label=label(origin),
            stack=self.stack_of(origin),
            code=self.code.get(origin.urn, ()),
        )

    def place_of(self, urn: str) -> Place:
        """Likewise, of a resource by its URN."""
        type_, _, name = urn.rpartition("$")[2].rpartition("::")
        return Place(
            urn=urn,
            type=type_.rpartition("::")[2],
            name=name,
            label=made_by(urn),
            stack=self.stacks.get(urn, ""),
            code=self.code.get(urn, ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What is shown of networks, and the paths of findings, by the identity of each."""

    networks: tuple[ShownNetwork, ...] = ()
    paths: Mapping[int, tuple[FailingPath, ...]] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


def judge(stacks: Iterable[Stack], criteria: Criteria = NOTHING_STATED, location: str = "") -> Judgement:
    """Judge stacks together: what one of them owns, the others may use.

    Args:
        stacks: The stacks.
        criteria: What to judge by.
        location: The file that a single one is in, which may be in another one as well.
    """
    given = tuple(stacks)
    levels = criteria.levels
    book = _Book(
        code={each.resource.urn: each.code for stack in given for each in stack.resources},
        stacks={each.resource.urn: stack.title for stack in given for each in stack.resources},
        location=location,
    )
    evaluation = evaluate(
        [each.resource for stack in given for each in stack.resources],
        criteria.settings,
        checks=criteria.checks,
        today=criteria.today,
    )
    advice = evaluation.advice if levels[ADVICE] is not Level.DISABLED else ()
    exempt = tuple(each for each in evaluation.notices if each.standing is Standing.HONOURED)
    silent = levels[EXEMPTIONS] is Level.DISABLED
    told = () if silent else evaluation.notices
    vain = tuple(each for each in told if each.standing is not Standing.HONOURED)
    questions = evaluation.undetermined if levels[UNDETERMINED] is not Level.DISABLED else ()
    seen = _seen(evaluation, book)
    judged = tuple(_judged(each, book) for each in evaluation.environments)
    return Judgement(
        findings=(
            *(
                with_vain(_finding(each, book, levels, seen), _of(each, vain), levels[EXEMPTIONS])
                for each in (*evaluation.violations, *advice)
            ),
            *(
                with_exemption(
                    _finding(each.finding, book, levels, seen),
                    each,
                    Level.ADVISORY if silent else levels[EXEMPTIONS],
                )
                for each in exempt
            ),
        ),
        questions=tuple(_question(each, book, evaluation.environments) for each in grouped(questions)),
        failures=tuple(
            ReportedFailure(
                stacks=tuple(stack.title for stack in given),
                part=each.part,
                exception=each.exception,
                text=failure_text(each),
            )
            for each in (*evaluation.failures, *seen.failures)
        ),
        unread=evaluation.unread,
        environments=tuple(sorted(judged, key=lambda each: (each.stack, each.name))),
        fitting=dict(evaluation.fitting),
        unused=tuple(
            at
            for at, each in enumerate(criteria.settings.exemptions)
            if each in evaluation.unused and at not in evaluation.fitting
        ),
        waiting=tuple(
            at
            for at, each in enumerate(criteria.settings.exemptions)
            if is_open(each, evaluation.undetermined)
        ),
        networks=tuple(sorted(seen.networks, key=lambda each: (each.stack, each.environment))),
    )


def _of(finding: Finding, notices: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(each for each in notices if each.finding == finding)


def _judged(environment: Environment, book: _Book) -> JudgedEnvironment:
    return JudgedEnvironment(
        stack=book.stack_of(environment.origin),
        name=environment.name,
        declared=environment.declared,
        urn=environment.origin.urn,
        location=book.location,
    )


def _seen(evaluation: Evaluation, book: _Book) -> _Seen:
    """Return what is shown of the networks; where that fails, all is said, and not shown."""
    model = evaluation.model
    if model is None:
        return _Seen()
    exempt = (each.finding for each in evaluation.notices)
    told = (*evaluation.violations, *evaluation.advice, *exempt)
    try:
        return _Seen(
            networks=tuple(
                shown_network(model, each, book.stack_of(each.origin), book.location)
                for each in evaluation.environments
            ),
            paths={id(each): failing_paths(model, each) for each in told},
        )
    except Exception as error:  # noqa: BLE001 - a defect of ours in a picture keeps no finding from being told
        return _Seen(failures=(Failure(part=_SHOWING, exception=type(error).__name__),))


def _finding(finding: Finding, book: _Book, levels: Mapping[str, Level], seen: _Seen) -> ReportedFinding:
    check = _CHECKS[finding.check]
    # What lies outside the stacks has no line of code; the environment that suffers has.
    subject = finding.environment.origin if is_outside(finding.subject.urn) else finding.subject
    return ReportedFinding(
        check=check.id,
        title=check.title,
        degree=finding.degree,
        level=levels[check.id if finding.degree is Degree.VIOLATION else ADVICE],
        severity=check.severity,
        stack=book.stack_of(finding.environment.origin),
        environment=finding.environment.name,
        declared=finding.environment.declared,
        subject=book.place(subject),
        related=tuple(book.place(each) for each in finding.related if not is_outside(each.urn)),
        text=finding_text(finding),
        requirements=tuple(_cited(each) for each in finding.requirements),
        page=page_of(check.id),
        paths=seen.paths.get(id(finding), ()),
        environment_urn=finding.environment.origin.urn,
        location=book.location,
    )


def _cited(requirement: Requirement) -> CitedRequirement:
    return CitedRequirement(
        id=requirement.id,
        sentence=requirement.sentence,
        page=requirement.source.title,
        section=requirement.section,
        url=requirement.source.url,
    )


def _question(
    together: tuple[OpenQuestion, ...], book: _Book, judged: Iterable[Environment]
) -> ReportedQuestion:
    unknown = together[0].unknown
    names = {name for each in together for name in each.environments}
    waiting = [each.origin for each in judged if each.name in names]
    return ReportedQuestion(
        subject=book.place(waiting[0]) if is_outside(unknown.urn) else book.place_of(unknown.urn),
        paths=tuple(each.unknown.path for each in together),
        reason=unknown.reason.value,
        checks=tuple(sorted({check for each in together for check in each.checks})),
        environments=tuple(sorted(names)),
        text=question_text(together),
        stacks=tuple(sorted({book.stack_of(each) for each in waiting})),
        environment_urns=tuple(sorted({each.urn for each in waiting})),
        location=book.location,
    )
