"""A filter's answer: what was asked, cut into shares, each with an outcome and who decided it."""

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from mwaa_guardrails.aws.model import Entry, Rule
from mwaa_guardrails.net.traffic import TrafficSet
from mwaa_guardrails.unknown import Unknown


class Outcome(StrEnum):
    """What becomes of a share of the traffic."""

    ALLOW = "allow"
    DENY = "deny"
    UNKNOWN = "unknown"


class Implicit(StrEnum):
    """What AWS does where nobody wrote a line."""

    LAST_ENTRY = "*"
    NO_RULE = "no rule"


Decider: TypeAlias = Entry | Rule | Implicit | Unknown


class Decision(NamedTuple):
    """One share of what was asked; a tuple, for a question to a long filter makes hundreds of them.

    Attributes:
        share: The packets; never empty.
        outcome: What becomes of them.
        by: The entry or rule that decides; what AWS implies; or the property in the way.
    """

    share: TrafficSet
    outcome: Outcome
    by: Decider


def united(decisions: tuple[Decision, ...], outcome: Outcome) -> TrafficSet:
    """Return all packets with an outcome, out of one answer: its shares are disjoint."""
    return TrafficSet(
        tuple(box for each in decisions if each.outcome is outcome for box in each.share.boxes),
    )
