"""Places an environment on a network: with the network's group, or in a VPC that another account shares."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.documents.facts import ALL_PROTOCOLS, SUBNETS_PER_ENVIRONMENT
from mwaa_guardrails.documents.requirements import CUSTOMER_ENDPOINT_GROUP, SHARED_VPC_NEEDS_CUSTOMER
from mwaa_network.environment.arguments import EndpointManagement, EnvironmentArgs
from mwaa_network.family import Family
from mwaa_network.filter_plan import egress_rules, ingress_rules
from mwaa_network.network import Network, NetworkConfiguration
from mwaa_network.problems import ConfigurationError, Problem, cited
from mwaa_network.security_groups import make_egress_rule, make_ingress_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenancy:
    """What an environment takes of a network, and what must be there before it beside that."""

    configuration: pulumi.Input[NetworkConfiguration]
    needed: Sequence[pulumi.Resource] = ()


def find_tenancy(
    family: Family, args: EnvironmentArgs, account: str, after: pulumi.ResourceOptions
) -> Tenancy:
    """Return what an environment of an account takes; only in a shared VPC it has a group of its own.

    Raises:
        ConfigurationError: The VPC is another account's, and MWAA would make the endpoints.
    """
    network = args.network
    owner = network.accounts.of(network)
    if owner == account:
        return Tenancy(configuration=network.network_configuration)
    if args.endpoint_management is EndpointManagement.CUSTOMER:
        return _on_shared_network(family, network, account, after)
    problem = Problem(
        key="endpoint_management",
        fault=(
            f"it is SERVICE, as when it is left out, but the network is in account {owner} and the "
            f"environment in {account}"
        ),
        allowed="CUSTOMER, for an environment on the network of another account",
        why=cited(SHARED_VPC_NEEDS_CUSTOMER),
        remedy="Set endpoint_management to CUSTOMER, or give the environment the network's provider.",
    )
    raise ConfigurationError((problem,), environment=family.name)


def _on_shared_network(
    family: Family, network: Network, account: str, after: pulumi.ResourceOptions
) -> Tenancy:
    """Make a group in the environment's account, with the rules of the network's own.

    The latter, which the endpoints carry, lets the new one in. Nothing is made before what `after` depends
    on, which the account has to be given first.
    """
    label = "environment"
    group = aws.ec2.SecurityGroup(
        family.child(label),
        vpc_id=network.vpc_id,
        description=f"Amazon MWAA environment {family.name}",
        tags=family.tags_of(label),
        opts=pulumi.ResourceOptions.merge(
            pulumi.ResourceOptions(parent=family.parent, ignore_changes=["description"]), after
        ),
    )
    peers = replace(network.peers, group=group)
    rules = (
        *(make_ingress_rule(family, rule, peers) for rule in ingress_rules(network.args)),
        *(
            make_egress_rule(family, rule, peers)
            for rule in egress_rules(network.args, network.cidr_blocks, [*peers.prefix_list_ids])
        ),
    )
    admission = aws.vpc.SecurityGroupIngressRule(
        family.child("tenant"),
        security_group_id=network.security_group_id,
        referenced_security_group_id=pulumi.Output.concat(account, "/", group.id),
        ip_protocol=ALL_PROTOCOLS,
        description=f"{CUSTOMER_ENDPOINT_GROUP.id}: all traffic from the group of environment {family.name}",
        tags=family.tags_of("tenant"),
        opts=pulumi.ResourceOptions(parent=network),
    )
    return Tenancy(
        # One by one, and without the network's own group among what it depends on: so a preview knows them.
        configuration=NetworkConfiguration(
            subnet_ids=[network.private_subnet_ids[slot] for slot in range(SUBNETS_PER_ENVIRONMENT)],
            security_group_ids=[group.id],
        ),
        needed=(*network.wiring, *rules, admission),
    )
