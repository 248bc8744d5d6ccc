"""Reads the VPC's CIDR block."""

import ipaddress
from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.documents.facts import (
    LARGEST_VPC_PREFIX,
    PRIVATE_IPV4_RANGES,
    SMALLEST_SUBNET_PREFIX,
    SMALLEST_VPC_PREFIX,
    TEMPLATE_VPC_CIDR,
)
from mwaa_guardrails.documents.sources import VPC_CIDR_BLOCKS
from mwaa_network.address_plan import SMALLEST_PREFIX
from mwaa_network.problems import Problem, Refused, did_you_mean, listed, shown

KEY: Final = "cidrBlock"
_RANGES: Final = tuple(ipaddress.IPv4Network(each) for each in PRIVATE_IPV4_RANGES)
_ALLOWED: Final = (
    f"an IPv4 block of /{LARGEST_VPC_PREFIX} to /{SMALLEST_PREFIX} inside {listed(PRIVATE_IPV4_RANGES)}, "
    f"such as {TEMPLATE_VPC_CIDR}"
)

_EC2_TAKES: Final = f"EC2 takes /{LARGEST_VPC_PREFIX} to /{SMALLEST_VPC_PREFIX} ({VPC_CIDR_BLOCKS.title})."


def read_cidr_block(value: object, *, planned: bool = True) -> str | Refused:
    """Return the block that a value spells, or what is wrong with the value, all of it at once.

    Where every subnet is listed and none is planned, it may be as small as EC2 takes it.
    """
    if not isinstance(value, str) or (block := ipv4_block(value)) is None:
        return _refused(
            f"{shown(value)} is no IPv4 CIDR block",
            why=f"A VPC is made with one IPv4 block, an address and a length ({VPC_CIDR_BLOCKS.title}).",
            nearest_block=_completed(value),
        )
    faults = tuple(_faults(value, block, SMALLEST_PREFIX if planned else SMALLEST_VPC_PREFIX))
    if not faults:
        return value
    return _refused(
        f"{shown(value)} {listed([fault for fault, _ in faults], last='and')}",
        why=" ".join(why for _, why in faults),
        nearest_block=str(_nearest(block)),
    )


def _refused(fault: str, why: str, nearest_block: str) -> Refused:
    remedy = did_you_mean(nearest_block)
    return Refused((Problem(key=KEY, fault=fault, allowed=_ALLOWED, why=why, remedy=remedy),))


def ipv4_block(text: str) -> ipaddress.IPv4Network | None:
    """Return the block that a text spells, host bits dropped, or None when it spells none."""
    address, _, length = text.partition("/")
    if not length.isdecimal():
        return None
    try:
        return ipaddress.IPv4Network((address, int(length)), strict=False)
    except ValueError:
        return None


def _completed(value: object) -> str:
    """Return the right block nearest to text that is none: an address alone gets the template's length."""
    try:
        address = ipaddress.IPv4Address(str(value).partition("/")[0].strip())
    except ValueError:
        return TEMPLATE_VPC_CIDR
    length = ipaddress.IPv4Network(TEMPLATE_VPC_CIDR).prefixlen
    return str(_nearest(ipaddress.IPv4Network((address, length), strict=False)))


def _faults(text: str, block: ipaddress.IPv4Network, smallest: int) -> Iterator[tuple[str, str]]:
    if text != str(block):
        yield (
            "has host bits" if str(block.network_address) != text.partition("/")[0] else "is oddly written",
            f"A block is named by its first address ({VPC_CIDR_BLOCKS.title}).",
        )
    if block.prefixlen < LARGEST_VPC_PREFIX:
        yield (
            f"is larger than /{LARGEST_VPC_PREFIX}",
            _EC2_TAKES,
        )
    if block.prefixlen > smallest:
        yield (
            f"is smaller than /{smallest}",
            _EC2_TAKES
            if smallest == SMALLEST_VPC_PREFIX
            else (
                f"EC2 takes down to /{SMALLEST_VPC_PREFIX} ({VPC_CIDR_BLOCKS.title}), but the block is cut "
                f"into four subnets, and one smaller than /{SMALLEST_SUBNET_PREFIX} can run out of addresses "
                "while an environment is updated (our estimate)."
            ),
        )
    if not _private(block):
        yield (
            "is not set aside for private use",
            (
                "EC2 takes public blocks as well, but then the VPC cannot reach the internet addresses in "
                f"them; RFC 1918 and RFC 6598 set the private ranges aside ({VPC_CIDR_BLOCKS.title})."
            ),
        )


def _private(block: ipaddress.IPv4Network) -> bool:
    return any(block.subnet_of(each) for each in _RANGES)


def _nearest(block: ipaddress.IPv4Network) -> ipaddress.IPv4Network:
    length = min(max(block.prefixlen, LARGEST_VPC_PREFIX), SMALLEST_PREFIX)
    sized = ipaddress.IPv4Network((block.network_address, length), strict=False)
    if _private(sized):
        return sized
    size = sized.num_addresses
    edges = [
        start for each in _RANGES for start in (int(each[0]), int(each[-1]) + 1 - size)
    ]  # the first and the last block of this size in each range
    start = min(edges, key=lambda edge: abs(edge - int(sized[0])))
    return ipaddress.IPv4Network((start, length))
