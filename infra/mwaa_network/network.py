"""The network as one component: makes the parts, ties them together, and tells what others need of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypedDict

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.documents.facts import S3, EndpointKind, endpoint_service_name
from mwaa_network.accounts import Accounts
from mwaa_network.address_plan import plan_addresses
from mwaa_network.arguments import NetworkArgs, written
from mwaa_network.endpoint_plan import plan_endpoints
from mwaa_network.family import Family
from mwaa_network.filter_plan import egress_rules, ingress_rules
from mwaa_network.found import Found, found_problems, look_up
from mwaa_network.foundation import make_foundation
from mwaa_network.guard import Guard
from mwaa_network.hints import hints
from mwaa_network.problems import ConfigurationError, Problem
from mwaa_network.security_groups import Peers, make_egress_rule, make_ingress_rule, make_security_group
from mwaa_network.tags import declaration_tags
from mwaa_network.validation import name_problems, read_arguments, region_problems
from mwaa_network.vpc_endpoints import make_endpoints
from mwaa_network.zones import look_up_zones

TYPE: Final = "mwaa-network:index:Network"


class NetworkConfiguration(TypedDict):
    """What `aws.mwaa.Environment` takes as its `network_configuration`.

    Attributes:
        security_group_ids: The one group for the environment.
        subnet_ids: The two subnets for the environment.
    """

    security_group_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]


class Network(pulumi.ComponentResource):
    """The network of one or more Amazon MWAA environments, with public or private routing.

    What is built on it finds plain values: the choices in force in `args`, the Region in `region`, the VPC's
    IPv4 blocks in `cidr_blocks`. What rules name is in `peers`, the resources without which the network is
    not ready in `wiring`, and the accounts of those who build on it in `accounts`.

    Attributes:
        network_configuration: For `aws.mwaa.Environment`; it is there only when the network is ready.
        vpc_id: The VPC.
        private_subnet_ids: The two subnets for the environment.
        security_group_id: The group for the environment.
        routing: `public` or `private`.
        cidr_block: The VPC's IPv4 block.
        availability_zone_ids: The zones of the private subnets, in their order.
        public_subnet_ids: The two public subnets; none with private routing.
        private_route_table_ids: The route tables of the private subnets, in their order.
        network_acl_id: The network ACL of the private subnets; of public ones too, unless it is restricted.
            Empty where the subnets were given.
        nat_public_ips: The addresses that the environment is seen under; none with private routing.
        vpc_endpoint_ids: The VPC endpoints by service, such as `s3`.
        s3_prefix_list_id: The prefix list of S3, for rules of other security groups.
    """

    network_configuration: pulumi.Output[NetworkConfiguration]
    vpc_id: pulumi.Output[str]
    private_subnet_ids: pulumi.Output[Sequence[str]]
    security_group_id: pulumi.Output[str]
    routing: pulumi.Output[str]
    cidr_block: pulumi.Output[str]
    availability_zone_ids: pulumi.Output[Sequence[str]]
    public_subnet_ids: pulumi.Output[Sequence[str]]
    private_route_table_ids: pulumi.Output[Sequence[str]]
    network_acl_id: pulumi.Output[str]
    nat_public_ips: pulumi.Output[Sequence[str]]
    vpc_endpoint_ids: pulumi.Output[Mapping[str, str]]
    s3_prefix_list_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: NetworkArgs | None = None, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Make the network.

        Args:
            name: The name of the environment that the network is for; the names of all parts begin with it.
            args: The choices; without any, the network has public routing.
            opts: Pulumi's options; the parts follow those that a component hands down.

        Raises:
            ConfigurationError: A choice is wrong; the error names all that are.
        """
        args, problems = read_arguments(written(args or NetworkArgs()))
        protection = pulumi.ResourceOptions(protect=True if args.protect else None)
        guard = Guard()
        options = pulumi.ResourceOptions.merge(protection, guard.options(name))
        super().__init__(TYPE, name, written(args), pulumi.ResourceOptions.merge(opts, options))
        with guard:
            at_hand = look_up_zones(pulumi.InvokeOptions(parent=self))
            problems = (*name_problems(name), *problems, *region_problems(args, at_hand, problems))
            if problems:
                raise ConfigurationError(problems)
            guard.settle(args, at_hand)

        found = self._find(args, at_hand.region)
        if isinstance(found, Found):
            args, addresses = replace(args, cidr_block=found.vpc.cidr_block), found.addresses
            self.cidr_blocks = found.cidr_blocks
        else:
            addresses = plan_addresses(args)
            self.cidr_blocks = (args.cidr_block,)
        self.args = args
        self.region = at_hand.region
        self.accounts = Accounts()
        family = Family(name=name, parent=self, tags=args.tags)
        endpoint_plans = plan_endpoints(args, at_hand.region)

        base = found.foundation if found else make_foundation(family, args, addresses, at_hand)
        group = make_security_group(family, base.vpc_id, declaration_tags(name, args.routing))
        endpoints = make_endpoints(family, endpoint_plans, base, group)
        prefix_lists = {
            each.label: endpoints[each.label].prefix_list_id
            for each in endpoint_plans
            if each.kind is EndpointKind.GATEWAY
        }
        if S3.suffix not in prefix_lists:
            prefix_lists[S3.suffix] = self._s3_prefix_list(at_hand.region)
        self.peers = Peers(group=group, vpc_ipv6=base.ipv6_cidr_block, prefix_list_ids=prefix_lists)
        outbound = egress_rules(args, self.cidr_blocks, tuple(prefix_lists))
        rules = (
            *(make_ingress_rule(family, rule, self.peers) for rule in ingress_rules(args)),
            *(make_egress_rule(family, rule, self.peers) for rule in outbound),
        )

        self.vpc_id = pulumi.Output.from_input(base.vpc_id)
        self.private_subnet_ids = _each(base.private_subnet_ids)
        self.security_group_id = group.id
        self.routing = pulumi.Output.from_input(args.routing.value)
        self.cidr_block = pulumi.Output.from_input(base.cidr_block)
        self.availability_zone_ids = _each(base.zone_ids)
        self.public_subnet_ids = _each(base.public_subnet_ids)
        self.private_route_table_ids = _each(base.route_table_ids)
        self.network_acl_id = pulumi.Output.from_input(base.network_acl_id)
        self.nat_public_ips = _each(base.nat_public_ips)
        self.vpc_endpoint_ids = pulumi.Output.all(**{key: each.id for key, each in endpoints.items()})
        self.s3_prefix_list_id = prefix_lists[S3.suffix]
        self.wiring = (*base.wiring, *rules, *endpoints.values())
        self.network_configuration = _when_ready(self.private_subnet_ids, self.security_group_id, self.wiring)
        self.register_outputs(self.outputs())

        if pulumi.runtime.is_dry_run():
            for hint in hints(args, addresses, endpoint_plans):
                pulumi.log.info(hint, resource=self)

    def _find(self, args: NetworkArgs, region: str) -> Found | None:
        """Look up the VPC that is given, if one is."""
        if args.vpc_id is None or args.private_subnet_ids is None:
            return None
        found = look_up(args.vpc_id, args.private_subnet_ids, pulumi.InvokeOptions(parent=self))
        if isinstance(found, Problem):
            raise ConfigurationError((found,))
        if problems := tuple(found_problems(found, args.routing, plan_endpoints(args, region))):
            raise ConfigurationError(problems)
        return found

    def _s3_prefix_list(self, region: str) -> pulumi.Output[str]:
        """Look up the prefix list of S3, where no gateway endpoint tells it."""
        name = endpoint_service_name(region, S3)
        found = aws.ec2.get_prefix_list(name=name, opts=pulumi.InvokeOptions(parent=self))
        return pulumi.Output.from_input(found.id)

    def outputs(self) -> dict[str, pulumi.Output[object]]:
        """Return what the component tells, by the names that state files and stack outputs show."""
        return {
            "networkConfiguration": self.network_configuration.apply(
                lambda ready: {
                    "subnetIds": ready["subnet_ids"],
                    "securityGroupIds": ready["security_group_ids"],
                }
            ),
            "vpcId": self.vpc_id,
            "privateSubnetIds": self.private_subnet_ids,
            "securityGroupId": self.security_group_id,
            "routing": self.routing,
            "cidrBlock": self.cidr_block,
            "availabilityZoneIds": self.availability_zone_ids,
            "publicSubnetIds": self.public_subnet_ids,
            "privateRouteTableIds": self.private_route_table_ids,
            "networkAclId": self.network_acl_id,
            "natPublicIps": self.nat_public_ips,
            "vpcEndpointIds": self.vpc_endpoint_ids,
            "s3PrefixListId": self.s3_prefix_list_id,
        }


def _each(values: Iterable[pulumi.Input[str]]) -> pulumi.Output[Sequence[str]]:
    return pulumi.Output.all(*values).apply(list)


def _when_ready(
    subnet_ids: pulumi.Output[Sequence[str]],
    security_group_id: pulumi.Output[str],
    needed: Sequence[pulumi.Resource],
) -> pulumi.Output[NetworkConfiguration]:
    """Return the configuration once everything needed exists.

    It waits for URNs: unlike ids they are known in every preview, so that a resource yet to be made does not
    make the subnets of an environment unknown, which would replace the environment in that preview.
    """
    made = pulumi.Output.all(*(each.urn for each in needed))
    return pulumi.Output.all(subnet_ids, security_group_id, made).apply(
        lambda values: NetworkConfiguration(subnet_ids=values[0], security_group_ids=[values[1]])
    )
