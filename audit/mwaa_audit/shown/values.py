"""What is shown of a network: names, blocks, zones, ports, ids of AWS's form, and no other text.

None is a value that is not known yet. Parts are known by an id of their own: the URN, with the property that
implies a part where AWS makes it; the id of AWS where no resource at hand does. Lines of filters and tables
likewise, so that a path can lead to the one that decides.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mwaa_guardrails.aws.model import Action, Direction, EndpointType, TargetKind

NetworkKey: TypeAlias = tuple[str, str, str, str]
"""What tells a network from every other one of a result: file, stack, URN and name of its environment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVpc:
    """A VPC.

    Attributes:
        id: The part.
        label: What messages call it.
        blocks: Its primary IPv4 block.
        dns_support: Whether AWS resolves names in it.
        dns_hostnames: Whether its interfaces have names.
    """

    id: str
    label: str
    blocks: tuple[str, ...] | None
    dns_support: bool | None
    dns_hostnames: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSubnet:
    """A subnet.

    Attributes:
        id: The part.
        label: What messages call it.
        blocks: Its IPv4 block.
        zone: The name or id of its Availability Zone; empty where the program leaves it to AWS.
        of_environment: Whether the environment is in it.
        public: Whether its routes lead to an internet gateway.
        route_table: The part that is the route table it follows.
        acls: The parts that are the network ACLs which may filter it; one where there is no choice.
    """

    id: str
    label: str
    blocks: tuple[str, ...] | None
    zone: str | None
    of_environment: bool
    public: bool | None
    route_table: str | None
    acls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRoute:
    """A route.

    Attributes:
        id: The line.
        destinations: The blocks it is for.
        target: What it leads to, in words.
        kind: What kind of thing that is.
        part: What it leads to among the gateways; empty while that is not known.
    """

    id: str
    destinations: tuple[str, ...] | None
    target: str
    kind: TargetKind | None
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRouteTable:
    """A route table; the local route that every table has is not listed.

    Attributes:
        id: The part.
        label: What messages call it.
        routes: Its routes.
        complete: Whether these are all, as far as can be known.
    """

    id: str
    label: str
    routes: tuple[ShownRoute, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An entry of a network ACL, in the columns of the AWS console.

    Attributes:
        id: The line.
        direction: Seen from the subnet.
        number: Its rule number.
        traffic: The protocol, or all traffic.
        ports: The ports.
        remotes: The far blocks.
        action: What becomes of such packets.
    """

    id: str
    direction: Direction
    number: int | None
    traffic: str
    ports: str
    remotes: tuple[str, ...] | None
    action: Action | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAcl:
    """A network ACL; entries in the order of their numbers, without the last one, `*`, that denies all."""

    id: str
    label: str
    entries: tuple[ShownEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """A rule of a security group.

    Attributes:
        id: The line.
        direction: Seen from what carries the group.
        traffic: The protocol, or all traffic.
        ports: The ports.
        peers: The far side: blocks, a group or a prefix list.
    """

    id: str
    direction: Direction
    traffic: str
    ports: str
    peers: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """A security group with its rules, of one that is not at hand none."""

    id: str
    label: str
    of_environment: bool
    rules: tuple[ShownRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGateway:
    """A gateway, or what else a route leads to out of the subnets.

    Attributes:
        id: The part.
        label: What messages call it.
        kind: What it is.
        subnet: The part that is the subnet it stands in; empty where it stands in none at hand.
        public: For a NAT gateway, whether it leads to the internet.
    """

    id: str
    label: str
    kind: TargetKind
    subnet: str = ""
    public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEndpoint:
    """A VPC endpoint.

    Attributes:
        id: The part.
        label: What messages call it.
        service: What it leads to, such as `logs`; empty where that is no service of AWS that is known here.
        type: How it is reached.
        private_dns: Whether the service's public name leads to it.
        places: The parts it stands in: subnets, or for a gateway endpoint route tables.
        groups: The security groups of its interfaces, as messages call them.
        complete: Whether the places are all, as far as can be known.
    """

    id: str
    label: str
    service: str | None
    type: EndpointType | None
    private_dns: bool | None
    places: tuple[str, ...]
    groups: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNetwork:
    """The network of an environment.

    Attributes:
        stack: The environment's stack, as `project/stack`.
        environment: The environment's name, or the one that tags declare.
        vpc: Its VPC; None where no subnet of it is at hand.
        subnets: The environment's subnets, and those that its ways out lead through.
        others: How many more subnets the VPC has.
        subnets_known: Whether the environment's subnets are known.
        route_tables: The route tables that these subnets follow.
        acls: The network ACLs that may filter them.
        groups: The environment's security groups, and those of its endpoints.
        gateways: What these routes lead to.
        endpoints: The VPC's endpoints.
        urn: The environment's URN, or that of the first resource whose tags declare it.
        location: The file that it was judged in by itself; empty where stacks were judged together.
    """

    stack: str
    environment: str
    vpc: ShownVpc | None
    subnets: tuple[ShownSubnet, ...]
    others: int
    subnets_known: bool
    route_tables: tuple[ShownRouteTable, ...]
    acls: tuple[ShownAcl, ...]
    groups: tuple[ShownGroup, ...]
    gateways: tuple[ShownGateway, ...]
    endpoints: tuple[ShownEndpoint, ...]
    urn: str = ""
    location: str = ""

    @property
    def key(self) -> NetworkKey:
        """Which of the networks it is."""
        return self.location, self.stack, self.urn, self.environment


class EndKind(StrEnum):
    """Where a path begins or ends."""

    ENVIRONMENT = "environment"
    SUBNET = "subnet"
    GATEWAY = "gateway"
    ENDPOINT = "endpoint"
    MISSING = "missing endpoint"
    INTERNET = "internet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PathEnd:
    """Where a path begins or ends.

    Attributes:
        kind: What is there.
        label: In words.
        part: The part; empty where none is at hand. Of an endpoint that is missing, its service.
    """

    kind: EndKind
    label: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingPath:
    """A packet or a request that does not arrive, or a way that should not be there.

    Attributes:
        asked: The packet or the request.
        purpose: What it is for; empty where that is not said.
        source: Where it comes from.
        target: Where it should go; or where it goes and should not.
        decider: What decides, in words.
        part: The part that decides; empty where none does.
        line: The line of it that decides; empty where none does.
        arrives: Whether it arrives, and should not.
        at_source: Whether it ends where it comes from, and not where it should go.
    """

    asked: str
    purpose: str
    source: PathEnd
    target: PathEnd
    decider: str
    part: str
    line: str
    arrives: bool = False
    at_source: bool = False
