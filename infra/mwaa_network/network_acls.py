"""Makes the network ACL, its entries, and what ties it to the subnets."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.aws.model import Direction
from mwaa_network.family import Family
from mwaa_network.filter_plan import ENTRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcl:
    """The network ACL, and the resources that make it work for the subnets."""

    acl: aws.ec2.NetworkAcl
    wiring: tuple[pulumi.Resource, ...]


def make_network_acl(family: Family, vpc: aws.ec2.Vpc, subnets: Mapping[str, aws.ec2.Subnet]) -> NetworkAcl:
    """Make the one network ACL of all subnets, given by label; each entry is a resource of its own."""
    acl = aws.ec2.NetworkAcl(
        family.child("network-acl"),
        vpc_id=vpc.id,
        tags=family.tags_of("network-acl"),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
    entries = tuple(
        aws.ec2.NetworkAclRule(
            family.child(entry.label),
            network_acl_id=acl.id,
            egress=entry.direction is Direction.EGRESS,
            rule_number=entry.number,
            protocol=entry.protocol,
            rule_action=entry.action,
            cidr_block=entry.cidr_block,
            opts=pulumi.ResourceOptions(
                parent=family.parent,
                delete_before_replace=True,  # an ACL has one entry of a number in each direction
            ),
        )
        for entry in ENTRIES
    )
    associations = tuple(
        aws.ec2.NetworkAclAssociation(
            family.child(label),
            network_acl_id=acl.id,
            subnet_id=subnet.id,
            opts=pulumi.ResourceOptions(parent=family.parent),
        )
        for label, subnet in subnets.items()
    )
    return NetworkAcl(acl=acl, wiring=(*entries, *associations))
