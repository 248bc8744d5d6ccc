"""What a preview tells beside the changes. Pure: texts from plans."""

from collections.abc import Iterator, Sequence

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import SUBNETS_PER_ENVIRONMENT, EndpointKind
from mwaa_guardrails.documents.requirements import ACL_MUST_ALLOW_ALL, S3_GATEWAY_POLICY_DAG_BUCKET_TOO
from mwaa_network.arguments import NetworkAclEntries, NetworkArgs
from mwaa_network.endpoint_plan import EndpointPlan


def hints(args: NetworkArgs, *, nat_gateways: int, endpoints: Sequence[EndpointPlan]) -> Iterator[str]:
    """Yield what one should know about a network that is right: what it costs, what could be narrower."""
    interfaces = sum(each.kind is EndpointKind.INTERFACE for each in endpoints) * SUBNETS_PER_ENVIRONMENT
    yield (
        f"billed hourly: {_counted(nat_gateways, 'NAT gateway')}, "
        f"{_counted(nat_gateways, 'public address', 'public addresses')}, "
        f"{_counted(interfaces, 'endpoint interface')}"
    )
    if args.routing is Routing.PRIVATE and args.s3_endpoint_buckets is None:
        yield (
            "the S3 endpoint lets every bucket through; the guide recommends a policy that names the buckets "
            f"({S3_GATEWAY_POLICY_DAG_BUCKET_TOO.source.title}). To have it, name the bucket of DAGs in "
            "s3EndpointBuckets"
        )
    if args.network_acl is NetworkAclEntries.RESTRICTED:
        yield (
            "the entries of networkAcl restricted are derived from the flows that AWS describes, and proved "
            "by the policy pack; AWS itself documents a network ACL that lets everything through "
            f"({ACL_MUST_ALLOW_ALL.source.title})"
        )


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
