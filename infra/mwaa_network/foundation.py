"""What an environment's group and endpoints stand on: the VPC, its subnets and what leads out of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from mwaa_network.address_plan import AddressPlan
from mwaa_network.arguments import NetworkArgs
from mwaa_network.entry_plan import plan_network_acls
from mwaa_network.family import Family
from mwaa_network.flow_logs import make_flow_log
from mwaa_network.internet import make_way_out
from mwaa_network.network_acls import make_network_acls
from mwaa_network.routing import WayOut, make_private_routes
from mwaa_network.subnets import Place, make_subnets
from mwaa_network.tags import declaration_tags
from mwaa_network.vpc import make_vpc
from mwaa_network.zones import RegionZones, settled_zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """A VPC and what is in it, made or found.

    Attributes:
        vpc_id: The VPC.
        cidr_block: Its IPv4 block.
        ipv6_cidr_block: Its IPv6 block; empty where it has none.
        private_subnet_ids: The two private subnets.
        zone_ids: Their zones, in their order.
        route_table_ids: Their route tables, in their order.
        public_subnet_ids: The public subnets that were made.
        network_acl_id: The network ACL that was made for the private subnets; empty for none.
        nat_public_ips: The addresses of the NAT gateways that were made.
        wiring: What an environment must wait for.
    """

    vpc_id: pulumi.Input[str]
    cidr_block: pulumi.Input[str]
    ipv6_cidr_block: pulumi.Input[str]
    private_subnet_ids: Sequence[pulumi.Input[str]]
    zone_ids: Sequence[pulumi.Input[str]]
    route_table_ids: Sequence[pulumi.Input[str]]
    public_subnet_ids: Sequence[pulumi.Input[str]] = ()
    network_acl_id: pulumi.Input[str] = ""
    nat_public_ips: Sequence[pulumi.Input[str]] = ()
    wiring: tuple[pulumi.Resource, ...] = ()


def make_foundation(
    family: Family, args: NetworkArgs, addresses: AddressPlan, at_hand: RegionZones
) -> Foundation:
    """Make a VPC, its subnets, their routes and network ACLs."""
    vpc = make_vpc(family, args.cidr_block, ipv6=args.ipv6)
    if args.flow_log_bucket_arn is not None:
        make_flow_log(family, vpc, args.flow_log_bucket_arn)
    place = Place(vpc=vpc, zones=settled_zones(args.zones, at_hand), kept=args.zones is None)
    declaration = declaration_tags(family.name, args.routing)
    private = make_subnets(family, place, addresses.private, tags=declaration)
    public = make_subnets(family, place, addresses.public, public_addresses=True)
    way_out = make_way_out(family, vpc, tuple(public.values()), args) if public else WayOut()
    routes = make_private_routes(family, vpc, tuple(private.values()), way_out)
    acls = make_network_acls(family, vpc, plan_network_acls(args, addresses), {**private, **public})
    return Foundation(
        vpc_id=vpc.id,
        cidr_block=vpc.cidr_block,
        ipv6_cidr_block=vpc.ipv6_cidr_block,
        private_subnet_ids=[subnet.id for subnet in private.values()],
        zone_ids=[subnet.availability_zone_id for subnet in private.values()],
        route_table_ids=[table.id for table in routes.tables],
        public_subnet_ids=[subnet.id for subnet in public.values()],
        network_acl_id=acls.acls[0].id,
        nat_public_ips=[gateway.public_ip for gateway in way_out.nat_gateways],
        wiring=(*way_out.wiring, *routes.wiring, *acls.wiring),
    )
