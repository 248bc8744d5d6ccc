"""Reads the blocks of subnets that somebody lists, and finds those that do not fit into the VPC."""

import ipaddress
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import (
    LARGEST_SUBNET_PREFIX,
    SMALLEST_VPC_PREFIX,
    SUBNETS_PER_ENVIRONMENT,
)
from mwaa_guardrails.documents.sources import NETWORKING_ABOUT, SUBNET_SIZING
from mwaa_network.address_plan import SubnetPlan, plan_addresses
from mwaa_network.arguments import NetworkArgs
from mwaa_network.cidr_blocks import ipv4_block
from mwaa_network.problems import Problem, Refused, did_you_mean, shown

PRIVATE: Final = "privateSubnetCidrs"
PUBLIC: Final = "publicSubnetCidrs"
_ALLOWED: Final = (
    f"a list of two IPv4 blocks inside the VPC's, /{LARGEST_SUBNET_PREFIX} to /{SMALLEST_VPC_PREFIX}, apart "
    "from one another"
)
_EC2_TAKES: Final = f"EC2 takes /{LARGEST_SUBNET_PREFIX} to /{SMALLEST_VPC_PREFIX} ({SUBNET_SIZING.title})."


def read_subnet_cidrs(key: str, value: object) -> tuple[str, ...] | Refused:
    """Return the two blocks that a value lists, or everything that is wrong with the value."""
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    if len(items) != SUBNETS_PER_ENVIRONMENT:
        split = [each.strip() for each in value.split(",")] if isinstance(value, str) else []
        remedy = (
            did_you_mean(split)
            if len(split) == SUBNETS_PER_ENVIRONMENT
            else f"Leave {key} out to have the subnets planned."
        )
        return Refused((_problem(key, f"{shown(value)} is no list of two blocks", _why_two(), remedy),))
    problems = tuple(problem for each in items for problem in _block_problems(key, each))
    return Refused(problems) if problems else tuple(items)


def _why_two() -> str:
    return (
        "An environment takes two private subnets, and public routing two public ones "
        f"({NETWORKING_ABOUT.title})."
    )


def _block_problems(key: str, value: object) -> Iterator[Problem]:
    block = ipv4_block(value) if isinstance(value, str) else None
    if block is None:
        yield _problem(
            key, f"{shown(value)} is no IPv4 CIDR block", _EC2_TAKES, "Write it like 10.192.0.0/24."
        )
    elif str(block) != value:
        why = f"A block is named by its first address ({SUBNET_SIZING.title})."
        yield _problem(key, f"{shown(value)} has host bits", why, did_you_mean(str(block)))
    elif not LARGEST_SUBNET_PREFIX <= block.prefixlen <= SMALLEST_VPC_PREFIX:
        length = min(max(block.prefixlen, LARGEST_SUBNET_PREFIX), SMALLEST_VPC_PREFIX)
        near = ipaddress.IPv4Network((block.network_address, length), strict=False)
        yield _problem(key, f"{shown(value)} has no size of a subnet", _EC2_TAKES, did_you_mean(str(near)))


def subnet_problems(args: NetworkArgs) -> Iterator[Problem]:
    """Yield what is wrong with listed subnets beside one another, the planned ones and the VPC."""
    if args.public_subnet_cidrs is not None and args.routing is Routing.PRIVATE:
        yield _problem(
            PUBLIC,
            f"{shown(list(args.public_subnet_cidrs))} is set, but routing is {Routing.PRIVATE}",
            f"A network with private routing has no public subnets ({NETWORKING_ABOUT.title}).",
            f"Leave {PUBLIC} out, or set routing to {Routing.PUBLIC}.",
        )
        return
    addresses = plan_addresses(args)
    keys = {
        PRIVATE: addresses.private if args.private_subnet_cidrs else (),
        PUBLIC: addresses.public if args.public_subnet_cidrs else (),
    }
    vpc = ipaddress.IPv4Network(args.cidr_block)
    for key, plans in keys.items():
        for plan in plans:
            if not ipaddress.IPv4Network(plan.cidr_block).subnet_of(vpc):
                yield _problem(
                    key,
                    f"{shown(plan.cidr_block)} lies outside cidrBlock, {args.cidr_block}",
                    f"A subnet's block is a part of the VPC's ({SUBNET_SIZING.title}).",
                    "Choose blocks inside it, or change cidrBlock.",
                )
    own = {plan: key for key, plans in keys.items() for plan in plans}
    for one, other in combinations((*addresses.private, *addresses.public), 2):
        if (one in own or other in own) and _overlap(one, other):
            mine, its = (one, other) if one in own else (other, one)
            yield _problem(
                own[mine],
                f"{shown(mine.cidr_block)} overlaps {its.label}, {its.cidr_block}",
                f"Subnets of a VPC share no address ({SUBNET_SIZING.title}).",
                "Choose blocks that lie apart."
                if its in own
                else f"Choose another block, or list those of the {its.label.partition('-')[0]} subnets too.",
            )


def _overlap(one: SubnetPlan, other: SubnetPlan) -> bool:
    return ipaddress.IPv4Network(one.cidr_block).overlaps(ipaddress.IPv4Network(other.cidr_block))


def _problem(key: str, fault: str, why: str, remedy: str) -> Problem:
    return Problem(key=key, fault=fault, allowed=_ALLOWED, why=why, remedy=remedy)
