"""The Availability Zones of the Region, and the two that a network stands in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.documents.facts import (
    SUBNETS_PER_ENVIRONMENT,
    UNSUPPORTED_ZONE_IDS,
    ZONE_IDS_WITHOUT_NAT_GATEWAYS,
)
from mwaa_guardrails.documents.sources import NETWORKING_ABOUT, VPC_CREATE
from mwaa_network.problems import Problem, Refused, did_you_mean, listed, nearest, shown

KEY: Final = "zones"
_WHY_TWO: Final = (
    "An environment takes two private subnets in two different Availability Zones "
    f"({NETWORKING_ABOUT.title})."
)
_ZONES_OF_THE_REGION: Final = aws.GetAvailabilityZonesFilterArgs(
    name="opt-in-status", values=["opt-in-not-required"]
)
"""Leaves out Local Zones and Wavelength Zones, which one opts into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """An Availability Zone: its id is the same for everybody, its name belongs to the account."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionZones:
    """The Availability Zones that an account has in a Region."""

    region: str
    zones: tuple[Zone, ...]

    def find(self, name_or_id: str) -> Zone | None:
        """Return the zone of this name or id, or None."""
        return next((zone for zone in self.zones if name_or_id in (zone.name, zone.id)), None)


def look_up_zones(options: pulumi.InvokeOptions | None = None) -> RegionZones:
    """Ask AWS for the zones of the provider's Region; one call tells the Region, too.

    Raises:
        RunError: The provider's Region is not known in this preview.
    """
    found = aws.get_availability_zones(filters=[_ZONES_OF_THE_REGION], opts=options)
    if not found.zone_ids:
        raise pulumi.RunError(
            "the zones of the Region cannot be looked up, because the configuration of the AWS provider is "
            "not known in this preview. Give the provider a Region that is written down."
        )
    return RegionZones(
        region=found.region,
        zones=tuple(
            Zone(name=name, id=zone_id) for name, zone_id in zip(found.names, found.zone_ids, strict=True)
        ),
    )


def read_zones(value: object) -> tuple[str, ...] | Refused:
    """Return the two names or ids that a value lists, or what is wrong with the value."""
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    names = tuple(each for each in items if isinstance(each, str))
    if len(names) == len(items) == SUBNETS_PER_ENVIRONMENT:
        return names
    split = [each.strip() for each in value.split(",")] if isinstance(value, str) else []
    problem = Problem(
        key=KEY,
        fault=f"{shown(value)} is no list of two zones",
        allowed="a list of the names or ids of two Availability Zones of the Region",
        why=_WHY_TWO,
        remedy=did_you_mean(split)
        if len(split) == SUBNETS_PER_ENVIRONMENT
        else f"Leave {KEY} out to have two chosen.",
    )
    return Refused((problem,))


def zone_problems(given: Sequence[str], at_hand: RegionZones, routing: Routing | None) -> Iterator[Problem]:
    """Yield what is wrong with zones that somebody chose; an unknown routing is given no blame."""
    fitting = _fitting(at_hand)
    taken: list[Zone] = []
    free = [zone for zone in fitting if not {zone.name, zone.id} & set(given)]
    for name in given:
        zone = at_hand.find(name)
        fault, why = _fault(name, zone, taken, at_hand, routing)
        if zone:
            taken.append(zone)
        if fault:
            offer = _offer(name, zone, free)
            free = [each for each in free if offer not in (each.name, each.id)]
            yield Problem(
                key=KEY,
                fault=f"{shown(name)} {fault}",
                allowed=listed((f"{each.name} ({each.id})" for each in fitting), last="and"),
                why=why,
                remedy=did_you_mean(offer) if offer else "Choose another Region.",
            )


def region_problem(at_hand: RegionZones) -> Problem | None:
    """Return the problem of a Region with too few zones to choose from, if it is one."""
    fitting = _fitting(at_hand)
    if len(fitting) >= SUBNETS_PER_ENVIRONMENT:
        return None
    return Problem(
        key="aws:region",
        fault=f"{shown(at_hand.region)} has {len(fitting)} of the two zones that a network needs",
        allowed="a Region with two Availability Zones that Amazon MWAA supports",
        why=_WHY_TWO,
        remedy="Choose another Region.",
    )


def settled_zones(given: Sequence[str] | None, at_hand: RegionZones) -> tuple[Zone, ...]:
    """Return the network's two zones, once nothing is wrong with them.

    Where nobody chose them they are the first two that fit either routing, so that a change of routing moves
    nothing.
    """
    if given is None:
        return _fitting(at_hand)[:SUBNETS_PER_ENVIRONMENT]
    return tuple(zone for zone in map(at_hand.find, given) if zone)


def _fitting(at_hand: RegionZones) -> tuple[Zone, ...]:
    unfit = UNSUPPORTED_ZONE_IDS | ZONE_IDS_WITHOUT_NAT_GATEWAYS
    return tuple(zone for zone in at_hand.zones if zone.id not in unfit)


def _fault(
    name: str, zone: Zone | None, taken: Sequence[Zone], at_hand: RegionZones, routing: Routing | None
) -> tuple[str, str]:
    if zone is None:
        if _is_inside_a_zone_group(name, at_hand):
            return "is a Local Zone or a Wavelength Zone, no Availability Zone", _WHY_TWO
        return f"is no Availability Zone of {at_hand.region} that this account has", _WHY_TWO
    account = f"is {zone.id} in this account" if name == zone.name else f"is {zone.name} in this account"
    if zone in taken:
        return f"{account}, and stands here twice", _WHY_TWO
    if zone.id in UNSUPPORTED_ZONE_IDS:
        return (
            f"{account}, which Amazon MWAA does not support",
            f"Amazon MWAA has no environments in {zone.id} ({VPC_CREATE.title}).",
        )
    if zone.id in ZONE_IDS_WITHOUT_NAT_GATEWAYS and routing is Routing.PUBLIC:
        return (
            f"{account}, which has no NAT gateways",
            f"Public routing takes a NAT gateway in a public subnet ({NETWORKING_ABOUT.title}).",
        )
    return "", ""


def _is_inside_a_zone_group(name: str, at_hand: RegionZones) -> bool:
    """Tell zones such as `us-west-2-lax-1a`, or by id `usw2-lax1-az1`, from `us-west-2a` and `usw2-az1`."""
    prefix = at_hand.zones[0].id.rpartition("-")[0]
    by_id = name.startswith(f"{prefix}-") and not name.startswith(f"{prefix}-az")
    return name.startswith(f"{at_hand.region}-") or by_id


def _offer(name: str, zone: Zone | None, free: Sequence[Zone]) -> str | None:
    """Return a zone that is still free: for a misspelt one the likest, else the first, by id for an id."""
    if not free:
        return None
    if zone:
        return free[0].id if name == zone.id else free[0].name
    spellings = [spelling for each in free for spelling in (each.name, each.id)]
    return nearest(name, spellings) or free[0].name
