"""What one can choose about a network; the configuration and programs choose from the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import pulumi

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import SUBNETS_PER_ENVIRONMENT, TEMPLATE_VPC_CIDR


class Nat(StrEnum):
    """How many NAT gateways a network with public routing has.

    Attributes:
        PER_ZONE: One in each zone, so that a zone that fails takes no other with it.
        ONE: One for both zones, which costs less.
    """

    PER_ZONE = "perZone"
    ONE = "one"


class Ingress(StrEnum):
    """What the environment's security group lets in from itself.

    Attributes:
        ALL: Everything.
        RESTRICTED: TCP 5432 and 443 only.
    """

    ALL = "all"
    RESTRICTED = "restricted"


class Egress(StrEnum):
    """What the environment's security group lets out.

    Attributes:
        ALL: Everything.
        NARROW: What goes to the group itself, to the VPC's block and to S3; for private routing only.
    """

    ALL = "all"
    NARROW = "narrow"


class NetworkAclEntries(StrEnum):
    """What the network ACL of the private subnets lets through.

    Attributes:
        DOCUMENTED: Everything, as the guide has it.
        RESTRICTED: Only the flows that the guide's pages describe.
    """

    DOCUMENTED = "documented"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkArgs:
    """The choices for a network. Each has a default; together they give public routing.

    Attributes:
        routing: Public routing leaves through NAT gateways; private routing has no way to the internet and
            reaches AWS through VPC endpoints. Either has the same private subnets.
        cidr_block: The VPC's IPv4 block, /16 to /24, from the ranges for private use.
        vpc_id: A VPC that is there already; then only the security group, its rules and, with private
            routing, the missing endpoints are made.
        private_subnet_ids: The two private subnets in it.
        existing_endpoints: The services that already have an endpoint in it, such as `s3`.
        private_subnet_cidrs: The blocks of the two private subnets; unset, planned.
        public_subnet_cidrs: The blocks of the two public subnets, for public routing only; unset, planned.
        zones: The names or ids of the two Availability Zones; unset, the first two that fit.
        nat: The number of NAT gateways, for public routing only; unset, one in each zone.
        nat_allocation_ids: The Elastic IP addresses of the NAT gateways, one for each; unset, made.
        extra_endpoints: Further services with VPC endpoints, such as `secretsmanager`, or full names of
            endpoint services.
        customer_endpoint_services: The endpoint services of environments whose database and web server are
            reached by endpoints that the customer makes, and that no program makes together with this
            network; unset, none.
        s3_endpoint_buckets: The buckets that the S3 endpoint lets an environment read, beside the one that
            Amazon ECR serves images from; unset, it lets everything through.
        ingress: Everything from the group itself, or the ports of the database and of the web server only.
        egress: Everything, or, for private routing only, what goes to the group itself, to the VPC's block
            and to S3.
        network_acl: The guide's entries, which let everything through, or only the flows that its pages
            describe. Public subnets have the guide's in either case.
        webserver_clients: The IPv4 blocks from which people reach a private web server.
        ipv6: Whether everything has IPv6 addresses beside its IPv4 ones, from a block that AWS gives. To be
            chosen before there is an environment, which keeps what it is created with.
        flow_log_bucket_arn: The bucket, or a folder in it, that the VPC's flow logs go to; unset, none.
        replace_private_subnets: The private subnets, by id, that an update may replace; unset, none. A change
            that would replace others is refused.
        protect: Whether Pulumi refuses to delete any part.
        tags: Tags for everything that takes tags.
    """

    routing: Routing = Routing.PUBLIC
    cidr_block: str = TEMPLATE_VPC_CIDR
    vpc_id: str | None = None
    private_subnet_ids: Sequence[str] | None = None
    existing_endpoints: Sequence[str] | None = None
    private_subnet_cidrs: Sequence[str] | None = None
    public_subnet_cidrs: Sequence[str] | None = None
    zones: Sequence[str] | None = None
    nat: Nat | None = None
    nat_allocation_ids: Sequence[pulumi.Input[str]] | None = None
    extra_endpoints: Sequence[str] | None = None
    customer_endpoint_services: Sequence[str] | None = None
    s3_endpoint_buckets: Sequence[str] | None = None
    ingress: Ingress = Ingress.ALL
    egress: Egress = Egress.ALL
    network_acl: NetworkAclEntries = NetworkAclEntries.DOCUMENTED
    webserver_clients: Sequence[str] | None = None
    ipv6: bool = False
    flow_log_bucket_arn: str | None = None
    replace_private_subnets: Sequence[str] | None = None
    protect: bool = False
    tags: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)


ATTRIBUTE_OF_KEY: Final[Mapping[str, str]] = {
    "routing": "routing",
    "cidrBlock": "cidr_block",
    "vpcId": "vpc_id",
    "privateSubnetIds": "private_subnet_ids",
    "existingEndpoints": "existing_endpoints",
    "privateSubnetCidrs": "private_subnet_cidrs",
    "publicSubnetCidrs": "public_subnet_cidrs",
    "zones": "zones",
    "nat": "nat",
    "natAllocationIds": "nat_allocation_ids",
    "extraEndpoints": "extra_endpoints",
    "customerEndpointServices": "customer_endpoint_services",
    "s3EndpointBuckets": "s3_endpoint_buckets",
    "ingress": "ingress",
    "egress": "egress",
    "networkAcl": "network_acl",
    "webserverClients": "webserver_clients",
    "ipv6": "ipv6",
    "flowLogBucketArn": "flow_log_bucket_arn",
    "replacePrivateSubnets": "replace_private_subnets",
    "protect": "protect",
    "tags": "tags",
}
"""The keys of the configuration, and the attribute of `NetworkArgs` that each sets."""


def written(args: NetworkArgs) -> dict[str, object]:
    """Return the choices by configuration key, without those left open."""
    values = {key: getattr(args, attribute) for key, attribute in ATTRIBUTE_OF_KEY.items()}
    return {key: value for key, value in values.items() if value is not None}


def nat_gateways_of(args: NetworkArgs) -> int:
    """Return how many NAT gateways a network has."""
    if args.routing is Routing.PRIVATE:
        return 0
    return 1 if args.nat is Nat.ONE else SUBNETS_PER_ENVIRONMENT
