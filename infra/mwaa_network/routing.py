"""Makes the route tables, their routes, and what ties them to the subnets."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.documents.facts import ANY_IPV4, ANY_IPV6
from mwaa_network.address_plan import ZONE_LETTERS
from mwaa_network.family import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """What the private subnets leave by, and the resources that make it work.

    With private routing there is none of it.

    Attributes:
        nat_gateways: For IPv4, zone by zone; one serves both where there is but one.
        egress_only: For IPv6, if there is any.
        wiring: What must be there before one can leave.
    """

    nat_gateways: tuple[aws.ec2.NatGateway, ...] = ()
    egress_only: aws.ec2.EgressOnlyInternetGateway | None = None
    wiring: tuple[pulumi.Resource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateRoutes:
    """The route tables of the private subnets, and the resources that make them work."""

    tables: tuple[aws.ec2.RouteTable, ...]
    wiring: tuple[pulumi.Resource, ...]


def make_public_routes(
    family: Family,
    vpc: aws.ec2.Vpc,
    subnets: Sequence[aws.ec2.Subnet],
    internet_gateway: aws.ec2.InternetGateway,
    *,
    ipv6: bool,
) -> tuple[pulumi.Resource, ...]:
    """Make one route table for the public subnets; return what leads them to the internet gateway."""
    table = _make_table(family, vpc, "public")
    routes = [
        aws.ec2.Route(
            family.child("public-to-internet"),
            route_table_id=table.id,
            destination_cidr_block=ANY_IPV4,
            gateway_id=internet_gateway.id,
            opts=pulumi.ResourceOptions(parent=family.parent),
        )
    ]
    if ipv6:
        routes.append(
            aws.ec2.Route(
                family.child("public-to-internet-ipv6"),
                route_table_id=table.id,
                destination_ipv6_cidr_block=ANY_IPV6,
                gateway_id=internet_gateway.id,
                opts=pulumi.ResourceOptions(parent=family.parent),
            )
        )
    associations = tuple(
        _associate(family, f"public-{letter}", subnet, table)
        for letter, subnet in zip(ZONE_LETTERS, subnets, strict=True)
    )
    return (*routes, *associations)


def make_private_routes(
    family: Family,
    vpc: aws.ec2.Vpc,
    subnets: Sequence[aws.ec2.Subnet],
    way_out: WayOut,
) -> PrivateRoutes:
    """Make a route table for each private subnet, which leads to the zone's NAT gateway, if there is any.

    For IPv6 it leads to the egress-only internet gateway, if there is any.
    """
    tables: list[aws.ec2.RouteTable] = []
    wiring: list[pulumi.Resource] = []
    for slot, (letter, subnet) in enumerate(zip(ZONE_LETTERS, subnets, strict=True)):
        label = f"private-{letter}"
        table = _make_table(family, vpc, label)
        tables.append(table)
        wiring.append(_associate(family, label, subnet, table))
        if way_out.nat_gateways:
            gateway = way_out.nat_gateways[min(slot, len(way_out.nat_gateways) - 1)]
            wiring.append(
                aws.ec2.Route(
                    family.child(f"{label}-to-internet"),
                    route_table_id=table.id,
                    destination_cidr_block=ANY_IPV4,
                    nat_gateway_id=gateway.id,
                    opts=pulumi.ResourceOptions(parent=family.parent),
                )
            )
        if way_out.egress_only:
            wiring.append(
                aws.ec2.Route(
                    family.child(f"{label}-to-internet-ipv6"),
                    route_table_id=table.id,
                    destination_ipv6_cidr_block=ANY_IPV6,
                    egress_only_gateway_id=way_out.egress_only.id,
                    opts=pulumi.ResourceOptions(parent=family.parent),
                )
            )
    return PrivateRoutes(tables=tuple(tables), wiring=tuple(wiring))


def _make_table(family: Family, vpc: aws.ec2.Vpc, label: str) -> aws.ec2.RouteTable:
    return aws.ec2.RouteTable(
        family.child(label),
        vpc_id=vpc.id,
        tags=family.tags_of(label),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )


def _associate(
    family: Family, label: str, subnet: aws.ec2.Subnet, table: aws.ec2.RouteTable
) -> aws.ec2.RouteTableAssociation:
    return aws.ec2.RouteTableAssociation(
        family.child(label),
        subnet_id=subnet.id,
        route_table_id=table.id,
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
