"""With private routing the VPC must have an endpoint for each of s3, sqs, logs, monitoring and kms.

## What it does

Where nothing leads out of the VPC, looks for an endpoint of each of the five services, by the service's
exact name and in the VPC and the Region of the environment. Endpoints of other services, those of older
lists included, are neither asked for nor blamed.

## Why is this bad?

Without a way out, the endpoints are all that an environment reaches: its DAGs, its queue, its logs, its
metrics and its keys. Its creation fails, with an error that names none of them.

## Known limits

Where the VPC lies outside the stack, or is the account's default one, its endpoints may lie outside as well:
some of the five without the others are advice then, and none of them is silence. An endpoint of which nobody
knows the service yet may be one that is missing.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import Environment, Inside, NetworkModel, Origin, Unresolved
from mwaa_guardrails.aws.routes import WayOut, routing_of
from mwaa_guardrails.aws.vpc_endpoints import doubtful_endpoints, endpoints_for, vpc_of
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.endpoints import parts, surroundings
from mwaa_guardrails.checks.private_routing import with_private_routing
from mwaa_guardrails.documents.facts import REQUIRED_ENDPOINT_SERVICES
from mwaa_guardrails.documents.requirements import ENDPOINTS_IN_REGION_AND_VPC, PRIVATE_ROUTING_ENDPOINTS
from mwaa_guardrails.faults import MissingEndpoints
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    return with_private_routing(CHECK.id, model, partial(_judge, model))


def _judge(model: NetworkModel, environment: Environment) -> Iterator[Finding | Undetermined]:
    vpc = vpc_of(model, environment)
    if vpc is None:
        return
    if isinstance(vpc, Unresolved):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=vpc.unknown)
        return
    required = tuple(each.suffix for each in REQUIRED_ENDPOINT_SERVICES)
    missing = tuple(each for each in required if not endpoints_for(model, environment, each))
    doubts = doubtful_endpoints(model, environment, missing)
    region = environment.region
    if not missing:
        if isinstance(region, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=region)
        return
    (part,) = parts(model.vpcs, (vpc,))
    inside = isinstance(vpc, Inside) and not model.vpcs[vpc.urn].adopted
    if not inside and missing == required and not doubts:
        return
    if len(doubts) >= len(missing) or (not inside and missing == required):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=doubts[0])
        return
    yield Finding(
        check=CHECK.id,
        degree=Degree.VIOLATION if inside else Degree.ADVICE,
        environment=environment,
        subject=part if inside and isinstance(part, Origin) else environment.origin,
        related=(environment.origin,),
        fault=MissingEndpoints(
            services=missing,
            region=region if isinstance(region, str) else None,
            may_be_there=len(doubts),
            around=surroundings(model, *_beside(model, environment)),
        ),
        requirements=CHECK.requirements,
    )


def _beside(model: NetworkModel, environment: Environment) -> Iterator[Environment]:
    """Yield the environments with private routing in the VPC of one of them: one endpoint serves them all."""
    for each in model.environments:
        if each is environment or (
            vpc_of(model, each) == vpc_of(model, environment) and routing_of(model, each) is WayOut.NONE
        ):
            yield each


CHECK: Final = Check(
    id="vpc-endpoint-missing",
    title="With private routing there is a VPC endpoint for each of s3, sqs, logs, monitoring and kms.",
    severity=Severity.CRITICAL,
    requirements=(PRIVATE_ROUTING_ENDPOINTS, ENDPOINTS_IN_REGION_AND_VPC),
    find=_find,
)
