"""What is said of exemptions: what is exempt and why, and which of them do not hold."""

from collections.abc import Iterator
from typing import assert_never

from mwaa_guardrails.documents.facts import EXEMPTION_TAG_PREFIX
from mwaa_guardrails.exemptions import Notice, Standing
from mwaa_guardrails.messages import words
from mwaa_guardrails.messages.texts import finding_text
from mwaa_guardrails.settings import Exemption


def notice_text(notice: Notice) -> str:
    """Return what is to be said of an exemption as lines, with the finding that it excuses."""
    said = standing_text(notice)
    return f"{said}\n{finding_text(notice.finding)}" if notice.standing is Standing.HONOURED else said


def standing_text(notice: Notice) -> str:
    """Return what is to be said of an exemption, as a line.

    The reason in a tag is not quoted: a project may put anything there.
    """
    exemption = notice.exemption
    match notice.standing:
        case Standing.HONOURED:
            until = "without end" if exemption.expires is None else f"until {exemption.expires}"
            return f"{exemption.check} is exempt {until}: {_why(notice)}"
        case Standing.EXPIRED:
            return (
                f"{exemption.check}: the exemption of {_subject(notice)} expired on {exemption.expires}, "
                f"and the finding stands: {_why(notice)}"
            )
        case Standing.NOT_LISTED:
            return (
                f"{exemption.check}: {_tag(exemption)} of {_subject(notice)} is not honoured, and the "
                "finding stands: the administrator's settings do not list the check under tag_exemptions."
            )
        case Standing.MALFORMED:
            return (
                f"{exemption.check}: {_tag(exemption)} of {_subject(notice)} is not honoured, and the "
                "finding stands: its value is not the last day, or never, and a reason, such as "
                '"2027-03-31 The partner moves in spring".'
            )
    assert_never(notice.standing)


def unused_text(exemption: Exemption) -> str:
    """Return what is to be said of an exemption that fits nothing where it could."""
    of = ", ".join(selectors(exemption))
    return f"{exemption.check}: the exemption of {of} fits no finding and can be removed: {_said(exemption)}"


def selectors(exemption: Exemption) -> Iterator[str]:
    """Yield what an exemption is for, each part as words; a finding must have all of them."""
    if exemption.urn is not None:
        yield words.quoted(exemption.urn)
    for what, stated in (
        ("name", exemption.name),
        ("type", exemption.type),
        ("environment", exemption.environment),
    ):
        if stated is not None:
            yield f"{what} {words.quoted(stated)}"
    for key, value in exemption.tags.items():
        yield f"tag {words.quoted(f'{key}={value}')}"


def _subject(notice: Notice) -> str:
    return words.label(notice.finding.subject)


def _tag(exemption: Exemption) -> str:
    return f"the tag {EXEMPTION_TAG_PREFIX}{exemption.check}"


def _why(notice: Notice) -> str:
    return reason_text(notice) if notice.tagged else _said(notice.exemption)


def reason_text(notice: Notice) -> str:
    """Return why something is exempt: an administrator's own words, or where a project's stand."""
    if notice.tagged:
        return f"{_tag(notice.exemption)} of {_subject(notice)} says so."
    return notice.exemption.reason or ""


def _said(exemption: Exemption) -> str:
    """Return an administrator's own words."""
    said = [words.quoted(exemption.reason or "")]
    if exemption.approved_by is not None:
        said.append(f"approved by {words.quoted(exemption.approved_by)}")
    if exemption.ticket is not None:
        said.append(f"ticket {words.quoted(exemption.ticket)}")
    return f"{', '.join(said)}."
