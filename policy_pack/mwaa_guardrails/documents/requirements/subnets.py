"""What the pages say of subnets, their Availability Zones and their routes."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, Scope, State, Strength
from mwaa_guardrails.documents.sources import NETWORK_CONFIGURATION, NETWORKING_ABOUT, VPC_CREATE

SUBNETS_EXACTLY_TWO: Final = Requirement(
    id="subnets-exactly-two",
    sentence="An environment takes two private subnets: at least 2 and at most 2 subnet ids.",
    source=NETWORK_CONFIGURATION,
    section="SubnetIds",
    strength=Strength.MUST,
    reading="Exactly two distinct subnets.",
    built_by=("subnets.py",),
)
PRIVATE_SUBNET_HAS_NO_INTERNET_GATEWAY_ROUTE: Final = Requirement(
    id="private-subnet-has-no-internet-gateway-route",
    sentence="A private subnet is a subnet whose route table has no route to an internet gateway.",
    source=NETWORKING_ABOUT,
    section="Public routing; private routing",
    strength=Strength.MUST,
    reading="Any route to an internet gateway counts, whatever its destination; names and tags do not.",
    built_by=("routing.py",),
)
PUBLIC_ROUTING_NAT: Final = Requirement(
    id="public-routing-nat",
    sentence="Each private subnet's route table must have a route to a NAT device in a public subnet.",
    source=NETWORKING_ABOUT,
    section="Public routing",
    strength=Strength.MUST,
    scope=Scope.PUBLIC,
    state=State.BUILT,
    built_by=(
        "internet.py",
        "routing.py",
    ),
)
SUBNETS_IN_TWO_ZONES: Final = Requirement(
    id="subnets-in-two-zones",
    sentence="The two private subnets must be in two different Availability Zones.",
    source=NETWORKING_ABOUT,
    section="Public routing; private routing",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("zones.py",),
)
ZONE_USE1_AZ3_UNSUPPORTED: Final = Requirement(
    id="zone-use1-az3-unsupported",
    sentence="The Availability Zone use1-az3 in us-east-1 is not supported.",
    source=VPC_CREATE,
    section="Before you begin",
    strength=Strength.MUST,
    reading="Only the id tells: which name means it differs from account to account.",
    state=State.BUILT,
    built_by=("zones.py",),
)
PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS: Final = Requirement(
    id="public-routing-two-public-subnets",
    sentence="Public routing needs two public subnets in two Availability Zones.",
    source=NETWORKING_ABOUT,
    section="Public routing",
    strength=Strength.MUST,
    reading="An environment never gets them and one NAT device will do, so fewer are advice at most.",
    scope=Scope.PUBLIC,
    state=State.BUILT,
    built_by=("subnets.py",),
)
PRIVATE_ROUTING_NO_INTERNET: Final = Requirement(
    id="private-routing-no-internet",
    sentence="With private routing the route tables must not lead to a NAT device or an internet gateway.",
    source=NETWORKING_ABOUT,
    section="Private routing",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    state=State.BUILT,
    built_by=("routing.py",),
)
