"""What AWS documents for MWAA, or leaves open, and scanners object to."""

from dataclasses import dataclass
from typing import Final

from mwaa_guardrails.documents.requirements import (
    ACL_MUST_ALLOW_ALL,
    DAG_BUCKET_SETTINGS,
    ENDPOINT_POLICY_FULL_ACCESS_EACH,
    EXECUTION_ROLE_QUEUE,
    PRIVATE_ROUTING_ENDPOINTS,
    PRIVATE_ROUTING_NO_INTERNET,
    PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS,
    SECURITY_GROUP_OUTBOUND_MUST,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
    Requirement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Something that a network, or an environment, has as AWS documents it.

    Attributes:
        title: What it is.
        requirement: The sentence that asks for it; None where no page of the guide does, and none forbids it.
        waiver: Why a scanner should let it be, in a few words without punctuation.
    """

    title: str
    requirement: Requirement | None
    waiver: str


ACL: Final = Practice(
    title="A network ACL that lets everything through, both ways",
    requirement=ACL_MUST_ALLOW_ALL,
    waiver="MWAA documents a network ACL that lets everything through",
)
OUTBOUND: Final = Practice(
    title="A security group whose outbound rule is for all traffic to everywhere",
    requirement=SECURITY_GROUP_OUTBOUND_MUST,
    waiver="MWAA documents unrestricted outbound traffic",
)
SELF_REFERENCE: Final = Practice(
    title="An inbound rule for all traffic from the security group itself",
    requirement=SECURITY_GROUP_SELF_REFERENCE_ALL,
    waiver="MWAA documents a rule for all traffic from the group itself",
)
PUBLIC_SUBNETS: Final = Practice(
    title="Public subnets for the NAT gateways, with public addresses and a route to an internet gateway",
    requirement=PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS,
    waiver="MWAA documents public subnets with public routing and no environment stands in them",
)
NO_PUBLIC_SUBNETS: Final = Practice(
    title="A VPC of private subnets alone",
    requirement=PRIVATE_ROUTING_NO_INTERNET,
    waiver="MWAA documents private subnets alone with private routing",
)
ENDPOINT_POLICIES: Final = Practice(
    title="VPC endpoints whose policies let everybody do everything",
    requirement=ENDPOINT_POLICY_FULL_ACCESS_EACH,
    waiver="MWAA documents full access and leaves the rest to the execution role",
)
ENDPOINT_LIST: Final = Practice(
    title="VPC endpoints for the services that MWAA uses, and for no other",
    requirement=PRIVATE_ROUTING_ENDPOINTS,
    waiver="Nothing in the VPC calls the service",
)
ROLE: Final = Practice(
    title="An execution role with patterns for log groups, queues and keys",
    requirement=EXECUTION_ROLE_QUEUE,
    waiver="MWAA documents this role",
)
BUCKET: Final = Practice(
    title="A bucket of DAGs that keeps versions and blocks public access, and has no further settings",
    requirement=DAG_BUCKET_SETTINGS,
    waiver="The bucket holds copies of files that are under version control",
)
WEB_SERVER: Final = Practice(
    title="An Airflow UI on the internet, for those who may sign in",
    requirement=None,
    waiver="People sign in to the Airflow UI over the internet by their IAM identity",
)
KEYS: Final = Practice(
    title="Encryption by keys that AWS owns",
    requirement=None,
    waiver="AWS encrypts this with a key of its own",
)
FLOW_LOGS: Final = Practice(
    title="A VPC without flow logs", requirement=None, waiver="Nobody reads flow logs of this VPC"
)

PRACTICES: Final = (
    ACL,
    OUTBOUND,
    SELF_REFERENCE,
    PUBLIC_SUBNETS,
    NO_PUBLIC_SUBNETS,
    ENDPOINT_POLICIES,
    ENDPOINT_LIST,
    ROLE,
    WEB_SERVER,
    KEYS,
    FLOW_LOGS,
    BUCKET,
)
