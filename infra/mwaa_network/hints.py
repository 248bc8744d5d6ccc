"""What a preview tells beside the changes. Pure: texts from plans."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import (
    ADDRESSES_IN_AN_UPDATE,
    RESERVED_SUBNET_ADDRESSES,
    S3,
    SUBNETS_PER_ENVIRONMENT,
    EndpointKind,
)
from mwaa_guardrails.documents.requirements import ACL_MUST_ALLOW_ALL, S3_GATEWAY_POLICY_DAG_BUCKET_TOO
from mwaa_network.address_plan import AddressPlan
from mwaa_network.arguments import NetworkAclEntries, NetworkArgs, nat_gateways_of
from mwaa_network.endpoint_plan import EndpointPlan
from mwaa_network.quotas import beyond_quotas


def hints(args: NetworkArgs, addresses: AddressPlan, endpoints: Sequence[EndpointPlan]) -> Iterator[str]:
    """Yield what one should know about a network that is right: what it costs, what could be narrower."""
    interfaces = sum(each.kind is EndpointKind.INTERFACE for each in endpoints) * SUBNETS_PER_ENVIRONMENT
    nat_gateways = nat_gateways_of(args) if args.vpc_id is None else 0
    yield (
        f"billed hourly: {_counted(nat_gateways, 'NAT gateway')}, "
        f"{_counted(nat_gateways, 'public address', 'public addresses')}, "
        f"{_counted(interfaces, 'endpoint interface')}"
    )
    makes_s3 = any(each.label == S3.suffix for each in endpoints)
    if makes_s3 and args.routing is Routing.PRIVATE and args.s3_endpoint_buckets is None:
        yield (
            "the S3 endpoint lets every bucket through; the guide recommends a policy that names the buckets "
            f"({S3_GATEWAY_POLICY_DAG_BUCKET_TOO.source.title}). To have it, name the bucket of DAGs in "
            "s3EndpointBuckets"
        )
    if args.vpc_id is not None and any(each.kind is EndpointKind.GATEWAY for each in endpoints):
        yield (
            "the gateway endpoint adds its route to the route tables of the given subnets; nothing else "
            "there is changed"
        )
    for subnet in addresses.private:
        usable = IPv4Network(subnet.cidr_block).num_addresses - RESERVED_SUBNET_ADDRESSES
        if usable < ADDRESSES_IN_AN_UPDATE:
            yield (
                f"{subnet.label}, {subnet.cidr_block}, has {usable} addresses to give; while 25 workers, the "
                "default quota, are replaced in an update, a subnet can need about "
                f"{ADDRESSES_IN_AN_UPDATE} (our estimate)"
            )
    if args.network_acl is NetworkAclEntries.RESTRICTED:
        yield (
            "the entries of networkAcl restricted are derived from the flows that AWS describes, and proved "
            "by the policy pack; AWS itself documents a network ACL that lets everything through "
            f"({ACL_MUST_ALLOW_ALL.source.title})"
        )
    yield from beyond_quotas(args, addresses)


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
