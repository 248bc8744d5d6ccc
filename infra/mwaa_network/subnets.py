"""Makes the subnets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_network.address_plan import SubnetPlan, ipv6_block
from mwaa_network.family import Family
from mwaa_network.zones import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where subnets stand.

    Attributes:
        vpc: The VPC.
        zones: The network's zones; a plan's slot picks one.
        kept: Whether a subnet stays in the zone it has once it is made. So it must where nobody chose the
            zones: a zone that is new in the Region would otherwise replace the subnets.
    """

    vpc: aws.ec2.Vpc
    zones: Sequence[Zone]
    kept: bool


def make_subnets(
    family: Family,
    place: Place,
    plans: Sequence[SubnetPlan],
    *,
    public_addresses: bool = False,
    tags: Mapping[str, str] | None = None,
) -> dict[str, aws.ec2.Subnet]:
    """Make the planned subnets, by label; the tags stand beside the user's.

    With `public_addresses`, what is started in them gets a public address.
    """
    ignored = ["availability_zone_id"] if place.kept else []
    return {
        plan.label: aws.ec2.Subnet(
            family.child(plan.label),
            vpc_id=place.vpc.id,
            cidr_block=plan.cidr_block,
            availability_zone_id=place.zones[plan.slot].id,
            ipv6_cidr_block=_ipv6_block(place.vpc, plan),
            assign_ipv6_address_on_creation=None if plan.ipv6_slot is None else True,
            map_public_ip_on_launch=public_addresses,
            tags=family.tags_of(plan.label, tags),
            opts=pulumi.ResourceOptions(
                parent=family.parent,
                ignore_changes=ignored,
                delete_before_replace=True,  # two subnets of a VPC cannot share a block
            ),
        )
        for plan in plans
    }


def _ipv6_block(vpc: aws.ec2.Vpc, plan: SubnetPlan) -> pulumi.Output[str] | None:
    slot = plan.ipv6_slot
    return None if slot is None else vpc.ipv6_cidr_block.apply(lambda block: ipv6_block(block, slot))
