"""What an administrator states: levels and options of checks, tag keys, facts outside a stack, exemptions."""

from mwaa_guardrails.settings.files import SETTINGS_FILE, SettingsError, read_file
from mwaa_guardrails.settings.model import Exemption, Settings
from mwaa_guardrails.settings.parsing import parse_settings, problems_of
from mwaa_guardrails.settings.schema import ADVICE, EXEMPTIONS, REPORTS, UNDETERMINED, settings_schema
from mwaa_guardrails.settings.stated import VARIABLE, Stated, stated_in, stated_in_files

__all__ = [
    "ADVICE",
    "EXEMPTIONS",
    "REPORTS",
    "SETTINGS_FILE",
    "UNDETERMINED",
    "VARIABLE",
    "Exemption",
    "Settings",
    "SettingsError",
    "Stated",
    "parse_settings",
    "problems_of",
    "read_file",
    "settings_schema",
    "stated_in",
    "stated_in_files",
]
