"""Reads the stack's configuration; every mistake in it is told at once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from mwaa_network.arguments import ATTRIBUTE_OF_KEY, NetworkArgs
from mwaa_network.problems import ConfigurationError, Problem, Refused, did_you_mean, listed, nearest, shown
from mwaa_network.switches import read_switch
from mwaa_network.validation import LEFT_OUT, read_arguments, region_problems
from mwaa_network.zones import look_up_zones

_ENVIRONMENT: Final = "environment"
_COMPONENT: Final = "mwaa"  # as the program of the project names its network
KEYS: Final = (*ATTRIBUTE_OF_KEY, _ENVIRONMENT)
"""What one can choose, by name: the keys of the configuration, and the inputs in other languages."""

_WHY_KNOWN: Final = "A key that nobody reads would leave a default in force unnoticed."
_STRUCTURED: Final = frozenset(
    {
        *(
            "customerEndpointServices",
            "environment",
            "existingEndpoints",
            "extraEndpoints",
            "ipv6",
            "natAllocationIds",
        ),
        *("privateSubnetCidrs", "privateSubnetIds", "protect", "publicSubnetCidrs"),
        *("replacePrivateSubnets", "s3EndpointBuckets", "tags", "webserverClients", "zones"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a configuration asks for.

    Attributes:
        network: The choices for the network.
        environment: Whether an environment is made on it, with an execution role, a bucket of DAGs and log
            groups; its creation takes half an hour.
    """

    network: NetworkArgs
    environment: bool = False


def read_settings() -> Settings:
    """Return what the configuration of the project's own namespace asks for.

    Raises:
        ConfigurationError: Something in it is wrong; the error names all that is.
    """
    config = pulumi.Config()
    written = {key: config.get(key) for key in KEYS}
    values = {key: _decoded(key, text) for key, text in written.items() if text is not None}
    return settings_of(values, tuple(_unknown_keys(config)))


def settings_of(
    values: Mapping[str, object], others: Sequence[Problem] = (), where: pulumi.InvokeOptions | None = None
) -> Settings:
    """Return what the values of the keys ask for.

    Args:
        values: Some of `KEYS`, with what is written for them.
        others: What is known to be wrong besides.
        where: The provider to ask about zones.

    Raises:
        ConfigurationError: Something is wrong; the error names all that is.
    """
    args, problems = read_arguments(values)
    wanted = values.get(_ENVIRONMENT, False)
    environment = read_switch(_ENVIRONMENT, wanted not in LEFT_OUT and wanted)
    if isinstance(environment, Refused):
        problems += environment.problems
    problems = (*others, *problems)
    if problems and args.zones is not None:
        problems += tuple(region_problems(args, look_up_zones(where), problems))
    if problems:
        raise ConfigurationError(problems)
    return Settings(network=args, environment=environment is True)


def unknown_key(key: str, value: object) -> Problem:
    """Return what is wrong with a key that is none of `KEYS`."""
    near = nearest(key, KEYS)
    return Problem(
        key=key,
        fault=f"no such key; its value is {shown(value)}",
        allowed=listed(sorted(KEYS), last="and"),
        why=_WHY_KNOWN,
        remedy=did_you_mean(near) if near else "Leave it out.",
    )


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
        if namespace == config.name and key not in KEYS:
            yield unknown_key(key, config.get(key))
        elif namespace != config.name and key in KEYS and _is_meant(namespace, config.name):
            yield Problem(
                key=full_key,
                fault=f"no such namespace; the value is {shown(pulumi.Config(namespace).get(key))}",
                allowed=f"keys that begin with {config.name}:, the project's name",
                why=_WHY_KNOWN,
                remedy=did_you_mean(f"{config.name}:{key}"),
            )


def _is_meant(namespace: str, project: str) -> bool:
    """Tell whether a namespace is a misspelling of the project's name, or the name of its component.

    A renamed copy of the project may still use the name that it had.
    """
    return namespace == _COMPONENT or nearest(namespace, (project, "mwaa-network")) is not None


def _configured() -> list[str]:
    """Return every configuration key at hand; the SDK offers values by key, and no list of keys."""
    return sorted({*CONFIG.get(), *get_config_env()})
