"""Findings that somebody accepts: they stay visible, with the reason, and stop nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from mwaa_audit.criteria import Criteria
from mwaa_audit.result import (
    Acceptance,
    AcceptedBy,
    ReportedFinding,
    StatedExemption,
    VainExemption,
)
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.exemptions import Notice, is_over
from mwaa_guardrails.messages import reason_text, selectors, standing_text, unused_text


def accepted(finding: ReportedFinding, acceptance: Acceptance, level: Level, said: str) -> ReportedFinding:
    """Return a finding that is accepted.

    Args:
        finding: As it was found.
        acceptance: Why it stops nothing.
        level: What the engine does about what is accepted.
        said: The same as a line, which ends the finding's message.
    """
    return replace(finding, accepted=acceptance, level=level, text=f"{finding.text}\n{said}")


def with_exemption(finding: ReportedFinding, notice: Notice, level: Level) -> ReportedFinding:
    """Return a finding that is exempt."""
    exemption = notice.exemption
    acceptance = Acceptance(
        by=_by(notice),
        reason=reason_text(notice),
        expires=_expires(notice),
        approved_by=exemption.approved_by,
        ticket=exemption.ticket,
    )
    return accepted(finding, acceptance, level, standing_text(notice))


def with_vain(finding: ReportedFinding, notices: Collection[Notice], level: Level) -> ReportedFinding:
    """Return a finding that stands, with the exemptions that fit it in vain."""
    if not notices:
        return finding
    vain = tuple(
        VainExemption(standing=each.standing, text=standing_text(each), by=_by(each), expires=_expires(each))
        for each in notices
    )
    return replace(
        finding,
        vain=vain,
        level=Level.MANDATORY if level is Level.MANDATORY else finding.level,
        text="\n".join([finding.text, *(each.text for each in vain)]),
    )


def _by(notice: Notice) -> AcceptedBy:
    return AcceptedBy.TAG if notice.tagged else AcceptedBy.SETTINGS


def _expires(notice: Notice) -> str | None:
    expires = notice.exemption.expires
    return None if expires is None else expires.isoformat()


def stated_exemptions(
    criteria: Criteria, fitting: Mapping[int, int], unused: Iterable[int], waiting: Iterable[int] = ()
) -> tuple[StatedExemption, ...]:
    """Return what the settings exempt, and what it is good for.

    Args:
        criteria: What was judged by.
        fitting: How many findings each of them fits, by its position.
        unused: The positions of those that fit nothing where they could.
        waiting: The positions of those that may be for what cannot be known.
    """
    levels = criteria.levels
    unasked = (
        at for at, each in enumerate(criteria.settings.exemptions) if levels[each.check] is Level.DISABLED
    )
    idle = {*unused}.difference(fitting, waiting, unasked)
    return tuple(
        StatedExemption(
            position=at,
            check=each.check,
            reason=each.reason or "",
            expires=None if each.expires is None else each.expires.isoformat(),
            approved_by=each.approved_by,
            ticket=each.ticket,
            selectors=tuple(selectors(each)),
            expired=is_over(each, criteria.today),
            findings=fitting.get(at, 0),
            unused=at in idle,
            text=unused_text(each) if at in idle else "",
        )
        for at, each in enumerate(criteria.settings.exemptions)
    )
