"""NAT gateways: where each leads, for every kind of them and every way on.

Sources: "NAT gateway basics" and "Regional NAT gateways" in the Amazon VPC User Guide.
"""

from dataclasses import replace

import pytest

from mwaa_guardrails.aws.model import (
    Inside,
    InternetGateway,
    NatGateway,
    NetworkModel,
    Outside,
    Reference,
    Route,
    RouteTable,
    Subnet,
    Target,
    TargetKind,
    Unresolved,
)
from mwaa_guardrails.aws.nat_gateways import NatState, nat_state, state_of_target
from mwaa_guardrails.net.addresses import parse_cidr
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.aws.parts import hidden, origin, tie, vpc
from tests.policy_pack.net.tables import rows

VPC, OTHER = Inside("vpc"), Inside("other")
SUBNET = Inside("subnet")
IPV4, IPV6 = "0.0.0.0/0", "::/0"
IGW = Target(kind=TargetKind.INTERNET_GATEWAY, reference=Inside("igw"))
LITERAL_IGW = Target(kind=TargetKind.INTERNET_GATEWAY, reference=Outside("igw-0abc"))
FIREWALL = Target(kind=TargetKind.ELSEWHERE, reference=Outside("vpce-0abc"))
APPLIANCE = Target(kind=TargetKind.NAT_INSTANCE, reference=Outside("eni-0abc"))
OTHER_NAT = Target(kind=TargetKind.NAT_GATEWAY, reference=Inside("other nat"))
TARGET, ROUTES, KIND = hidden("gatewayId"), hidden("routes"), hidden("connectivityType")
PLACE, VPC_ID, PROPAGATED = hidden("subnetId"), hidden("vpcId"), hidden("propagatingVgws")


def _table(
    *routes: tuple[str, Target | Unknown],
    unknown_routes: Unknown | None = None,
    unseen: bool | Unknown = False,
) -> RouteTable:
    return RouteTable(
        origin=origin("table"),
        routes=tuple(
            Route(origin=origin("route"), destination=parse_cidr(to), target=by) for to, by in routes
        ),
        unknown_routes=unknown_routes,
        unseen=unseen,
    )


def _igw(name: str, vpc: Reference | None) -> InternetGateway:
    return InternetGateway(origin=origin(name), vpc=vpc)


def _model(table: RouteTable | Outside | Unknown, *gateways: InternetGateway) -> NetworkModel:
    """Return a model of one subnet that follows a table, or what lies outside, or what is not known."""
    target: Reference = Inside("table")
    if isinstance(table, Outside):
        target = table
    elif isinstance(table, Unknown):
        target = Unresolved(table)
    return NetworkModel(
        vpcs={"vpc": vpc()},
        subnets={"subnet": Subnet(origin=origin("subnet"), vpc=VPC, cidr=parse_cidr("10.0.0.0/24"))},
        route_tables={"table": table} if isinstance(table, RouteTable) else {},
        route_table_associations=(tie("1", SUBNET, target),),
        internet_gateways={each.origin.urn: each for each in gateways or (_igw("igw", VPC),)},
    )


def _nat(
    subnet: Reference | None = SUBNET,
    public: bool | Unknown = True,  # noqa: FBT001, FBT002 - a value, no switch
    vpc: Reference | None = None,
) -> NatGateway:
    return NatGateway(origin=origin("nat"), subnet=subnet, public=public, vpc=vpc)


PUBLIC: list[tuple[str, RouteTable | Outside | Unknown, NatState | Unknown]] = [
    ("a default route to an internet gateway", _table((IPV4, IGW)), NatState.WORKS),
    ("two halves to one", _table(("0.0.0.0/1", IGW), ("128.0.0.0/1", IGW)), NatState.WORKS),
    ("an internet gateway outside", _table((IPV4, LITERAL_IGW)), NatState.WORKS),
    ("no route", _table(), NatState.UNROUTED),
    ("a part of the internet", _table(("52.0.0.0/8", IGW)), NatState.UNROUTED),
    ("IPv6 alone", _table((IPV6, IGW)), NatState.UNROUTED),
    ("another NAT gateway", _table((IPV4, OTHER_NAT)), NatState.UNROUTED),
    ("a firewall may lead on to an internet gateway", _table((IPV4, FIREWALL)), NatState.UNSEEN),
    ("so may an appliance", _table((IPV4, APPLIANCE)), NatState.UNSEEN),
    (
        "so may both together",
        _table(("0.0.0.0/1", FIREWALL), ("128.0.0.0/1", IGW)),
        NatState.UNSEEN,
    ),
    ("a target that is not known", _table((IPV4, TARGET)), TARGET),
    (
        "one that is not known beside a firewall that takes the rest",
        _table(("0.0.0.0/1", FIREWALL), ("128.0.0.0/1", TARGET)),
        TARGET,
    ),
    ("routes that are not known", _table(unknown_routes=ROUTES), ROUTES),
    ("propagated routes may lead on", _table(unseen=True), NatState.UNSEEN),
    ("whether routes are propagated is not known", _table(unseen=PROPAGATED), PROPAGATED),
    ("a table outside", Outside("rtb-0abc"), NatState.UNSEEN),
    ("a table that is not known", hidden("routeTableId"), hidden("routeTableId")),
]


@pytest.mark.parametrize(("table", "state"), rows(PUBLIC))
def test_a_public_nat_gateway_leads_where_its_subnet_does(
    table: RouteTable | Outside | Unknown, state: NatState | Unknown
) -> None:
    """The subnet must lead all of the internet to an internet gateway."""
    assert nat_state(_model(table), _nat()) == state


def test_a_nat_gateway_behind_an_internet_gateway_that_nothing_attaches_may_work() -> None:
    """Another stack may attach it."""
    assert nat_state(_model(_table((IPV4, IGW)), _igw("igw", None)), _nat()) is NatState.UNATTACHED


PRIVATE: list[tuple[str, RouteTable | Outside, NatState | Unknown]] = [
    ("no route", _table(), NatState.PRIVATE),
    ("an internet gateway, which drops private addresses", _table((IPV4, IGW)), NatState.PRIVATE),
    ("a transit gateway", _table((IPV4, FIREWALL)), NatState.PRIVATE_ELSEWHERE),
    ("a part to a transit gateway", _table(("10.0.0.0/8", FIREWALL)), NatState.PRIVATE),
    ("a target that is not known", _table((IPV4, TARGET)), TARGET),
    ("propagated routes", _table(unseen=True), NatState.UNSEEN),
    ("a table outside", Outside("rtb-0abc"), NatState.UNSEEN),
]


@pytest.mark.parametrize(("table", "state"), rows(PRIVATE))
def test_a_private_nat_gateway_leads_to_no_internet_by_itself(
    table: RouteTable | Outside, state: NatState | Unknown
) -> None:
    """Its subnet may lead on to a network that does."""
    assert nat_state(_model(table), _nat(public=False)) == state


KINDS: list[tuple[str, NatGateway, NatState | Unknown]] = [
    ("whether it is public is not known", _nat(public=KIND), KIND),
    ("a subnet outside", _nat(subnet=Outside("subnet-0abc")), NatState.UNSEEN),
    ("a subnet that is not known", _nat(subnet=Unresolved(PLACE)), PLACE),
]


@pytest.mark.parametrize(("gateway", "state"), rows(KINDS))
def test_a_nat_gateway_of_which_something_is_not_at_hand(
    gateway: NatGateway, state: NatState | Unknown
) -> None:
    """What lies outside is unseen, what is not known yet is unknown."""
    assert nat_state(_model(_table((IPV4, IGW))), gateway) == state


REGIONAL: list[tuple[str, Reference | None, tuple[InternetGateway, ...], NatState | Unknown]] = [
    ("its VPC has an internet gateway", VPC, (_igw("1", OTHER), _igw("2", VPC)), NatState.WORKS),
    ("another VPC has one", VPC, (_igw("1", OTHER),), NatState.NO_INTERNET_GATEWAY),
    ("an internet gateway that nothing attaches", VPC, (_igw("1", None),), NatState.UNATTACHED),
    (
        "one whose VPC is not known and may be this",
        VPC,
        (_igw("1", Unresolved(VPC_ID)), _igw("2", None)),
        VPC_ID,
    ),
    (
        "one whose VPC is not known and cannot be this",
        VPC,
        (_igw("1", Unresolved(VPC_ID, ("other",))),),
        NatState.NO_INTERNET_GATEWAY,
    ),
    ("a VPC outside", Outside("vpc-0abc"), (_igw("1", VPC),), NatState.UNSEEN),
    ("no VPC", None, (_igw("1", VPC),), NatState.UNSEEN),
    ("a VPC that is not known", Unresolved(VPC_ID), (_igw("1", VPC),), VPC_ID),
]


@pytest.mark.parametrize(("vpc", "gateways", "state"), rows(REGIONAL))
def test_a_regional_nat_gateway_leads_to_the_internet_gateway_of_its_vpc(
    vpc: Reference | None, gateways: tuple[InternetGateway, ...], state: NatState | Unknown
) -> None:
    """It stands in no subnet."""
    assert nat_state(_model(_table(), *gateways), _nat(subnet=None, vpc=vpc)) == state


def test_a_regional_nat_gateway_of_the_default_vpc_leads_somewhere_unseen() -> None:
    """No resource has to show the internet gateway that it may have."""
    adopted = replace(_model(_table(), _igw("1", OTHER)), vpcs={"vpc": vpc(adopted=True)})
    assert nat_state(adopted, _nat(subnet=None, vpc=VPC)) is NatState.UNSEEN


_NATS = {
    "works": _nat(),
    "also works": _nat(subnet=Outside("subnet-0abc")),
    "dead": _nat(public=False),
    "hidden": _nat(public=KIND),
}
NOT_KNOWN = hidden("natGatewayId")
TARGETS: list[tuple[str, Reference, tuple[str, ...], NatState | Unknown]] = [
    ("one outside", Outside("nat-0abc"), (), NatState.UNSEEN),
    ("one of the model", Inside("dead"), ("dead",), NatState.PRIVATE),
    (
        "either of two with one state",
        Unresolved(NOT_KNOWN, ("works", "works")),
        ("works", "dead"),
        NatState.WORKS,
    ),
    (
        "either of two that both lead on",
        Unresolved(NOT_KNOWN, ("works", "also works")),
        ("works", "also works", "dead"),
        NatState.UNSEEN,
    ),
    ("one that is dead, for sure", Unresolved(NOT_KNOWN, ("dead",)), ("works", "dead"), NatState.PRIVATE),
    ("one that may be dead", Unresolved(NOT_KNOWN, ("works", "dead")), ("works", "dead"), NOT_KNOWN),
    ("one of which something is not known", Unresolved(NOT_KNOWN, ("hidden",)), ("hidden",), KIND),
    ("any, and all of the model lead on", Unresolved(NOT_KNOWN), ("works",), NatState.UNSEEN),
    ("any, and one of the model is dead", Unresolved(NOT_KNOWN), ("dead",), NOT_KNOWN),
    ("any, and the model has none", Unresolved(NOT_KNOWN), (), NatState.UNSEEN),
]


@pytest.mark.parametrize(("reference", "present", "state"), rows(TARGETS))
def test_a_target_leads_where_every_nat_gateway_it_may_mean_leads(
    reference: Reference, present: tuple[str, ...], state: NatState | Unknown
) -> None:
    """One outside is unseen, whatever it is."""
    base = _model(_table((IPV4, IGW)))
    model = NetworkModel(
        subnets=base.subnets,
        route_tables=base.route_tables,
        route_table_associations=base.route_table_associations,
        internet_gateways=base.internet_gateways,
        nat_gateways={name: _NATS[name] for name in present},
    )
    assert state_of_target(model, VPC, Target(kind=TargetKind.NAT_GATEWAY, reference=reference)) == state


PLACES: list[tuple[str, Reference | None, NatGateway, NatState | Unknown]] = [
    ("its own", VPC, _nat(), NatState.WORKS),
    ("another", OTHER, _nat(), NatState.ELSEWHERE),
    ("one outside", Outside("vpc-0abc"), _nat(), NatState.ELSEWHERE),
    ("one that is not known", Unresolved(VPC_ID), _nat(), NatState.WORKS),
    ("that of a subnet outside", None, _nat(), NatState.WORKS),
    ("another than that of a regional one", OTHER, _nat(subnet=None, vpc=VPC), NatState.ELSEWHERE),
    ("that of a regional one", VPC, _nat(subnet=None, vpc=VPC), NatState.WORKS),
    ("any, for one in a subnet outside", VPC, _nat(subnet=Outside("subnet-0abc")), NatState.UNSEEN),
]


@pytest.mark.parametrize(("vpc", "gateway", "state"), rows(PLACES))
def test_a_nat_gateway_takes_packets_from_its_own_vpc_alone(
    vpc: Reference | None, gateway: NatGateway, state: NatState | Unknown
) -> None:
    """Where the route's VPC is..."""
    model = replace(_model(_table((IPV4, IGW))), nat_gateways={"nat": gateway})
    target = Target(kind=TargetKind.NAT_GATEWAY, reference=Inside("nat"))
    assert state_of_target(model, vpc, target) == state


def test_an_id_may_be_that_of_the_nat_gateways_vpc_where_nobody_looked_at_it() -> None:
    """As with `--target`."""
    unseen = Unknown(urn="vpc", path="cidrBlock", reason=Reason.NOT_LOOKED_AT)
    base = _model(_table((IPV4, IGW)))
    model = replace(base, vpcs={"vpc": replace(base.vpcs["vpc"], cidr=unseen)}, nat_gateways={"nat": _nat()})
    target = Target(kind=TargetKind.NAT_GATEWAY, reference=Inside("nat"))
    assert state_of_target(model, Outside("vpc-0abc"), target) is NatState.WORKS


GATEWAYS: list[tuple[str, RouteTable, Reference | None, NatState]] = [
    ("its VPC", _table((IPV4, IGW)), VPC, NatState.WORKS),
    ("another VPC", _table((IPV4, IGW)), OTHER, NatState.GATEWAY_ELSEWHERE),
    ("a VPC that is not known", _table((IPV4, IGW)), Unresolved(VPC_ID), NatState.WORKS),
    ("another VPC, and a part goes there", _table(("0.0.0.0/1", IGW)), OTHER, NatState.UNROUTED),
    (
        "another VPC, and a firewall takes the rest",
        _table(("0.0.0.0/1", IGW), ("128.0.0.0/1", FIREWALL)),
        OTHER,
        NatState.UNROUTED,
    ),
]


@pytest.mark.parametrize(("table", "vpc", "state"), rows(GATEWAYS))
def test_a_nat_gateway_leads_to_the_internet_gateway_of_its_own_vpc(
    table: RouteTable, vpc: Reference | None, state: NatState
) -> None:
    """The internet gateway is attached to..."""
    assert nat_state(_model(table, _igw("igw", vpc)), _nat()) == state
