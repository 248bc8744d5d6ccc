"""What a network ACL decides: entries in the order of their numbers, the first match wins, then `*` denies.

Source: "Control subnet traffic with network access control lists", network ACL rules.
"""

from collections.abc import Iterator
from typing import assert_never

from mwaa_guardrails.aws.decisions import Decision, Implicit, Outcome
from mwaa_guardrails.aws.model import Action, Direction, Entry, NetworkAcl
from mwaa_guardrails.net.traffic import TrafficSet
from mwaa_guardrails.unknown import Unknown


def decide(acl: NetworkAcl, direction: Direction, asked: TrafficSet) -> tuple[Decision, ...]:
    """Cut what is asked into shares and say of each who decides it.

    An entry that may or may not match makes a share unknown only where it would change the outcome.
    """
    entries = tuple(entry for entry in acl.entries if entry.direction is direction)
    decisions = _in_order(entries, asked)
    for entry in entries:
        if isinstance(entry.number, Unknown):
            decisions = tuple(part for each in decisions for part in _disturbed(each, entry, entry.number))
    return decisions


def _in_order(entries: tuple[Entry, ...], asked: TrafficSet) -> tuple[Decision, ...]:
    numbered = [(entry.number, entry) for entry in entries if not isinstance(entry.number, Unknown)]
    decisions: list[Decision] = []
    # Each share travels with the entries that may have caught it on its way, one for each kind of action.
    waiting: list[tuple[TrafficSet, tuple[Entry, ...]]] = [(asked, ())] if asked else []
    for _, entry in sorted(numbered, key=lambda pair: pair[0]):
        passed: list[tuple[TrafficSet, tuple[Entry, ...]]] = []
        for share, doubts in waiting:
            caught = share & entry.pattern.sure
            if not caught and entry.pattern.unknown is None:
                passed.append((share, doubts))
                continue
            if caught:
                decisions.append(_settled(caught, entry, doubts))
            rest = share - caught
            if doubtful := rest & entry.pattern.possible:
                passed.append((doubtful, _with_doubt(doubts, entry)))
            if untouched := rest - entry.pattern.possible:
                passed.append((untouched, doubts))
        waiting = passed
    decisions.extend(_settled(share, None, doubts) for share, doubts in waiting)
    return tuple(decisions)


def _with_doubt(doubts: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """Keep the first doubt of each kind of action: later ones of the same kind change nothing."""
    if any(_outcome(doubt.action) is _outcome(entry.action) for doubt in doubts):
        return doubts
    return (*doubts, entry)


def _settled(share: TrafficSet, entry: Entry | None, doubts: tuple[Entry, ...]) -> Decision:
    outcome = Outcome.DENY if entry is None else _outcome(entry.action)
    for doubt in doubts:
        if doubt.pattern.unknown is not None and _outcome(doubt.action) is not outcome:
            return Decision(share=share, outcome=Outcome.UNKNOWN, by=doubt.pattern.unknown)
    if entry is None:
        return Decision(share=share, outcome=outcome, by=Implicit.LAST_ENTRY)
    if isinstance(entry.action, Unknown):
        return Decision(share=share, outcome=outcome, by=entry.action)
    return Decision(share=share, outcome=outcome, by=entry)


def _disturbed(decision: Decision, entry: Entry, number: Unknown) -> Iterator[Decision]:
    """Cut a decision by an entry that may stand anywhere in the order."""
    if decision.outcome in (Outcome.UNKNOWN, _outcome(entry.action)):
        yield decision
        return
    if touched := decision.share & entry.pattern.possible:
        yield Decision(share=touched, outcome=Outcome.UNKNOWN, by=number)
    if untouched := decision.share - entry.pattern.possible:
        yield Decision(share=untouched, outcome=decision.outcome, by=decision.by)


def _outcome(action: Action | Unknown) -> Outcome:
    match action:
        case Action.ALLOW:
            return Outcome.ALLOW
        case Action.DENY:
            return Outcome.DENY
        case Unknown():
            return Outcome.UNKNOWN
    assert_never(action)
