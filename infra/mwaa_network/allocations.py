"""Reads the Elastic IP addresses that the NAT gateways get."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import pulumi

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import ALLOCATION_ID_PATTERN
from mwaa_guardrails.documents.sources import NETWORKING_ABOUT
from mwaa_network.arguments import NetworkArgs, nat_gateways_of
from mwaa_network.problems import Problem, Refused, shown

KEY: Final = "natAllocationIds"
_ALLOWED: Final = "a list of allocation ids, one for each NAT gateway, such as eipalloc-0123456789abcdef0"
_WHY: Final = (
    f"A NAT gateway needs an Elastic IP address ({NETWORKING_ABOUT.title}), which belongs to one at a time."
)


def read_allocation_ids(value: object) -> tuple[pulumi.Input[str], ...] | Refused:
    """Return the ids that a value lists, or everything that is wrong with it; an id may be an output."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        remedy = f"Leave {KEY} out to have the addresses made."
        return Refused((_problem(f"{shown(value)} is no list of allocation ids", remedy),))
    problems = tuple(_problems(value))
    return Refused(problems) if problems else tuple(value)


def _problems(ids: Sequence[object]) -> Iterator[Problem]:
    for number, each in enumerate(ids):
        if isinstance(each, pulumi.Output):
            continue
        if not isinstance(each, str) or not re.fullmatch(ALLOCATION_ID_PATTERN, each):
            yield _problem(
                f"{shown(each)} is no allocation id",
                "Write the id that the VPC console shows beside the address, not the address.",
            )
        elif each in ids[:number]:
            yield _problem(f"{shown(each)} stands here twice", "Allocate an address for each NAT gateway.")


def allocation_problems(args: NetworkArgs) -> Iterator[Problem]:
    """Yield what is wrong with addresses beside the NAT gateways that there are."""
    if args.nat_allocation_ids is None:
        return
    given, wanted = len(args.nat_allocation_ids), nat_gateways_of(args)
    if args.routing is Routing.PRIVATE:
        yield _problem(
            f"{given} given, but routing is {Routing.PRIVATE}, which has no NAT gateway",
            f"Leave {KEY} out, or set routing to {Routing.PUBLIC}.",
        )
    elif given != wanted:
        yield _problem(
            f"{given} given for {wanted} NAT gateway{'s' * (wanted > 1)}",
            f"List {wanted}, or set nat to another number of gateways.",
        )


def _problem(fault: str, remedy: str) -> Problem:
    return Problem(key=KEY, fault=fault, allowed=_ALLOWED, why=_WHY, remedy=remedy)
