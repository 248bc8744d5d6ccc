"""Numbers for paths that fail, by which picture and text speak of the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from mwaa_audit.shown import EndKind, FailingPath, PathEnd

# What the environment's own box is known by.
ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPath:
    """Paths that fail between the same two ends for the same reason, under one number."""

    number: int
    paths: tuple[FailingPath, ...]

    @property
    def first(self) -> FailingPath:
        """One of them; all have its ends and its decider."""
        return self.paths[0]

    @property
    def decides_at(self) -> str:
        """The part that the picture says the reason in: where the path ends, or where it comes from."""
        path = self.first
        near = path.source if path.at_source or path.arrives else path.target
        if near.kind in {EndKind.GATEWAY, EndKind.INTERNET, EndKind.MISSING}:
            near = path.source
        return key_of(near)


def numbered(paths: Iterable[FailingPath], first: int) -> tuple[NumberedPath, ...]:
    """Number paths, those with the same ends and the same decider together.

    Args:
        paths: Paths that fail.
        first: The first number.
    """
    together: dict[tuple[PathEnd, PathEnd, str, str], list[FailingPath]] = {}
    for each in paths:
        together.setdefault((each.source, each.target, each.decider, each.line), []).append(each)
    return tuple(
        NumberedPath(number=number, paths=tuple(some)) for number, some in enumerate(together.values(), first)
    )


def key_of(end: PathEnd) -> str:
    """Return what the box at an end of a path is known by."""
    return ENVIRONMENT if end.kind is EndKind.ENVIRONMENT else end.part
