"""A subnet of an environment must be private: its route table has no route to an internet gateway.

## What it does

Looks at the effective route table of each subnet, its own or the main one of the VPC, for a route to an
internet gateway, whatever its destination. Names and tags of subnets say nothing.

## Why is this bad?

The guide asks for private subnets, with public routing as well. What an environment runs has no public
address (inferred), and an internet gateway takes no packet from an address without one: where the route leads
there, nothing outside the VPC is reached.

## Known limits

A route to an egress-only internet gateway makes no subnet public. Subnets whose route table is outside the
stack are not judged, and of the main one of the account's default VPC the stack's own routes alone are.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import (
    Environment,
    NetworkModel,
    Outside,
    Reference,
)
from mwaa_guardrails.aws.routes import INTERNET_GATEWAYS, hidden_routes, internet_gateway_routes
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.subnets import move_of, reported_on
from mwaa_guardrails.documents.requirements import PRIVATE_SUBNET_HAS_NO_INTERNET_GATEWAY_ROUTE
from mwaa_guardrails.faults import PublicSubnet
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        if isinstance(environment.subnets, Unknown):
            yield Undetermined(check=CHECK.id, environment=environment, unknown=environment.subnets)
            continue
        for subnet in dict.fromkeys(environment.subnets or ()):
            yield from _judge(model, environment, subnet)


def _judge(
    model: NetworkModel, environment: Environment, subnet: Reference
) -> Iterator[Finding | Undetermined]:
    table = model.route_table_of(subnet)
    if isinstance(table, Outside):
        return
    if isinstance(table, Unknown):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=table)
        return
    routes = internet_gateway_routes(table)
    if routes:
        yield Finding(
            check=CHECK.id,
            degree=Degree.VIOLATION,
            environment=environment,
            subject=reported_on(model, environment, subnet),
            related=(table.origin, routes[0].origin),
            fault=PublicSubnet(
                subnet=subnet,
                table=table.origin,
                route=routes[0],
                main=model.follows_main_route_table(subnet),
                move=move_of(model, environment, subnet),
            ),
            requirements=CHECK.requirements,
        )
        return
    for unknown in hidden_routes(table, INTERNET_GATEWAYS):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=unknown)


CHECK: Final = Check(
    id="subnet-routes-to-internet-gateway",
    title="The subnets of an environment are private: no route leads to an internet gateway.",
    severity=Severity.CRITICAL,
    requirements=(PRIVATE_SUBNET_HAS_NO_INTERNET_GATEWAY_ROUTE,),
    find=_find,
    irreparable=True,
)
