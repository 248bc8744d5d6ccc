"""From a document to settings, or to what is wrong with it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level, Options, Substitutes
from mwaa_guardrails.reading.tags import TagKeys
from mwaa_guardrails.settings.files import SettingsError
from mwaa_guardrails.settings.model import Exemption, Settings
from mwaa_guardrails.settings.outside import facts_in
from mwaa_guardrails.settings.schema import NEVER, Schema, settings_schema
from mwaa_guardrails.settings.validation import problems_in

Document = Mapping[str, object]


def problems_of(document: Document, schema: Schema | None = None) -> tuple[str, ...]:
    """Return what is wrong with a document, a line each; nothing where it can be taken."""
    shape = (*problems_in(document, schema or settings_schema()),)
    return shape or (*_problems_of_days(document),)


def parse_settings(document: Document, named: str) -> Settings:
    """Return what a document states.

    Args:
        document: As the file of settings has it.
        named: What the document is called in messages.

    Raises:
        SettingsError: The document cannot be taken; every problem is told.
    """
    problems = problems_of(document)
    if problems:
        raise SettingsError("\n".join(f"{named}: {each}" for each in problems))
    by_check = cast("Mapping[str, Mapping[str, str]]", document.get("checks", {}))
    tags = cast("Mapping[str, str]", document.get("tags", {}))
    return Settings(
        levels={name: Level(stated["level"]) for name, stated in by_check.items() if "level" in stated},
        options=_options(cast("str | None", document.get("substitutes")), by_check),
        tags=TagKeys(**tags),
        outside=facts_in(
            cast("Mapping[str, Mapping[str, Mapping[str, object]]]", document.get("outside", {}))
        ),
        exemptions=tuple(map(_exemption, _exemptions(document))),
        tag_exemptions=frozenset(cast("list[str]", document.get("tag_exemptions", []))),
        ignore_exemptions=bool(document.get("ignore_exemptions", False)),
    )


def _options(pack_wide: str | None, by_check: Mapping[str, Mapping[str, str]]) -> dict[str, Options]:
    stated = {
        check.id: by_check.get(check.id, {}).get("substitutes", pack_wide)
        for check in ALL_CHECKS
        if check.knows_substitutes
    }
    return {name: Options(substitutes=Substitutes(each)) for name, each in stated.items() if each is not None}


def _exemptions(document: Document) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", document.get("exemptions", []))


def _exemption(stated: Mapping[str, object]) -> Exemption:
    def text(key: str) -> str | None:
        return cast("str | None", stated.get(key))

    expires = cast("str", stated["expires"])
    return Exemption(
        check=cast("str", stated["check"]),
        reason=text("reason"),
        expires=None if expires == NEVER else date.fromisoformat(expires),
        approved_by=text("approved_by"),
        ticket=text("ticket"),
        urn=text("urn"),
        name=text("name"),
        type=text("type"),
        tags=cast("Mapping[str, str]", stated.get("tags", {})),
        environment=text("environment"),
    )


def _problems_of_days(document: Document) -> Iterator[str]:
    for index, stated in enumerate(_exemptions(document)):
        expires = str(stated["expires"])
        if expires != NEVER:
            try:
                date.fromisoformat(expires)
            except ValueError:
                yield f"exemptions[{index}].expires: {expires!r} is no day of the calendar"
