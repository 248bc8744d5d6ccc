"""Where routes lead: to an internet gateway, out to the internet, elsewhere, or nowhere.

Sources: "About networking on Amazon MWAA", public and private routing; "Subnet route tables" and "Route
priority" in the Amazon VPC User Guide.
"""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Service,
    Subnet,
    Target,
    TargetKind,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.routes import (
    NAT_DEVICES,
    WayOut,
    has_s3_gateway_endpoint,
    hidden_routes,
    internet_gateway_routes,
    nat_gateways_of,
    public_subnets_of,
    route_of,
    routes_to,
    routing_of,
    way_out,
)
from mwaa_guardrails.net.addresses import parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.aws.parts import hidden, origin, tie, vpc
from tests.policy_pack.net.tables import rows
from tests.policy_pack.net.universe import LAW

VPC = Inside("vpc")
A, B, LITERAL = Inside("a"), Inside("b"), Outside("subnet-0abc")
IPV4, IPV6 = "0.0.0.0/0", "::/0"
LOW, HIGH = "0.0.0.0/1", "128.0.0.0/1"

IGW = Target(kind=TargetKind.INTERNET_GATEWAY, reference=Outside("igw-0abc"))
NAT = Target(kind=TargetKind.NAT_GATEWAY, reference=Inside("nat"))
NAT_INSTANCE = Target(kind=TargetKind.NAT_INSTANCE, reference=Outside("i-0abc"))
EIGW = Target(kind=TargetKind.EGRESS_ONLY_INTERNET_GATEWAY, reference=Outside("eigw-0abc"))
TRANSIT = Target(kind=TargetKind.ELSEWHERE, reference=Outside("tgw-0abc"))
LOCAL = Target(kind=TargetKind.LOCAL, reference=Outside("local"))

TARGET, OTHER_TARGET, ROUTES = hidden("gatewayId"), hidden("natGatewayId"), hidden("routes")
TYPE = hidden("vpcEndpointType")
KIND = hidden("connectivityType")
SUBNETS, TABLE, BLOCK = hidden("subnetIds"), hidden("routeTableId"), hidden("destinationCidrBlock")
PROPAGATED = hidden("propagatingVgws")
PREFIX_LIST = Unknown(urn="urn:route", path="destinationPrefixListId", reason=Reason.NOT_PUBLISHED)

Written = tuple[str | Unknown, Target | Unknown]


def _route(
    destination: str | Unknown, target: Target | Unknown, name: str = "route", path: str = ""
) -> Route:
    return Route(
        origin=origin(name, path),
        destination=parse_cidr(destination) if isinstance(destination, str) else destination,
        target=target,
    )


def _table(
    *routes: Written,
    hidden_routes: Unknown | None = None,
    unseen: bool | Unknown = False,
    name: str = "table",
) -> RouteTable:
    return RouteTable(
        origin=origin(name),
        routes=tuple(_route(*each) for each in routes),
        unknown_routes=hidden_routes,
        unseen=unseen,
    )


# "Route priority": the page's examples, and what it says of them.
PEERING = Target(kind=TargetKind.ELSEWHERE, reference=Outside("pcx-11223344556677889"))
AWS_EXAMPLE = (("10.0.0.0/16", LOCAL), ("172.31.0.0/16", PEERING), (IPV4, IGW))
PRIORITY: list[tuple[str, tuple[Written, ...], str, Target | None]] = [
    ("172.31.0.0/16 uses the peering connection", AWS_EXAMPLE, "172.31.4.5", PEERING),
    ("traffic within the VPC is covered by the local route", AWS_EXAMPLE, "10.0.200.1", LOCAL),
    ("all other traffic uses the internet gateway", AWS_EXAMPLE, "52.1.2.3", IGW),
    (
        "10.10.2.15/32 has priority",
        (("10.10.2.0/24", NAT), ("10.10.2.15/32", TRANSIT)),
        "10.10.2.15",
        TRANSIT,
    ),
    ("over 10.10.2.0/24", (("10.10.2.0/24", NAT), ("10.10.2.15/32", TRANSIT)), "10.10.2.14", NAT),
    ("IPv4 and IPv6 are independent of each other", ((IPV4, NAT), (IPV6, EIGW)), "2001:db8::1", EIGW),
    ("an IPv6 default route takes no IPv4", ((IPV6, EIGW),), "52.1.2.3", None),
    ("without a route packets go nowhere", (), "52.1.2.3", None),
    ("a destination that is not known is left out", ((PREFIX_LIST, IGW), (IPV4, NAT)), "52.1.2.3", NAT),
]


@pytest.mark.parametrize(("routes", "address", "target"), rows(PRIORITY))
def test_the_most_specific_route_takes_a_packet(
    routes: tuple[Written, ...], address: str, target: Target | None
) -> None:
    """Whatever the order of the routes."""
    for ordered in (routes, routes[::-1]):
        taken = route_of(_table(*ordered), parse_cidr(address).lowest)
        assert (None if taken is None else taken.target) == target


def _nat(name: str, *, public: bool | Unknown = True) -> NatGateway:
    return NatGateway(origin=origin(name), subnet=Inside("public"), public=public)


def _subnet(name: str) -> Subnet:
    return Subnet(origin=origin(name), vpc=VPC, cidr=parse_cidr("10.0.0.0/24"))


def _model(
    a: RouteTable | Outside,
    b: RouteTable | Outside | None = None,
    *,
    nats: Iterable[NatGateway] = (),
    endpoints: Iterable[VpcEndpoint] = (),
) -> NetworkModel:
    """Return a model of two subnets, each with a table of its own or with what lies outside."""
    tables = {"a": a, "b": a if b is None else b}
    return NetworkModel(
        vpcs={"vpc": vpc()},
        subnets={"a": _subnet("a"), "b": _subnet("b")},
        route_tables={name: table for name, table in tables.items() if isinstance(table, RouteTable)},
        route_table_associations=tuple(
            tie(name, Inside(name), table if isinstance(table, Outside) else Inside(name))
            for name, table in tables.items()
        ),
        nat_gateways={nat.origin.urn: nat for nat in nats},
        vpc_endpoints={endpoint.origin.urn: endpoint for endpoint in endpoints},
    )


WAYS: list[tuple[str, RouteTable | Outside, WayOut | Unknown]] = [
    ("a table without routes leads nowhere", _table(), WayOut.NONE),
    ("a default route to a NAT gateway leads to the internet", _table((IPV4, NAT)), WayOut.INTERNET),
    ("so does one to an internet gateway", _table((IPV4, IGW)), WayOut.INTERNET),
    ("so does one to a NAT instance", _table((IPV4, NAT_INSTANCE)), WayOut.INTERNET),
    ("two halves to a NAT gateway cover everything", _table((LOW, NAT), (HIGH, NAT)), WayOut.INTERNET),
    ("two halves by different NAT devices, too", _table((LOW, NAT), (HIGH, NAT_INSTANCE)), WayOut.INTERNET),
    ("one half is not the internet", _table((LOW, NAT)), WayOut.NONE),
    ("a private prefix to a NAT gateway is not the internet", _table(("10.0.0.0/8", NAT)), WayOut.NONE),
    ("a public prefix to an internet gateway is not the internet", _table(("52.0.0.0/8", IGW)), WayOut.NONE),
    ("::/0 does not cover IPv4", _table((IPV6, IGW)), WayOut.NONE),
    ("an egress-only internet gateway is no way out", _table((IPV6, EIGW)), WayOut.NONE),
    ("a local route is no way out", _table((IPV4, LOCAL)), WayOut.NONE),
    ("a default route to a transit gateway leads elsewhere", _table((IPV4, TRANSIT)), WayOut.ELSEWHERE),
    ("a private prefix to a transit gateway is no way out", _table(("10.0.0.0/8", TRANSIT)), WayOut.NONE),
    (
        "half by NAT and half by a transit gateway leads elsewhere",
        _table((LOW, NAT), (HIGH, TRANSIT)),
        WayOut.ELSEWHERE,
    ),
    ("private prefixes may go elsewhere", _table((IPV4, NAT), ("10.0.0.0/8", TRANSIT)), WayOut.INTERNET),
    ("some public prefixes may go elsewhere", _table((IPV4, NAT), ("52.0.0.0/8", TRANSIT)), WayOut.INTERNET),
    (
        "narrower routes that override the default route as a whole decide",
        _table((IPV4, NAT), (LOW, TRANSIT), (HIGH, TRANSIT)),
        WayOut.ELSEWHERE,
    ),
    (
        "narrower routes of the same kind override nothing",
        _table((IPV4, NAT), (LOW, IGW), (HIGH, NAT_INSTANCE)),
        WayOut.INTERNET,
    ),
    (
        "of two routes with one destination either may stand; the internet is assumed",
        _table((IPV4, TRANSIT), (IPV4, NAT)),
        WayOut.INTERNET,
    ),
    ("an unknown target of a default route hides the way", _table((IPV4, TARGET)), TARGET),
    (
        "an unknown target beside a way out hides nothing",
        _table(("10.0.0.0/8", TARGET), (IPV4, NAT)),
        WayOut.INTERNET,
    ),
    ("an unknown target of a private prefix hides nothing", _table(("10.0.0.0/8", TARGET)), WayOut.NONE),
    ("an unknown target of IPv6 hides nothing", _table((IPV6, TARGET)), WayOut.NONE),
    (
        "the unknown target in the way is named, not one of a private prefix",
        _table(("10.0.0.0/8", OTHER_TARGET), (IPV4, TARGET)),
        TARGET,
    ),
    ("half by NAT and half unknown is not known", _table((LOW, NAT), (HIGH, TARGET)), TARGET),
    ("half unknown, and no other half, is no way", _table((HIGH, TARGET)), WayOut.NONE),
    (
        "half by a transit gateway and half unknown may lead elsewhere as a whole",
        _table((LOW, TRANSIT), (HIGH, TARGET)),
        TARGET,
    ),
    (
        "unknown targets that may override the default route as a whole hide the way",
        _table((IPV4, NAT), (LOW, TARGET), (HIGH, TARGET)),
        TARGET,
    ),
    ("an unknown block to a NAT gateway may be the internet", _table((BLOCK, NAT)), BLOCK),
    ("an unknown block to a transit gateway may be, too", _table((BLOCK, TRANSIT)), BLOCK),
    ("an unknown block to an egress-only gateway is no way out", _table((BLOCK, EIGW)), WayOut.NONE),
    ("an unknown block with an unknown target may be the internet", _table((BLOCK, TARGET)), TARGET),
    (
        "a prefix list to a transit gateway beside NAT hides nothing",
        _table((IPV4, NAT), (PREFIX_LIST, TRANSIT)),
        WayOut.INTERNET,
    ),
    (
        "a prefix list to a transit gateway beside a default route there hides nothing",
        _table((PREFIX_LIST, TRANSIT), (IPV4, TRANSIT)),
        WayOut.ELSEWHERE,
    ),
    (
        "a prefix list to a transit gateway alone may hold everything",
        _table((PREFIX_LIST, TRANSIT)),
        PREFIX_LIST,
    ),
    ("a list of routes that is not known may hold a way", _table(hidden_routes=ROUTES), ROUTES),
    (
        "it may hold one to the internet beside one that leads elsewhere",
        _table((IPV4, TRANSIT), hidden_routes=ROUTES),
        ROUTES,
    ),
    (
        "beside a way to the internet it hides nothing",
        _table((IPV4, NAT), hidden_routes=ROUTES),
        WayOut.INTERNET,
    ),
    ("a table outside cannot be seen", Outside("rtb-0abc"), WayOut.UNSEEN),
    ("propagated routes may lead out", _table(unseen=True), WayOut.UNSEEN),
    ("a static route wins over a propagated one", _table((IPV4, NAT), unseen=True), WayOut.INTERNET),
    ("so does one that leads elsewhere", _table((IPV4, TRANSIT), unseen=True), WayOut.ELSEWHERE),
    ("whether routes are propagated is not known", _table(unseen=PROPAGATED), PROPAGATED),
    (
        "that hides nothing beside a way out",
        _table((IPV4, NAT), unseen=PROPAGATED),
        WayOut.INTERNET,
    ),
]


@pytest.mark.parametrize(("table", "way"), rows(WAYS))
def test_a_subnet_reaches_the_internet_where_its_routes_lead(
    table: RouteTable | Outside, way: WayOut | Unknown
) -> None:
    """What is asked is the public internet of IPv4; private addresses do not count."""
    assert way_out(_model(table), A) == way


def test_a_subnet_whose_table_is_not_known_has_an_unknown_way_out() -> None:
    """The property in the way is the table's."""
    model = NetworkModel(
        subnets={"a": _subnet("a")}, route_table_associations=(tie("1", A, Unresolved(TABLE)),)
    )
    assert way_out(model, A) == TABLE


_BLOCKS = (IPV4, LOW, HIGH, "0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2", "10.0.0.0/8", IPV6)
_KNOWN_TARGETS = (NAT, IGW, TRANSIT, LOCAL)
# One address of each part of the internet that the blocks above tell apart.
_PLACES = tuple(parse_cidr(text) for text in ("1.1.1.1", "65.0.0.1", "130.0.0.1", "193.0.0.1"))


def _follows(routes: list[tuple[str, Target]], place: IntervalSet) -> TargetKind | None:
    """Follow the longest prefix, as a router does."""
    matching = [(parse_cidr(to).size, by.kind) for to, by in routes if parse_cidr(to).covers(place)]
    return min(matching, default=(0, None), key=lambda match: match[0])[1]


@LAW
@given(
    st.lists(
        st.tuples(st.sampled_from(_BLOCKS), st.sampled_from(_KNOWN_TARGETS)),
        max_size=5,
        unique_by=lambda route: route[0],
    )
)
def test_a_way_out_is_one_that_packets_take(routes: list[tuple[str, Target]]) -> None:
    """Followed by the longest prefix, from one address of each part of the internet."""
    kinds = {_follows(routes, place) for place in _PLACES}
    out = {TargetKind.NAT_GATEWAY, TargetKind.INTERNET_GATEWAY}
    way = way_out(_model(_table(*routes)), A)
    if kinds <= out:
        assert way is WayOut.INTERNET
    if not kinds & out:
        assert way is not WayOut.INTERNET
    if kinds == {TargetKind.ELSEWHERE}:
        assert way is WayOut.ELSEWHERE
    if kinds <= {TargetKind.LOCAL, None}:
        assert way is WayOut.NONE


@LAW
@given(
    st.lists(
        st.tuples(st.sampled_from(_BLOCKS), st.sampled_from((*_KNOWN_TARGETS, TARGET))),
        max_size=4,
        unique_by=lambda route: route[0],
    )
)
def test_a_way_out_is_known_exactly_where_every_unknown_target_leads_to_the_same(
    routes: list[tuple[str, Target | Unknown]],
) -> None:
    """All unknown targets are tried together as each kind of target."""
    completed = {
        way_out(_model(_table(*((to, kind if by is TARGET else by) for to, by in routes))), A)
        for kind in _KNOWN_TARGETS
    }
    way = way_out(_model(_table(*routes)), A)
    assert way == (completed.pop() if len(completed) == 1 else TARGET)


PUBLIC, PRIVATE, ELSEWHERE = _table((IPV4, NAT)), _table(), _table((IPV4, TRANSIT))
OPEN, UNSEEN = _table((IPV4, TARGET)), Outside("rtb-0abc")

ROUTINGS: list[tuple[str, RouteTable | Outside, RouteTable | Outside, WayOut | Unknown]] = [
    ("two private subnets are private", PRIVATE, PRIVATE, WayOut.NONE),
    ("two public ones are public", PUBLIC, PUBLIC, WayOut.INTERNET),
    ("one private and one with NAT: public", PRIVATE, PUBLIC, WayOut.INTERNET),
    ("one elsewhere and one with NAT: public", ELSEWHERE, PUBLIC, WayOut.INTERNET),
    ("one elsewhere and one private: elsewhere", ELSEWHERE, PRIVATE, WayOut.ELSEWHERE),
    ("one unknown and one with NAT: public whatever the other is", OPEN, PUBLIC, WayOut.INTERNET),
    ("one unknown and one private: unknown", OPEN, PRIVATE, TARGET),
    ("one unknown and one elsewhere: it may be public, so unknown", ELSEWHERE, OPEN, TARGET),
    ("one unseen and one with NAT: public", UNSEEN, PUBLIC, WayOut.INTERNET),
    ("one unseen and one private: it may be public, so unseen", UNSEEN, PRIVATE, WayOut.UNSEEN),
    ("one unseen and one elsewhere: it may be public, so unseen", UNSEEN, ELSEWHERE, WayOut.UNSEEN),
    ("one unseen and one unknown: unknown", UNSEEN, OPEN, TARGET),
]


def _environment(
    subnets: tuple[Reference, ...] | Unknown | None, intention: Routing | None = None
) -> Environment:
    return Environment(
        origin=origin("env"),
        name="env",
        declared=intention is not None,
        subnets=subnets,
        security_groups=(),
        intention=intention,
    )


@pytest.mark.parametrize(("a", "b", "routing"), rows(ROUTINGS))
def test_an_environment_is_public_where_a_subnet_has_a_way_to_the_internet(
    a: RouteTable | Outside, b: RouteTable | Outside, routing: WayOut | Unknown
) -> None:
    """Whichever of its subnets comes first."""
    model = _model(a, b, nats=[_nat("nat")])
    assert routing_of(model, _environment((A, B))) == routing
    assert routing_of(model, _environment((B, A))) == routing


PARTIAL_NATS: list[tuple[str, RouteTable, NatGateway, WayOut | Unknown]] = [
    ("a route to a public one", _table(("10.0.0.0/8", NAT)), _nat("nat"), WayOut.INTERNET),
    ("a route to a private one", _table(("10.0.0.0/8", NAT)), _nat("nat", public=False), WayOut.NONE),
    ("whether it is public is not known", _table(("10.0.0.0/8", NAT)), _nat("nat", public=KIND), KIND),
    (
        "one outside may be private",
        _table(("10.0.0.0/8", Target(kind=TargetKind.NAT_GATEWAY, reference=Outside("nat-0abc")))),
        _nat("nat"),
        WayOut.NONE,
    ),
    (
        "one that is not known may be public",
        _table(("10.0.0.0/8", Target(kind=TargetKind.NAT_GATEWAY, reference=Unresolved(OTHER_TARGET)))),
        _nat("nat"),
        OTHER_TARGET,
    ),
    ("a target that is not known may be one", _table(("10.0.0.0/8", TARGET)), _nat("nat"), TARGET),
    (
        "a public one beside a target that is not known",
        _table(("10.0.0.0/8", TARGET), ("10.9.0.0/16", NAT)),
        _nat("nat"),
        WayOut.INTERNET,
    ),
    (
        "other targets",
        _table(("10.0.0.0/8", TRANSIT), ("10.9.0.0/16", NAT_INSTANCE)),
        _nat("nat"),
        WayOut.NONE,
    ),
]


@pytest.mark.parametrize(("table", "gateway", "routing"), rows(PARTIAL_NATS))
def test_a_route_to_a_public_nat_gateway_shows_public_routing_whatever_it_covers(
    table: RouteTable, gateway: NatGateway, routing: WayOut | Unknown
) -> None:
    """With private routing there is none; a private NAT gateway is another thing."""
    assert routing_of(_model(table, nats=[gateway]), _environment((A, B))) == routing


def test_a_route_to_a_nat_gateway_beside_a_way_elsewhere_shows_no_public_routing() -> None:
    """The way out is elsewhere."""
    table = _table((IPV4, TRANSIT), ("10.0.0.0/8", NAT))
    assert routing_of(_model(table, nats=[_nat("nat")]), _environment((A, B))) is WayOut.ELSEWHERE


NO_SUBNETS: list[tuple[str, tuple[Reference, ...] | Unknown | None, WayOut | Unknown]] = [
    ("a list of subnets that is not known hides the routing", SUBNETS, SUBNETS),
    ("a subnet that is not known hides it as well", (A, Unresolved(SUBNETS)), SUBNETS),
    ("a subnet outside cannot be seen", (A, LITERAL), WayOut.UNSEEN),
    ("no subnet shows no routing", (), WayOut.UNSEEN),
    ("a declaration without subnets shows none", None, WayOut.UNSEEN),
]


@pytest.mark.parametrize(("subnets", "routing"), rows(NO_SUBNETS))
def test_routing_is_seen_only_where_the_subnets_are(
    subnets: tuple[Reference, ...] | Unknown | None, routing: WayOut | Unknown
) -> None:
    """The subnet at hand has no way out."""
    assert routing_of(_model(PRIVATE), _environment(subnets)) == routing


@pytest.mark.parametrize("table", [PRIVATE, PUBLIC, OPEN, UNSEEN])
def test_a_declared_routing_wins_as_the_intention(table: RouteTable | Outside) -> None:
    """Whatever the routes say, and where the subnets are not known."""
    model = _model(table)
    for subnets in ((A, B), SUBNETS, None):
        assert routing_of(model, _environment(subnets, Routing.PUBLIC)) is WayOut.INTERNET
        assert routing_of(model, _environment(subnets, Routing.PRIVATE)) is WayOut.NONE


GATEWAY_ROUTES: list[tuple[str, list[Route], list[str]]] = [
    ("a table without routes has none", [], []),
    ("a default route to one is one", [_route(IPV4, IGW, "a")], ["a"]),
    ("a narrow route is one", [_route("52.0.0.0/8", IGW, "a"), _route(IPV4, NAT, "b")], ["a"]),
    ("a route of IPv6 is one", [_route(IPV6, IGW, "a")], ["a"]),
    ("a route to anything else is none", [_route(IPV4, each) for each in (NAT, EIGW, TRANSIT, LOCAL)], []),
    ("a target that is not known is none yet", [_route(IPV4, TARGET)], []),
    ("a block that is not known leads there all the same", [_route(PREFIX_LIST, IGW, "a")], ["a"]),
    (
        "IPv4 comes first, then the widest, and what is not known comes last",
        [
            _route(PREFIX_LIST, IGW, "list"),
            _route("2001:db8::/32", IGW, "narrow IPv6"),
            _route(IPV6, IGW, "IPv6"),
            _route("52.0.0.0/8", IGW, "narrow"),
            _route(IPV4, IGW, "IPv4"),
        ],
        ["IPv4", "narrow", "IPv6", "narrow IPv6", "list"],
    ),
    (
        "of equals the first by name comes first",
        [_route("52.0.0.0/8", IGW, "b"), _route("53.0.0.0/8", IGW, "a")],
        ["a", "b"],
    ),
    (
        "of those that one table lists, the first by path comes first",
        [_route("52.0.0.0/8", IGW, "b", "routes[1]"), _route("53.0.0.0/8", IGW, "b", "routes[0]")],
        ["b routes[0]", "b routes[1]"],
    ),
]


@pytest.mark.parametrize(("routes", "names"), rows(GATEWAY_ROUTES))
def test_the_routes_to_internet_gateways_come_most_telling_first(
    routes: list[Route], names: list[str]
) -> None:
    """Any of them makes the subnet public; no order of the list changes theirs."""
    for given_routes in (routes, routes[::-1]):
        found = internet_gateway_routes(RouteTable(origin=origin("table"), routes=tuple(given_routes)))
        assert [f"{route.origin.name} {route.origin.path}".strip() for route in found] == names


def _to(name: str) -> Target:
    return Target(kind=TargetKind.NAT_GATEWAY, reference=Inside(name))


NATS: list[tuple[str, RouteTable | Outside, list[str]]] = [
    ("no route, no NAT gateway", PRIVATE, []),
    ("the one that a route leads to", _table((IPV4, _to("one"))), ["one"]),
    (
        "each of several, once",
        _table((LOW, _to("two")), (HIGH, _to("one")), ("52.0.0.0/8", _to("two"))),
        ["two", "one"],
    ),
    (
        "one outside is not at hand",
        _table((IPV4, Target(kind=TargetKind.NAT_GATEWAY, reference=Outside("nat-0abc")))),
        [],
    ),
    ("other targets are none", _table((IPV4, IGW), (LOW, NAT_INSTANCE), (HIGH, TARGET)), []),
    ("a table outside shows none", UNSEEN, []),
]


@pytest.mark.parametrize(("table", "names"), rows(NATS))
def test_the_nat_gateways_of_a_subnet_are_those_its_routes_lead_to(
    table: RouteTable | Outside, names: list[str]
) -> None:
    """In the order of the routes."""
    model = _model(table, nats=(_nat("one"), _nat("two")))
    assert [nat.origin.name for nat in nat_gateways_of(model, A)] == names


def _endpoint(name: str, tables: References) -> VpcEndpoint:
    return VpcEndpoint(
        origin=origin(name),
        vpc=VPC,
        service=Service("s3", "eu-west-1"),
        type=EndpointType.GATEWAY,
        route_tables=tables,
    )


TABLE_A, TABLE_B = _table(name="table a"), _table(name="table b")
ENDPOINTS: list[tuple[str, RouteTable | Outside, list[VpcEndpoint], bool | Unknown]] = [
    ("no endpoint, no route to S3", TABLE_A, [], False),
    ("an endpoint in the table of the subnet", TABLE_A, [_endpoint("s3", (B, A))], True),
    ("an endpoint in another table", TABLE_A, [_endpoint("s3", (B,))], False),
    ("an endpoint in no table", TABLE_A, [_endpoint("s3", ())], False),
    ("the second of two endpoints", TABLE_A, [_endpoint("1", (B,)), _endpoint("2", (A,))], True),
    (
        "an endpoint whose tables are not known is not sure",
        TABLE_A,
        [_endpoint("s3", Unresolved(TABLE))],
        TABLE,
    ),
    (
        "nor is one whose tables may be that of the subnet",
        TABLE_A,
        [_endpoint("s3", Unresolved(TABLE, ("b", "a")))],
        TABLE,
    ),
    ("one whose tables are others for sure", TABLE_A, [_endpoint("s3", Unresolved(TABLE, ("b",)))], False),
    ("nor is one of whose tables one is not known", TABLE_A, [_endpoint("s3", (Unresolved(TABLE),))], TABLE),
    (
        "what is not known of one does not matter beside another",
        TABLE_A,
        [_endpoint("1", Unresolved(TABLE)), _endpoint("2", (A,))],
        True,
    ),
    ("an endpoint of a type not known", TABLE_A, [replace(_endpoint("s3", (A,)), type=TYPE)], TYPE),
    ("an endpoint of a service not known", TABLE_A, [replace(_endpoint("s3", (A,)), service=TYPE)], TYPE),
    ("an endpoint of no service of AWS", TABLE_A, [replace(_endpoint("s3", (A,)), service=None)], False),
    ("a service not known in another table", TABLE_A, [replace(_endpoint("s3", (B,)), service=TYPE)], False),
    (
        "an endpoint of S3 by interfaces",
        TABLE_A,
        [replace(_endpoint("s3", (A,)), type=EndpointType.INTERFACE)],
        False,
    ),
    (
        "an endpoint of another service",
        TABLE_A,
        [replace(_endpoint("s3", (A,)), service=Service("s3express", "eu-west-1"))],
        False,
    ),
    (
        "an endpoint of another VPC, whose tables are not known",
        TABLE_A,
        [replace(_endpoint("s3", Unresolved(TABLE)), vpc=Inside("other"))],
        False,
    ),
    ("one in a table outside is not in that of the subnet", TABLE_A, [_endpoint("s3", (UNSEEN,))], False),
    ("a subnet whose table lies outside, by its id", UNSEEN, [_endpoint("s3", (UNSEEN, B))], True),
]


@pytest.mark.parametrize(("table", "endpoints", "has"), rows(ENDPOINTS))
def test_a_subnet_reaches_s3_by_a_gateway_endpoint_in_its_route_table(
    table: RouteTable | Outside, endpoints: list[VpcEndpoint], *, has: bool | Unknown
) -> None:
    """For sure, surely not, or as a property says that is not known."""
    assert has_s3_gateway_endpoint(_model(table, TABLE_B, endpoints=endpoints), A) == has


def test_whether_an_endpoint_is_in_a_table_nobody_knows_is_not_known() -> None:
    """An endpoint in no table at all is not in that one either."""
    associations = (tie("1", A, Unresolved(TABLE)),)
    unknown = Unresolved(ROUTES, ("b",))
    for tables, expected in (((B,), TABLE), ((), False), (unknown, ROUTES)):
        model = NetworkModel(
            subnets={"a": _subnet("a")},
            route_tables={"b": TABLE_B},
            route_table_associations=associations,
            vpc_endpoints={"s3": _endpoint("s3", tables)},
        )
        assert has_s3_gateway_endpoint(model, A) == expected


def test_a_gateway_endpoint_in_the_main_table_serves_a_subnet_without_association() -> None:
    """The main table stands under the VPC."""
    model = NetworkModel(
        subnets={"a": _subnet("a")},
        route_tables={"vpc": TABLE_A},
        vpc_endpoints={"s3": _endpoint("s3", (VPC,))},
    )
    assert has_s3_gateway_endpoint(model, A)


def test_routes_to_several_kinds_of_target_come_most_telling_first() -> None:
    """NAT devices are gateways and instances."""
    table = _table(("52.0.0.0/8", NAT), (IPV4, IGW), (IPV4, NAT_INSTANCE), (LOW, TARGET))
    assert [route.target for route in routes_to(table, NAT_DEVICES)] == [NAT_INSTANCE, NAT]


HIDDEN: list[tuple[str, RouteTable, tuple[Unknown, ...]]] = [
    ("nothing", _table((IPV4, NAT), (PREFIX_LIST, IGW)), ()),
    ("a target, whatever its destination", _table((IPV6, TARGET), (IPV4, NAT)), (TARGET,)),
    ("routes nobody can see", _table((IPV6, TARGET), hidden_routes=ROUTES), (TARGET, ROUTES)),
]


@pytest.mark.parametrize(("table", "unknowns"), rows(HIDDEN))
def test_what_may_lead_to_any_kind_of_target_is_named(
    table: RouteTable, unknowns: tuple[Unknown, ...]
) -> None:
    """A destination that is not known hides no target."""
    assert hidden_routes(table, NAT_DEVICES) == unknowns


VPC_ID = hidden("vpcId")
PUBLIC_SUBNETS: list[
    tuple[str, Reference, RouteTable | Outside, RouteTable | Outside, tuple[str, ...] | None]
] = [
    ("none", VPC, _table(), _table((IPV4, NAT)), ()),
    ("one", VPC, _table((IPV4, IGW)), _table(), ("a",)),
    ("both", VPC, _table((IPV4, IGW)), _table((IPV6, IGW)), ("a", "b")),
    ("one of another VPC does not count", Inside("other"), _table((IPV4, IGW)), _table((IPV4, IGW)), ("b",)),
    ("one whose VPC is not known may count", Unresolved(VPC_ID), _table(), _table((IPV4, IGW)), None),
    ("one that is public for sure, whatever else", VPC, _table((IPV4, IGW), (LOW, TARGET)), _table(), ("a",)),
    ("a target that is not known may make one public", VPC, _table((IPV4, TARGET)), _table(), None),
    ("so may a table outside", VPC, Outside("rtb-0abc"), _table((IPV4, IGW)), None),
]


@pytest.mark.parametrize(("vpc", "a", "b", "names"), rows(PUBLIC_SUBNETS))
def test_the_public_subnets_of_a_vpc_are_told_only_where_all_of_them_can_be(
    vpc: Reference, a: RouteTable | Outside, b: RouteTable | Outside, names: tuple[str, ...] | None
) -> None:
    """By their routes, as ever; the first subnet's VPC varies."""
    base = _model(a, b)
    model = replace(base, subnets={**base.subnets, "a": replace(base.subnets["a"], vpc=vpc)})
    found = public_subnets_of(model, VPC)
    assert (None if found is None else tuple(each.origin.name for each in found)) == names


def test_the_public_subnets_of_the_default_vpc_are_not_all_at_hand() -> None:
    """AWS made it with subnets, and no resource shows those."""
    adopted = replace(_model(_table((IPV4, IGW))), vpcs={"vpc": vpc(adopted=True)})
    assert public_subnets_of(adopted, VPC) is None
