"""Makes the VPC endpoints."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.documents.facts import EndpointKind
from mwaa_network.endpoint_plan import EndpointPlan
from mwaa_network.family import Family
from mwaa_network.foundation import Foundation


def make_endpoints(
    family: Family, plans: Sequence[EndpointPlan], base: Foundation, group: aws.ec2.SecurityGroup
) -> dict[str, aws.ec2.VpcEndpoint]:
    """Make the planned endpoints, by service; interface endpoints answer to public names of AWS's services.

    They stand in the private subnets and carry the environment's group; gateway endpoints add their routes to
    the private route tables.
    """
    endpoints: dict[str, aws.ec2.VpcEndpoint] = {}
    for plan in plans:
        interface = plan.kind is EndpointKind.INTERFACE
        endpoints[plan.label] = aws.ec2.VpcEndpoint(
            family.child(plan.label),
            vpc_id=base.vpc_id,
            service_name=plan.service_name,
            vpc_endpoint_type=plan.kind.value,
            policy=plan.policy,
            subnet_ids=base.private_subnet_ids if interface else None,
            security_group_ids=[group.id] if interface else None,
            private_dns_enabled=plan.private_dns or None if interface else None,
            route_table_ids=None if interface else base.route_table_ids,
            tags=family.tags_of(plan.label),
            opts=goes_with_its_subnets(family.parent),
        )
    return endpoints


def goes_with_its_subnets(parent: pulumi.Resource) -> pulumi.ResourceOptions:
    """Return the options of an endpoint that goes before its subnets: they cannot be deleted under it."""
    return pulumi.ResourceOptions(
        parent=parent, replace_on_changes=["subnet_ids"], delete_before_replace=True
    )
