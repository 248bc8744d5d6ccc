"""Cuts the VPC's block into subnets. Pure: the plan follows from its arguments alone.

The block's first four slots are, in either routing, private A, private B, public A and public B. Private
routing leaves the last two empty, so the private subnets stay where they are when the routing is changed:
an environment cannot move to other subnets. Blocks that somebody lists take the place of slots.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import (
    IPV6_SUBNET_PREFIX,
    SMALLEST_SUBNET_PREFIX,
    TEMPLATE_SUBNET_PREFIX,
)
from mwaa_network.arguments import NetworkArgs

ZONE_LETTERS: Final = ("a", "b")
"""How the two zones of a network are told apart in names."""

_SLOT_BITS: Final = 2  # four slots
SMALLEST_PREFIX: Final = SMALLEST_SUBNET_PREFIX - _SLOT_BITS
"""The prefix length of the smallest block whose slots are large enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetPlan:
    """A subnet to make.

    Attributes:
        label: Its name within the network, such as `private-a`.
        slot: The place of its zone among the network's zones, 0 or 1.
        cidr_block: Its IPv4 block.
        ipv6_slot: Which block of the VPC's IPv6 block it has, counted from 0; None for none.
    """

    label: str
    slot: int
    cidr_block: str
    ipv6_slot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPlan:
    """The subnets of a network: two private ones, and two public ones or none."""

    private: tuple[SubnetPlan, ...]
    public: tuple[SubnetPlan, ...]


def plan_addresses(args: NetworkArgs) -> AddressPlan:
    """Return the subnets of a network.

    Raises:
        ValueError: The VPC's block is no IPv4 block, or one with host bits or too small to be cut in four.
    """
    zones = len(ZONE_LETTERS)
    private = args.private_subnet_cidrs or _slots(args.cidr_block)[:zones]
    subnets = _subnets("private", private, range(zones) if args.ipv6 else None)
    if args.routing is Routing.PRIVATE:
        return AddressPlan(private=subnets, public=())
    public = args.public_subnet_cidrs or _slots(args.cidr_block)[zones:]
    further = range(zones, 2 * zones) if args.ipv6 else None
    return AddressPlan(private=subnets, public=_subnets("public", public, further))


def ipv6_block(vpc_block: str, slot: int) -> str:
    """Return a subnet's block in the VPC's IPv6 block, a /64 as EC2 takes it."""
    whole = ipaddress.IPv6Network(vpc_block)
    first = int(whole.network_address) + (slot << (whole.max_prefixlen - IPV6_SUBNET_PREFIX))
    return str(ipaddress.IPv6Network((first, IPV6_SUBNET_PREFIX)))


def _slots(cidr_block: str) -> list[str]:
    block = ipaddress.IPv4Network(cidr_block)
    length = max(TEMPLATE_SUBNET_PREFIX, block.prefixlen + _SLOT_BITS)
    return [str(each) for each in islice(block.subnets(new_prefix=length), 1 << _SLOT_BITS)]


def _subnets(kind: str, blocks: Sequence[str], ipv6_slots: Sequence[int] | None) -> tuple[SubnetPlan, ...]:
    return tuple(
        SubnetPlan(
            label=f"{kind}-{letter}",
            slot=slot,
            cidr_block=cidr_block,
            ipv6_slot=ipv6_slots[slot] if ipv6_slots else None,
        )
        for slot, (letter, cidr_block) in enumerate(zip(ZONE_LETTERS, blocks, strict=True))
    )
