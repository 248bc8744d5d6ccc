"""A sentence of a page, and what this project does about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mwaa_guardrails.documents.sources import Source


class Strength(StrEnum):
    """How strongly a page puts a sentence."""

    MUST = "must"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"
    PERMITTED = "permitted"
    DEFINED = "definition"
    DESCRIBED = "how AWS works"


class Scope(StrEnum):
    """The kinds of routing a sentence holds for."""

    PUBLIC = "public routing"
    PRIVATE = "private routing"
    BOTH = "public and private routing"


class State(StrEnum):
    """What this project does about a sentence."""

    CHECKED = "a check compares stacks with it"
    BUILT = "the network program builds it, and no check compares stacks with it"
    STATED = "it stands here alone"


# Why no stack can show a sentence, where several have the same reason.
ABOUT_CHANGES: Final = "It is about changes, not about any one network."
ASKS_FOR_NOTHING: Final = "It describes how AWS works and asks for nothing."
PERMISSION: Final = "A permission: a network that makes use of it is as right as one that does not."
QUOTA: Final = "Quotas belong to an account and can be raised; no stack says what they are."
TAKEN_AS_GIVEN: Final = (
    "It describes how AWS works: the model of the network takes it as given, and no stack can change it."
)
USERS_UNKNOWN: Final = "Who uses the web server, and from where, no stack says."


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One sentence of a page, in our words.

    Attributes:
        id: A stable name, in kebab-case: rule descriptions in AWS, messages and pages carry it.
        sentence: What the page says.
        source: The page.
        section: The heading on the page.
        strength: How strongly the page puts it.
        reading: What we take it to mean where the page leaves room; empty where it does not.
        scope: The routing it holds for.
        state: What this project does about it. Which checks compare stacks with it, the checks say.
        built_by: The files of `infra/mwaa_network/` that make the network satisfy it.
        reason: Why no stack can show it, where it is only stated.
    """

    id: str
    sentence: str
    source: Source
    section: str
    strength: Strength
    reading: str = ""
    scope: Scope = Scope.BOTH
    state: State = State.CHECKED
    built_by: tuple[str, ...] = ()
    reason: str = ""
