"""Where route tables lead: routes to internet gateways, and whether an environment has a way out at all.

Sources: "About networking on Amazon MWAA", public and private routing; "Route table concepts" and "Route
priority" in the Amazon VPC User Guide.
"""

from collections.abc import Iterable
from enum import StrEnum

from mwaa_guardrails.aws.model import (
    EndpointType,
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
    Unresolved,
    VpcEndpoint,
    surely_differ,
)
from mwaa_guardrails.net.addresses import ANY_IPV4, PUBLIC_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Unknown


class WayOut(StrEnum):
    """How a subnet, or a whole environment, reaches the public internet."""

    INTERNET = "by a NAT device or an internet gateway"
    ELSEWHERE = "by something outside the VPC"
    NONE = "not at all"
    UNSEEN = "by routes that lie outside this stack"


class NatState(StrEnum):
    """Whether a NAT gateway leads to the internet."""

    WORKS = "leads to the internet"
    UNSEEN = "leads somewhere that lies outside this stack"
    PRIVATE = "is a private NAT gateway, which leads to no internet"
    PRIVATE_ELSEWHERE = "is a private NAT gateway, whose subnet leads out of the VPC another way"
    UNROUTED = "stands in a subnet without a route to an internet gateway"
    NO_INTERNET_GATEWAY = "is a regional NAT gateway of a VPC without an internet gateway"
    UNATTACHED = "leads to an internet gateway that nothing in this stack attaches to a VPC"


_INTERNET_GATEWAY_ONLY = frozenset({TargetKind.INTERNET_GATEWAY})
_TO_THE_INTERNET = frozenset(
    {TargetKind.INTERNET_GATEWAY, TargetKind.NAT_GATEWAY, TargetKind.NAT_INSTANCE},
)
_OUT_OF_THE_VPC = _TO_THE_INTERNET | {TargetKind.ELSEWHERE}


def internet_gateway_routes(table: RouteTable) -> tuple[Route, ...]:
    """Return the routes of a table that lead to an internet gateway: IPv4 first, then the widest."""
    found = [
        route
        for route in table.routes
        if isinstance(route.target, Target) and route.target.kind is TargetKind.INTERNET_GATEWAY
    ]
    return tuple(sorted(found, key=_telling))


def routing_of(model: NetworkModel, environment: Environment) -> WayOut | Unknown:
    """Return how an environment reaches the internet, judged by the effective routes of its subnets.

    A declared routing wins as the intention. One subnet with a way to the internet makes the whole
    environment public, so as long as a subnet may turn out to have one, no other answer is given. So does a
    route to a public NAT gateway that covers only a part of the internet: with private routing there is none.
    """
    if environment.intention is not None:
        return WayOut.INTERNET if environment.intention is Routing.PUBLIC else WayOut.NONE
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    ways = [way_out(model, subnet) for subnet in environment.subnets or ()]
    unknown = next((way for way in ways if isinstance(way, Unknown)), None)
    if unknown is not None and WayOut.INTERNET not in ways:
        return unknown
    if any(way is WayOut.NONE for way in ways) and any(
        gateway.public is True
        for subnet in environment.subnets or ()
        for gateway in nat_gateways_of(model, subnet)
    ):
        return WayOut.INTERNET
    strongest_first = (WayOut.INTERNET, WayOut.UNSEEN, WayOut.ELSEWHERE, WayOut.NONE)
    return next((way for way in strongest_first if way in ways), WayOut.UNSEEN)


def way_out(model: NetworkModel, subnet: Reference) -> WayOut | Unknown:
    """Return how a subnet reaches the internet, by its effective route table."""
    table = model.route_table_of(subnet)
    if isinstance(table, Outside):
        return WayOut.UNSEEN
    if isinstance(table, Unknown):
        return table
    for way, kinds in ((WayOut.INTERNET, _TO_THE_INTERNET), (WayOut.ELSEWHERE, _OUT_OF_THE_VPC)):
        leads = _leads_to_the_internet(table, kinds)
        if isinstance(leads, Unknown):
            return leads
        if leads:
            return way
    return WayOut.NONE


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


def nat_state(model: NetworkModel, gateway: NatGateway) -> NatState | Unknown:
    """Return whether a NAT gateway leads to the internet ("NAT gateway basics", "Regional NAT gateways")."""
    if isinstance(gateway.public, Unknown):
        return gateway.public
    if gateway.subnet is None:
        return _regional_nat_state(model, gateway.vpc)
    if not gateway.public:
        elsewhere = way_out(model, gateway.subnet) is WayOut.ELSEWHERE
        return NatState.PRIVATE_ELSEWHERE if elsewhere else NatState.PRIVATE
    table = model.route_table_of(gateway.subnet)
    if isinstance(table, Outside):
        return NatState.UNSEEN
    if isinstance(table, Unknown):
        return table
    leads = _leads_to_the_internet(table, _INTERNET_GATEWAY_ONLY)
    if isinstance(leads, Unknown):
        return leads
    if not leads:
        return NatState.UNROUTED
    attached = [_is_attached(model, route) for route in internet_gateway_routes(table)]
    return NatState.WORKS if any(attached) else NatState.UNATTACHED


def _regional_nat_state(model: NetworkModel, vpc: Reference | None) -> NatState | Unknown:
    if not isinstance(vpc, Inside):
        return vpc.unknown if isinstance(vpc, Unresolved) else NatState.UNSEEN
    attached = [gateway.vpc for gateway in model.internet_gateways.values()]
    if vpc in attached:
        return NatState.WORKS
    for each in attached:
        if isinstance(each, Unresolved) and each.may_mean(vpc):
            return each.unknown
    return NatState.NO_INTERNET_GATEWAY


def _is_attached(model: NetworkModel, route: Route) -> bool:
    if isinstance(route.target, Target) and isinstance(route.target.reference, Inside):
        return model.internet_gateways[route.target.reference.urn].vpc is not None
    return True


def is_table_of(model: NetworkModel, table: Reference, subnet: Reference) -> bool:
    """Tell whether a reference surely means the route table that a subnet follows."""
    followed = model.route_table_of(subnet)
    if isinstance(table, Inside):
        return model.route_tables[table.urn] == followed
    return table == followed


def has_s3_gateway_endpoint(model: NetworkModel, subnet: Reference) -> bool | Unknown:
    """Tell whether a gateway endpoint of S3 adds its route to the table that a subnet follows."""
    answers = [
        _adds_route(model, endpoint, subnet)
        for endpoint in model.vpc_endpoints.values()
        if _may_be_gateway_of_s3(endpoint)
    ]
    return True in answers or next((each for each in answers if isinstance(each, Unknown)), False)


def _may_be_gateway_of_s3(endpoint: VpcEndpoint) -> bool:
    if isinstance(endpoint.type, EndpointType) and endpoint.type is not EndpointType.GATEWAY:
        return False
    return isinstance(endpoint.service, Unknown) or (
        endpoint.service is not None and endpoint.service.name == "s3"
    )


def _adds_route(model: NetworkModel, endpoint: VpcEndpoint, subnet: Reference) -> bool | Unknown:
    """Tell whether an endpoint, taken for a gateway endpoint of S3, has its route in a subnet's table."""
    vpc = model.vpc_of(subnet)
    if vpc is not None and surely_differ(vpc, endpoint.vpc):
        return False
    if isinstance(endpoint.route_tables, Unknown):
        return endpoint.route_tables
    hidden = [part for part in (endpoint.type, endpoint.service) if isinstance(part, Unknown)]
    if any(is_table_of(model, table, subnet) for table in endpoint.route_tables):
        return hidden[0] if hidden else True
    hidden = [table.unknown for table in endpoint.route_tables if isinstance(table, Unresolved)]
    followed = model.route_table_of(subnet)
    if isinstance(followed, Unknown) and endpoint.route_tables:
        hidden.append(followed)
    return hidden[0] if hidden else False


def _leads_to_the_internet(table: RouteTable, kinds: frozenset[TargetKind]) -> bool | Unknown:
    """Tell whether a table leads to the internet by targets of these kinds, or what hides the answer.

    Routes that nobody can see may lead there; they are not taken to override the ones that do.
    """
    seen = [
        (route.destination, route.target)
        for route in table.routes
        if not isinstance(route.destination, Unknown)
    ]
    if _cover_the_internet((to, isinstance(by, Target) and by.kind in kinds) for to, by in seen):
        return True
    if table.unknown_routes is not None:
        return table.unknown_routes
    for route in table.routes:
        if isinstance(route.destination, Unknown):
            if isinstance(route.target, Unknown):
                return route.target
            if route.target.kind in kinds:
                return route.destination
    if _cover_the_internet((to, isinstance(by, Unknown) or by.kind in kinds) for to, by in seen):
        hidden = [(to, by) for to, by in seen if isinstance(by, Unknown)]
        return max(hidden, key=lambda route: (route[0] & PUBLIC_IPV4).size)[1]
    return False


def _cover_the_internet(routes: Iterable[tuple[IntervalSet, bool]]) -> bool:
    """Tell whether the routes with a mark cover the public internet, not all overridden by narrower ones."""
    covered, left, followed = IntervalSet(), PUBLIC_IPV4, False
    for destination, marked in sorted(routes, key=lambda route: (route[0].size, not route[1])):
        if marked:
            covered |= destination
            followed = followed or not left.isdisjoint(destination)
        left -= destination
    return followed and covered.covers(PUBLIC_IPV4)


def _telling(route: Route) -> tuple[int, int, str, str]:
    addresses = IntervalSet() if isinstance(route.destination, Unknown) else route.destination
    return -(addresses & ANY_IPV4).size, -addresses.size, route.origin.urn, route.origin.path
