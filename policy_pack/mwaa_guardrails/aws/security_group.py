"""What security groups decide: rules only allow, all groups of an interface unite, and no rule means no.

Source: "Security group rules" in the Amazon VPC User Guide.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from mwaa_guardrails.aws.decisions import Decision, Implicit, Outcome
from mwaa_guardrails.aws.model import Direction, Inside, Peer, PeerKind, Rule, SecurityGroup, Unresolved
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


def inbound_from_group(group: SecurityGroup, peer: str) -> tuple[Rule, ...]:
    """Return the inbound rules of a group for traffic from interfaces that carry the peer (a group's URN).

    A rule whose peer cannot be known, and may be the one asked for, matches at most.
    """
    return tuple(
        seen
        for rule in group.rules
        if rule.direction is Direction.INGRESS and (seen := _toward_group(rule, peer)) is not None
    )


def inbound_from_addresses(group: SecurityGroup) -> tuple[Rule, ...]:
    """Return the inbound rules of a group whose peer is a range of addresses, or may be one."""
    return tuple(
        seen
        for rule in group.rules
        if rule.direction is Direction.INGRESS and (seen := _toward_addresses(rule)) is not None
    )


def _toward_group(rule: Rule, peer: str) -> Rule | None:
    match rule.peer:
        case Unknown() as unknown:
            return _in_doubt(rule, unknown)
        case Peer(kind=PeerKind.SECURITY_GROUP, reference=Inside(urn)) if urn == peer:
            return rule
        case Peer(kind=PeerKind.SECURITY_GROUP, reference=Unresolved() as reference) if reference.may_mean(
            Inside(peer)
        ):
            return _in_doubt(rule, reference.unknown)
        case _:
            return None


def _toward_addresses(rule: Rule) -> Rule | None:
    if isinstance(rule.peer, Unknown):
        return _in_doubt(rule, rule.peer)
    return rule if rule.peer.kind is PeerKind.ADDRESSES else None


def _in_doubt(rule: Rule, unknown: Unknown) -> Rule:
    return replace(rule, pattern=Pattern.at_most(rule.pattern.possible, unknown))
