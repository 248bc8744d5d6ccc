"""Sets of packets obey the laws of sets, checked atom by atom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.net import traffic
from mwaa_guardrails.net.addresses import ANY_IPV6, EVERYWHERE, address_text, parse_cidr
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import (
    ALL_PORTS,
    ALL_PROTOCOLS,
    EVERYTHING,
    NOWHERE,
    Packet,
    TrafficSet,
    reach_of,
    shared_out,
)
from tests.policy_pack.net.tables import rows
from tests.policy_pack.net.universe import (
    ATOMS,
    LAW,
    PORTS,
    PROTOCOLS,
    REMOTES,
    Sample,
    atoms_of,
    is_exact,
    joined,
    samples,
)

TCP = IntervalSet.single(6)
UDP = IntervalSet.single(17)
ESP = IntervalSet.single(50)
HTTPS = IntervalSet.single(443)


def test_the_atoms_make_up_everything() -> None:
    """So brute force over the atoms leaves no packet out."""
    assert (joined(PROTOCOLS), joined(REMOTES), joined(PORTS)) == (ALL_PROTOCOLS, EVERYWHERE, ALL_PORTS)
    assert atoms_of(EVERYTHING) == ATOMS


@LAW
@given(samples())
def test_a_set_holds_the_packets_it_is_made_of(sample: Sample) -> None:
    """Its boxes are disjoint, and none is empty."""
    assert atoms_of(sample.traffic) == sample.atoms
    assert is_exact(sample.traffic)
    assert bool(sample.traffic) == bool(sample.atoms)


@LAW
@given(samples(), samples())
def test_union_intersection_and_difference_of_traffic_are_those_of_sets(one: Sample, other: Sample) -> None:
    """Each result is made of disjoint boxes."""
    results = (one.traffic | other.traffic, one.traffic & other.traffic, one.traffic - other.traffic)
    assert [atoms_of(each) for each in results] == [
        one.atoms | other.atoms,
        one.atoms & other.atoms,
        one.atoms - other.atoms,
    ]
    assert all(map(is_exact, results))


@LAW
@given(samples(), samples())
def test_covering_being_the_same_and_being_disjoint_are_those_of_sets(one: Sample, other: Sample) -> None:
    """However a set is cut into boxes."""
    recut = (one.traffic - other.traffic) | (one.traffic & other.traffic)
    assert one.traffic.covers(other.traffic) == (one.atoms >= other.atoms)
    assert one.traffic.same_as(other.traffic) == (one.atoms == other.atoms)
    assert one.traffic.isdisjoint(other.traffic) == one.atoms.isdisjoint(other.atoms)
    assert recut.same_as(one.traffic)


@LAW
@given(samples(), samples())
def test_a_set_is_split_by_another_into_what_both_hold_and_the_rest(one: Sample, other: Sample) -> None:
    """Together the two make up the set."""
    shared, rest = one.traffic.split(other.traffic)
    assert (atoms_of(shared), atoms_of(rest)) == (one.atoms & other.atoms, one.atoms - other.atoms)


@LAW
@given(samples())
def test_the_far_addresses_are_those_of_all_packets(sample: Sample) -> None:
    """Whatever the protocol and the port."""
    assert sample.traffic.remotes == joined(REMOTES[atom[1]] for atom in sample.atoms)


@LAW
@given(samples().filter(lambda sample: bool(sample.atoms)))
def test_the_witness_is_the_lowest_packet_by_protocol_then_port_then_address(sample: Sample) -> None:
    """It is a packet of the set, and the same however the set is cut into boxes."""
    witness = sample.traffic.witness()
    assert (witness.port is None) == (witness.protocol not in {1, 6, 17, 58})
    one_packet = TrafficSet.of(
        protocols=IntervalSet.single(witness.protocol),
        remotes=parse_cidr(witness.remote),
        ports=ALL_PORTS if witness.port is None else IntervalSet.single(witness.port),
    )
    assert sample.traffic.covers(one_packet)
    lowest = min(
        (PROTOCOLS[protocol].lowest, PORTS[port].lowest, REMOTES[remote].lowest)
        for protocol, remote, port in sample.atoms
    )
    assert (witness.protocol, witness.port or 0, parse_cidr(witness.remote).lowest) == lowest


WITNESSES = [
    (
        "TCP has a destination port",
        TrafficSet.of(protocols=TCP, remotes=parse_cidr("10.0.1.0/24"), ports=HTTPS),
        Packet(protocol=6, remote="10.0.1.0", port=443),
    ),
    (
        "ICMP has type times 256 plus code: 3/4 says that a packet is too big",
        TrafficSet.of(
            protocols=IntervalSet.single(1),
            remotes=parse_cidr("10.0.0.1"),
            ports=IntervalSet.single(3 * 256 + 4),
        ),
        Packet(protocol=1, remote="10.0.0.1", port=772),
    ),
    (
        "ESP has no port",
        TrafficSet.of(protocols=ESP, remotes=parse_cidr("10.0.0.1")),
        Packet(protocol=50, remote="10.0.0.1", port=None),
    ),
    (
        "an IPv6 address is written as one",
        TrafficSet.of(protocols=UDP, remotes=ANY_IPV6, ports=IntervalSet.single(53)),
        Packet(protocol=17, remote="::", port=53),
    ),
    ("of everything it is the first", EVERYTHING, Packet(protocol=0, remote=address_text(0), port=None)),
    (
        "of two sets it is the lower one, whichever comes first",
        TrafficSet.of(protocols=UDP, ports=HTTPS) | TrafficSet.of(protocols=TCP, ports=HTTPS),
        Packet(protocol=6, remote=address_text(0), port=443),
    ),
]


@pytest.mark.parametrize(("traffic", "packet"), rows(WITNESSES))
def test_a_witness_is_written_as_people_write_packets(traffic: TrafficSet, packet: Packet) -> None:
    """It is a value; messages make text of it."""
    assert traffic.witness() == packet


def test_an_empty_set_has_no_witness() -> None:
    """Asking for one is an error of the caller."""
    with pytest.raises(ValueError, match=r"^an empty set has no witness$"):
        TrafficSet().witness()


EMPTY = IntervalSet()
EMPTY_SETS = [
    ("no protocol", TrafficSet.of(protocols=EMPTY)),
    ("no far address", TrafficSet.of(remotes=EMPTY)),
    ("no port of a protocol that has ports", TrafficSet.of(protocols=TCP, ports=EMPTY)),
    ("no box", TrafficSet()),
]


@pytest.mark.parametrize("traffic", rows(EMPTY_SETS))
def test_a_set_with_an_empty_side_is_empty(traffic: TrafficSet) -> None:
    """It has no box at all."""
    assert traffic.boxes == ()


def test_ports_narrow_only_the_protocols_that_have_them() -> None:
    """EC2 ignores the ports of all others (CreateNetworkAclEntry, IpPermission)."""
    narrowed = TrafficSet.of(ports=HTTPS)
    assert narrowed.covers(TrafficSet.of(protocols=ESP))
    assert narrowed.covers(TrafficSet.of(protocols=TCP, ports=HTTPS))
    assert not narrowed.covers(TrafficSet.of(protocols=TCP, ports=IntervalSet.single(444)))
    assert not narrowed.covers(TrafficSet.of(protocols=IntervalSet.single(1)))


def test_sets_that_hold_the_same_may_be_cut_differently() -> None:
    """So they are compared with `same_as`, in which two half worlds are the world."""
    halves = TrafficSet.of(remotes=parse_cidr("0.0.0.0/1")) | TrafficSet.of(remotes=parse_cidr("128.0.0.0/1"))
    whole = TrafficSet.of(remotes=parse_cidr("0.0.0.0/0"))
    assert halves != whole
    assert halves.same_as(whole)
    assert not halves.same_as(EVERYTHING)


@LAW
@given(samples(max_parts=4), st.lists(samples(max_parts=2), max_size=5), st.sampled_from([0, 12]))
def test_each_packet_goes_to_the_first_claim_that_holds_it(
    asked: Sample, claims: list[Sample], few: int
) -> None:
    """Along either side; what no claim holds is left, and nothing is given twice."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(traffic, "_FEW", few)
        shares, rest = shared_out(asked.traffic, [claim.traffic for claim in claims])
    left = asked.atoms
    for share, claim in zip(shares, claims, strict=True):
        assert is_exact(share)
        assert atoms_of(share) == left & claim.atoms
        left -= claim.atoms
    assert is_exact(rest)
    assert atoms_of(rest) == left


@LAW
@given(samples(), samples())
def test_sets_whose_reaches_do_not_meet_share_no_packet(one: Sample, other: Sample) -> None:
    """The reach of a set holds each of its packets, and an empty set reaches nothing."""
    mine, theirs = reach_of(one.traffic), reach_of(other.traffic)
    meet = all(
        mine[side] <= theirs[side + 1] and theirs[side] <= mine[side + 1] for side in range(0, len(mine), 2)
    )
    assert meet or one.traffic.isdisjoint(other.traffic)
    assert (reach_of(one.traffic) == NOWHERE) == (not one.traffic)


def test_claims_that_differ_by_their_ports_leave_the_other_ports() -> None:
    """Many ports, one block: what is left are the ports between."""
    claims = [TrafficSet.of(protocols=TCP, ports=IntervalSet.single(2 * number)) for number in range(20)]
    shares, rest = shared_out(TrafficSet.of(protocols=TCP, ports=IntervalSet.of((1, 39))), claims)
    assert [bool(share) for share in shares] == [False, *[True] * 19]
    assert rest.same_as(
        TrafficSet.of(protocols=TCP, ports=IntervalSet.of(*((n, n) for n in range(1, 40, 2))))
    )


def test_claims_that_differ_by_their_ports_may_leave_nothing() -> None:
    """Many ports, one block, and a claim for all of it after them."""
    block = TrafficSet.of(protocols=TCP, remotes=parse_cidr("10.0.0.0/24"))
    ports = [IntervalSet.single(number) for number in range(20)]
    claims = [TrafficSet.of(protocols=TCP, remotes=parse_cidr("10.0.0.0/24"), ports=each) for each in ports]
    shares, rest = shared_out(block, [*claims, block])
    assert all(share.same_as(claim) for share, claim in zip(shares, claims, strict=False))
    assert shares[-1].same_as(
        TrafficSet.of(protocols=TCP, remotes=parse_cidr("10.0.0.0/24"), ports=IntervalSet.of((20, 65535)))
    )
    assert not rest
