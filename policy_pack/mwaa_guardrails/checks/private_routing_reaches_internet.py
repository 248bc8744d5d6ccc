"""A subnet that is declared private must have no route to a NAT device.

## What it does

Holds for environments whose subnets declare private routing by the tag `mwaa:routing`. Looks at the
effective route table of each subnet for a route to a NAT gateway: a public one, whatever the destination;
one outside the stack, where the destination is in the internet. An instance or an interface counts as a
NAT device where all of the internet is routed there.

## Why is this bad?

The guide's private routing is a network without internet access. A way out defeats what it was chosen for,
and the checks of VPC endpoints take the declaration at its word.

## Known limits

A route to an internet gateway is the matter of `subnet-routes-to-internet-gateway`, with either routing. A
private NAT gateway reaches no internet. A transit gateway and the like are not judged. Without the tag,
routes alone say which routing is meant.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import (
    Environment,
    NetworkModel,
    Outside,
    Reference,
    Route,
    RouteTable,
    Routing,
    Target,
    TargetKind,
)
from mwaa_guardrails.aws.routes import (
    NAT_DEVICES,
    by_kind,
    hidden_routes,
    is_public_nat,
    leads_to_the_internet,
    routes_to,
)
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.subnets import move_of, reported_on
from mwaa_guardrails.documents.requirements import PRIVATE_ROUTING_NO_INTERNET
from mwaa_guardrails.faults import ReachesInternet
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.addresses import PUBLIC_IPV4
from mwaa_guardrails.unknown import Reason, Unknown


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        # Only its subnets' tags declare a routing, so a list that is not known declares none.
        if isinstance(environment.subnets, Unknown):
            continue
        intention = environment.intention
        if intention is Routing.PRIVATE or isinstance(intention, Unknown):
            for subnet in dict.fromkeys(environment.subnets or ()):
                for answer in _judge(model, environment, subnet):
                    if isinstance(answer, Unknown):
                        yield _asked(environment, answer)
                    else:
                        yield _asked(environment, intention) if isinstance(intention, Unknown) else answer


def _asked(environment: Environment, unknown: Unknown) -> Undetermined:
    return Undetermined(check=CHECK.id, environment=environment, unknown=unknown)


def _judge(model: NetworkModel, environment: Environment, subnet: Reference) -> Iterator[Finding | Unknown]:
    table = model.route_table_of(subnet)
    if isinstance(table, Outside):
        return
    if isinstance(table, Unknown):
        yield table
        return
    routes = routes_to(table, NAT_DEVICES)
    answers = [_is_way_out(model, table, route) for route in routes]
    way_out = next((route for route, answer in zip(routes, answers, strict=True) if answer is True), None)
    if way_out is None:
        yield from (each for each in answers if isinstance(each, Unknown))
        yield from hidden_routes(table, NAT_DEVICES)
        return
    yield Finding(
        check=CHECK.id,
        degree=Degree.VIOLATION,
        environment=environment,
        subject=reported_on(model, environment, subnet),
        related=(table.origin, way_out.origin),
        fault=ReachesInternet(
            subnet=subnet,
            table=table.origin,
            route=way_out,
            main=model.follows_main_route_table(subnet),
            move=move_of(model, environment, subnet),
        ),
        requirements=CHECK.requirements,
    )


def _is_way_out(model: NetworkModel, table: RouteTable, route: Route) -> bool | Unknown:
    """Tell whether a route to a NAT device is one that private routing must not have."""
    match route.target:
        case Target(kind=TargetKind.NAT_INSTANCE):
            return leads_to_the_internet(table, by_kind(NAT_DEVICES))
        case Target(reference=Outside()):
            if isinstance(route.destination, Unknown):
                # A prefix list of services is no internet, whatever its addresses are.
                return route.destination.reason is not Reason.NOT_PUBLISHED and route.destination
            return not route.destination.isdisjoint(PUBLIC_IPV4)
        case target:
            return is_public_nat(model, target)


CHECK: Final = Check(
    id="private-routing-reaches-internet",
    title="With private routing no route leads to a NAT device.",
    severity=Severity.HIGH,
    requirements=(PRIVATE_ROUTING_NO_INTERNET,),
    find=_find,
)
