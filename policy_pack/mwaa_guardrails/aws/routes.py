"""Where route tables lead: routes to internet gateways, and whether an environment has a way out at all.

Sources: "About networking on Amazon MWAA", public and private routing; "Route table concepts" and "Route
priority" in the Amazon VPC User Guide.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import (
    EndpointType,
    Environment,
    Inside,
    NatGateway,
    NetworkModel,
    Outside,
    Reference,
    References,
    Route,
    RouteTable,
    Routing,
    Subnet,
    Target,
    TargetKind,
    Unresolved,
    VpcEndpoint,
    surely_differ,
)
from mwaa_guardrails.net.addresses import ANY_IPV4, PUBLIC_IPV4
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Reason, Unknown


class WayOut(StrEnum):
    """How a subnet, or a whole environment, reaches the public internet."""

    INTERNET = "by a NAT device or an internet gateway"
    ELSEWHERE = "by something outside the VPC"
    NONE = "not at all"
    UNSEEN = "by routes that lie outside this stack"


NAT_DEVICES: Final = frozenset({TargetKind.NAT_GATEWAY, TargetKind.NAT_INSTANCE})
INTERNET_GATEWAYS: Final = frozenset({TargetKind.INTERNET_GATEWAY})
_TO_THE_INTERNET = NAT_DEVICES | INTERNET_GATEWAYS
_OUT_OF_THE_VPC = _TO_THE_INTERNET | {TargetKind.ELSEWHERE}

# Whether a target leads to the internet.
Leads: TypeAlias = Callable[[Target], bool | Unknown]


def internet_gateway_routes(table: RouteTable) -> tuple[Route, ...]:
    """Return the routes of a table that lead to an internet gateway: IPv4 first, then the widest."""
    return routes_to(table, INTERNET_GATEWAYS)


def routes_to(table: RouteTable, kinds: frozenset[TargetKind]) -> tuple[Route, ...]:
    """Return the routes of a table that lead to targets of these kinds: IPv4 first, then the widest."""
    found = [
        route for route in table.routes if isinstance(route.target, Target) and route.target.kind in kinds
    ]
    return tuple(sorted(found, key=_telling))


def hidden_routes(table: RouteTable, kinds: frozenset[TargetKind]) -> tuple[Unknown, ...]:
    """Return what may be, or turn out to be, routes to targets of these kinds.

    Targets and routes that nobody can see yet, and routes that may be gone.
    """
    hidden = [route.target for route in table.routes if isinstance(route.target, Unknown)]
    hidden += (
        _recalled(route)
        for route in table.recalled
        if isinstance(route.target, Unknown) or route.target.kind in kinds
    )
    return tuple(hidden) if table.unknown_routes is None else (*hidden, table.unknown_routes)


def _recalled(route: Route) -> Unknown:
    return Unknown(urn=route.origin.urn, path=route.origin.path, reason=Reason.RECALLED)


def route_of(table: RouteTable, address: int) -> Route | None:
    """Return the route that takes packets to an address: the most specific one ("Longest prefix match").

    A route whose destination cannot be known is left out.
    """
    matching = [
        (route.destination.size, *_telling(route), route)
        for route in table.routes
        if isinstance(route.destination, IntervalSet) and address in route.destination
    ]
    return min(matching, key=lambda match: match[:-1])[-1] if matching else None


def public_subnets_of(model: NetworkModel, vpc: Inside) -> tuple[Subnet, ...] | None:
    """Return the public subnets of a VPC; None where another subnet may turn out to be one."""
    if model.vpcs[vpc.urn].adopted:
        return None
    public: list[Subnet] = []
    for urn, subnet in model.subnets.items():
        if surely_differ(subnet.vpc, vpc):
            continue
        table = model.route_table_of(Inside(urn))
        if isinstance(subnet.vpc, Unresolved) or not isinstance(table, RouteTable):
            return None
        if internet_gateway_routes(table):
            public.append(subnet)
        elif hidden_routes(table, INTERNET_GATEWAYS):
            return None
    return tuple(public)


def routing_of(model: NetworkModel, environment: Environment) -> WayOut | Unknown:
    """Return how an environment reaches the internet, judged by the effective routes of its subnets.

    A declared routing wins as the intention. One subnet with a way to the internet makes the whole
    environment public, so as long as a subnet may turn out to have one, no other answer is given. So does a
    route to a public NAT gateway that covers only a part of the internet: with private routing there is none.
    """
    if isinstance(environment.intention, Unknown):
        return environment.intention
    if environment.intention is not None:
        return WayOut.INTERNET if environment.intention is Routing.PUBLIC else WayOut.NONE
    if isinstance(environment.subnets, Unknown):
        return environment.subnets
    subnets = environment.subnets or ()
    ways = [way_out(model, subnet) for subnet in subnets]
    partial = [
        _uses_public_nat(model, subnet)
        for subnet, way in zip(subnets, ways, strict=True)
        if way is WayOut.NONE
    ]
    if WayOut.INTERNET in ways or True in partial:
        return WayOut.INTERNET
    for answer in (*ways, *partial):
        if isinstance(answer, Unknown):
            return answer
    strongest_first = (WayOut.UNSEEN, WayOut.ELSEWHERE, WayOut.NONE)
    return next((way for way in strongest_first if way in ways), WayOut.UNSEEN)


def way_out(model: NetworkModel, subnet: Reference) -> WayOut | Unknown:
    """Return how a subnet reaches the internet, by its effective route table.

    Routes that no resource shows count only where no route of the stack leads out: a static one wins over one
    to the same destination that a virtual private gateway propagates ("Route priority").
    """
    table = model.route_table_of(subnet)
    if isinstance(table, Outside):
        return WayOut.UNSEEN
    if isinstance(table, Unknown):
        return table
    for way, kinds in ((WayOut.INTERNET, _TO_THE_INTERNET), (WayOut.ELSEWHERE, _OUT_OF_THE_VPC)):
        leads = leads_to_the_internet(table, by_kind(kinds))
        if isinstance(leads, Unknown):
            return leads
        if leads:
            return way
    if isinstance(table.unseen, Unknown):
        return table.unseen
    return WayOut.UNSEEN if table.unseen else WayOut.NONE


def _uses_public_nat(model: NetworkModel, subnet: Reference) -> bool | Unknown:
    """Tell whether any route of a subnet leads to a public NAT gateway, whatever its destination."""
    table = model.route_table_of(subnet)
    routes, recalled = (table.routes, table.recalled) if isinstance(table, RouteTable) else ((), ())
    answers = [is_public_nat(model, route.target) for route in routes]
    if True in answers:
        return True
    answers += (_recalled(route) for route in recalled if is_public_nat(model, route.target) is not False)
    return next((each for each in answers if isinstance(each, Unknown)), False)


def is_public_nat(model: NetworkModel, target: Target | Unknown) -> bool | Unknown:
    """Tell whether a target is a public NAT gateway for sure; one outside may be private, so it is not."""
    if isinstance(target, Unknown):
        return target
    if target.kind is not TargetKind.NAT_GATEWAY:
        return False
    match target.reference:
        case Inside(urn):
            return model.nat_gateways[urn].public
        case Unresolved(unknown, candidates):
            answers = {model.nat_gateways[urn].public for urn in candidates}
            return answers.pop() if len(answers) == 1 else unknown
        case _:
            return False


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
    listed = lists_table_of(model, endpoint.route_tables, subnet)
    hidden = [part for part in (endpoint.type, endpoint.service) if isinstance(part, Unknown)]
    return hidden[0] if listed is True and hidden else listed


def lists_table_of(model: NetworkModel, tables: References, subnet: Reference) -> bool | Unknown:
    """Tell whether a list of route tables holds the one that a subnet follows."""
    listed = (tables,) if isinstance(tables, Unresolved) else tables
    if any(is_table_of(model, table, subnet) for table in listed):
        return True
    followed = model.route_table_of(subnet)
    for table in listed:
        if isinstance(table, Unresolved) and (
            isinstance(followed, Unknown)
            or not table.candidates
            or any(model.route_tables[urn] == followed for urn in table.candidates)
        ):
            return table.unknown
    return followed if listed and isinstance(followed, Unknown) else False


def by_kind(kinds: frozenset[TargetKind]) -> Leads:
    """Return the answer by the kind of a target alone."""
    return lambda target: target.kind in kinds


def leads_to_the_internet(table: RouteTable, leads: Leads) -> bool | Unknown:
    """Tell whether a table leads to the internet by targets that lead there, or what hides the answer.

    All public addresses of IPv4 must be covered. Narrower routes may take some of them another way, though
    not all. Routes that nobody can see may lead there; they are not taken to override the ones that do.
    Routes that may be gone hide the answer where it is another with them than without.
    """
    without = _lead(table, table.routes, leads)
    if not table.recalled or without == _lead(table, (*table.routes, *table.recalled), leads):
        return without
    deciding = (route for route in table.recalled if _leading(route, leads) is not False)
    return _recalled(next(deciding, table.recalled[0]))


def _lead(table: RouteTable, routes: tuple[Route, ...], leads: Leads) -> bool | Unknown:
    answers = [(route.destination, _leading(route, leads)) for route in routes]
    seen = [(to, leading) for to, leading in answers if not isinstance(to, Unknown)]
    if _cover_the_internet((to, leading is True) for to, leading in seen):
        return True
    if table.unknown_routes is not None:
        return table.unknown_routes
    for destination, leading in answers:
        if isinstance(destination, Unknown) and leading is not False:
            return destination if leading is True else leading
    if _cover_the_internet((to, leading is not False) for to, leading in seen):
        hidden = [(to, leading) for to, leading in seen if isinstance(leading, Unknown)]
        return max(hidden, key=lambda route: (route[0] & PUBLIC_IPV4).size)[1]
    return False


def _leading(route: Route, leads: Leads) -> bool | Unknown:
    return route.target if isinstance(route.target, Unknown) else leads(route.target)


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
