"""What a picture is made of; lengths are pixels, from the upper left corner."""

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text; `kind` is what it is, such as `name`."""

    x: int
    y: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of the network.

    Attributes:
        part: The part; empty where it is none.
        kind: What it is.
        texts: What stands in it, shortened where there is no room.
        title: All of it, in full.
        marked: Whether something is wrong with it.
    """

    part: str
    kind: str
    x: int
    y: int
    width: int
    height: int
    texts: tuple[Text, ...]
    title: str
    marked: bool = False

    @property
    def right(self) -> int:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower side."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A way that packets take: by a route, to an endpoint, or out of what a part is in."""

    points: tuple[Point, ...]
    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail:
    """A path that fails.

    Attributes:
        number: What the text beside the picture calls it.
        taken: The way as far as it gets.
        rest: The way that it does not take; empty where it arrives.
        cross: Where it ends; None where it arrives.
        badge: Where its number stands.
        title: What fails, in words.
    """

    number: int
    taken: tuple[Point, ...]
    rest: tuple[Point, ...]
    cross: Point | None
    badge: Point
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A network, drawn: the ground first, then boxes, edges, and what fails."""

    width: int
    height: int
    ground: tuple[Box, ...]
    edges: tuple[Edge, ...]
    boxes: tuple[Box, ...]
    fails: tuple[Fail, ...]
