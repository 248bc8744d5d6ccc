"""Settings of an administrator, for audits in the tests' own process."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import yaml

from mwaa_audit.criteria import Criteria
from mwaa_guardrails.settings import SETTINGS_FILE, Stated, parse_settings

TODAY: Final = date(2026, 11, 26)


def criteria(document: Mapping[str, object], today: date = TODAY) -> Criteria:
    """Return what a document states, on a day."""
    settings = parse_settings(document, SETTINGS_FILE)
    return Criteria(stated=Stated(document=document, settings=settings), today=today)


def write_settings(path: Path, document: object) -> str:
    """Write a file of settings; return its path as a text."""
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return str(path)
