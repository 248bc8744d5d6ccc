"""What a check says: a finding, or that something cannot be known. Values only, no sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mwaa_guardrails.aws.decisions import Decision
from mwaa_guardrails.aws.model import Direction, Environment, Origin, Reference, Route
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.net.traffic import Packet
from mwaa_guardrails.unknown import Unknown


class Degree(StrEnum):
    """How bad a finding is."""

    VIOLATION = "violation"
    ADVICE = "advice"


class Purpose(StrEnum):
    """What a flow that an environment needs is for."""

    DATABASE = "metadata database"
    ENDPOINTS = "VPC endpoints and web server"
    REPLIES = "replies"
    S3 = "Amazon S3"
    INTERNET = "the internet"
    NAT = "traffic through the NAT gateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedFlow:
    """A flow that a network ACL denies.

    Attributes:
        purpose: What the flow is for.
        subnet: The subnet whose border the flow crosses.
        decision: The denied share, and who denies it.
        witness: One packet of that share.
    """

    purpose: Purpose
    subnet: Reference
    decision: Decision
    witness: Packet


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedTraffic:
    """A network ACL denies traffic that an environment needs, in one direction.

    Attributes:
        direction: The direction, seen from the subnets.
        flows: What is denied.
        free_number: A rule number before all entries that deny it; None when none is left.
    """

    direction: Direction
    flows: tuple[BlockedFlow, ...]
    free_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSelfReference:
    """No rule, or pair of rules, lets a security group in from itself.

    Attributes:
        denied: The required inbound traffic from the group itself that nothing allows.
    """

    denied: tuple[Decision, ...]


class Counted(StrEnum):
    """What an environment can have too few or too many of."""

    SUBNETS = "subnets"
    SECURITY_GROUPS = "security groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongCount:
    """An environment has too few or too many of something; `given` counts repetitions, too."""

    counted: Counted
    given: int
    distinct: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSubnet:
    """A subnet of an environment follows a route table that leads to an internet gateway.

    Attributes:
        table: The effective route table.
        route: Its widest route to an internet gateway.
        main: Whether the subnet follows it as its VPC's main table, without an association.
    """

    table: Origin
    route: Route
    main: bool


Fault: TypeAlias = BlockedTraffic | NoSelfReference | WrongCount | PublicSubnet


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
