"""In one VPC only one endpoint of a service can have private DNS: EC2 refuses the second.

## What it does

Compares the interface endpoints in the VPC of each environment, whatever the routing, two by two: the same
service, and private DNS on both.

## Why is this bad?

EC2 answers that private DNS cannot be enabled because of a conflicting DNS domain, and the deployment stops
there. It is what a second environment in a VPC meets when it brings endpoints of its own.

## Known limits

Endpoints of the VPC that are in no resource of the stack are not seen.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from mwaa_guardrails.aws.model import (
    EndpointType,
    Environment,
    Inside,
    NetworkModel,
    Outside,
    Service,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.vpc_endpoints import vpc_of
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.documents.requirements import PRIVATE_DNS_ONCE
from mwaa_guardrails.faults import PrivateDnsTwice
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        vpc = vpc_of(model, environment)
        if vpc is not None and not isinstance(vpc, Unresolved):
            yield from _judge(model, environment, vpc)


def _judge(
    model: NetworkModel, environment: Environment, vpc: Inside | Outside
) -> Iterator[Finding | Undetermined]:
    found: set[str] = set()
    # By name first, so that it is the same one whichever stacks the two are in.
    in_order = sorted(model.vpc_endpoints.values(), key=lambda each: (each.origin.name, each.origin.urn))
    claiming = [each for each in in_order if False not in _claims(each, vpc)]
    for first, second in combinations(claiming, 2):
        answer = _conflict(first, second, vpc)
        if isinstance(answer, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=answer)
        elif isinstance(answer, Service) and second.origin.urn not in found:
            found.add(second.origin.urn)
            yield Finding(
                check=CHECK.id,
                degree=Degree.VIOLATION,
                environment=environment,
                subject=second.origin,
                related=(first.origin,),
                fault=PrivateDnsTwice(
                    service=answer.name, rival=first.origin, by=second.private_dns_by or second.origin
                ),
                requirements=CHECK.requirements,
            )


def _conflict(first: VpcEndpoint, second: VpcEndpoint, vpc: Inside | Outside) -> Service | Unknown | None:
    """Return the service whose name two endpoints claim that may claim one, or what hides whether they do."""
    one, other = first.service, second.service
    if one is None or other is None or _differ(one, other):
        return None
    claims = (*_claims(first, vpc), *_claims(second, vpc))
    return next((each for each in (*claims, one, other) if isinstance(each, Unknown)), one)


def _differ(one: Service | Unknown, other: Service | Unknown) -> bool:
    return isinstance(one, Service) and isinstance(other, Service) and one != other


def _claims(endpoint: VpcEndpoint, vpc: Inside | Outside) -> Iterator[bool | Unknown]:
    """Return what must hold for an endpoint to claim its service's name in a VPC."""
    if isinstance(endpoint.vpc, Unresolved):
        yield endpoint.vpc.unknown if endpoint.vpc.may_mean(vpc) else False
    else:
        yield endpoint.vpc == vpc
    yield endpoint.type if isinstance(endpoint.type, Unknown) else endpoint.type is EndpointType.INTERFACE
    yield endpoint.private_dns


CHECK: Final = Check(
    id="private-dns-claimed-twice",
    title="In the VPC of an environment one endpoint of a service has private DNS, not two.",
    severity=Severity.HIGH,
    requirements=(PRIVATE_DNS_ONCE,),
    find=_find,
)
