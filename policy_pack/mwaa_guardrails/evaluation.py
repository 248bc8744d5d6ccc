"""The one way from resources to a judgement: read them, run the checks, excuse, put the answers in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

from mwaa_guardrails.aws.model import Environment, NetworkModel
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Options
from mwaa_guardrails.exemptions import Excused, Notice, Tags, excuse, unused
from mwaa_guardrails.findings import Degree, Failure, Finding, OpenQuestion, Undetermined
from mwaa_guardrails.reading.network import is_read, read_network
from mwaa_guardrails.reading.registration import read_registration
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.reading.tags import read_tags
from mwaa_guardrails.settings import Exemption, Settings
from mwaa_guardrails.settings.outside import facts_beside

NOTHING_STATED: Final = Settings()
_READING: Final = "reading"
_EXEMPTIONS: Final = "exemptions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What is to be said of a stack, in an order that does not depend on the order of its resources.

    Attributes:
        violations: Findings that break an environment or weaken what protects it.
        advice: Findings that do neither.
        undetermined: What cannot be known yet.
        failures: What raised.
        unread: How many resources there are of each type that nobody reads; none when reading failed.
        notices: What is to be said of exemptions that fit, and with it the findings that are exempt.
        fitting: How many findings each exemption of the settings fits, by its position there.
        unused: The exemptions that name this stack and fit nothing in it; none that may be for what cannot
            be known, or for what failed.
        environments: What was judged, in the order of names and URNs; none when reading failed.
        model: The network that was judged; None when reading failed.
    """

    violations: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    undetermined: tuple[OpenQuestion, ...]
    failures: tuple[Failure, ...]
    unread: Mapping[str, int]
    notices: tuple[Notice, ...] = ()
    fitting: Mapping[int, int] = field(default_factory=dict)
    unused: tuple[Exemption, ...] = ()
    environments: tuple[Environment, ...] = ()
    model: NetworkModel | None = None


def evaluate(
    resources: Iterable[Resource],
    settings: Settings = NOTHING_STATED,
    *,
    checks: Iterable[Check] = ALL_CHECKS,
    today: date | None = None,
) -> Evaluation:
    """Judge a stack.

    Args:
        resources: All resources of the stack, in any order.
        settings: What an administrator states; levels are the engine's business.
        checks: The checks to run.
        today: The day on which exemptions are in force or have expired; left out, today, in UTC.
    """
    given = tuple(resources)
    failures: list[Failure] = []
    models: list[NetworkModel] = []
    beside = facts_beside(settings.outside, given) if settings.outside else ()

    def read() -> NetworkModel:
        model = read_network((*given, *beside), settings.tags)
        models.append(model)
        return model

    answers = tuple(_answers(read, settings, checks, failures))
    findings = sorted((each for each in answers if isinstance(each, Finding)), key=_place)
    environments = (environment for model in models for environment in model.environments)
    questions = _questions(each for each in answers if isinstance(each, Undetermined))
    excused, idle = _excused(findings, questions, given, settings, today, failures)
    standing = excused.standing
    return Evaluation(
        violations=tuple(each for each in standing if each.degree is Degree.VIOLATION),
        advice=tuple(each for each in standing if each.degree is Degree.ADVICE),
        undetermined=questions,
        failures=tuple(failures),
        unread=_unread_types(given, failures),
        notices=excused.notices,
        fitting=excused.fitting,
        unused=idle,
        environments=tuple(sorted(environments, key=lambda each: (each.name, each.origin.urn))),
        model=next(iter(models), None),
    )


def evaluate_registration(
    registered: Resource,
    before: Iterable[Resource],
    settings: Settings = NOTHING_STATED,
    *,
    checks: Iterable[Check] = ALL_CHECKS,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """Return what is wrong with an environment, whatever comes after it, when the engine registers it.

    What fails here is passed over: it fails again, and is told, when the stack is judged as a whole. So is
    what is exempt.

    Args:
        registered: The environment, with its inputs.
        before: The resources that the engine registered before it, with their inputs.
        settings: What an administrator states.
        checks: The checks to run; only those that are irreparable are.
        today: The day on which exemptions are in force or have expired; left out, today, in UTC.
    """
    given = tuple(before)
    final = (check for check in checks if check.irreparable)
    answers = _answers(lambda: read_registration(registered, given, settings.tags), settings, final, [])
    findings = sorted(
        (each for each in answers if isinstance(each, Finding) and each.degree is Degree.VIOLATION),
        key=_place,
    )
    excused, _ = _excused(findings, (), (*given, registered), settings, today, [])
    return excused.standing


def _answers(
    read: Callable[[], NetworkModel],
    settings: Settings,
    checks: Iterable[Check],
    failures: list[Failure],
) -> Iterator[Finding | Undetermined]:
    """Yield what the checks say of a network; whatever raises, the deployment must not break on us."""
    try:
        model = read()
    except Exception as error:  # noqa: BLE001 - said above
        failures.append(Failure(part=_READING, exception=type(error).__name__))
        return
    if not model.environments:
        return
    for check in checks:
        try:
            yield from check.find(model, settings.options.get(check.id, Options()))
        except Exception as error:  # noqa: BLE001 - one check that fails must not silence the others
            failures.append(Failure(part=check.id, exception=type(error).__name__))


def _excused(  # noqa: PLR0913, PLR0917 - answers, what weighs them, where defects go
    findings: Iterable[Finding],
    questions: Iterable[OpenQuestion],
    resources: tuple[Resource, ...],
    settings: Settings,
    today: date | None,
    failures: list[Failure],
) -> tuple[Excused, tuple[Exemption, ...]]:
    """Return findings parted by exemptions, and which of these are unused; where that fails, all stand."""
    given = tuple(findings)
    day = datetime.now(UTC).date() if today is None else today
    try:
        tags: Tags = read_tags(resources) if given else _no_tag
        excused = excuse(given, settings, tags, day)
        looked = () if failures or not settings.exemptions else _stacks_of(resources)
        idle = unused(settings, excused.fitting, looked, questions)
    except Exception as error:  # noqa: BLE001 - as for the checks
        failures.append(Failure(part=_EXEMPTIONS, exception=type(error).__name__))
        return Excused(standing=given, notices=()), ()
    return excused, idle


def _no_tag(_urn: str, _key: str) -> None:
    """Say of every resource that it lacks the tag; there is nothing to ask about."""


def _stacks_of(resources: Iterable[Resource]) -> set[str]:
    """Return what the URNs of each stack begin with, `urn:pulumi:<stack>::<project>::`."""
    parted = (resource.urn.split("::", 2) for resource in resources)
    return {f"{stack}::{project}::" for stack, project, _ in (each for each in parted if len(each) == 3)}  # noqa: PLR2004 - said above


def _unread_types(resources: Iterable[Resource], failures: Iterable[Failure]) -> Mapping[str, int]:
    if any(failure.part == _READING for failure in failures):
        return {}
    return Counter(each.type for each in resources if not is_read(each))


def _place(finding: Finding) -> tuple[str, str, str, str]:
    return finding.check, finding.environment.name, finding.subject.urn, repr(finding.fault)


def _questions(answers: Iterable[Undetermined]) -> tuple[OpenQuestion, ...]:
    by_property: dict[tuple[str, str], list[Undetermined]] = {}
    for each in answers:
        by_property.setdefault((each.unknown.urn, each.unknown.path), []).append(each)
    return tuple(
        OpenQuestion(
            unknown=asked[0].unknown,
            checks=tuple(sorted({each.check for each in asked})),
            environments=tuple(sorted({each.environment.name for each in asked})),
        )
        for _, asked in sorted(by_property.items(), key=lambda item: item[0])
    )
