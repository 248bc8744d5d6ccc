"""What would replace the private subnets of a network that stands is refused, unless they are named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.aws.model import Routing
from mwaa_network.arguments import NetworkArgs, written
from mwaa_network.moves import Standing, move_problems, standing
from mwaa_network.problems import ConfigurationError
from mwaa_network.zones import RegionZones, Zone
from tests.infra.variants import sampled_variants
from tests.infra.world import IRELAND
from tests.policy_pack.golden import assert_golden

GOLDEN: Final = Path(__file__).parent / "golden" / "moves"
AT_HAND: Final = RegionZones(
    region="eu-west-1", zones=tuple(Zone(name=name, id=id_) for id_, name in IRELAND.items())
)
IDS: Final = ("subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb")
OTHERS: Final = ("subnet-0cccccccccccccccc", "subnet-0dddddddddddddddd")
ZONES: Final = ["euw1-az1", "euw1-az2"]
GIVEN: Final = NetworkArgs(vpc_id="vpc-0123456789abcdef0", private_subnet_ids=IDS)
PLAIN: Final = NetworkArgs()
PRIVATE: Final = NetworkArgs(routing=Routing.PRIVATE)
LATER: Final = ("euw1-az2", "euw1-az3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a network was made with, and what is wanted of it now."""

    before: NetworkArgs = PLAIN
    after: NetworkArgs
    stood_in: Sequence[str] = tuple(ZONES)


def _problems(change: Change) -> tuple[Any, ...]:
    before = Standing(args=change.before, subnet_ids=list(IDS), zone_ids=list(change.stood_in))
    return tuple(move_problems(before, change.after, AT_HAND))


REFUSED: Final = {
    "other zones": Change(after=NetworkArgs(zones=("eu-west-1a", "eu-west-1c"))),
    "the same zones the other way round": Change(after=NetworkArgs(zones=("euw1-az2", "euw1-az1"))),
    "another block": Change(after=NetworkArgs(cidr_block="10.193.0.0/16")),
    "other blocks of subnets": Change(
        after=NetworkArgs(private_subnet_cidrs=("10.192.8.0/24", "10.192.9.0/24"))
    ),
    "planned blocks again": Change(
        before=NetworkArgs(private_subnet_cidrs=("10.192.8.0/24", "10.192.9.0/24")), after=PLAIN
    ),
    "a VPC of one's own": Change(after=GIVEN),
    "no VPC of one's own any more": Change(before=GIVEN, after=PLAIN),
    "other subnets of one's own": Change(before=GIVEN, after=replace(GIVEN, private_subnet_ids=OTHERS)),
    "another subnet of one's own in place of one": Change(
        before=GIVEN, after=replace(GIVEN, private_subnet_ids=(IDS[1], OTHERS[0]))
    ),
    "subnets confirmed that are not these": Change(
        after=NetworkArgs(zones=("eu-west-1a", "eu-west-1c"), replace_private_subnets=OTHERS)
    ),
    "no IPv6 any more": Change(before=NetworkArgs(ipv6=True), after=PLAIN),
    "no IPv6 any more, confirmed": Change(
        before=NetworkArgs(ipv6=True), after=NetworkArgs(replace_private_subnets=IDS)
    ),
    "public subnets for private ones whose zones are no longer given": Change(
        before=PRIVATE, after=PLAIN, stood_in=LATER
    ),
    "public subnets and zones no longer given at once": Change(
        before=replace(PRIVATE, zones=LATER), after=PLAIN, stood_in=LATER
    ),
    "public subnets for private ones in a new VPC that keep their zones": Change(
        before=PRIVATE,
        after=NetworkArgs(cidr_block="10.193.0.0/16", replace_private_subnets=IDS),
        stood_in=LATER,
    ),
    "public subnets the other way round": Change(before=PRIVATE, after=PLAIN, stood_in=ZONES[::-1]),
    "other zones and no IPv6": Change(
        before=NetworkArgs(ipv6=True), after=NetworkArgs(zones=("eu-west-1a", "eu-west-1c"))
    ),
}
ACCEPTED: Final = {
    "nothing": Change(after=PLAIN),
    "the zones it has": Change(after=NetworkArgs(zones=("eu-west-1a", "euw1-az2"))),
    "zones no longer given, which stay": Change(
        before=NetworkArgs(zones=("euw1-az1", "euw1-az2")), after=PLAIN
    ),
    "zones no longer given, with public subnets that stay": Change(
        before=NetworkArgs(zones=LATER), after=PLAIN, stood_in=LATER
    ),
    "zones no longer given, without public subnets": Change(
        before=replace(PRIVATE, zones=LATER), after=PRIVATE, stood_in=LATER
    ),
    "public subnets in the zones that are given": Change(
        before=PRIVATE, after=NetworkArgs(zones=LATER), stood_in=LATER
    ),
    "public subnets in the first zones that fit, where the private ones stand": Change(
        before=PRIVATE, after=PLAIN
    ),
    "public subnets no longer": Change(before=PLAIN, after=PRIVATE, stood_in=LATER),
    "public routing of subnets of one's own": Change(
        before=replace(GIVEN, routing=Routing.PRIVATE), after=GIVEN, stood_in=LATER
    ),
    "a VPC with public subnets in place of one's own, confirmed": Change(
        before=replace(GIVEN, routing=Routing.PRIVATE),
        after=NetworkArgs(replace_private_subnets=IDS),
        stood_in=LATER,
    ),
    "a VPC of one's own with public routing, confirmed": Change(
        before=PRIVATE, after=replace(GIVEN, replace_private_subnets=IDS), stood_in=LATER
    ),
    "the blocks it has": Change(after=NetworkArgs(private_subnet_cidrs=("10.192.0.0/24", "10.192.1.0/24"))),
    "other public subnets": Change(after=NetworkArgs(public_subnet_cidrs=("10.192.8.0/24", "10.192.9.0/24"))),
    "IPv6 for the first time": Change(after=NetworkArgs(ipv6=True)),
    "the subnets of one's own that it has": Change(before=GIVEN, after=GIVEN),
    "the same the other way round": Change(before=GIVEN, after=replace(GIVEN, private_subnet_ids=IDS[::-1])),
    "other zones, confirmed": Change(
        after=NetworkArgs(zones=("eu-west-1a", "eu-west-1c"), replace_private_subnets=IDS)
    ),
    "another block, confirmed, and no IPv6 in the new VPC": Change(
        before=NetworkArgs(ipv6=True),
        after=NetworkArgs(cidr_block="10.193.0.0/16", replace_private_subnets=IDS),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_and_how(case: str) -> None:
    """The text names the subnets, what is at stake, and both ways on."""
    problems = _problems(REFUSED[case])
    name = "-".join("".join(each for each in word if each.isalnum()) for word in case.split())
    assert_golden(GOLDEN / f"{name}.txt", f"{ConfigurationError(problems)}\n")


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_accepted(case: str) -> None:
    """It leaves the private subnets where they are, or they are named."""
    assert _problems(ACCEPTED[case]) == ()


@given(st.sampled_from(list(sampled_variants().values())), st.sampled_from(list(sampled_variants().values())))
def test_no_other_choice_moves_anything(before: NetworkArgs, after: NetworkArgs) -> None:
    """Routing, NAT, rules, entries and policies change as one likes; IPv6 can be turned on."""
    after = replace(after, ipv6=before.ipv6 or after.ipv6)
    assert _problems(Change(before=before, after=after)) == ()


def test_what_stands_is_what_the_engine_remembers() -> None:
    """The choices by key, and the outputs."""
    args = NetworkArgs(routing=Routing.PRIVATE, zones=("eu-west-1a", "eu-west-1b"))
    outputs = {"privateSubnetIds": list(IDS), "availabilityZoneIds": ZONES}
    assert standing(written(args), outputs) == Standing(args=args, subnet_ids=list(IDS), zone_ids=ZONES)


def test_a_network_that_was_never_finished_holds_nothing_up() -> None:
    """Without outputs no environment stands on it."""
    assert standing(written(PLAIN), {}) is None
