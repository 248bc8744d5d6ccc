"""Choices that are right alone and wrong together."""

from collections.abc import Iterator

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.requirements import (
    SECURITY_GROUP_OUTBOUND_MUST,
    SECURITY_GROUP_OUTBOUND_NARROW,
)
from mwaa_guardrails.documents.sources import NETWORKING_ABOUT
from mwaa_network.allocations import allocation_problems
from mwaa_network.arguments import Egress, NetworkArgs
from mwaa_network.clients import client_problems
from mwaa_network.given_ids import given_problems
from mwaa_network.problems import Problem, cited, shown
from mwaa_network.subnet_cidrs import subnet_problems


def combination_problems(args: NetworkArgs) -> Iterator[Problem]:
    """Yield what is wrong with choices that do not go together."""
    if args.nat and args.routing is Routing.PRIVATE:
        yield Problem(
            key="nat",
            fault=f"{shown(args.nat)} is set, but routing is {Routing.PRIVATE}",
            allowed=f"nat with routing {Routing.PUBLIC} only",
            why=(
                "With private routing the route tables of the private subnets must not lead to a NAT device "
                f"({NETWORKING_ABOUT.title})."
            ),
            remedy=f"Leave nat out, or set routing to {Routing.PUBLIC}.",
        )
    yield from given_problems(args)
    yield from allocation_problems(args)
    yield from client_problems(args)
    yield from subnet_problems(args)
    if args.egress is Egress.NARROW and args.routing is Routing.PUBLIC:
        yield Problem(
            key="egress",
            fault=f"{shown(args.egress)} is set, but routing is {Routing.PUBLIC}",
            allowed=f"{Egress.NARROW} with routing {Routing.PRIVATE} only",
            why=(
                f"{cited(SECURITY_GROUP_OUTBOUND_MUST)} The narrower set is for a network without internet "
                f"access ({SECURITY_GROUP_OUTBOUND_NARROW.source.title})."
            ),
            remedy=f"Leave egress out, or set routing to {Routing.PRIVATE}.",
        )
