"""A resource as it reaches the pack, whoever sent it: the engine, a state file, a test."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from mwaa_guardrails.unknown import Reason


class Opaque(Enum):
    """A value that is there and cannot be read."""

    COMPUTED = "known only after deployment"
    SECRET = "secret"  # noqa: S105 - a word about secrets, not one of them
    NOT_STATED = "not stated in the settings"


Value: TypeAlias = bool | float | str | Opaque | tuple["Value", ...] | Mapping[str, "Value"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the program wrote a resource that is read as if it were of another type.

    Attributes:
        type: The type it wrote.
        path_of: The path of a property as it wrote it, for the path under which it is read.
    """

    type: str
    path_of: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource with its properties in wire names.

    Attributes:
        urn: Its URN.
        type: Its type, such as `aws:ec2/subnet:Subnet`.
        name: Its logical name.
        inputs: What the program gave, after the provider's checks; of a resource that the program only
            reads there are none, and its outputs are the truth.
        outputs: What the provider answered.
        dependencies: URNs of the resources it depends on.
        property_dependencies: Likewise, for each property.
        provider: URN of the provider resource that manages it; empty when nobody says.
        registered: Whether its inputs were shown; if not, nobody can say what the program left out.
        unseen_because: Why none of its properties is known, if it has neither inputs nor outputs.
        written: How the program wrote it, where that is not as it is read here.
    """

    urn: str
    type: str
    name: str
    inputs: Mapping[str, Value] = field(default_factory=dict)
    outputs: Mapping[str, Value] = field(default_factory=dict)
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    provider: str = ""
    registered: bool = True
    unseen_because: Reason = Reason.NOT_LOOKED_AT
    written: Wording | None = None
