"""What a filter's line matches, when part of the line may not be known yet."""

from dataclasses import dataclass, field
from typing import Self

from mwaa_guardrails.net.traffic import Reach, TrafficSet, reach_of
from mwaa_guardrails.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The packets a line of a filter matches.

    Attributes:
        sure: The packets it matches whatever the unknown part turns out to be.
        possible: The packets it may match; contains `sure`.
        unknown: The part in the way; None exactly when `sure` and `possible` are the same.
        reach: The reach of `possible`, which tells most lines apart from what is asked.
    """

    sure: TrafficSet
    possible: TrafficSet
    unknown: Unknown | None
    reach: Reach = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look at the lines once, not at each question."""
        object.__setattr__(self, "reach", reach_of(self.possible))

    @classmethod
    def known(cls, traffic: TrafficSet) -> Self:
        """Return the pattern that matches exactly these packets."""
        return cls(sure=traffic, possible=traffic, unknown=None)

    @classmethod
    def at_most(cls, traffic: TrafficSet, unknown: Unknown) -> Self:
        """Return the pattern that matches some of these packets, nobody knows which."""
        return cls(sure=TrafficSet(), possible=traffic, unknown=unknown)
