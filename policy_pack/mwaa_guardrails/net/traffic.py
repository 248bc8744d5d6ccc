"""Sets of packets, as a stateless filter sees them: protocol, far address, destination port.

Neither network ACLs nor security groups match the near address or the source port, so those are no
dimensions. The third number is the destination port for TCP and UDP, type times 256 plus code for ICMP, and
means nothing for other protocols: a set that holds one of them holds it with every number.
"""

from dataclasses import dataclass
from typing import Final, Self

from mwaa_guardrails.net.addresses import EVERYWHERE, address_text
from mwaa_guardrails.net.intervals import IntervalSet

ICMP: Final = 1
TCP: Final = 6
UDP: Final = 17
ICMPV6: Final = 58

ALL_PROTOCOLS: Final = IntervalSet(((0, 255),))
ALL_PORTS: Final = IntervalSet(((0, 65535),))
_WITH_PORTS: Final = IntervalSet.of((ICMP, ICMP), (TCP, TCP), (UDP, UDP), (ICMPV6, ICMPV6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One packet, as a filter sees it.

    Attributes:
        protocol: The IANA number, 0 to 255.
        remote: The far address.
        port: Destination port, or ICMP type times 256 plus code; None for protocols that have neither.
    """

    protocol: int
    remote: str
    port: int | None


@dataclass(frozen=True, slots=True)
class Box:
    """All packets with a protocol, a far address and a port out of three sets; none of the sets is empty."""

    protocols: IntervalSet
    remotes: IntervalSet
    ports: IntervalSet

    def isdisjoint(self, other: Self) -> bool:
        """Tell whether no packet is in both boxes."""
        return (
            self.remotes.isdisjoint(other.remotes)
            or self.ports.isdisjoint(other.ports)
            or self.protocols.isdisjoint(other.protocols)
        )

    def split(self, other: Self) -> tuple[Self, tuple[Self, ...]]:
        """Return the packets in both boxes, and the rest of this one as at most three disjoint boxes.

        The two boxes must share a packet.
        """
        make = type(self)
        protocols = self.protocols & other.protocols
        remotes = self.remotes & other.remotes
        rest: list[Self] = []
        if outside := self.protocols - other.protocols:
            rest.append(make(outside, self.remotes, self.ports))
        if outside := self.remotes - other.remotes:
            rest.append(make(protocols, outside, self.ports))
        if outside := self.ports - other.ports:
            rest.append(make(protocols, remotes, outside))
        return make(protocols, remotes, self.ports & other.ports), tuple(rest)


@dataclass(frozen=True, slots=True)
class TrafficSet:
    """A set of packets, kept as disjoint boxes.

    Compare sets with `covers` or `same_as`: equal sets may be cut into boxes differently.
    """

    boxes: tuple[Box, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        protocols: IntervalSet = ALL_PROTOCOLS,
        remotes: IntervalSet = EVERYWHERE,
        ports: IntervalSet = ALL_PORTS,
    ) -> Self:
        """Return all packets with a protocol, a far address and a port out of three sets.

        Ports narrow only the protocols that have them; the others come with all.
        """
        parts = [(protocols, ports)]
        if ports != ALL_PORTS:
            parts = [(protocols & _WITH_PORTS, ports), (protocols - _WITH_PORTS, ALL_PORTS)]
        return cls(tuple(Box(some, remotes, these) for some, these in parts if some and remotes and these))

    def __bool__(self) -> bool:
        """Tell whether the set has a packet."""
        return bool(self.boxes)

    def __or__(self, other: Self) -> Self:
        """Return the packets in either set."""
        return type(self)(self.boxes + (other - self).boxes)

    def __and__(self, other: Self) -> Self:
        """Return the packets in both sets."""
        return self.split(other)[0]

    def __sub__(self, other: Self) -> Self:
        """Return the packets of this set that are not in the other."""
        return self.split(other)[1]

    def split(self, other: Self) -> tuple[Self, Self]:
        """Return the packets in both sets, and those of this set that are not in the other."""
        shared: list[Box] = []
        left = self.boxes
        for theirs in other.boxes:
            apart: list[Box] = []
            for mine in left:
                if mine.isdisjoint(theirs):
                    apart.append(mine)
                else:
                    common, rest = mine.split(theirs)
                    shared.append(common)
                    apart += rest
            left = tuple(apart)
        return type(self)(tuple(shared)), type(self)(left)

    def covers(self, other: Self) -> bool:
        """Tell whether every packet of the other set is in this one."""
        return not other - self

    def same_as(self, other: Self) -> bool:
        """Tell whether the two sets hold the same packets."""
        return self.covers(other) and other.covers(self)

    def isdisjoint(self, other: Self) -> bool:
        """Tell whether no packet is in both sets."""
        for mine in self.boxes:
            for theirs in other.boxes:
                if not mine.isdisjoint(theirs):
                    return False
        return True

    @property
    def remotes(self) -> IntervalSet:
        """The far addresses that occur in the set."""
        return IntervalSet.of(*(span for box in self.boxes for span in box.remotes.spans))

    def witness(self) -> Packet:
        """Return the lowest packet of the set, by protocol, then port, then far address.

        Raises:
            ValueError: The set is empty.
        """
        if not self.boxes:
            raise ValueError("an empty set has no witness")
        protocol, port, remote = min(
            (box.protocols.lowest, box.ports.lowest, box.remotes.lowest) for box in self.boxes
        )
        return Packet(
            protocol=protocol,
            remote=address_text(remote),
            port=port if protocol in _WITH_PORTS else None,
        )


EVERYTHING: Final = TrafficSet.of()
