"""The page that lists the checks, and says what `undetermined` means."""

from collections.abc import Iterable, Mapping
from typing import Final

from mwaa_guardrails.checks.check import Check
from mwaa_guardrails.unknown import Reason
from tools.pages.text import GENERATED, cell, table

_HELP: Final[Mapping[Reason, str]] = {
    Reason.NOT_YET: "State the value instead of computing it, or look again after deployment.",
    Reason.NOT_LOOKED_AT: "Preview without `--target`, and with a provider whose configuration is known.",
    Reason.MALFORMED: "Correct it; AWS would refuse it.",
    Reason.CONTESTED: "Let one of the resources have the place.",
    Reason.NOT_PUBLISHED: "Let all public addresses through, or accept that nobody can say.",
    Reason.DISPUTED: "State what the resource should have, instead of leaving it out.",
    Reason.UNREAD: "Make it by resources of the program, or judge the stack that the template makes.",
    Reason.NAMED: "State the group's id in place of its name.",
    Reason.HIDDEN: "Leave it out of the secrets: addresses, ids and routes are none.",
    Reason.RESPELT: "Write it without white space, or shorter.",
    Reason.LEFT_OPEN: "State it.",
    Reason.RECALLED: "State it in this stack, or remove it from AWS and refresh.",
    Reason.NOT_STATED: "State it of that id under `outside` in the [settings](../settings.md).",
    Reason.INTRICATE: "Say the same in fewer or simpler lines.",
}


def checks_page(checks: Iterable[Check]) -> str:
    """Return the page that lists the checks."""
    rows = [
        (f"[{each.id}]({each.id}.md)", cell(each.title), each.level.value, each.severity.value)
        for each in sorted(checks, key=lambda each: each.id)
    ]
    return "\n".join(
        [
            "# Checks",
            "",
            GENERATED,
            "",
            "Each judges every MWAA environment of a stack by what AWS documents. What works and could be",
            "better is told by the advisory policy `advice`, what cannot be known yet by `undetermined`, and",
            "what [settings](../settings.md) exempt by `exemptions`.",
            "",
            *table(("check", "what must hold", "level", "severity"), rows),
            "",
            "The sentences they rest on: [requirements](../requirements.md).",
            "",
            "## What cannot be known yet",
            "",
            "`undetermined` names a property, why it cannot be known, and the checks that wait for it. They",
            "neither fail nor pass. What helps depends on the reason:",
            "",
            *table(("reason", "what helps"), [(cell(each.value), _HELP[each]) for each in Reason]),
            "",
        ]
    )
