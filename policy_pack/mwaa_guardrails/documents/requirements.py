"""What the pages ask for, sentence by sentence, and what we take each sentence to mean.

The ids are stable: rule descriptions in AWS, messages and documentation pages carry them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mwaa_guardrails.documents.sources import (
    CUSTOM_NETWORK_ACL,
    ENDPOINT_SERVICES,
    NETWORK_CONFIGURATION,
    NETWORKING_ABOUT,
    VPC_CREATE,
    VPC_SECURITY,
    Source,
)


class Strength(StrEnum):
    """How strongly a page puts a sentence."""

    MUST = "must"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Scope(StrEnum):
    """The kinds of routing a sentence holds for."""

    PUBLIC = "public routing"
    PRIVATE = "private routing"
    BOTH = "public and private routing"


class State(StrEnum):
    """What this project does about a sentence."""

    CHECKED = "a check compares stacks with it"
    BUILT = "the network program builds it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One sentence of a page.

    Attributes:
        id: A stable name, in kebab-case.
        sentence: What the page says.
        source: The page.
        section: The heading on the page.
        strength: How strongly the page puts it.
        reading: What we take it to mean where the page leaves room; empty where it does not.
        scope: The routing it holds for.
        state: What this project does about it.
    """

    id: str
    sentence: str
    source: Source
    section: str
    strength: Strength
    reading: str = ""
    scope: Scope = Scope.BOTH
    state: State = State.CHECKED


SECURITY_GROUPS_ONE_TO_FIVE: Final = Requirement(
    id="security-groups-one-to-five",
    sentence="From 1 to 5 security groups can be used per environment.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.MUST,
    reading="Distinct groups count; the API's limits on securityGroupIds are the same.",
)
ACL_STATELESS_BOTH_DIRECTIONS: Final = Requirement(
    id="acl-stateless-both-directions",
    sentence="Network ACLs are stateless: inbound and outbound rules must be stated separately, explicitly.",
    source=VPC_SECURITY,
    section="Network access control lists (ACLs)",
    strength=Strength.MUST,
    reading="Replies on ephemeral ports must pass as well.",
)
ACL_INBOUND_ALLOW_ALL: Final = Requirement(
    id="acl-inbound-allow-all",
    sentence="Inbound: rule number 100, all IPv4 traffic, all protocols, all ports, source 0.0.0.0/0, Allow.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    reading="What an environment needs must pass; an entry that denies what nobody needs is no fault.",
)
ACL_OUTBOUND_ALLOW_ALL: Final = Requirement(
    id="acl-outbound-allow-all",
    sentence="Outbound: rule number 100, all IPv4 traffic, all protocols, all ports, 0.0.0.0/0, Allow.",
    source=VPC_SECURITY,
    section="Example ACLs",
    strength=Strength.RECOMMENDED,
    reading="What an environment needs must pass; an entry that denies what nobody needs is no fault.",
)
ACL_ONE_IS_ENOUGH: Final = Requirement(
    id="acl-one-is-enough",
    sentence="Only one network ACL is needed.",
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.RECOMMENDED,
    state=State.BUILT,
)
ACL_FIRST_MATCH_DECIDES: Final = Requirement(
    id="acl-first-match-decides",
    sentence="Rules are evaluated from the lowest number; as soon as a rule matches traffic, it is applied.",
    source=CUSTOM_NETWORK_ACL,
    section="Network ACL rules",
    strength=Strength.MUST,
)
SECURITY_GROUP_SELF_REFERENCE_ALL: Final = Requirement(
    id="security-group-self-reference-all",
    sentence="Inbound: all traffic, all protocols, source the security group itself.",
    source=VPC_SECURITY,
    section="Example all access self-referencing security group",
    strength=Strength.RECOMMENDED,
    reading="This rule, or the restricted pair on ports 5432 and 443, must be there.",
)
SECURITY_GROUP_5432_FROM_ITSELF: Final = Requirement(
    id="security-group-5432-from-itself",
    sentence="Inbound restricted to port 5432: TCP 5432, source the security group itself.",
    source=VPC_SECURITY,
    section="Example security group that restricts inbound access to port 5432",
    strength=Strength.OPTIONAL,
)
SECURITY_GROUP_5432_NEEDS_443: Final = Requirement(
    id="security-group-5432-needs-443",
    sentence="Who restricts traffic with the 5432 rule must add one more rule that allows TCP on port 443.",
    source=VPC_SECURITY,
    section="Example security group that restricts inbound access to port 5432",
    strength=Strength.MUST,
)
SECURITY_GROUP_443_FROM_ITSELF: Final = Requirement(
    id="security-group-443-from-itself",
    sentence="Inbound restricted to port 443: TCP 443, source the security group itself.",
    source=VPC_SECURITY,
    section="Example security group that restricts inbound access to port 443",
    strength=Strength.OPTIONAL,
)
SECURITY_GROUP_OUTBOUND_ALL: Final = Requirement(
    id="security-group-outbound-all",
    sentence="Outbound: all traffic, all protocols, destination 0.0.0.0/0.",
    source=VPC_SECURITY,
    section="Example all access self-referencing security group",
    strength=Strength.RECOMMENDED,
    state=State.BUILT,
)
SUBNETS_EXACTLY_TWO: Final = Requirement(
    id="subnets-exactly-two",
    sentence="An environment takes two private subnets: at least 2 and at most 2 subnet ids.",
    source=NETWORK_CONFIGURATION,
    section="SubnetIds",
    strength=Strength.MUST,
    reading="Exactly two distinct subnets.",
)
PRIVATE_SUBNET_HAS_NO_INTERNET_GATEWAY_ROUTE: Final = Requirement(
    id="private-subnet-has-no-internet-gateway-route",
    sentence="A private subnet is a subnet whose route table has no route to an internet gateway.",
    source=NETWORKING_ABOUT,
    section="Public routing; private routing",
    strength=Strength.MUST,
    reading="Any route to an internet gateway counts, whatever its destination; names and tags do not.",
)
PUBLIC_ROUTING_NAT: Final = Requirement(
    id="public-routing-nat",
    sentence="Each private subnet's route table must have a route to a NAT device in a public subnet.",
    source=NETWORKING_ABOUT,
    section="Public routing",
    strength=Strength.MUST,
    scope=Scope.PUBLIC,
    state=State.BUILT,
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
)
ENDPOINT_POLICY_FULL_ACCESS_EACH: Final = Requirement(
    id="endpoint-policy-full-access-each",
    sentence="For each endpoint, use a policy that allows full access to all AWS services.",
    source=VPC_SECURITY,
    section="VPC endpoint policies",
    strength=Strength.RECOMMENDED,
    scope=Scope.PRIVATE,
    state=State.BUILT,
)
S3_GATEWAY_POLICY_STARPORT: Final = Requirement(
    id="s3-gateway-policy-starport",
    sentence="The S3 gateway endpoint's policy allows s3:GetObject on the Region's starport layer bucket.",
    source=VPC_SECURITY,
    section="Example Amazon S3 gateway endpoint policy",
    strength=Strength.RECOMMENDED,
    reading="The Region goes into the bucket's name; the page's placeholder matches no bucket.",
    scope=Scope.PRIVATE,
    state=State.BUILT,
)
S3_GATEWAY_POLICY_DAG_BUCKET_TOO: Final = Requirement(
    id="s3-gateway-policy-dag-bucket-too",
    sentence="That access is needed in addition to the bucket that holds DAGs and supporting files.",
    source=VPC_SECURITY,
    section="Example Amazon S3 gateway endpoint policy",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    state=State.BUILT,
)
VPC_DNS_ATTRIBUTES: Final = Requirement(
    id="vpc-dns-attributes",
    sentence="DNS support and DNS hostnames of the VPC are on; private DNS of endpoints needs both.",
    source=VPC_CREATE,
    section="Create an Amazon VPC network",
    strength=Strength.MUST,
    state=State.BUILT,
)

REQUIREMENTS: Final = (
    SECURITY_GROUPS_ONE_TO_FIVE,
    ACL_STATELESS_BOTH_DIRECTIONS,
    ACL_INBOUND_ALLOW_ALL,
    ACL_OUTBOUND_ALLOW_ALL,
    ACL_ONE_IS_ENOUGH,
    ACL_FIRST_MATCH_DECIDES,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
    SECURITY_GROUP_5432_FROM_ITSELF,
    SECURITY_GROUP_5432_NEEDS_443,
    SECURITY_GROUP_443_FROM_ITSELF,
    SECURITY_GROUP_OUTBOUND_ALL,
    SUBNETS_EXACTLY_TWO,
    PRIVATE_SUBNET_HAS_NO_INTERNET_GATEWAY_ROUTE,
    PUBLIC_ROUTING_NAT,
    PRIVATE_ROUTING_ENDPOINTS,
    ENDPOINT_POLICY_FULL_ACCESS_EACH,
    S3_GATEWAY_POLICY_STARPORT,
    S3_GATEWAY_POLICY_DAG_BUCKET_TOO,
    VPC_DNS_ATTRIBUTES,
)
