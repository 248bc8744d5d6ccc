"""What an administrator states by policy configuration, which wins over a file, key by key."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pulumi_policy import Policy

from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.settings import Settings, SettingsError, Stated, parse_settings, problems_of
from mwaa_guardrails.settings.schema import pack_wide_schema
from mwaa_guardrails.settings.validation import suggestion

SETTINGS: Final = "settings"
"""The policy whose configuration concerns all checks together; it reports nothing."""

# What the engine takes for every policy; as a name of one it carries a level and nothing else.
_ALL: Final = "all"
_SUBSTITUTES: Final = "substitutes"
_CONFIGURATION: Final = "policy configuration"


def configured(
    stated: Stated, policies: Mapping[str, Policy], configuration: Mapping[str, Mapping[str, object]]
) -> Settings:
    """Return the settings with what policy configuration states in place of what a file does.

    Args:
        stated: What a file states.
        policies: The policies of the pack, by name.
        configuration: The properties that are configured, by policy.

    Raises:
        SettingsError: The configuration has a name or a value that means nothing.
    """
    problems = [
        line for name, values in configuration.items() for line in _problems_of(name, values, policies)
    ]
    if problems:
        raise SettingsError("\n".join(problems))
    pack_wide = configuration.get(SETTINGS, {})
    settings = parse_settings({**stated.document, **pack_wide}, _CONFIGURATION)
    own = {
        name: Options(substitutes=Substitutes(str(values[_SUBSTITUTES])))
        for name, values in configuration.items()
        if name != SETTINGS and _SUBSTITUTES in values
    }
    return replace(settings, options={**settings.options, **own})


def _problems_of(name: str, values: Mapping[str, object], policies: Mapping[str, Policy]) -> tuple[str, ...]:
    if name == SETTINGS:
        return tuple(f"{SETTINGS}: {each}" for each in problems_of(values, pack_wide_schema()))
    if name == _ALL:
        return tuple(f"{_ALL}: it takes a level and no options, such as {each}" for each in values)
    if name not in policies:
        return (f"{name}: no such policy{suggestion(name, policies)}",)
    schema = policies[name].config_schema
    known = () if schema is None else sorted(schema.properties)
    takes = f"it takes {', '.join(known)}" if known else "it takes no options"
    return tuple(
        f"{name}: unknown option {each!r}; {takes}" for each in sorted(set(values).difference(known))
    )
