"""Makes the network ACLs, their entries, and what ties them to the subnets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.aws.model import Direction
from mwaa_network.entry_plan import AclPlan, EntryPlan
from mwaa_network.family import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcls:
    """The network ACLs in the order of their plans, and the resources that make them work for the subnets."""

    acls: tuple[aws.ec2.NetworkAcl, ...]
    wiring: tuple[pulumi.Resource, ...]


def make_network_acls(
    family: Family, vpc: aws.ec2.Vpc, plans: Sequence[AclPlan], subnets: Mapping[str, aws.ec2.Subnet]
) -> NetworkAcls:
    """Make the planned network ACLs of the subnets, given by label; each entry is a resource of its own."""
    acls: list[aws.ec2.NetworkAcl] = []
    wiring: list[pulumi.Resource] = []
    for plan in plans:
        acl = aws.ec2.NetworkAcl(
            family.child(plan.label),
            vpc_id=vpc.id,
            tags=family.tags_of(plan.label),
            opts=pulumi.ResourceOptions(parent=family.parent),
        )
        acls.append(acl)
        wiring += [_make_entry(family, acl, entry) for entry in plan.entries]
        wiring += [
            aws.ec2.NetworkAclAssociation(
                family.child(label),
                network_acl_id=acl.id,
                subnet_id=subnets[label].id,
                opts=pulumi.ResourceOptions(parent=family.parent),
            )
            for label in plan.subnets
        ]
    return NetworkAcls(acls=tuple(acls), wiring=tuple(wiring))


def _make_entry(family: Family, acl: aws.ec2.NetworkAcl, entry: EntryPlan) -> aws.ec2.NetworkAclRule:
    first, last = entry.ports or (None, None)
    return aws.ec2.NetworkAclRule(
        family.child(entry.label),
        network_acl_id=acl.id,
        egress=entry.direction is Direction.EGRESS,
        rule_number=entry.number,
        protocol=entry.protocol,
        from_port=first,
        to_port=last,
        rule_action=entry.action,
        cidr_block=entry.cidr_block,
        opts=pulumi.ResourceOptions(
            parent=family.parent,
            delete_before_replace=True,  # an ACL has one entry of a number in each direction
        ),
    )
