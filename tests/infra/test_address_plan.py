"""The address plan: four slots, of which private routing uses the first two."""

import ipaddress
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mwaa_guardrails.aws.model import Routing
from mwaa_network.address_plan import AddressPlan, SubnetPlan, ipv6_block, plan_addresses
from mwaa_network.arguments import NetworkArgs
from mwaa_network.cidr_blocks import read_cidr_block
from mwaa_network.problems import Refused
from mwaa_network.subnet_cidrs import subnet_problems

PRIVATE_RANGES = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")


@st.composite
def blocks(draw: st.DrawFn, shortest: int = 16, longest: int = 24) -> ipaddress.IPv4Network:
    """Any block of a valid size inside a range for private use."""
    inside = ipaddress.IPv4Network(draw(st.sampled_from(PRIVATE_RANGES)))
    length = draw(st.integers(shortest, longest))
    offset = draw(st.integers(0, inside.num_addresses - 1))
    return ipaddress.IPv4Network((int(inside[0]) + offset, length), strict=False)


def _planned(block: object, routing: Routing = Routing.PUBLIC) -> AddressPlan:
    return plan_addresses(NetworkArgs(cidr_block=str(block), routing=routing))


def _blocks_of(plan: AddressPlan) -> list[ipaddress.IPv4Network]:
    return [ipaddress.IPv4Network(each.cidr_block) for each in (*plan.private, *plan.public)]


@pytest.mark.parametrize(
    ("sentence", "cidr_block", "expected"),
    [
        ("a /16 has /24 subnets", "10.192.0.0/16", ["10.192.0.0/24", "10.192.1.0/24", "10.192.2.0/24"]),
        ("a /22 is filled by them", "10.192.4.0/22", ["10.192.4.0/24", "10.192.5.0/24", "10.192.6.0/24"]),
        ("a /23 has /25 subnets", "10.192.4.0/23", ["10.192.4.0/25", "10.192.4.128/25", "10.192.5.0/25"]),
        ("a /24 has /26 subnets", "10.192.4.0/24", ["10.192.4.0/26", "10.192.4.64/26", "10.192.4.128/26"]),
    ],
)
def test_the_size_of_the_slots(sentence: str, cidr_block: str, expected: list[str]) -> None:
    """A slot is a /24, or a quarter of a block that is too small for that."""
    plan = _planned(cidr_block)
    assert [each.cidr_block for each in (*plan.private, *plan.public)][:3] == expected, sentence


def test_the_plan_of_the_documents_block() -> None:
    """Private A and B come first, then public A and B; a slot's zone goes with its letter."""
    assert _planned("10.192.0.0/16") == AddressPlan(
        private=(
            SubnetPlan(label="private-a", slot=0, cidr_block="10.192.0.0/24"),
            SubnetPlan(label="private-b", slot=1, cidr_block="10.192.1.0/24"),
        ),
        public=(
            SubnetPlan(label="public-a", slot=0, cidr_block="10.192.2.0/24"),
            SubnetPlan(label="public-b", slot=1, cidr_block="10.192.3.0/24"),
        ),
    )


def test_subnets_have_an_ipv6_block_each() -> None:
    """In either routing the private ones have the same."""
    public, private = (plan_addresses(NetworkArgs(routing=each, ipv6=True)) for each in Routing)
    assert [each.ipv6_slot for each in (*public.private, *public.public)] == [0, 1, 2, 3]
    assert (private.private, private.public) == (public.private, ())


@given(st.integers(0, 2**56 - 1), st.integers(0, 255))
def test_an_ipv6_slot_is_a_64_of_the_vpcs_block(number: int, slot: int) -> None:
    """As EC2 takes it; slots lie apart."""
    whole = ipaddress.IPv6Network((number << 72, 56))
    block = ipaddress.IPv6Network(ipv6_block(str(whole), slot))
    assert (block.prefixlen, block.subnet_of(whole)) == (64, True)
    assert int(block.network_address) == int(whole.network_address) + (slot << 64)


def test_listed_blocks_take_the_place_of_slots() -> None:
    """In either routing alike; where public ones are not listed, they keep their slots."""
    args = NetworkArgs(cidr_block="10.0.0.0/20", private_subnet_cidrs=("10.0.8.0/26", "10.0.8.64/26"))
    public = plan_addresses(args)
    private = plan_addresses(replace(args, routing=Routing.PRIVATE))
    assert [str(each) for each in _blocks_of(public)] == [
        *("10.0.8.0/26", "10.0.8.64/26"),
        *("10.0.2.0/24", "10.0.3.0/24"),
    ]
    assert public.private == private.private


def test_a_small_block_whose_subnets_are_listed_is_planned() -> None:
    """Nothing is cut from it."""
    args = NetworkArgs(
        routing=Routing.PRIVATE,
        cidr_block="10.0.0.0/26",
        private_subnet_cidrs=("10.0.0.0/27", "10.0.0.32/27"),
    )
    assert [str(each) for each in _blocks_of(plan_addresses(args))] == ["10.0.0.0/27", "10.0.0.32/27"]


@given(blocks())
def test_a_change_of_routing_moves_no_private_subnet(block: ipaddress.IPv4Network) -> None:
    """An environment cannot change its subnets, so they are the same in either routing."""
    public, private = (_planned(block, routing) for routing in Routing)
    assert (public.private, private.public) == (private.private, ())


@given(blocks(), st.sampled_from(Routing))
def test_subnets_lie_apart_inside_the_block(block: ipaddress.IPv4Network, routing: Routing) -> None:
    """No two share an address, and none leaves the VPC."""
    subnets = _blocks_of(_planned(block, routing))
    assert all(each.subnet_of(block) for each in subnets)
    assert len(list(ipaddress.collapse_addresses(subnets))) <= len(subnets)
    assert sum(each.num_addresses for each in ipaddress.collapse_addresses(subnets)) == sum(
        each.num_addresses for each in subnets
    )


@given(blocks())
def test_every_subnet_has_room(block: ipaddress.IPv4Network) -> None:
    """Each is a /24 to /26, as large as the block allows."""
    for subnet in _blocks_of(_planned(block)):
        assert subnet.prefixlen == max(24, block.prefixlen + 2) <= 26


@given(blocks())
def test_every_right_block_is_accepted(block: ipaddress.IPv4Network) -> None:
    """A block of /16 to /24 for private use is taken as it is written."""
    assert read_cidr_block(str(block)) == str(block)


@given(st.one_of(st.text(), st.builds("{}/{}".format, st.ip_addresses(v=4), st.integers(0, 33))))
@example("10.0.0.0/16")
@example("10.0.0.1/16")
@example("10.0.0.0/33")
@example("8.0.0.0/16")
@example("10.0.0.0/\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT SIX}")
def test_what_is_offered_for_a_wrong_block_is_right(text: str) -> None:
    """Whatever somebody writes is taken as it is, or refused with an offer that is accepted."""
    outcome = read_cidr_block(text)
    if isinstance(outcome, Refused):
        (problem,) = outcome.problems
        offered = problem.remedy.removeprefix("Did you mean ").removesuffix("?")
        assert read_cidr_block(offered) == offered
    else:
        assert outcome == text


@given(blocks(), st.sampled_from(Routing))
def test_planned_blocks_are_written_as_aws_writes_them(
    block: ipaddress.IPv4Network, routing: Routing
) -> None:
    """By the first address, so that what is read back is no difference."""
    plan = _planned(block, routing)
    texts = [each.cidr_block for each in (*plan.private, *plan.public)]
    assert [str(ipaddress.IPv4Network(each)) for each in texts] == texts


@given(blocks(), st.sampled_from(Routing))
def test_slots_follow_one_another(block: ipaddress.IPv4Network, routing: Routing) -> None:
    """From the first address of the VPC on, so that what is left is in one piece."""
    subnets = _blocks_of(_planned(block, routing))
    assert subnets[0].network_address == block.network_address
    assert [each.network_address for each in subnets[1:]] == [
        each.broadcast_address + 1 for each in subnets[:-1]
    ]


@given(blocks(), st.data())
def test_listed_blocks_are_accepted_where_they_lie_apart_inside_the_vpc(
    block: ipaddress.IPv4Network, data: st.DataObject
) -> None:
    """No more is asked of them, and no less: of the planned ones beside them, too."""
    length = data.draw(st.integers(block.prefixlen, 28))
    first, second = (
        data.draw(st.integers(-1, (1 << (length - block.prefixlen)))) * (1 << (32 - length)) for _ in "ab"
    )
    listed = [ipaddress.IPv4Network((int(block[0]) + each, length)) for each in (first, second)]
    args = NetworkArgs(cidr_block=str(block), private_subnet_cidrs=tuple(str(each) for each in listed))
    plan = plan_addresses(args)
    everything = _blocks_of(plan)
    apart = not any(one.overlaps(other) for one, other in combinations(everything, 2))
    inside = all(each.subnet_of(block) for each in listed)
    assert (tuple(subnet_problems(args)) == ()) is (apart and inside)
    assert plan.private == plan_addresses(replace(args, routing=Routing.PRIVATE)).private


@given(st.integers(0, 2**56 - 1), st.sampled_from(Routing))
def test_ipv6_blocks_lie_apart_and_stay(number: int, routing: Routing) -> None:
    """In either routing a private subnet has the same one."""
    whole = str(ipaddress.IPv6Network((number << 72, 56)))
    both = [plan_addresses(NetworkArgs(routing=each, ipv6=True)) for each in (routing, Routing.PUBLIC)]
    taken, all_of_them = (
        [ipv6_block(whole, each.ipv6_slot or 0) for each in (*plan.private, *plan.public)] for plan in both
    )
    assert len(set(all_of_them)) == 4
    assert all_of_them[: len(taken)] == taken
