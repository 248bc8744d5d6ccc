"""What a project may state by itself: what makes the pack stricter, and nothing that loosens it."""

from collections.abc import Iterator, Mapping
from typing import Final, cast

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level, Substitutes

_ORDER: Final = (Level.DISABLED, Level.ADVISORY, Level.MANDATORY)
_OWN: Final[Mapping[str, Level]] = {check.id: check.level for check in ALL_CHECKS}
_TIGHT: Final = frozenset({"checks", "substitutes", "ignore_exemptions"})


def loosened_by(document: Mapping[str, object]) -> Iterator[str]:
    """Yield what a document, which has been found right, loosens or may loosen, as lines."""
    for key in document:
        if key not in _TIGHT:
            yield f"{key}: only an administrator's settings say so"
    if document.get("ignore_exemptions") is False:
        yield "ignore_exemptions: false only undoes what an administrator states"
    if document.get("substitutes", Substitutes.REFUSE.value) != Substitutes.REFUSE.value:
        yield f"substitutes: only {Substitutes.REFUSE.value} is never looser"
    for name, stated in cast("Mapping[str, Mapping[str, str]]", document.get("checks", {})).items():
        least = _OWN.get(name, Level.ADVISORY)
        if _ORDER.index(Level(stated.get("level", Level.MANDATORY.value))) < _ORDER.index(least):
            yield f"checks.{name}.level: {stated['level']} is looser than {least.value}"
        if stated.get("substitutes", Substitutes.REFUSE.value) != Substitutes.REFUSE.value:
            yield f"checks.{name}.substitutes: only {Substitutes.REFUSE.value} is never looser"
