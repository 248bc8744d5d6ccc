"""Sets of packets, as a stateless filter sees them: protocol, far address, destination port.

Neither network ACLs nor security groups match the near address or the source port, so those are no
dimensions. The third number is the destination port for TCP and UDP, type times 256 plus code for ICMP, and
means nothing for other protocols: a set that holds one of them holds it with every number.
"""

from collections.abc import Iterable
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

    def intersection(self, other: Self) -> Self | None:
        """Return the packets in both boxes, or None when there is none."""
        protocols = self.protocols & other.protocols
        if not protocols:
            return None
        ports = self.ports & other.ports
        if not ports:
            return None
        remotes = self.remotes & other.remotes
        if not remotes:
            return None
        return type(self)(protocols, remotes, ports)

    def difference(self, other: Self) -> tuple[Self, ...]:
        """Return this box without the packets of the other, as at most three disjoint boxes."""
        common = self.intersection(other)
        if common is None:
            return (self,)
        make = type(self)
        left: list[Self] = []
        if protocols := self.protocols - other.protocols:
            left.append(make(protocols, self.remotes, self.ports))
        if remotes := self.remotes - other.remotes:
            left.append(make(common.protocols, remotes, self.ports))
        if ports := self.ports - other.ports:
            left.append(make(common.protocols, common.remotes, ports))
        return tuple(left)


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
        pairs = (mine.intersection(theirs) for mine in self.boxes for theirs in other.boxes)
        return type(self)(tuple(box for box in pairs if box is not None))

    def __sub__(self, other: Self) -> Self:
        """Return the packets of this set that are not in the other."""
        left: Iterable[Box] = self.boxes
        for theirs in other.boxes:
            left = [part for mine in left for part in mine.difference(theirs)]
        return type(self)(tuple(left))

    def covers(self, other: Self) -> bool:
        """Tell whether every packet of the other set is in this one."""
        return not other - self

    def same_as(self, other: Self) -> bool:
        """Tell whether the two sets hold the same packets."""
        return self.covers(other) and other.covers(self)

    def isdisjoint(self, other: Self) -> bool:
        """Tell whether no packet is in both sets."""
        return not self & other

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
