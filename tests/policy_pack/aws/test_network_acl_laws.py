"""The laws of network ACLs, against an oracle that takes every packet through every ACL there may be.

The oracle knows one thing: of the entries that stand, sorted by number, the first that matches decides. For
an ACL with unknown parts it tries every completion of all of them.
"""

from dataclasses import dataclass, replace
from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from mwaa_guardrails.aws.decisions import Implicit, Outcome, united
from mwaa_guardrails.aws.model import Action, Entry, NetworkAcl
from mwaa_guardrails.aws.network_acl import decide
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.traffic import EVERYTHING, TrafficSet
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.aws.answers import assert_partition, outcomes_of
from tests.policy_pack.aws.parts import DENY, INGRESS, acl, entry, hidden
from tests.policy_pack.net.universe import ATOMS, LAW, Atom, Sample, atoms_of, is_exact, samples

# Two ends, where a number has nothing before or behind it, and numbers with room between them.
NUMBERS = (1, 2, 3, 100, 32766)
# Enough free numbers for two entries in each gap that the numbers above leave.
FREE_NUMBERS = (1, 2, 3, 4, 5, 101, 102, 32764, 32765, 32766)
MOST_FLOATING = 2
NO_PACKET = Sample(TrafficSet(), frozenset())
ALL_PACKETS = Sample(EVERYTHING, ATOMS)
asked_packets = st.just(ALL_PACKETS) | samples(min_parts=1)
matched_packets = samples(min_parts=1, max_parts=2)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A generated entry, its number if it is known, and the atoms it is sure to match and may match."""

    entry: Entry
    number: int | None
    sure: frozenset[Atom]
    possible: frozenset[Atom]


@st.composite
def known_entries(draw: st.DrawFn) -> list[Drawn]:
    """Draw one to four entries of which everything is known; no two have one number."""
    numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4, unique=True))
    return [
        _entry(index, number, draw(st.sampled_from(Action)), draw(matched_packets), NO_PACKET)
        for index, number in enumerate(numbers)
    ]


@st.composite
def entries(draw: st.DrawFn) -> list[Drawn]:
    """Draw two to four entries with unknown parts; numbers may repeat, or be unknown in two of them."""
    numbers = draw(
        st.lists(st.none() | st.sampled_from(NUMBERS), min_size=2, max_size=4).filter(
            lambda drawn: drawn.count(None) <= MOST_FLOATING
        )
    )
    return [
        _entry(
            index,
            number,
            draw(st.sampled_from([*Action, hidden(f"ruleAction[{index}]")])),
            draw(matched_packets),
            draw(st.just(NO_PACKET) | matched_packets),
        )
        for index, number in enumerate(numbers)
    ]


def _entry(index: int, number: int | None, action: Action | Unknown, sure: Sample, more: Sample) -> Drawn:
    possible = sure.atoms | more.atoms
    pattern = Pattern.known(sure.traffic)
    if possible != sure.atoms:
        unknown = hidden(f"cidrBlock[{index}]")
        pattern = Pattern(sure=sure.traffic, possible=sure.traffic | more.traffic, unknown=unknown)
    return Drawn(
        entry(
            hidden(f"ruleNumber[{index}]") if number is None else number,
            action,
            pattern,
            name=f"entry[{index}]",
        ),
        number,
        sure.atoms,
        possible,
    )


def _acl(drawn: list[Drawn]) -> NetworkAcl:
    return acl(*(each.entry for each in drawn))


def _orders(drawn: list[Drawn]) -> set[tuple[Drawn, ...]]:
    """Return every order in which entries may stand; of several with one number, one stands."""
    known: dict[int, list[Drawn]] = {}
    for each in drawn:
        if each.number is not None:
            known.setdefault(each.number, []).append(each)
    floating = [each for each in drawn if each.number is None]
    free = [number for number in FREE_NUMBERS if number not in known]
    orders = set()
    for kept in product(*known.values()):
        for places in permutations(free, len(floating)):
            standing = {**dict(zip(known, kept, strict=True)), **dict(zip(places, floating, strict=True))}
            orders.add(tuple(standing[number] for number in sorted(standing)))
    return orders


def _oracle(drawn: list[Drawn], atoms: frozenset[Atom]) -> dict[Atom, Outcome]:
    """Return what becomes of each packet: unknown where completions differ."""
    orders = _orders(drawn)
    answers: dict[Atom, Outcome] = {}
    by_matches: dict[tuple[tuple[bool, bool], ...], Outcome] = {}
    for atom in atoms:
        matches = tuple((atom in each.sure, atom in each.possible) for each in drawn)
        if matches not in by_matches:
            outcomes = {action for order in orders for action in _completions(order, atom)}
            by_matches[matches] = Outcome(outcomes.pop()) if len(outcomes) == 1 else Outcome.UNKNOWN
        answers[atom] = by_matches[matches]
    return answers


def _completions(order: tuple[Drawn, ...], atom: Atom) -> set[Action]:
    """Return what may become of a packet, over all actions and matches that unknown parts leave open."""
    touching = [each for each in order if atom in each.possible]
    actions = [
        tuple(Action) if isinstance(each.entry.action, Unknown) else (each.entry.action,) for each in touching
    ]
    matches = [(True,) if atom in each.sure else (True, False) for each in touching]
    return {
        next((action for action, match in zip(chosen, matched, strict=True) if match), DENY)
        for chosen in product(*actions)
        for matched in product(*matches)
    }


@settings(LAW, max_examples=300)
@given(entries(), asked_packets)
def test_a_packet_is_decided_exactly_where_all_completions_agree(drawn: list[Drawn], asked: Sample) -> None:
    """An outcome is claimed where, and only where, no unknown part can change it."""
    assert outcomes_of(decide(_acl(drawn), INGRESS, asked.traffic)) == _oracle(drawn, asked.atoms)


@LAW
@given(known_entries(), asked_packets)
def test_the_entry_that_decides_is_the_first_that_matches(drawn: list[Drawn], asked: Sample) -> None:
    """Where all parts are known; `*` decides what no entry matches."""
    in_order = sorted(drawn, key=lambda each: each.number or 0)
    deciders = {
        atom: decision.by
        for decision in decide(_acl(drawn), INGRESS, asked.traffic)
        for atom in atoms_of(decision.share)
    }
    assert deciders == {
        atom: next((each.entry for each in in_order if atom in each.sure), Implicit.LAST_ENTRY)
        for atom in asked.atoms
    }


@LAW
@given(entries(), asked_packets)
def test_the_shares_are_a_partition_of_what_is_asked(drawn: list[Drawn], asked: Sample) -> None:
    """No share is empty, no packet is in two, none is missing, and no decider has two shares."""
    assert_partition(decide(_acl(drawn), INGRESS, asked.traffic), asked)


@LAW
@given(entries(), asked_packets)
def test_an_outcome_is_unknown_exactly_where_a_property_is_named(drawn: list[Drawn], asked: Sample) -> None:
    """The property is one of the ACL's unknown parts, or the entry that contests a number."""
    parts = {
        part
        for each in drawn
        for part in (
            each.entry.number,
            each.entry.action,
            each.entry.pattern.unknown,
            Unknown(urn=each.entry.origin.urn, path="", reason=Reason.CONTESTED),
        )
    }
    for decision in decide(_acl(drawn), INGRESS, asked.traffic):
        assert isinstance(decision.by, Unknown) == (decision.outcome is Outcome.UNKNOWN)
        assert not isinstance(decision.by, Unknown) or decision.by in parts


@LAW
@given(entries(), asked_packets, st.data())
def test_the_order_in_which_entries_are_listed_has_no_bearing(
    drawn: list[Drawn], asked: Sample, data: st.DataObject
) -> None:
    """Neither on the outcomes nor on who decides."""
    shuffled = data.draw(st.permutations(drawn))
    assert decide(_acl(shuffled), INGRESS, asked.traffic) == decide(_acl(drawn), INGRESS, asked.traffic)


@LAW
@given(entries(), asked_packets, st.data())
def test_to_know_more_never_changes_what_was_decided(
    drawn: list[Drawn], asked: Sample, data: st.DataObject
) -> None:
    """Any completion of any part of an entry only turns unknown into an answer."""
    index = data.draw(st.integers(0, len(drawn) - 1))
    before, more = drawn[index].entry, data.draw(samples())
    taken = {each.number for each in drawn}
    learned = replace(
        before,
        number=data.draw(st.sampled_from([each for each in FREE_NUMBERS if each not in taken]))
        if isinstance(before.number, Unknown)
        else before.number,
        action=data.draw(st.sampled_from(Action)) if isinstance(before.action, Unknown) else before.action,
        pattern=Pattern.known(before.pattern.sure | (before.pattern.possible & more.traffic)),
    )
    known_before = outcomes_of(decide(_acl(drawn), INGRESS, asked.traffic))
    others = [each.entry for each in drawn if each is not drawn[index]]
    known_after = outcomes_of(decide(acl(*others, learned), INGRESS, asked.traffic))
    for atom, outcome in known_before.items():
        assert outcome in {known_after[atom], Outcome.UNKNOWN}


@LAW
@given(known_entries(), asked_packets, samples(), st.data())
def test_an_entry_in_two_parts_decides_what_it_decides_in_one(
    drawn: list[Drawn], asked: Sample, cut: Sample, data: st.DataObject
) -> None:
    """Two entries in a row that match together what one matched, in either order."""
    index = data.draw(st.integers(0, len(drawn) - 1))
    # Every second number, so that there is room for one more entry behind each.
    spaced = [replace(each.entry, number=2 * NUMBERS.index(each.number or 0) + 1) for each in drawn]
    whole = spaced[index]
    inside, outside = whole.pattern.sure.split(cut.traffic)
    second = replace(
        whole, pattern=Pattern.known(outside), number=2 * NUMBERS.index(drawn[index].number or 0) + 2
    )
    parts = [replace(whole, pattern=Pattern.known(inside)), second]
    apart = acl(*parts, *(each for each in spaced if each is not whole))
    assert outcomes_of(decide(apart, INGRESS, asked.traffic)) == outcomes_of(
        decide(acl(*spaced), INGRESS, asked.traffic)
    )


@LAW
@given(entries(), asked_packets)
def test_the_packets_with_an_outcome_are_those_of_its_shares(drawn: list[Drawn], asked: Sample) -> None:
    """So the outcomes cut what is asked into at most three sets."""
    decisions = decide(_acl(drawn), INGRESS, asked.traffic)
    for outcome in Outcome:
        packets = united(decisions, outcome)
        assert is_exact(packets)
        assert atoms_of(packets) == {atom for atom, of in outcomes_of(decisions).items() if of is outcome}
