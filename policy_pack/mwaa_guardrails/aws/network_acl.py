"""What a network ACL decides: entries in the order of their numbers, the first match wins, then `*` denies.

Sources: "Control subnet traffic with network access control lists", network ACL rules; EC2 API Reference,
CreateNetworkAclEntry.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from operator import attrgetter
from typing import Final, NamedTuple

from mwaa_guardrails.aws.decisions import Decision, Implicit, Outcome
from mwaa_guardrails.aws.model import (
    HIGHEST_ENTRY_NUMBER,
    LOWEST_ENTRY_NUMBER,
    Action,
    Direction,
    Entry,
    NetworkAcl,
)
from mwaa_guardrails.net.traffic import TrafficSet, reach_of, shared_out
from mwaa_guardrails.unknown import Reason, Unknown

_OUTCOMES: Final[Mapping[Action, Outcome]] = {Action.ALLOW: Outcome.ALLOW, Action.DENY: Outcome.DENY}


class _Turn(NamedTuple):
    """A point in the order at which an entry catches packets, or may catch them.

    Attributes:
        entry: The entry.
        traffic: The packets.
        doubt: Why the entry may let them pass on; None when it catches them for sure.
    """

    entry: Entry
    traffic: TrafficSet
    doubt: Unknown | None = None


class _Doubt(NamedTuple):
    """What may already have become of packets that are still on their way, and why nobody knows."""

    action: Action
    unknown: Unknown


def decide(acl: NetworkAcl, direction: Direction, asked: TrafficSet) -> tuple[Decision, ...]:
    """Cut what is asked into shares and say of each who decides it.

    The shares make up exactly what is asked, and each decider has one share. The order in which the ACL
    lists its entries has no bearing. A share is unknown exactly where the unknown parts, each taken by
    itself, leave both outcomes possible; it names the first of them to do so.

    An entry of unknown number may have any number that no other has. Entries with one number contest it:
    EC2 holds only one of them, nobody knows which.
    """
    own = [entry for entry in acl.entries if entry.direction is direction]
    first, last, low, high, lowest, highest = reach_of(asked)
    near = [
        entry
        for entry in own
        if (reach := entry.pattern.reach)[0] <= last
        and reach[2] <= high
        and first <= reach[1]
        and low <= reach[3]
        and reach[4] <= highest
        and lowest <= reach[5]
    ]
    in_doubt = [
        entry
        for entry in near
        if entry.pattern.unknown is not None
        or isinstance(entry.action, Unknown)
        or isinstance(entry.number, Unknown)
    ]
    if in_doubt or len({entry.number for entry in own}) < len(own):
        return _decide_in_doubt(own, asked)
    return _decide_in_order(sorted(near, key=attrgetter("number")), asked)


def _decide_in_order(entries: list[Entry], asked: TrafficSet) -> tuple[Decision, ...]:
    """Decide where nothing is in doubt: each packet is the first entry's that matches it."""
    shares, left = shared_out(asked, [entry.pattern.sure for entry in entries])
    decisions = [
        Decision(
            share=share,
            outcome=Outcome.ALLOW if entry.action is Action.ALLOW else Outcome.DENY,
            by=entry,
        )
        for entry, share in zip(entries, shares, strict=True)
        if share.boxes
    ]
    if left.boxes:
        decisions.append(Decision(share=left, outcome=Outcome.DENY, by=Implicit.LAST_ENTRY))
    return tuple(decisions)


def _decide_in_doubt(entries: Iterable[Entry], asked: TrafficSet) -> tuple[Decision, ...]:
    """Decide where numbers, actions or parts of patterns are not known, or two entries have one number."""
    decisions: list[Decision] = []
    hidden: defaultdict[Unknown, TrafficSet] = defaultdict(TrafficSet)
    waiting: dict[_Doubt | None, TrafficSet] = {None: asked}
    for turn in _turns(entries):
        if not waiting:
            break
        if turn.traffic.isdisjoint(asked):
            continue
        caught: defaultdict[Outcome, TrafficSet] = defaultdict(TrafficSet)
        passed: defaultdict[_Doubt | None, TrafficSet] = defaultdict(TrafficSet)
        for doubt, share in waiting.items():
            touched, rest = share.split(turn.traffic)
            passed[doubt] |= rest
            match _fate(turn, doubt):
                case Unknown() as unknown:
                    hidden[unknown] |= touched
                case _Doubt() as still:
                    passed[still] |= touched
                case outcome:
                    caught[outcome] |= touched
        decisions += [Decision(share=caught[each], outcome=each, by=turn.entry) for each in caught]
        waiting = {doubt: share for doubt, share in passed.items() if share}
    last = TrafficSet()
    for doubt, share in waiting.items():
        if doubt is not None and doubt.action is Action.ALLOW:
            hidden[doubt.unknown] |= share
        else:
            last |= share
    decisions.append(Decision(share=last, outcome=Outcome.DENY, by=Implicit.LAST_ENTRY))
    decisions += [Decision(share=hidden[each], outcome=Outcome.UNKNOWN, by=each) for each in hidden]
    return tuple(decision for decision in decisions if decision.share)


def _fate(turn: _Turn, doubt: _Doubt | None) -> Outcome | _Doubt | Unknown:
    """Return what becomes of packets whose turn it is: decided, still on their way in doubt, or hidden."""
    action = turn.entry.action
    if doubt is not None and doubt.action is not action:
        return doubt.unknown
    if isinstance(action, Unknown):
        return action
    return _OUTCOMES[action] if turn.doubt is None else doubt or _Doubt(action, turn.doubt)


def _turns(entries: Iterable[Entry]) -> Iterator[_Turn]:
    """Return the turns of the entries of one direction, first to last.

    What an entry of unknown number may catch, it may catch at the lowest free number; what it is sure to
    match, it has caught by the highest free one.
    """
    numbered: defaultdict[int, list[Entry]] = defaultdict(list)
    floating: list[tuple[Entry, Unknown]] = []
    for entry in entries:
        if isinstance(entry.number, Unknown):
            floating.append((entry, entry.number))
        else:
            numbered[entry.number].append(entry)
    turns: dict[int, Iterable[_Turn]] = {number: _turns_at(group) for number, group in numbered.items()}
    if floating:
        lowest = next(number for number in count(LOWEST_ENTRY_NUMBER) if number not in numbered)
        highest = next(number for number in count(HIGHEST_ENTRY_NUMBER, -1) if number not in numbered)
        floating.sort(key=lambda pair: _place(pair[0]))
        turns[lowest] = [turn for entry, number in floating for turn in _in_doubt(entry, number)]
        turns[highest] = [turn for entry, _ in floating for turn in _turns_at([entry])]
    for number in sorted(turns):
        yield from turns[number]


def _turns_at(entries: list[Entry]) -> Iterator[_Turn]:
    """Return the turns of the entries with one number; a second one contests it."""
    first, *rivals = entries if len(entries) == 1 else sorted(entries, key=_place)
    sure = first.pattern.sure
    for rival in rivals:
        # What may stand elsewhere contests nothing until that is known.
        contest = (
            first.doubt
            or rival.doubt
            or Unknown(urn=rival.origin.urn, path=rival.origin.path, reason=Reason.CONTESTED)
        )
        sure &= rival.pattern.sure
        yield from _in_doubt(first, contest)
        yield from _in_doubt(rival, contest)
    yield _Turn(first, sure)
    if first.pattern.unknown is not None:
        yield _Turn(first, first.pattern.possible, first.pattern.unknown)


def _in_doubt(entry: Entry, unknown: Unknown) -> Iterator[_Turn]:
    """Return the turns of an entry that may stand elsewhere, or not at all."""
    yield _Turn(entry, entry.pattern.sure, unknown)
    yield _Turn(entry, entry.pattern.possible, entry.pattern.unknown or unknown)


def _place(entry: Entry) -> tuple[bool, str, str]:
    """Return what orders entries whose numbers do not: what AWS implies comes before what contests it."""
    return not entry.origin.implied, entry.origin.urn, entry.origin.path
