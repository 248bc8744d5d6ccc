"""Refuses what would replace the private subnets of a network that stands, unless they are named.

An environment cannot change its subnets, so it would be replaced with them. Nor are public subnets made in
other zones than theirs. What stands is known from what the engine remembers of the component: its choices and
its outputs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.requirements import (
    ENVIRONMENT_SUBNETS_FIXED,
    IP_FAMILY_FIXED,
    NAT_DEVICE_PER_ZONE,
)
from mwaa_network.address_plan import plan_addresses
from mwaa_network.arguments import NetworkArgs
from mwaa_network.given_ids import REPLACED, SUBNETS, VPC
from mwaa_network.problems import Problem, cited, listed, shown
from mwaa_network.subnet_cidrs import PRIVATE
from mwaa_network.validation import read_arguments
from mwaa_network.zones import KEY as ZONES
from mwaa_network.zones import RegionZones, settled_zones

_BLOCK: Final = "cidrBlock"
_WHY: Final = f"{cited(ENVIRONMENT_SUBNETS_FIXED)} One that stands on them would be replaced, too."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A network as the engine remembers it.

    Attributes:
        args: Its choices.
        subnet_ids: Its private subnets.
        zone_ids: Their zones, in their order.
    """

    args: NetworkArgs
    subnet_ids: Sequence[str]
    zone_ids: Sequence[str]


def standing(inputs: Mapping[str, object], outputs: Mapping[str, object]) -> Standing | None:
    """Return the network that a component's last inputs and outputs tell of.

    None where it was never finished: then no environment stands on it.
    """
    subnet_ids, zone_ids = outputs.get(SUBNETS), outputs.get("availabilityZoneIds")
    if not isinstance(subnet_ids, Sequence) or not isinstance(zone_ids, Sequence):
        return None
    args, _ = read_arguments(inputs)
    return Standing(args=args, subnet_ids=list(subnet_ids), zone_ids=list(zone_ids))


def move_problems(before: Standing, args: NetworkArgs, at_hand: RegionZones) -> Iterator[Problem]:
    """Yield what is wrong with choices because of what stands."""
    moved = _moved(before, args, at_hand)
    confirmed = set(before.subnet_ids) <= set(args.replace_private_subnets or ())
    if moved and not confirmed:
        key, fault = moved
        yield Problem(
            key=key,
            fault=f"{fault}, which replaces the private subnets {' and '.join(before.subnet_ids)}",
            allowed=f"what the network was made with, or {REPLACED} with both ids",
            why=_WHY,
            remedy=(
                f"Leave {key} as it was. To replace the subnets all the same, set {REPLACED} to "
                f"{shown(list(before.subnet_ids))}."
            ),
        )
    if settled := _zones_apart(before, args, at_hand):
        stood_in = shown(list(before.zone_ids))
        yield Problem(
            key=ZONES,
            fault=(
                f"it is left out, so that public subnets would be made in {listed(settled, last='and')}, but "
                f"the private ones stand in {listed(before.zone_ids, last='and')}"
            ),
            allowed=f"{stood_in}, the zones of the private subnets",
            why=(
                "A NAT gateway serves the private subnet of its own zone, so that a zone that fails takes no "
                f"other with it. {cited(NAT_DEVICE_PER_ZONE)}"
            ),
            remedy=f"Set {ZONES} to {stood_in}.",
        )
    is_new_vpc = moved is not None and moved[0] in (VPC, _BLOCK)
    if before.args.ipv6 and not args.ipv6 and not is_new_vpc:
        yield Problem(
            key="ipv6",
            fault="it is turned off, but the network stands with IPv6",
            allowed="true, as long as this VPC stands",
            why=f"{cited(IP_FAMILY_FIXED)} EC2 takes no block from a VPC whose subnets use it.",
            remedy="Leave ipv6 at true, or make another network without it.",
        )


def _moved(before: Standing, args: NetworkArgs, at_hand: RegionZones) -> tuple[str, str] | None:
    """Return the first key, from VPC to zone, that gives the environment other subnets, and its new value."""
    if before.args.vpc_id != args.vpc_id:
        return VPC, _value(args.vpc_id)
    if args.vpc_id is not None:
        given = args.private_subnet_ids or ()
        # In whichever order: nothing is named by it, and AWS keeps each list of subnets as a set.
        return None if {*given} == {*before.subnet_ids} else (SUBNETS, _value(given))
    if before.args.cidr_block != args.cidr_block:
        return _BLOCK, _value(args.cidr_block)
    if _blocks(before.args) != _blocks(args):
        return PRIVATE, _value(args.private_subnet_cidrs)
    zone_ids = [each.id for each in settled_zones(args.zones, at_hand)]
    if args.zones is not None and zone_ids != before.zone_ids:
        return ZONES, f"{_value(args.zones)} in place of {shown(list(before.zone_ids))}"
    return None


def _zones_apart(before: Standing, args: NetworkArgs, at_hand: RegionZones) -> list[str]:
    """Return the zones of public subnets yet to be made, where private ones that stay have others.

    Without zones a subnet stays in the zone it has, and a new one is made in one of the first two that fit.
    """
    opens = before.args.routing is Routing.PRIVATE and args.routing is Routing.PUBLIC
    if not opens or args.zones is not None or before.args.vpc_id is not None or args.vpc_id is not None:
        return []
    settled = [each.id for each in settled_zones(None, at_hand)]
    return settled if settled != list(before.zone_ids) else []


def _blocks(args: NetworkArgs) -> list[str]:
    return [each.cidr_block for each in plan_addresses(args).private]


def _value(value: str | Sequence[str] | None) -> str:
    if value is None:
        return "it is left out"
    return f"it is {shown(value if isinstance(value, str) else list(value))}"
