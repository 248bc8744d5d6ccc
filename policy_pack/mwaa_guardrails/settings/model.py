"""Settings as values; without any, every check has the level and the verdicts that it comes with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mwaa_guardrails.checks.check import Level, Options
from mwaa_guardrails.reading.tags import OUR_KEYS, TagKeys
from mwaa_guardrails.settings.outside import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """What is excused from a check, why, and for how long: all that is stated must fit.

    Attributes:
        check: The check's id.
        reason: Why, in the administrator's words; None for one that a tag states, whose words stay there.
        expires: The last day on which it holds; None for no end.
        approved_by: Who said so.
        ticket: Where it was agreed.
        urn: The URN of the finding's subject, in which each `*` stands for any text.
        name: Likewise its logical name.
        type: Its type.
        tags: Tags that it has.
        environment: The name of the environment that suffers.
    """

    check: str
    reason: str | None
    expires: date | None
    approved_by: str | None = None
    ticket: str | None = None
    urn: str | None = None
    name: str | None = None
    type: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    environment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an administrator states.

    Attributes:
        levels: What the engine does about what a check, or one of the reports, says, where stated.
        options: The options of checks, where stated.
        tags: The keys of the tags that declare networks.
        outside: What lies outside the stacks.
        exemptions: What is excused.
        tag_exemptions: The checks from which a tag on a resource excuses it.
        ignore_exemptions: Whether nothing is excused, whatever is stated.
    """

    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Options] = field(default_factory=dict)
    tags: TagKeys = OUR_KEYS
    outside: tuple[Fact, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    tag_exemptions: frozenset[str] = frozenset()
    ignore_exemptions: bool = False
