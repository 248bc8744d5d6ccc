"""Counting what an environment names, when some references cannot be told apart yet."""

from collections.abc import Iterator, Mapping

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    Origin,
    Reference,
    SecurityGroup,
    Subnet,
    Unresolved,
)
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.faults import Counted, WrongCount
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def wrong_count(  # noqa: PLR0913 - what two checks differ in, each by its name
    check: str,
    environment: Environment,
    references: tuple[Reference, ...] | Unknown | None,
    *,
    parts: Mapping[str, Subnet] | Mapping[str, SecurityGroup],
    counted: Counted,
    allowed: range,
    requirements: tuple[Requirement, ...],
) -> Iterator[Finding | Undetermined]:
    """Yield a finding when no reading of the references gives an allowed number of distinct things.

    It is reported on the environment, or on the first part that declares it.
    """
    if references is None:
        return
    if isinstance(references, Unknown):
        yield Undetermined(check=check, environment=environment, unknown=references)
        return
    named = [each for each in references if not isinstance(each, Unresolved)]
    unresolved = [each for each in references if isinstance(each, Unresolved)]
    known = len(set(named))
    fewest, most = max(known, min(len(unresolved), 1)), known + len(unresolved)
    if most < allowed.start or fewest >= allowed.stop:
        too_many = fewest >= allowed.stop
        yield Finding(
            check=check,
            degree=Degree.VIOLATION,
            environment=environment,
            subject=_subject(environment, references, parts),
            related=(),
            fault=WrongCount(
                counted=counted,
                given=len(named if too_many else references),
                distinct=known if too_many else most,
                more=too_many and most > known,
            ),
            requirements=requirements,
        )
    elif not (fewest in allowed and most in allowed):
        yield Undetermined(check=check, environment=environment, unknown=unresolved[0].unknown)


def _subject(
    environment: Environment,
    references: tuple[Reference, ...],
    parts: Mapping[str, Subnet] | Mapping[str, SecurityGroup],
) -> Origin:
    if environment.declared:
        return next(parts[each.urn].origin for each in references if isinstance(each, Inside))
    return environment.origin
