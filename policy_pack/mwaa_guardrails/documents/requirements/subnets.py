"""What the pages say of subnets, their Availability Zones and their routes."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import (
    ABOUT_CHANGES,
    TAKEN_AS_GIVEN,
    Requirement,
    Scope,
    State,
    Strength,
)
from mwaa_guardrails.documents.sources import (
    CREATE_ENVIRONMENT_GUIDE,
    FAQS,
    NAT_GATEWAY_BASICS,
    NETWORK_CONFIGURATION,
    NETWORKING_ABOUT,
    PROVIDER_ROUTE_TABLE,
    ROUTE_PRIORITY,
    SUBNET_ROUTE_TABLES,
    SUBNET_SIZING,
    VPC_CREATE,
)

SUBNETS_EXACTLY_TWO: Final = Requirement(
    id="subnets-exactly-two",
    sentence="An environment takes two private subnets: at least 2 and at most 2 subnet ids.",
    source=NETWORK_CONFIGURATION,
    section="SubnetIds",
    strength=Strength.MUST,
    reading="Exactly two distinct subnets.",
    built_by=("subnets.py",),
)
SUBNETS_IN_TWO_ZONES: Final = Requirement(
    id="subnets-in-two-zones",
    sentence="The two private subnets must be in two different Availability Zones.",
    source=NETWORKING_ABOUT,
    section="VPC infrastructure overview",
    strength=Strength.MUST,
    built_by=("zones.py",),
)
ZONE_USE1_AZ3_UNSUPPORTED: Final = Requirement(
    id="zone-use1-az3-unsupported",
    sentence="The Availability Zone use1-az3 in us-east-1 is not supported.",
    source=VPC_CREATE,
    section="Before you begin",
    strength=Strength.MUST,
    reading="Only the id tells: which name means it differs from account to account.",
    built_by=("zones.py",),
)
ZONES_ASSIGNED_EXPLICITLY: Final = Requirement(
    id="zones-assigned-explicitly",
    sentence=(
        "In us-east-1, assign the Availability Zones explicitly; describe-availability-zones tells which "
        "name means which id."
    ),
    source=VPC_CREATE,
    section="Before you begin",
    strength=Strength.RECOMMENDED,
    reading="AWS's own templates take the first two of the account and so can land on use1-az3.",
    built_by=("zones.py",),
)
ENVIRONMENT_SUBNETS_FIXED: Final = Requirement(
    id="environment-subnets-fixed",
    sentence="The VPC and the subnets of an environment cannot be changed later.",
    source=VPC_CREATE,
    section="Before you begin",
    strength=Strength.DESCRIBED,
    reading="So the private subnets keep their places whichever routing is chosen.",
    state=State.STATED,
    built_by=("address_plan.py", "moves.py"),
    reason=ABOUT_CHANGES,
)
SUBNET_SIZES: Final = Requirement(
    id="subnet-sizes",
    sentence="A subnet's block is /28 to /16, and AWS keeps five addresses of it.",
    source=SUBNET_SIZING,
    section="Subnet sizing",
    strength=Strength.MUST,
    reading=(
        "No page says how many addresses an environment takes. By the parts it is made of, /28 is too "
        "small (our estimate)."
    ),
    state=State.BUILT,
    built_by=("address_plan.py", "cidr_blocks.py"),
)
PRIVATE_SUBNET_HAS_NO_INTERNET_GATEWAY_ROUTE: Final = Requirement(
    id="private-subnet-has-no-internet-gateway-route",
    sentence="A private subnet is a subnet whose route table has no route to an internet gateway.",
    source=NETWORKING_ABOUT,
    section="VPC infrastructure overview",
    strength=Strength.MUST,
    reading="Any route to an internet gateway counts, whatever its destination; names and tags do not.",
    built_by=("routing.py",),
)
PUBLIC_ROUTING_TWO_PUBLIC_SUBNETS: Final = Requirement(
    id="public-routing-two-public-subnets",
    sentence="Public routing needs two public subnets in two Availability Zones.",
    source=NETWORKING_ABOUT,
    section="Public routing over the internet",
    strength=Strength.MUST,
    reading="An environment never gets them and one NAT device will do, so fewer are advice at most.",
    scope=Scope.PUBLIC,
    built_by=("subnets.py",),
)
PUBLIC_SUBNETS_LEAD_TO_INTERNET_GATEWAY: Final = Requirement(
    id="public-subnets-lead-to-internet-gateway",
    sentence=(
        "With public routing an internet gateway is attached to the VPC, and the public subnets' "
        "internet-bound traffic goes to it."
    ),
    source=NETWORKING_ABOUT,
    section="Public routing over the internet",
    strength=Strength.MUST,
    scope=Scope.PUBLIC,
    built_by=("internet.py", "routing.py"),
)
PUBLIC_ROUTING_NAT: Final = Requirement(
    id="public-routing-nat",
    sentence="Each private subnet's route table must have a route to a NAT device in a public subnet.",
    source=NETWORKING_ABOUT,
    section="Public routing over the internet",
    strength=Strength.MUST,
    scope=Scope.PUBLIC,
    built_by=("internet.py", "routing.py"),
)
NAT_IN_PUBLIC_SUBNET: Final = Requirement(
    id="nat-in-public-subnet",
    sentence="A NAT gateway must be attached to a public subnet and have an Elastic IP address.",
    source=NETWORKING_ABOUT,
    section="Public routing over the internet",
    strength=Strength.MUST,
    reading=(
        "A regional NAT gateway has no subnet and takes addresses of its own; it passes where the VPC has "
        "an internet gateway (inferred)."
    ),
    scope=Scope.PUBLIC,
    built_by=("internet.py",),
)
NAT_DEVICE_PER_ZONE: Final = Requirement(
    id="nat-device-per-zone",
    sentence="One NAT device will do; one for each public subnet is advised for availability.",
    source=NETWORKING_ABOUT,
    section="Public routing over the internet",
    strength=Strength.RECOMMENDED,
    reading="Older pages required two. One is enough.",
    scope=Scope.PUBLIC,
    built_by=("internet.py",),
)
NAT_SUBNET_LEADS_TO_INTERNET_GATEWAY: Final = Requirement(
    id="nat-subnet-leads-to-internet-gateway",
    sentence="To reach the internet, the subnet of a public NAT gateway must lead to an internet gateway.",
    source=NAT_GATEWAY_BASICS,
    section="NAT gateway basics",
    strength=Strength.MUST,
    scope=Scope.PUBLIC,
    built_by=("internet.py", "routing.py"),
)
NAT_GATEWAY_OF_THE_VPC: Final = Requirement(
    id="nat-gateway-of-the-vpc",
    sentence="No traffic reaches a NAT gateway through a VPC peering connection.",
    source=NAT_GATEWAY_BASICS,
    section="NAT gateway basics",
    strength=Strength.DESCRIBED,
    reading="A subnet reaches the internet by a NAT gateway of its own VPC, or through a transit gateway.",
    scope=Scope.PUBLIC,
    built_by=("internet.py",),
)
TRANSIT_GATEWAY_IS_A_WAY_OUT: Final = Requirement(
    id="transit-gateway-is-a-way-out",
    sentence="Egress that a transit gateway centralizes is a supported way out.",
    source=FAQS,
    section="Does Amazon MWAA support shared Amazon VPCs or shared subnets?",
    strength=Strength.PERMITTED,
    reading="Neither NAT nor private routing: such networks get silence or advice.",
)
PRIVATE_ROUTING_NO_INTERNET: Final = Requirement(
    id="private-routing-no-internet",
    sentence="With private routing the route tables must not lead to a NAT device or an internet gateway.",
    source=NETWORKING_ABOUT,
    section="Private routing without internet access",
    strength=Strength.MUST,
    scope=Scope.PRIVATE,
    built_by=("routing.py",),
)
PRIVATE_ROUTING_ROUTES_TO_ENDPOINTS: Final = Requirement(
    id="private-routing-routes-to-endpoints",
    sentence="With private routing the route tables must have routes to the VPC endpoints.",
    source=NETWORKING_ABOUT,
    section="Private routing without internet access",
    strength=Strength.MUST,
    reading=(
        "Interface endpoints are reached by the local route that every table has; a gateway endpoint adds "
        "its own route to the tables it is attached to."
    ),
    scope=Scope.PRIVATE,
    built_by=("vpc_endpoints.py",),
)
LOCAL_ROUTE_TABLE: Final = Requirement(
    id="local-route-table",
    sentence=(
        "A local route table is associated with the private subnets; it lets one's own network reach the "
        "web server's endpoint."
    ),
    source=NETWORKING_ABOUT,
    section="Private routing without internet access",
    strength=Strength.DESCRIBED,
    scope=Scope.PRIVATE,
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
MAIN_ROUTE_TABLE_IS_IMPLICIT: Final = Requirement(
    id="main-route-table-is-implicit",
    sentence="A subnet that is associated with no route table follows the main route table of its VPC.",
    source=SUBNET_ROUTE_TABLES,
    section="Route table concepts",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
LOCAL_ROUTE_ALWAYS: Final = Requirement(
    id="local-route-always",
    sentence=(
        "Every route table has a local route for each block of the VPC; a more specific route may stand "
        "beside it only for a whole subnet's block."
    ),
    source=SUBNET_ROUTE_TABLES,
    section="Subnet route tables",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
LONGEST_PREFIX_WINS: Final = Requirement(
    id="longest-prefix-wins",
    sentence="The most specific route that matches is taken, and routes for IPv4 cover no IPv6 traffic.",
    source=ROUTE_PRIORITY,
    section="Route priority",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=TAKEN_AS_GIVEN,
)
IPV6_EGRESS_ONLY_GATEWAY: Final = Requirement(
    id="ipv6-egress-only-gateway",
    sentence="For IPv6, private subnets must have a route to an egress-only internet gateway, to download.",
    source=NETWORKING_ABOUT,
    section="VPC infrastructure overview",
    strength=Strength.MUST,
    reading=(
        "The same page wants private routing to have no way out. Such a route is allowed, never required, "
        "and makes no subnet public."
    ),
    state=State.STATED,
    built_by=("internet.py", "routing.py"),
    reason="No network is asked for it: pages disagree, and environments with IPv4 alone are right.",
)
IPV6_ASSIGN_ADDRESS: Final = Requirement(
    id="ipv6-assign-address",
    sentence="For IPv6, subnets assign IPv6 addresses to new interfaces (AssignIpv6AddressOnCreation).",
    source=NETWORKING_ABOUT,
    section="VPC infrastructure overview",
    strength=Strength.MUST,
    state=State.STATED,
    built_by=("subnets.py",),
    reason=(
        "Whether an environment uses IPv6 is settled when it is created, and no property of its resource "
        "in a stack says so."
    ),
)
IP_FAMILY_FIXED: Final = Requirement(
    id="ip-family-fixed",
    sentence="IPv4 or IPv6 is settled when an environment is created.",
    source=CREATE_ENVIRONMENT_GUIDE,
    section="Networking",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ABOUT_CHANGES,
)
SEPARATE_ROUTES_NOT_BESIDE_INLINE: Final = Requirement(
    id="separate-routes-not-beside-inline",
    sentence="Routes as resources of their own must not stand beside inline ones; they overwrite each other.",
    source=PROVIDER_ROUTE_TABLE,
    section="Route table",
    strength=Strength.MUST,
    built_by=("routing.py",),
)
