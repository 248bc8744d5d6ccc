"""What the pages say of the ways to the Airflow web server."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import USERS_UNKNOWN, Requirement, State, Strength
from mwaa_guardrails.documents.sources import CONFIGURING_NETWORKING, ENDPOINT_ACCESS

WEB_SERVER_PUBLIC_NEEDS_INTERNET: Final = Requirement(
    id="web-server-public-needs-internet",
    sentence="From Airflow 3, workers of a PUBLIC_ONLY environment reach the web server over the internet.",
    source=CONFIGURING_NETWORKING,
    section="Public network access mode",
    strength=Strength.MUST,
    built_by=("environment/access_modes.py",),
)
WEB_SERVER_PRIVATE_BY_ENDPOINT: Final = Requirement(
    id="web-server-private-by-endpoint",
    sentence=(
        "A PRIVATE_ONLY web server is reached through its interface endpoint alone, by a VPN, a bastion "
        "or a load balancer in the VPC."
    ),
    source=CONFIGURING_NETWORKING,
    section="Private network access mode",
    strength=Strength.DESCRIBED,
    reading=(
        "Clients outside the VPC need an inbound rule for TCP 443 from their addresses, since a self "
        "reference never matches them (inferred)."
    ),
    state=State.STATED,
    built_by=("filter_plan.py", "entry_plan.py"),
    reason=USERS_UNKNOWN,
)
WEB_SERVER_BOTH_MODES_VERSION: Final = Requirement(
    id="web-server-both-modes-version",
    sentence="PUBLIC_AND_PRIVATE needs Apache Airflow 3.2.1 or newer.",
    source=CONFIGURING_NETWORKING,
    section="Public and private network access mode",
    strength=Strength.MUST,
    reading="The API reference says 3.2 and later; the guide is narrower, and we read the guide.",
    state=State.BUILT,
    built_by=("environment/access_modes.py",),
)
WEB_SERVER_ACCESS_FROM_ITS_GROUP: Final = Requirement(
    id="web-server-access-from-its-group",
    sentence="What reaches a private web server is in the environment's own security group and subnets.",
    source=ENDPOINT_ACCESS,
    section="Accessing the VPC endpoint for your Apache Airflow web server (private network access)",
    strength=Strength.RECOMMENDED,
    reading="One page says that it must, another recommends it; no check.",
    state=State.STATED,
    reason=USERS_UNKNOWN,
)
ACCESS_MODE_IS_NOT_ROUTING: Final = Requirement(
    id="access-mode-is-not-routing",
    sentence="Private network access means that the web server has no public address.",
    source=CONFIGURING_NETWORKING,
    section="Access modes overview",
    strength=Strength.DEFINED,
    reading=(
        "Some pages call this private routing. Routing is told from effective routes alone, never from "
        "the access mode."
    ),
    state=State.STATED,
    reason="A definition: PRIVATE_ONLY over NAT and PUBLIC_ONLY without internet both exist.",
)
