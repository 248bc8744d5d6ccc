"""How lines run between the boxes of a picture."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from mwaa_audit.reports.html.picture.contents import TO_THE_INTERNET
from mwaa_audit.reports.html.picture.layout import LANE, Layout
from mwaa_audit.reports.html.picture.numbering import ENVIRONMENT, NumberedPath, key_of
from mwaa_audit.reports.html.picture.shapes import Box, Edge, Fail, Point
from mwaa_audit.reports.words import shown
from mwaa_audit.shown import EndKind, PathEnd, ShownNetwork

Way: TypeAlias = tuple[Point, ...]

# Of more paths than these the text beside the picture tells.
DRAWN: Final = 8
# How far apart lines run in one lane, and how many do before the first place is taken again.
_STEP: Final = 7
_ABREAST: Final = 5
# How far apart they end at a box, and how high a stretch of its side is that several can end at.
_APART: Final = 21
_LEAST: Final = 24
# How far from the end of a path its cross stands.
_CROSS: Final = 17


def edges_of(network: ShownNetwork, layout: Layout) -> Iterator[Edge]:
    """Yield the ways of a network: by routes, to endpoints, and from the environment to its subnets."""
    environment = layout.parts[ENVIRONMENT]
    lowest: dict[tuple[int, int], int] = {}
    for own in layout.boxes:
        if own.kind == "own":
            column = layout.columns[own.part]
            lowest[column] = max(own.y, lowest.get(column, 0))
    for subnet in network.subnets:
        box = layout.parts.get(subnet.id)
        if box is not None and subnet.of_environment:
            points = _down(box, environment, beside=box.y < lowest[layout.columns[subnet.id]])
            title = f"{shown(network.environment)} is in {subnet.label}"
            yield Edge(points=points, kind="holds", title=title)
    yield from _routes(network, layout)
    for gateway in network.gateways:
        box = layout.parts.get(gateway.id)
        if box is not None and layout.internet is not None and gateway.kind in TO_THE_INTERNET:
            yield Edge(points=_up(box, layout.internet), kind="route", title=f"{gateway.label}, the internet")
    for endpoint in network.endpoints:
        points = _along_spine(environment, layout.parts[endpoint.id], layout.spine + 52)
        yield Edge(points=points, kind="endpoint", title=endpoint.label)


def _down(box: Box, environment: Box, *, beside: bool) -> Way:
    """Return the way from a subnet down to the environment, beside those below it where there are any."""
    x, y = box.centre
    if not beside:
        return ((x, environment.y), (x, box.bottom))
    lane = box.right + 5
    return ((lane, environment.y), (lane, y), (box.right, y))


def _routes(network: ShownNetwork, layout: Layout) -> Iterator[Edge]:
    tables = {each.id: each for each in network.route_tables}
    targets = {each.id: number for number, each in enumerate(network.gateways)}
    for subnet in network.subnets:
        box, table = layout.parts.get(subnet.id), tables.get(subnet.route_table or "")
        for route in table.routes if box is not None and table is not None else ():
            target = layout.parts.get(route.part)
            if box is not None and target is not None and route.part in targets:
                lane = layout.columns[subnet.id][0] + (14 if subnet.of_environment else 28)
                street = layout.street + 8 + 6 * (targets[route.part] % _ABREAST)
                blocks = ", ".join(route.destinations or ("not known yet",))
                yield Edge(
                    points=_tidy(_by_lane(box, target, layout, lane, street)),
                    kind="route",
                    title=f"{subnet.label}: {blocks} to {route.target}",
                )


def _by_lane(box: Box, target: Box, layout: Layout, lane: int, street: int) -> Way:
    y = box.centre[1]
    start = ((box.x, y), (lane, y))
    if target.kind != "nat":
        return (*start, (lane, street), (target.centre[0], street), (target.centre[0], target.bottom))
    column = layout.columns[target.part][0]
    end = ((target.x, target.centre[1]),)
    if column == layout.columns[box.part][0]:
        return (*start, (lane, target.centre[1]), *end)
    there = column + 28
    return (*start, (lane, street), (there, street), (there, target.centre[1]), *end)


def _up(box: Box, internet: Box) -> Way:
    x, middle = box.centre[0], (box.y + internet.bottom) // 2
    return _tidy(
        ((x, box.y), (x, middle), (internet.centre[0], middle), (internet.centre[0], internet.bottom))
    )


def _along_spine(source: Box, target: Box, x: int, shift: int = 0) -> Way:
    """Return the way from a box's right side along the spine to the left side of one beside it."""
    y, goal = source.centre[1] + shift, target.centre[1] + shift // 2
    return _tidy(((source.right, y), (x, y), (x, goal), (target.x, goal)))


def fails_of(paths: Sequence[NumberedPath], layout: Layout) -> Iterator[Fail]:
    """Yield the paths that fail and have both ends in the picture, the first few."""
    drawn = 0
    for each in paths:
        points = _between(each.first.source, each.first.target, layout, drawn)
        if points and drawn < DRAWN:
            yield _fail(each, _tidy(points), drawn)
            drawn += 1


def _between(source: PathEnd, target: PathEnd, layout: Layout, number: int) -> Way:
    """Return the way between two ends; none where one of them is not in the picture."""
    if source.kind is EndKind.INTERNET:
        return tuple(reversed(_between(target, source, layout, number)))
    start = layout.parts.get(key_of(source))
    if start is None:
        return ()
    outward = target.kind is EndKind.INTERNET
    end = layout.internet if outward else layout.parts.get(key_of(target))
    if end is None:
        return ()
    if outward:
        return _out(start, end, layout, number)
    if start is end:
        return _loop(start)
    if target.kind in {EndKind.ENDPOINT, EndKind.MISSING}:
        return _beside(start, end, layout, number)
    if target.kind is EndKind.GATEWAY and end.kind != "nat":
        return _to_border(start, end, layout, number)
    return _across(start, end, layout, number)


def _offset(number: int) -> int:
    return _STEP * (number % _ABREAST)


def _lane(box: Box, layout: Layout, number: int) -> int:
    """Return how far right a path leaves the column of a box."""
    return layout.columns[box.part][1] - 8 - _offset(number)


def _leave(box: Box, layout: Layout, number: int) -> Way:
    """Return the first points of a path, into the lane: from a side, or from above for the environment."""
    lane = _lane(box, layout, number)
    if box.kind == "environment":
        return ((lane, box.y),)
    y = box.y + 14 + (_APART * number) % max(box.height - _LEAST, 1)
    return ((box.right, y), (lane, y))


def _out(box: Box, internet: Box, layout: Layout, number: int) -> Way:
    lane, street = _lane(box, layout, number), layout.street + 12 + _offset(number)
    descent, y = layout.descent + 12 + _offset(number), internet.y + 8 + _offset(number) // 2
    return (
        *_leave(box, layout, number),
        (lane, street),
        (descent, street),
        (descent, y),
        (internet.right, y),
    )


def _loop(box: Box) -> Way:
    x = box.x - LANE // 2
    return ((box.x, box.y + 12), (x, box.y + 12), (x, box.bottom - 10), (box.x, box.bottom - 10))


def _beside(box: Box, target: Box, layout: Layout, number: int) -> Way:
    x = layout.spine + 10 + _offset(number)
    if box.kind == "environment":
        return _along_spine(box, target, x, 3 + _offset(number) - 2 * _STEP)
    bus = layout.bus + 6 + _offset(number)
    lane = _lane(box, layout, number)
    y = target.centre[1] + 4
    return (*_leave(box, layout, number), (lane, bus), (x, bus), (x, y), (target.x, y))


def _to_border(box: Box, target: Box, layout: Layout, number: int) -> Way:
    lane, street = _lane(box, layout, number), layout.street + 12 + _offset(number)
    x = target.centre[0] + 24 + _offset(number)
    return (*_leave(box, layout, number), (lane, street), (x, street), (x, target.bottom))


def _across(box: Box, target: Box, layout: Layout, number: int) -> Way:
    """Return the way from a subnet, or a NAT gateway in one, to another."""
    (left, _), (other, _) = layout.columns[box.part], layout.columns[target.part]
    step = abs(left - other)
    beside = 0 < step < 2 * (layout.columns[box.part][1] - left)
    low, high = max(box.y, target.y), min(box.bottom, target.bottom)
    if beside and high - low > _LEAST:
        y = low + 12 + (_APART * number) % (high - low - _LEAST)
        return ((box.right, y), (target.x, y)) if left < other else ((box.x, y), (target.right, y))
    lane, there = _lane(box, layout, number), _lane(target, layout, number)
    end = ((there, target.centre[1]), (target.right, target.centre[1]))
    if lane == there:
        return (*_leave(box, layout, number), *end)
    crossing = layout.corridor + 2 + _offset(number) // 2
    return (*_leave(box, layout, number), (lane, crossing), (there, crossing), *end)


def _fail(path: NumberedPath, points: Way, number: int) -> Fail:
    first = path.first
    title = f"{path.number}: from {first.source.label} to {first.target.label}: {first.decider}"
    badge = _badge(points, number)
    if first.arrives:
        return Fail(number=path.number, taken=points, rest=(), cross=None, badge=badge, title=title)
    whole = _length(points)
    at = min(_CROSS, whole // 2) if first.at_source else max(whole - _CROSS, whole // 2)
    taken, rest = _split(points, at)
    return Fail(number=path.number, taken=taken, rest=rest, cross=taken[-1], badge=badge, title=title)


def _badge(points: Way, number: int) -> Point:
    """Return a place on the longest stretch of a way, another one for each number."""
    (x, y), (further_x, further_y) = max(pairwise(points), key=_length)
    share = (50, 38, 62, 44, 56)[number % _ABREAST]
    return x + (further_x - x) * share // 100, y + (further_y - y) * share // 100


def _length(points: Way) -> int:
    return sum(abs(x - u) + abs(y - v) for (x, y), (u, v) in pairwise(points))


def _split(points: Way, at: int) -> tuple[Way, Way]:
    """Return a way up to a distance from its beginning, and the rest of it; lines run along the axes."""
    ends = tuple(accumulate(_length(pair) for pair in pairwise(points)))
    number = next(number for number, end in enumerate(ends) if at <= end)
    (x, y), (u, v) = points[number], points[number + 1]
    stretch = _length(((x, y), (u, v)))
    left = at - (ends[number] - stretch)
    middle = (x + (u - x) * left // stretch, y + (v - y) * left // stretch)
    return (*points[: number + 1], middle), (middle, *points[number + 1 :])


def _tidy(points: Way) -> Way:
    """Return a way without points that are no corners."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        while len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _straight(one: Point, two: Point, three: Point) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]
