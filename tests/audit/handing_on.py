"""A backend that hands on what another one has; tests change what its states hold, or when."""

from collections.abc import Iterator
from dataclasses import dataclass

from mwaa_audit.backends import Backend, Listed


@dataclass
class HandingOn:
    """A backend as it is."""

    backend: Backend

    @property
    def name(self) -> str:
        """As it is called."""
        return self.backend.name

    @property
    def identity(self) -> str:
        """As it is."""
        return self.backend.identity

    def states(self) -> Iterator[Listed]:
        """As they are."""
        return self.backend.states()

    def content(self, location: str) -> bytes:
        """As it is."""
        return self.backend.content(location)
