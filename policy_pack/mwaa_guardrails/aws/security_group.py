"""What security groups decide: rules only allow, all groups of an interface unite, and no rule means no.

Source: "Security group rules" in the Amazon VPC User Guide.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from mwaa_guardrails.aws.decisions import Decision, Implicit, Outcome
from mwaa_guardrails.aws.model import Direction, Peer, PeerKind, Reference, Rule, SecurityGroup, Unresolved
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.traffic import TrafficSet
from mwaa_guardrails.unknown import Unknown


def decide(rules: Iterable[Rule], asked: TrafficSet) -> tuple[Decision, ...]:
    """Cut what is asked into shares and say of each which rule allows it, if any.

    The shares make up exactly what is asked, and each decider has one share. Of several rules that allow a
    packet the first is named. A share is unknown exactly where no rule is sure to allow it and one may.

    Only patterns count, not peers: give rules of one direction and one kind of peer, as the functions below
    select them.
    """
    decisions: list[Decision] = []
    hidden: defaultdict[Unknown, TrafficSet] = defaultdict(TrafficSet)
    doubts: list[tuple[TrafficSet, Unknown]] = []
    left = asked
    for rule in rules:
        allowed, left = left.split(rule.pattern.sure)
        if allowed:
            decisions.append(Decision(share=allowed, outcome=Outcome.ALLOW, by=rule))
        if rule.pattern.unknown is not None:
            doubts.append((rule.pattern.possible, rule.pattern.unknown))
    for possible, unknown in doubts:
        doubtful, left = left.split(possible)
        hidden[unknown] |= doubtful
    decisions.append(Decision(share=left, outcome=Outcome.DENY, by=Implicit.NO_RULE))
    decisions += [Decision(share=hidden[each], outcome=Outcome.UNKNOWN, by=each) for each in hidden]
    return tuple(decision for decision in decisions if decision.share)


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
