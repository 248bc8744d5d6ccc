"""Makes the environment's security group and its rules."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_network.arguments import Ingress
from mwaa_network.family import Family
from mwaa_network.filter_plan import EGRESS_RULES, ingress_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    """The security group, and its rules, each a resource of its own."""

    group: aws.ec2.SecurityGroup
    rules: tuple[pulumi.Resource, ...]


def make_security_group(
    family: Family, vpc: aws.ec2.Vpc, ingress: Ingress, tags: Mapping[str, str]
) -> SecurityGroup:
    """Make the group that environment and interface endpoints carry; the tags stand beside the user's."""
    group = aws.ec2.SecurityGroup(
        family.child("environment"),
        vpc_id=vpc.id,
        description=f"Amazon MWAA environment {family.name}",
        tags=family.tags_of("environment", tags),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
    inbound = tuple(
        aws.vpc.SecurityGroupIngressRule(
            family.child(rule.label),
            security_group_id=group.id,
            referenced_security_group_id=group.id if rule.cidr_block is None else None,
            cidr_ipv4=rule.cidr_block,
            ip_protocol=rule.protocol,
            from_port=rule.port,
            to_port=rule.port,
            description=rule.description,
            tags=family.tags_of(rule.label),
            opts=pulumi.ResourceOptions(parent=family.parent),
        )
        for rule in ingress_rules(ingress)
    )
    outbound = tuple(
        aws.vpc.SecurityGroupEgressRule(
            family.child(rule.label),
            security_group_id=group.id,
            referenced_security_group_id=group.id if rule.cidr_block is None else None,
            cidr_ipv4=rule.cidr_block,
            ip_protocol=rule.protocol,
            from_port=rule.port,
            to_port=rule.port,
            description=rule.description,
            tags=family.tags_of(rule.label),
            opts=pulumi.ResourceOptions(parent=family.parent),
        )
        for rule in EGRESS_RULES
    )
    return SecurityGroup(group=group, rules=(*inbound, *outbound))
