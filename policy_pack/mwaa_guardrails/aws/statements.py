"""What a policy document says, when part of it may not be known yet.

Source: "IAM JSON policy elements reference" in the IAM User Guide. Actions are folded to lower case, for IAM
tells no cases apart there; resources are as they were written.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from mwaa_guardrails.net.globs import EVERYTHING, NOTHING, Globs
from mwaa_guardrails.unknown import Unknown

# Only the letters of ASCII: names of AWS's actions have no others, and no foreign letter may become one.
_FOLDED: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def folded(text: str) -> str:
    """Return a text as IAM compares it where case has no bearing."""
    return text.translate(_FOLDED)


class Effect(StrEnum):
    """What a statement does about the requests it matches."""

    ALLOW = "Allow"
    DENY = "Deny"


class Principals(StrEnum):
    """Whether a statement is about the execution role of an environment."""

    INCLUDED = "every principal"
    PERHAPS = "principals that may be the role"
    EXCLUDED = "none that can be a role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The actions, or the resources, that a statement is about.

    Attributes:
        patterns: What it names.
        negated: Whether it is about all but what it names (`NotAction`, `NotResource`).
        doubtful: Patterns with variables of a request in them, each as wide as it may turn out.
        unknown: A part of the list that cannot be had; it may be any pattern.
    """

    patterns: tuple[str, ...]
    negated: bool = False
    doubtful: tuple[str, ...] = ()
    unknown: Unknown | None = None

    @property
    def sure(self) -> Globs:
        """What it surely is about."""
        if not self.negated:
            return Globs(self.patterns)
        return NOTHING if self.unknown else Globs((*self.patterns, *self.doubtful), inside=False)

    @property
    def possible(self) -> Globs:
        """What it may be about; contains what it surely is about."""
        if self.negated:
            return Globs(self.patterns, inside=False)
        return EVERYTHING if self.unknown else Globs((*self.patterns, *self.doubtful))


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One operator on one key of a statement's `Condition`, both folded to lower case."""

    operator: str
    key: str
    values: tuple[str | Unknown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of a policy document.

    Attributes:
        position: Its place among the statements, from 1.
        sid: Its `Sid`; None when it has none.
        effect: What it does.
        principals: Whether it is about the execution role of an environment.
        actions: The actions it is about.
        resources: The resources it is about.
        conditions: What must hold besides; all of it.
    """

    position: int
    sid: str | None
    effect: Effect | Unknown
    principals: Principals | Unknown
    actions: Selection
    resources: Selection
    conditions: tuple[Condition, ...] | Unknown = ()


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters something has when it reaches AWS, at least and at most."""

    fewest: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """A policy document.

    Attributes:
        urn: The resource that states it.
        statements: Its statements, in order.
        path: The property that holds it.
        unknown: A part of the list of statements that cannot be had; it may be any statement.
        length: How long it is, as far as it is known; documents of several lengths may say the same.
    """

    urn: str
    statements: tuple[Statement, ...]
    path: str = ""
    unknown: Unknown | None = None
    length: Length = field(default=Length(0, 0), compare=False)
