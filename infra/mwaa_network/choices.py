"""Reads a choice among a few words."""

from enum import StrEnum
from typing import Final, TypeVar

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.requirements import (
    ACL_MUST_ALLOW_ALL,
    PUBLIC_ROUTING_NAT,
    SECURITY_GROUP_5432_NEEDS_443,
    SECURITY_GROUP_OUTBOUND_MUST,
    SECURITY_GROUP_OUTBOUND_NARROW,
    SECURITY_GROUP_SELF_REFERENCE_ALL,
)
from mwaa_guardrails.documents.sources import NETWORKING_ABOUT
from mwaa_network.arguments import Egress, Ingress, Nat, NetworkAclEntries
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
    Egress: f"{cited(SECURITY_GROUP_OUTBOUND_MUST)} {cited(SECURITY_GROUP_OUTBOUND_NARROW)}",
    NetworkAclEntries: f"{cited(ACL_MUST_ALLOW_ALL)} {ACL_MUST_ALLOW_ALL.reading}",
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
