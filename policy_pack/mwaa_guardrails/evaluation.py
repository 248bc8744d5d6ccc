"""The one way from resources to a judgement: read them, run the checks, put the answers in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Options
from mwaa_guardrails.findings import Degree, Failure, Finding, OpenQuestion, Undetermined
from mwaa_guardrails.reading.network import is_read, read_network
from mwaa_guardrails.reading.registration import read_registration
from mwaa_guardrails.reading.resource import Resource

_READING: Final = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What is to be said of a stack, in an order that does not depend on the order of its resources.

    Attributes:
        violations: Findings that break an environment or weaken what protects it.
        advice: Findings that do neither.
        undetermined: What cannot be known yet.
        failures: What raised.
        unread: How many resources there are of each type that nobody reads; none when reading failed.
    """

    violations: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    undetermined: tuple[OpenQuestion, ...]
    failures: tuple[Failure, ...]
    unread: Mapping[str, int]


def evaluate(
    resources: Iterable[Resource],
    options: Mapping[str, Options] | None = None,
    checks: Iterable[Check] = ALL_CHECKS,
) -> Evaluation:
    """Judge a stack.

    Args:
        resources: All resources of the stack, in any order.
        options: What an administrator states, by check id.
        checks: The checks to run.
    """
    given = tuple(resources)
    failures: list[Failure] = []
    answers = tuple(_answers(lambda: read_network(given), options or {}, checks, failures))
    findings = sorted((each for each in answers if isinstance(each, Finding)), key=_place)
    return Evaluation(
        violations=tuple(each for each in findings if each.degree is Degree.VIOLATION),
        advice=tuple(each for each in findings if each.degree is Degree.ADVICE),
        undetermined=_questions(each for each in answers if isinstance(each, Undetermined)),
        failures=tuple(failures),
        unread=_unread_types(given, failures),
    )


def evaluate_registration(
    registered: Resource,
    before: Iterable[Resource],
    options: Mapping[str, Options] | None = None,
    checks: Iterable[Check] = ALL_CHECKS,
) -> tuple[Finding, ...]:
    """Return what is wrong with an environment, whatever comes after it, when the engine registers it.

    What fails here is passed over: it fails again, and is told, when the stack is judged as a whole.

    Args:
        registered: The environment, with its inputs.
        before: The resources that the engine registered before it, with their inputs.
        options: What an administrator states, by check id.
        checks: The checks to run; only those that are irreparable are.
    """
    final = (check for check in checks if check.irreparable)
    answers = _answers(lambda: read_registration(registered, before), options or {}, final, [])
    findings = (each for each in answers if isinstance(each, Finding) and each.degree is Degree.VIOLATION)
    return tuple(sorted(findings, key=_place))


def _answers(
    read: Callable[[], NetworkModel],
    options: Mapping[str, Options],
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
            yield from check.find(model, options.get(check.id, Options()))
        except Exception as error:  # noqa: BLE001 - one check that fails must not silence the others
            failures.append(Failure(part=check.id, exception=type(error).__name__))


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
