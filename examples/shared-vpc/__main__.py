"""A network in one account, and an environment of another account on it."""

import sys
from pathlib import Path

import pulumi
import pulumi_aws as aws

sys.path.append(str(Path(__file__).resolve().parents[2] / "infra"))
sys.path.append(str(Path(__file__).resolve().parents[2] / "policy_pack"))

from mwaa_network import Network
from mwaa_network.environment import EndpointManagement, Environment, EnvironmentArgs

config = pulumi.Config()


def account(name: str) -> aws.Provider:
    """Return a provider that assumes the role of an account, in the stack's Region."""
    return aws.Provider(
        name,
        region=aws.config.region,
        assume_roles=[aws.ProviderAssumeRoleArgs(role_arn=config.require(f"{name}Role"))],
    )


def share_with(tenant: str, network: Network, owner: aws.Provider) -> list[pulumi.Resource]:
    """Share the private subnets of a network with another account of the organization."""
    opts = pulumi.ResourceOptions(provider=owner)
    share = aws.ram.ResourceShare("subnets", allow_external_principals=False, opts=opts)
    vpc_owner = aws.get_caller_identity(opts=pulumi.InvokeOptions(provider=owner)).account_id
    prefix = f"arn:aws:ec2:{network.region}:{vpc_owner}:subnet/"
    subnets = [
        aws.ram.ResourceAssociation(
            f"subnet-{slot}",
            resource_arn=network.private_subnet_ids[slot].apply(lambda subnet: prefix + subnet),
            resource_share_arn=share.arn,
            opts=opts,
        )
        for slot in range(2)
    ]
    principal = aws.ram.PrincipalAssociation(
        "tenant", principal=tenant, resource_share_arn=share.arn, opts=opts
    )
    return [*subnets, principal]


owner, tenant = account("owner"), account("tenant")
network = Network("shared", opts=pulumi.ResourceOptions(providers=[owner]))
shared: list[pulumi.Resource] = []
if config.require_bool("share"):
    shared = share_with(config.require("tenantRole").split(":")[4], network, owner)
environment = Environment(
    "analytics",
    EnvironmentArgs(network=network, endpoint_management=EndpointManagement.CUSTOMER),
    pulumi.ResourceOptions(providers=[tenant], depends_on=shared),
)
for key, value in environment.outputs().items():
    pulumi.export(key, value)
