"""What VPC endpoints do for an environment: which count, where they stand, whom they let in.

Sources: "Access an AWS service using an interface VPC endpoint" and "Gateway endpoints" in the AWS
PrivateLink guide; EC2 API Reference, CreateVpcEndpoint.
"""

from collections.abc import Iterable
from dataclasses import replace
from ipaddress import IPv4Address
from typing import Final

import pytest

from mwaa_guardrails.aws.decisions import Implicit
from mwaa_guardrails.aws.model import (
    EndpointType,
    Environment,
    Inside,
    NetworkModel,
    Outside,
    Peer,
    PeerKind,
    Reference,
    References,
    RouteTable,
    Rule,
    SecurityGroup,
    Service,
    Subnet,
    Unresolved,
    VpcEndpoint,
)
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.aws.vpc_endpoints import (
    Admission,
    Admittance,
    Gap,
    Zones,
    admission,
    doubtful_endpoints,
    endpoints_for,
    gap_of,
    serving,
    vpc_of,
)
from mwaa_guardrails.net.addresses import parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Unknown
from tests.policy_pack.aws.parts import hidden, origin, packets, rule, tie
from tests.policy_pack.net.tables import rows

GROUP, OWN, MORE = Inside("group"), Inside("own"), Inside("more")
VPC, ABROAD = Inside("vpc"), Outside("vpc-0abc")
A, B, C, D = Inside("a"), Inside("b"), Inside("c"), Inside("d")
LITERAL, OTHER_LITERAL = Outside("subnet-0a"), Outside("subnet-0b")
SUBNETS, SERVICE, VPC_ID, TYPE, DNS = (
    hidden("subnetIds"),
    hidden("serviceName"),
    hidden("vpcId"),
    hidden("vpcEndpointType"),
    hidden("privateDnsEnabled"),
)
TABLE, ZONE, GROUPS, GROUP_ID, BLOCK, LIST = (
    hidden("routeTableId"),
    hidden("availabilityZone"),
    hidden("securityGroupIds"),
    hidden("securityGroupIds[0]"),
    hidden("cidrBlock"),
    hidden("prefixListIds[0]"),
)
SQS: Final = Service("sqs", "eu-west-1")
INTERFACE, GATEWAY = EndpointType.INTERFACE, EndpointType.GATEWAY


def _endpoint(name: str = "sqs", **changes: object) -> VpcEndpoint:
    """Return an interface endpoint of SQS in both subnets, with some attributes changed."""
    whole = VpcEndpoint(
        origin=origin(name),
        vpc=VPC,
        service=SQS,
        type=INTERFACE,
        private_dns=True,
        subnets=(A, B),
        security_groups=(Inside("own"),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type] # a table names attributes of several types


def _environment(
    subnets: tuple[Reference, ...] | Unknown | None = (A, B),
    groups: tuple[Reference, ...] | Unknown | None = (GROUP,),
    region: str | Unknown | None = "eu-west-1",
) -> Environment:
    return Environment(
        origin=origin("env"),
        name="env",
        declared=False,
        subnets=subnets,
        security_groups=groups,
        region=region,
    )


def _subnet(
    name: str, zone: str | Unknown | None, block: IntervalSet | Unknown, vpc: Reference = VPC
) -> Subnet:
    return Subnet(origin=origin(name), vpc=vpc, cidr=block, zone=zone)


ZONES_OF: Final[dict[str, str | Unknown | None]] = {
    "a": "1a",
    "b": "1b",
    "c": "1a",
    "d": "1b",
    "e": ZONE,
    "f": None,
}


def _model(*endpoints: VpcEndpoint, **changes: object) -> NetworkModel:
    """Return a model with six subnets; the tables of the first two are their own."""
    whole = NetworkModel(
        subnets={
            name: _subnet(name, zone, parse_cidr(f"10.0.{number}.0/24"))
            for number, (name, zone) in enumerate(ZONES_OF.items())
        },
        route_tables={
            name: RouteTable(origin=origin(f"table {name}"), routes=()) for name in ("a", "b", "vpc")
        },
        route_table_associations=tuple(tie(name, Inside(name), Inside(name)) for name in ("a", "b")),
        vpc_endpoints={each.origin.urn: each for each in endpoints},
    )
    return replace(whole, **changes)  # type: ignore[arg-type] # likewise


LOST: Final = {"lost": _subnet("lost", None, BLOCK, Unresolved(VPC_ID)), "a": _subnet("a", "1a", BLOCK)}
VPCS: list[tuple[str, tuple[Reference, ...] | Unknown | None, Reference | None]] = [
    ("the one of its subnets", (A,), VPC),
    ("a known one before one that is not known", (Inside("lost"), A), VPC),
    ("one not known", (Inside("lost"),), Unresolved(VPC_ID)),
    ("none of subnets outside", (LITERAL,), None),
    ("none where a declaration names no subnets", None, None),
    ("not known where the subnets are not", SUBNETS, Unresolved(SUBNETS)),
]


@pytest.mark.parametrize(("subnets", "vpc"), rows(VPCS))
def test_the_vpc_of_an_environment_is_that_of_its_subnets(
    subnets: tuple[Reference, ...] | Unknown | None, vpc: Reference | None
) -> None:
    """Whichever of them is known."""
    assert vpc_of(NetworkModel(subnets=LOST), _environment(subnets)) == vpc


COUNTED: list[tuple[str, VpcEndpoint, bool, Unknown | None]] = [
    ("one of the service in the VPC counts", _endpoint(), True, None),
    ("one in another VPC does not", _endpoint(vpc=Inside("other")), False, None),
    ("one of another service does not", _endpoint(service=Service("sns", "eu-west-1")), False, None),
    ("one of another Region does not", _endpoint(service=Service("sqs", "eu-west-2")), False, None),
    ("one of no service of AWS does not", _endpoint(service=None), False, None),
    ("one of a type that no service here has does not", _endpoint(type=EndpointType.OTHER), False, None),
    ("one of a type not known does", _endpoint(type=TYPE), True, None),
    ("one of a service not known may", _endpoint(service=SERVICE), False, SERVICE),
    (
        "one of a service not known in another VPC may not",
        _endpoint(service=SERVICE, vpc=ABROAD),
        False,
        None,
    ),
    ("one in a VPC not known may", _endpoint(vpc=Unresolved(VPC_ID)), False, VPC_ID),
    ("one in a VPC that may be this one may", _endpoint(vpc=Unresolved(VPC_ID, ("vpc", "x"))), False, VPC_ID),
    ("one in a VPC that is surely another may not", _endpoint(vpc=Unresolved(VPC_ID, ("x",))), False, None),
    (
        "nor may one of another service in a VPC not known",
        _endpoint(vpc=Unresolved(VPC_ID), service=Service("sns", "eu-west-1")),
        False,
        None,
    ),
]


@pytest.mark.parametrize(("endpoint", "counts", "doubt"), rows(COUNTED))
def test_an_endpoint_counts_for_its_service_in_its_vpc_and_region(
    endpoint: VpcEndpoint, *, counts: bool, doubt: Unknown | None
) -> None:
    """For sure, or as a property says that is not known."""
    model = _model(endpoint)
    assert endpoints_for(model, _environment(), "sqs") == ((endpoint,) if counts else ())
    assert doubtful_endpoints(model, _environment(), ["sqs"]) == (() if doubt is None else (doubt,))


@pytest.mark.parametrize("region", [None, hidden("region")])
def test_where_the_region_is_not_known_an_endpoint_of_any_region_counts(region: Unknown | None) -> None:
    """What it is known to be for stays."""
    elsewhere = _endpoint(service=Service("sqs", "us-east-1"))
    assert endpoints_for(_model(elsewhere), _environment(region=region), "sqs") == (elsewhere,)


@pytest.mark.parametrize("subnets", [(LITERAL,), SUBNETS])
def test_without_a_known_vpc_no_endpoint_counts(subnets: tuple[Reference, ...] | Unknown) -> None:
    """Nor is any in doubt."""
    model = _model(_endpoint(), _endpoint("more", service=SERVICE))
    assert endpoints_for(model, _environment(subnets), "sqs") == ()
    assert doubtful_endpoints(model, _environment(subnets), ["sqs"]) == ()


NAMED, UNNAMED, HIDDEN_NAME = (
    _endpoint("named"),
    _endpoint("unnamed", private_dns=False),
    _endpoint("hidden", private_dns=DNS),
)
BY_ROUTE, UNTOLD = _endpoint("route", type=GATEWAY), _endpoint("untold", type=TYPE)
SERVING: list[tuple[str, list[VpcEndpoint], list[VpcEndpoint] | Unknown, list[VpcEndpoint]]] = [
    ("none", [], [], []),
    ("private DNS comes first", [UNNAMED, BY_ROUTE, NAMED], [NAMED], [NAMED]),
    ("a gateway before an interface without it", [UNNAMED, BY_ROUTE], [BY_ROUTE], [UNNAMED]),
    ("a gateway, unless an interface has it", [HIDDEN_NAME, BY_ROUTE], DNS, [HIDDEN_NAME]),
    ("one has it, whether or not another does", [HIDDEN_NAME, BY_ROUTE, NAMED], [NAMED], [NAMED]),
    ("an interface without it", [UNNAMED, UNTOLD], [UNNAMED], [UNNAMED]),
    ("an interface that may have it", [HIDDEN_NAME], [HIDDEN_NAME], [HIDDEN_NAME]),
    ("one of a type not known", [UNTOLD], [UNTOLD], [UNTOLD]),
    ("one of a type not known beside a gateway", [BY_ROUTE, UNTOLD], TYPE, [UNTOLD]),
    (
        "one of a type not known and without it, beside a gateway",
        [BY_ROUTE, replace(UNTOLD, private_dns=False)],
        [BY_ROUTE],
        [replace(UNTOLD, private_dns=False)],
    ),
    ("a gateway of a service that has none", [BY_ROUTE], [BY_ROUTE], [BY_ROUTE]),
]


@pytest.mark.parametrize(("endpoints", "of_s3", "of_others"), rows(SERVING))
def test_a_service_is_reached_by_private_dns_first(
    endpoints: list[VpcEndpoint], of_s3: list[VpcEndpoint] | Unknown, of_others: list[VpcEndpoint]
) -> None:
    """Where a service has gateway endpoints, then by their routes."""
    expected = of_s3 if isinstance(of_s3, Unknown) else tuple(of_s3)
    assert serving(tuple(endpoints), by_gateway=True) == expected
    assert serving(tuple(endpoints), by_gateway=False) == tuple(of_others)


def _gap(
    *lacking: Reference,
    zones: Zones | Unknown = Zones.LACKED,
    crossing: tuple[Reference, ...] | None = None,
) -> Gap:
    """Return a gap; all that lack the endpoint do so in their zone as well, unless other subnets cover it."""
    if crossing is None:
        crossing = () if zones is Zones.COVERED else lacking
    return Gap(lacking=lacking, crossing=crossing, zones=zones)


MAYBE_A: Final = Unresolved(SUBNETS, ("a", "c"))
INTERFACES: list[tuple[str, References, tuple[Reference, ...], Gap | Unknown | None]] = [
    ("both subnets", (A, B), (A, B), None),
    ("both and another", (A, B, C), (A, B), None),
    ("one", (A,), (A, B), _gap(B)),
    ("none", (), (A, B), _gap(A, B)),
    ("others of both zones", (C, D), (A, B), _gap(A, B, zones=Zones.COVERED)),
    ("one and another of the other zone", (A, D), (A, B), _gap(B, zones=Zones.COVERED)),
    ("one and another of its zone", (A, C), (A, B), _gap(B)),
    ("others, one in a zone not known", (C, Inside("e")), (A, B), _gap(A, B, zones=ZONE, crossing=(B,))),
    (
        "others, one in a zone that AWS chooses",
        (C, Inside("f")),
        (A, B),
        _gap(A, B, zones=Unknown(urn="f", path="availabilityZone"), crossing=(B,)),
    ),
    ("literal ones", (LITERAL, OTHER_LITERAL), (A, B), _gap(A, B, zones=Zones.UNSEEN)),
    ("fewer literal ones than zones", (LITERAL,), (A, B), _gap(A, B)),
    ("the literal ones of the environment", (LITERAL, OTHER_LITERAL), (LITERAL, OTHER_LITERAL), None),
    (
        "literal subnets, others",
        (A, B),
        (LITERAL, OTHER_LITERAL),
        _gap(LITERAL, OTHER_LITERAL, zones=Zones.UNSEEN),
    ),
    ("a list not known", Unresolved(SUBNETS), (A, B), SUBNETS),
    ("a list that may hold both", Unresolved(SUBNETS, ("a", "b")), (A, B), SUBNETS),
    ("a list that cannot hold one", Unresolved(SUBNETS, ("a", "c")), (A, B), _gap(B)),
    (
        "a list that can hold neither, but their zones",
        Unresolved(SUBNETS, ("c", "d")),
        (A, B),
        _gap(A, B, zones=SUBNETS),
    ),
    ("one of two is not known", (A, Unresolved(SUBNETS)), (A, B), SUBNETS),
    ("one of two is not known, and surely another", (A, Unresolved(SUBNETS, ("c",))), (A, B), _gap(B)),
    ("one alone, and which is not known", (Unresolved(SUBNETS, ("a", "b")),), (A, B), _gap()),
    ("a subnet of the environment is not known", (A,), (A, Unresolved(SUBNETS)), SUBNETS),
    (
        "a subnet of the environment is not known, and there is none",
        (),
        (Unresolved(SUBNETS),),
        _gap(Unresolved(SUBNETS)),
    ),
    ("no subnet", (A,), (), None),
]


@pytest.mark.parametrize(("standing", "subnets", "gap"), rows(INTERFACES))
def test_an_interface_endpoint_stands_in_subnets(
    standing: References, subnets: tuple[Reference, ...], gap: Gap | Unknown | None
) -> None:
    """A gap that is certain is told, whatever else is not known."""
    endpoint = _endpoint(subnets=standing)
    assert gap_of(_model(endpoint), (endpoint,), _environment(subnets)) == gap


GATEWAYS: list[tuple[str, References, tuple[Reference, ...], Gap | Unknown | None]] = [
    ("both tables", (A, B), (A, B), None),
    ("one", (A,), (A, B), _gap(B)),
    ("none", (), (A, B), _gap(A, B)),
    ("the main table, which no one follows", (VPC,), (A, B), _gap(A, B)),
    ("the main table, which one follows", (VPC,), (C,), None),
    ("a list not known", Unresolved(TABLE), (A, B), TABLE),
    ("a list that cannot hold one", Unresolved(TABLE, ("a",)), (A, B), _gap(B)),
    ("a table outside, for a subnet outside", (Outside("rtb-0a"),), (LITERAL,), None),
    ("a table at hand, for a subnet outside", (A,), (LITERAL,), None),
    ("no table, for a subnet outside", (), (LITERAL,), _gap(LITERAL)),
    ("a table not known, for a subnet outside", (Unresolved(TABLE),), (LITERAL,), TABLE),
]


@pytest.mark.parametrize(("standing", "subnets", "gap"), rows(GATEWAYS))
def test_a_gateway_endpoint_stands_in_route_tables(
    standing: References, subnets: tuple[Reference, ...], gap: Gap | Unknown | None
) -> None:
    """In those that the subnets follow; which table a subnet outside follows, nobody can see."""
    endpoint = _endpoint(type=GATEWAY, route_tables=standing)
    assert gap_of(_model(endpoint), (endpoint,), _environment(subnets)) == gap


def test_a_subnet_tied_to_a_table_outside_is_served_by_that_one_alone() -> None:
    """By its id, which the association says."""
    ties = (tie("a", A, Outside("rtb-0a")),)
    for table, gap in (("rtb-0a", None), ("rtb-0b", _gap(A))):
        endpoint = _endpoint(type=GATEWAY, route_tables=(Outside(table),))
        model = _model(endpoint, route_table_associations=ties)
        assert gap_of(model, (endpoint,), _environment((A,))) == gap


def test_several_endpoints_of_one_service_stand_together() -> None:
    """Two gateway endpoints, one a route table."""
    endpoints = tuple(_endpoint(name, type=GATEWAY, route_tables=(Inside(name),)) for name in "ab")
    assert gap_of(_model(*endpoints), endpoints, _environment()) is None


def test_where_the_subnets_are_not_known_nor_is_a_gap() -> None:
    """The environment's list is in the way."""
    assert gap_of(_model(), (_endpoint(),), _environment(SUBNETS)) == SUBNETS


HTTPS: Final = packets(6, ports=443)
FOREIGN: Final = Outside("sg-0abc")


def _from(block: str) -> Rule:
    return rule("block", packets(6, block, 443))


def _list(reference: Reference, ports: int = 443) -> Rule:
    return rule("list", packets(6, ports=ports), Peer(kind=PeerKind.PREFIX_LIST, reference=reference))


UNKNOWN_RULE: Final = rule("unknown", Pattern.at_most(HTTPS, BLOCK))
BY_GROUP, BY_OWN, REFUSED, UNSEEN = (
    Admittance.BY_GROUP_OF_ENVIRONMENT,
    Admittance.BY_OWN_GROUP,
    Admittance.REFUSED,
    Admittance.UNSEEN,
)
SELF: Final = rule("self", HTTPS, GROUP)
# What the endpoint carries and the rules of its own group; what the environment carries; the answer.
DOORS: list[
    tuple[str, References, list[Rule], tuple[Reference, ...] | Unknown | None, Admittance | Unknown]
] = [
    ("the environment's group", (GROUP,), [], (GROUP,), BY_GROUP),
    ("the environment's group and another", (GROUP, OWN), [], (GROUP,), BY_GROUP),
    ("an own group from the environment's", (OWN,), [rule("r", HTTPS, GROUP)], (GROUP,), BY_OWN),
    ("an own group from the subnets", (OWN,), [_from("10.0.0.0/16")], (GROUP,), BY_OWN),
    ("an own group from one subnet", (OWN,), [_from("10.0.0.0/24")], (GROUP,), REFUSED),
    ("an own group without rules", (OWN,), [], (GROUP,), REFUSED),
    ("an own group from another group", (OWN,), [rule("r", HTTPS, MORE)], (GROUP,), REFUSED),
    ("an own group from the second of two", (OWN,), [rule("r", HTTPS, MORE)], (GROUP, MORE), BY_OWN),
    ("one of two that lets nobody in, and the other does", (MORE,), [], (GROUP, MORE), REFUSED),
    ("one of two, and neither lets anybody in", (MORE,), [], (OWN, MORE), BY_GROUP),
    ("one that lets nobody in, and another lies outside", (MORE,), [], (MORE, FOREIGN), REFUSED),
    ("no group of the environment is named", (OWN,), [], None, UNSEEN),
    ("the environment has no group", (OWN,), [], (), UNSEEN),
    ("the environment's groups are not known", (OWN,), [], GROUPS, GROUPS),
    ("a group outside", (FOREIGN,), [], (GROUP,), UNSEEN),
    ("a group outside and one that lets in", (FOREIGN, OWN), [_from("10.0.0.0/16")], (GROUP,), BY_OWN),
    ("a group outside and the environment's, which lets nobody in", (FOREIGN, MORE), [], (MORE,), BY_GROUP),
    ("the environment's group outside", (FOREIGN,), [], (FOREIGN,), BY_GROUP),
    ("a prefix list outside", (OWN,), [_list(Outside("pl-0abc"))], (GROUP,), UNSEEN),
    ("a prefix list outside, for another port", (OWN,), [_list(Outside("pl-0abc"), 80)], (GROUP,), REFUSED),
    ("a prefix list of AWS's", (OWN,), [_list(Inside("s3"))], (GROUP,), REFUSED),
    ("a prefix list not known", (OWN,), [_list(Unresolved(LIST))], (GROUP,), LIST),
    ("a rule not known", (OWN,), [UNKNOWN_RULE], (GROUP,), BLOCK),
    ("a rule whose peer is not known", (OWN,), [rule("r", HTTPS, BLOCK)], (GROUP,), BLOCK),
    ("a list of groups not known", Unresolved(GROUPS), [], (GROUP,), GROUPS),
    ("a list of groups that may be the environment's", Unresolved(GROUPS, ("group",)), [], (GROUP,), GROUPS),
    ("a list of groups that let nobody in", Unresolved(GROUPS, ("own", "more")), [], (GROUP,), REFUSED),
    (
        "a list of groups that may let in",
        Unresolved(GROUPS, ("own", "more")),
        [_from("10.0.0.0/16")],
        (GROUP,),
        GROUPS,
    ),
    (
        "one that lets in, and one not known",
        (OWN, Unresolved(GROUP_ID)),
        [_from("10.0.0.0/16")],
        (GROUP,),
        GROUP_ID,
    ),
    (
        "one that lets in, and one that is surely another",
        (OWN, Unresolved(GROUP_ID, ("more",))),
        [_from("10.0.0.0/16")],
        (GROUP,),
        BY_OWN,
    ),
    ("a group of the environment not known", (OWN,), [], (Unresolved(GROUP_ID),), GROUP_ID),
    (
        "one that may be the endpoint's",
        (OWN,),
        [_from("10.0.0.0/16")],
        (GROUP, Unresolved(GROUP_ID, ("own",))),
        GROUP_ID,
    ),
    (
        "one that may be let in",
        (OWN,),
        [rule("r", HTTPS, MORE)],
        (Unresolved(GROUP_ID, ("more", "group")),),
        GROUP_ID,
    ),
    (
        "one that is surely not let in",
        (OWN,),
        [rule("r", HTTPS, MORE)],
        (Unresolved(GROUP_ID, ("x", "group")),),
        REFUSED,
    ),
    (
        "a list that may be the environment's group, which lets nobody in",
        Unresolved(GROUPS, ("more",)),
        [],
        (MORE,),
        GROUPS,
    ),
]


def _groups(own: Iterable[Rule], more: Iterable[Rule] = ()) -> dict[str, SecurityGroup]:
    of = {"group": (SELF,), "own": tuple(own), "more": tuple(more), "x": ()}
    return {name: SecurityGroup(origin=origin(name), vpc=VPC, rules=rules_) for name, rules_ in of.items()}


@pytest.mark.parametrize(("carried", "own", "groups", "answer"), rows(DOORS))
def test_an_endpoint_lets_in_what_its_groups_let_in(
    carried: References,
    own: list[Rule],
    groups: tuple[Reference, ...] | Unknown | None,
    answer: Admittance | Unknown,
) -> None:
    """They unite, on either side; a refusal that is certain is told, whatever else is not known."""
    endpoint = _endpoint(security_groups=carried)
    model = _model(endpoint, security_groups=_groups(own))
    found = admission(model, endpoint, _environment(groups=groups), 443)
    assert (found if isinstance(found, Unknown) else found.admittance) == answer


OTHERS_OUTSIDE: list[tuple[str, References, list[Rule], tuple[Reference, ...], Admittance | Unknown]] = [
    ("one that lets in the group that is sure", (OWN,), [rule("r", HTTPS, GROUP)], (GROUP,), BY_OWN),
    ("one that lets in one outside", (OWN,), [rule("r", HTTPS, FOREIGN)], (GROUP,), GROUPS),
    ("one that lets in another of the stack", (OWN,), [rule("r", HTTPS, MORE)], (GROUP,), REFUSED),
    ("one without rules", (OWN,), [], (GROUP,), REFUSED),
    ("one outside, and one that lets in", (FOREIGN, OWN), [_from("10.0.0.0/16")], (GROUP,), GROUPS),
    ("the group that is sure, which lets nobody in", (MORE,), [], (MORE,), GROUPS),
]


@pytest.mark.parametrize(("carried", "own", "groups", "answer"), rows(OTHERS_OUTSIDE))
def test_an_environment_may_carry_other_groups_that_lie_outside(
    carried: References, own: list[Rule], groups: tuple[Reference, ...], answer: Admittance | Unknown
) -> None:
    """Which matter where the endpoint carries such a group, or one of its rules names one."""
    endpoint = _endpoint(security_groups=carried)
    model = _model(endpoint, security_groups=_groups(own))
    found = admission(model, endpoint, replace(_environment(groups=groups), groups_outside=GROUPS), 443)
    assert (found if isinstance(found, Unknown) else found.admittance) == answer


ADDRESSES: list[tuple[str, tuple[Reference, ...] | Unknown, list[Rule], Admittance | Unknown]] = [
    ("a subnet outside, and a rule from everywhere", (A, LITERAL), [_from("0.0.0.0/0")], BY_OWN),
    ("a subnet outside, and a rule from a block", (A, LITERAL), [_from("10.0.0.0/16")], UNSEEN),
    ("a subnet outside, and no rule", (A, LITERAL), [], REFUSED),
    ("no subnet, and a rule from a block", (), [_from("10.0.0.0/16")], UNSEEN),
    ("subnets not known, and a rule from a block", SUBNETS, [_from("10.0.0.0/16")], SUBNETS),
    ("subnets not known, and no rule", SUBNETS, [], REFUSED),
    (
        "a subnet not known, and a rule from a block",
        (A, Unresolved(SUBNETS)),
        [_from("10.0.0.0/16")],
        SUBNETS,
    ),
    ("a block not known, and a rule from a block", (Inside("lost"), A), [_from("10.0.0.0/16")], BLOCK),
]


@pytest.mark.parametrize(("subnets", "own", "answer"), rows(ADDRESSES))
def test_addresses_not_known_matter_where_a_rule_names_some(
    subnets: tuple[Reference, ...] | Unknown, own: list[Rule], answer: Admittance | Unknown
) -> None:
    """Whatever lets in all of them, or none, decides."""
    endpoint = _endpoint()
    lost = {"a": _subnet("a", "1a", parse_cidr("10.0.0.0/24")), "lost": _subnet("lost", "1b", BLOCK)}
    model = _model(endpoint, security_groups=_groups(own), subnets=lost)
    found = admission(model, endpoint, _environment(subnets), 443)
    assert (found if isinstance(found, Unknown) else found.admittance) == answer


SELVES: list[tuple[str, list[Rule], tuple[Reference, ...], Admittance | Unknown]] = [
    ("its own rule is not known", [rule("self", Pattern.at_most(HTTPS, BLOCK), OWN)], (MORE, OWN), BLOCK),
    ("its rule is for a prefix list that is not known", [_list(Unresolved(LIST))], (MORE, OWN), LIST),
    (
        "its rule is for the prefix list of one of AWS's services",
        [_list(Inside("s3"))],
        (MORE, OWN),
        BY_GROUP,
    ),
    ("one of its groups is not known", [], (MORE, Unresolved(GROUP_ID, ("group", "x"))), GROUP_ID),
]


@pytest.mark.parametrize(("own", "groups", "answer"), rows(SELVES))
def test_whether_an_environment_lets_itself_in_may_not_be_known(
    own: list[Rule], groups: tuple[Reference, ...], answer: Admittance | Unknown
) -> None:
    """Then nobody can say whether the endpoint or the environment's own rules are at fault."""
    endpoint = _endpoint(security_groups=(MORE,))
    model = _model(endpoint, security_groups=_groups(own))
    found = admission(model, endpoint, _environment(groups=groups), 443)
    assert (found if isinstance(found, Unknown) else found.admittance) == answer


def test_a_refusal_shows_what_nothing_lets_in() -> None:
    """The packets of the subnet that no rule names."""
    endpoint = _endpoint()
    model = _model(endpoint, security_groups=_groups([_from("10.0.0.0/24")]))
    found = admission(model, endpoint, _environment(), 443)
    assert isinstance(found, Admission)
    (denied,) = found.denied
    hosts_of_the_other = IntervalSet(((int(IPv4Address("10.0.1.4")), int(IPv4Address("10.0.1.254"))),))
    assert (denied.by, denied.share.remotes) == (Implicit.NO_RULE, hosts_of_the_other)
