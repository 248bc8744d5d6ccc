"""Makes the network ACLs, their entries, and what ties them to the subnets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.aws.model import Direction
from mwaa_network.entry_plan import AclPlan, EntryPlan, Ipv6BlockOf
from mwaa_network.family import Family, is_ipv6


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
        wiring += [_make_entry(family, acl, entry, subnets) for entry in plan.entries]
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


def _make_entry(
    family: Family, acl: aws.ec2.NetworkAcl, entry: EntryPlan, subnets: Mapping[str, aws.ec2.Subnet]
) -> aws.ec2.NetworkAclRule:
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
        opts=pulumi.ResourceOptions(
            parent=family.parent,
            delete_before_replace=True,  # an ACL has one entry of a number in each direction
        ),
        **_far_side(entry.block, subnets),
    )


class _FarSide(TypedDict, total=False):
    cidr_block: str
    ipv6_cidr_block: pulumi.Input[str]


def _far_side(block: str | Ipv6BlockOf, subnets: Mapping[str, aws.ec2.Subnet]) -> _FarSide:
    if isinstance(block, Ipv6BlockOf):
        return {"ipv6_cidr_block": subnets[block.subnet].ipv6_cidr_block}
    return {"ipv6_cidr_block": block} if is_ipv6(block) else {"cidr_block": block}
