"""A value that cannot be had yet is a value of its own: `Unknown`."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a value cannot be had."""

    NOT_YET = "known only after deployment"
    NOT_LOOKED_AT = "the engine did not look at this resource"
    MALFORMED = "not a value AWS would take"
    CONTESTED = "more than one resource claims this place"
    NOT_PUBLISHED = "AWS does not publish which public addresses its services use"
    DISPUTED = "AWS's documents disagree on what it does"
    UNREAD = "a template of this stack may fill it, and templates are not read"
    NAMED = "a name, and no security group at hand is sure to be the one that has it"
    HIDDEN = "the program keeps it secret"
    RESPELT = "in how many characters it reaches AWS is up to the provider"
    LEFT_OPEN = "the program leaves it to AWS, and what AWS chooses is not known here"
    RECALLED = "AWS had it when this was last read, and no resource of this stack states it"
    NOT_STATED = "it lies outside this stack, and the settings do not state it"
    INTRICATE = "too intricate to be judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A property whose value cannot be had, and why.

    Attributes:
        urn: The resource that holds the property.
        path: The property's path as a program writes it, such as `ingress[0].cidrBlock`.
        reason: Why the value cannot be had.
    """

    urn: str
    path: str
    reason: Reason = Reason.NOT_YET
