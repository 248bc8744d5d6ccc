"""The parts of a network and how they belong together, with the defaults that AWS supplies.

Parts are found by the URN of the resource that made them. What a VPC always has (a main route table, a
default network ACL, a default security group) stands under the URN of the VPC, whether adopted or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.aws.statements import PolicyDocument
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.unknown import Reason, Unknown

# EC2 API Reference, CreateNetworkAclEntry: the numbers that an entry of a network ACL may have.
LOWEST_ENTRY_NUMBER: Final = 1
HIGHEST_ENTRY_NUMBER: Final = 32766


class Routing(StrEnum):
    """The guide's two networks: with and without internet access.

    Attributes:
        PUBLIC: Access to the internet, through NAT gateways.
        PRIVATE: No way to the internet; AWS is reached through VPC endpoints.
    """

    PUBLIC = "public"
    PRIVATE = "private"


class Direction(StrEnum):
    """The direction of traffic, seen from the subnet or the interface that a filter protects."""

    INGRESS = "ingress"
    EGRESS = "egress"


class Action(StrEnum):
    """What an entry of a network ACL does with the traffic it matches."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a part of the network was written.

    Attributes:
        urn: The resource.
        type: The resource's type, such as `aws:ec2/subnet:Subnet`.
        name: The resource's logical name.
        path: The property that holds the part; empty when it is the whole resource.
        implied: Whether AWS supplies the part although no resource states it.
    """

    urn: str
    type: str
    name: str
    path: str = ""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """A reference to a part that the model holds."""

    urn: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A reference to something that no resource at hand made, by the id that AWS gave it."""

    id: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference that cannot be followed yet.

    Attributes:
        unknown: The property in the way.
        candidates: URNs of the parts it may turn out to mean; empty when any part may be meant.
        outside: Whether it means a candidate or something outside, and surely no other part.
    """

    unknown: Unknown
    candidates: tuple[str, ...] = ()
    outside: bool = False

    def may_mean(self, reference: Inside | Outside) -> bool:
        """Tell whether the reference may turn out to be a given one."""
        if self.may_be_anything:
            return True
        return reference.urn in self.candidates if isinstance(reference, Inside) else self.outside

    def may_mean_what(self, other: "Unresolved") -> bool:
        """Tell whether the reference may turn out to mean the same as another one that is not known."""
        if self.may_be_anything or other.may_be_anything:
            return True
        return (self.outside and other.outside) or not set(self.candidates).isdisjoint(other.candidates)

    @property
    def may_lie_outside(self) -> bool:
        """Whether something that no resource at hand made may be meant."""
        return self.outside or not self.candidates

    @property
    def may_be_anything(self) -> bool:
        """Whether any part, and anything outside, may be meant."""
        return not (self.candidates or self.outside)


Reference: TypeAlias = Inside | Outside | Unresolved


def surely_differ(one: Reference, other: Reference) -> bool:
    """Tell whether two references cannot turn out to mean the same."""
    if isinstance(one, Unresolved):
        return not (one.may_mean_what(other) if isinstance(other, Unresolved) else one.may_mean(other))
    return not other.may_mean(one) if isinstance(other, Unresolved) else one != other


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc:
    """A VPC; its block is the primary IPv4 one.

    Attributes:
        adopted: Whether AWS made it with the account, so that the stack is not the only one to state what
            stands in it.
    """

    origin: Origin
    cidr: IntervalSet | Unknown
    dns_support: bool | Unknown = True
    dns_hostnames: bool | Unknown = True
    adopted: bool = False


# "Subnet CIDR blocks" in the Amazon VPC User Guide: how many addresses of each EC2 keeps.
FIRST_ADDRESSES_KEPT: Final = 4
LAST_ADDRESSES_KEPT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet:
    """A subnet.

    Attributes:
        cidr: Its IPv4 block.
        zone: The name of its Availability Zone; None when the program leaves the choice to AWS.
        zone_id: Likewise, its id.
        region: Its Region.
    """

    origin: Origin
    vpc: Reference
    cidr: IntervalSet | Unknown
    zone: str | Unknown | None = None
    zone_id: str | Unknown | None = None
    region: str | Unknown | None = None

    @property
    def hosts(self) -> IntervalSet | Unknown:
        """The IPv4 addresses that interfaces in it may have: EC2 keeps some of each block."""
        if isinstance(self.cidr, Unknown):
            return self.cidr
        return IntervalSet.of(
            *((low + FIRST_ADDRESSES_KEPT, high - LAST_ADDRESSES_KEPT) for low, high in self.cidr.spans)
        )


class TargetKind(StrEnum):
    """What a route leads to, as far as judging a network asks."""

    INTERNET_GATEWAY = "internet gateway"
    NAT_GATEWAY = "NAT gateway"
    NAT_INSTANCE = "NAT instance"
    EGRESS_ONLY_INTERNET_GATEWAY = "egress-only internet gateway"
    LOCAL = "local"
    ELSEWHERE = "another way out of the VPC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The target of a route."""

    kind: TargetKind
    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route: addresses and where packets to them go. A prefix list's addresses are unknown."""

    origin: Origin
    destination: IntervalSet | Unknown
    target: Target | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTable:
    """A route table; the local routes that every table has are not listed.

    Attributes:
        recalled: Routes that it had when it was last read, and that no resource states; they may be gone.
        unknown_routes: The property that may hold routes nobody can see yet.
        owned: Whether its own resource means to state all routes.
        unseen: Whether it may have routes that no resource of a stack shows, such as those that a virtual
            private gateway propagates.
    """

    origin: Origin
    routes: tuple[Route, ...]
    recalled: tuple[Route, ...] = ()
    unknown_routes: Unknown | None = None
    owned: bool = False
    unseen: bool | Unknown = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetGateway:
    """An internet gateway; `vpc` is None when nothing at hand attaches it."""

    origin: Origin
    vpc: Reference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway:
    """A NAT gateway.

    Attributes:
        subnet: The subnet it stands in; None for a regional one, which AWS routes to the internet gateway.
        public: Whether it leads to the internet.
        vpc: The VPC of a regional one.
    """

    origin: Origin
    subnet: Reference | None
    public: bool | Unknown
    vpc: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a network ACL, in one direction.

    Attributes:
        doubt: Why it may not stand here at all; None when it surely does.
    """

    origin: Origin
    number: int | Unknown
    direction: Direction
    action: Action | Unknown
    pattern: Pattern
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcl:
    """A network ACL with the entries of both directions, in no particular order and without `*`.

    Attributes:
        owned: The directions whose entries its own resource means to state in full.
    """

    origin: Origin
    entries: tuple[Entry, ...]
    owned: frozenset[Direction] = frozenset()


class PeerKind(StrEnum):
    """What the far side of a security group's rule names."""

    ADDRESSES = "addresses"
    SECURITY_GROUP = "security group"
    PREFIX_LIST = "prefix list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The far side of a security group's rule; addresses have no reference, they are in the pattern.

    A prefix list of the customer's own counts as the addresses in it; one of AWS's is known by the gateway
    endpoint that gives its id.
    """

    kind: PeerKind
    reference: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of a security group; where the peer is no addresses, the pattern has every far address.

    Attributes:
        doubt: Why it may not stand here at all; None when it surely does.
    """

    origin: Origin
    direction: Direction
    pattern: Pattern
    peer: Peer | Unknown
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    """A security group with the rules of both directions.

    Attributes:
        owned: The directions whose rules its own resource means to state in full.
    """

    origin: Origin
    vpc: Reference
    rules: tuple[Rule, ...]
    owned: frozenset[Direction] = frozenset()


class EndpointType(StrEnum):
    """The types of VPC endpoint that judging a network asks for."""

    GATEWAY = "Gateway"
    INTERFACE = "Interface"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Service:
    """An AWS service that a VPC endpoint leads to.

    Attributes:
        name: What follows the Region in the full name, such as `logs` or `ecr.api`.
        region: The Region in the full name.
    """

    name: str
    region: str


class EnvironmentPart(StrEnum):
    """What of an environment a customer's endpoint leads to."""

    DATABASE = "metadata database"
    WEB_SERVER = "web server"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentService:
    """The service that MWAA offers an environment's database or web server by.

    Attributes:
        environments: URNs of the environments it may belong to.
        part: What it leads to; None while nobody can tell.
        sure: Whether it surely belongs to one of them.
    """

    environments: tuple[str, ...]
    part: EnvironmentPart | None
    sure: bool = True


# A list of parts: one reference for each, or one for anything that a list unknown as a whole may hold.
References: TypeAlias = tuple[Reference, ...] | Unresolved


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcEndpoint:
    """A VPC endpoint.

    Attributes:
        service: What it leads to; None when that is no AWS service of a Region.
        environment_service: What of an environment it leads to, in a customer's hands.
        type: How it is reached.
        private_dns: Whether the service's public name leads to it inside the VPC.
        private_dns_by: The resource of its own that says so; None where the endpoint does, if anything.
        outside_alone: Whether private DNS is on, but only for clients outside the VPC.
        route_tables: For a gateway endpoint, the tables it adds its route to.
        subnets: For an interface endpoint, the subnets it has an interface in.
        security_groups: For an interface endpoint, what its interfaces carry.
        policy: Its policy document; None when it has none, which means full access.
        separate: Whether resources of their own say where it stands.
    """

    origin: Origin
    vpc: Reference
    service: Service | Unknown | None
    type: EndpointType | Unknown
    environment_service: EnvironmentService | None = None
    private_dns: bool | Unknown = False
    private_dns_by: Origin | None = None
    outside_alone: bool = False
    route_tables: References = ()
    subnets: References = ()
    security_groups: References = ()
    policy: PolicyDocument | Unknown | None = None
    separate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """What ties a member (a subnet, or a VPC for its main route table) to a route table or a network ACL.

    Or a security group to one more VPC.
    """

    origin: Origin
    member: Reference
    target: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleAcls:
    """The network ACLs that may filter a subnet.

    Attributes:
        acls: What may filter it, what an association states first; empty when it may be any.
        unknown: The property that leaves the choice; None exactly when there is one ACL and no choice.
    """

    acls: tuple[NetworkAcl | Outside, ...]
    unknown: Unknown | None


class WebServerAccess(StrEnum):
    """From where the web server of an environment can be reached, as MWAA spells it."""

    PRIVATE_ONLY = "PRIVATE_ONLY"
    PUBLIC_ONLY = "PUBLIC_ONLY"
    PUBLIC_AND_PRIVATE = "PUBLIC_AND_PRIVATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """An MWAA environment, or a network that tags declare for one.

    Attributes:
        origin: The environment's resource; for a declared network, the first resource that declares it.
        name: The environment's logical name, or the name that the tags declare.
        declared: Whether tags declare it and no environment is at hand.
        subnets: One reference for each id given, in no particular order; None when a declaration names none.
        security_groups: Likewise.
        groups_outside: Why it may have security groups beside these that lie outside; None when it has not.
        intention: The routing that the tags of its subnets state, or what hides it.
        region: The Region it is in; None when nothing at hand says.
        account: The account it is in; None when nothing at hand says.
        aws_name: The name it has in AWS; None when a declared network leaves it open.
        bucket: The bucket that holds its DAGs; None when a declared network leaves it open.
        kms_key: The ARN of its own key; None when it uses a key that AWS owns, or leaves it open.
        customer_endpoints: Whether the customer makes the endpoints of its database and web server.
        web_server_access: From where its web server can be reached.
        airflow_version: The version of Apache Airflow; None when the program leaves it to MWAA.
    """

    origin: Origin
    name: str
    declared: bool
    subnets: tuple[Reference, ...] | Unknown | None
    security_groups: tuple[Reference, ...] | Unknown | None
    groups_outside: Unknown | None = None
    intention: Routing | Unknown | None = None
    region: str | Unknown | None = None
    account: str | None = None
    aws_name: str | Unknown | None = None
    bucket: str | Unknown | None = None
    kms_key: str | Unknown | None = None
    customer_endpoints: bool | Unknown = False
    web_server_access: WebServerAccess | Unknown = WebServerAccess.PRIVATE_ONLY
    airflow_version: str | Unknown | None = None


_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkModel:
    """Everything that is known of the networks of one or more stacks, each part under its URN."""

    environments: tuple[Environment, ...] = ()
    vpcs: Mapping[str, Vpc] = field(default_factory=dict)
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    route_tables: Mapping[str, RouteTable] = field(default_factory=dict)
    network_acls: Mapping[str, NetworkAcl] = field(default_factory=dict)
    security_groups: Mapping[str, SecurityGroup] = field(default_factory=dict)
    nat_gateways: Mapping[str, NatGateway] = field(default_factory=dict)
    internet_gateways: Mapping[str, InternetGateway] = field(default_factory=dict)
    vpc_endpoints: Mapping[str, VpcEndpoint] = field(default_factory=dict)
    route_table_associations: tuple[Association, ...] = ()
    main_route_tables: tuple[Association, ...] = ()
    network_acl_associations: tuple[Association, ...] = ()
    security_group_associations: tuple[Association, ...] = ()
    # Every check asks for the tables of the same few subnets.
    _followed: dict[Reference, RouteTable | Outside | Unknown] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def network_acls_of(self, subnet: Reference) -> PossibleAcls:
        """Return the network ACL that filters a subnet, or those among which nobody can choose yet.

        A subnet without an association has its VPC's default ACL ("Network ACL basics").
        """
        if isinstance(subnet, Unresolved):
            return PossibleAcls(acls=(), unknown=subnet.unknown)
        tied = _target_of(self.network_acl_associations, subnet)
        unknown = tied if isinstance(tied, Unknown) else None
        targets = [each.target for each in self.network_acl_associations if each.member == subnet]
        if not targets:
            targets = [target for _, target in _doubts(self.network_acl_associations, subnet)]
            targets.append(self._vpc_of(subnet))
        meant: list[Inside | Outside] = []
        for target in targets:
            if not isinstance(target, Unresolved):
                meant.append(target)
                continue
            unknown = target.unknown
            if not target.candidates:
                return PossibleAcls(acls=(), unknown=unknown)
            meant += (Inside(urn) for urn in target.candidates)
        return PossibleAcls(
            acls=tuple(
                self.network_acls[each.urn] if isinstance(each, Inside) else each
                for each in dict.fromkeys(meant)
            ),
            unknown=unknown,
        )

    def route_table_of(self, subnet: Reference) -> RouteTable | Outside | Unknown:
        """Return the route table that a subnet follows.

        A subnet without an association follows its VPC's main table ("Subnet route tables").
        """
        if subnet not in self._followed:
            self._followed[subnet] = self._route_table_of(subnet)
        return self._followed[subnet]

    def _route_table_of(self, subnet: Reference) -> RouteTable | Outside | Unknown:
        associated = _target_of(self.route_table_associations, subnet)
        if associated is None:
            vpc = self._vpc_of(subnet)
            associated = _target_of(self.main_route_tables, vpc) or vpc
        return _part(self.route_tables, associated)

    def route_table_association_of(self, subnet: Reference) -> Origin | None:
        """Return what ties a subnet to a route table; None when nothing surely does."""
        return next((each.origin for each in self.route_table_associations if each.member == subnet), None)

    def follows_main_route_table(self, subnet: Reference) -> bool:
        """Tell whether a subnet follows the main route table: no association ties it to one, or may do so."""
        return _target_of(self.route_table_associations, subnet) is None

    def vpc_of(self, subnet: Reference) -> Reference | None:
        """Return the VPC of a subnet; None when the subnet lies outside, and its VPC with it."""
        return self.subnets[subnet.urn].vpc if isinstance(subnet, Inside) else None

    def vpcs_differ(self, one: Reference, other: Reference) -> bool | Unknown:
        """Tell whether two references mean different VPCs.

        An id may be that of a VPC of the stack all the same, where nobody looked at that one, nor at its id.
        """
        if not surely_differ(one, other):
            return next((each.unknown for each in (one, other) if isinstance(each, Unresolved)), False)
        for vpc, far in ((one, other), (other, one)):
            if isinstance(vpc, Inside) and isinstance(far, Outside):
                cidr = self.vpcs[vpc.urn].cidr
                if isinstance(cidr, Unknown) and cidr.reason is Reason.NOT_LOOKED_AT:
                    return cidr
        return True

    def _vpc_of(self, subnet: Reference) -> Reference:
        if isinstance(subnet, Inside):
            return self.subnets[subnet.urn].vpc
        return subnet


def _target_of(associations: tuple[Association, ...], member: Reference) -> Reference | Unknown | None:
    """Return what associations tie a member to; None when none of them does or may do so."""
    if isinstance(member, Unresolved):
        return member.unknown
    own = [each for each in associations if each.member == member]
    rival = next((each for each in own if each.target != own[0].target), None)
    if rival is not None:
        return Unknown(urn=rival.origin.urn, path=rival.origin.path, reason=Reason.CONTESTED)
    if own:
        return own[0].target
    return next((unknown for unknown, _ in _doubts(associations, member)), None)


def _doubts(
    associations: tuple[Association, ...], member: Inside | Outside
) -> Iterator[tuple[Unknown, Reference]]:
    """Return what may turn out to be tied to a member, and why nobody knows."""
    for each in associations:
        if isinstance(each.member, Unresolved) and each.member.may_mean(member):
            yield each.member.unknown, each.target


def _part(parts: Mapping[str, _Part], reference: Reference | Unknown) -> _Part | Outside | Unknown:
    if isinstance(reference, Inside):
        return parts[reference.urn]
    if isinstance(reference, Unresolved):
        return reference.unknown
    return reference
