"""Sets of packets, as a stateless filter sees them: protocol, far address, destination port.

Neither network ACLs nor security groups match the near address or the source port, so those are no
dimensions. The third number is the destination port for TCP and UDP, type times 256 plus code for ICMP, and
means nothing for other protocols: a set that holds one of them holds it with every number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self, TypeAlias

from mwaa_guardrails.net.addresses import EVERYWHERE, address_text
from mwaa_guardrails.net.intervals import IntervalSet, Span, cut

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


class Box(NamedTuple):
    """All packets with a protocol, a far address and a port out of three sets; none of the sets is empty.

    A tuple, for a question to a long filter makes hundreds of them.
    """

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


class Reach(NamedTuple):
    """The smallest ranges of far addresses, ports and protocols that hold a set; for quick comparisons."""

    first_remote: int
    last_remote: int
    first_port: int
    last_port: int
    first_protocol: int
    last_protocol: int


NOWHERE: Final = Reach(1, 0, 1, 0, 1, 0)


def reach_of(traffic: TrafficSet) -> Reach:
    """Return the reach of a set: sets whose reaches do not meet on a side share no packet."""
    if not traffic.boxes:
        return NOWHERE
    sides = [(box.remotes.spans, box.ports.spans, box.protocols.spans) for box in traffic.boxes]
    remotes, ports, protocols = zip(*sides, strict=True)
    return Reach(
        min(spans[0][0] for spans in remotes),
        max(spans[-1][1] for spans in remotes),
        min(spans[0][0] for spans in ports),
        max(spans[-1][1] for spans in ports),
        min(spans[0][0] for spans in protocols),
        max(spans[-1][1] for spans in protocols),
    )


def shared_out(asked: TrafficSet, claims: Sequence[TrafficSet]) -> tuple[list[TrafficSet], TrafficSet]:
    """Give each packet that is asked for to the first claim that holds it.

    Returns:
        The share of each claim, and what no claim holds.
    """
    shares: list[tuple[Box, ...]] = [()] * len(claims)
    rest: list[Box] = []
    rivals = [(index, box) for index, claim in enumerate(claims) for box in claim.boxes]
    for box in asked.boxes:
        for protocols, holders in _atoms(box.protocols, {rival.protocols.spans for _, rival in rivals}):
            these = [each for each in rivals if each[1].protocols.spans in holders]
            _share_out(Box(protocols, box.remotes, box.ports), these, shares, rest)
    return [TrafficSet(boxes) if boxes else _NOTHING for boxes in shares], TrafficSet(tuple(rest))


_NOTHING: Final = TrafficSet()
# Where lines differ on one side by no more than this, the other side is shared out for each difference.
_FEW: Final = 12


def _share_out(
    asked: Box, rivals: list[tuple[int, Box]], shares: list[tuple[Box, ...]], rest: list[Box]
) -> None:
    """Share out packets of protocols that every rival holds, along the side on which rivals differ more."""
    ports = {rival.ports.spans for _, rival in rivals}
    remotes = {rival.remotes.spans for _, rival in rivals}
    if len(ports) <= _FEW or len(ports) <= len(remotes):
        for some, holders in _atoms(asked.ports, ports):
            left = list(asked.remotes.spans)
            for index, rival in rivals:
                if rival.ports.spans in holders and (caught := cut(left, rival.remotes.spans)):
                    shares[index] += (Box(asked.protocols, IntervalSet(tuple(caught)), some),)
            if left:
                rest.append(Box(asked.protocols, IntervalSet(tuple(left)), some))
        return
    for some, holders in _atoms(asked.remotes, remotes):
        left = list(asked.ports.spans)
        for index, rival in rivals:
            if rival.remotes.spans in holders and (caught := cut(left, rival.ports.spans)):
                shares[index] += (Box(asked.protocols, some, IntervalSet(tuple(caught))),)
        if left:
            rest.append(Box(asked.protocols, some, IntervalSet(tuple(left))))


_Spans: TypeAlias = tuple[Span, ...]


def _atoms(whole: IntervalSet, parts: set[_Spans]) -> list[tuple[IntervalSet, set[_Spans]]]:
    """Cut a set into atoms, which none of the parts cuts further; each comes with the parts that hold it."""
    atoms = [whole]
    for spans in parts:
        part = IntervalSet(spans)
        pieces: list[IntervalSet] = []
        for atom in atoms:
            outside = atom - part
            pieces += (atom & part, outside) if outside else (atom,)
        atoms = [each for each in pieces if each.spans]
    return [(atom, {spans for spans in parts if atom.lowest in IntervalSet(spans)}) for atom in atoms]
