"""What the pages say of security groups."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import (
    ABOUT_CHANGES,
    ASKS_FOR_NOTHING,
    PERMISSION,
    QUOTA,
    TAKEN_AS_GIVEN,
    Requirement,
    Scope,
    State,
    Strength,
)
from mwaa_guardrails.documents.sources import (
    NETWORK_CONFIGURATION,
    NETWORKING_ABOUT,
    PROVIDER_SECURITY_GROUP,
    SECURITY_GROUP_RULES,
    TROUBLESHOOTING,
    UPDATE_NETWORK_CONFIGURATION,
    VPC_ACLS,
    VPC_CREATE,
    VPC_QUOTAS,
    VPC_SECURITY,
    VPC_SECURITY_JAPANESE,
)

SECURITY_GROUPS_CONTROL_INSTANCE_TRAFFIC: Final = Requirement(
    id="security-groups-control-instance-traffic",
    sentence="A security group of the VPC can control the traffic to and from an instance.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ASKS_FOR_NOTHING,
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
SECURITY_GROUP_INSTANCE_FIREWALL: Final = Requirement(
    id="security-group-instance-firewall",
    sentence="A security group is a virtual firewall that controls traffic at the level of instances.",
    source=VPC_SECURITY,
    section="VPC security groups",
    strength=Strength.DESCRIBED,
    reading="The rules of all groups on an interface are united; there are only rules that allow.",
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
SECURITY_GROUP_STATEFUL_REPLIES: Final = Requirement(
    id="security-group-stateful-replies",
    sentence="Security groups are stateful: where an inbound connection is allowed, its replies are allowed.",
    source=VPC_SECURITY,
    section="VPC security groups",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
SECURITY_GROUP_NAMES_TRAFFIC_TYPES: Final = Requirement(
    id="security-group-names-traffic-types",
    sentence=(
        "A security group states the kinds of traffic that are allowed from the instances of the VPC network."
    ),
    source=VPC_SECURITY,
    section="VPC security groups",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ASKS_FOR_NOTHING,
)
SECURITY_GROUP_DEFAULT_NO_INBOUND: Final = Requirement(
    id="security-group-default-no-inbound",
    sentence="Every VPC has a default security group; by default it has no inbound rule.",
    source=VPC_SECURITY,
    section="VPC security groups",
    strength=Strength.DESCRIBED,
    reading=(
        "The VPC guide disagrees and is right: the default group lets in all traffic from itself until "
        "somebody changes it."
    ),
)
SECURITY_GROUP_DEFAULT_OUTBOUND_ALL: Final = Requirement(
    id="security-group-default-outbound-all",
    sentence="The default security group has an outbound rule that allows all outbound traffic.",
    source=VPC_SECURITY,
    section="VPC security groups",
    strength=Strength.DESCRIBED,
    reading="A resource that adopts the default group takes away every rule it does not state.",
)
SECURITY_GROUP_DEFAULT_EDITED_OR_CUSTOM: Final = Requirement(
    id="security-group-default-edited-or-custom",
    sentence=(
        "One can edit the rules of the default security group, or make a custom group and attach it to "
        "the VPC."
    ),
    source=VPC_SECURITY,
    section="VPC security groups",
    strength=Strength.PERMITTED,
    state=State.STATED,
    built_by=("security_groups.py",),
    reason=PERMISSION,
)
SECURITY_GROUP_RULES_TOWARD_NAT: Final = Requirement(
    id="security-group-rules-toward-nat",
    sentence=(
        "On MWAA, inbound and outbound rules that direct traffic to the NAT gateways must be configured."
    ),
    source=VPC_SECURITY_JAPANESE,
    section="VPC security groups",
    strength=Strength.MUST,
    reading=(
        "Gone from the English page. A NAT gateway has no group that a rule could name: the routes lead "
        "to it, and the outbound rules let that traffic out."
    ),
    scope=Scope.PUBLIC,
    built_by=("filter_plan.py", "routing.py"),
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
SECURITY_GROUP_OUTBOUND_ALL: Final = Requirement(
    id="security-group-outbound-all",
    sentence="Outbound: all traffic, all protocols, destination 0.0.0.0/0.",
    source=VPC_SECURITY,
    section="Example all access self-referencing security group",
    strength=Strength.RECOMMENDED,
    reading=(
        "For all of 0.0.0.0/0. With private routing the narrower set of the template's note passes as well."
    ),
    built_by=("filter_plan.py", "security_groups.py"),
)
SECURITY_GROUP_5432_FROM_ITSELF: Final = Requirement(
    id="security-group-5432-from-itself",
    sentence="Inbound restricted to port 5432: TCP 5432, source the security group itself.",
    source=VPC_SECURITY,
    section="Example security group that restricts inbound access to port 5432",
    strength=Strength.OPTIONAL,
    reading="For the metadata database, which MWAA owns; the text calls the traffic HTTPS.",
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
SECURITY_GROUP_INBOUND_MUST: Final = Requirement(
    id="security-group-inbound-must",
    sentence="The security group must have a self-referencing inbound rule that allows all traffic.",
    source=NETWORKING_ABOUT,
    section="VPC infrastructure overview",
    strength=Strength.MUST,
    reading=(
        "Another page of the same guide offers the restricted pair as an option, and the troubleshooting "
        "page takes either: both forms pass."
    ),
    built_by=("filter_plan.py",),
)
SECURITY_GROUP_EITHER_FORM: Final = Requirement(
    id="security-group-either-form",
    sentence=(
        "An environment that is stuck in creation needs a group that lets in all traffic from itself, or "
        "TCP 443 and TCP 5432."
    ),
    source=TROUBLESHOOTING,
    section="I tried to create an environment and it's stuck in the Creating state",
    strength=Strength.MUST,
    built_by=("filter_plan.py",),
)
SECURITY_GROUP_OUTBOUND_MUST: Final = Requirement(
    id="security-group-outbound-must",
    sentence=(
        "The security group must have an outbound rule that allows all traffic to 0.0.0.0/0 (for IPv6 ::/0)."
    ),
    source=NETWORKING_ABOUT,
    section="VPC infrastructure overview",
    strength=Strength.MUST,
    reading="All traffic passes always; the narrower set of the template's note passes with private routing.",
    built_by=("filter_plan.py",),
)
SECURITY_GROUP_OUTBOUND_NARROW: Final = Requirement(
    id="security-group-outbound-narrow",
    sentence=(
        "Outbound traffic can be narrowed to the group itself, the S3 prefix list and the CIDR of the VPC."
    ),
    source=VPC_CREATE,
    section="Option three: Creating an Amazon VPC network without internet access",
    strength=Strength.OPTIONAL,
    scope=Scope.PRIVATE,
    built_by=("filter_plan.py",),
)
SECURITY_GROUPS_OF_THE_VPC: Final = Requirement(
    id="security-groups-of-the-vpc",
    sentence="The security groups must be attached to the same VPC as the subnets.",
    source=NETWORK_CONFIGURATION,
    section="SecurityGroupIds",
    strength=Strength.MUST,
    built_by=("security_groups.py",),
)
SECURITY_GROUPS_CAN_CHANGE: Final = Requirement(
    id="security-groups-can-change",
    sentence="The security groups of an environment can be changed by an update; its subnets cannot.",
    source=UPDATE_NETWORK_CONFIGURATION,
    section="SecurityGroupIds",
    strength=Strength.PERMITTED,
    reading=(
        "The API changes them in place where CloudFormation's page says that it replaces the environment."
    ),
    state=State.STATED,
    reason=ABOUT_CHANGES,
)
SECURITY_GROUP_PEERS_IN_REACH: Final = Requirement(
    id="security-group-peers-in-reach",
    sentence=(
        "A rule may name a group of the same or a peered VPC as its peer; it then matches the private "
        "addresses of the interfaces that carry the group."
    ),
    source=SECURITY_GROUP_RULES,
    section="Security group referencing",
    strength=Strength.DESCRIBED,
    reading="It never matches public addresses, nor addresses behind a NAT device.",
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
TRAFFIC_THAT_NOTHING_FILTERS: Final = Requirement(
    id="traffic-that-nothing-filters",
    sentence=(
        "Neither network ACLs nor security groups filter traffic to Amazon's DNS server, DHCP, instance "
        "and task metadata, and time."
    ),
    source=VPC_ACLS,
    section="Network ACL basics",
    strength=Strength.DESCRIBED,
    reading="A DNS server of one's own is filtered as usual (inferred).",
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
SECURITY_GROUP_QUOTA: Final = Requirement(
    id="security-group-quota",
    sentence="A security group has up to 60 rules in each direction, and an interface up to 5 groups.",
    source=VPC_QUOTAS,
    section="Security groups",
    strength=Strength.MUST,
    state=State.STATED,
    reason=QUOTA,
)
SEPARATE_RULES_NOT_BESIDE_INLINE: Final = Requirement(
    id="separate-rules-not-beside-inline",
    sentence="Rules as resources of their own must not stand beside inline rules; they overwrite each other.",
    source=PROVIDER_SECURITY_GROUP,
    section="Security group",
    strength=Strength.MUST,
    reading="An adopted default security group takes every rule for its own, also where it states none.",
    built_by=("security_groups.py",),
)
