"""Route tables: own and default ones, routes inline or as resources, and the subnets that follow them."""

from collections.abc import Iterable, Mapping
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
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, required
from mwaa_guardrails.reading.traffic import read_cidr
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
    tables = {vpc.urn: RouteTable(origin=_implied(vpc), routes=()) for vpc in vpcs}
    for properties in (*by_type[OWN], *by_type[DEFAULT]):
        tables[links.key_of(properties.resource.urn)] = _table(properties, links)
    for properties in by_type[ROUTE]:
        match links.one(properties, "routeTableId", Family.ROUTE_TABLE):
            case Inside(urn):
                route = _route(properties, links, "destinationCidrBlock", "destinationIpv6CidrBlock")
                tables[urn] = replace(tables[urn], routes=(*tables[urn].routes, route))
            case Unresolved(unknown, candidates):
                for urn in candidates or tuple(tables):
                    tables[urn] = replace(tables[urn], unknown_routes=unknown)
            case _:
                pass  # a route of a table that lies outside
    for properties in by_type[PROPAGATION]:
        match links.one(properties, "routeTableId", Family.ROUTE_TABLE):
            case Inside(urn):
                tables[urn] = replace(tables[urn], propagated=True)
            case Unresolved(unknown, candidates):
                for urn in candidates:
                    tables[urn] = replace(tables[urn], propagated=tables[urn].propagated or unknown)
            case _:
                pass  # a table that lies outside
    return tables


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


def _table(properties: Properties, links: Links) -> RouteTable:
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
            propagated=propagated,
        )
    hidden = [each for each in objects if isinstance(each, Unknown)]
    return RouteTable(
        origin=properties.origin,
        routes=tuple(
            _route(each, links, "cidrBlock", "ipv6CidrBlock")
            for each in objects
            if isinstance(each, Properties)
        ),
        unknown_routes=hidden[0] if hidden else None,
        owned=owned,
        propagated=propagated,
    )


def _route(properties: Properties, links: Links, *cidr_keys: str) -> Route:
    return Route(
        origin=properties.origin,
        destination=_destination(properties, cidr_keys),
        target=_target(properties, links),
    )


def _destination(properties: Properties, cidr_keys: tuple[str, ...]) -> IntervalSet | Unknown:
    for key in cidr_keys:
        cidr = read_cidr(properties, key)
        if cidr is not None:
            return cidr
    if properties.has("destinationPrefixListId"):
        # A prefix list's addresses are AWS's to state; no resource of a stack does.
        return properties.unknown("destinationPrefixListId", Reason.NOT_PUBLISHED)
    return properties.unknown(cidr_keys[0], Reason.MALFORMED)


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
