"""What security groups decide: rules only allow, all groups of an interface unite, and no rule means no.

Source: "Security group rules" in the Amazon VPC User Guide.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from mwaa_guardrails.aws.decisions import Decision, Implicit, Outcome
from mwaa_guardrails.aws.model import Direction, Peer, PeerKind, Reference, Rule, SecurityGroup, Unresolved
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.traffic import TrafficSet, reach_of, shared_out
from mwaa_guardrails.unknown import Unknown


def decide(rules: Iterable[Rule], asked: TrafficSet) -> tuple[Decision, ...]:
    """Cut what is asked into shares and say of each which rule allows it, if any.

    The shares make up exactly what is asked, and each decider has one share. Of several rules that allow a
    packet the first is named. A share is unknown exactly where no rule is sure to allow it and one may.

    Only patterns count, not peers: give rules of one direction and one kind of peer, as the functions below
    select them.
    """
    first, last, low, high, lowest, highest = reach_of(asked)
    near = [
        rule
        for rule in rules
        if (reach := rule.pattern.reach)[0] <= last
        and reach[2] <= high
        and first <= reach[1]
        and low <= reach[3]
        and reach[4] <= highest
        and lowest <= reach[5]
    ]
    shares, left = shared_out(asked, [rule.pattern.sure for rule in near])
    decisions = [
        Decision(share=share, outcome=Outcome.ALLOW, by=rule)
        for rule, share in zip(near, shares, strict=True)
        if share.boxes
    ]
    hidden: dict[Unknown, TrafficSet] = {}
    doubts = [rule.pattern for rule in near if rule.pattern.unknown is not None]
    if doubts:
        doubtful, left = shared_out(left, [pattern.possible for pattern in doubts])
        for pattern, share in zip(doubts, doubtful, strict=True):
            if share.boxes and pattern.unknown is not None:
                # Disjoint from what is there already.
                before = hidden.get(pattern.unknown, TrafficSet())
                hidden[pattern.unknown] = TrafficSet(before.boxes + share.boxes)
    if left.boxes:
        decisions.append(Decision(share=left, outcome=Outcome.DENY, by=Implicit.NO_RULE))
    decisions += [Decision(share=hidden[each], outcome=Outcome.UNKNOWN, by=each) for each in hidden]
    return tuple(decisions)


def rules_for_group(group: SecurityGroup, direction: Direction, peer: Reference) -> tuple[Rule, ...]:
    """Return the rules of a group for traffic with interfaces that carry the peer, another group or itself.

    A rule whose peer cannot be known, and may be the one asked for, matches at most.
    """
    return _seen(group, direction, lambda rule: _for_group(rule, peer))


def rules_for_addresses(group: SecurityGroup, direction: Direction) -> tuple[Rule, ...]:
    """Return the rules of a group whose peer is a range of addresses, or may be one."""
    return _seen(group, direction, partial(_for_kind, kind=PeerKind.ADDRESSES))


def rules_for_prefix_lists(group: SecurityGroup, direction: Direction) -> tuple[Rule, ...]:
    """Return the rules of a group whose peer is a prefix list, or may be one."""
    return _seen(group, direction, partial(_for_kind, kind=PeerKind.PREFIX_LIST))


def _seen(
    group: SecurityGroup, direction: Direction, select: Callable[[Rule], Rule | None]
) -> tuple[Rule, ...]:
    chosen = (select(rule) for rule in group.rules if rule.direction is direction)
    return tuple(rule for rule in chosen if rule is not None)


def _for_group(rule: Rule, peer: Reference) -> Rule | None:
    match rule.peer:
        case Unknown() as unknown:
            return _in_doubt(rule, unknown)
        case Peer(kind=PeerKind.SECURITY_GROUP, reference=Unresolved() as reference) if not isinstance(
            peer, Unresolved
        ):
            return _in_doubt(rule, reference.unknown) if reference.may_mean(peer) else None
        case Peer(kind=PeerKind.SECURITY_GROUP, reference=reference) if reference == peer:
            return rule
        case _:
            return None


def _for_kind(rule: Rule, kind: PeerKind) -> Rule | None:
    if isinstance(rule.peer, Unknown):
        return _in_doubt(rule, rule.peer)
    return rule if rule.peer.kind is kind else None


def _in_doubt(rule: Rule, unknown: Unknown) -> Rule:
    return replace(rule, pattern=Pattern.at_most(rule.pattern.possible, unknown))
