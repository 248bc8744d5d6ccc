"""What security groups decide: rules only allow, all groups of an interface unite, and no rule means no.

Source: "Security group rules" in the Amazon VPC User Guide.
"""

from collections.abc import Iterable
from dataclasses import replace

from mwaa_guardrails.aws.decisions import Decision, Implicit, Outcome
from mwaa_guardrails.aws.model import Direction, Inside, Outside, PeerKind, Rule, SecurityGroup
from mwaa_guardrails.aws.patterns import Pattern
from mwaa_guardrails.net.traffic import TrafficSet
from mwaa_guardrails.unknown import Unknown


def decide(rules: Iterable[Rule], asked: TrafficSet) -> tuple[Decision, ...]:
    """Cut what is asked into shares and say of each which rule allows it, if any.

    A rule that may or may not match makes a share unknown only where no other rule allows it.
    """
    decisions: list[Decision] = []
    doubts: list[tuple[TrafficSet, Unknown]] = []
    left = asked
    for rule in rules:
        if allowed := left & rule.pattern.sure:
            decisions.append(Decision(share=allowed, outcome=Outcome.ALLOW, by=rule))
            left -= allowed
        if rule.pattern.unknown is not None:
            doubts.append((rule.pattern.possible, rule.pattern.unknown))
    for possible, unknown in doubts:
        if doubtful := left & possible:
            decisions.append(Decision(share=doubtful, outcome=Outcome.UNKNOWN, by=unknown))
            left -= doubtful
    if left:
        decisions.append(Decision(share=left, outcome=Outcome.DENY, by=Implicit.NO_RULE))
    return tuple(decisions)


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
    if isinstance(rule.peer, Unknown):
        return _in_doubt(rule, rule.peer)
    if rule.peer.kind is not PeerKind.SECURITY_GROUP or rule.peer.reference is None:
        return None
    match rule.peer.reference:
        case Inside(urn):
            return rule if urn == peer else None
        case Outside():
            return None
        case unresolved:
            may_mean = not unresolved.candidates or peer in unresolved.candidates
            return _in_doubt(rule, unresolved.unknown) if may_mean else None


def _toward_addresses(rule: Rule) -> Rule | None:
    if isinstance(rule.peer, Unknown):
        return _in_doubt(rule, rule.peer)
    return rule if rule.peer.kind is PeerKind.ADDRESSES else None


def _in_doubt(rule: Rule, unknown: Unknown) -> Rule:
    return replace(rule, pattern=Pattern.at_most(rule.pattern.possible, unknown))
