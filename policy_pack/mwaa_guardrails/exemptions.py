"""Who is excused, why and for how long: findings that are told and stop nothing.

An administrator's settings say so; a tag on a resource does for the checks that these settings list. Where
both fit, the settings' word is taken. A finding that no exemption in force fits stands, with what has expired
or is not honoured told beside it.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeAlias

from mwaa_guardrails.documents.facts import EXEMPTION_TAG_PREFIX
from mwaa_guardrails.findings import Finding, OpenQuestion
from mwaa_guardrails.settings import Exemption, Settings
from mwaa_guardrails.unknown import Unknown

Tags: TypeAlias = Callable[[str, str], str | Unknown | None]
"""The value of a tag of a resource, by URN and key; None when it surely lacks the tag."""


class Standing(StrEnum):
    """What has become of an exemption."""

    HONOURED = "honoured"
    EXPIRED = "expired"
    NOT_LISTED = "not listed"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is to be said of an exemption.

    Attributes:
        standing: What has become of it.
        exemption: It; of a tag, with its resource's URN.
        finding: What it fits.
        tagged: Whether a tag states it.
    """

    standing: Standing
    exemption: Exemption
    finding: Finding
    tagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Excused:
    """Findings, parted by what exemptions say of them.

    Attributes:
        standing: Those that stand.
        notices: What is to be said of exemptions, in a stable order.
        fitting: How many findings each exemption of the settings fits, whatever the day, by its position
            there; those that fit none are left out.
    """

    standing: tuple[Finding, ...]
    notices: tuple[Notice, ...]
    fitting: Mapping[int, int] = field(default_factory=dict)


# A tag's value: the last day, blanks, the reason; it stays on the resource and is never quoted.
_TAG: Final = re.compile(r"(?P<expires>\d{4}-\d{2}-\d{2}|never)\s+\S.*")


def excuse(findings: Iterable[Finding], settings: Settings, tags: Tags, today: date) -> Excused:
    """Part findings into those that stand and those that are exempt."""
    given = tuple(findings)
    if settings.ignore_exemptions:
        return Excused(standing=given, notices=())
    standing: list[Finding] = []
    notices: list[Notice] = []
    fitting: Counter[int] = Counter()
    for finding in given:
        fit = [at for at, each in enumerate(settings.exemptions) if fits(each, finding, tags)]
        fitting.update(fit)
        said = tuple(_notices_of(finding, [settings.exemptions[at] for at in fit], settings, tags, today))
        honoured = tuple(each for each in said if each.standing is Standing.HONOURED)
        if not honoured:
            standing.append(finding)
        notices += honoured[:1] or said
    return Excused(standing=tuple(standing), notices=tuple(notices), fitting=fitting)


def unused(
    settings: Settings, fitting: Container[int], stacks: Iterable[str], questions: Iterable[OpenQuestion]
) -> tuple[Exemption, ...]:
    """Return the exemptions of the settings that surely fit nothing in the stacks that they name.

    Args:
        settings: What an administrator states.
        fitting: The positions of those that fit something.
        stacks: What the URNs of the judged stacks begin with, such as `urn:pulumi:prod::data::`.
        questions: What cannot be known.
    """
    if settings.ignore_exemptions:
        return ()
    named, asked = tuple(stacks), tuple(questions)
    return tuple(
        each
        for at, each in enumerate(settings.exemptions)
        if at not in fitting and any(_names(each, stack) for stack in named) and not is_open(each, asked)
    )


def is_open(exemption: Exemption, questions: Iterable[OpenQuestion]) -> bool:
    """Tell whether an exemption may be for what cannot be known."""
    return any(
        exemption.check in each.checks and exemption.environment in {None, *each.environments}
        for each in questions
    )


def _names(exemption: Exemption, stack: str) -> bool:
    return exemption.urn is not None and exemption.urn.startswith(stack)


def _notices_of(
    finding: Finding, fit: Iterable[Exemption], settings: Settings, tags: Tags, today: date
) -> Iterator[Notice]:
    for exemption in fit:
        standing = Standing.EXPIRED if is_over(exemption, today) else Standing.HONOURED
        yield Notice(standing=standing, exemption=exemption, finding=finding, tagged=False)
    value = tags(finding.subject.urn, f"{EXEMPTION_TAG_PREFIX}{finding.check}")
    if isinstance(value, str):
        yield _notice_of_tag(finding, value, settings, today)


def _notice_of_tag(finding: Finding, value: str, settings: Settings, today: date) -> Notice:
    match = _TAG.fullmatch(value.strip())
    expires, well_formed = _day(match["expires"]) if match else (None, False)
    if finding.check not in settings.tag_exemptions:
        standing = Standing.NOT_LISTED
    elif not well_formed:
        standing = Standing.MALFORMED
    elif expires is not None and expires < today:
        standing = Standing.EXPIRED
    else:
        standing = Standing.HONOURED
    exemption = Exemption(check=finding.check, reason=None, expires=expires, urn=finding.subject.urn)
    return Notice(standing=standing, exemption=exemption, finding=finding, tagged=True)


def _day(text: str) -> tuple[date | None, bool]:
    """Return the day that a text names, or None for no end, and whether it names either."""
    if text == "never":
        return None, True
    try:
        return date.fromisoformat(text), True
    except ValueError:
        return None, False


def is_over(exemption: Exemption, today: date) -> bool:
    """Tell whether an exemption has expired; on its last day it holds."""
    return exemption.expires is not None and exemption.expires < today


def fits(exemption: Exemption, finding: Finding, tags: Tags) -> bool:
    """Tell whether an exemption fits a finding, whatever the day: all that it states must."""
    subject = finding.subject
    return (
        exemption.check == finding.check
        and _like(exemption.urn, subject.urn)
        and _like(exemption.name, subject.name)
        and exemption.type in {None, subject.type}
        and exemption.environment in {None, finding.environment.name}
        and all(tags(subject.urn, key) == value for key, value in exemption.tags.items())
    )


def _like(pattern: str | None, text: str) -> bool:
    return pattern is None or _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
