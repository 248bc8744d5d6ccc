"""What the pages say of security groups."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, Scope, State, Strength
from mwaa_guardrails.documents.sources import (
    NETWORK_CONFIGURATION,
    PROVIDER_SECURITY_GROUP,
    VPC_CREATE,
    VPC_SECURITY,
)

SECURITY_GROUPS_ONE_TO_FIVE: Final = Requirement(
    id="security-groups-one-to-five",
    sentence="From 1 to 5 security groups can be used per environment.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.MUST,
    reading="Distinct groups count; the API's limits on securityGroupIds are the same.",
    built_by=("security_groups.py",),
)
SECURITY_GROUP_SELF_REFERENCE_ALL: Final = Requirement(
    id="security-group-self-reference-all",
    sentence="Inbound: all traffic, all protocols, source the security group itself.",
    source=VPC_SECURITY,
    section="Example all access self-referencing security group",
    strength=Strength.RECOMMENDED,
    reading="This rule, or the restricted pair on ports 5432 and 443, must be there.",
    built_by=("filter_plan.py",),
)
SECURITY_GROUP_5432_FROM_ITSELF: Final = Requirement(
    id="security-group-5432-from-itself",
    sentence="Inbound restricted to port 5432: TCP 5432, source the security group itself.",
    source=VPC_SECURITY,
    section="Example security group that restricts inbound access to port 5432",
    strength=Strength.OPTIONAL,
    built_by=("filter_plan.py",),
)
SECURITY_GROUP_5432_NEEDS_443: Final = Requirement(
    id="security-group-5432-needs-443",
    sentence="Who restricts traffic with the 5432 rule must add one more rule that allows TCP on port 443.",
    source=VPC_SECURITY,
    section="Example security group that restricts inbound access to port 5432",
    strength=Strength.MUST,
    built_by=("filter_plan.py",),
)
SECURITY_GROUP_443_FROM_ITSELF: Final = Requirement(
    id="security-group-443-from-itself",
    sentence="Inbound restricted to port 443: TCP 443, source the security group itself.",
    source=VPC_SECURITY,
    section="Example security group that restricts inbound access to port 443",
    strength=Strength.OPTIONAL,
    built_by=("filter_plan.py",),
)
SECURITY_GROUP_OUTBOUND_ALL: Final = Requirement(
    id="security-group-outbound-all",
    sentence="Outbound: all traffic, all protocols, destination 0.0.0.0/0.",
    source=VPC_SECURITY,
    section="Example all access self-referencing security group",
    strength=Strength.RECOMMENDED,
    state=State.BUILT,
    built_by=(
        "filter_plan.py",
        "security_groups.py",
    ),
)
SECURITY_GROUP_OUTBOUND_NARROW: Final = Requirement(
    id="security-group-outbound-narrow",
    sentence="Outbound traffic can be narrowed to the group itself, the S3 prefix list and the VPC's CIDR.",
    source=VPC_CREATE,
    section="Option three: Creating an Amazon VPC network without internet access",
    strength=Strength.OPTIONAL,
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason="No check compares stacks with it.",
)
SECURITY_GROUPS_OF_THE_VPC: Final = Requirement(
    id="security-groups-of-the-vpc",
    sentence="The security groups must be attached to the same VPC as the subnets.",
    source=NETWORK_CONFIGURATION,
    section="SecurityGroupIds",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("security_groups.py",),
)
SEPARATE_RULES_NOT_BESIDE_INLINE: Final = Requirement(
    id="separate-rules-not-beside-inline",
    sentence="Rules as resources of their own must not stand beside inline rules; they overwrite each other.",
    source=PROVIDER_SECURITY_GROUP,
    section="Security group",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("security_groups.py",),
)
