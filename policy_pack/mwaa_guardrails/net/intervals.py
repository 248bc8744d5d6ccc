"""Sets of whole numbers as spans: exact, and as small as what they describe."""

from dataclasses import dataclass
from typing import Self

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class IntervalSet:
    """A set of whole numbers, kept as sorted spans that neither overlap nor touch.

    Two equal sets have equal spans. Build one with `of`, never with spans that are out of order.

    Attributes:
        spans: Pairs of lowest and highest number, both inclusive.
    """

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, *spans: Span) -> Self:
        """Return the set of all numbers in any of the spans; a span with low above high is empty."""
        merged: list[Span] = []
        for low, high in sorted(span for span in spans if span[0] <= span[1]):
            if merged and low <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
            else:
                merged.append((low, high))
        return cls(tuple(merged))

    @classmethod
    def single(cls, number: int) -> Self:
        """Return the set of one number."""
        return cls(((number, number),))

    def __bool__(self) -> bool:
        """Tell whether the set has a member."""
        return bool(self.spans)

    def __contains__(self, number: int) -> bool:
        """Tell whether a number is in the set."""
        return any(low <= number <= high for low, high in self.spans)

    def __or__(self, other: Self) -> Self:
        """Return the numbers in either set."""
        return self.of(*self.spans, *other.spans)

    def __and__(self, other: Self) -> Self:
        """Return the numbers in both sets."""
        common: list[Span] = []
        mine, theirs = 0, 0
        while mine < len(self.spans) and theirs < len(other.spans):
            low = max(self.spans[mine][0], other.spans[theirs][0])
            high = min(self.spans[mine][1], other.spans[theirs][1])
            if low <= high:
                common.append((low, high))
            if self.spans[mine][1] < other.spans[theirs][1]:
                mine += 1
            else:
                theirs += 1
        return type(self)(tuple(common))

    def __sub__(self, other: Self) -> Self:
        """Return the numbers of this set that are not in the other."""
        left: list[Span] = []
        for low, high in self.spans:
            start = low
            for other_low, other_high in other.spans:
                if other_high < start:
                    continue
                if other_low > high:
                    break
                if start < other_low:
                    left.append((start, other_low - 1))
                start = other_high + 1
            if start <= high:
                left.append((start, high))
        return type(self)(tuple(left))

    def covers(self, other: Self) -> bool:
        """Tell whether every number of the other set is in this one."""
        return not other - self

    def isdisjoint(self, other: Self) -> bool:
        """Tell whether no number is in both sets."""
        return not self & other

    @property
    def lowest(self) -> int:
        """The lowest member.

        Raises:
            ValueError: The set is empty.
        """
        if not self.spans:
            raise ValueError("an empty set has no lowest member")
        return self.spans[0][0]
