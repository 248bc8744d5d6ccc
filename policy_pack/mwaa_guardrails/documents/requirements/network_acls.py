"""What the pages say of network ACLs."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, State, Strength
from mwaa_guardrails.documents.sources import CUSTOM_NETWORK_ACL, VPC_SECURITY

ACL_STATELESS_BOTH_DIRECTIONS: Final = Requirement(
    id="acl-stateless-both-directions",
    sentence="Network ACLs are stateless: inbound and outbound rules must be stated separately, explicitly.",
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.MUST,
    reading="Replies on ephemeral ports must pass as well.",
    built_by=("filter_plan.py",),
)
ACL_INBOUND_ALLOW_ALL: Final = Requirement(
    id="acl-inbound-allow-all",
    sentence="Inbound: rule number 100, all IPv4 traffic, all protocols, all ports, source 0.0.0.0/0, Allow.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    reading="What an environment needs must pass; an entry that denies what nobody needs is no fault.",
    built_by=("filter_plan.py",),
)
ACL_OUTBOUND_ALLOW_ALL: Final = Requirement(
    id="acl-outbound-allow-all",
    sentence="Outbound: rule number 100, all IPv4 traffic, all protocols, all ports, 0.0.0.0/0, Allow.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    reading="What an environment needs must pass; an entry that denies what nobody needs is no fault.",
    built_by=("filter_plan.py",),
)
ACL_ONE_IS_ENOUGH: Final = Requirement(
    id="acl-one-is-enough",
    sentence="Only one network ACL is needed.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.RECOMMENDED,
    state=State.BUILT,
    built_by=("network_acls.py",),
)
ACL_FIRST_MATCH_DECIDES: Final = Requirement(
    id="acl-first-match-decides",
    sentence="Rules are evaluated from the lowest number; as soon as a rule matches traffic, it is applied.",
    source=CUSTOM_NETWORK_ACL,
    section="Network ACL rules",
    strength=Strength.MUST,
)
