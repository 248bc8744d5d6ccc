"""Looks up a VPC that is there already, and says what is wrong with it before anything is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import ANY_IPV4, UNSUPPORTED_ZONE_IDS, EndpointKind
from mwaa_guardrails.documents.sources import ENDPOINT_SERVICES, NETWORKING_ABOUT, VPC_CREATE
from mwaa_guardrails.net.addresses import PUBLIC_IPV4, parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_network.address_plan import AddressPlan, SubnetPlan
from mwaa_network.endpoint_plan import EndpointPlan
from mwaa_network.foundation import Foundation
from mwaa_network.given_ids import SUBNETS, VPC
from mwaa_network.problems import Problem, shown

_ASSOCIATED: Final = "associated"
"""The state of a block that a VPC has; EC2 lists blocks that are gone for a while as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSubnet:
    """A subnet as AWS has it, with its effective route table."""

    id: str
    zone_id: str
    cidr_block: str
    table: aws.ec2.GetRouteTableResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A VPC as AWS has it, and those of the subnets asked for that are in it."""

    vpc: aws.ec2.GetVpcResult
    subnets: tuple[FoundSubnet, ...]

    @property
    def cidr_blocks(self) -> tuple[str, ...]:
        """The IPv4 blocks of the VPC, the one that it was made with first."""
        first = self.vpc.cidr_block
        others = {each.cidr_block for each in self.vpc.cidr_block_associations if each.state == _ASSOCIATED}
        return (first, *sorted(others - {first}))

    @property
    def foundation(self) -> Foundation:
        """What the environment's security group and endpoints stand on."""
        return Foundation(
            vpc_id=self.vpc.id,
            cidr_block=self.vpc.cidr_block,
            ipv6_cidr_block="",
            private_subnet_ids=[each.id for each in self.subnets],
            zone_ids=[each.zone_id for each in self.subnets],
            route_table_ids=list(dict.fromkeys(each.table.route_table_id for each in self.subnets)),
        )

    @property
    def addresses(self) -> AddressPlan:
        """The subnets as if they had been planned, with their ids for labels."""
        return AddressPlan(
            private=tuple(
                SubnetPlan(label=each.id, slot=slot, cidr_block=each.cidr_block)
                for slot, each in enumerate(self.subnets)
            ),
            public=(),
        )


def look_up(vpc_id: str, subnet_ids: Sequence[str], options: pulumi.InvokeOptions) -> Found | Problem:
    """Ask AWS for a VPC and subnets in it; return what is wrong where one of them is not there."""
    inside = aws.ec2.get_subnets(
        filters=[
            aws.ec2.GetSubnetsFilterArgs(name="vpc-id", values=[vpc_id]),
            aws.ec2.GetSubnetsFilterArgs(name="subnet-id", values=list(subnet_ids)),
        ],
        opts=options,
    )
    missing = [each for each in subnet_ids if each not in inside.ids]
    if missing:
        return Problem(
            key=SUBNETS,
            fault=f"{shown(missing[0])} is no subnet of {vpc_id} in this account and Region",
            allowed=f"two private subnets of {vpc_id}",
            why=f"An environment stands in two subnets of one VPC ({NETWORKING_ABOUT.title}).",
            remedy=f"Name subnets of {vpc_id}, or the VPC that this one is in.",
        )
    vpc = aws.ec2.get_vpc(id=vpc_id, opts=options)
    table_ids = _effective_tables(vpc_id, subnet_ids, options)
    tables = {
        each: aws.ec2.get_route_table(route_table_id=each, opts=options)
        for each in dict.fromkeys(table_ids.values())
    }
    return Found(
        vpc=vpc,
        subnets=tuple(_look_up_subnet(each, tables[table_ids[each]], options) for each in subnet_ids),
    )


def _effective_tables(
    vpc_id: str, subnet_ids: Sequence[str], options: pulumi.InvokeOptions
) -> Mapping[str, str]:
    """Return the route table of each subnet: what nothing ties to a table follows the main one."""
    tied = {each: _tables(vpc_id, "association.subnet-id", each, options) for each in subnet_ids}
    main = [] if all(tied.values()) else _tables(vpc_id, "association.main", "true", options)
    return {each: (found or main)[0] for each, found in tied.items()}


def _look_up_subnet(
    subnet_id: str, table: aws.ec2.GetRouteTableResult, options: pulumi.InvokeOptions
) -> FoundSubnet:
    subnet = aws.ec2.get_subnet(id=subnet_id, opts=options)
    return FoundSubnet(
        id=subnet_id, zone_id=subnet.availability_zone_id, cidr_block=subnet.cidr_block, table=table
    )


def _tables(vpc_id: str, name: str, value: str, options: pulumi.InvokeOptions) -> Sequence[str]:
    wanted = aws.ec2.GetRouteTablesFilterArgs(name=name, values=[value])
    return aws.ec2.get_route_tables(vpc_id=vpc_id, filters=[wanted], opts=options).ids


def found_problems(found: Found, routing: Routing, endpoints: Sequence[EndpointPlan]) -> Iterator[Problem]:
    """Yield what is wrong with a VPC and subnets that are there, for a routing and endpoints to be made."""
    first, second = found.subnets
    if first.zone_id == second.zone_id:
        yield _problem(
            f"{first.id} and {second.id} are both in {first.zone_id}",
            f"The two subnets are in two different Availability Zones ({NETWORKING_ABOUT.title}).",
            "Name a subnet in another zone in place of one of them.",
        )
    for subnet in found.subnets:
        if subnet.zone_id in UNSUPPORTED_ZONE_IDS:
            yield _problem(
                f"{subnet.id} is in {subnet.zone_id}",
                f"Amazon MWAA has no environments in {subnet.zone_id} ({VPC_CREATE.title}).",
                "Name a subnet in another zone.",
            )
        yield from _route_problems(subnet, routing)
    private_dns = [each for each in endpoints if each.kind is EndpointKind.INTERFACE and each.private_dns]
    if (routing is Routing.PRIVATE or private_dns) and not (
        found.vpc.enable_dns_support and found.vpc.enable_dns_hostnames
    ):
        yield Problem(
            key=VPC,
            fault=f"{shown(found.vpc.id)} has DNS support or DNS hostnames off",
            allowed="a VPC with both attributes on",
            why=f"Private DNS of endpoints needs both ({ENDPOINT_SERVICES.title}).",
            remedy="Turn both on: aws ec2 modify-vpc-attribute --enable-dns-support, --enable-dns-hostnames.",
        )


def _route_problems(subnet: FoundSubnet, routing: Routing) -> Iterator[Problem]:
    table, routes = subnet.table.route_table_id, subnet.table.routes
    gateways = [each.gateway_id for each in routes if (each.gateway_id or "").startswith("igw-")]
    if gateways:
        yield _problem(
            f"{subnet.id} is public: {table} leads to {gateways[0]}",
            f"An environment's route tables lead to no internet gateway ({NETWORKING_ABOUT.title}).",
            "Name a private subnet, or tie this one to a route table without that route.",
        )
    device = _nat_device(routes)
    if routing is Routing.PRIVATE and device:
        yield _problem(
            f"{subnet.id} leads to the internet: {table} leads to {device}, but routing is private",
            f"With private routing nothing leads to a NAT device ({NETWORKING_ABOUT.title}).",
            "Set routing to public, or name subnets without that route.",
        )
    if routing is Routing.PUBLIC and not _cover_the_internet(routes):
        yield _problem(
            f"{subnet.id} has no way out: {table} has no route for {ANY_IPV4}, but routing is public",
            f"With public routing the private subnets lead to a NAT device ({NETWORKING_ABOUT.title}).",
            "Set routing to private, or add a route to a NAT gateway.",
        )


def _nat_device(routes: Sequence[aws.ec2.outputs.GetRouteTableRouteResult]) -> str | None:
    """Return a NAT device that routes lead to: a NAT gateway, or what all of the internet is sent to.

    An instance, or a network interface, may have other uses: with a narrower route it is no NAT device.
    """
    gateways = [each.nat_gateway_id for each in routes if each.nat_gateway_id]
    to_instances = [each for each in routes if each.instance_id or each.network_interface_id]
    instances = [each.instance_id or each.network_interface_id for each in to_instances]
    return next(iter(gateways or (instances if _cover_the_internet(to_instances) else ())), None)


def _cover_the_internet(routes: Sequence[aws.ec2.outputs.GetRouteTableRouteResult]) -> bool:
    """Tell whether routes, one or several, cover the public internet of IPv4."""
    blocks = [parse_cidr(each.cidr_block) for each in routes if each.cidr_block]
    return IntervalSet.of(*(span for block in blocks for span in block.spans)).covers(PUBLIC_IPV4)


def _problem(fault: str, why: str, remedy: str) -> Problem:
    return Problem(
        key=SUBNETS, fault=fault, allowed="two private subnets in two zones", why=why, remedy=remedy
    )
