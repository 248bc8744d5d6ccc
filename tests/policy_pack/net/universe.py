"""A tiny universe: 240 atoms make up all traffic there is, so that brute force can check every claim.

An atom is a class of packets that no generated set tells apart. A set of packets is then a Python set of
atoms, and Python's own set algebra is the oracle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final, TypeAlias

from hypothesis import settings
from hypothesis import strategies as st

from mwaa_guardrails.net.addresses import ANY_IPV4, ANY_IPV6, parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ALL_PROTOCOLS, TrafficSet

# Every law runs as often on every machine; a failure prints the line that repeats it.
LAW: Final = settings(max_examples=100, deadline=None, print_blob=True)

Atom: TypeAlias = tuple[int, int, int]

_WITH_PORTS: Final = tuple(IntervalSet.single(number) for number in (1, 6, 17, 58))
_OTHERS: Final = ALL_PROTOCOLS - IntervalSet.of((1, 1), (6, 6), (17, 17), (58, 58))
PROTOCOLS: Final = (*_WITH_PORTS, _OTHERS)
PORTLESS: Final = len(_WITH_PORTS)

SUBNET_A: Final = parse_cidr("10.0.0.0/24")
SUBNET_B: Final = parse_cidr("10.0.1.0/24")
LOWER_HALF_OF_IPV6: Final = parse_cidr("::/1")
REMOTES: Final = (
    IntervalSet.of((0, SUBNET_A.lowest - 1)),
    SUBNET_A,
    SUBNET_B,
    ANY_IPV4 - IntervalSet.of((0, SUBNET_A.lowest - 1)) - SUBNET_A - SUBNET_B,
    LOWER_HALF_OF_IPV6,
    ANY_IPV6 - LOWER_HALF_OF_IPV6,
)

_EDGES: Final = (0, 1, 443, 444, 1024, 5432, 5433, 32768, 65536)
PORTS: Final = tuple(IntervalSet.of((low, end - 1)) for low, end in pairwise(_EDGES))

ATOMS: Final = frozenset(product(range(len(PROTOCOLS)), range(len(REMOTES)), range(len(PORTS))))


@dataclass(frozen=True, slots=True)
class Sample:
    """A generated set of packets, and the atoms that it must hold."""

    traffic: TrafficSet
    atoms: frozenset[Atom]


def atoms_of(traffic: TrafficSet) -> frozenset[Atom]:
    """Return the atoms whose lowest packet is in a set."""
    return frozenset(
        (protocol, remote, port)
        for box in traffic.boxes
        for protocol in _held(PROTOCOLS, box.protocols)
        for remote in _held(REMOTES, box.remotes)
        for port in _held(PORTS, box.ports)
    )


def volume(traffic: TrafficSet) -> int:
    """Return how many packets the boxes of a set hold, each counted as often as boxes hold it."""
    return sum(box.protocols.size * box.remotes.size * box.ports.size for box in traffic.boxes)


def is_exact(traffic: TrafficSet) -> bool:
    """Tell whether a set's boxes are disjoint, have no empty side, and cut no atom."""
    full = all(box.protocols and box.remotes and box.ports for box in traffic.boxes)
    whole = sum(
        PROTOCOLS[protocol].size * REMOTES[remote].size * PORTS[port].size
        for protocol, remote, port in atoms_of(traffic)
    )
    return full and volume(traffic) == whole


def joined(parts: Iterable[IntervalSet]) -> IntervalSet:
    """Return all numbers of some sets."""
    return IntervalSet.of(*(span for part in parts for span in part.spans))


@st.composite
def samples(draw: st.DrawFn, min_parts: int = 0, max_parts: int = 3) -> Sample:
    """Draw a union of sets, each made of protocols, far addresses and ports: all of them, some or none."""
    traffic = TrafficSet()
    atoms: frozenset[Atom] = frozenset()
    for _ in range(draw(st.integers(min_parts, max_parts))):
        protocols, remotes, ports = (draw(_indexes(len(of))) for of in (PROTOCOLS, REMOTES, PORTS))
        traffic |= TrafficSet.of(
            protocols=joined(PROTOCOLS[each] for each in protocols),
            remotes=joined(REMOTES[each] for each in remotes),
            ports=joined(PORTS[each] for each in ports),
        )
        atoms |= frozenset(
            atom
            for atom in ATOMS
            if atom[0] in protocols and atom[1] in remotes and (atom[0] == PORTLESS or atom[2] in ports)
        )
    return Sample(traffic, atoms)


def _indexes(count: int) -> st.SearchStrategy[frozenset[int]]:
    return st.just(frozenset(range(count))) | st.frozensets(st.integers(0, count - 1))


def _held(atoms: tuple[IntervalSet, ...], side: IntervalSet) -> list[int]:
    return [index for index, atom in enumerate(atoms) if atom.lowest in side]
