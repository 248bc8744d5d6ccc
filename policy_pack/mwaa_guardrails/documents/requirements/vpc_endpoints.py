"""What the pages say of VPC endpoints to AWS services, and of the DNS they need."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import (
    QUOTA,
    TAKEN_AS_GIVEN,
    Requirement,
    Scope,
    State,
    Strength,
)
from mwaa_guardrails.documents.sources import (
    CDK_VPC_ENDPOINT,
    CONFIGURING_NETWORKING,
    CREATE_INTERFACE_ENDPOINT,
    CREATE_VPC_ENDPOINT,
    ENDPOINT_SERVICES,
    GATEWAY_ENDPOINTS,
    MWAA_PRIVATELINK,
    NETWORKING_ABOUT,
    PRIVATELINK_ACCESS,
    PRIVATELINK_QUOTAS,
    S3_GATEWAY_ENDPOINTS,
    SERVICE_LINKED_ROLE,
    VPC_CREATE,
)

PRIVATE_ROUTING_ENDPOINTS: Final = Requirement(
    id="private-routing-endpoints",
    sentence="Private routing needs VPC endpoints for s3, sqs, logs, monitoring and kms.",
    source=ENDPOINT_SERVICES,
    section="Required VPC endpoints",
    strength=Strength.MUST,
    reading=(
        "Five are required. Steps on the same page name three of airflow as well, older lists ecr too; "
        "AWS's template has the five. What else is there is never a fault."
    ),
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py", "vpc_endpoints.py"),
)
ENDPOINTS_OF_OLDER_LISTS: Final = Requirement(
    id="endpoints-of-older-lists",
    sentence=(
        "The steps name endpoints for airflow.api, airflow.env and airflow.ops; lists until 2022 named "
        "ecr.api and ecr.dkr too."
    ),
    source=ENDPOINT_SERVICES,
    section="VPC endpoints required for Apache Airflow",
    strength=Strength.OPTIONAL,
    reading=(
        "No page says that an environment fails without them today, and 16 of 31 Regions have no ops "
        "host: at most advice."
    ),
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason="No network is asked for them, and none is blamed for having them.",
)
PRIVATE_TEMPLATE_FITS_BOTH_ACCESS_MODES: Final = Requirement(
    id="private-template-fits-both-access-modes",
    sentence="The template for private routing is for a private web server.",
    source=VPC_CREATE,
    section="Option three: Creating an Amazon VPC network without internet access",
    strength=Strength.DESCRIBED,
    reading="Another page of the guide lists it for both access modes; it fits both.",
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason="Routing and access mode are told apart; see the web server.",
)
ENDPOINTS_IN_REGION_AND_VPC: Final = Requirement(
    id="endpoints-in-region-and-vpc",
    sentence="The endpoints must be in the Region and the VPC of the environment.",
    source=NETWORKING_ABOUT,
    section="Private routing without internet access",
    strength=Strength.MUST,
    reading="An endpoint of another VPC, or of another Region's service, does not count.",
    scope=Scope.PRIVATE,
    built_by=("endpoint_plan.py", "vpc_endpoints.py"),
)
ENDPOINTS_PRIVATE_DNS: Final = Requirement(
    id="endpoints-private-dns",
    sentence="Interface endpoints must have private DNS enabled.",
    source=ENDPOINT_SERVICES,
    section="Attaching the required VPC endpoints",
    strength=Strength.MUST,
    reading="For S3 by interface a hosted zone of one's own does as well, so there it is advice.",
    scope=Scope.PRIVATE,
    built_by=("vpc_endpoints.py",),
)
ENDPOINTS_IN_BOTH_SUBNETS: Final = Requirement(
    id="endpoints-in-both-subnets",
    sentence="Interface endpoints must be associated with both private subnets of the environment.",
    source=ENDPOINT_SERVICES,
    section="Attaching the required VPC endpoints",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    built_by=("vpc_endpoints.py",),
)
S3_GATEWAY_IN_ROUTE_TABLES: Final = Requirement(
    id="s3-gateway-in-route-tables",
    sentence="The S3 gateway endpoint must be associated with the route tables of the private subnets.",
    source=ENDPOINT_SERVICES,
    section="Attaching the required VPC endpoints",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    built_by=("vpc_endpoints.py",),
)
ENDPOINTS_CARRY_ENVIRONMENT_GROUP: Final = Requirement(
    id="endpoints-carry-environment-group",
    sentence="Interface endpoints must have the security group of the environment.",
    source=ENDPOINT_SERVICES,
    section="Attaching the required VPC endpoints",
    strength=Strength.MUST,
    reading="A group of the endpoint's own that admits the environment works, and is advice.",
    scope=Scope.PRIVATE,
    built_by=("vpc_endpoints.py",),
)
TRANSIT_GATEWAY_ENDPOINTS_ADVISED: Final = Requirement(
    id="transit-gateway-endpoints-advised",
    sentence="Where traffic leaves by a transit gateway, PrivateLink is advised for the required services.",
    source=ENDPOINT_SERVICES,
    section="Private network and private routing",
    strength=Strength.RECOMMENDED,
)
S3_INTERFACE_PRIVATE_DNS: Final = Requirement(
    id="s3-interface-private-dns",
    sentence=(
        "Private DNS is not available for an interface endpoint of S3, which takes a private hosted zone "
        "of one's own."
    ),
    source=ENDPOINT_SERVICES,
    section="Enable private IP addresses for your Amazon S3 VPC interface endpoint",
    strength=Strength.OPTIONAL,
    reading=(
        "The PrivateLink guide says that it is supported, and it is; where it is off, that is advice, "
        "since a hosted zone may do the same."
    ),
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason="The two guides disagree; the sentence on private DNS carries the reading.",
)
VPC_DNS_ATTRIBUTES: Final = Requirement(
    id="vpc-dns-attributes",
    sentence="DNS support and DNS hostnames of the VPC are on; private DNS of endpoints needs both.",
    source=VPC_CREATE,
    section="Options to create the Amazon VPC network",
    strength=Strength.MUST,
    built_by=("vpc.py",),
)
ENDPOINT_GROUP_ADMITS_443: Final = Requirement(
    id="endpoint-group-admits-443",
    sentence="The endpoint's security group must allow inbound traffic on port 443 from its clients.",
    source=CREATE_INTERFACE_ENDPOINT,
    section="Prerequisites",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    built_by=("security_groups.py",),
)
ENDPOINT_ONE_SUBNET_PER_ZONE: Final = Requirement(
    id="endpoint-one-subnet-per-zone",
    sentence=(
        "An interface endpoint takes one subnet of each Availability Zone; in one zone it serves the "
        "whole VPC, and is lost with that zone."
    ),
    source=PRIVATELINK_ACCESS,
    section="Subnets and Availability Zones",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    built_by=("vpc_endpoints.py",),
    reason=TAKEN_AS_GIVEN,
)
ENDPOINT_DEFAULT_GROUP: Final = Requirement(
    id="endpoint-default-group",
    sentence="An interface endpoint that is given no security group carries the default group of the VPC.",
    source=CREATE_INTERFACE_ENDPOINT,
    section="Create a VPC endpoint",
    strength=Strength.DESCRIBED,
)
PRIVATE_DNS_ONCE: Final = Requirement(
    id="private-dns-once",
    sentence="Private DNS for one service can be enabled on one endpoint of a VPC only.",
    source=PRIVATELINK_ACCESS,
    section="Private DNS",
    strength=Strength.MUST,
    built_by=("endpoint_plan.py",),
)
PRIVATE_DNS_NEEDS_BOTH_ATTRIBUTES: Final = Requirement(
    id="private-dns-needs-both-attributes",
    sentence="Private DNS needs DNS support and DNS hostnames of the VPC.",
    source=CREATE_VPC_ENDPOINT,
    section="PrivateDnsEnabled",
    strength=Strength.MUST,
    built_by=("vpc.py",),
)
GATEWAY_ENDPOINT_NEEDS_DNS: Final = Requirement(
    id="gateway-endpoint-needs-dns",
    sentence="With Amazon's DNS server, a gateway endpoint needs DNS resolution in the VPC.",
    source=S3_GATEWAY_ENDPOINTS,
    section="Considerations",
    strength=Strength.MUST,
    built_by=("vpc.py",),
)
GATEWAY_ENDPOINT_TRAFFIC_IS_FILTERED: Final = Requirement(
    id="gateway-endpoint-traffic-is-filtered",
    sentence=(
        "Traffic to a gateway endpoint must pass the outbound rules of the client's security group and "
        "the network ACL of its subnet, which sees the service's public addresses."
    ),
    source=GATEWAY_ENDPOINTS,
    section="Security",
    strength=Strength.MUST,
    built_by=("filter_plan.py",),
)
ENDPOINT_TYPE_DEFAULTS_TO_GATEWAY: Final = Requirement(
    id="endpoint-type-defaults-to-gateway",
    sentence="The type of a VPC endpoint is Gateway unless it is stated.",
    source=CREATE_VPC_ENDPOINT,
    section="VpcEndpointType",
    strength=Strength.DESCRIBED,
    built_by=("vpc_endpoints.py",),
)
ENDPOINT_QUOTA: Final = Requirement(
    id="endpoint-quota",
    sentence="A VPC has up to 50 interface endpoints, and a Region up to 20 gateway endpoints.",
    source=PRIVATELINK_QUOTAS,
    section="AWS PrivateLink quotas",
    strength=Strength.MUST,
    state=State.STATED,
    reason=QUOTA,
)
FIPS_ENDPOINT_NAMES: Final = Requirement(
    id="fips-endpoint-names",
    sentence="FIPS endpoints of MWAA are airflow-fips.api and airflow-fips.env.",
    source=MWAA_PRIVATELINK,
    section="FIPS endpoints",
    strength=Strength.DESCRIBED,
    reading=(
        "The PrivateLink guide names them airflow.api-fips and airflow.env-fips. Both spellings are "
        "accepted, and neither is required."
    ),
    state=State.STATED,
    reason="No network is asked for them.",
)
CHINA_SERVICE_NAMES: Final = Requirement(
    id="china-service-names",
    sentence=(
        "In China some services' names begin with cn.com.amazonaws and others with com.amazonaws, service "
        "by service."
    ),
    source=CDK_VPC_ENDPOINT,
    section="InterfaceVpcEndpointAwsService",
    strength=Strength.DESCRIBED,
    reading="What the names of MWAA's own endpoints are there is found nowhere.",
    state=State.STATED,
    built_by=("endpoint_plan.py",),
    reason=TAKEN_AS_GIVEN,
)
MWAA_MAKES_ITS_OWN_ENDPOINTS: Final = Requirement(
    id="mwaa-makes-its-own-endpoints",
    sentence=(
        "MWAA makes an endpoint for its database in every access mode, and one for the web server unless "
        "that is public only."
    ),
    source=CONFIGURING_NETWORKING,
    section="Access modes overview",
    strength=Strength.DESCRIBED,
    reading=(
        "Which groups they carry is said nowhere; we take it to be the environment's, all of them united."
    ),
)
CALLER_MAY_MAKE_ENDPOINTS: Final = Requirement(
    id="caller-may-make-endpoints",
    sentence=(
        "Who creates or updates an environment needs ec2:CreateVpcEndpoint, which is tried without being "
        "done."
    ),
    source=SERVICE_LINKED_ROLE,
    section="How it works",
    strength=Strength.MUST,
    state=State.STATED,
    reason="Who deploys a stack, and with which permissions, no stack says.",
)
