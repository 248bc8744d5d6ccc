"""Counting what an environment names, when some references cannot be told apart yet."""

from collections.abc import Iterator

from mwaa_guardrails.aws.model import Environment, Reference, Unresolved
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.findings import Counted, Degree, Finding, Undetermined, WrongCount
from mwaa_guardrails.unknown import Unknown


def wrong_count(  # noqa: PLR0913 - what two checks differ in, each by its name
    check: str,
    environment: Environment,
    references: tuple[Reference, ...] | Unknown | None,
    *,
    counted: Counted,
    allowed: range,
    requirements: tuple[Requirement, ...],
) -> Iterator[Finding | Undetermined]:
    """Yield a finding when no reading of the references gives an allowed number of distinct things."""
    if references is None:
        return
    if isinstance(references, Unknown):
        yield Undetermined(check=check, environment=environment, unknown=references)
        return
    known = len({each for each in references if not isinstance(each, Unresolved)})
    unresolved = [each for each in references if isinstance(each, Unresolved)]
    fewest, most = max(known, min(len(unresolved), 1)), known + len(unresolved)
    if most < allowed.start or fewest >= allowed.stop:
        yield Finding(
            check=check,
            degree=Degree.VIOLATION,
            environment=environment,
            subject=environment.origin,
            related=(),
            fault=WrongCount(counted=counted, given=len(references), distinct=most),
            requirements=requirements,
        )
    elif not (fewest in allowed and most in allowed):
        yield Undetermined(check=check, environment=environment, unknown=unresolved[0].unknown)
