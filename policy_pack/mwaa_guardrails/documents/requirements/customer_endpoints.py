"""What the pages say of VPC endpoints that the customer makes in place of MWAA."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import (
    ABOUT_CHANGES,
    ASKS_FOR_NOTHING,
    Requirement,
    Scope,
    State,
    Strength,
)
from mwaa_guardrails.documents.sources import CREATE_ENVIRONMENT, ENDPOINT_MANAGEMENT

ENDPOINT_MANAGEMENT_FIXED: Final = Requirement(
    id="endpoint-management-fixed",
    sentence="Endpoint management, SERVICE or CUSTOMER, is settled when an environment is created.",
    source=CREATE_ENVIRONMENT,
    section="EndpointManagement",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ABOUT_CHANGES,
)
SHARED_VPC_NEEDS_CUSTOMER: Final = Requirement(
    id="shared-vpc-needs-customer",
    sentence="In a shared VPC, endpoint management must be CUSTOMER.",
    source=CREATE_ENVIRONMENT,
    section="EndpointManagement",
    strength=Strength.MUST,
    reading="The FAQ says that shared VPCs are not supported; since November 2023 they are, with CUSTOMER.",
    state=State.BUILT,
    built_by=("environment/tenancy.py",),
)
SHARED_VPC_ONE_ORGANIZATION: Final = Requirement(
    id="shared-vpc-one-organization",
    sentence="Owner and participants are in one organization, and the subnets are shared by AWS RAM.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    state=State.STATED,
    reason="Sharing and organizations are in other accounts' stacks.",
)
CUSTOMER_ENDPOINTS: Final = Requirement(
    id="customer-endpoints",
    sentence="The customer makes the database endpoint, and the web server's endpoint if it is private.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    built_by=("environment/customer_endpoints.py",),
)
CUSTOMER_ENDPOINTS_INTERFACE: Final = Requirement(
    id="customer-endpoints-interface",
    sentence="The type of these endpoints must be set to Interface, since it defaults to Gateway.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    built_by=("environment/customer_endpoints.py",),
)
CUSTOMER_ENDPOINTS_IN_TIME: Final = Requirement(
    id="customer-endpoints-in-time",
    sentence="An environment stays PENDING for up to 72 hours until its endpoints exist, and then fails.",
    source=CREATE_ENVIRONMENT,
    section="EndpointManagement",
    strength=Strength.MUST,
    state=State.STATED,
    reason="No stack says when its resources are made.",
)
CUSTOMER_ENDPOINTS_IN_ITS_SUBNETS: Final = Requirement(
    id="customer-endpoints-in-its-subnets",
    sentence="The customer's endpoints are in the environment's own subnets.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    built_by=("environment/customer_endpoints.py",),
)
CUSTOMER_ENDPOINT_GROUP: Final = Requirement(
    id="customer-endpoint-group",
    sentence=(
        "The endpoints' security group lets in all traffic from the environment's group, and out all "
        "traffic to 0.0.0.0/0."
    ),
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    built_by=("environment/customer_endpoints.py", "environment/tenancy.py"),
)
CUSTOMER_ENDPOINTS_BY_OWNER: Final = Requirement(
    id="customer-endpoints-by-owner",
    sentence=(
        "The account that owns the VPC makes the endpoints; participants cannot make any in shared subnets."
    ),
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    state=State.STATED,
    reason="Which account deploys a stack, no stack says.",
)
SHARED_PRIVATE_VPC_NEEDS_SERVICE_ENDPOINTS: Final = Requirement(
    id="shared-private-vpc-needs-service-endpoints",
    sentence="A shared VPC with private routing still needs the endpoints of the AWS services.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason="Whether a VPC is shared, no stack says; the endpoints are asked for in a VPC of any kind.",
)
CUSTOMER_ENDPOINT_ADDRESS_TYPE: Final = Requirement(
    id="customer-endpoint-address-type",
    sentence="MWAA does not validate the address type of the customer's endpoints.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ASKS_FOR_NOTHING,
)
