"""Makes the VPC endpoints."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.documents.facts import EndpointKind
from mwaa_network.endpoint_plan import EndpointPlan
from mwaa_network.family import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What endpoints are attached to.

    Attributes:
        vpc: The VPC.
        subnets: The private subnets, in which interface endpoints stand.
        group: The environment's security group, which interface endpoints carry.
        route_tables: The private route tables, to which gateway endpoints add their routes.
    """

    vpc: aws.ec2.Vpc
    subnets: Sequence[aws.ec2.Subnet]
    group: aws.ec2.SecurityGroup
    route_tables: Sequence[aws.ec2.RouteTable]


def make_endpoints(
    family: Family, plans: Sequence[EndpointPlan], attachment: Attachment
) -> dict[str, aws.ec2.VpcEndpoint]:
    """Make the planned endpoints, by service; interface endpoints answer to the services' public names."""
    endpoints: dict[str, aws.ec2.VpcEndpoint] = {}
    for plan in plans:
        interface = plan.kind is EndpointKind.INTERFACE
        endpoints[plan.label] = aws.ec2.VpcEndpoint(
            family.child(plan.label),
            vpc_id=attachment.vpc.id,
            service_name=plan.service_name,
            vpc_endpoint_type=plan.kind.value,
            policy=plan.policy,
            subnet_ids=[subnet.id for subnet in attachment.subnets] if interface else None,
            security_group_ids=[attachment.group.id] if interface else None,
            private_dns_enabled=True if interface else None,
            route_table_ids=None if interface else [table.id for table in attachment.route_tables],
            tags=family.tags_of(plan.label),
            opts=pulumi.ResourceOptions(parent=family.parent),
        )
    return endpoints
