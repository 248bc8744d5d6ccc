"""Where route tables lead: routes to internet gateways, and whether an environment has a way out at all.

Sources: "About networking on Amazon MWAA", public and private routing; "Route table concepts".
"""

from enum import StrEnum

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    NatGateway,
    NetworkModel,
    Outside,
    Reference,
    Route,
    RouteTable,
    Routing,
    Target,
    TargetKind,
)
from mwaa_guardrails.net.addresses import PUBLIC_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Unknown


class WayOut(StrEnum):
    """How a subnet, or a whole environment, reaches the public internet."""

    INTERNET = "by a NAT device or an internet gateway"
    ELSEWHERE = "by something outside the VPC"
    NONE = "not at all"
    UNSEEN = "by routes that lie outside this stack"


_TO_THE_INTERNET = frozenset(
    {TargetKind.INTERNET_GATEWAY, TargetKind.NAT_GATEWAY, TargetKind.NAT_INSTANCE},
)
_OUT_OF_THE_VPC = _TO_THE_INTERNET | {TargetKind.ELSEWHERE}


def internet_gateway_routes(table: RouteTable) -> tuple[Route, ...]:
    """Return the routes of a table that lead to an internet gateway, widest destination first."""
    found = [
        route
        for route in table.routes
        if isinstance(route.target, Target) and route.target.kind is TargetKind.INTERNET_GATEWAY
    ]
    return tuple(sorted(found, key=lambda route: (-_size(route.destination), route.origin.urn)))


def routing_of(model: NetworkModel, environment: Environment) -> WayOut | Unknown:
    """Return how an environment reaches the internet, judged by the effective routes of its subnets.

    A declared routing wins as the intention. One subnet with a way out makes the whole environment public.
    """
    if environment.intention is not None:
        return WayOut.INTERNET if environment.intention is Routing.PUBLIC else WayOut.NONE
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    ways = [way_out(model, subnet) for subnet in environment.subnets or ()]
    for strongest in (WayOut.INTERNET, WayOut.ELSEWHERE):
        if strongest in ways:
            return strongest
    for way in ways:
        if isinstance(way, Unknown):
            return way
    return WayOut.NONE if ways and WayOut.UNSEEN not in ways else WayOut.UNSEEN


def way_out(model: NetworkModel, subnet: Reference) -> WayOut | Unknown:
    """Return how a subnet reaches the internet, by its effective route table."""
    table = model.route_table_of(subnet)
    match table:
        case Outside():
            return WayOut.UNSEEN
        case Unknown():
            return table
        case RouteTable():
            return _way_out_of(table)


def nat_gateways_of(model: NetworkModel, subnet: Reference) -> tuple[NatGateway, ...]:
    """Return the NAT gateways of the model that a subnet's effective routes lead to."""
    table = model.route_table_of(subnet)
    if not isinstance(table, RouteTable):
        return ()
    references = [
        route.target.reference
        for route in table.routes
        if isinstance(route.target, Target) and route.target.kind is TargetKind.NAT_GATEWAY
    ]
    urns = dict.fromkeys(each.urn for each in references if isinstance(each, Inside))
    return tuple(model.nat_gateways[urn] for urn in urns)


def has_s3_gateway_endpoint(model: NetworkModel, subnet: Reference) -> bool:
    """Tell whether a gateway endpoint surely adds its route to S3 to the table that a subnet follows."""
    table = model.route_table_of(subnet)
    if not isinstance(table, RouteTable):
        return False
    return any(
        isinstance(each, Inside) and model.route_tables[each.urn] is table
        for endpoint in model.gateway_endpoints.values()
        if not isinstance(endpoint.route_tables, Unknown)
        for each in endpoint.route_tables
    )


def _way_out_of(table: RouteTable) -> WayOut | Unknown:
    if _reach(table, _TO_THE_INTERNET).covers(PUBLIC_IPV4):
        return WayOut.INTERNET
    unknown = _unknown_way(table)
    if unknown is not None:
        return unknown
    return WayOut.ELSEWHERE if _reach(table, _OUT_OF_THE_VPC).covers(PUBLIC_IPV4) else WayOut.NONE


def _reach(table: RouteTable, kinds: frozenset[TargetKind]) -> IntervalSet:
    """Return all addresses for which a table has a route to a target of these kinds."""
    reached = IntervalSet()
    for route in table.routes:
        if (
            isinstance(route.target, Target)
            and route.target.kind in kinds
            and isinstance(route.destination, IntervalSet)
        ):
            reached |= route.destination
    return reached


def _unknown_way(table: RouteTable) -> Unknown | None:
    """Return the property that hides whether a table leads to the internet, if there is one."""
    if table.unknown_routes is not None:
        return table.unknown_routes
    for route in table.routes:
        if isinstance(route.target, Unknown):
            return route.target
        if isinstance(route.destination, Unknown) and route.target.kind in _OUT_OF_THE_VPC:
            return route.destination
    return None


def _size(destination: IntervalSet | Unknown) -> int:
    if isinstance(destination, Unknown):
        return 0
    return sum(high - low + 1 for low, high in destination.spans)
