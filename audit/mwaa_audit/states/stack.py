"""A stack as a state file, or a recorded preview, has it."""

from dataclasses import dataclass

from mwaa_audit.result import CodePosition
from mwaa_guardrails.reading.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A resource, with what the engine knows of it beside its properties.

    Attributes:
        resource: The resource.
        external: Whether the program only looks it up, and somebody else manages it.
        code: The lines of the program that lead to it, the outermost first.
    """

    resource: Resource
    external: bool
    code: tuple[CodePosition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A stack.

    Attributes:
        project: Its project; empty when the stack has no resource and the file does not say.
        name: Its name, likewise.
        resources: What it has, or will have after the update that a preview shows.
    """

    project: str
    name: str
    resources: tuple[Described, ...]

    @property
    def title(self) -> str:
        """The stack as `project/stack`; empty when nobody knows."""
        return f"{self.project}/{self.name}" if self.name else ""
