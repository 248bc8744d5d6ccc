"""What the pages say of VPC endpoints that the customer makes in place of MWAA."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, State, Strength
from mwaa_guardrails.documents.sources import ENDPOINT_MANAGEMENT

CUSTOMER_ENDPOINTS: Final = Requirement(
    id="customer-endpoints",
    sentence="The customer makes the database endpoint, and the web server's endpoint if it is private.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    state=State.STATED,
    reason="No check compares stacks with it.",
)
CUSTOMER_ENDPOINTS_INTERFACE: Final = Requirement(
    id="customer-endpoints-interface",
    sentence="The type of these endpoints must be set to Interface, since it defaults to Gateway.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
    state=State.STATED,
    reason="No check compares stacks with it.",
)
