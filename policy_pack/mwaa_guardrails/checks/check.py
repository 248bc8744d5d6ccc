"""A check: what it is called, what it rests on, and how it looks at a network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.findings import Finding, Undetermined


class Severity(StrEnum):
    """How much a finding of a check matters."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Level(StrEnum):
    """What the engine does about a violation: what the guide says must be is mandatory."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    DISABLED = "disabled"


class Substitutes(StrEnum):
    """What to make of networks that reach the guide's end another way."""

    REFUSE = "refuse"
    ADVISE = "advise"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an administrator states for one check; None leaves the verdict to the check."""

    substitutes: Substitutes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A guardrail.

    Attributes:
        id: The bad pattern, in words.
        title: One sentence that says what must hold.
        severity: How much a finding matters.
        level: What the engine does about a violation unless an administrator says otherwise.
        requirements: The sentences it rests on.
        knows_substitutes: Whether it takes the option `substitutes`.
        irreparable: Whether no resource that comes later can mend what it finds, so that it may judge an
            environment that is about to be created by the resources that came before it.
        find: Looks at a network; order and repetition of what it yields carry no meaning.
    """

    id: str
    title: str
    severity: Severity
    requirements: tuple[Requirement, ...]
    find: Callable[[NetworkModel, Options], Iterator[Finding | Undetermined]]
    level: Level = Level.MANDATORY
    knows_substitutes: bool = False
    irreparable: bool = False
