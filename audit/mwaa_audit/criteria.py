"""What stacks are judged by: an administrator's settings, on a day."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from mwaa_audit.errors import AuditError
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Level
from mwaa_guardrails.settings import REPORTS, Settings, SettingsError, Stated, stated_in, stated_in_files

_OWN: Final[Mapping[str, Level]] = {
    **{check.id: check.level for check in ALL_CHECKS},
    **dict.fromkeys(REPORTS, Level.ADVISORY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What stacks are judged by.

    Attributes:
        stated: What an administrator states.
        today: The day on which exemptions are in force or have expired, in UTC.
    """

    stated: Stated = field(default_factory=Stated)
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    @property
    def settings(self) -> Settings:
        """What the administrator's words mean."""
        return self.stated.settings

    @property
    def levels(self) -> dict[str, Level]:
        """The level of every check, and of every report of what is no violation."""
        return {**_OWN, **self.settings.levels}

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks to run: those that nobody disabled."""
        levels = self.levels
        return tuple(check for check in ALL_CHECKS if levels[check.id] is not Level.DISABLED)

    @property
    def digest(self) -> bytes:
        """What tells them from others by which a network may be judged otherwise.

        Of the day only that counts which exemptions have expired; which tags have, nobody knows beforehand.
        """
        expired = [
            each.expires is not None and each.expires < self.today for each in self.settings.exemptions
        ]
        day = self.today.isoformat() if self.settings.tag_exemptions else ""
        told = [self.stated.document, self.settings.ignore_exemptions, expired, day]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()


NOTHING_STATED: Final = Criteria()


def criteria_of(file: Path | None, *, ignore_exemptions: bool = False) -> Criteria:
    """Return what to judge by today.

    Args:
        file: The administrator's file; left out, the one that the policy pack would take from here.
        ignore_exemptions: Whether nothing is exempt, whatever the file states.

    Raises:
        AuditError: The file cannot be taken as it is.
    """
    try:
        stated = stated_in_files() if file is None else stated_in(file)
    except SettingsError as error:
        raise AuditError(f"the settings cannot be taken.\n{error}") from None
    if ignore_exemptions:
        stated = replace(stated, settings=replace(stated.settings, ignore_exemptions=True))
    return Criteria(stated=stated)
