"""With private routing the security groups of an interface endpoint must let the environment in at TCP 443.

## What it does

Unites the inbound rules of the endpoint's groups and asks them about TCP 443 from the environment's groups
and subnets. Without a group an endpoint carries the VPC's default group, which lets in nobody but itself.

## Why is this bad?

Every request to the service is an HTTPS request to the endpoint, and its group drops them without an
answer.

## Known limits

The guide gives the endpoint the environment's own group. A group of the endpoint's own that lets in the
environment's group, or its subnets' addresses, works, and is advice unless the option says otherwise.
Groups outside the stack are not judged.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import EndpointType, Environment, NetworkModel
from mwaa_guardrails.aws.vpc_endpoints import Admission, Admittance, admission
from mwaa_guardrails.checks.check import Check, Options, Severity, Substitutes
from mwaa_guardrails.checks.endpoints import refusal, serving_endpoints
from mwaa_guardrails.checks.private_routing import with_private_routing
from mwaa_guardrails.documents.facts import HTTPS_PORT
from mwaa_guardrails.documents.requirements import (
    ENDPOINT_DEFAULT_GROUP,
    ENDPOINT_GROUP_ADMITS_443,
    ENDPOINTS_CARRY_ENVIRONMENT_GROUP,
)
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown

_DEGREES: Final = {
    None: Degree.ADVICE,
    Substitutes.ADVISE: Degree.ADVICE,
    Substitutes.REFUSE: Degree.VIOLATION,
}


def _find(model: NetworkModel, options: Options) -> Iterator[Finding | Undetermined]:
    return with_private_routing(CHECK.id, model, partial(_judge, model, options))


def _judge(
    model: NetworkModel, options: Options, environment: Environment
) -> Iterator[Finding | Undetermined]:
    for service, endpoints in serving_endpoints(model, environment):
        if isinstance(endpoints, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=endpoints)
            continue
        first, *others = endpoints
        if first.type is not EndpointType.INTERFACE:
            continue
        answer = _best(admission(model, each, environment, HTTPS_PORT) for each in endpoints)
        if isinstance(answer, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=answer)
            continue
        degree = _degree(answer, options)
        if degree is not None:
            yield Finding(
                check=CHECK.id,
                degree=degree,
                environment=environment,
                subject=first.origin,
                related=tuple(each.origin for each in others),
                fault=refusal(model, environment, first, service.suffix, answer),
                requirements=(ENDPOINTS_CARRY_ENVIRONMENT_GROUP, ENDPOINT_GROUP_ADMITS_443),
            )


def _best(answers: Iterator[Admission | Unknown]) -> Admission | Unknown:
    """Return the best of the answers: one endpoint of a service that lets in is enough."""
    ranks = (Admittance.BY_GROUP_OF_ENVIRONMENT, Admittance.UNSEEN, Admittance.BY_OWN_GROUP)
    return min(
        answers,
        key=lambda each: (
            len(ranks)
            if isinstance(each, Unknown)
            else ranks.index(each.admittance)
            if each.admittance in ranks
            else len(ranks) + 1
        ),
    )


def _degree(answer: Admission, options: Options) -> Degree | None:
    if answer.admittance is Admittance.REFUSED:
        return Degree.VIOLATION
    if answer.admittance is Admittance.BY_OWN_GROUP:
        return _DEGREES.get(options.substitutes)
    return None


CHECK: Final = Check(
    id="vpc-endpoint-refuses-environment",
    title="With private routing the security groups of each interface endpoint let the environment in.",
    severity=Severity.CRITICAL,
    requirements=(ENDPOINTS_CARRY_ENVIRONMENT_GROUP, ENDPOINT_GROUP_ADMITS_443, ENDPOINT_DEFAULT_GROUP),
    find=_find,
    knows_substitutes=True,
)
