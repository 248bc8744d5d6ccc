"""Makes the VPC endpoints of an environment's database and web server, where MWAA does not."""

import pulumi_aws as aws

from mwaa_guardrails.documents.facts import SUBNETS_PER_ENVIRONMENT, EndpointKind
from mwaa_network.family import Family
from mwaa_network.network import Network
from mwaa_network.vpc_endpoints import goes_with_its_subnets


def make_customer_endpoints(
    family: Family, network: Network, environment: aws.mwaa.Environment, *, web_server: bool
) -> tuple[aws.ec2.VpcEndpoint, ...]:
    """Make them as parts of the network, by the account that owns its VPC: no other account can."""
    services = {"database": environment.database_vpc_endpoint_service}
    if web_server:
        services["webserver"] = environment.webserver_vpc_endpoint_service
    return tuple(
        aws.ec2.VpcEndpoint(
            family.child(label),
            vpc_id=network.vpc_id,
            service_name=service,
            vpc_endpoint_type=EndpointKind.INTERFACE,
            # One by one: a preview that does not know the subnets' ids knows at least that they are two.
            subnet_ids=[network.private_subnet_ids[slot] for slot in range(SUBNETS_PER_ENVIRONMENT)],
            security_group_ids=[network.security_group_id],
            tags=family.tags_of(label),
            opts=goes_with_its_subnets(network),
        )
        for label, service in services.items()
    )
