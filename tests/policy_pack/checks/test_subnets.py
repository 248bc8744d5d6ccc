"""Subnets: how many, and where their effective routes lead, with the right verdict for each."""

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import changed, environment, hub, right_network, right_private_network
from tests.policy_pack.shapes.subnets import given, route, subnet, table, tie
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import (
    COUNT,
    GROUPS,
    MISSING,
    NAT,
    PUBLIC,
    REACHES,
    SHARED_ZONE,
    SILENT,
    Verdict,
    advice,
    undetermined,
    verdict,
    violation,
)

RIGHT = right_network()

BOTH = violation(PUBLIC, "a", "b")
ROUTES: list[tuple[str, tuple[Made, ...], Verdict]] = [
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
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "expected"), [row[1:] for row in ROUTES], ids=[row[0] for row in ROUTES])
def test_a_subnet_is_public_by_its_effective_routes(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """Never by name, tag or attribute; at a first preview as after deployment."""
    assert verdict(render(stack, rendering)) == expected


WRONG = violation(COUNT, "env")
COUNTS: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "three of which one is unknown are too many",
        given(["subnet-1", "subnet-2", "subnet-3", Opaque.COMPUTED]),
        WRONG | undetermined("env", "networkConfiguration.subnetIds[3]"),
    ),
    (
        "two of which one is unknown",
        given(["subnet-1", Opaque.COMPUTED]),
        undetermined("env", "networkConfiguration.subnetIds[1]"),
    ),
    (
        "an element is a secret",
        given([ref("a"), Opaque.SECRET]),
        undetermined("env", "networkConfiguration.subnetIds[1]"),
    ),
    ("the list is none", given("subnet-1"), undetermined("env", "networkConfiguration.subnetIds")),
    ("an element is none", given([ref("a"), 7.0]), undetermined("env", "networkConfiguration.subnetIds[1]")),
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
        changed(RIGHT, table("private-table", routes=Opaque.COMPUTED), without=("private-route",)),
        undetermined("private-table", "routes"),
    ),
    (
        "one inline route is unknown",
        changed(RIGHT, table("private-table", routes=[Opaque.COMPUTED]), without=("private-route",)),
        undetermined("private-table", "routes[0]"),
    ),
    (
        "one inline route is none",
        changed(RIGHT, table("private-table", routes=["0.0.0.0/0"]), without=("private-route",)),
        undetermined("private-table", "routes[0]"),
    ),
    (
        "a route may belong to either table",
        changed(RIGHT, route("leak", [ref("private-table"), ref("public-table")], gatewayId=ref("igw"))),
        undetermined("leak", "routeTableId"),
    ),
    (
        "a route may belong to any table",
        changed(RIGHT, route("leak", Opaque.COMPUTED, gatewayId=ref("igw"))),
        undetermined("leak", "routeTableId"),
    ),
    (
        "two tables claim one subnet",
        changed(RIGHT, tie("rival", "public-table", "a")),
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
        "a known leak stays one beside an unknown route",
        changed(
            RIGHT,
            tie("association-a", "public-table", "a"),
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


def _nat(**inputs: Written) -> Made:
    return made("ec2/natGateway:NatGateway", "nat", **inputs)


_DECLARED: dict[str, Written] = {"mwaa:environment": "airflow", "mwaa:routing": "public"}


def _declared(*more: Made, without: tuple[str, ...] = ()) -> tuple[Made, ...]:
    """Return the right network, its subnets declared as public routing."""
    return changed(
        RIGHT, subnet("a", tags=_DECLARED), subnet("b", tags=_DECLARED), *more, without=("env", *without)
    )


_PROPAGATION = made(
    "ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
    "propagation",
    routeTableId=ref("private-table"),
    vpnGatewayId="vgw-1",
)
_LITERAL_TABLE = made(
    "ec2/routeTableAssociation:RouteTableAssociation",
    "public-association",
    routeTableId="rtb-outside",
    subnetId=ref("public"),
)
_EITHER_NAT = (
    made("ec2/natGateway:NatGateway", "second", subnetId=ref("public-b")),
    route("private-route", ref("private-table"), natGatewayId=[ref("nat"), ref("second")]),
)
WAYS_OUT: list[tuple[str, tuple[Made, ...], Verdict]] = [
    (
        "whether a NAT gateway is public is not known yet",
        changed(RIGHT, _nat(subnetId=ref("public"), connectivityType=Opaque.COMPUTED)),
        undetermined("nat", "connectivityType"),
    ),
    (
        "where a NAT gateway stands is not known yet",
        changed(RIGHT, _nat(subnetId=Opaque.COMPUTED)),
        undetermined("nat", "subnetId"),
    ),
    (
        "a NAT gateway that is not known may be any, and each of them works",
        changed(RIGHT, route("private-route", ref("private-table"), natGatewayId=Opaque.COMPUTED)),
        SILENT,
    ),
    (
        "a NAT gateway that is not known may be a dead one",
        changed(
            RIGHT,
            route("private-route", ref("private-table"), natGatewayId=Opaque.COMPUTED),
            without=("public-route",),
        ),
        undetermined("private-route", "natGatewayId"),
    ),
    ("either of two NAT gateways that work", changed(RIGHT, *_EITHER_NAT), SILENT),
    (
        "either of two NAT gateways that lead nowhere",
        changed(RIGHT, *_EITHER_NAT, without=("public-route",)),
        violation(NAT, "a", "b"),
    ),
    (
        "the subnet of the NAT gateway follows a table outside",
        changed(RIGHT, _LITERAL_TABLE),
        SILENT,
    ),
    (
        "a firewall between the NAT gateway and the internet gateway",
        changed(RIGHT, route("public-route", ref("public-table"), vpcEndpointId="vpce-1")),
        SILENT,
    ),
    (
        "a NAT gateway of another VPC",
        changed((*RIGHT, *hub()), route("private-route", ref("private-table"), natGatewayId=ref("hub-nat"))),
        violation(NAT, "a", "b"),
    ),
    (
        "another VPC's internet gateway in the table of the NAT gateway",
        changed((*RIGHT, *hub()), route("public-route", ref("public-table"), gatewayId=ref("hub-igw"))),
        violation(NAT, "a", "b"),
    ),
    ("another VPC that reaches the internet by itself", (*RIGHT, *hub()), SILENT),
    (
        "a transit gateway that leads to another VPC",
        changed((*RIGHT, *hub()), route("private-route", ref("private-table"), transitGatewayId="tgw-1")),
        advice(NAT, "a"),
    ),
    (
        "routes that a virtual private gateway propagates may lead out",
        changed(RIGHT, _PROPAGATION, without=("private-route",)),
        SILENT,
    ),
    (
        "declared public, and routes are propagated",
        _declared(_PROPAGATION, without=("private-route",)),
        SILENT,
    ),
    (
        "declared public, and whether routes are propagated is not known",
        _declared(table("private-table", propagatingVgws=Opaque.COMPUTED), without=("private-route",)),
        undetermined("private-table", "propagatingVgws"),
    ),
    (
        "declared public, without a way out",
        _declared(without=("private-route",)),
        violation(NAT, "a", "b"),
    ),
    (
        "declared public, with a transit gateway",
        _declared(route("private-route", ref("private-table"), transitGatewayId="tgw-1")),
        advice(NAT, "a"),
    ),
    (
        "declared public, on a table that is not known",
        _declared(
            made(
                "ec2/routeTableAssociation:RouteTableAssociation",
                "association-a",
                routeTableId=Opaque.COMPUTED,
                subnetId=ref("a"),
            )
        ),
        undetermined("association-a", "routeTableId"),
    ),
    (
        "one subnet leads to an internet gateway, the other nowhere: no NAT device is meant for sure",
        changed(
            RIGHT, tie("association-a", "public-table", "a"), table("own"), tie("association-b", "own", "b")
        ),
        violation(PUBLIC, "a"),
    ),
    (
        "one subnet leads to an internet gateway, the other to what is not known",
        changed(
            RIGHT,
            tie("association-a", "public-table", "a"),
            table("own"),
            route("own-route", ref("own"), destinationCidrBlock="10.0.0.0/8", gatewayId=Opaque.COMPUTED),
            tie("association-b", "own", "b"),
        ),
        violation(PUBLIC, "a") | undetermined("own-route", "gatewayId"),
    ),
    (
        "half by NAT and half by an internet gateway is the latter's matter",
        changed(
            RIGHT,
            route(
                "private-route",
                ref("private-table"),
                destinationCidrBlock="0.0.0.0/1",
                natGatewayId=ref("nat"),
            ),
            route("half", ref("private-table"), destinationCidrBlock="128.0.0.0/1", gatewayId=ref("igw")),
        ),
        BOTH,
    ),
    (
        "a NAT gateway that leads nowhere, for a private prefix, beside one that works",
        changed(
            RIGHT,
            made("ec2/natGateway:NatGateway", "second", subnetId=ref("a")),
            route(
                "more",
                ref("private-table"),
                destinationCidrBlock="10.0.0.0/8",
                natGatewayId=ref("second"),
            ),
        ),
        SILENT,
    ),
    (
        "an endpoint whose service is not known may be the one that is advised",
        changed(
            RIGHT,
            route("private-route", ref("private-table"), transitGatewayId="tgw-1"),
            made("ec2/vpcEndpoint:VpcEndpoint", "unknown", vpcId=ref("vpc"), serviceName=Opaque.COMPUTED),
        ),
        SILENT,
    ),
    (
        "declared public, with a prefix list to a NAT gateway that leads nowhere",
        _declared(
            _nat(subnetId=ref("a")),
            made(
                "ec2/route:Route",
                "private-route",
                routeTableId=ref("private-table"),
                destinationPrefixListId="pl-1",
                natGatewayId=ref("nat"),
            ),
        ),
        violation(NAT, "a", "b"),
    ),
    (
        "private prefixes to a transit gateway beside NAT",
        changed(
            RIGHT,
            route("more", ref("private-table"), destinationCidrBlock="10.0.0.0/8", transitGatewayId="tgw-1"),
        ),
        SILENT,
    ),
    (
        "half by NAT and half by a transit gateway, beside private prefixes there",
        changed(
            RIGHT,
            route(
                "private-route",
                ref("private-table"),
                destinationCidrBlock="0.0.0.0/1",
                natGatewayId=ref("nat"),
            ),
            route("more", ref("private-table"), destinationCidrBlock="10.0.0.0/8", transitGatewayId="tgw-1"),
            route("half", ref("private-table"), destinationCidrBlock="128.0.0.0/1", transitGatewayId="tgw-1"),
        ),
        advice(NAT, "a"),
    ),
    (
        "two public subnets in one zone",
        changed(RIGHT, subnet("public", availabilityZone="eu-west-1b")),
        advice(NAT, "vpc"),
    ),
    (
        "one public subnet, and a second whose routes are not known",
        changed(
            RIGHT,
            table("table-b", routes=Opaque.COMPUTED),
            tie("public-association-b", "table-b", "public-b"),
        ),
        SILENT,
    ),
    (
        "one public subnet, and a second whose table lies outside",
        changed(
            RIGHT,
            made(
                "ec2/routeTableAssociation:RouteTableAssociation",
                "public-association-b",
                routeTableId="rtb-outside",
                subnetId=ref("public-b"),
            ),
        ),
        SILENT,
    ),
    (
        "one public subnet, and another way by a NAT gateway outside",
        changed(
            RIGHT,
            route("more", ref("private-table"), destinationCidrBlock="52.0.0.0/8", natGatewayId="nat-1"),
            without=("public-b", "public-association-b"),
        ),
        SILENT,
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(
    ("stack", "expected"), [row[1:] for row in WAYS_OUT], ids=[row[0] for row in WAYS_OUT]
)
def test_a_way_out_is_one_that_reaches_the_internet(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """A NAT gateway is as good as what it leads to, and nothing is guessed."""
    assert verdict(render(stack, rendering)) == expected


_PRIVATE_TAGS: dict[str, Written] = {"mwaa:environment": "airflow", "mwaa:routing": "private"}


def _private(*more: Made, without: tuple[str, ...] = ()) -> tuple[Made, ...]:
    """Return the right network with private routing, its subnets declared so."""
    zones = {name: subnet(name, tags=_PRIVATE_TAGS, availabilityZone=f"eu-west-1{name}") for name in "ab"}
    return changed(right_private_network(), *zones.values(), *more, without=without)


_PUBLIC_NAT = (
    made("ec2/internetGateway:InternetGateway", "igw", vpcId=ref("vpc")),
    table("public-table"),
    route("public-route", ref("public-table"), gatewayId=ref("igw")),
    subnet("public", availabilityZone="eu-west-1a"),
    tie("public-association", "public-table", "public"),
    _nat(subnetId=ref("public")),
)
DECLARED_PRIVATE: list[tuple[str, tuple[Made, ...], Verdict]] = [
    ("no way out", _private(), SILENT),
    (
        "a NAT gateway",
        _private(*_PUBLIC_NAT, route("out", ref("private-table"), natGatewayId=ref("nat"))),
        violation(REACHES, "a", "b"),
    ),
    (
        "a NAT gateway for a private prefix",
        _private(
            *_PUBLIC_NAT,
            route("out", ref("private-table"), destinationCidrBlock="10.9.0.0/16", natGatewayId=ref("nat")),
        ),
        violation(REACHES, "a", "b"),
    ),
    (
        "a private NAT gateway, to a network of one's own",
        _private(
            *_PUBLIC_NAT,
            _nat(subnetId=ref("public"), connectivityType="private"),
            route("out", ref("private-table"), destinationCidrBlock="10.9.0.0/16", natGatewayId=ref("nat")),
        ),
        SILENT,
    ),
    (
        "whether the NAT gateway is public is not known",
        _private(
            *_PUBLIC_NAT,
            _nat(subnetId=ref("public"), connectivityType=Opaque.COMPUTED),
            route("out", ref("private-table"), natGatewayId=ref("nat")),
        ),
        undetermined("nat", "connectivityType"),
    ),
    (
        "a NAT gateway outside",
        _private(route("out", ref("private-table"), natGatewayId="nat-1")),
        violation(REACHES, "a", "b"),
    ),
    (
        "a NAT gateway outside, to a network of one's own",
        _private(
            route("out", ref("private-table"), destinationCidrBlock="10.9.0.0/16", natGatewayId="nat-1")
        ),
        SILENT,
    ),
    (
        "a NAT gateway outside, for a destination that is not known",
        _private(
            made(
                "ec2/route:Route",
                "out",
                routeTableId=ref("private-table"),
                destinationCidrBlock=Opaque.COMPUTED,
                natGatewayId="nat-1",
            )
        ),
        undetermined("out", "destinationCidrBlock"),
    ),
    (
        "a NAT gateway outside, for a prefix list",
        _private(
            made(
                "ec2/route:Route",
                "out",
                routeTableId=ref("private-table"),
                destinationPrefixListId="pl-1",
                natGatewayId="nat-1",
            )
        ),
        SILENT,
    ),
    (
        "either of two public NAT gateways",
        _private(
            *_PUBLIC_NAT,
            made("ec2/natGateway:NatGateway", "second", subnetId=ref("public")),
            route("out", ref("private-table"), natGatewayId=[ref("nat"), ref("second")]),
        ),
        violation(REACHES, "a", "b"),
    ),
    (
        "a NAT gateway that nobody knows",
        _private(route("out", ref("private-table"), natGatewayId=Opaque.COMPUTED)),
        undetermined("out", "natGatewayId"),
    ),
    (
        "a NAT instance",
        _private(route("out", ref("private-table"), networkInterfaceId="eni-1")),
        violation(REACHES, "a", "b"),
    ),
    (
        "an appliance for a private prefix",
        _private(
            route(
                "out",
                ref("private-table"),
                destinationCidrBlock="10.9.0.0/16",
                networkInterfaceId="eni-1",
            )
        ),
        SILENT,
    ),
    (
        "a target that nobody knows, even for IPv6",
        _private(
            route("out", ref("private-table"), destinationIpv6CidrBlock="::/0", gatewayId=Opaque.COMPUTED)
        ),
        undetermined("out", "gatewayId"),
    ),
    (
        "an internet gateway is told by the check of public subnets alone",
        _private(route("out", ref("private-table"), gatewayId="igw-1")),
        violation(PUBLIC, "a", "b"),
    ),
    (
        "a transit gateway",
        _private(route("out", ref("private-table"), transitGatewayId="tgw-1")),
        SILENT,
    ),
    (
        "a table that nobody knows",
        _private(
            made(
                "ec2/routeTableAssociation:RouteTableAssociation",
                "association-a",
                routeTableId=Opaque.COMPUTED,
                subnetId=ref("a"),
            )
        ),
        undetermined("association-a", "routeTableId"),
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(
    ("stack", "expected"), [row[1:] for row in DECLARED_PRIVATE], ids=[row[0] for row in DECLARED_PRIVATE]
)
def test_a_subnet_that_is_declared_private_leads_to_no_nat_device(
    stack: tuple[Made, ...], expected: Verdict, rendering: Rendering
) -> None:
    """Whatever the destination is of a route to one that is public for sure."""
    assert verdict(render(stack, rendering)) == expected


def test_a_literal_subnet_of_a_private_network_is_reported_on_the_environment() -> None:
    """Its table lies in the stack; the other subnet's lies outside."""
    leak = made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        "leak",
        routeTableId=ref("private-table"),
        subnetId="subnet-1",
    )
    outside = made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        "association-a",
        routeTableId="rtb-1",
        subnetId=ref("a"),
    )
    network: dict[str, Written] = {"subnetIds": [ref("a"), "subnet-1"], "securityGroupIds": [ref("group")]}
    env = made("mwaa/environment:Environment", "env", networkConfiguration=network)
    stack = _private(
        route("out", ref("private-table"), networkInterfaceId="eni-1"), leak, outside, env, without=("b",)
    )
    (found,) = verdict(render(stack, Rendering.DEPLOYED)) & violation(REACHES, "env")
    assert found


SHARED_ZONES: list[tuple[str, list[Written], Verdict]] = [
    ("a literal subnet lies in no zone that can be seen", [ref("a"), "subnet-1"], SILENT),
    (
        "of three, which two are meant is another question",
        [ref("a"), ref("b"), ref("c")],
        violation(COUNT, "env"),
    ),
    (
        "of three in one zone no two are right",
        [ref("a"), ref("c"), ref("d")],
        violation(COUNT, "env") | violation(SHARED_ZONE, "a"),
    ),
    ("one subnet is the count's matter", [ref("a"), ref("a")], violation(COUNT, "env")),
]


@pytest.mark.parametrize(
    ("subnets", "expected"), [row[1:] for row in SHARED_ZONES], ids=[row[0] for row in SHARED_ZONES]
)
def test_subnets_share_a_zone_only_where_no_choice_of_two_does_not(
    subnets: list[Written], expected: Verdict
) -> None:
    """`c` and `d` lie in the zone of `a`."""
    more = [
        part
        for name, block in (("c", "10.0.2.0/24"), ("d", "10.0.3.0/24"))
        for part in (
            made(
                "ec2/subnet:Subnet",
                name,
                vpcId=ref("vpc"),
                cidrBlock=block,
                availabilityZone="eu-west-1a",
            ),
            tie(f"association-{name}", "private-table", name),
        )
    ]
    assert verdict(render(given(subnets, *more), Rendering.DEPLOYED)) == expected


def test_a_literal_subnet_on_a_table_of_the_stack_is_reported_on_the_environment() -> None:
    """The subnet lies outside, its route does not."""
    stack = given(
        ["subnet-1", ref("b")],
        made(
            "ec2/routeTableAssociation:RouteTableAssociation",
            "leak",
            routeTableId=ref("public-table"),
            subnetId="subnet-1",
        ),
    )
    assert verdict(render(stack, Rendering.DEPLOYED)) == violation(PUBLIC, "env")


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
        (("private", "private"), violation(REACHES, "a", "b") | violation(MISSING, "vpc")),
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
