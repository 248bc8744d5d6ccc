"""The one way from resources to a judgement: read them, run every check, put the answers in order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Options
from mwaa_guardrails.findings import Degree, Failure, Finding, OpenQuestion, Undetermined
from mwaa_guardrails.reading.network import is_read, read_network
from mwaa_guardrails.reading.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What is to be said of a stack, in an order that does not depend on the order of its resources.

    Attributes:
        violations: Findings that break an environment or weaken what protects it.
        advice: Findings that do neither.
        undetermined: What cannot be known yet.
        failures: What raised.
        unread: How many resources there are of each type that nobody reads.
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
    answers: list[Finding | Undetermined] = []
    failures: list[Failure] = []
    model = _read(given, failures)
    for check in checks:
        if model is None or not model.environments:
            break
        try:
            answers.extend(check.find(model, (options or {}).get(check.id, Options())))
        except Exception as error:  # noqa: BLE001 - one check that fails must not silence the others
            failures.append(Failure(part=check.id, exception=type(error).__name__))
    findings = sorted((each for each in answers if isinstance(each, Finding)), key=_place)
    return Evaluation(
        violations=tuple(each for each in findings if each.degree is Degree.VIOLATION),
        advice=tuple(each for each in findings if each.degree is Degree.ADVICE),
        undetermined=_questions(each for each in answers if isinstance(each, Undetermined)),
        failures=tuple(failures),
        unread=Counter(each.type for each in given if not is_read(each)),
    )


def _read(resources: tuple[Resource, ...], failures: list[Failure]) -> NetworkModel | None:
    try:
        return read_network(resources)
    except Exception as error:  # noqa: BLE001 - whatever a program wrote, the deployment must not break on us
        failures.append(Failure(part="reading", exception=type(error).__name__))
        return None


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
