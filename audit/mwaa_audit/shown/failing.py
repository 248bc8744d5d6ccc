"""From what is wrong to the paths that fail: where each comes from, where it should go, and what decides.

Faults that are about no packet and no way, such as a wrong number of subnets, have none.
"""

import ipaddress
from collections.abc import Iterator
from itertools import chain
from typing import Final

from mwaa_audit.shown.parts import entry_of, id_of, last_entry_of, part_of, target_of
from mwaa_audit.shown.values import EndKind, FailingPath, PathEnd
from mwaa_guardrails.aws.ids import is_id
from mwaa_guardrails.aws.model import (
    Direction,
    Entry,
    NetworkModel,
    Origin,
    Outside,
    Reference,
    Route,
    RouteTable,
    Target,
)
from mwaa_guardrails.faults import (
    BlockedFlow,
    BlockedOutbound,
    BlockedTraffic,
    DeniedRequests,
    MissingCustomerEndpoints,
    MissingEndpoints,
    NatLeadsNowhere,
    NoPrivateDns,
    NoRouteToNat,
    NoSelfReference,
    NotAttached,
    Outbound,
    Part,
    PublicSubnet,
    ReachesInternet,
    RefusesEnvironment,
    WayOutElsewhere,
    WrongEndpointType,
)
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import words

_INTERNET: Final = PathEnd(kind=EndKind.INTERNET, label="the internet")
_NO_RULE: Final = "no rule allows it"
_DISPUTED: Final = "AWS's documents disagree on whether a rule allows it"
_ANY: Final = "any packet"


def failing_paths(model: NetworkModel, finding: Finding) -> tuple[FailingPath, ...]:
    """Return the paths that a finding is about, once each; none where it is about no packet and no way."""
    own = PathEnd(kind=EndKind.ENVIRONMENT, label=words.environment(finding.environment))
    found = chain(_at_filters(model, finding, own), _on_routes(model, finding), _at_endpoints(finding, own))
    return tuple(dict.fromkeys(found))


def _at_filters(model: NetworkModel, finding: Finding, own: PathEnd) -> Iterator[FailingPath]:
    match finding.fault:
        case BlockedTraffic(direction=direction, flows=flows):
            yield from (_blocked(model, finding.subject, direction, each) for each in flows)
        case BlockedOutbound() as fault:
            yield from _outbound(finding.subject, own, fault)
        case NoSelfReference() as fault:
            yield from _self_reference(finding.subject, own, fault)


def _on_routes(model: NetworkModel, finding: Finding) -> Iterator[FailingPath]:
    match finding.fault:
        case (PublicSubnet() | ReachesInternet() | WayOutElsewhere()) as fault:
            yield _way(fault.subnet, fault.table, fault.route, arrives=True)
        case NatLeadsNowhere() as fault:
            yield _dead_end(model, fault)
        case NoRouteToNat() as fault:
            yield _no_way(fault)


def _at_endpoints(finding: Finding, own: PathEnd) -> Iterator[FailingPath]:
    subject = finding.subject
    match finding.fault:
        case MissingEndpoints(services=services):
            yield from (_missing(own, each) for each in services)
        case MissingCustomerEndpoints(parts=parts):
            yield from (_missing(own, each.value) for each in parts)
        case NotAttached() as fault:
            yield from _not_attached(subject, own, fault)
        case RefusesEnvironment() as fault:
            yield from _refused(subject, own, fault)
        case NoPrivateDns(service=service, by=by):
            yield _at_endpoint(own, subject, f"the name of {service}", "private DNS is off", id_of(by))
        case WrongEndpointType():
            yield _at_endpoint(own, subject, _ANY, "its type has no interfaces", id_of(subject))
        case DeniedRequests(requests=requests):
            yield from (
                FailingPath(
                    asked=each.action,
                    purpose=each.purpose.value,
                    source=own,
                    target=_endpoint(subject),
                    decider="the endpoint's policy denies it",
                    part=id_of(subject),
                    line="",
                )
                for each in requests
            )


def _blocked(model: NetworkModel, acl: Origin, direction: Direction, flow: BlockedFlow) -> FailingPath:
    near, far = _subnet(flow.subnet), _owner(model, flow.subnet, flow.witness.remote)
    inward = direction is Direction.INGRESS
    by = flow.decision.by
    return FailingPath(
        asked=words.packet(flow.witness),
        purpose=flow.purpose.value,
        source=far if inward else near,
        target=near if inward else far,
        decider=words.decider(flow.decision, direction),
        part=id_of(acl),
        line=entry_of(by) if isinstance(by, Entry) else last_entry_of(id_of(acl), direction),
        at_source=not inward,
    )


def _owner(model: NetworkModel, near: Reference, remote: str) -> PathEnd:
    """Return where a far address is: in a subnet of the same VPC, or out of it."""
    address = ipaddress.ip_address(remote)
    vpc = model.vpc_of(near)
    for urn, subnet in model.subnets.items():
        blocks = words.blocks(subnet.cidr) or ()
        if subnet.vpc == vpc and any(address in ipaddress.ip_network(block) for block in blocks):
            return PathEnd(kind=EndKind.SUBNET, label=f"{words.label(subnet.origin)} ({remote})", part=urn)
    return PathEnd(kind=EndKind.INTERNET, label=f"the internet ({remote})")


def _outbound(group: Origin, own: PathEnd, fault: BlockedOutbound) -> Iterator[FailingPath]:
    for each in fault.refused:
        inside = each.toward in {Outbound.TO_ITSELF, Outbound.TO_ENDPOINTS}
        target = own if inside else PathEnd(kind=EndKind.INTERNET, label=each.toward.value)
        yield FailingPath(
            asked=words.packet(each.witness),
            purpose=each.toward.value,
            source=own,
            target=target,
            decider=_DISPUTED if fault.disputed else _NO_RULE,
            part=id_of(group),
            line="",
            at_source=True,
        )


def _self_reference(group: Origin, own: PathEnd, fault: NoSelfReference) -> Iterator[FailingPath]:
    for each in fault.denied:
        yield FailingPath(
            asked=words.packet(each.share.witness()),
            purpose="",
            source=own,
            target=own,
            decider=_NO_RULE,
            part=id_of(group),
            line="",
        )


def _way(subnet: Reference, table: Origin, route: Route, *, arrives: bool) -> FailingPath:
    return FailingPath(
        asked=_ANY,
        purpose="",
        source=_subnet(subnet),
        target=_gateway(route.target) if isinstance(route.target, Target) else _INTERNET,
        decider=f"the route {words.route(route)}",
        part=id_of(table),
        line=id_of(route.origin),
        arrives=arrives,
    )


def _dead_end(model: NetworkModel, fault: NatLeadsNowhere) -> FailingPath:
    followed = model.route_table_of(fault.subnet)
    gateway = words.label(fault.gateway)
    return FailingPath(
        asked=_ANY,
        purpose="",
        source=_subnet(fault.subnet),
        target=PathEnd(kind=EndKind.GATEWAY, label=gateway, part=fault.gateway.urn),
        decider=f"{gateway} {fault.state.value}",
        part=id_of(followed.origin) if isinstance(followed, RouteTable) else "",
        line=id_of(fault.route.origin),
    )


def _no_way(fault: NoRouteToNat) -> FailingPath:
    taken = "no route takes it to a NAT device"
    if fault.taken is not None:
        taken = f"the route {words.route(fault.taken)}"
    return FailingPath(
        asked=_ANY,
        purpose="",
        source=_subnet(fault.subnet),
        target=_INTERNET,
        decider=taken,
        part=id_of(fault.table),
        line=id_of(fault.taken.origin) if fault.taken is not None else "",
        at_source=True,
    )


def _missing(own: PathEnd, service: str) -> FailingPath:
    return FailingPath(
        asked="TCP 443",
        purpose=service,
        source=own,
        target=PathEnd(kind=EndKind.MISSING, label=f"{service}, without an endpoint", part=service),
        decider="no VPC endpoint takes it",
        part="",
        line="",
    )


def _not_attached(endpoint: Origin, own: PathEnd, fault: NotAttached) -> Iterator[FailingPath]:
    for each in fault.lacking or (None,):
        source = own
        if each is not None:
            source = PathEnd(kind=EndKind.SUBNET, label=_label(each, "subnet"), part=_part(each))
        yield FailingPath(
            asked=_ANY,
            purpose="",
            source=source,
            target=_endpoint(endpoint),
            decider="the endpoint is not there",
            part=id_of(endpoint),
            line="",
        )


def _refused(endpoint: Origin, own: PathEnd, fault: RefusesEnvironment) -> Iterator[FailingPath]:
    if fault.witness is None:
        return
    decider = ", ".join(_label(each, "security group") for each in fault.groups) or "it has no security group"
    yield FailingPath(
        asked=words.packet(fault.witness),
        purpose="",
        source=own,
        target=_endpoint(endpoint),
        decider=f"{decider}: {_NO_RULE}" if fault.groups else decider,
        part=_part(fault.groups[0]) if fault.groups else id_of(endpoint),
        line="",
    )


def _at_endpoint(own: PathEnd, endpoint: Origin, asked: str, decider: str, part: str) -> FailingPath:
    return FailingPath(
        asked=asked, purpose="", source=own, target=_endpoint(endpoint), decider=decider, part=part, line=""
    )


def _endpoint(origin: Origin) -> PathEnd:
    return PathEnd(kind=EndKind.ENDPOINT, label=words.label(origin), part=id_of(origin))


def _subnet(reference: Reference) -> PathEnd:
    return PathEnd(kind=EndKind.SUBNET, label=words.subnet(reference), part=part_of(reference))


def _gateway(target: Target) -> PathEnd:
    return PathEnd(kind=EndKind.GATEWAY, label=words.target(target), part=target_of(target))


def _label(part: Part, what: str) -> str:
    if isinstance(part, Outside):
        return f"{what} {part.id}" if is_id(part.id) else f"a {what} that is not in this stack"
    return words.label(part)


def _part(part: Part) -> str:
    if isinstance(part, Outside):
        return part_of(part)
    return id_of(part)
