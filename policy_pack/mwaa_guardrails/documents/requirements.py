"""What the pages ask for, sentence by sentence, and what we take each sentence to mean.

The ids are stable: rule descriptions in AWS, messages and documentation pages carry them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mwaa_guardrails.documents.sources import (
    CONFIGURING_NETWORKING,
    CREATE_INTERFACE_ENDPOINT,
    CUSTOM_NETWORK_ACL,
    ENDPOINT_MANAGEMENT,
    ENDPOINT_SERVICES,
    EXECUTION_ROLE,
    NETWORK_CONFIGURATION,
    NETWORKING_ABOUT,
    PRIVATELINK_ACCESS,
    PROVIDER_SECURITY_GROUP,
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

SECURITY_GROUP_OUTBOUND_NARROW: Final = Requirement(
    id="security-group-outbound-narrow",
    sentence="Outbound traffic can be narrowed to the group itself, the S3 prefix list and the VPC's CIDR.",
    source=VPC_CREATE,
    section="Option three: Creating an Amazon VPC network without internet access",
    strength=Strength.OPTIONAL,
    scope=Scope.PRIVATE,
)
SECURITY_GROUPS_OF_THE_VPC: Final = Requirement(
    id="security-groups-of-the-vpc",
    sentence="The security groups must be attached to the same VPC as the subnets.",
    source=NETWORK_CONFIGURATION,
    section="SecurityGroupIds",
    strength=Strength.MUST,
)
SUBNETS_IN_TWO_ZONES: Final = Requirement(
    id="subnets-in-two-zones",
    sentence="The two private subnets must be in two different Availability Zones.",
    source=NETWORKING_ABOUT,
    section="Public routing; private routing",
    strength=Strength.MUST,
)
ZONE_USE1_AZ3_UNSUPPORTED: Final = Requirement(
    id="zone-use1-az3-unsupported",
    sentence="The Availability Zone use1-az3 in us-east-1 is not supported.",
    source=VPC_CREATE,
    section="Before you begin",
    strength=Strength.MUST,
    reading="Only the id tells: which name means it differs from account to account.",
)
PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS: Final = Requirement(
    id="public-routing-two-public-subnets",
    sentence="Public routing needs two public subnets in two Availability Zones.",
    source=NETWORKING_ABOUT,
    section="Public routing",
    strength=Strength.MUST,
    reading="An environment never gets them and one NAT device will do, so fewer are advice at most.",
    scope=Scope.PUBLIC,
)
PRIVATE_ROUTING_NO_INTERNET: Final = Requirement(
    id="private-routing-no-internet",
    sentence="With private routing the route tables must not lead to a NAT device or an internet gateway.",
    source=NETWORKING_ABOUT,
    section="Private routing",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
)
ENDPOINTS_PRIVATE_DNS: Final = Requirement(
    id="endpoints-private-dns",
    sentence="Interface endpoints must have private DNS enabled.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    reading="For S3 by interface a hosted zone of one's own does as well, so there it is advice.",
    scope=Scope.PRIVATE,
)
ENDPOINTS_IN_BOTH_SUBNETS: Final = Requirement(
    id="endpoints-in-both-subnets",
    sentence="Interface endpoints must be associated with both private subnets of the environment.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
)
S3_GATEWAY_IN_ROUTE_TABLES: Final = Requirement(
    id="s3-gateway-in-route-tables",
    sentence="The S3 gateway endpoint must be associated with the route tables of the private subnets.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
)
ENDPOINTS_CARRY_ENVIRONMENT_GROUP: Final = Requirement(
    id="endpoints-carry-environment-group",
    sentence="Interface endpoints must have the security group of the environment.",
    source=ENDPOINT_SERVICES,
    section="VPC service endpoints",
    strength=Strength.MUST,
    reading="A group of the endpoint's own that admits the environment works, and is advice.",
    scope=Scope.PRIVATE,
)
ENDPOINT_GROUP_ADMITS_443: Final = Requirement(
    id="endpoint-group-admits-443",
    sentence="The endpoint's security group must allow inbound traffic on port 443 from its clients.",
    source=CREATE_INTERFACE_ENDPOINT,
    section="Prerequisites",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
)
PRIVATE_DNS_ONCE: Final = Requirement(
    id="private-dns-once",
    sentence="Private DNS for one service can be enabled on one endpoint of a VPC only.",
    source=PRIVATELINK_ACCESS,
    section="Private DNS",
    strength=Strength.MUST,
)
EXECUTION_ROLE_READS_BUCKET: Final = Requirement(
    id="execution-role-reads-bucket",
    sentence="The execution role reads the environment's bucket: s3:GetObject*, s3:GetBucket*, s3:List*.",
    source=EXECUTION_ROLE,
    section="Sample policy",
    strength=Strength.MUST,
)
EXECUTION_ROLE_QUEUE: Final = Requirement(
    id="execution-role-queue",
    sentence="The execution role uses queues arn:aws:sqs:region:*:airflow-celery-*, in an account of MWAA.",
    source=EXECUTION_ROLE,
    section="Sample policy",
    strength=Strength.MUST,
    reading="An endpoint policy that names one's own account shuts the queue out.",
)
ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED: Final = Requirement(
    id="endpoint-policy-grants-what-is-needed",
    sentence="The policy of each endpoint needs certain permissions.",
    source=VPC_SECURITY,
    section="VPC endpoint policies",
    strength=Strength.MUST,
    reading="The requests that an environment makes to the service must be allowed.",
    scope=Scope.PRIVATE,
)
TRANSIT_GATEWAY_ENDPOINTS_ADVISED: Final = Requirement(
    id="transit-gateway-endpoints-advised",
    sentence="Where traffic leaves by a transit gateway, PrivateLink is advised for the required services.",
    source=ENDPOINT_SERVICES,
    section="Pricing and overview",
    strength=Strength.RECOMMENDED,
)
WEB_SERVER_PUBLIC_NEEDS_INTERNET: Final = Requirement(
    id="web-server-public-needs-internet",
    sentence="From Airflow 3, workers of a PUBLIC_ONLY environment reach the web server over the internet.",
    source=CONFIGURING_NETWORKING,
    section="Public network access mode",
    strength=Strength.MUST,
)
CUSTOMER_ENDPOINTS: Final = Requirement(
    id="customer-endpoints",
    sentence="The customer makes the database endpoint, and the web server's endpoint if it is private.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
)
CUSTOMER_ENDPOINTS_INTERFACE: Final = Requirement(
    id="customer-endpoints-interface",
    sentence="The type of these endpoints must be set to Interface, since it defaults to Gateway.",
    source=ENDPOINT_MANAGEMENT,
    section="Creating an environment in a shared Amazon VPC",
    strength=Strength.MUST,
)
SEPARATE_RULES_NOT_BESIDE_INLINE: Final = Requirement(
    id="separate-rules-not-beside-inline",
    sentence="Rules as resources of their own must not stand beside inline rules; they overwrite each other.",
    source=PROVIDER_SECURITY_GROUP,
    section="Security group",
    strength=Strength.MUST,
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
    SECURITY_GROUP_OUTBOUND_NARROW,
    SECURITY_GROUPS_OF_THE_VPC,
    SUBNETS_IN_TWO_ZONES,
    ZONE_USE1_AZ3_UNSUPPORTED,
    PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS,
    PRIVATE_ROUTING_NO_INTERNET,
    ENDPOINTS_PRIVATE_DNS,
    ENDPOINTS_IN_BOTH_SUBNETS,
    S3_GATEWAY_IN_ROUTE_TABLES,
    ENDPOINTS_CARRY_ENVIRONMENT_GROUP,
    ENDPOINT_GROUP_ADMITS_443,
    PRIVATE_DNS_ONCE,
    EXECUTION_ROLE_READS_BUCKET,
    EXECUTION_ROLE_QUEUE,
    ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED,
    TRANSIT_GATEWAY_ENDPOINTS_ADVISED,
    WEB_SERVER_PUBLIC_NEEDS_INTERNET,
    CUSTOMER_ENDPOINTS,
    CUSTOMER_ENDPOINTS_INTERFACE,
    SEPARATE_RULES_NOT_BESIDE_INLINE,
)
