"""What a sweep asks of the place where states lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A state that is there.

    Attributes:
        location: Where, in words that the user knows; different for every state.
        version: Differs whenever the content does; empty when nobody can tell without reading it.
        locked: Whether an update of the stack is under way.
    """

    location: str
    version: str
    locked: bool = False


class Backend(Protocol):
    """A place of states; it is sent to other processes, so that each opens what it needs by itself."""

    @property
    def name(self) -> str:
        """What the user calls it, without credentials."""

    @property
    def identity(self) -> str:
        """What tells it from any other place, however the user calls either; without credentials."""

    def states(self) -> Iterator[Listed]:
        """List the states that are there, a few at a time.

        Raises:
            AuditError: The place cannot be listed.
        """

    def content(self, location: str) -> bytes:
        """Read a state.

        Raises:
            AuditError: It cannot be read.
        """
