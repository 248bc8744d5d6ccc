"""Reads what is either on or off."""

from collections.abc import Mapping
from typing import Final

from mwaa_guardrails.documents.requirements import IP_FAMILY_FIXED
from mwaa_network.problems import Problem, Refused, cited, did_you_mean, shown

_WHY: Final[Mapping[str, str]] = {
    "environment": "With true, an environment is made on the network, with a role, a bucket and log groups.",
    "ipv6": f"{cited(IP_FAMILY_FIXED)} Choose before there is one.",
    "protect": "With true, Pulumi refuses to delete any part of the network (resource option protect).",
}


def read_switch(key: str, value: object) -> bool | Refused:
    """Return whether a key is on, or what is wrong with its value."""
    if isinstance(value, bool):
        return value
    near = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(str(value).lower())
    problem = Problem(
        key=key,
        fault=f"{shown(value)} is neither true nor false",
        allowed="true or false",
        why=_WHY[key],
        remedy=did_you_mean(near) if near else f"Leave {key} out for false, the default.",
    )
    return Refused((problem,))
