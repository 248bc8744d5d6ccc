"""What a check says: a finding, or that something cannot be known. Values only, no sentence."""

from dataclasses import dataclass
from enum import StrEnum

from mwaa_guardrails.aws.model import Environment, Origin
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.faults import Fault
from mwaa_guardrails.unknown import Unknown


class Degree(StrEnum):
    """How bad a finding is."""

    VIOLATION = "violation"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something is wrong, or could be better.

    Attributes:
        check: The check's id.
        degree: Violation or advice.
        environment: The environment that suffers.
        subject: The resource to change; the finding is reported there.
        related: Other resources the finding rests on.
        fault: What is wrong.
        requirements: The sentences it goes against, the most telling first.
    """

    check: str
    degree: Degree
    environment: Environment
    subject: Origin
    related: tuple[Origin, ...]
    fault: Fault
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undetermined:
    """A check cannot say about an environment, because of one property."""

    check: str
    environment: Environment
    unknown: Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A property that keeps checks from a verdict, once, however many ask for it.

    Attributes:
        unknown: The property.
        checks: The ids of the checks that cannot say, sorted.
        environments: The names of the environments they cannot judge, sorted.
    """

    unknown: Unknown
    checks: tuple[str, ...]
    environments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A check, or the reading, that raised: a defect of this project, never the user's.

    Attributes:
        part: The check's id, or `reading`.
        exception: The exception's type; its text may quote a secret.
    """

    part: str
    exception: str
