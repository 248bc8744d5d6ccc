"""Which network ACL and which route table a subnet has, by association or by AWS's defaults.

Sources: "Network ACL basics" and "Subnet route tables" in the Amazon VPC User Guide.
"""

import pytest

from mwaa_guardrails.aws.model import (
    Association,
    Inside,
    NetworkAcl,
    NetworkModel,
    Outside,
    Reference,
    RouteTable,
    Subnet,
    Unresolved,
    Vpc,
    surely_differ,
)
from mwaa_guardrails.net.addresses import parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.aws.parts import acl, hidden, origin, tie
from tests.policy_pack.net.tables import rows

VPC, FOREIGN_VPC = Inside("vpc"), Outside("vpc-0abc")
A, B, ABROAD, LITERAL = Inside("a"), Inside("b"), Inside("abroad"), Outside("subnet-0abc")
ONE, TWO, FAR = Inside("one"), Inside("two"), Outside("acl-or-rtb-0abc")
SUBNET_ID, OTHER_ID, VPC_ID = hidden("subnetId"), hidden("networkAclId or routeTableId"), hidden("vpcId")
LOST_VPC = Inside("lost")


def _subnet(name: str, vpc: Reference) -> Subnet:
    return Subnet(origin=origin(name), vpc=vpc, cidr=parse_cidr("10.0.0.0/24"))


def _table(name: str) -> RouteTable:
    return RouteTable(origin=origin(name), routes=())


def _model(
    *associations: Association, acls: tuple[Association, ...] = (), mains: tuple[Association, ...] = ()
) -> NetworkModel:
    """Return a model with two tables and two ACLs beside the VPC's own, tied alike."""
    return NetworkModel(
        vpcs={"vpc": Vpc(origin=origin("vpc"), cidr=parse_cidr("10.0.0.0/16"))},
        subnets={
            "a": _subnet("a", VPC),
            "b": _subnet("b", VPC),
            "abroad": _subnet("abroad", FOREIGN_VPC),
            "lost": _subnet("lost", Unresolved(VPC_ID)),
        },
        route_tables={name: _table(name) for name in ("vpc", "one", "two")},
        network_acls={name: acl(name=name) for name in ("vpc", "one", "two")},
        route_table_associations=associations,
        network_acl_associations=(*associations, *acls),
        main_route_tables=mains,
    )


def _contested(by: str) -> Unknown:
    return Unknown(urn=by, path="", reason=Reason.CONTESTED)


# What a subnet has: a part by name, an id outside, or the property in the way.
BELONGING: list[tuple[str, Reference, tuple[Association, ...], str | Outside | Unknown]] = [
    ("a subnet without association has what the VPC has", A, (), "vpc"),
    ("an association wins", A, (tie("1", A, ONE),), "one"),
    ("an association of another subnet has no bearing", A, (tie("1", B, ONE),), "vpc"),
    ("one part may serve many subnets", B, (tie("1", A, ONE), tie("2", B, ONE)), "one"),
    ("what is stated twice alike is stated", A, (tie("1", A, ONE), tie("2", A, ONE)), "one"),
    (
        "two that differ contest the subnet, and the second is named",
        A,
        (tie("1", A, ONE), tie("other", B, TWO), tie("2", A, ONE), tie("rival", A, TWO)),
        _contested("rival"),
    ),
    ("an association may lead outside", A, (tie("1", A, FAR),), FAR),
    (
        "an association with something unknown hides it",
        A,
        (tie("1", A, Unresolved(OTHER_ID, ("one", "two"))),),
        OTHER_ID,
    ),
    (
        "an association of an unknown subnet hides what any may have",
        A,
        (tie("1", Unresolved(SUBNET_ID), ONE),),
        SUBNET_ID,
    ),
    ("it hides what its candidates have", A, (tie("1", Unresolved(SUBNET_ID, ("b", "a")), ONE),), SUBNET_ID),
    ("it hides nothing of other subnets", A, (tie("1", Unresolved(SUBNET_ID, ("b",)), ONE),), "vpc"),
    (
        "it hides nothing of a subnet that has an association of its own",
        A,
        (tie("1", Unresolved(SUBNET_ID), ONE), tie("2", A, TWO)),
        "two",
    ),
    ("a subnet of a VPC outside has what lies outside", ABROAD, (), FOREIGN_VPC),
    ("unless it has an association", ABROAD, (tie("1", ABROAD, ONE),), "one"),
    ("a subnet whose VPC is not known has what is not known", LOST_VPC, (), VPC_ID),
    ("unless it has an association, too", LOST_VPC, (tie("1", LOST_VPC, ONE),), "one"),
    ("a subnet outside lies outside", LITERAL, (), LITERAL),
    ("a subnet outside may have an association at hand", LITERAL, (tie("1", LITERAL, ONE),), "one"),
    ("an unknown subnet may be one outside", LITERAL, (tie("1", Unresolved(SUBNET_ID), ONE),), SUBNET_ID),
    ("candidates lie inside", LITERAL, (tie("1", Unresolved(SUBNET_ID, ("a",)), ONE),), LITERAL),
    (
        "a subnet that is not known has what is not known",
        Unresolved(OTHER_ID, ("a",)),
        (tie("1", A, ONE),),
        OTHER_ID,
    ),
]


def _told(part: NetworkAcl | RouteTable | Outside | Unknown) -> str | Outside | Unknown:
    """Return the name of a part of the model, and anything else as it is."""
    return part if isinstance(part, (Outside, Unknown)) else part.origin.name


@pytest.mark.parametrize(("subnet", "associations", "expected"), rows(BELONGING))
def test_a_subnet_has_what_an_association_says_or_else_what_its_vpc_has(
    subnet: Reference,
    associations: tuple[Association, ...],
    expected: str | Outside | Unknown,
) -> None:
    """Network ACLs and route tables are tied to subnets alike."""
    model = _model(*associations)
    possible = model.network_acls_of(subnet)
    if isinstance(expected, Unknown):
        assert possible.unknown == expected
    else:
        assert [_told(each) for each in possible.acls] == [expected]
        assert possible.unknown is None
    assert _told(model.route_table_of(subnet)) == expected


# Every network ACL that a subnet may have while something is not known; none where it may be any.
POSSIBLE: list[tuple[str, Reference, tuple[Association, ...], list[str | Outside]]] = [
    ("the two that contest it", A, (tie("1", A, ONE), tie("rival", A, TWO)), ["one", "two"]),
    (
        "the candidates of the association",
        A,
        (tie("1", A, Unresolved(OTHER_ID, ("one", "two"))),),
        ["one", "two"],
    ),
    ("any, where the association says nothing", A, (tie("1", A, Unresolved(OTHER_ID)),), []),
    (
        "the one that an unknown association may tie to it, and the VPC's own",
        A,
        (tie("1", Unresolved(SUBNET_ID, ("a", "b")), ONE),),
        ["one", "vpc"],
    ),
    (
        "each of several",
        A,
        (tie("1", Unresolved(SUBNET_ID), ONE), tie("2", Unresolved(SUBNET_ID), FAR)),
        ["one", FAR, "vpc"],
    ),
    ("each only once", A, (tie("1", Unresolved(SUBNET_ID), VPC),), ["vpc"]),
    ("any, where the subnet is not known", Unresolved(SUBNET_ID, ("a",)), (), []),
    ("any, where the subnet's VPC is not known", LOST_VPC, (tie("1", Unresolved(SUBNET_ID), ONE),), []),
]


@pytest.mark.parametrize(("subnet", "associations", "expected"), rows(POSSIBLE))
def test_while_something_is_not_known_a_subnet_may_have_one_of_several_acls(
    subnet: Reference, associations: tuple[Association, ...], expected: list[str | Outside]
) -> None:
    """What would be said of each of them alike can be said."""
    possible = _model(*associations).network_acls_of(subnet)
    assert [_told(each) for each in possible.acls] == expected
    assert possible.unknown is not None


V1, V2 = Inside("v1"), Inside("v2")
DIFFER = [
    ("one is itself", V1, V1, False),
    ("two differ", V1, V2, True),
    ("one at hand is none outside", V1, Outside("vpc-1"), True),
    ("two ids differ", Outside("vpc-1"), Outside("vpc-2"), True),
    ("one id is itself", Outside("vpc-1"), Outside("vpc-1"), False),
    ("what may be anything may be this", Unresolved(VPC_ID), V1, False),
    ("what may be this may be this", Unresolved(VPC_ID, ("v1", "v2")), V1, False),
    ("what may be others is not this", Unresolved(VPC_ID, ("v2",)), V1, True),
    ("candidates are none outside", Unresolved(VPC_ID, ("v2",)), Outside("vpc-1"), True),
    ("two that may be anything", Unresolved(VPC_ID), Unresolved(VPC_ID), False),
    ("one that may be anything", Unresolved(VPC_ID), Unresolved(OTHER_ID, ("v1",)), False),
    ("two with one candidate in common", Unresolved(VPC_ID, ("v1",)), Unresolved(OTHER_ID, ("v1",)), False),
    ("two with none", Unresolved(VPC_ID, ("v1",)), Unresolved(OTHER_ID, ("v2",)), True),
    ("what lies outside is none at hand", Unresolved(VPC_ID, outside=True), V1, True),
    ("or it is a candidate", Unresolved(VPC_ID, ("v1",), outside=True), V1, False),
    ("what lies outside may be any there", Unresolved(VPC_ID, outside=True), Outside("vpc-1"), False),
    ("or what may be anything", Unresolved(VPC_ID, outside=True), Unresolved(OTHER_ID), False),
    ("it is no candidate of another", Unresolved(VPC_ID, outside=True), Unresolved(OTHER_ID, ("v1",)), True),
    (
        "two outside may be one",
        Unresolved(VPC_ID, ("v1",), outside=True),
        Unresolved(OTHER_ID, ("v2",), outside=True),
        False,
    ),
]


@pytest.mark.parametrize(("one", "other", "differ"), rows(DIFFER))
def test_references_differ_only_where_they_cannot_mean_the_same(
    one: Reference, other: Reference, *, differ: bool
) -> None:
    """Whichever is asked about first."""
    assert surely_differ(one, other) is differ
    assert surely_differ(other, one) is differ


MAIN: list[
    tuple[str, Reference, tuple[Association, ...], tuple[Association, ...], str | Outside | Unknown]
] = [
    ("a subnet without association follows the main table", A, (), (tie("m", VPC, TWO),), "two"),
    (
        "an association of its own wins over the main table",
        A,
        (tie("1", A, ONE),),
        (tie("m", VPC, TWO),),
        "one",
    ),
    ("another VPC's main table has no bearing", A, (), (tie("m", FOREIGN_VPC, TWO),), "vpc"),
    ("a VPC outside may have its main table at hand", ABROAD, (), (tie("m", FOREIGN_VPC, TWO),), "two"),
    ("a main table may lie outside", A, (), (tie("m", VPC, FAR),), FAR),
    (
        "two main tables contest the VPC",
        A,
        (),
        (tie("m", VPC, ONE), tie("rival", VPC, TWO)),
        _contested("rival"),
    ),
    (
        "a main table that is not known hides what the subnet follows",
        A,
        (),
        (tie("m", VPC, Unresolved(OTHER_ID)),),
        OTHER_ID,
    ),
    (
        "a main table of a VPC that is not known does so as well",
        A,
        (),
        (tie("m", Unresolved(VPC_ID), TWO),),
        VPC_ID,
    ),
    ("unless that VPC is another one", A, (), (tie("m", Unresolved(VPC_ID, ("vpc2",)), TWO),), "vpc"),
]


@pytest.mark.parametrize(("subnet", "associations", "mains", "expected"), rows(MAIN))
def test_a_subnet_without_association_follows_the_main_route_table_of_its_vpc(
    subnet: Reference,
    associations: tuple[Association, ...],
    mains: tuple[Association, ...],
    expected: str | Outside | Unknown,
) -> None:
    """What a main route table association names, or else the VPC's own."""
    model = _model(*associations, mains=mains)
    assert _told(model.route_table_of(subnet)) == expected


FOLLOWS = [
    ("a subnet without association follows the main table", A, (), True),
    ("one with an association does not", A, (tie("1", A, ONE),), False),
    ("one that contradicting associations tie does not", A, (tie("1", A, ONE), tie("2", A, TWO)), False),
    (
        "one that an unknown association may tie does not surely",
        A,
        (tie("1", Unresolved(SUBNET_ID), ONE),),
        False,
    ),
    ("one that is not known does not surely", Unresolved(OTHER_ID), (), False),
    ("one outside follows what lies outside", LITERAL, (), True),
]


@pytest.mark.parametrize(("subnet", "associations", "follows"), rows(FOLLOWS))
def test_a_subnet_follows_the_main_table_where_no_association_ties_it_or_may_tie_it(
    subnet: Reference, associations: tuple[Association, ...], *, follows: bool
) -> None:
    """So a message can say that nobody tied the subnet."""
    assert _model(*associations).follows_main_route_table(subnet) is follows


def test_network_acls_and_route_tables_are_tied_apart() -> None:
    """An association with one says nothing of the other."""
    model = _model(tie("1", A, ONE), acls=(tie("2", B, TWO),))
    assert [_told(each) for each in model.network_acls_of(B).acls] == ["two"]
    assert _told(model.route_table_of(B)) == "vpc"
    assert model.follows_main_route_table(B)


@pytest.mark.parametrize(
    ("block", "hosts"),
    [
        ("10.0.0.0/28", ["10.0.0.4/30", "10.0.0.8/30", "10.0.0.12/31", "10.0.0.14/32"]),
        ("10.0.0.0/30", []),
    ],
)
def test_interfaces_have_the_addresses_that_ec2_does_not_keep(block: str, hosts: list[str]) -> None:
    """The first four of a subnet's block, and the last."""
    subnet = Subnet(origin=origin("a"), vpc=VPC, cidr=parse_cidr(block))
    assert subnet.hosts == IntervalSet.of(*(span for each in hosts for span in parse_cidr(each).spans))


def test_of_a_block_that_is_not_known_the_hosts_are_not() -> None:
    """For the same reason."""
    assert Subnet(origin=origin("a"), vpc=VPC, cidr=SUBNET_ID).hosts == SUBNET_ID
