"""Where NAT gateways lead: whether packets that a route sends to one reach the internet.

Sources: "NAT gateway basics", "Regional NAT gateways" and "Attach an internet gateway" in the Amazon VPC User
Guide; "About networking on Amazon MWAA", public routing.
"""

from enum import StrEnum
from typing import Final

from mwaa_guardrails.aws.model import (
    Inside,
    NatGateway,
    NetworkModel,
    Outside,
    Reference,
    Route,
    RouteTable,
    Target,
    TargetKind,
    Unresolved,
)
from mwaa_guardrails.aws.routes import by_kind, internet_gateway_routes, leads_to_the_internet
from mwaa_guardrails.unknown import Unknown


class NatState(StrEnum):
    """Where a NAT gateway leads."""

    WORKS = "leads to the internet"
    UNSEEN = "leads somewhere that lies outside this stack"
    UNATTACHED = "leads to an internet gateway that nothing in this stack attaches to a VPC"
    PRIVATE_ELSEWHERE = "is a private NAT gateway, whose subnet leads out of the VPC another way"
    PRIVATE = "is a private NAT gateway, which leads to no internet"
    UNROUTED = "stands in a subnet without a route to an internet gateway"
    GATEWAY_ELSEWHERE = "stands in a subnet that leads to an internet gateway of another VPC"
    ELSEWHERE = "is in another VPC than the subnet"
    NO_INTERNET_GATEWAY = "is a regional NAT gateway of a VPC without an internet gateway"


# The states in which a NAT gateway leads to the internet for all that anybody can tell.
LEADING: Final = frozenset({NatState.WORKS, NatState.UNSEEN, NatState.UNATTACHED})
DEAD: Final = frozenset(NatState) - LEADING - {NatState.PRIVATE_ELSEWHERE}
_INTERNET_GATEWAY: Final = by_kind(frozenset({TargetKind.INTERNET_GATEWAY}))
_ELSEWHERE: Final = by_kind(frozenset({TargetKind.ELSEWHERE}))
# A firewall's endpoint or interface may stand between a NAT gateway and the internet gateway.
_ONWARD: Final = frozenset({TargetKind.ELSEWHERE, TargetKind.NAT_INSTANCE})


def state_of_target(model: NetworkModel, vpc: Reference | None, target: Target) -> NatState | Unknown:
    """Return where the NAT gateway leads that a route in a VPC names; one outside leads somewhere unseen.

    One that is not known yet has the state that all it may mean have; where they all lead on somehow, it
    leads somewhere unseen.
    """
    if isinstance(target.reference, Outside):
        return NatState.UNSEEN
    if isinstance(target.reference, Inside):
        return _state_from(model, vpc, model.nat_gateways[target.reference.urn])
    candidates = target.reference.candidates
    states = {_state_from(model, vpc, model.nat_gateways[urn]) for urn in candidates or model.nat_gateways}
    if not candidates:
        states.add(NatState.UNSEEN)
    if len(states) == 1:
        return states.pop()
    return NatState.UNSEEN if states <= LEADING else target.reference.unknown


def _state_from(model: NetworkModel, vpc: Reference | None, gateway: NatGateway) -> NatState | Unknown:
    """Return where a NAT gateway leads packets from a VPC: one of another VPC takes none."""
    home = gateway.vpc if gateway.subnet is None else model.vpc_of(gateway.subnet)
    return NatState.ELSEWHERE if _are_apart(model, vpc, home) else nat_state(model, gateway)


def _are_apart(model: NetworkModel, one: Reference | None, other: Reference | None) -> bool:
    """Tell whether two VPCs surely differ; what is not known, or lies outside, is taken for the same."""
    return one is not None and other is not None and model.vpcs_differ(one, other) is True


def nat_state(model: NetworkModel, gateway: NatGateway) -> NatState | Unknown:
    """Return where a NAT gateway leads: a public one by its subnet to an internet gateway.

    A regional one stands in no subnet; AWS itself leads it to the internet gateway of its VPC.
    """
    if isinstance(gateway.public, Unknown):
        return gateway.public
    if gateway.subnet is None:
        return _regional_nat_state(model, gateway.vpc)
    table = model.route_table_of(gateway.subnet)
    if isinstance(table, Outside):
        return NatState.UNSEEN
    if isinstance(table, Unknown):
        return table
    if not gateway.public:
        return _private_nat_state(table)
    return _public_nat_state(model, table, model.vpc_of(gateway.subnet))


def _public_nat_state(model: NetworkModel, table: RouteTable, vpc: Reference | None) -> NatState | Unknown:
    def to_own_gateway(target: Target) -> bool:
        return _INTERNET_GATEWAY(target) is True and not _are_apart(model, vpc, _attached_to(model, target))

    def onward(target: Target) -> bool:
        return target.kind in _ONWARD or to_own_gateway(target)

    if leads_to_the_internet(table, to_own_gateway) is True:
        attached = any(_is_attached(model, route) for route in internet_gateway_routes(table))
        return NatState.WORKS if attached else NatState.UNATTACHED
    elsewhere = leads_to_the_internet(table, _INTERNET_GATEWAY) is True
    nowhere = NatState.GATEWAY_ELSEWHERE if elsewhere else NatState.UNROUTED
    leads = leads_to_the_internet(table, onward)
    return _otherwise(table, leads=leads, there=NatState.UNSEEN, nowhere=nowhere)


def _private_nat_state(table: RouteTable) -> NatState | Unknown:
    elsewhere = leads_to_the_internet(table, _ELSEWHERE)
    return _otherwise(table, leads=elsewhere, there=NatState.PRIVATE_ELSEWHERE, nowhere=NatState.PRIVATE)


def _otherwise(
    table: RouteTable, *, leads: bool | Unknown, there: NatState, nowhere: NatState
) -> NatState | Unknown:
    if leads is True:
        return there
    for doubt in (leads, table.unseen):
        if isinstance(doubt, Unknown):
            return doubt
    return NatState.UNSEEN if table.unseen else nowhere


def _regional_nat_state(model: NetworkModel, vpc: Reference | None) -> NatState | Unknown:
    if not isinstance(vpc, Inside):
        return vpc.unknown if isinstance(vpc, Unresolved) else NatState.UNSEEN
    attached = [gateway.vpc for gateway in model.internet_gateways.values()]
    if vpc in attached:
        return NatState.WORKS
    for each in attached:
        if isinstance(each, Unresolved) and each.may_mean(vpc):
            return each.unknown
    if model.vpcs[vpc.urn].adopted:
        return NatState.UNSEEN
    return NatState.UNATTACHED if None in attached else NatState.NO_INTERNET_GATEWAY


def _attached_to(model: NetworkModel, target: Target) -> Reference | None:
    """Return the VPC of the internet gateway that a route names; None where nothing at hand says."""
    return model.internet_gateways[target.reference.urn].vpc if isinstance(target.reference, Inside) else None


def _is_attached(model: NetworkModel, route: Route) -> bool:
    """Tell whether the internet gateway of a route is attached to a VPC; one outside is."""
    if isinstance(route.target, Target) and isinstance(route.target.reference, Inside):
        return model.internet_gateways[route.target.reference.urn].vpc is not None
    return True
