"""What can be wrong with a network, as values: one kind of fault for each thing a check can say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mwaa_guardrails.aws.decisions import Decision
from mwaa_guardrails.aws.model import Direction, EnvironmentPart, Origin, Outside, Reference, Route
from mwaa_guardrails.aws.nat_gateways import NatState
from mwaa_guardrails.aws.policy_document import Silent
from mwaa_guardrails.aws.statements import Statement
from mwaa_guardrails.aws.vpc_endpoints import Zones
from mwaa_guardrails.net.traffic import Packet
from mwaa_guardrails.unknown import Unknown


class Purpose(StrEnum):
    """What a flow that an environment needs is for."""

    DATABASE = "metadata database"
    ENDPOINTS = "VPC endpoints and web server"
    REPLIES = "replies"
    S3 = "Amazon S3"
    INTERNET = "the internet"
    NAT = "traffic through the NAT gateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedFlow:
    """A flow that a network ACL denies.

    Attributes:
        purpose: What the flow is for.
        subnet: The subnet whose border the flow crosses.
        decision: The denied share, and who denies it.
        witness: One packet of that share.
    """

    purpose: Purpose
    subnet: Reference
    decision: Decision
    witness: Packet


class Spelling(StrEnum):
    """How a program writes the lines of a security group or a network ACL."""

    INLINE = "inside the resource"
    OLDER_RULE = "as rule resources of the older kind, which have a type"
    RULE = "as rule resources of one direction"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedTraffic:
    """A network ACL denies traffic that an environment needs, in one direction.

    Attributes:
        direction: The direction, seen from the subnets.
        flows: What is denied.
        free_number: A rule number before all entries that deny it; None when none is left.
        ports: The lowest and the highest TCP port to let through; None where that is all traffic.
        spelling: How the ACL's entries of that direction are written.
    """

    direction: Direction
    flows: tuple[BlockedFlow, ...]
    free_number: int | None
    ports: tuple[int, int] | None
    spelling: Spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSelfReference:
    """No rule, or pair of rules, lets a security group in from itself.

    Attributes:
        denied: The required inbound traffic from the group itself that nothing allows.
        spelling: How the first group's inbound rules are written.
    """

    denied: tuple[Decision, ...]
    spelling: Spelling


class Counted(StrEnum):
    """What an environment can have too few or too many of."""

    SUBNETS = "subnets"
    SECURITY_GROUPS = "security groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongCount:
    """An environment has too few or too many of something.

    Attributes:
        counted: Of what.
        given: How many it names, repetitions included.
        distinct: How many they are.
        more: Whether there may be more of them.
    """

    counted: Counted
    given: int
    distinct: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How a subnet comes to follow another route table.

    Attributes:
        association: What ties it to the present one; None when it follows its VPC's main one.
        table: A route table that serves its environment; None when one is to be made.
        vpc: Its VPC; None where it cannot be told.
        nat_gateway: Where a table to be made should lead, if anywhere.
        holds_nat_gateway: Whether a NAT gateway stands in it, which would lead nowhere then.
    """

    association: Origin | None
    table: Origin | None
    vpc: Origin | None
    nat_gateway: Origin | None
    holds_nat_gateway: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSubnet:
    """A subnet of an environment follows a route table that leads to an internet gateway.

    Attributes:
        subnet: The subnet.
        table: The effective route table.
        route: Its widest route to an internet gateway.
        main: Whether the subnet follows it as its VPC's main table, without an association.
        move: How it comes to follow another one.
    """

    subnet: Reference
    table: Origin
    route: Route
    main: bool
    move: Move


class Outbound(StrEnum):
    """Where outbound traffic of an environment goes."""

    TO_ITSELF = "the environment's own subnets"
    TO_ENDPOINTS = "VPC endpoints"
    TO_S3 = "Amazon S3 by its gateway endpoint"
    TO_THE_INTERNET = "the internet"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A packet that no rule lets out, and where it goes."""

    toward: Outbound
    witness: Packet


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedOutbound:
    """The security groups of an environment, united, do not let out what the guide asks for.

    Attributes:
        refused: Examples of what no rule lets out, one for each need.
        spelling: How the first group's outbound rules are written.
        disputed: Whether AWS's documents disagree on whether that is let out.
    """

    refused: tuple[Refused, ...]
    spelling: Spelling
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignGroup:
    """A security group belongs to another VPC than the subnets of its environment."""

    group_vpc: Reference
    subnet_vpc: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedZone:
    """Two subnets of an environment lie in one Availability Zone."""

    zone: str
    subnets: tuple[Origin, ...]


class ZoneTrouble(StrEnum):
    """Why an environment cannot be made in a zone."""

    UNSUPPORTED = "MWAA does not support it"
    NO_AVAILABILITY_ZONE = "it is no Availability Zone"
    OTHER_REGION = "it belongs to another Region"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusableZone:
    """A subnet of an environment lies where MWAA cannot be."""

    zone: str
    trouble: ZoneTrouble


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRouteToNat:
    """A subnet of an environment with public routing has no route to a NAT device, or one for a part only.

    Attributes:
        subnet: The subnet.
        table: The route table that the subnet follows.
        partial: Its widest route to a NAT device; None when it has none.
        main: Whether the subnet follows it as its VPC's main table, without an association.
        inline: Whether the table's own resource states all its routes.
        address: A public address that no NAT device serves.
        taken: The route that takes packets to it; None when there is none.
    """

    subnet: Reference
    table: Origin
    partial: Route | None
    main: bool
    inline: bool
    address: int
    taken: Route | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NatLeadsNowhere:
    """A subnet of an environment leads to the internet by a NAT gateway that does not reach it.

    Attributes:
        subnet: The subnet.
        gateway: The NAT gateway.
        state: What is wrong with it.
        route: The subnet's route to it.
    """

    subnet: Reference
    gateway: Origin
    state: NatState
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOutElsewhere:
    """An environment reaches the internet by something other than a NAT device, without VPC endpoints.

    Attributes:
        subnet: The subnet.
        table: The route table of a subnet that leads there.
        route: The widest route that leads there.
        missing: The services without an endpoint; suffixes, such as `logs`.
        region: The Region that the names of the services have; None where nobody can tell.
        around: Where the endpoints belong.
    """

    subnet: Reference
    table: Origin
    route: Route
    missing: tuple[str, ...]
    region: str | None
    around: "Surroundings"


@dataclass(frozen=True, slots=True, kw_only=True)
class FewPublicSubnets:
    """A VPC with public routing has public subnets in one Availability Zone only."""

    subnets: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachesInternet:
    """A subnet that is declared private has a route to a NAT device.

    Attributes:
        subnet: The subnet.
        table: The route table that the subnet follows.
        route: Its widest route to a NAT device.
        main: Whether the subnet follows it as its VPC's main table, without an association.
        move: How it comes to follow another one.
    """

    subnet: Reference
    table: Origin
    route: Route
    main: bool
    move: Move


class DnsAttribute(StrEnum):
    """The attributes of a VPC that say whether names resolve in it, as EC2 names them."""

    SUPPORT = "enableDnsSupport"
    HOSTNAMES = "enableDnsHostnames"


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsOff:
    """A VPC has DNS attributes off.

    Attributes:
        attributes: Which.
        private: Whether its environment has private routing.
    """

    attributes: tuple[DnsAttribute, ...]
    private: bool


# A part of the network by where it was written, or one outside the stack by its id.
Part: TypeAlias = Origin | Outside
# What an endpoint leads to: a service such as `logs`, or what of an environment; None while nobody can tell.
Goal: TypeAlias = str | EnvironmentPart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where an endpoint for an environment belongs, as far as it can be told.

    Attributes:
        vpc: The environment's VPC; None where it cannot be told.
        subnets: Its subnets.
        route_tables: The route tables that they follow.
        security_groups: Its security groups.
        on_main_table: The subnets that follow their VPC's main route table, without an association.
    """

    vpc: Part | None
    subnets: tuple[Part, ...]
    route_tables: tuple[Part, ...]
    security_groups: tuple[Part, ...]
    on_main_table: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingEndpoints:
    """A VPC with private routing lacks endpoints; `services` are suffixes, such as `logs`.

    Attributes:
        region: The Region that the names of the services have; None where nobody can tell.
        may_be_there: How many endpoints are there of which nobody knows the service or the VPC.
        around: Where the endpoints belong.
    """

    services: tuple[str, ...]
    region: str | None
    may_be_there: int
    around: Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPrivateDns:
    """The public name of a service does not lead to its endpoint.

    Attributes:
        service: The service.
        by: The resource that decides so: the endpoint, or one of its own.
        outside_alone: Whether private DNS is on, but only for clients outside the VPC.
    """

    service: str
    by: Origin
    outside_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAttached:
    """An endpoint does not stand in each subnet of an environment, or its route is not in each route table.

    Attributes:
        goal: What the endpoint leads to.
        gateway: Whether it is a gateway endpoint.
        lacking: The subnets without it; empty when it stands in too few and nobody knows which.
        crossing: Of these, the ones in whose Availability Zone nobody sees it either.
        zones: Whether it stands in their Availability Zones nevertheless, or what hides the answer.
        standing: The subnets or the route tables it is in.
        wanted: Those it should be in, with whatever else needs it there.
        more: Whether it may be in others that are not known yet.
        around: Where it belongs.
        separate: Whether resources of their own say where it stands.
    """

    goal: Goal
    gateway: bool
    lacking: tuple[Part, ...]
    crossing: tuple[Part, ...]
    zones: Zones | Unknown
    standing: tuple[Part, ...]
    wanted: tuple[Part, ...]
    more: bool
    around: Surroundings
    separate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongEndpointType:
    """An endpoint that is reached by interfaces alone has another type, which defaults to Gateway."""

    goal: Goal
    around: Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusesEnvironment:
    """The security groups of an endpoint do not let the environment in, or by another group than its own.

    Attributes:
        goal: What the endpoint leads to.
        port: The TCP port it is reached at.
        groups: The groups that the endpoint carries.
        more: Whether it may carry others that are not known yet.
        witness: One packet that nothing lets in; None when another group lets all in.
        own_groups: The groups of the environment.
    """

    goal: Goal
    port: int
    groups: tuple[Part, ...]
    more: bool
    witness: Packet | None
    own_groups: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCustomerEndpoints:
    """An environment whose endpoints the customer makes has too few in its VPC for its parts.

    Attributes:
        parts: What no endpoint leads to for sure.
        one_is_there: Whether an endpoint may lead to one of the two, and nobody knows to which.
        around: Where the endpoints belong.
    """

    parts: tuple[EnvironmentPart, ...]
    one_is_there: bool
    around: Surroundings


class Overwritten(StrEnum):
    """What two resources can both claim to be the only owner of."""

    INBOUND_RULES = "inbound rules"
    OUTBOUND_RULES = "outbound rules"
    INBOUND_ENTRIES = "inbound entries"
    OUTBOUND_ENTRIES = "outbound entries"
    ROUTES = "routes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A resource states all lines of something inline, and resources of their own add to it."""

    what: Overwritten
    rivals: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateDnsTwice:
    """Two endpoints of one service claim the service's public name in one VPC.

    Attributes:
        service: The service.
        rival: The endpoint that claims it as well.
        by: The resource that makes the second one claim it: the endpoint, or one of its own.
    """

    service: str
    rival: Origin
    by: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class WebServerUnreachable:
    """Workers of Airflow 3 cannot reach a public web server from a network without internet access."""

    version: str


class RequestPurpose(StrEnum):
    """What a request of an environment is for."""

    IMAGE_LAYERS = "image layers, which Amazon ECR keeps in a bucket of AWS"
    DAGS = "DAGs and supporting files in the environment's bucket"
    QUEUE = "the Celery queue, in an account of MWAA"
    LOGS = "the environment's log groups"
    METRICS = "metrics"
    KEY_OF_AWS = "the key of the queue, which AWS owns"
    OWN_KEY = "the environment's own key"
    KEY = "the key of the queue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a statement would allow: actions and resources as a policy document names them."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeniedRequest:
    """A request of an environment that a policy document denies.

    Attributes:
        purpose: What it is for.
        action: Its action.
        resource: Its resource.
        by: The statement that denies it, or that none allows it.
        unmet: A statement that allows it on a condition which a resource of AWS never meets.
        grant: What a statement would have to allow for this purpose.
    """

    purpose: RequestPurpose
    action: str
    resource: str
    by: Statement | Silent
    unmet: Statement | None
    grant: Grant


class BucketSlip(StrEnum):
    """How a policy document names the starport layer bucket and yet another one, or nothing in it."""

    PLACEHOLDER = "the guide's placeholder in place of the Region"
    OTHER_REGION = "another Region's bucket"
    NO_OBJECTS = "the bucket without its objects"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlippedBucket:
    """A statement that names a starport layer bucket in vain; `region` is what stands for its Region."""

    statement: Statement
    slip: BucketSlip
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeniedRequests:
    """The policy document of an endpoint denies requests that an environment makes.

    Attributes:
        service: The endpoint's service.
        stated_by: The URN of the resource that states the document.
        requests: What is denied, each an example.
        slips: Statements that name the Region's starport layer bucket in vain.
        starport_bucket: The bucket they should name; empty when it is none of S3's.
    """

    service: str
    stated_by: str
    requests: tuple[DeniedRequest, ...]
    slips: tuple[SlippedBucket, ...] = ()
    starport_bucket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongPolicyDocument:
    """The policy document of an endpoint is longer than AWS takes.

    Attributes:
        stated_by: The URN of the resource that states the document.
        characters: How many characters it has at least.
    """

    stated_by: str
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPolicyDocument:
    """What an endpoint gives as its policy document is none.

    Attributes:
        stated_by: The URN of the resource that states the text.
    """

    stated_by: str


EndpointFault: TypeAlias = (
    DnsOff
    | MissingCustomerEndpoints
    | MissingEndpoints
    | NoPrivateDns
    | NotAttached
    | PrivateDnsTwice
    | RefusesEnvironment
    | WrongEndpointType
)
Fault: TypeAlias = (
    BlockedOutbound
    | BlockedTraffic
    | Contested
    | DeniedRequests
    | EndpointFault
    | FewPublicSubnets
    | ForeignGroup
    | LongPolicyDocument
    | NatLeadsNowhere
    | NoPolicyDocument
    | NoRouteToNat
    | NoSelfReference
    | PublicSubnet
    | ReachesInternet
    | SharedZone
    | UnusableZone
    | WayOutElsewhere
    | WebServerUnreachable
    | WrongCount
)
