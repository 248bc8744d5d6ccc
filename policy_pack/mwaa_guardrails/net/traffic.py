"""Sets of packets, as a stateless filter sees them: protocol, far address, destination port.

Neither network ACLs nor security groups match the near address or the source port, so those are no
dimensions. The third number is the destination port for TCP and UDP, type times 256 plus code for ICMP, and
means nothing for other protocols: a set that holds one of them holds it with every number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, Literal, NamedTuple, Self, TypeAlias

from mwaa_guardrails.net.addresses import EVERYWHERE, address_text
from mwaa_guardrails.net.intervals import IntervalSet, Span, cut, edges_of, spans_of

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
    claimed = [(index, box) for index, claim in enumerate(claims) for box in claim.boxes]
    by_protocols = _grouped(claimed, _PROTOCOLS)
    for box in asked.boxes:
        for protocols, rivals in _atoms(box.protocols, by_protocols):
            _share_out(Box(protocols, box.remotes, box.ports), rivals, shares, rest)
    return [TrafficSet(boxes) if boxes else _NOTHING for boxes in shares], TrafficSet(tuple(rest))


_NOTHING: Final = TrafficSet()
# Where lines differ on one side by no more than this, the other side is shared out for each difference.
_FEW: Final = 12

# The sides of a box, by their places in it.
_PROTOCOLS: Final = 0
_REMOTES: Final = 1
_PORTS: Final = 2
_Side: TypeAlias = Literal[0, 1, 2]

_Spans: TypeAlias = tuple[Span, ...]
# What a claim asks for, with the claim's place among all.
_Rival: TypeAlias = tuple[int, Box]


def _share_out(asked: Box, rivals: list[_Rival], shares: list[tuple[Box, ...]], rest: list[Box]) -> None:
    """Share out packets of protocols that every rival holds, along the side on which rivals differ more."""
    by_ports = _grouped(rivals, _PORTS)
    by_remotes = by_ports if len(by_ports) <= _FEW else _grouped(rivals, _REMOTES)
    if len(by_ports) <= len(by_remotes):
        for ports, these in _atoms(asked.ports, by_ports):
            left = edges_of(asked.remotes.spans)
            for index, rival in these:
                if caught := cut(left, rival.remotes.spans):
                    shares[index] += (Box(asked.protocols, IntervalSet(caught), ports),)
            if left:
                rest.append(Box(asked.protocols, IntervalSet(spans_of(left)), ports))
        return
    for remotes, these in _atoms(asked.remotes, by_remotes):
        left = edges_of(asked.ports.spans)
        for index, rival in these:
            if caught := cut(left, rival.ports.spans):
                shares[index] += (Box(asked.protocols, remotes, IntervalSet(caught)),)
        if left:
            rest.append(Box(asked.protocols, remotes, IntervalSet(spans_of(left))))


def _grouped(rivals: list[_Rival], side: _Side) -> dict[_Spans, list[_Rival]]:
    """Return the rivals by what they have on one side of their boxes."""
    groups: dict[_Spans, list[_Rival]] = {}
    for rival in rivals:
        spans = rival[1][side].spans
        if spans in groups:
            groups[spans].append(rival)
        else:
            groups[spans] = [rival]
    return groups


def _atoms(whole: IntervalSet, groups: dict[_Spans, list[_Rival]]) -> list[tuple[IntervalSet, list[_Rival]]]:
    """Cut a set into atoms, which no group cuts further; with each come the rivals that hold it, in order."""
    atoms: list[tuple[IntervalSet, list[_Rival]]] = [(whole, [])]
    for spans, rivals in groups.items():
        part = IntervalSet(spans)
        pieces: list[tuple[IntervalSet, list[_Rival]]] = []
        for atom, holders in atoms:
            inside = atom & part
            if not inside.spans:
                pieces.append((atom, holders))
                continue
            pieces.append((inside, holders + rivals))
            if outside := atom - part:
                pieces.append((outside, holders))
        atoms = pieces
    return [(atom, sorted(holders, key=_place)) for atom, holders in atoms if atom.spans]


_place = itemgetter(0)
