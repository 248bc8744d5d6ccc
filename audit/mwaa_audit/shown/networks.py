"""From the pack's model to what is shown of an environment's network."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from mwaa_audit.shown.parts import entry_of, id_of, part_of, target_of
from mwaa_audit.shown.values import (
    ShownAcl,
    ShownEndpoint,
    ShownEntry,
    ShownGateway,
    ShownGroup,
    ShownNetwork,
    ShownRoute,
    ShownRouteTable,
    ShownRule,
    ShownSubnet,
    ShownVpc,
)
from mwaa_guardrails.aws.ids import is_id
from mwaa_guardrails.aws.model import (
    Direction,
    EndpointType,
    Entry,
    Environment,
    Inside,
    NetworkAcl,
    NetworkModel,
    Outside,
    Peer,
    PeerKind,
    Reference,
    Route,
    RouteTable,
    Rule,
    Service,
    Subnet,
    Target,
    TargetKind,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.routes import internet_gateway_routes, nat_gateways_of
from mwaa_guardrails.aws.vpc_endpoints import endpoints_of, listed, vpc_of
from mwaa_guardrails.documents.endpoint_services import OPTIONAL_ENDPOINT_SERVICES
from mwaa_guardrails.documents.facts import REQUIRED_ENDPOINT_SERVICES
from mwaa_guardrails.messages import words
from mwaa_guardrails.unknown import Unknown

_Value = TypeVar("_Value")

# A program may write any text where the name of a service belongs.
_SERVICES: Final = frozenset(
    each.suffix for each in (*REQUIRED_ENDPOINT_SERVICES, *OPTIONAL_ENDPOINT_SERVICES)
)
_DIRECTIONS: Final = (Direction.INGRESS, Direction.EGRESS)


def shown_network(
    model: NetworkModel, environment: Environment, stack: str, location: str = ""
) -> ShownNetwork:
    """Return what is shown of the network of an environment.

    Args:
        model: The network, of one or more stacks.
        environment: An environment of the model.
        stack: The environment's stack, as `project/stack`.
        location: The file that it was judged in by itself.
    """
    own = () if isinstance(environment.subnets, Unknown) else environment.subnets or ()
    vpc = vpc_of(model, environment)
    nats = tuple(
        {each.origin.urn: each for subnet in own for each in nat_gateways_of(model, subnet)}.values()
    )
    hosts = [each.subnet for each in nats if each.subnet is not None]
    around = _unique([*own, *(each for each in hosts if each not in own)])
    tables = _tables(model, around)
    endpoints = () if vpc is None or isinstance(vpc, Unresolved) else endpoints_of(model, vpc)
    groups = () if isinstance(environment.security_groups, Unknown) else environment.security_groups or ()
    carried = (
        group
        for each in endpoints
        if each.type is not EndpointType.GATEWAY
        for group in listed(each.security_groups)
    )
    return ShownNetwork(
        stack=stack,
        environment=environment.name,
        vpc=_vpc(model, vpc),
        subnets=tuple(
            _subnet(model, each, number, of_environment=each in own) for number, each in enumerate(around, 1)
        ),
        others=sum(each.vpc == vpc and Inside(urn) not in around for urn, each in model.subnets.items()),
        subnets_known=not isinstance(environment.subnets, Unknown),
        route_tables=tuple(map(_table, tables)),
        acls=tuple(map(_acl, _acls(model, around))),
        groups=tuple(_groups(model, groups, carried)),
        gateways=tuple(_gateways(model, tables)),
        endpoints=tuple(_endpoint(model, each) for each in endpoints),
        urn=environment.origin.urn,
        location=location,
    )


def _unique(references: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(references))


def _known(value: _Value | Unknown) -> _Value | None:
    return None if isinstance(value, Unknown) else value


def _vpc(model: NetworkModel, reference: Reference | None) -> ShownVpc | None:
    if reference is None:
        return None
    if not isinstance(reference, Inside):
        label = words.vpc(reference)
        return ShownVpc(id=part_of(reference), label=label, blocks=None, dns_support=None, dns_hostnames=None)
    vpc = model.vpcs[reference.urn]
    return ShownVpc(
        id=id_of(vpc.origin),
        label=words.label(vpc.origin),
        blocks=words.blocks(vpc.cidr),
        dns_support=_known(vpc.dns_support),
        dns_hostnames=_known(vpc.dns_hostnames),
    )


def _subnet(model: NetworkModel, reference: Reference, number: int, *, of_environment: bool) -> ShownSubnet:
    table = model.route_table_of(reference)
    possible = model.network_acls_of(reference).acls
    subnet = model.subnets[reference.urn] if isinstance(reference, Inside) else None
    return ShownSubnet(
        # One that nobody knows is a part as well.
        id=part_of(reference) or f"subnet {number}",
        label=words.subnet(reference),
        blocks=words.blocks(subnet.cidr) if subnet else None,
        zone=_zone(subnet) if subnet else None,
        of_environment=of_environment,
        public=bool(internet_gateway_routes(table)) if isinstance(table, RouteTable) else None,
        route_table=id_of(table.origin) if isinstance(table, RouteTable) else None,
        acls=tuple(id_of(each.origin) for each in possible if isinstance(each, NetworkAcl)),
    )


def _zone(subnet: Subnet) -> str | None:
    given = [each for each in (subnet.zone, subnet.zone_id) if each is not None]
    known = next((each for each in given if isinstance(each, str)), None)
    if known is not None:
        return words.zone(known)
    return None if given else ""


def _tables(model: NetworkModel, subnets: Iterable[Reference]) -> tuple[RouteTable, ...]:
    followed = (model.route_table_of(each) for each in subnets)
    return tuple({id_of(each.origin): each for each in followed if isinstance(each, RouteTable)}.values())


def _table(table: RouteTable) -> ShownRouteTable:
    return ShownRouteTable(
        id=id_of(table.origin),
        label=words.label(table.origin),
        routes=tuple(_route(each) for each in table.routes),
        complete=table.unknown_routes is None and table.unseen is False and not table.recalled,
    )


def _route(route: Route) -> ShownRoute:
    target = route.target if isinstance(route.target, Target) else None
    return ShownRoute(
        id=id_of(route.origin),
        destinations=words.blocks(route.destination),
        target=words.target(route.target),
        kind=target.kind if target else None,
        part=target_of(target) if target else "",
    )


def _gateways(model: NetworkModel, tables: Iterable[RouteTable]) -> Iterator[ShownGateway]:
    """Yield what routes lead to, once each; what is not at hand counts as one of its kind and id."""
    told: set[tuple[TargetKind, str]] = set()
    for route in (each for table in tables for each in table.routes):
        target = route.target
        if isinstance(target, Unknown) or target.kind is TargetKind.LOCAL:
            continue
        part = target_of(target)
        if (target.kind, part) not in told:
            told.add((target.kind, part))
            yield _gateway(model, target, part)


def _gateway(model: NetworkModel, target: Target, part: str) -> ShownGateway:
    nat = model.nat_gateways.get(part)
    return ShownGateway(
        id=part,
        label=words.target(target),
        kind=target.kind,
        subnet=part_of(nat.subnet) if nat is not None and nat.subnet is not None else "",
        public=None if nat is None else _known(nat.public),
    )


def _acls(model: NetworkModel, subnets: Iterable[Reference]) -> tuple[NetworkAcl, ...]:
    possible = (each for subnet in subnets for each in model.network_acls_of(subnet).acls)
    return tuple({id_of(each.origin): each for each in possible if isinstance(each, NetworkAcl)}.values())


def _acl(acl: NetworkAcl) -> ShownAcl:
    entries = sorted(acl.entries, key=_order)
    return ShownAcl(id=id_of(acl.origin), label=words.label(acl.origin), entries=tuple(map(_entry, entries)))


def _order(entry: Entry) -> tuple[int, bool, int, str]:
    known = isinstance(entry.number, int)
    number = entry.number if isinstance(entry.number, int) else 0
    return _DIRECTIONS.index(entry.direction), not known, number, id_of(entry.origin)


def _entry(entry: Entry) -> ShownEntry:
    traffic, ports, remotes = words.matched(entry.pattern)
    return ShownEntry(
        id=entry_of(entry),
        direction=entry.direction,
        number=_known(entry.number),
        traffic=traffic,
        ports=ports,
        remotes=remotes,
        action=_known(entry.action),
    )


def _groups(
    model: NetworkModel, own: Iterable[Reference], carried: Iterable[Reference]
) -> Iterator[ShownGroup]:
    given = _unique(own)
    for reference in _unique([*given, *carried]):
        if isinstance(reference, Inside):
            group = model.security_groups[reference.urn]
            rules = sorted(
                group.rules, key=lambda each: (_DIRECTIONS.index(each.direction), id_of(each.origin))
            )
            yield ShownGroup(
                id=id_of(group.origin),
                label=words.label(group.origin),
                of_environment=reference in given,
                rules=tuple(_rule(model, each) for each in rules),
            )
        elif reference in given:
            yield ShownGroup(
                id=part_of(reference), label=words.security_group(reference), of_environment=True, rules=()
            )


def _rule(model: NetworkModel, rule: Rule) -> ShownRule:
    traffic, ports, remotes = words.matched(rule.pattern)
    return ShownRule(
        id=id_of(rule.origin),
        direction=rule.direction,
        traffic=traffic,
        ports=ports,
        peers=_peers(model, rule.peer, remotes),
    )


def _peers(
    model: NetworkModel, peer: Peer | Unknown, remotes: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    if isinstance(peer, Unknown) or isinstance(peer.reference, Unresolved):
        return None
    match peer:
        case Peer(kind=PeerKind.SECURITY_GROUP, reference=Inside(urn)):
            return (words.label(model.security_groups[urn].origin),)
        case Peer(kind=PeerKind.SECURITY_GROUP, reference=Outside() as outside):
            return (words.security_group(outside),)
        case Peer(kind=PeerKind.PREFIX_LIST, reference=Outside(id_)) if is_id(id_):
            return (f"prefix list {id_}",)
        case Peer(kind=PeerKind.PREFIX_LIST):
            return ("a prefix list",)
    return remotes


def _endpoint(model: NetworkModel, endpoint: VpcEndpoint) -> ShownEndpoint:
    type_ = _known(endpoint.type)
    places = endpoint.route_tables if type_ is EndpointType.GATEWAY else endpoint.subnets
    standing = listed(places)
    carried = () if type_ is EndpointType.GATEWAY else listed(endpoint.security_groups)
    return ShownEndpoint(
        id=id_of(endpoint.origin),
        label=words.label(endpoint.origin),
        service=_service(endpoint),
        type=type_,
        private_dns=_known(endpoint.private_dns),
        places=tuple(part for each in standing if (part := _place(model, each, type_))),
        groups=tuple(_group_label(model, each) for each in carried),
        complete=not any(isinstance(each, Unresolved) for each in standing),
    )


def _place(model: NetworkModel, reference: Reference, type_: EndpointType | None) -> str:
    if isinstance(reference, Inside) and type_ is EndpointType.GATEWAY:
        return id_of(model.route_tables[reference.urn].origin)
    return part_of(reference)


def _group_label(model: NetworkModel, reference: Reference) -> str:
    if isinstance(reference, Inside):
        return words.label(model.security_groups[reference.urn].origin)
    return words.security_group(reference)


def _service(endpoint: VpcEndpoint) -> str | None:
    if endpoint.environment_service is not None:
        part = endpoint.environment_service.part
        return "" if part is None else part.value
    match endpoint.service:
        case Service(name=name) if name in _SERVICES:
            return name
        case Unknown():
            return None
    return ""
