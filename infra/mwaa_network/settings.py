"""Reads the stack's configuration; every mistake in it is told at once."""

import json
from collections.abc import Iterator
from typing import Final

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from mwaa_network.arguments import ATTRIBUTE_OF_KEY, NetworkArgs
from mwaa_network.problems import ConfigurationError, Problem, did_you_mean, listed, nearest, shown
from mwaa_network.validation import read_arguments, region_problems
from mwaa_network.zones import look_up_zones

_WHY_KNOWN: Final = "A key that nobody reads would leave a default in force unnoticed."
_LEFT_OUT: Final[tuple[object, ...]] = ("", [], {})
"""What a key without a value has: the engine wants a default for each key that `Pulumi.yaml` declares."""
_STRUCTURED: Final = frozenset(
    {
        *("extraEndpoints", "natAllocationIds", "privateSubnetCidrs", "protect", "publicSubnetCidrs"),
        *("s3EndpointBuckets", "tags", "webserverClients", "zones"),
    }
)


def read_settings() -> NetworkArgs:
    """Return the choices that the configuration of the project's own namespace states.

    Raises:
        ConfigurationError: Something in it is wrong; the error names all that is.
    """
    config = pulumi.Config()
    written = {key: config.get(key) for key in ATTRIBUTE_OF_KEY}
    values = {key: _decoded(key, text) for key, text in written.items() if text is not None}
    values = {key: value for key, value in values.items() if value not in _LEFT_OUT}
    args, problems = read_arguments(values)
    problems = (*_unknown_keys(config), *problems)
    if problems and args.zones is not None:
        problems += tuple(region_problems(args, look_up_zones(), problems))
    if problems:
        raise ConfigurationError(problems)
    return args


def _decoded(key: str, text: str) -> object:
    """Return lists and maps as such; text that should be one and is not stays text, and is refused."""
    if key not in _STRUCTURED:
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _unknown_keys(config: pulumi.Config) -> Iterator[Problem]:
    for full_key in _configured():
        namespace, _, key = full_key.partition(":")
        if namespace == config.name and key not in ATTRIBUTE_OF_KEY:
            near = nearest(key, ATTRIBUTE_OF_KEY)
            yield Problem(
                key=key,
                fault=f"no such key; its value is {shown(config.get(key))}",
                allowed=listed(sorted(ATTRIBUTE_OF_KEY), last="and"),
                why=_WHY_KNOWN,
                remedy=did_you_mean(near) if near else "Leave it out.",
            )
        elif namespace != config.name and key in ATTRIBUTE_OF_KEY and nearest(namespace, _names(config)):
            yield Problem(
                key=full_key,
                fault=f"no such namespace; the value is {shown(pulumi.Config(namespace).get(key))}",
                allowed=f"keys that begin with {config.name}:, the project's name",
                why=_WHY_KNOWN,
                remedy=did_you_mean(f"{config.name}:{key}"),
            )


def _names(config: pulumi.Config) -> tuple[str, str]:
    """Return the project's name, and the one that the configuration of a renamed copy may still use."""
    return config.name, "mwaa-network"


def _configured() -> list[str]:
    """Return every configuration key at hand; the SDK offers values by key, and no list of keys."""
    return sorted({*CONFIG.get(), *get_config_env()})
