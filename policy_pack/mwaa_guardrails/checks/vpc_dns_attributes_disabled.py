"""The VPC of an environment must have DNS support and DNS hostnames: private DNS of endpoints needs both.

## What it does

Reads both attributes of the VPC. Left out, support is on and hostnames are off, as pulumi-aws has it.

## Why is this bad?

With private routing the public names of the services lead to the endpoints by private DNS, which needs both
attributes; without them the names lead to public addresses that nothing reaches. Without DNS support no name
resolves, whatever the routing.

## Known limits

With a way out, names resolve without DNS hostnames. The guide's templates turn them on all the same, so there
it is advice. A VPC outside the stack is not judged.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import Environment, Inside, NetworkModel, Unresolved, Vpc
from mwaa_guardrails.aws.routes import WayOut, routing_of
from mwaa_guardrails.aws.vpc_endpoints import vpc_of
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.documents.requirements import (
    GATEWAY_ENDPOINT_NEEDS_DNS,
    PRIVATE_DNS_NEEDS_BOTH_ATTRIBUTES,
    VPC_DNS_ATTRIBUTES,
)
from mwaa_guardrails.faults import DnsAttribute, DnsOff
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        vpc = vpc_of(model, environment)
        if isinstance(vpc, Inside):
            yield from _judge(model, environment, model.vpcs[vpc.urn])
        elif isinstance(vpc, Unresolved) and any(
            vpc.may_mean(Inside(urn)) and not (each.dns_support is True and each.dns_hostnames is True)
            for urn, each in model.vpcs.items()
        ):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=vpc.unknown)


def _judge(model: NetworkModel, environment: Environment, vpc: Vpc) -> Iterator[Finding | Undetermined]:
    values = {DnsAttribute.SUPPORT: vpc.dns_support, DnsAttribute.HOSTNAMES: vpc.dns_hostnames}
    off = tuple(attribute for attribute, value in values.items() if value is False)
    routing = routing_of(model, environment)
    breaks = DnsAttribute.SUPPORT in off or (bool(off) and routing is WayOut.NONE)
    hidden = [value for value in values.values() if isinstance(value, Unknown)]
    if off and isinstance(routing, Unknown):
        hidden.append(routing)
    if off and (breaks or not hidden):
        yield Finding(
            check=CHECK.id,
            degree=Degree.VIOLATION if breaks else Degree.ADVICE,
            environment=environment,
            subject=vpc.origin,
            related=(environment.origin,),
            fault=DnsOff(attributes=off, private=routing is WayOut.NONE),
            requirements=(VPC_DNS_ATTRIBUTES, PRIVATE_DNS_NEEDS_BOTH_ATTRIBUTES),
        )
        return
    for unknown in hidden:
        yield Undetermined(check=CHECK.id, environment=environment, unknown=unknown)


CHECK: Final = Check(
    id="vpc-dns-attributes-disabled",
    title="The VPC of an environment has DNS support and DNS hostnames.",
    severity=Severity.HIGH,
    requirements=(VPC_DNS_ATTRIBUTES, PRIVATE_DNS_NEEDS_BOTH_ATTRIBUTES, GATEWAY_ENDPOINT_NEEDS_DNS),
    find=_find,
)
