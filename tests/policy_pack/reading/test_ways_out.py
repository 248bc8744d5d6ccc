"""Internet gateways, NAT gateways and routes, as programs write them."""

import pytest

from mwaa_guardrails.aws.model import (
    Inside,
    InternetGateway,
    NatGateway,
    NetworkModel,
    Outside,
    Reference,
    RouteTable,
    Target,
    TargetKind,
    Unresolved,
)
from mwaa_guardrails.net.addresses import cidr_texts
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.reading.network import read_network
from mwaa_guardrails.reading.resource import Opaque
from mwaa_guardrails.unknown import Unknown
from tests.policy_pack.net.tables import rows
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, made, ref, render

VPC = made("ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
SUBNET = made("ec2/subnet:Subnet", "subnet", vpcId=ref("vpc"), cidrBlock="10.0.0.0/24")
TABLE = made("ec2/routeTable:RouteTable", "table", vpcId=ref("vpc"))
OTHER_TABLE = made("ec2/routeTable:RouteTable", "other", vpcId=ref("vpc"))
IGW = made("ec2/internetGateway:InternetGateway", "igw")
OTHER_IGW = made("ec2/internetGateway:InternetGateway", "other-igw")
IN_VPC = Inside(VPC.urn)


def _attachment(gateway: Written, vpc: Written = ref("vpc")) -> Made:  # noqa: B008 - a frozen value
    return made(
        "ec2/internetGatewayAttachment:InternetGatewayAttachment",
        "attachment",
        internetGatewayId=gateway,
        vpcId=vpc,
    )


def _propagation(table: Written) -> Made:
    return made(
        "ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
        "propagation",
        routeTableId=table,
        vpnGatewayId="vgw-1",
    )


def _read(*stack: Made, rendering: Rendering = Rendering.DEPLOYED) -> NetworkModel:
    return read_network(render((VPC, *stack), rendering))


ATTACHED: list[tuple[str, tuple[Made, ...], Reference | None]] = [
    ("nothing attaches it", (IGW,), None),
    (
        "its own property",
        (made("ec2/internetGateway:InternetGateway", "igw", vpcId=ref("vpc")),),
        IN_VPC,
    ),
    ("a resource between", (IGW, _attachment(ref("igw"))), IN_VPC),
    ("a resource between, to a VPC outside", (IGW, _attachment(ref("igw"), "vpc-1")), Outside("vpc-1")),
    ("a resource that attaches another", (IGW, OTHER_IGW, _attachment(ref("other-igw"))), None),
    ("a resource that attaches one outside", (IGW, _attachment("igw-1")), None),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "vpc"), rows(ATTACHED))
def test_an_internet_gateway_belongs_to_the_vpc_that_something_attaches_it_to(
    stack: tuple[Made, ...], vpc: Reference | None, rendering: Rendering
) -> None:
    """Whether it says so itself or a resource between."""
    assert _read(*stack, rendering=rendering).internet_gateways[IGW.urn].vpc == vpc


def test_an_attachment_that_may_be_this_gateways_leaves_its_vpc_open() -> None:
    """Either of two gateways is attached."""
    attachment = _attachment([ref("igw"), ref("other-igw")])
    gateways = _read(IGW, OTHER_IGW, attachment).internet_gateways
    open_ones = [each.vpc.unknown.path for each in gateways.values() if isinstance(each.vpc, Unresolved)]
    assert open_ones == ["internetGatewayId", "internetGatewayId"]


def test_a_gateway_outside_that_is_attached_here_stands_under_its_attachment() -> None:
    """The VPC has an internet gateway, then."""
    attachment = _attachment("igw-1")
    gateway = _read(attachment).internet_gateways[attachment.urn]
    assert (gateway.vpc, gateway.origin.name) == (IN_VPC, "attachment")


def test_an_attachment_without_a_gateway_attaches_none() -> None:
    """CloudFormation attaches virtual private gateways by the same type."""
    stack = made("ec2/internetGatewayAttachment:InternetGatewayAttachment", "attachment", vpcId=ref("vpc"))
    assert _read(stack).internet_gateways == {}


NATS: list[tuple[str, dict[str, Written], Reference | None, bool, Reference | None]] = [
    ("a public one in a subnet", {"subnetId": ref("subnet")}, Inside(SUBNET.urn), True, None),
    (
        "a private one",
        {"subnetId": ref("subnet"), "connectivityType": "private"},
        Inside(SUBNET.urn),
        False,
        None,
    ),
    ("one in a subnet outside", {"subnetId": "subnet-1"}, Outside("subnet-1"), True, None),
    ("a regional one", {"vpcId": ref("vpc"), "availabilityMode": "regional"}, None, True, IN_VPC),
    ("a regional one of a VPC outside", {"vpcId": "vpc-1"}, None, True, Outside("vpc-1")),
]


@pytest.mark.parametrize(("inputs", "subnet", "public", "vpc"), rows(NATS))
def test_a_nat_gateway_stands_in_a_subnet_or_belongs_to_a_vpc(
    inputs: dict[str, Written],
    subnet: Reference | None,
    public: bool,  # noqa: FBT001 - a value, no switch
    vpc: Reference | None,
) -> None:
    """At a first preview."""
    nat = made("ec2/natGateway:NatGateway", "nat", **inputs)
    gateway: NatGateway = _read(SUBNET, nat, rendering=Rendering.PREVIEW).nat_gateways[nat.urn]
    assert (gateway.subnet, gateway.public, gateway.vpc) == (subnet, public, vpc)


PROPAGATED: list[tuple[str, tuple[Made, ...], bool | Unknown]] = [
    ("nothing propagates", (TABLE,), False),
    (
        "its own list",
        (made("ec2/routeTable:RouteTable", "table", vpcId=ref("vpc"), propagatingVgws=["vgw-1"]),),
        True,
    ),
    (
        "an empty list",
        (made("ec2/routeTable:RouteTable", "table", vpcId=ref("vpc"), propagatingVgws=[]),),
        False,
    ),
    (
        "a list that is not known",
        (made("ec2/routeTable:RouteTable", "table", vpcId=ref("vpc"), propagatingVgws=Opaque.COMPUTED),),
        Unknown(urn=TABLE.urn, path="propagatingVgws"),
    ),
    ("a resource of its own", (TABLE, _propagation(ref("table"))), True),
    ("a resource for another table", (TABLE, OTHER_TABLE, _propagation(ref("other"))), False),
    ("a resource for a table outside", (TABLE, _propagation("rtb-1")), False),
    (
        "a list that is not known beside routes that are not",
        (
            made(
                "ec2/routeTable:RouteTable",
                "table",
                vpcId=ref("vpc"),
                propagatingVgws=["vgw-1"],
                routes=Opaque.COMPUTED,
            ),
        ),
        True,
    ),
]


@pytest.mark.parametrize(("stack", "propagated"), rows(PROPAGATED))
def test_a_table_says_whether_virtual_private_gateways_add_routes(
    stack: tuple[Made, ...],
    propagated: bool | Unknown,  # noqa: FBT001 - a value, no switch
) -> None:
    """By its own list or by a resource of its own."""
    assert _read(*stack, rendering=Rendering.PREVIEW).route_tables[TABLE.urn].unseen == propagated


@pytest.mark.parametrize(("known", "left"), [(True, True), (False, False)])
def test_a_propagation_that_may_be_a_tables_leaves_it_open(*, known: bool, left: bool) -> None:
    """Unless the table propagates for sure."""
    gateways: list[Written] = ["vgw-1"] if known else []
    table = made("ec2/routeTable:RouteTable", "table", vpcId=ref("vpc"), propagatingVgws=gateways)
    model = _read(table, OTHER_TABLE, _propagation([ref("table"), ref("other")]))
    assert (model.route_tables[TABLE.urn].unseen is True) is left


def _target(model: NetworkModel) -> Target | Unknown:
    table: RouteTable = model.route_tables[TABLE.urn]
    (route,) = table.routes
    return route.target


def test_a_gateway_that_is_one_of_two_of_a_kind_is_known_by_its_kind() -> None:
    """Whichever of them it is."""
    route = made(
        "ec2/route:Route",
        "route",
        routeTableId=ref("table"),
        destinationCidrBlock="0.0.0.0/0",
        gatewayId=Opaque.COMPUTED,
    )
    assert isinstance(_target(_read(TABLE, IGW, OTHER_IGW, route)), Unknown)
    either = Made(route.type, route.name, {**route.inputs, "gatewayId": [ref("igw"), ref("other-igw")]})
    target = _target(_read(TABLE, IGW, OTHER_IGW, either, rendering=Rendering.LISTS))
    assert isinstance(target, Target)
    assert target.kind is TargetKind.INTERNET_GATEWAY
    assert isinstance(target.reference, Unresolved)
    assert set(target.reference.candidates) == {IGW.urn, OTHER_IGW.urn}


TARGETS: list[tuple[str, dict[str, Written], TargetKind]] = [
    ("a NAT instance of an older release", {"instanceId": "i-1"}, TargetKind.NAT_INSTANCE),
    ("an interface", {"networkInterfaceId": "eni-1"}, TargetKind.NAT_INSTANCE),
    ("a transit gateway", {"transitGatewayId": "tgw-1"}, TargetKind.ELSEWHERE),
]


@pytest.mark.parametrize(("inputs", "kind"), rows(TARGETS))
def test_what_the_provider_computes_hides_no_target(inputs: dict[str, Written], kind: TargetKind) -> None:
    """An interface and an instance are computed for routes to other targets."""
    route = made(
        "ec2/route:Route",
        "route",
        routeTableId=ref("table"),
        destinationCidrBlock="0.0.0.0/0",
        **inputs,
    )
    for rendering in EXACT:
        target = _target(_read(TABLE, route, rendering=rendering))
        assert isinstance(target, Target)
        assert target.kind is kind


def test_an_internet_gateway_has_its_origin() -> None:
    """The resource that made it."""
    gateway: InternetGateway = _read(IGW).internet_gateways[IGW.urn]
    assert gateway.origin.name == "igw"


LIST = made(
    "ec2/managedPrefixList:ManagedPrefixList",
    "list",
    addressFamily="IPv4",
    maxEntries=4.0,
    entries=[{"cidr": "10.8.0.0/16"}, {"cidr": Opaque.COMPUTED}],
)
LIST_ENTRY = made(
    "ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    "entry",
    prefixListId=ref("list"),
    cidr="10.9.0.0/16",
)
S3 = made("ec2/vpcEndpoint:VpcEndpoint", "s3", vpcId=ref("vpc"), serviceName="com.amazonaws.eu-west-1.s3")
DESTINATIONS: list[tuple[str, tuple[Made, ...], Written, list[str]]] = [
    ("a list of the stack is the blocks in it", (LIST,), ref("list"), ["10.8.0.0/16", "entries[1].cidr"]),
    (
        "with those of resources of their own",
        (LIST, LIST_ENTRY),
        ref("list"),
        ["10.8.0.0/16", "entries[1].cidr", "10.9.0.0/16"],
    ),
    ("a list outside is not published", (), "pl-1", ["destinationPrefixListId"]),
    ("nor is the one of an endpoint", (S3,), ref("s3", "prefixListId"), ["destinationPrefixListId"]),
    ("a list that is not known", (LIST,), Opaque.COMPUTED, ["destinationPrefixListId"]),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "list_", "told"), rows(DESTINATIONS))
def test_a_route_for_a_prefix_list_is_one_for_each_block_of_it(
    stack: tuple[Made, ...], list_: Written, told: list[str], rendering: Rendering
) -> None:
    """Whether the route is a resource or stands in its table."""
    inline = made(
        "ec2/routeTable:RouteTable",
        "table",
        vpcId=ref("vpc"),
        routes=[{"destinationPrefixListId": list_, "gatewayId": "igw-1"}],
    )
    route = made(
        "ec2/route:Route",
        "route",
        routeTableId=ref("table"),
        destinationPrefixListId=list_,
        gatewayId="igw-1",
    )
    for written in ((inline,), (TABLE, route)):
        table = _read(*stack, *written, rendering=rendering).route_tables[TABLE.urn]
        assert [_destination(each.destination) for each in table.routes] == told


def _destination(of: IntervalSet | Unknown) -> str:
    return of.path.removeprefix("routes[0].") if isinstance(of, Unknown) else ", ".join(cidr_texts(of))
