"""Makes the way to the internet that public routing has: internet gateway, public routes, NAT gateways."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_network.address_plan import ZONE_LETTERS
from mwaa_network.arguments import Nat
from mwaa_network.family import Family
from mwaa_network.routing import make_public_routes


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """The NAT gateways and their Elastic IP addresses, zone by zone, and the resources that make them work.

    With private routing there is none of it.
    """

    nat_gateways: tuple[aws.ec2.NatGateway, ...] = ()
    addresses: tuple[aws.ec2.Eip, ...] = ()
    wiring: tuple[pulumi.Resource, ...] = ()


def make_way_out(
    family: Family, vpc: aws.ec2.Vpc, public_subnets: Sequence[aws.ec2.Subnet], nat: Nat
) -> WayOut:
    """Make the public subnets public, and a NAT gateway in each of them or in the first only."""
    internet_gateway = aws.ec2.InternetGateway(
        family.child("internet-gateway"),
        vpc_id=vpc.id,
        tags=family.tags_of("internet-gateway"),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
    wiring = make_public_routes(family, vpc, public_subnets, internet_gateway)
    served = public_subnets if nat is Nat.PER_ZONE else public_subnets[:1]
    labels = [f"nat-{letter}" for letter in ZONE_LETTERS[: len(served)]]
    addresses = tuple(_make_address(family, label, internet_gateway) for label in labels)
    gateways = tuple(
        _make_nat_gateway(family, label, subnet, address, internet_gateway)
        for label, subnet, address in zip(labels, served, addresses, strict=True)
    )
    return WayOut(nat_gateways=gateways, addresses=addresses, wiring=wiring)


# An Elastic IP address and a NAT gateway do not name the internet gateway, but both need it, and it cannot be
# detached before they are gone.


def _make_address(family: Family, label: str, internet_gateway: aws.ec2.InternetGateway) -> aws.ec2.Eip:
    return aws.ec2.Eip(
        family.child(label),
        domain="vpc",
        tags=family.tags_of(label),
        opts=pulumi.ResourceOptions(parent=family.parent, depends_on=[internet_gateway]),
    )


def _make_nat_gateway(
    family: Family,
    label: str,
    subnet: aws.ec2.Subnet,
    address: aws.ec2.Eip,
    internet_gateway: aws.ec2.InternetGateway,
) -> aws.ec2.NatGateway:
    return aws.ec2.NatGateway(
        family.child(label),
        subnet_id=subnet.id,
        allocation_id=address.allocation_id,
        connectivity_type="public",
        tags=family.tags_of(label),
        opts=pulumi.ResourceOptions(
            parent=family.parent,
            depends_on=[internet_gateway],
            delete_before_replace=True,  # the address cannot serve the old and the new one at once
        ),
    )
