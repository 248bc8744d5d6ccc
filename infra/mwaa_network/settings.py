"""Reads the stack's configuration; every mistake in it is told at once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from mwaa_network.arguments import ATTRIBUTE_OF_KEY, NetworkArgs
from mwaa_network.problems import ConfigurationError, Problem, Refused, did_you_mean, listed, nearest, shown
from mwaa_network.switches import read_switch
from mwaa_network.validation import read_arguments, region_problems
from mwaa_network.zones import look_up_zones

_ENVIRONMENT: Final = "environment"
_KEYS: Final = (*ATTRIBUTE_OF_KEY, _ENVIRONMENT)
_WHY_KNOWN: Final = "A key that nobody reads would leave a default in force unnoticed."
_LEFT_OUT: Final[tuple[object, ...]] = ("", [], {})
"""What a key without a value has: the engine wants a default for each key that `Pulumi.yaml` declares."""
_STRUCTURED: Final = frozenset(
    {
        *("environment", "existingEndpoints", "extraEndpoints", "ipv6", "natAllocationIds"),
        *("privateSubnetCidrs", "privateSubnetIds", "protect", "publicSubnetCidrs"),
        *("s3EndpointBuckets", "tags", "webserverClients", "zones"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a configuration asks for.

    Attributes:
        network: The choices for the network.
        environment: Whether an environment is to be made on it.
    """

    network: NetworkArgs
    environment: bool


def read_settings() -> Settings:
    """Return what the configuration of the project's own namespace asks for.

    Raises:
        ConfigurationError: Something in it is wrong; the error names all that is.
    """
    config = pulumi.Config()
    written = {key: config.get(key) for key in _KEYS}
    values = {key: _decoded(key, text) for key, text in written.items() if text is not None}
    values = {key: value for key, value in values.items() if value not in _LEFT_OUT}
    args, problems = read_arguments(values)
    environment = read_switch(_ENVIRONMENT, values.get(_ENVIRONMENT, False))
    if isinstance(environment, Refused):
        problems += environment.problems
    problems = (*_unknown_keys(config), *problems)
    if problems and args.zones is not None:
        problems += tuple(region_problems(args, look_up_zones(), problems))
    if problems:
        raise ConfigurationError(problems)
    return Settings(network=args, environment=environment is True)


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
        if namespace == config.name and key not in _KEYS:
            near = nearest(key, _KEYS)
            yield Problem(
                key=key,
                fault=f"no such key; its value is {shown(config.get(key))}",
                allowed=listed(sorted(_KEYS), last="and"),
                why=_WHY_KNOWN,
                remedy=did_you_mean(near) if near else "Leave it out.",
            )
        elif namespace != config.name and key in _KEYS and nearest(namespace, _names(config)):
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
