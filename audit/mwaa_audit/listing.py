"""`mwaa-audit exemptions`: what is exempt, what of it ends soon, and what is good for nothing."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from rich import box
from rich.table import Table

from mwaa_audit.accepting import stated_exemptions
from mwaa_audit.criteria import Criteria
from mwaa_audit.exit_codes import ExitCode
from mwaa_audit.result import AcceptedBy, Result, StatedExemption
from mwaa_audit.terminal import counted
from mwaa_audit.version import tool_version
from mwaa_guardrails.exemptions import Standing
from mwaa_guardrails.messages.words import printable, quoted

# Raised when a key changes its meaning or goes; not when one is added.
LIST_VERSION: Final = 1


class State(StrEnum):
    """How an exemption stands in time."""

    HOLDS = "holds"
    EXPIRING = "expiring"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedExemption:
    """An exemption of the settings.

    Attributes:
        position: Where it stands in the list of the settings, counted from 0.
        check: The check's id.
        selectors: What it is for, in words.
        reason: Why.
        approved_by: Who said so; null where nobody is named.
        ticket: Where it was agreed, likewise.
        expires: The last day on which it holds, such as 2027-03-31; null for no end.
        days_left: How many days it still holds after today; below 0 once it has expired; null for no end.
        state: Whether it holds, ends within the days that were asked for, or has expired.
        findings: How many findings of the stacks it fits; null where no stack was looked at, and where all
            exemptions are ignored.
        unused: Whether it fits in no stack; null likewise, where a stack could not be read or judged, and
            where its check is disabled or cannot say.
    """

    position: int
    check: str
    selectors: tuple[str, ...]
    reason: str
    approved_by: str | None
    ticket: str | None
    expires: str | None
    days_left: int | None
    state: State
    findings: int | None
    unused: bool | None

    @property
    def is_due(self) -> bool:
        """Whether somebody should look at it."""
        return self.state is not State.HOLDS or bool(self.unused)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagExemption:
    """An exemption that a tag of a project states, and that is honoured, or was until it expired.

    Attributes:
        check: The check's id.
        urn: The URN of the resource that has the tag.
        expires: The last day on which it holds, such as 2027-03-31; null for no end.
        days_left: How many days it still holds after today; below 0 once it has expired; null for no end.
        state: Whether it holds, ends within the days that were asked for, or has expired.
    """

    check: str
    urn: str
    expires: str | None
    days_left: int | None
    state: State

    @property
    def is_due(self) -> bool:
        """Whether somebody should look at it."""
        return self.state is not State.HOLDS


class Exemptions(BaseModel):
    """What `mwaa-audit exemptions --json` writes."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, title="The exemptions of mwaa-audit"
    )

    schema_version: int = Field(
        default=LIST_VERSION,
        description="Raised when a key changes its meaning or goes; not when one is added.",
    )
    tool_version: str = Field(description="The release of mwaa-guardrails.")
    day: str = Field(description="The day on which they are listed, in UTC.")
    ignored: bool = Field(description="Whether the settings ignore all of them.")
    exemptions: tuple[ListedExemption, ...] = Field(description="Those of the settings, in their order.")
    tags: tuple[TagExemption, ...] = Field(
        description="Those of tags; none where no stack was looked at, for only there they stand."
    )
    stacks: int | None = Field(description="How many stacks were looked at; null where that was not asked.")
    unreadable: int = Field(description="How many stacks could not be read.")
    failures: int = Field(description="How many defects of mwaa-guardrails were met.")


def exemptions_of(criteria: Criteria, result: Result | None, *, expiring: int) -> Exemptions:
    """Return what is exempt.

    Args:
        criteria: Has the settings, and the day.
        result: What a sweep over the stacks found; None where nobody looked.
        expiring: What ends within so many days is told to.
    """
    stated = stated_exemptions(criteria, {}, ()) if result is None else result.exemptions
    looked = result is not None and not criteria.settings.ignore_exemptions
    whole = result is not None and not result.unreadable and not result.failures
    return Exemptions(
        tool_version=tool_version(),
        day=criteria.today.isoformat(),
        ignored=criteria.settings.ignore_exemptions,
        exemptions=tuple(
            _listed(
                each,
                _days_left(each.expires, criteria.today),
                expiring,
                looked=looked,
                whole=whole and looked,
            )
            for each in stated
        ),
        tags=() if result is None else tuple(_of_tags(result, criteria.today, expiring)),
        stacks=None if result is None else len(result.stacks),
        unreadable=0 if result is None else len(result.unreadable),
        failures=0 if result is None else len(result.failures),
    )


def _listed(
    stated: StatedExemption, left: int | None, expiring: int, *, looked: bool, whole: bool
) -> ListedExemption:
    of_use = looked and stated.findings > 0
    return ListedExemption(
        position=stated.position,
        check=stated.check,
        selectors=stated.selectors,
        reason=stated.reason,
        approved_by=stated.approved_by,
        ticket=stated.ticket,
        expires=stated.expires,
        days_left=left,
        state=_state(left, expiring),
        findings=stated.findings if looked else None,
        unused=False if of_use else (whole and stated.unused) or None,
    )


def _of_tags(result: Result, today: date, expiring: int) -> Iterable[TagExemption]:
    tagged = {
        (each.check, each.subject.urn, each.accepted.expires)
        for each in result.accepted
        if each.accepted and each.accepted.by is AcceptedBy.TAG
    } | {
        (each.check, each.subject.urn, vain.expires)
        for each in result.standing
        for vain in each.vain
        if vain.by is AcceptedBy.TAG and vain.standing is Standing.EXPIRED
    }
    for check, urn, expires in sorted(tagged, key=lambda each: each[:2]):
        left = _days_left(expires, today)
        yield TagExemption(
            check=check, urn=urn, expires=expires, days_left=left, state=_state(left, expiring)
        )


def _days_left(expires: str | None, today: date) -> int | None:
    return None if expires is None else (date.fromisoformat(expires) - today).days


def _state(left: int | None, expiring: int) -> State:
    if left is None or left > expiring:
        return State.HOLDS
    return State.EXPIRED if left < 0 else State.EXPIRING


def list_exit_code(listed: Exemptions, *, unwritten: bool = False) -> ExitCode:
    """Return how the command ends: with 1 where somebody should look at an exemption.

    Args:
        listed: What is exempt.
        unwritten: Whether the list could not be written.
    """
    if listed.failures:
        return ExitCode.INTERNAL
    if any(each.is_due for each in listed.exemptions) or any(each.is_due for each in listed.tags):
        return ExitCode.FINDINGS
    return ExitCode.UNREADABLE if listed.unreadable or unwritten else ExitCode.CLEAN


def exemptions_json(listed: Exemptions) -> str:
    """Return the list as JSON, in ASCII alone."""
    return f"{json.dumps(listed.model_dump(by_alias=True), indent=2)}\n"


def exemptions_table(listed: Exemptions) -> Table | None:
    """Return the list for people; None where there is nothing in it."""
    if not listed.exemptions and not listed.tags:
        return None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    checks = [each.check for each in listed.exemptions] + [each.check for each in listed.tags]
    table.add_column("check", overflow="fold", min_width=max(map(len, checks)))
    for heading in ("for", "until", "fits", "why"):
        table.add_column(heading, overflow="fold")
    for each in listed.exemptions:
        why = [quoted(each.reason), *(map(quoted, filter(None, (each.approved_by, each.ticket))))]
        table.add_row(
            each.check,
            "\n".join(each.selectors),
            _until(each.expires, each.days_left, each.state),
            _fits(each),
            ", ".join(why),
            style="bold" if each.is_due else None,
        )
    for tag in listed.tags:
        table.add_row(
            tag.check,
            printable(tag.urn),
            _until(tag.expires, tag.days_left, tag.state),
            "",
            "by a tag",
            style="bold" if tag.is_due else None,
        )
    return table


def _until(expires: str | None, left: int | None, state: State) -> str:
    if expires is None or left is None:
        return "no end"
    if state is State.EXPIRED:
        return f"{expires}, expired"
    return f"{expires}, {counted(left, 'day')} left" if state is State.EXPIRING else expires


def _fits(listed: ListedExemption) -> str:
    if listed.unused:
        return "nothing, unused"
    return "" if listed.findings is None else counted(listed.findings, "finding")


def exemptions_summary(listed: Exemptions) -> str:
    """Return the numbers of the list as a sentence."""
    states = Counter(each.state for each in listed.exemptions)
    states.update(each.state for each in listed.tags)
    numbers = [
        f"{states[State.EXPIRED]:,} expired",
        f"{states[State.EXPIRING]:,} expiring",
    ]
    if listed.stacks is not None:
        numbers.append(f"{sum(bool(each.unused) for each in listed.exemptions):,} unused")
        numbers.append(f"{len(listed.tags):,} by tags")
    if listed.unreadable:
        numbers.append(f"{counted(listed.unreadable, 'stack')} not read, so that nobody knows what is unused")
    if listed.failures:
        numbers.append(counted(listed.failures, "defect of mwaa-guardrails", "defects of mwaa-guardrails"))
    ignored = " The settings ignore all exemptions." if listed.ignored else ""
    return f"{counted(len(listed.exemptions), 'exemption')}: {', '.join(numbers)}.{ignored}"
