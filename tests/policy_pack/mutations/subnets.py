"""The subnets of the environment: how many, in which zones, and where their routes lead."""

from typing import Final

from tests.policy_pack.mutations.changes import Change, add, all_of, drop, members, new, put, tag, take, turn
from tests.policy_pack.mutations.labels import (
    ADDRESS_B,
    FILTER_PUBLIC_B,
    GATEWAY,
    GROUP,
    NAT_A,
    NAT_B,
    OF_SUBNETS,
    PUBLIC_A,
    PUBLIC_B,
    PUBLIC_ROUTE,
    PUBLIC_TABLE,
    PUBLIC_TIE_A,
    PUBLIC_TIE_B,
    ROUTE_A,
    ROUTE_B,
    S3,
    TABLE_A,
    TABLE_B,
    TIE_A,
    TIE_B,
    VPC,
    A,
    B,
)
from tests.policy_pack.mutations.program import ENVIRONMENT, PUBLIC, RESTRICTED, VIRGINIA
from tests.policy_pack.mutations.rows import EITHER, IN_PRIVATE, IN_PUBLIC, Mutation
from tests.policy_pack.stacks import Made, Written, ref
from tests.policy_pack.verdicts import (
    ATTACHED,
    CONTESTED,
    COUNT,
    DNS,
    GROUPS,
    MISSING,
    NAT,
    REACHES,
    SHARED_ZONE,
    SILENT,
    UNUSABLE_ZONE,
    advice,
    violation,
)
from tests.policy_pack.verdicts import PUBLIC as IS_PUBLIC

ANYWHERE: Final = "0.0.0.0/0"
_THIRD: Final = "Subnet mwaa-third"


def _route(name: str, table: str, **inputs: Written) -> Made:
    given: dict[str, Written] = {"routeTableId": ref(table), **inputs}
    if not any(key.startswith("destination") for key in inputs):
        given["destinationCidrBlock"] = ANYWHERE
    return new("ec2/route:Route", name, **given)


def _leak(table: str, destination: str = ANYWHERE) -> Change:
    return add(_route("leak", table, destinationCidrBlock=destination, gatewayId=ref(GATEWAY)))


def _main(table: str) -> Change:
    return add(
        new(
            "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
            "main",
            vpcId=ref(VPC),
            routeTableId=ref(table),
        )
    )


def _default_table(**inputs: Written) -> Change:
    given: dict[str, Written] = {"defaultRouteTableId": ref(VPC, "defaultRouteTableId"), **inputs}
    return add(new("ec2/defaultRouteTable:DefaultRouteTable", "adopted", **given))


def _gateway() -> Change:
    """Attach an internet gateway to a network that has none."""
    return add(new("ec2/internetGateway:InternetGateway", "mwaa-internet-gateway", vpcId=ref(VPC)))


def _nat_instance(route: str) -> Change:
    return turn(route, "natGatewayId", networkInterfaceId="eni-0123456789abcdef0")


def _lead(route: str, **target: Written) -> Change:
    return turn(route, "natGatewayId", **target)


def _third(zone: str = "euw1-az3") -> Change:
    """Make a third subnet, routed as the first one, and give it to the environment as well."""
    subnet = new(
        "ec2/subnet:Subnet",
        "mwaa-third",
        vpcId=ref(VPC),
        cidrBlock="10.192.9.0/24",
        availabilityZoneId=zone,
        region="eu-west-1",
        tags={"mwaa:routing": "public"},
    )
    tie = new(
        "ec2/routeTableAssociation:RouteTableAssociation",
        "mwaa-third",
        subnetId=ref(_THIRD),
        routeTableId=ref(TABLE_A),
    )
    return all_of(add(subnet, tie), members(subnets=(A, B, _THIRD)))


_ONE_NAT: Final = all_of(put(ROUTE_B, natGatewayId=ref(NAT_A)), drop(NAT_B, ADDRESS_B))
_BARE_SUBNETS: Final = drop(TIE_A, TIE_B)
_REGIONAL: Final = all_of(
    add(
        new(
            "ec2/natGateway:NatGateway",
            "regional",
            vpcId=ref(VPC),
            availabilityMode="regional",
            connectivityType="public",
        )
    ),
    put(ROUTE_A, natGatewayId=ref("NatGateway regional")),
    put(ROUTE_B, natGatewayId=ref("NatGateway regional")),
)
_DETACHED: Final = take(GATEWAY, "vpcId")
_NAT_IN_PRIVATE: Final = all_of(
    add(new("ec2/natGateway:NatGateway", "mwaa-nat-a", subnetId=ref(A), connectivityType="public")),
    add(_route("out", TABLE_A, natGatewayId=ref(NAT_A))),
)

ROWS: Final[tuple[Mutation, ...]] = (
    # Exactly two subnets, in two zones that MWAA supports.
    ("a third subnet", IN_PUBLIC, _third(), violation(COUNT, OF_SUBNETS)),
    ("one subnet", EITHER, members(subnets=(A,)), violation(COUNT, OF_SUBNETS)),
    ("both in one zone", EITHER, put(B, availabilityZoneId="euw1-az1"), violation(SHARED_ZONE, A)),
    (
        "both in one zone, by name",
        EITHER,
        all_of(
            turn(A, "availabilityZoneId", availabilityZone="eu-west-1a"),
            turn(B, "availabilityZoneId", availabilityZone="eu-west-1a"),
        ),
        violation(SHARED_ZONE, A),
    ),
    (
        "one zone by its name, the other by its id",
        EITHER,
        turn(B, "availabilityZoneId", availabilityZone="eu-west-1b"),
        SILENT,
    ),
    ("a zone of the engine's choice", EITHER, take(B, "availabilityZoneId"), SILENT),
    (
        "the zone that MWAA does not support",
        (VIRGINIA,),
        put(B, availabilityZoneId="use1-az3"),
        advice(UNUSABLE_ZONE, B),
    ),
    ("a zone of another Region", EITHER, put(B, availabilityZoneId="use1-az1"), advice(UNUSABLE_ZONE, B)),
    (
        "a zone of another Region, by name",
        EITHER,
        turn(B, "availabilityZoneId", availabilityZone="us-east-1a"),
        advice(UNUSABLE_ZONE, B),
    ),
    (
        "a Local Zone",
        (VIRGINIA,),
        turn(B, "availabilityZoneId", availabilityZone="us-east-1-bos-1a"),
        advice(UNUSABLE_ZONE, B),
    ),
    ("public addresses on launch", EITHER, put(A, mapPublicIpOnLaunch=True), SILENT),
    # Private: no route to an internet gateway in the effective table.
    (
        "the route to the NAT gateway turned to the internet gateway",
        IN_PUBLIC,
        _lead(ROUTE_A, gatewayId=ref(GATEWAY)),
        violation(IS_PUBLIC, A),
    ),
    (
        "a literal internet gateway",
        IN_PUBLIC,
        _lead(ROUTE_A, gatewayId="igw-0123456789abcdef0"),
        violation(IS_PUBLIC, A),
    ),
    (
        "the public table on a private subnet",
        IN_PUBLIC,
        put(TIE_A, routeTableId=ref(PUBLIC_TABLE)),
        violation(IS_PUBLIC, A),
    ),
    (
        "the public table on both",
        IN_PUBLIC,
        all_of(put(TIE_A, routeTableId=ref(PUBLIC_TABLE)), put(TIE_B, routeTableId=ref(PUBLIC_TABLE))),
        violation(IS_PUBLIC, A, B),
    ),
    (
        "a narrow route to the internet gateway",
        IN_PUBLIC,
        _leak(TABLE_A, "203.0.113.0/24"),
        violation(IS_PUBLIC, A),
    ),
    (
        "IPv6 to the internet gateway",
        IN_PUBLIC,
        add(_route("v6", TABLE_B, destinationIpv6CidrBlock="::/0", gatewayId=ref(GATEWAY))),
        violation(IS_PUBLIC, B),
    ),
    (
        "IPv6 to an egress-only internet gateway",
        EITHER,
        add(
            new("ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "v6", vpcId=ref(VPC)),
            _route(
                "v6",
                TABLE_A,
                destinationIpv6CidrBlock="::/0",
                egressOnlyGatewayId=ref("EgressOnlyInternetGateway v6"),
            ),
        ),
        SILENT,
    ),
    ("no association, the main table untouched", IN_PUBLIC, drop(TIE_A), violation(NAT, A)),
    (
        "no association, the main table is the public one",
        IN_PUBLIC,
        all_of(_BARE_SUBNETS, _main(PUBLIC_TABLE)),
        violation(IS_PUBLIC, A, B),
    ),
    (
        "no association, the main table leads to the NAT gateway",
        IN_PUBLIC,
        all_of(_BARE_SUBNETS, _main(TABLE_A)),
        SILENT,
    ),
    ("the main table is the public one, both subnets have their own", IN_PUBLIC, _main(PUBLIC_TABLE), SILENT),
    (
        "no association, the default table adopted and public",
        IN_PUBLIC,
        all_of(_BARE_SUBNETS, _default_table(routes=[{"cidrBlock": ANYWHERE, "gatewayId": ref(GATEWAY)}])),
        violation(IS_PUBLIC, A, B),
    ),
    (
        "no association, a route on the main table to the internet gateway",
        IN_PUBLIC,
        all_of(
            drop(TIE_B),
            add(
                new(
                    "ec2/route:Route",
                    "leak",
                    routeTableId=ref(VPC, "mainRouteTableId"),
                    destinationCidrBlock=ANYWHERE,
                    gatewayId=ref(GATEWAY),
                )
            ),
        ),
        violation(IS_PUBLIC, B),
    ),
    (
        "the associations swapped",
        EITHER,
        all_of(put(TIE_A, routeTableId=ref(TABLE_B)), put(TIE_B, routeTableId=ref(TABLE_A))),
        SILENT,
    ),
    ("one table for both subnets", IN_PUBLIC, put(TIE_A, routeTableId=ref(TABLE_B)), SILENT),
    (
        "inline routes beside the route of its own",
        IN_PUBLIC,
        put(TABLE_A, routes=[{"cidrBlock": "192.0.2.0/24", "natGatewayId": ref(NAT_A)}]),
        advice(CONTESTED, TABLE_A),
    ),
    (
        "the route inline",
        IN_PUBLIC,
        all_of(drop(ROUTE_A), put(TABLE_A, routes=[{"cidrBlock": ANYWHERE, "natGatewayId": ref(NAT_A)}])),
        SILENT,
    ),
    # Public routing: each subnet leads to a NAT device that reaches the internet.
    ("no route to the NAT gateway", IN_PUBLIC, drop(ROUTE_A), violation(NAT, A)),
    ("no route to any NAT gateway", (PUBLIC, RESTRICTED), drop(ROUTE_A, ROUTE_B), violation(NAT, A, B)),
    (
        "the route on the wrong table",
        IN_PUBLIC,
        put(ROUTE_B, routeTableId=ref(PUBLIC_TABLE), destinationCidrBlock="192.0.2.0/24"),
        violation(NAT, B),
    ),
    (
        "NAT for a private range only",
        IN_PUBLIC,
        put(ROUTE_A, destinationCidrBlock="10.0.0.0/8"),
        violation(NAT, A),
    ),
    (
        "NAT for one half of the internet",
        IN_PUBLIC,
        put(ROUTE_A, destinationCidrBlock="0.0.0.0/1"),
        violation(NAT, A),
    ),
    (
        "NAT for both halves of the internet",
        IN_PUBLIC,
        all_of(
            put(ROUTE_A, destinationCidrBlock="0.0.0.0/1"),
            add(_route("rest", TABLE_A, destinationCidrBlock="128.0.0.0/1", natGatewayId=ref(NAT_A))),
        ),
        SILENT,
    ),
    ("one NAT gateway for both", IN_PUBLIC, _ONE_NAT, SILENT),
    ("a NAT gateway under gatewayId", IN_PUBLIC, _lead(ROUTE_A, gatewayId=ref(NAT_A)), SILENT),
    ("a NAT gateway of another stack", IN_PUBLIC, put(ROUTE_A, natGatewayId="nat-0123456789abcdef0"), SILENT),
    ("a NAT instance", IN_PUBLIC, _nat_instance(ROUTE_A), SILENT),
    (
        "a private NAT gateway",
        IN_PUBLIC,
        all_of(put(NAT_A, connectivityType="private"), take(NAT_A, "allocationId")),
        violation(NAT, A),
    ),
    ("the NAT gateway in a private subnet", IN_PUBLIC, put(NAT_A, subnetId=ref(A)), violation(NAT, A)),
    (
        "both NAT gateways in a private subnet",
        IN_PUBLIC,
        all_of(put(NAT_A, subnetId=ref(B)), put(NAT_B, subnetId=ref(B))),
        violation(NAT, A, B),
    ),
    ("the public route left out", IN_PUBLIC, drop(PUBLIC_ROUTE), violation(NAT, A, B)),
    (
        "the public route for a prefix only",
        IN_PUBLIC,
        put(PUBLIC_ROUTE, destinationCidrBlock="192.0.2.0/24"),
        violation(NAT, A, B),
    ),
    ("one public subnet without the public table", IN_PUBLIC, drop(PUBLIC_TIE_A), violation(NAT, A)),
    (
        "one public subnet on a private table",
        IN_PUBLIC,
        put(PUBLIC_TIE_B, routeTableId=ref(TABLE_A)),
        violation(NAT, B),
    ),
    (
        "one public subnet",
        IN_PUBLIC,
        all_of(_ONE_NAT, drop(PUBLIC_B, PUBLIC_TIE_B, FILTER_PUBLIC_B)),
        advice(NAT, VPC),
    ),
    ("an internet gateway that nothing attaches", IN_PUBLIC, _DETACHED, advice(NAT, A, B)),
    (
        "an internet gateway attached by a resource between",
        IN_PUBLIC,
        all_of(
            _DETACHED,
            add(
                new(
                    "ec2/internetGatewayAttachment:InternetGatewayAttachment",
                    "attachment",
                    internetGatewayId=ref(GATEWAY),
                    vpcId=ref(VPC),
                )
            ),
        ),
        SILENT,
    ),
    ("a regional NAT gateway", IN_PUBLIC, _REGIONAL, SILENT),
    (
        "the default route to a transit gateway",
        IN_PUBLIC,
        _lead(ROUTE_A, transitGatewayId="tgw-0123456789abcdef0"),
        advice(NAT, A),
    ),
    (
        "the private subnets declared private",
        IN_PUBLIC,
        all_of(tag(A, routing="private"), tag(B, routing="private")),
        violation(REACHES, A, B) | violation(MISSING, VPC),
    ),
    # Private routing: no way out at all.
    ("a route to a NAT gateway", IN_PRIVATE, _NAT_IN_PRIVATE, violation(REACHES, A)),
    (
        "a route to a NAT gateway of another stack",
        IN_PRIVATE,
        add(_route("out", TABLE_B, natGatewayId="nat-0123456789abcdef0")),
        violation(REACHES, B),
    ),
    (
        "a route to a NAT instance",
        IN_PRIVATE,
        add(_route("out", TABLE_B, networkInterfaceId="eni-0123456789abcdef0")),
        violation(REACHES, B),
    ),
    (
        "a route to an internet gateway",
        IN_PRIVATE,
        all_of(_gateway(), _leak(TABLE_A)),
        violation(IS_PUBLIC, A),
    ),
    (
        "the private subnets declared public",
        IN_PRIVATE,
        all_of(tag(A, routing="public"), tag(B, routing="public")),
        violation(NAT, A, B),
    ),
    ("no association, the main table untouched", IN_PRIVATE, _BARE_SUBNETS, violation(ATTACHED, S3)),
    # Names resolve.
    ("DNS support off", EITHER, put(VPC, enableDnsSupport=False), violation(DNS, VPC)),
    ("DNS hostnames off", IN_PRIVATE, put(VPC, enableDnsHostnames=False), violation(DNS, VPC)),
    ("DNS hostnames left at the default", IN_PRIVATE, take(VPC, "enableDnsHostnames"), violation(DNS, VPC)),
    ("DNS hostnames off", IN_PUBLIC, put(VPC, enableDnsHostnames=False), advice(DNS, VPC)),
    ("DNS hostnames left at the default", IN_PUBLIC, take(VPC, "enableDnsHostnames"), advice(DNS, VPC)),
    ("DNS support left at the default", EITHER, take(VPC, "enableDnsSupport"), SILENT),
    (
        "another VPC of the stack without DNS hostnames",
        EITHER,
        add(new("ec2/vpc:Vpc", "other", cidrBlock="10.192.0.0/16", enableDnsHostnames=False)),
        SILENT,
    ),
)

DECLARED_ROWS: Final[tuple[Mutation, ...]] = (
    (
        "a public subnet declared as well",
        IN_PUBLIC,
        tag(PUBLIC_A, environment="mwaa"),
        violation(COUNT, A) | violation(IS_PUBLIC, PUBLIC_A),
    ),
    ("one subnet is not declared", EITHER, tag(B, environment=None), violation(COUNT, A)),
)

ENVIRONMENT_ROWS: Final[tuple[Mutation, ...]] = (
    (
        "one subnet of another stack, twice",
        EITHER,
        put(
            ENVIRONMENT,
            networkConfiguration={
                "subnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"],
                "securityGroupIds": [ref(GROUP)],
            },
        ),
        violation(COUNT, ENVIRONMENT),
    ),
    (
        "no subnet and no group",
        EITHER,
        put(ENVIRONMENT, networkConfiguration={"subnetIds": [], "securityGroupIds": []}),
        violation(COUNT, ENVIRONMENT) | violation(GROUPS, ENVIRONMENT),
    ),
    (
        "no network configuration",
        EITHER,
        take(ENVIRONMENT, "networkConfiguration"),
        violation(COUNT, ENVIRONMENT) | violation(GROUPS, ENVIRONMENT),
    ),
)
