"""What an administrator states in a file, and which file that is.

The file in the pack's own folder is the administrator's. Where there is none, an environment variable may
name one; whoever deploys can set it, so that it may tighten and nothing else. Files are read once, at the
start.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mwaa_guardrails.settings.files import SETTINGS_FILE, SettingsError, read_file
from mwaa_guardrails.settings.model import Settings
from mwaa_guardrails.settings.parsing import parse_settings
from mwaa_guardrails.settings.tightening import loosened_by

FOLDER: Final = Path(__file__).resolve().parents[2]
VARIABLE: Final = "MWAA_GUARDRAILS_SETTINGS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What is stated in a file: as a document, and as the settings that it means."""

    document: Mapping[str, object] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)


def stated_in_files(folder: Path = FOLDER, environment: Mapping[str, str] | None = None) -> Stated:
    """Return what the file in the pack's folder states, or else the one that the environment names.

    Raises:
        SettingsError: A file cannot be taken as it is.
    """
    own = folder / SETTINGS_FILE
    if own.exists():
        return stated_in(own)
    named = (os.environ if environment is None else environment).get(VARIABLE, "")
    if not named:
        return Stated()
    stated = stated_in(Path(named))
    loose = [f"{Path(named).name}, which {VARIABLE} names: {each}" for each in loosened_by(stated.document)]
    if loose:
        raise SettingsError("\n".join(loose))
    return stated


def stated_in(file: Path) -> Stated:
    """Return what an administrator's file states.

    Raises:
        SettingsError: It cannot be taken as it is.
    """
    document = read_file(file)
    return Stated(document=document, settings=parse_settings(document, file.name))
