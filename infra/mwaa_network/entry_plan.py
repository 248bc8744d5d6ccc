"""What the network ACLs let through. Pure: values, no resources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from zlib import crc32

from mwaa_guardrails.aws.model import Direction
from mwaa_guardrails.documents.facts import (
    ALL_PROTOCOLS,
    ALLOW,
    ANY_IPV4,
    ANY_IPV6,
    DOCUMENTED_ENTRY_NUMBER,
    EPHEMERAL_PORTS,
    HTTPS_PORT,
    LINUX_EPHEMERAL_PORTS,
    TCP,
)
from mwaa_network.address_plan import AddressPlan, SubnetPlan
from mwaa_network.arguments import NetworkAclEntries, NetworkArgs
from mwaa_network.family import label_of


@dataclass(frozen=True, slots=True)
class Ipv6BlockOf:
    """The IPv6 block of a subnet, which AWS chooses; the subnet is given by label."""

    subnet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlan:
    """An entry of a network ACL.

    Attributes:
        label: Its name within the network; no setting changes it.
        direction: Inbound or outbound.
        number: Its rule number.
        protocol: As EC2 spells it.
        ports: The first and the last port; None where the protocol has every port.
        action: As EC2 spells it.
        block: The addresses on the far side.
    """

    label: str
    direction: Direction
    number: int
    protocol: str = ALL_PROTOCOLS
    ports: tuple[int, int] | None = None
    action: str = ALLOW
    block: str | Ipv6BlockOf = ANY_IPV4


@dataclass(frozen=True, slots=True, kw_only=True)
class AclPlan:
    """A network ACL, its entries, and the subnets, by label, that it filters."""

    label: str
    entries: tuple[EntryPlan, ...]
    subnets: tuple[str, ...]


def _documented_entries(prefix: str, *, ipv6: bool) -> tuple[EntryPlan, ...]:
    """Return the guide's example for either routing: everything, in and out."""
    blocks = {"": ANY_IPV4, "-ipv6": ANY_IPV6} if ipv6 else {"": ANY_IPV4}
    return tuple(
        EntryPlan(
            label=f"{prefix}{direction.value}{suffix}",
            direction=direction,
            number=DOCUMENTED_ENTRY_NUMBER + offset,
            block=block,
        )
        for offset, (suffix, block) in enumerate(blocks.items())
        for direction in Direction
    )


class _Flow(NamedTuple):
    """TCP that must cross the border of a private subnet, to or from the two of them, or whatever address."""

    direction: Direction
    number: int
    purpose: str
    ports: tuple[int, int]
    between_subnets: bool


# From the flows that the pages describe; AWS itself lists no ports. Endpoint interfaces and the metadata
# database stand in both private subnets. The database's port is one of the ephemeral ports. S3 is at public
# addresses, with a gateway endpoint too, since an entry takes no prefix list.
_FLOWS: Final = (
    _Flow(Direction.INGRESS, 110, "https", (HTTPS_PORT, HTTPS_PORT), between_subnets=True),
    _Flow(Direction.INGRESS, 120, "database-and-replies", EPHEMERAL_PORTS, between_subnets=True),
    _Flow(Direction.INGRESS, 130, "replies", LINUX_EPHEMERAL_PORTS, between_subnets=False),
    _Flow(Direction.EGRESS, 110, "https", (HTTPS_PORT, HTTPS_PORT), between_subnets=False),
    _Flow(Direction.EGRESS, 120, "database-and-replies", EPHEMERAL_PORTS, between_subnets=True),
)

_CLIENT_NUMBERS: Final = range(1000, 30000)
_CLIENT_PORTS: Final = {Direction.INGRESS: (HTTPS_PORT, HTTPS_PORT), Direction.EGRESS: EPHEMERAL_PORTS}


def plan_network_acls(args: NetworkArgs, addresses: AddressPlan) -> tuple[AclPlan, ...]:
    """Return the network ACL of all subnets; or, restricted, that of the private ones and an open one."""
    private, public = (tuple(each.label for each in kind) for kind in (addresses.private, addresses.public))
    if args.network_acl is NetworkAclEntries.DOCUMENTED:
        entries = _documented_entries("", ipv6=args.ipv6)
        return (AclPlan(label="network-acl", entries=entries, subnets=(*private, *public)),)
    flows = (
        *_flows_of_environment(addresses.private, ipv6=args.ipv6),
        *_flows_of_clients(args.webserver_clients or ()),
    )
    restricted = AclPlan(label="network-acl", entries=flows, subnets=private)
    # NAT gateways take part in whatever leaves for the internet, on any port above 1023.
    opened = AclPlan(
        label="public-network-acl",
        entries=_documented_entries("public-", ipv6=args.ipv6),
        subnets=public,
    )
    return (restricted, opened) if public else (restricted,)


def _flows_of_environment(private: Sequence[SubnetPlan], *, ipv6: bool) -> Iterator[EntryPlan]:
    for flow in _FLOWS:
        label = f"{flow.direction.value}-{flow.purpose}"
        far: dict[str, str | Ipv6BlockOf] = {label: ANY_IPV4}
        far_ipv6: dict[str, str | Ipv6BlockOf] = {f"{label}-ipv6": ANY_IPV6}
        if flow.between_subnets:
            far = {f"{label}-{each.label}": each.cidr_block for each in private}
            far_ipv6 = {f"{label}-{each.label}-ipv6": Ipv6BlockOf(each.label) for each in private}
        for offset, (name, block) in enumerate({**far, **(far_ipv6 if ipv6 else {})}.items()):
            yield EntryPlan(
                label=name,
                direction=flow.direction,
                number=flow.number + offset,
                protocol=TCP,
                ports=flow.ports,
                block=block,
            )


def _flows_of_clients(blocks: Sequence[str]) -> Iterator[EntryPlan]:
    """Yield two entries for each block: HTTPS in, replies out, on whatever ports people's computers choose.

    A block's number follows from the block, so that the others keep theirs when it comes or goes.
    """
    taken: set[int] = set()
    for block in sorted(blocks):
        number = _CLIENT_NUMBERS[crc32(block.encode()) % len(_CLIENT_NUMBERS)]
        while number in taken:
            number += 1
        taken.add(number)
        for direction, ports in _CLIENT_PORTS.items():
            yield EntryPlan(
                label=f"{direction.value}-web-{label_of(block)}",
                direction=direction,
                number=number,
                protocol=TCP,
                ports=ports,
                block=block,
            )
