"""What the pages say of VPC endpoints to AWS services, and of the DNS they need."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, Scope, State, Strength
from mwaa_guardrails.documents.sources import (
    CREATE_INTERFACE_ENDPOINT,
    ENDPOINT_SERVICES,
    PRIVATELINK_ACCESS,
    VPC_CREATE,
)

PRIVATE_ROUTING_ENDPOINTS: Final = Requirement(
    id="private-routing-endpoints",
    sentence="Private routing needs VPC endpoints for s3, sqs, logs, monitoring and kms.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    reading="Older lists also name ecr and airflow endpoints; today's list and AWS's template do not.",
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=(
        "endpoint_plan.py",
        "vpc_endpoints.py",
    ),
)
VPC_DNS_ATTRIBUTES: Final = Requirement(
    id="vpc-dns-attributes",
    sentence="DNS support and DNS hostnames of the VPC are on; private DNS of endpoints needs both.",
    source=VPC_CREATE,
    section="Create an Amazon VPC network",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("vpc.py",),
)
ENDPOINTS_PRIVATE_DNS: Final = Requirement(
    id="endpoints-private-dns",
    sentence="Interface endpoints must have private DNS enabled.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    reading="For S3 by interface a hosted zone of one's own does as well, so there it is advice.",
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("vpc_endpoints.py",),
)
ENDPOINTS_IN_BOTH_SUBNETS: Final = Requirement(
    id="endpoints-in-both-subnets",
    sentence="Interface endpoints must be associated with both private subnets of the environment.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("vpc_endpoints.py",),
)
S3_GATEWAY_IN_ROUTE_TABLES: Final = Requirement(
    id="s3-gateway-in-route-tables",
    sentence="The S3 gateway endpoint must be associated with the route tables of the private subnets.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("vpc_endpoints.py",),
)
ENDPOINTS_CARRY_ENVIRONMENT_GROUP: Final = Requirement(
    id="endpoints-carry-environment-group",
    sentence="Interface endpoints must have the security group of the environment.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    reading="A group of the endpoint's own that admits the environment works, and is advice.",
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("vpc_endpoints.py",),
)
ENDPOINT_GROUP_ADMITS_443: Final = Requirement(
    id="endpoint-group-admits-443",
    sentence="The endpoint's security group must allow inbound traffic on port 443 from its clients.",
    source=CREATE_INTERFACE_ENDPOINT,
    section="Prerequisites",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("security_groups.py",),
)
PRIVATE_DNS_ONCE: Final = Requirement(
    id="private-dns-once",
    sentence="Private DNS for one service can be enabled on one endpoint of a VPC only.",
    source=PRIVATELINK_ACCESS,
    section="Private DNS",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("endpoint_plan.py",),
)
TRANSIT_GATEWAY_ENDPOINTS_ADVISED: Final = Requirement(
    id="transit-gateway-endpoints-advised",
    sentence="Where traffic leaves by a transit gateway, PrivateLink is advised for the required services.",
    source=ENDPOINT_SERVICES,
    section="Pricing and overview",
    strength=Strength.RECOMMENDED,
    state=State.STATED,
    reason="No check compares stacks with it.",
)
