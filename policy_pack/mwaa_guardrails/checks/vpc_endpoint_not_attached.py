"""With private routing an endpoint must stand in both subnets of the environment, or in both route tables.

## What it does

Unites what the endpoint's own resource lists with what resources of their own attach to it, and compares:
an interface endpoint with the two subnets, a gateway endpoint with the effective route tables of the two
subnets. An endpoint of an interface service whose type is Gateway, which is what a type left out means,
stands in no subnet at all.

## Why is this bad?

Without its route a subnet does not reach S3. An interface endpoint in one zone is lost with that zone, and
the guide asks for both subnets.

## Known limits

Other subnets that cover the same Availability Zones do as well, and are advice unless the option says
otherwise. An environment with more than two subnets is the matter of `subnet-count-not-two` alone.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import EndpointType, Environment, NetworkModel, VpcEndpoint
from mwaa_guardrails.aws.vpc_endpoints import Gap, Zones, gap_of
from mwaa_guardrails.checks.check import Check, Options, Severity, Substitutes
from mwaa_guardrails.checks.endpoints import not_attached, serving_endpoints, surroundings
from mwaa_guardrails.checks.private_routing import with_private_routing
from mwaa_guardrails.documents.facts import SUBNETS_PER_ENVIRONMENT, EndpointKind
from mwaa_guardrails.documents.requirements import (
    ENDPOINT_TYPE_DEFAULTS_TO_GATEWAY,
    ENDPOINTS_IN_BOTH_SUBNETS,
    PRIVATE_ROUTING_ROUTES_TO_ENDPOINTS,
    S3_GATEWAY_IN_ROUTE_TABLES,
)
from mwaa_guardrails.faults import WrongEndpointType
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, options: Options) -> Iterator[Finding | Undetermined]:
    return with_private_routing(CHECK.id, model, partial(_judge, model, options))


def _judge(
    model: NetworkModel, options: Options, environment: Environment
) -> Iterator[Finding | Undetermined]:
    subnets = environment.subnets
    if isinstance(subnets, tuple) and len(set(subnets)) > SUBNETS_PER_ENVIRONMENT:
        return  # which of them the environment could keep, nobody can tell
    for service, endpoints in serving_endpoints(model, environment):
        if isinstance(endpoints, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=endpoints)
            continue
        first = endpoints[0]
        if isinstance(first.type, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=first.type)
        elif first.type is EndpointType.GATEWAY and service.kind is EndpointKind.INTERFACE:
            yield _wrong_type(model, environment, first, service.suffix)
        else:
            yield from _standing(model, options, environment, endpoints, service.suffix)


def _standing(
    model: NetworkModel,
    options: Options,
    environment: Environment,
    endpoints: tuple[VpcEndpoint, ...],
    service: str,
) -> Iterator[Finding | Undetermined]:
    gap = gap_of(model, endpoints, environment)
    verdict = _degree(gap, options) if isinstance(gap, Gap) else gap
    if isinstance(verdict, Unknown):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=verdict)
    elif isinstance(gap, Gap) and verdict is not None:
        first, *others = endpoints
        gateway = first.type is EndpointType.GATEWAY
        yield Finding(
            check=CHECK.id,
            degree=verdict,
            environment=environment,
            subject=first.origin,
            related=tuple(each.origin for each in others),
            fault=not_attached(model, environment, endpoints, gap, service),
            requirements=(S3_GATEWAY_IN_ROUTE_TABLES if gateway else ENDPOINTS_IN_BOTH_SUBNETS,),
        )


def _degree(gap: Gap, options: Options) -> Degree | Unknown | None:
    """Say how bad a gap is; where the endpoint's subnets lie outside the stack, nobody can."""
    if gap.zones is Zones.LACKED or options.substitutes is Substitutes.REFUSE:
        return Degree.VIOLATION
    if isinstance(gap.zones, Unknown):
        return gap.zones
    if gap.zones is Zones.UNSEEN or options.substitutes is Substitutes.ACCEPT:
        return None
    return Degree.ADVICE


def _wrong_type(
    model: NetworkModel, environment: Environment, endpoint: VpcEndpoint, service: str
) -> Finding:
    return Finding(
        check=CHECK.id,
        degree=Degree.VIOLATION,
        environment=environment,
        subject=endpoint.origin,
        related=(),
        fault=WrongEndpointType(goal=service, around=surroundings(model, environment)),
        requirements=(ENDPOINTS_IN_BOTH_SUBNETS, ENDPOINT_TYPE_DEFAULTS_TO_GATEWAY),
    )


CHECK: Final = Check(
    id="vpc-endpoint-not-attached",
    title="With private routing each endpoint is in both subnets, or in both route tables.",
    severity=Severity.CRITICAL,
    requirements=(
        ENDPOINTS_IN_BOTH_SUBNETS,
        S3_GATEWAY_IN_ROUTE_TABLES,
        PRIVATE_ROUTING_ROUTES_TO_ENDPOINTS,
        ENDPOINT_TYPE_DEFAULTS_TO_GATEWAY,
    ),
    find=_find,
    knows_substitutes=True,
)
