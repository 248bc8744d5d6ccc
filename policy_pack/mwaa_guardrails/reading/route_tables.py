"""Route tables: own and default ones, routes inline or as resources, and the subnets that follow them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mwaa_guardrails.aws.model import (
    Association,
    Inside,
    Origin,
    Outside,
    Reference,
    Route,
    RouteTable,
    Target,
    TargetKind,
    Unresolved,
)
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.reading.prefix_lists import PrefixList, read_prefix_lists
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, required
from mwaa_guardrails.reading.traffic import read_cidr
from mwaa_guardrails.reading.vpcs import DEFAULT_VPC
from mwaa_guardrails.unknown import Reason, Unknown

OWN = "aws:ec2/routeTable:RouteTable"
DEFAULT = "aws:ec2/defaultRouteTable:DefaultRouteTable"
ROUTE = "aws:ec2/route:Route"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
MAIN = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"
PROPAGATION = "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation"

# EC2 takes the ids of several kinds of gateway under `gatewayId`; an id says by its beginning what it is.
_KIND_OF_ID = {
    "igw": TargetKind.INTERNET_GATEWAY,
    "nat": TargetKind.NAT_GATEWAY,
    "eigw": TargetKind.EGRESS_ONLY_INTERNET_GATEWAY,
    "local": TargetKind.LOCAL,
}
_KIND_OF_FAMILY = {
    Family.INTERNET_GATEWAY: TargetKind.INTERNET_GATEWAY,
    Family.NAT_GATEWAY: TargetKind.NAT_GATEWAY,
    Family.EGRESS_ONLY_INTERNET_GATEWAY: TargetKind.EGRESS_ONLY_INTERNET_GATEWAY,
    Family.VPC_ENDPOINT: TargetKind.ELSEWHERE,
}
# Each property that names a gateway in the stack: what it may refer to, and what it always leads to.
_GATEWAYS = (
    ("gatewayId", (Family.INTERNET_GATEWAY, Family.NAT_GATEWAY, Family.VPC_ENDPOINT), None),
    ("natGatewayId", (Family.NAT_GATEWAY,), TargetKind.NAT_GATEWAY),
    (
        "egressOnlyGatewayId",
        (Family.EGRESS_ONLY_INTERNET_GATEWAY,),
        TargetKind.EGRESS_ONLY_INTERNET_GATEWAY,
    ),
)
_OTHER_TARGETS = (
    ("transitGatewayId", TargetKind.ELSEWHERE),
    ("vpcPeeringConnectionId", TargetKind.ELSEWHERE),
    ("vpcEndpointId", TargetKind.ELSEWHERE),
    ("carrierGatewayId", TargetKind.ELSEWHERE),
    ("localGatewayId", TargetKind.ELSEWHERE),
    ("coreNetworkArn", TargetKind.ELSEWHERE),
    ("odbNetworkArn", TargetKind.ELSEWHERE),
    # Computed when the program names another target, so they are asked last.
    ("networkInterfaceId", TargetKind.NAT_INSTANCE),
    ("instanceId", TargetKind.NAT_INSTANCE),
)


def read_route_tables(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links, vpcs: Iterable[Origin]
) -> dict[str, RouteTable]:
    """Return every route table under its URN, a VPC's own main table under the URN of the VPC."""
    lists = read_prefix_lists(by_type, links)
    # What AWS made with the account has a main table that anybody may have changed.
    tables = {
        vpc.urn: RouteTable(origin=_implied(vpc), routes=(), unseen=vpc.type == DEFAULT_VPC) for vpc in vpcs
    }
    for properties in (*by_type[OWN], *by_type[DEFAULT]):
        tables[links.key_of(properties.resource.urn)] = _table(properties, links, lists)
    for properties in by_type[ROUTE]:
        match links.one(properties, "routeTableId", Family.ROUTE_TABLE):
            case Inside(urn):
                keys = ("destinationCidrBlock", "destinationIpv6CidrBlock")
                routes = tuple(_routes(properties, links, lists, keys))
                tables[urn] = replace(tables[urn], routes=(*tables[urn].routes, *routes))
            case Unresolved(unknown, candidates):
                for urn in candidates or tuple(tables):
                    tables[urn] = replace(tables[urn], unknown_routes=unknown)
            case _:
                pass  # a route of a table that lies outside
    for properties in by_type[PROPAGATION]:
        match links.one(properties, "routeTableId", Family.ROUTE_TABLE):
            case Inside(urn):
                tables[urn] = replace(tables[urn], unseen=True)
            case Unresolved(unknown, candidates):
                for urn in candidates or tuple(tables):
                    tables[urn] = replace(tables[urn], unseen=tables[urn].unseen or unknown)
            case _:
                pass  # a table that lies outside
    return {urn: replace(table, recalled=tuple(_unclaimed(table))) for urn, table in tables.items()}


def _unclaimed(table: RouteTable) -> Iterator[Route]:
    """Return what a table had to destinations for which no resource states a route; it has one for each."""
    stated = {route.destination for route in table.routes}
    return (route for route in table.recalled if route.destination not in stated)


def read_route_table_associations(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links
) -> tuple[Association, ...]:
    """Return which subnet follows which route table; associations of gateways are none of these."""
    return tuple(
        _association(properties, links, "subnetId", Family.SUBNET)
        for properties in by_type[ASSOCIATION]
        if properties.has("subnetId")
    )


def read_main_route_tables(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links
) -> tuple[Association, ...]:
    """Return which VPC has which table as its main one, where a resource says so."""
    return tuple(_association(properties, links, "vpcId", Family.VPC) for properties in by_type[MAIN])


def _association(properties: Properties, links: Links, member_key: str, member: Family) -> Association:
    return Association(
        origin=properties.origin,
        member=required(links.one(properties, member_key, member), properties, member_key),
        target=required(
            links.one(properties, "routeTableId", Family.ROUTE_TABLE), properties, "routeTableId"
        ),
    )


def _implied(vpc: Origin) -> Origin:
    return Origin(urn=vpc.urn, type=vpc.type, name=vpc.name, path="mainRouteTableId", implied=True)


def _table(properties: Properties, links: Links, lists: Mapping[str, PrefixList]) -> RouteTable:
    objects = properties.objects("routes")
    owned = properties.is_written("routes")
    gateways = properties.items("propagatingVgws")
    propagated = gateways if isinstance(gateways, Unknown) else bool(gateways)
    if isinstance(objects, Unknown):
        return RouteTable(
            origin=properties.origin,
            routes=(),
            unknown_routes=objects,
            owned=owned,
            unseen=propagated,
        )
    hidden = [each for each in objects if isinstance(each, Unknown)]
    listed = tuple(
        route
        for each in objects
        if isinstance(each, Properties)
        for route in _routes(each, links, lists, ("cidrBlock", "ipv6CidrBlock"))
    )
    recalled = properties.recalled("routes") is not None
    return RouteTable(
        origin=properties.origin,
        routes=() if recalled else listed,
        recalled=listed if recalled else (),
        unknown_routes=hidden[0] if hidden else None,
        owned=owned,
        unseen=propagated,
    )


def _routes(
    properties: Properties, links: Links, lists: Mapping[str, PrefixList], cidr_keys: tuple[str, ...]
) -> Iterator[Route]:
    """Return what one line states: a route, or one for each block of a prefix list of one's own."""
    target = _target(properties, links)
    for destination in _destinations(properties, links, lists, cidr_keys):
        yield Route(origin=properties.origin, destination=destination, target=target)


def _destinations(
    properties: Properties, links: Links, lists: Mapping[str, PrefixList], cidr_keys: tuple[str, ...]
) -> tuple[IntervalSet | Unknown, ...]:
    for key in cidr_keys:
        cidr = read_cidr(properties, key)
        if cidr is not None:
            return (cidr,)
    match links.one(properties, "destinationPrefixListId", Family.PREFIX_LIST):
        case None:
            return (properties.unknown(cidr_keys[0], Reason.MALFORMED),)
        case Inside(urn) if urn in lists:
            return lists[urn]
        case Unresolved(unknown):
            return (unknown,)
        case _:
            # The addresses of a list that lies outside, or of an AWS service, are AWS's to state.
            return (properties.unknown("destinationPrefixListId", Reason.NOT_PUBLISHED),)


def _target(properties: Properties, links: Links) -> Target | Unknown:
    for key, families, always in _GATEWAYS:
        if properties.has(key):
            reference = required(links.one(properties, key, *families), properties, key)
            kind = always or _kind_of(reference, links)
            return kind if isinstance(kind, Unknown) else Target(kind=kind, reference=reference)
    for key, kind in _OTHER_TARGETS:
        text = properties.text(key) if properties.has(key) else None
        if text is not None:
            reference = Unresolved(text) if isinstance(text, Unknown) else Outside(text)
            return Target(kind=kind, reference=reference)
    return properties.unknown("gatewayId", Reason.MALFORMED)


def _kind_of(reference: Reference, links: Links) -> TargetKind | Unknown:
    """Return what an id under `gatewayId` leads to: by the resource, or by how the id begins."""
    if isinstance(reference, Inside):
        return _KIND_OF_FAMILY[links.families[reference.urn]]
    if isinstance(reference, Outside):
        return _KIND_OF_ID.get(reference.id.partition("-")[0], TargetKind.ELSEWHERE)
    # All candidates are of one family.
    if reference.candidates:
        return _KIND_OF_FAMILY[links.families[reference.candidates[0]]]
    return reference.unknown
