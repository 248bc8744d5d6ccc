"""Sets of whole numbers as spans: exact, and as small as what they describe."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
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
        return bool(self.spans[_meeting(self.spans, number, number)])

    def __or__(self, other: Self) -> Self:
        """Return the numbers in either set."""
        return self.of(*self.spans, *other.spans)

    def __and__(self, other: Self) -> Self:
        """Return the numbers in both sets."""
        few, many = (self, other) if len(self.spans) <= len(other.spans) else (other, self)
        common: list[Span] = []
        for low, high in few.spans:
            for start, stop in many.spans[_meeting(many.spans, low, high)]:
                common.append((max(low, start), min(high, stop)))
        return type(self)(tuple(common))

    def __sub__(self, other: Self) -> Self:
        """Return the numbers of this set that are not in the other."""
        left = list(self.spans)
        for low, high in other.spans:
            place = _meeting(left, low, high)
            if cut := left[place]:
                edges = ((cut[0][0], low - 1), (high + 1, cut[-1][1]))
                left[place] = [span for span in edges if span[0] <= span[1]]
        return type(self)(tuple(left))

    def covers(self, other: Self) -> bool:
        """Tell whether every number of the other set is in this one."""
        return not other - self

    def isdisjoint(self, other: Self) -> bool:
        """Tell whether no number is in both sets."""
        mine, theirs = self.spans, other.spans
        if not mine or not theirs or mine[-1][1] < theirs[0][0] or theirs[-1][1] < mine[0][0]:
            return True
        few, many = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
        if len(many) == 1:
            return False
        return not any(many[_meeting(many, low, high)] for low, high in few)

    @property
    def size(self) -> int:
        """How many members the set has."""
        return sum(high - low + 1 for low, high in self.spans)

    @property
    def lowest(self) -> int:
        """The lowest member.

        Raises:
            ValueError: The set is empty.
        """
        if not self.spans:
            raise ValueError("an empty set has no lowest member")
        return self.spans[0][0]


def edges_of(spans: Sequence[Span]) -> list[int]:
    """Return the numbers at which spans begin, and those at which they are over, in order."""
    return [edge for low, high in spans for edge in (low, high + 1)]


def spans_of(edges: Iterable[int]) -> tuple[Span, ...]:
    """Return the spans with such edges."""
    numbers = iter(edges)
    return tuple([(low, behind - 1) for low, behind in zip(numbers, numbers, strict=True)])


def cut(left: list[int], spans: Sequence[Span]) -> tuple[Span, ...]:
    """Take the numbers of some spans out of a set, in place, and return those that were in it.

    Args:
        left: The set, by its edges: a number is in it when an odd number of edges are not above the number.
        spans: What to take out.
    """
    caught: tuple[Span, ...] = ()
    for span in spans:
        low, behind = span[0], span[1] + 1
        first, last = bisect_right(left, low), bisect_left(left, behind)
        if first < last:
            before, after = [low] * (first & 1), [behind] * (last & 1)
            caught += spans_of(before + left[first:last] + after)
            first, last = bisect_left(left, low, 0, first), bisect_right(left, behind, last)
            left[first:last] = [low] * (first & 1) + [behind] * (last & 1)
        elif first & 1:
            caught += (span,)
            start, stop = left[first - 1], left[first]
            if start < low and behind < stop:
                left[first:first] = (low, behind)
            elif start < low:
                left[first] = low
            elif behind < stop:
                left[first - 1] = behind
            else:
                del left[first - 1 : first + 1]
    return caught


def _meeting(spans: Sequence[Span], low: int, high: int) -> slice:
    """Return the place of the spans that share a number with the one from low to high."""
    first = bisect_left(spans, (low,))
    if first and spans[first - 1][1] >= low:
        first -= 1
    return slice(first, bisect_left(spans, (high + 1,), first))
