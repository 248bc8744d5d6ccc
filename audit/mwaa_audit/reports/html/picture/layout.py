"""Where the boxes of a picture stand, and where between them lines may run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from mwaa_audit.reports.html.picture.contents import Column, Content, Contents
from mwaa_audit.reports.html.picture.numbering import ENVIRONMENT
from mwaa_audit.reports.html.picture.shapes import Box, Point, Text

# Between the picture's edge and the VPC, a box and the next, a box and its text.
_MARGIN: Final = 10
_GAP: Final = 20
_PAD: Final = 12
_LINE: Final = 17
_COLUMN: Final = 316
# On both sides of the boxes in a column, for lines.
LANE: Final = 46
_GATEWAY: Final = (218, 34)
_INTERNET: Final = (170, 34)
_NAT: Final = 25
_ENDPOINT: Final = 240
_HEAD: Final = 30
# Where lines cross from column to column: above the zones, in their lower end, below them.
_STREET: Final = 46
_CORRIDOR: Final = 28
_BUS: Final = 36
# Between the zones and the endpoints.
_SPINE: Final = 66
# How wide a letter is, on the average and in tenths of a pixel.
_LETTER: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything stands.

    Attributes:
        width: Of the picture.
        height: Likewise.
        ground: The VPC and the zones.
        boxes: All others.
        parts: Boxes by the part they are.
        columns: The left and the right side of the column that a part is in.
        internet: The internet; None where it is not in the picture.
        street: How high lines cross above the zones, at the least.
        corridor: How high they cross in the lower end of the zones, at the least.
        bus: How high they cross below the zones, at the least.
        spine: How far right they run to the endpoints, at the least.
        descent: How far right they come down from the internet, at the least.
    """

    width: int
    height: int
    ground: tuple[Box, ...]
    boxes: tuple[Box, ...]
    parts: Mapping[str, Box]
    columns: Mapping[str, tuple[int, int]]
    internet: Box | None
    street: int
    corridor: int
    bus: int
    spine: int
    descent: int


def layout_of(contents: Contents, marked: frozenset[str]) -> Layout:
    """Place what is in a picture.

    Args:
        contents: What is in it.
        marked: The parts that something is wrong with.
    """
    left = _MARGIN + LANE
    columns_width = _row(len(contents.columns), _COLUMN)
    inner = max(columns_width, _row(len(contents.border), _GATEWAY[0]), _COLUMN)
    spine = left + inner
    right = spine + (_SPINE + _ENDPOINT + _GAP if contents.beside else LANE)

    internet = _internet(left, inner) if contents.internet else None
    vpc_top = (internet.bottom + _GAP if internet else _MARGIN) + (_GATEWAY[1] // 2 if contents.border else 0)
    border = tuple(_border(contents.border, left, inner, vpc_top - _GATEWAY[1] // 2))
    street = vpc_top + (_GATEWAY[1] // 2 if border else 0) + _HEAD
    zones_top = street + _STREET
    upper_top = zones_top + _HEAD
    own_top = upper_top + max((_stack(each.upper) for each in contents.columns), default=0)
    corridor = own_top + max((_stack(each.own) for each in contents.columns), default=0)
    zones_bottom = corridor + _CORRIDOR
    environment = _box(contents.environment, (left, zones_bottom + _BUS), inner)
    beside = tuple(_down(contents.beside, spine + _SPINE, zones_top, _ENDPOINT))
    bottom = max(each.bottom for each in (environment, *beside)) + _GAP

    vpc = Box(
        part=contents.vpc.part,
        kind="vpc",
        x=_MARGIN,
        y=vpc_top,
        width=right - _MARGIN,
        height=bottom - vpc_top,
        texts=tuple(_in_a_line(contents.vpc, (_MARGIN + _PAD, street - 8))),
        title=contents.vpc.title,
    )
    ground, boxes = [vpc], [*border, environment, *beside]
    sides: dict[str, tuple[int, int]] = {}
    first = left + (inner - columns_width) // 2
    for number, column in enumerate(contents.columns):
        x = first + number * (_COLUMN + _GAP)
        ground.append(_zone(column, (x, zones_top), zones_bottom - zones_top))
        for each in (*_subnets(column.upper, x, upper_top), *_subnets(column.own, x, own_top)):
            boxes.append(each)
            sides[each.part] = (x, x + _COLUMN)
    if internet:
        boxes.append(internet)
    boxes = [replace(each, marked=True) if each.part in marked else each for each in boxes]
    sides[ENVIRONMENT] = next(
        (sides[each.part] for column in contents.columns for each in column.own), (left, spine)
    )
    return Layout(
        width=right + _MARGIN,
        height=bottom + _MARGIN,
        ground=tuple(replace(each, marked=bool(each.part) and each.part in marked) for each in ground),
        boxes=tuple(boxes),
        parts={each.part: each for each in boxes if each.part},
        columns=sides,
        internet=internet,
        street=street,
        corridor=corridor,
        bus=zones_bottom,
        spine=spine,
        descent=max((each.right for each in border), default=internet.right if internet else 0),
    )


def _row(number: int, width: int) -> int:
    return number * (width + _GAP) - _GAP


def _internet(left: int, inner: int) -> Box:
    x, y = left + (inner - _INTERNET[0]) // 2, _MARGIN
    text = Text(x=x + 44, y=y + 22, text="The internet", kind="name")
    return Box(
        part="",
        kind="internet",
        x=x,
        y=y,
        width=_INTERNET[0],
        height=_INTERNET[1],
        texts=(text,),
        title="The internet",
    )


def _border(contents: Iterable[Content], left: int, inner: int, y: int) -> Iterator[Box]:
    given = tuple(contents)
    x = left + (inner - _row(len(given), _GATEWAY[0])) // 2
    for number, each in enumerate(given):
        yield _box(each, (x + number * (_GATEWAY[0] + _GAP), y), _GATEWAY[0])


def _zone(column: Column, place: Point, height: int) -> Box:
    x, y = place
    text = Text(x=x + LANE, y=y + 20, text=column.zone, kind="place")
    return Box(part="", kind="zone", x=x, y=y, width=_COLUMN, height=height, texts=(text,), title=column.zone)


def _subnets(contents: Iterable[Content], x: int, y: int) -> Iterator[Box]:
    width = _COLUMN - 2 * LANE
    for each in contents:
        box = _box(each, (x + LANE, y), width)
        yield box
        for number, inner in enumerate(each.inner, 1):
            top = box.bottom - number * (_NAT + 6) - 4
            chip = _box(inner, (box.x + _PAD - 2, top), width - 2 * _PAD + 4)
            yield replace(chip, height=_NAT, texts=tuple(replace(text, y=top + 17) for text in chip.texts))
        y = box.bottom + _PAD


def _down(contents: Iterable[Content], x: int, y: int, width: int) -> Iterator[Box]:
    for each in contents:
        box = _box(each, (x, y), width)
        yield box
        y = box.bottom + _PAD


def _stack(contents: Iterable[Content]) -> int:
    return sum(_height(each) + _PAD for each in contents)


def _height(content: Content) -> int:
    inner = len(content.inner) * (_NAT + 6)
    return max(len(content.lines) * _LINE + _PAD + 5, _GATEWAY[1]) + inner


def _box(content: Content, place: Point, width: int) -> Box:
    x, y = place
    room = (width - 2 * _PAD) * 10 // _LETTER
    return Box(
        part=content.part,
        kind=content.kind,
        x=x,
        y=y,
        width=width,
        height=_height(content),
        texts=tuple(
            Text(x=x + _PAD, y=y + _PAD + 10 + number * _LINE, text=short(text, room), kind=kind)
            for number, (text, kind) in enumerate(content.lines)
        ),
        title=content.title,
    )


def _in_a_line(content: Content, place: Point) -> Iterator[Text]:
    x, y = place
    for text, kind in content.lines:
        shortened = short(text, 50)
        yield Text(x=x, y=y, text=shortened, kind=kind)
        x += len(shortened) * _LETTER // 9 + _GAP


def short(text: str, room: int) -> str:
    """Return a text, or as much of it as there is room for."""
    return text if len(text) <= room else f"{text[: room - 1]}\u2026"
