"""Subnets: how many, and where their effective routes lead, with the right verdict for each."""

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import ALL_IPV4, changed, environment, right_network
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import (
    COUNT,
    GROUPS,
    PUBLIC,
    SILENT,
    Verdict,
    undetermined,
    verdict,
    violation,
)

RIGHT = right_network()


def route(name: str, table: Written, **inputs: Written) -> Made:
    """Return a route resource; without another destination it is for all IPv4."""
    given: dict[str, Written] = {"routeTableId": table, **inputs}
    if not any(key.startswith("destination") for key in inputs):
        given["destinationCidrBlock"] = ALL_IPV4
    return made("ec2/route:Route", name, **given)


def table(name: str, **inputs: Written) -> Made:
    """Return a route table."""
    return made("ec2/routeTable:RouteTable", name, vpcId=ref("vpc"), **inputs)


def tie(name: str, table_name: str, subnet: Written) -> Made:
    """Return what ties a subnet to a route table."""
    return made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        name,
        routeTableId=ref(table_name),
        subnetId=subnet,
    )


def subnet(name: str, **inputs: Written) -> Made:
    """Return a subnet of the VPC."""
    blocks = {"a": "10.0.0.0/24", "b": "10.0.1.0/24"}
    return made(
        "ec2/subnet:Subnet", name, vpcId=ref("vpc"), cidrBlock=blocks.get(name, "10.0.5.0/24"), **inputs
    )


BOTH = violation(PUBLIC, "a", "b")
MAIN = made(
    "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    "main",
    vpcId=ref("vpc"),
    routeTableId=ref("public-table"),
)
_TIES = ("association-a", "association-b")
ROUTES: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "51: public addresses on launch, no internet gateway",
        changed(RIGHT, subnet("a", mapPublicIpOnLaunch=True)),
        SILENT,
    ),
    (
        "52: an internet gateway, no public addresses",
        changed(RIGHT, tie("association-a", "public-table", ref("a"))),
        violation(PUBLIC, "a"),
    ),
    ("53: no association, main table untouched", changed(RIGHT, without=_TIES), SILENT),
    ("54: no association, the main table is public", changed(RIGHT, MAIN, without=_TIES), BOTH),
    ("55: the main table is public, the subnets have their own", changed(RIGHT, MAIN), SILENT),
    (
        "56: the default table adopted with inline routes",
        changed(
            RIGHT,
            made(
                "ec2/defaultRouteTable:DefaultRouteTable",
                "default-table",
                defaultRouteTableId=ref("vpc", "defaultRouteTableId"),
                routes=[{"cidrBlock": ALL_IPV4, "gatewayId": ref("igw")}],
            ),
            without=_TIES,
        ),
        BOTH,
    ),
    (
        "56: a route on the VPC's main table",
        changed(RIGHT, route("leak", ref("vpc", "mainRouteTableId"), gatewayId=ref("igw")), without=_TIES),
        BOTH,
    ),
    (
        "57: inline routes",
        changed(
            RIGHT,
            table("private-table", routes=[{"cidrBlock": ALL_IPV4, "gatewayId": ref("igw")}]),
            without=("private-route",),
        ),
        BOTH,
    ),
    (
        "57: inline routes to both kinds of gateway",
        changed(
            RIGHT,
            table(
                "private-table",
                routes=[
                    {"cidrBlock": ALL_IPV4, "natGatewayId": ref("nat"), "gatewayId": ""},
                    {"ipv6CidrBlock": "::/0", "gatewayId": ref("igw")},
                ],
            ),
            without=("private-route",),
        ),
        BOTH,
    ),
    (
        "58: a NAT gateway under gatewayId",
        changed(RIGHT, route("private-route", ref("private-table"), gatewayId=ref("nat"))),
        SILENT,
    ),
    (
        "59: a literal internet gateway",
        changed(RIGHT, route("private-route", ref("private-table"), gatewayId="igw-0a1b")),
        BOTH,
    ),
    (
        "59: a literal virtual private gateway",
        changed(RIGHT, route("private-route", ref("private-table"), gatewayId="vgw-0a1b")),
        SILENT,
    ),
    (
        "60: a narrow route to the internet gateway",
        changed(
            RIGHT,
            route(
                "office", ref("private-table"), destinationCidrBlock="198.51.100.0/24", gatewayId=ref("igw")
            ),
        ),
        BOTH,
    ),
    (
        "61: IPv6 to an egress-only gateway",
        changed(
            RIGHT,
            made("ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "eigw", vpcId=ref("vpc")),
            route(
                "v6", ref("private-table"), destinationIpv6CidrBlock="::/0", egressOnlyGatewayId=ref("eigw")
            ),
        ),
        SILENT,
    ),
    (
        "62: IPv6 to the internet gateway",
        changed(
            RIGHT, route("v6", ref("private-table"), destinationIpv6CidrBlock="::/0", gatewayId=ref("igw"))
        ),
        BOTH,
    ),
    (
        "68: a NAT instance",
        changed(RIGHT, route("private-route", ref("private-table"), networkInterfaceId="eni-1")),
        SILENT,
    ),
    (
        "69: a transit gateway",
        changed(RIGHT, route("private-route", ref("private-table"), transitGatewayId="tgw-1")),
        SILENT,
    ),
    (
        "a prefix list to the internet gateway",
        changed(
            RIGHT, route("list", ref("private-table"), destinationPrefixListId="pl-1", gatewayId=ref("igw"))
        ),
        BOTH,
    ),
    (
        "a route on a table outside",
        changed(RIGHT, route("leak", "rtb-outside", gatewayId=ref("igw"))),
        SILENT,
    ),
    (
        "an association of a gateway ties no subnet",
        changed(
            RIGHT,
            made(
                "ec2/routeTableAssociation:RouteTableAssociation",
                "edge",
                routeTableId=ref("public-table"),
                gatewayId=ref("igw"),
            ),
        ),
        SILENT,
    ),
    (
        "77: two VPCs of one block",
        changed(
            RIGHT,
            made("ec2/vpc:Vpc", "second", cidrBlock="10.0.0.0/16"),
            made(
                "ec2/routeTable:RouteTable",
                "elsewhere",
                vpcId=ref("second"),
                routes=[{"cidrBlock": ALL_IPV4, "gatewayId": ref("igw")}],
            ),
        ),
        SILENT,
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in ROUTES], ids=[row[0] for row in ROUTES])
def test_a_subnet_is_public_by_its_effective_routes(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """Never by name, tag or attribute; at a first preview as after deployment."""
    assert verdict(render(stack, rendering)) == expected


def _given(subnets: Written, *more: Made, without: tuple[str, ...] = ()) -> tuple[Made, ...]:
    network: dict[str, Written] = {"subnetIds": subnets, "securityGroupIds": [ref("group")]}
    env = made("mwaa/environment:Environment", "env", networkConfiguration=network)
    return changed(RIGHT, env, *more, without=without)


WRONG = violation(COUNT, "env")
COUNTS: list[tuple[str, tuple[Made, ...], Verdict]] = [
    ("43: one", _given([ref("a")]), WRONG),
    ("43: one id twice", _given([ref("a"), ref("a")]), WRONG),
    ("43: three", _given([ref("a"), ref("b"), ref("c")], subnet("c")), WRONG),
    ("43: four literal ids", _given(["subnet-1", "subnet-2", "subnet-3", "subnet-4"]), WRONG),
    ("43: none", _given([]), WRONG),
    ("42: two literal ids", _given(["subnet-1", "subnet-2"]), SILENT),
    (
        "three of which one is unknown are too many",
        _given(["subnet-1", "subnet-2", "subnet-3", Opaque.COMPUTED]),
        WRONG | undetermined("env", "networkConfiguration.subnetIds[3]"),
    ),
    (
        "two of which one is unknown",
        _given(["subnet-1", Opaque.COMPUTED]),
        undetermined("env", "networkConfiguration.subnetIds[1]"),
    ),
    (
        "44: the list is unknown",
        _given(Opaque.COMPUTED),
        undetermined("env", "networkConfiguration.subnetIds"),
    ),
    (
        "an element is a secret",
        _given([ref("a"), Opaque.SECRET]),
        undetermined("env", "networkConfiguration.subnetIds[1]"),
    ),
    ("the list is none", _given("subnet-1"), undetermined("env", "networkConfiguration.subnetIds")),
    ("an element is none", _given([ref("a"), 7.0]), undetermined("env", "networkConfiguration.subnetIds[1]")),
    (
        "the whole configuration is unknown",
        changed(RIGHT, made("mwaa/environment:Environment", "env", networkConfiguration=Opaque.COMPUTED)),
        undetermined("env", "networkConfiguration"),
    ),
    (
        "the whole configuration is no object",
        changed(RIGHT, made("mwaa/environment:Environment", "env", networkConfiguration="default")),
        undetermined("env", "networkConfiguration"),
    ),
]


@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in COUNTS], ids=[row[0] for row in COUNTS])
def test_an_environment_has_exactly_two_distinct_subnets(stack: tuple[Made, ...], expected: Verdict) -> None:
    """What cannot be counted yet is a question, never a guess."""
    assert verdict(render(stack, Rendering.DEPLOYED)) == expected


UNKNOWN: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "a gateway nobody knows",
        changed(RIGHT, route("private-route", ref("private-table"), gatewayId=Opaque.COMPUTED)),
        undetermined("private-route", "gatewayId"),
    ),
    (
        "a route without a target",
        changed(RIGHT, route("private-route", ref("private-table"), networkInterfaceId="", instanceId="")),
        undetermined("private-route", "gatewayId"),
    ),
    (
        "inline routes unknown as a whole",
        changed(RIGHT, table("private-table", routes=Opaque.COMPUTED)),
        undetermined("private-table", "routes"),
    ),
    (
        "one inline route is unknown",
        changed(RIGHT, table("private-table", routes=[Opaque.COMPUTED])),
        undetermined("private-table", "routes[0]"),
    ),
    (
        "one inline route is none",
        changed(RIGHT, table("private-table", routes=["0.0.0.0/0"])),
        undetermined("private-table", "routes[0]"),
    ),
    (
        "a route may belong to either table",
        changed(RIGHT, route("leak", [ref("private-table"), ref("public-table")], gatewayId=ref("igw"))),
        undetermined("leak", "routeTableId"),
    ),
    (
        "two tables claim one subnet",
        changed(RIGHT, tie("rival", "public-table", ref("a"))),
        undetermined("rival", ""),
    ),
    (
        "an association to a table outside",
        changed(
            RIGHT,
            made(
                "ec2/routeTableAssociation:RouteTableAssociation",
                "association-a",
                routeTableId="rtb-outside",
                subnetId=ref("a"),
            ),
        ),
        SILENT,
    ),
    (
        "79: the VPC lies outside",
        changed(
            RIGHT,
            made("ec2/subnet:Subnet", "a", vpcId="vpc-outside", cidrBlock="10.0.0.0/24"),
            without=("association-a", "acl", "in", "out"),
        ),
        SILENT,
    ),
    (
        "a known leak stays one beside an unknown route",
        changed(
            RIGHT,
            tie("association-a", "public-table", ref("a")),
            route("more", ref("public-table"), destinationCidrBlock="10.9.0.0/16", gatewayId=Opaque.COMPUTED),
        ),
        violation(PUBLIC, "a"),
    ),
    (
        "a malformed destination still leads to an internet gateway",
        changed(
            RIGHT,
            route("leak", ref("private-table"), destinationCidrBlock="everywhere", gatewayId=ref("igw")),
        ),
        BOTH,
    ),
    (
        "a route without a destination still leads there",
        changed(
            RIGHT, made("ec2/route:Route", "leak", routeTableId=ref("private-table"), gatewayId=ref("igw"))
        ),
        BOTH,
    ),
]


@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN])
def test_what_cannot_be_known_is_neither_right_nor_wrong(stack: tuple[Made, ...], expected: Verdict) -> None:
    """The property in the way is named; what is certain all the same stays certain."""
    assert verdict(render(stack, Rendering.DEPLOYED)) == expected


def test_a_literal_subnet_on_a_table_of_the_stack_is_reported_on_the_environment() -> None:
    """The subnet lies outside, its route does not."""
    stack = _given(["subnet-1", ref("b")], tie("leak", "public-table", "subnet-1"))
    assert verdict(render(stack, Rendering.DEPLOYED)) == violation(PUBLIC, "env")


def test_each_environment_is_judged_by_its_own_network() -> None:
    """Row 78: one right, one wrong."""
    network: dict[str, Written] = {"subnetIds": [ref("a")], "securityGroupIds": [ref("group")]}
    second = made("mwaa/environment:Environment", "second", networkConfiguration=network)
    assert verdict(render(changed(RIGHT, second), Rendering.DEPLOYED)) == violation(COUNT, "second")


@pytest.mark.parametrize(
    ("row", "stack"),
    [
        ("148: no environment", changed(RIGHT, without=("env", "self", "out"))),
        ("150: MWAA Serverless", changed(RIGHT, made("mwaa/workflow:Workflow", "env"), without=("self",))),
    ],
)
def test_without_an_environment_nothing_is_judged(row: str, stack: tuple[Made, ...]) -> None:
    """An organization's other stacks hear nothing."""
    del row
    assert verdict(render(stack, Rendering.DEPLOYED)) == SILENT


TAGS: dict[str, Written] = {"mwaa:environment": "one two"}
DECLARED = changed(
    RIGHT,
    subnet("a", tags=TAGS),
    subnet("b", tags={"mwaa:environment": "one", "mwaa:routing": "public"}),
    made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"), tags=TAGS),
    without=("env",),
)


def test_a_network_declared_by_tags_is_judged_without_an_environment() -> None:
    """`one` has two subnets; `two` has one."""
    for rendering in EXACT:
        assert verdict(render(DECLARED, rendering)) == violation(COUNT, "a")


def test_a_declaration_that_an_environment_uses_is_not_judged_apart() -> None:
    """The environment is the declared one."""
    assert (
        verdict(render(changed(DECLARED, environment(["a", "b"], ["group"])), Rendering.DEPLOYED)) == SILENT
    )


def test_a_declaration_holds_only_for_the_parts_it_names() -> None:
    """Six groups are too many, and nobody asks for subnets."""
    groups = [
        made(
            "ec2/securityGroup:SecurityGroup",
            f"g{number}",
            vpcId=ref("vpc"),
            tags={"mwaa:environment": "airflow"},
            ingress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True}],
            egress=[{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}],
        )
        for number in range(6)
    ]
    stack = changed(RIGHT, *groups, without=("env",))
    assert verdict(render(stack, Rendering.DEPLOYED)) == violation(GROUPS, "g0")


@pytest.mark.parametrize(
    ("routings", "found"),
    [
        (("private", "private"), SILENT),
        (("public", "private"), violation("network-acl-blocks-required-traffic", "acl")),
        (("public", "public"), violation("network-acl-blocks-required-traffic", "acl")),
        (("neither", "neither"), violation("network-acl-blocks-required-traffic", "acl")),
    ],
)
def test_a_declared_routing_is_the_intention(routings: tuple[str, str], found: Verdict) -> None:
    """Declared private, no public address need pass; where the tags disagree, the routes say."""
    subnets = [
        subnet(name, tags={"mwaa:environment": "airflow", "mwaa:routing": routing})
        for name, routing in zip("ab", routings, strict=True)
    ]
    entry = made(
        "ec2/networkAclRule:NetworkAclRule",
        "in",
        networkAclId=ref("acl"),
        ruleNumber=100,
        protocol="-1",
        ruleAction="allow",
        cidrBlock="10.0.0.0/16",
    )
    stack = changed(RIGHT, *subnets, entry, without=("env",))
    assert verdict(render(stack, Rendering.DEPLOYED)) == found


def test_tags_that_are_unknown_declare_nothing() -> None:
    """Nor does a tag whose value is unknown."""
    stack = changed(
        RIGHT,
        subnet("a", tags=Opaque.COMPUTED),
        subnet("b", tags={"mwaa:environment": Opaque.COMPUTED}),
        without=("env", "self"),
    )
    assert verdict(render(stack, Rendering.DEPLOYED)) == SILENT
