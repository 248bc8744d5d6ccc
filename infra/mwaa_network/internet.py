"""Makes the way to the internet that public routing has: internet gateway, public routes, NAT gateways."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from mwaa_network.address_plan import ZONE_LETTERS
from mwaa_network.arguments import NetworkArgs, nat_gateways_of
from mwaa_network.family import Family
from mwaa_network.routing import WayOut, make_public_routes


def make_way_out(
    family: Family, vpc: aws.ec2.Vpc, public_subnets: Sequence[aws.ec2.Subnet], args: NetworkArgs
) -> WayOut:
    """Make the public subnets public, and NAT gateways in the first of them, with given or new addresses."""
    internet_gateway = aws.ec2.InternetGateway(
        family.child("internet-gateway"),
        vpc_id=vpc.id,
        tags=family.tags_of("internet-gateway"),
        # A new VPC gets a new one: the old one cannot leave before the old NAT gateways do.
        opts=pulumi.ResourceOptions(parent=family.parent, replace_on_changes=["vpc_id"]),
    )
    labels = [f"nat-{letter}" for letter in ZONE_LETTERS[: nat_gateways_of(args)]]
    ids = args.nat_allocation_ids or [_make_address(family, label, internet_gateway) for label in labels]
    return WayOut(
        nat_gateways=tuple(
            _make_nat_gateway(family, label, subnet, allocation_id, internet_gateway)
            for label, subnet, allocation_id in zip(labels, public_subnets[: len(labels)], ids, strict=True)
        ),
        egress_only=_make_egress_only_gateway(family, vpc) if args.ipv6 else None,
        wiring=make_public_routes(family, vpc, public_subnets, internet_gateway, ipv6=args.ipv6),
    )


def _make_egress_only_gateway(family: Family, vpc: aws.ec2.Vpc) -> aws.ec2.EgressOnlyInternetGateway:
    return aws.ec2.EgressOnlyInternetGateway(
        family.child("egress-only-gateway"),
        vpc_id=vpc.id,
        tags=family.tags_of("egress-only-gateway"),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )


# An Elastic IP address and a NAT gateway do not name the internet gateway, but both need it, and it cannot be
# detached before they are gone.


def _make_address(
    family: Family, label: str, internet_gateway: aws.ec2.InternetGateway
) -> pulumi.Output[str]:
    address = aws.ec2.Eip(
        family.child(label),
        domain="vpc",
        tags=family.tags_of(label),
        opts=pulumi.ResourceOptions(parent=family.parent, depends_on=[internet_gateway]),
    )
    return address.allocation_id


def _make_nat_gateway(
    family: Family,
    label: str,
    subnet: aws.ec2.Subnet,
    allocation_id: pulumi.Input[str],
    internet_gateway: aws.ec2.InternetGateway,
) -> aws.ec2.NatGateway:
    return aws.ec2.NatGateway(
        family.child(label),
        subnet_id=subnet.id,
        allocation_id=allocation_id,
        connectivity_type="public",
        tags=family.tags_of(label),
        opts=pulumi.ResourceOptions(
            parent=family.parent,
            depends_on=[internet_gateway],
            delete_before_replace=True,  # the address cannot serve the old and the new one at once
        ),
    )
