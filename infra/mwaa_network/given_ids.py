"""Reads which VPC and which subnets somebody gives, and what is in the VPC already."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Final

from mwaa_guardrails.documents.facts import (
    REQUIRED_ENDPOINT_SERVICES,
    SUBNET_ID_PATTERN,
    SUBNETS_PER_ENVIRONMENT,
    VPC_ID_PATTERN,
)
from mwaa_guardrails.documents.sources import NETWORKING_ABOUT
from mwaa_network.arguments import ATTRIBUTE_OF_KEY, NetworkArgs
from mwaa_network.problems import Problem, Refused, did_you_mean, listed, nearest, shown

VPC: Final = "vpcId"
SUBNETS: Final = "privateSubnetIds"
ENDPOINTS: Final = "existingEndpoints"
REPLACED: Final = "replacePrivateSubnets"
_SUFFIXES: Final = tuple(each.suffix for each in REQUIRED_ENDPOINT_SERVICES)
_WHY_SUBNETS: Final = (
    f"An environment takes two private subnets of one VPC in two zones ({NETWORKING_ABOUT.title})."
)
# Keys that shape what is not made in a VPC that is there already.
_OF_A_NEW_VPC: Final = (
    *("cidrBlock", "privateSubnetCidrs", "publicSubnetCidrs", "zones", "nat", "natAllocationIds"),
    *("networkAcl", "ipv6", "flowLogBucketArn"),
)


def read_vpc_id(value: object) -> str | Refused:
    """Return the id that a value spells, or what is wrong with the value."""
    if isinstance(value, str) and re.fullmatch(VPC_ID_PATTERN, value):
        return value
    return Refused(
        (
            Problem(
                key=VPC,
                fault=f"{shown(value)} is no id of a VPC",
                allowed="an id such as vpc-0123456789abcdef0, known when the program starts",
                why="The VPC is looked up before anything is made.",
                remedy=f"Copy it from the VPC console, or leave {VPC} out to have a VPC made.",
            ),
        )
    )


def read_subnet_ids(value: object) -> tuple[str, ...] | Refused:
    """Return the two ids that a value lists, or what is wrong with the value."""
    return _two_ids(value) or _no_two_ids(
        SUBNETS, value, _WHY_SUBNETS, "Copy those of the two private subnets from the VPC console."
    )


def read_replaced_subnets(value: object) -> tuple[str, ...] | Refused:
    """Return the two ids that a value lists, or what is wrong with the value."""
    return _two_ids(value) or _no_two_ids(
        REPLACED,
        value,
        "The subnets that may be replaced are named, so that this confirms one replacement and no later one.",
        "Copy those that the refusal names, or the output privateSubnetIds.",
    )


def _two_ids(value: object) -> tuple[str, ...] | None:
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    ids = tuple(each for each in items if isinstance(each, str) and re.fullmatch(SUBNET_ID_PATTERN, each))
    return ids if len(ids) == len(items) == len(set(ids)) == SUBNETS_PER_ENVIRONMENT else None


def _no_two_ids(key: str, value: object, why: str, remedy: str) -> Refused:
    problem = Problem(
        key=key,
        fault=f"{shown(value)} is no list of two ids of subnets",
        allowed="a list of two ids such as subnet-0123456789abcdef0, known when the program starts",
        why=why,
        remedy=remedy,
    )
    return Refused((problem,))


def read_existing_endpoints(value: object) -> tuple[str, ...] | Refused:
    """Return the services that a value lists, each once, or everything that is wrong with the value."""
    items: tuple[object, ...] = (
        tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    )
    problems = tuple(
        Problem(
            key=ENDPOINTS,
            fault=f"{shown(each)} is none of the services whose endpoints are made here",
            allowed=f"a list of {listed(_SUFFIXES, last='and')}, or some of them",
            why="An endpoint that is there already is not made again.",
            remedy=_near(each, value),
        )
        for each in items
        if items[0] is value or each not in _SUFFIXES
    )
    return Refused(problems) if problems else tuple(each for each in _SUFFIXES if each in items)


def _near(each: object, value: object) -> str:
    near = nearest(each, _SUFFIXES) if isinstance(each, str) else None
    if near is None:
        return "Leave it out."
    return did_you_mean([near] if each is value else near)


def given_problems(args: NetworkArgs) -> Iterator[Problem]:
    """Yield what is wrong with a VPC and subnets that are given, beside one another and the other choices."""
    if (args.vpc_id is None) != (args.private_subnet_ids is None):
        missing, given = (VPC, SUBNETS) if args.vpc_id is None else (SUBNETS, VPC)
        yield Problem(
            key=missing,
            fault=f"it is left out, but {given} is set",
            allowed="both or neither",
            why=_WHY_SUBNETS,
            remedy=f"Set {missing}, or leave {given} out to have a VPC with its subnets made.",
        )
    if args.vpc_id is None and args.existing_endpoints is not None:
        yield Problem(
            key=ENDPOINTS,
            fault=f"{shown(list(args.existing_endpoints))} is set, but {VPC} is left out",
            allowed=f"{ENDPOINTS} with {VPC} only",
            why="In a VPC that is yet to be made there is no endpoint.",
            remedy=f"Leave {ENDPOINTS} out.",
        )
    if args.vpc_id is not None:
        defaults = {each.name: each.default for each in fields(NetworkArgs)}
        for key in _OF_A_NEW_VPC:
            value = getattr(args, ATTRIBUTE_OF_KEY[key])
            if value != defaults[ATTRIBUTE_OF_KEY[key]]:
                yield Problem(
                    key=key,
                    fault=f"it is set beside {VPC}",
                    allowed=f"{key} without {VPC} only",
                    why=(
                        "In a VPC that is there already only the security group, its rules and the missing "
                        "endpoints are made."
                    ),
                    remedy=f"Leave {key} out, or leave {VPC} out to have a VPC made.",
                )
