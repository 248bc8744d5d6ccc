"""Makes the environment's security group and its rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from mwaa_network.family import Family, is_ipv6
from mwaa_network.filter_plan import Peer, PrefixListOf, RulePlan


def make_security_group(
    family: Family, vpc_id: pulumi.Input[str], tags: Mapping[str, str]
) -> aws.ec2.SecurityGroup:
    """Make the group that environment and interface endpoints carry; the tags stand beside the user's."""
    return aws.ec2.SecurityGroup(
        family.child("environment"),
        vpc_id=vpc_id,
        description=f"Amazon MWAA environment {family.name}",
        tags=family.tags_of("environment", tags),
        # Another text would replace the group: one that is renamed keeps the text that it was made with.
        opts=pulumi.ResourceOptions(parent=family.parent, ignore_changes=["description"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """What rules name: the group itself, the VPC's IPv6 block, the prefix lists of gateway endpoints."""

    group: aws.ec2.SecurityGroup
    vpc_ipv6: pulumi.Input[str]
    prefix_list_ids: Mapping[str, pulumi.Output[str]]


def make_ingress_rule(family: Family, rule: RulePlan, peers: Peers) -> pulumi.Resource:
    """Make a rule for inbound traffic; it is a resource of its own."""
    return _make_rule(aws.vpc.SecurityGroupIngressRule, family, rule, peers)


def make_egress_rule(family: Family, rule: RulePlan, peers: Peers) -> pulumi.Resource:
    """Make a rule for outbound traffic; it is a resource of its own."""
    return _make_rule(aws.vpc.SecurityGroupEgressRule, family, rule, peers)


def _make_rule(
    kind: type[aws.vpc.SecurityGroupIngressRule | aws.vpc.SecurityGroupEgressRule],
    family: Family,
    rule: RulePlan,
    peers: Peers,
) -> pulumi.Resource:
    return kind(
        family.child(rule.label),
        security_group_id=peers.group.id,
        ip_protocol=rule.protocol,
        from_port=rule.port,
        to_port=rule.port,
        description=rule.description,
        tags=family.tags_of(rule.label),
        opts=pulumi.ResourceOptions(parent=family.parent),
        **_far_side(rule, peers),
    )


class _FarSide(TypedDict, total=False):
    cidr_ipv4: str
    cidr_ipv6: pulumi.Input[str]
    prefix_list_id: pulumi.Output[str]
    referenced_security_group_id: pulumi.Output[str]


def _far_side(rule: RulePlan, peers: Peers) -> _FarSide:
    match rule.peer:
        case Peer.ITSELF:
            return {"referenced_security_group_id": peers.group.id}
        case Peer.VPC_IPV6:
            return {"cidr_ipv6": peers.vpc_ipv6}
        case PrefixListOf(service):
            return {"prefix_list_id": peers.prefix_list_ids[service]}
        case block:
            return {"cidr_ipv6": block} if is_ipv6(block) else {"cidr_ipv4": block}
