"""What earlier sweeps counted, as a chart and a table; lengths are pixels, from the upper left corner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise
from typing import Final

from mwaa_audit.reports.html.picture.shapes import Point
from mwaa_audit.result import PastSweep
from mwaa_audit.terminal import counted

_WIDTH: Final = 1180
_HEIGHT: Final = 190
_LEFT: Final = 48
# Room for what the lines are called.
_RIGHT: Final = 150
_TOP: Final = 16
_BOTTOM: Final = 34
_STEPS: Final = 4
_BETWEEN_DAYS: Final = 90
_BETWEEN_NAMES: Final = 17
# Of more days than these none has a mark of its own.
_MARKED: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A line of the chart.

    Attributes:
        kind: What it counts.
        name: In words, with the last number.
        points: One a day.
        marks: The points that have a mark.
        name_y: How high its name stands, beside its last point.
    """

    kind: str
    name: str
    points: tuple[Point, ...]
    marks: tuple[Point, ...]
    name_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A value on an axis."""

    at: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The chart and the table of the days that were swept.

    Attributes:
        sentence: What changed since the first of them.
        days: The axis of days.
        numbers: The axis of numbers.
        series: The lines.
        past: The days, the latest first.
    """

    width: int
    height: int
    left: int
    right: int
    bottom: int
    sentence: str
    days: tuple[Tick, ...]
    numbers: tuple[Tick, ...]
    series: tuple[Series, ...]
    past: tuple[PastSweep, ...]


def trend_of(history: Sequence[PastSweep]) -> Trend | None:
    """Return the chart of earlier sweeps; None where there is nothing to compare with.

    Args:
        history: What was counted each day, the earliest first.
    """
    if len(history) <= 1:
        return None
    highest = _ceiling(max(max(each.violations, each.questions, each.advice) for each in history))
    places = [(_across(each, history), each) for each in history]
    return Trend(
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        bottom=_HEIGHT - _BOTTOM,
        sentence=_sentence(history[0], history[-1]),
        days=tuple(_days(places)),
        numbers=tuple(
            Tick(at=_down(value, highest), text=f"{value:,}")
            for value in range(0, highest + 1, highest // _STEPS)
        ),
        series=_series(places, highest),
        past=tuple(reversed(history)),
    )


def _ceiling(number: int) -> int:
    """Return a round number that is no lower, and that the steps divide."""
    steps = (digit * int(10**power) for power in count() for digit in (1, 2, 3, 4, 5, 6, 8))
    return next(step * _STEPS for step in steps if step * _STEPS >= number)


def _across(sweep: PastSweep, history: Sequence[PastSweep]) -> int:
    first, last = _day(history[0]), _day(history[-1])
    return _LEFT + (_day(sweep) - first) * (_WIDTH - _LEFT - _RIGHT) // (last - first)


def _day(sweep: PastSweep) -> int:
    return date.fromisoformat(sweep.day).toordinal()


def _down(value: int, highest: int) -> int:
    return _HEIGHT - _BOTTOM - value * (_HEIGHT - _TOP - _BOTTOM) // highest


def _days(places: Sequence[tuple[int, PastSweep]]) -> Iterator[Tick]:
    """Yield days that have room beside one another, the last one in any case."""
    last, _ = places[-1]
    free = 0
    for x, sweep in places:
        if x == last or free <= x <= last - _BETWEEN_DAYS:
            yield Tick(at=x, text=sweep.day)
            free = x + _BETWEEN_DAYS


def _series(places: Sequence[tuple[int, PastSweep]], highest: int) -> tuple[Series, ...]:
    latest = places[-1][1]
    counts = (
        ("stops", counted(latest.violations, "violation"), [each.violations for _, each in places]),
        ("question", counted(latest.questions, "open question"), [each.questions for _, each in places]),
        (
            "advice",
            counted(latest.advice, "piece of advice", "pieces of advice"),
            [each.advice for _, each in places],
        ),
    )
    lines = []
    for kind, name, values in counts:
        points = tuple((x, _down(value, highest)) for (x, _), value in zip(places, values, strict=True))
        lines.append((kind, name, points))
    heights = _apart([points[-1][1] for _, _, points in lines])
    return tuple(
        Series(
            kind=kind,
            name=name,
            points=points,
            marks=points if len(points) <= _MARKED else points[-1:],
            name_y=height,
        )
        for (kind, name, points), height in zip(lines, heights, strict=True)
    )


def _apart(heights: Sequence[int]) -> list[int]:
    """Return heights with room for a line of text between any two, in the same order: the lowest stays."""
    order = sorted(range(len(heights)), key=lambda number: (-heights[number], -number))
    placed = list(heights)
    for lower, upper in pairwise(order):
        placed[upper] = min(placed[upper], placed[lower] - _BETWEEN_NAMES)
    # None is above the chart; what that pushes down pushes what is below it.
    placed[order[-1]] = max(placed[order[-1]], _TOP)
    for upper, lower in pairwise(reversed(order)):
        placed[lower] = max(placed[lower], placed[upper] + _BETWEEN_NAMES)
    return placed


def _sentence(first: PastSweep, last: PastSweep) -> str:
    changes = [
        _change(last.violations - first.violations, "violation", "violations"),
        _change(last.questions - first.questions, "open question", "open questions"),
        _change(last.advice - first.advice, "piece of advice", "pieces of advice"),
    ]
    told = ", ".join(each for each in changes if each) or "the same numbers"
    return f"Since {first.day}: {told}."


def _change(by: int, one: str, many: str) -> str:
    return f"{counted(abs(by), one, many)} {'more' if by > 0 else 'fewer'}" if by else ""
