"""Reads a choice among a few words."""

from enum import StrEnum
from typing import Final, TypeVar

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.requirements import (
    PUBLIC_ROUTING_NAT,
    SECURITY_GROUP_5432_NEEDS_443,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
)
from mwaa_guardrails.documents.sources import NETWORKING_ABOUT
from mwaa_network.arguments import Ingress, Nat
from mwaa_network.problems import Problem, Refused, cited, did_you_mean, listed, nearest, shown

_Choice = TypeVar("_Choice", bound=StrEnum)

_WHY: Final[dict[type[StrEnum], str]] = {
    Routing: (
        "Public routing is a network with access to the internet, through NAT gateways; private routing is "
        f"one without, which uses VPC endpoints ({NETWORKING_ABOUT.title})."
    ),
    Nat: (
        f"{cited(PUBLIC_ROUTING_NAT)} One is enough; with one in each zone, a zone that fails takes no other "
        "with it."
    ),
    Ingress: cited(SECURITY_GROUP_SELF_REFERENCE_ALL, SECURITY_GROUP_5432_NEEDS_443),
}


def read_choice(key: str, value: object, choices: type[_Choice]) -> _Choice | Refused:
    """Return the choice that a value spells, or what is wrong with the value."""
    words = [each.value for each in choices]
    if isinstance(value, str) and value in words:
        return choices(value)
    near = nearest(value, words) if isinstance(value, str) else None
    problem = Problem(
        key=key,
        fault=f"{shown(value)} is none of its values",
        allowed=listed(words),
        why=_WHY[choices],
        remedy=did_you_mean(near) if near else f"Leave {key} out for {words[0]}, the default.",
    )
    return Refused((problem,))


def nat_under_private_routing(nat: Nat) -> Problem:
    """Return the problem of NAT gateways in a network that must not have any."""
    return Problem(
        key="nat",
        fault=f"{shown(nat)} is set, but routing is {Routing.PRIVATE}",
        allowed=f"nat with routing {Routing.PUBLIC} only",
        why=(
            "With private routing the route tables of the private subnets must not lead to a NAT device "
            f"({NETWORKING_ABOUT.title})."
        ),
        remedy=f"Leave nat out, or set routing to {Routing.PUBLIC}.",
    )
