"""Reads the tags that a user wants on everything, and says which tags a resource gets."""

from collections.abc import Iterator, Mapping
from typing import Final

import pulumi

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import (
    ENVIRONMENT_TAG,
    NAME_TAG,
    OWN_TAG_PREFIX,
    RESERVED_TAG_PREFIX,
    ROUTING_TAG,
    TAG_KEY_MAX_CHARACTERS,
    TAG_VALUE_MAX_CHARACTERS,
    TAGS_PER_RESOURCE_MAX,
)
from mwaa_network.problems import Problem, Refused, did_you_mean, shown

KEY: Final = "tags"
_OURS: Final = (NAME_TAG, ENVIRONMENT_TAG, ROUTING_TAG)
_MOST: Final = TAGS_PER_RESOURCE_MAX - len(_OURS)
_ALLOWED: Final = (
    f"up to {_MOST} tags; keys of 1 to {TAG_KEY_MAX_CHARACTERS} characters, values of up to "
    f"{TAG_VALUE_MAX_CHARACTERS}; no {NAME_TAG}, {OWN_TAG_PREFIX}... or {RESERVED_TAG_PREFIX}..."
)
_EC2_LIMITS: Final = "EC2 takes no others (Tag your Amazon EC2 resources)."


def name_tag(name: str) -> dict[str, str]:
    """Return the tag that EC2 shows as a resource's name."""
    return {NAME_TAG: name}


def declaration_tags(environment: str, routing: Routing) -> dict[str, str]:
    """Return the tags of what an environment will get: its name, and the routing that is meant."""
    return {ENVIRONMENT_TAG: environment, ROUTING_TAG: routing.value}


def read_tags(value: object) -> dict[str, pulumi.Input[str]] | Refused:
    """Return the tags that a value holds, or everything that is wrong with it."""
    if not isinstance(value, Mapping):
        problem = _problem(
            f"{shown(value)} is no map of tags",
            why="A tag is a key and a value.",
            remedy=_map_meant_by(value),
        )
        return Refused((problem,))
    problems = tuple(_problems(value))
    return Refused(problems) if problems else dict(value)


def _problems(tags: Mapping[object, object]) -> Iterator[Problem]:
    if len(tags) > _MOST:
        yield _problem(
            f"{len(tags)} tags are too many",
            why=f"A resource has up to {TAGS_PER_RESOURCE_MAX} tags, {len(_OURS)} of them the program's.",
            remedy=f"Leave {len(tags) - _MOST} out.",
        )
    for key, value in tags.items():
        yield from _key_problems(key)
        yield from _value_problems(key, value)


def _key_problems(key: object) -> Iterator[Problem]:
    if not isinstance(key, str) or not 1 <= len(key) <= TAG_KEY_MAX_CHARACTERS:
        remedy = (
            did_you_mean(key[:TAG_KEY_MAX_CHARACTERS]) if isinstance(key, str) and key else "Leave it out."
        )
        yield _problem(f"{shown(key)} is no key of a tag", why=_EC2_LIMITS, remedy=remedy)
    elif key.lower().startswith(RESERVED_TAG_PREFIX):
        yield _problem(
            f"{shown(key)} begins with {RESERVED_TAG_PREFIX}",
            why="That prefix is reserved for AWS (Tag your Amazon EC2 resources).",
            remedy=_without_prefix(key, RESERVED_TAG_PREFIX),
        )
    elif key == NAME_TAG:
        yield _problem(
            f"{shown(key)} is a tag of the program's own",
            why="It tells the resources of a network apart, so it differs from one to the next.",
            remedy="Leave it out; the component's name begins every name.",
        )
    elif key.startswith(OWN_TAG_PREFIX):
        yield _problem(
            f"{shown(key)} begins with {OWN_TAG_PREFIX}",
            why=f"{ENVIRONMENT_TAG} and {ROUTING_TAG} tell which subnets and groups an environment gets.",
            remedy=_without_prefix(key, OWN_TAG_PREFIX),
        )


def _value_problems(key: object, value: object) -> Iterator[Problem]:
    if isinstance(value, pulumi.Output):
        return
    if not isinstance(value, str):
        yield _problem(
            f"the value of {shown(key)} is {shown(value)}, no text",
            why="The value of a tag is text.",
            remedy=did_you_mean(shown(shown(value)))
            if isinstance(value, bool | int | float)
            else "Write text.",
        )
    elif len(value) > TAG_VALUE_MAX_CHARACTERS:
        yield _problem(
            f"the value of {shown(key)} has {len(value)} characters",
            why=_EC2_LIMITS,
            remedy=did_you_mean(shown(value[:TAG_VALUE_MAX_CHARACTERS])),
        )


def _without_prefix(key: str, prefix: str) -> str:
    rest = key[len(prefix) :]
    return did_you_mean(rest) if rest else "Leave it out."


def _map_meant_by(value: object) -> str:
    key, equals, text = value.partition("=") if isinstance(value, str) else ("", "", "")
    return (
        did_you_mean({key.strip(): text.strip()}) if equals else f"Leave {KEY} out for no tags of your own."
    )


def _problem(fault: str, why: str, remedy: str) -> Problem:
    return Problem(key=KEY, fault=fault, allowed=_ALLOWED, why=why, remedy=remedy)
