"""What the pages say of network ACLs."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import (
    ASKS_FOR_NOTHING,
    PERMISSION,
    QUOTA,
    TAKEN_AS_GIVEN,
    Requirement,
    State,
    Strength,
)
from mwaa_guardrails.documents.sources import (
    ACL_RULES,
    CREATE_NETWORK_ACL_ENTRY,
    CUSTOM_NETWORK_ACL,
    NETWORKING_ABOUT,
    PATH_MTU,
    PROVIDER_NETWORK_ACL,
    VPC_QUOTAS,
    VPC_SECURITY,
)

ACL_CONTROLS_SUBNET_TRAFFIC: Final = Requirement(
    id="acl-controls-subnet-traffic",
    sentence="A network ACL can control the traffic to and from a subnet.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.DESCRIBED,
    reading="Traffic within one subnet crosses no network ACL.",
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
ACL_ONE_IS_ENOUGH: Final = Requirement(
    id="acl-one-is-enough",
    sentence="Only one network ACL is needed.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.DESCRIBED,
    state=State.BUILT,
    built_by=("network_acls.py",),
)
ACL_SHARED_BETWEEN_ENVIRONMENTS: Final = Requirement(
    id="acl-shared-between-environments",
    sentence="The same network ACL can be used for several environments.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.PERMITTED,
    state=State.STATED,
    reason=PERMISSION,
)
ACL_ALLOWS_OR_DENIES_PER_SUBNET: Final = Requirement(
    id="acl-allows-or-denies-per-subnet",
    sentence=(
        "A network ACL manages inbound or outbound traffic at the level of subnets, by rules that allow "
        "and rules that deny."
    ),
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.DESCRIBED,
)
ACL_STATELESS_BOTH_DIRECTIONS: Final = Requirement(
    id="acl-stateless-both-directions",
    sentence="Network ACLs are stateless: inbound and outbound rules must be stated separately, explicitly.",
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.MUST,
    reading="Replies on ephemeral ports must pass as well.",
    built_by=("entry_plan.py",),
)
ACL_NAMES_TRAFFIC_TYPES: Final = Requirement(
    id="acl-names-traffic-types",
    sentence="A network ACL states which kinds of traffic may enter or leave the instances of a VPC network.",
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ASKS_FOR_NOTHING,
)
ACL_DEFAULT_ALLOWS_ALL: Final = Requirement(
    id="acl-default-allows-all",
    sentence="Every VPC has a default network ACL, which allows all inbound and outbound traffic.",
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.DESCRIBED,
    reading=(
        "It has an entry for IPv6 only if the VPC has IPv6 addresses. A resource that adopts it takes "
        "away every entry it does not state."
    ),
)
ACL_DEFAULT_EDITED_OR_CUSTOM: Final = Requirement(
    id="acl-default-edited-or-custom",
    sentence=(
        "One can edit the entries of the default network ACL, or make a custom one and attach it to the "
        "subnets."
    ),
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.PERMITTED,
    state=State.STATED,
    built_by=("network_acls.py",),
    reason=PERMISSION,
)
ACL_ONE_PER_SUBNET: Final = Requirement(
    id="acl-one-per-subnet",
    sentence="A subnet can have only one network ACL attached at any time.",
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("network_acls.py",),
)
ACL_SERVES_MANY_SUBNETS: Final = Requirement(
    id="acl-serves-many-subnets",
    sentence="One network ACL can be attached to several subnets.",
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.PERMITTED,
    state=State.STATED,
    built_by=("network_acls.py",),
    reason=PERMISSION,
)
ACL_EXAMPLE_FITS_BOTH_ROUTINGS: Final = Requirement(
    id="acl-example-fits-both-routings",
    sentence="The example's inbound and outbound rules can be used with public or private routing.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    built_by=("entry_plan.py",),
)
ACL_INBOUND_ALLOW_ALL: Final = Requirement(
    id="acl-inbound-allow-all",
    sentence="Inbound: rule number 100, all IPv4 traffic, all protocols, all ports, source 0.0.0.0/0, Allow.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    reading="What an environment needs must pass; an entry that denies what nobody needs is no fault.",
    built_by=("entry_plan.py",),
)
ACL_OUTBOUND_ALLOW_ALL: Final = Requirement(
    id="acl-outbound-allow-all",
    sentence="Outbound: rule number 100, all IPv4 traffic, all protocols, all ports, 0.0.0.0/0, Allow.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    reading=(
        "What an environment needs must pass; an entry that denies what nobody needs is no fault. Pages "
        "of 2021 and 2022 said that outbound must deny all: an error."
    ),
    built_by=("entry_plan.py",),
)
ACL_DENIES_THE_REST: Final = Requirement(
    id="acl-denies-the-rest",
    sentence="Last rule, number *: all IPv4 traffic, all protocols, all ports, 0.0.0.0/0, Deny.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    reading=(
        "AWS gives this entry to every network ACL. No program can state it or take it away, and every "
        "verdict counts it in."
    ),
)
ACL_MUST_ALLOW_ALL: Final = Requirement(
    id="acl-must-allow-all",
    sentence=(
        "The network ACL must have an inbound and an outbound rule that allows all traffic, 0.0.0.0/0 "
        "(for IPv6 ::/0)."
    ),
    source=NETWORKING_ABOUT,
    section="VPC infrastructure overview",
    strength=Strength.MUST,
    reading=(
        "No page lists the ports that are needed. Whoever restricts must let the flows through that the "
        "pages describe: TCP 443 and 5432 between the subnets, 443 out, and the replies."
    ),
    built_by=("entry_plan.py",),
)
ACL_FIRST_MATCH_DECIDES: Final = Requirement(
    id="acl-first-match-decides",
    sentence="Rules are evaluated from the lowest number; as soon as a rule matches traffic, it is applied.",
    source=CUSTOM_NETWORK_ACL,
    section="Network ACL rules",
    strength=Strength.MUST,
)
ACL_EPHEMERAL_PORTS: Final = Requirement(
    id="acl-ephemeral-ports",
    sentence=(
        "Replies come back on ephemeral ports: Linux takes 32768 to 61000, NAT gateways take 1024 to 65535."
    ),
    source=CUSTOM_NETWORK_ACL,
    section="Ephemeral ports",
    strength=Strength.DESCRIBED,
    reading=(
        "Amazon Linux, on which MWAA runs, takes 32768 to 60999: these are required, the rest of 1024 to "
        "65535 is advice."
    ),
    built_by=("entry_plan.py",),
)
ACL_ENTRY_NUMBERS: Final = Requirement(
    id="acl-entry-numbers",
    sentence="An entry's number is one of 1 to 32766; AWS keeps the numbers above.",
    source=CUSTOM_NETWORK_ACL,
    section="Network ACL rules",
    strength=Strength.MUST,
    state=State.BUILT,
    built_by=("entry_plan.py",),
)
ACL_PORTS_FOR_TCP_AND_UDP: Final = Requirement(
    id="acl-ports-for-tcp-and-udp",
    sentence=(
        "An entry for TCP or UDP needs a range of ports: destination ports, in both directions. Any other "
        "protocol but ICMP ignores ports and covers all."
    ),
    source=CREATE_NETWORK_ACL_ENTRY,
    section="Request parameters",
    strength=Strength.MUST,
    state=State.STATED,
    reason="EC2 refuses anything else, so that no deployed stack shows it.",
)
ACL_PATH_MTU: Final = Requirement(
    id="acl-path-mtu",
    sentence="Where MTUs differ along a path, ICMP type 3 code 4 should pass both ways.",
    source=PATH_MTU,
    section="Path MTU Discovery",
    strength=Strength.RECOMMENDED,
    reading="VPC endpoints never send it, and no page says that an environment needs it.",
    state=State.BUILT,
    built_by=("entry_plan.py",),
)
ACL_TAKES_NO_PREFIX_LIST: Final = Requirement(
    id="acl-takes-no-prefix-list",
    sentence="The far side of an entry is a CIDR block: no security group, and no prefix list.",
    source=ACL_RULES,
    section="Network ACL rules",
    strength=Strength.DESCRIBED,
    reading="S3 behind a gateway endpoint is at public addresses, which an ACL must let through as such.",
)
ACL_QUOTA: Final = Requirement(
    id="acl-quota",
    sentence="A network ACL has up to 20 entries in each direction, or 40 on request.",
    source=VPC_QUOTAS,
    section="Network ACLs",
    strength=Strength.MUST,
    reading="IPv4 and IPv6 are counted apart, each with the last entry, which AWS adds.",
    state=State.STATED,
    reason=QUOTA,
)
SEPARATE_ENTRIES_NOT_BESIDE_INLINE: Final = Requirement(
    id="separate-entries-not-beside-inline",
    sentence="Entries as resources must not stand beside inline ones; they overwrite each other.",
    source=PROVIDER_NETWORK_ACL,
    section="Network ACL",
    strength=Strength.MUST,
    reading="An adopted default network ACL takes every entry for its own, also where it states none.",
    built_by=("network_acls.py",),
)
