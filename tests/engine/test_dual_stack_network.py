"""IPv6 beside IPv4 on the real engine, from the first preview to the last destroyed resource."""

from collections.abc import Mapping
from ipaddress import IPv6Network

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.lives import assert_clean_life, assert_every_check_ran
from tests.engine.story import Story, tell
from tests.engine.workbench import copy_of_repository


@pytest.fixture(scope="module", name="story")
def told_story(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The life of a public network with IPv6, whose private subnets let only the described flows through."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("dual")))
    bench.set_config(ipv6=True, networkAcl="restricted")
    return tell(bench)


@pytest.fixture(name="blocks")
def ipv6_blocks(story: Story) -> Mapping[str, str]:
    """The IPv6 blocks of the VPC and of its subnets, by name."""
    blocks: Mapping[str, str] = story.picture["ipv6 blocks"]
    return blocks


def test_the_life_of_the_network_is_clean(story: Story) -> None:
    """Created and removed, and the pack has nothing to say at any step."""
    assert_clean_life(story)


def test_every_check_looked_at_the_network(story: Story) -> None:
    """Silence is a verdict, not an omission."""
    assert_every_check_ran(story)


def test_each_subnet_has_a_block_of_the_vpcs_own(blocks: Mapping[str, str]) -> None:
    """The first four /64 of the /56 that AWS gave, in the order of the address plan."""
    first, *_ = (each for each in IPv6Network(blocks["mwaa-vpc"]).subnets(new_prefix=64))
    start = int(first.network_address)
    assert {name: block for name, block in blocks.items() if name != "mwaa-vpc"} == {
        f"mwaa-{label}": str(IPv6Network((start + (slot << 64), 64)))
        for slot, label in enumerate(("private-a", "private-b", "public-a", "public-b"))
    }


def test_the_private_subnets_leave_by_the_egress_only_gateway(story: Story) -> None:
    """And the public ones by the internet gateway."""
    targets = {
        name: table["routes"]["::/0"]
        for name, table in story.picture["route tables"].items()
        if "::/0" in table["routes"]
    }
    assert targets == {
        "mwaa-private-a": "mwaa-egress-only-gateway",
        "mwaa-private-b": "mwaa-egress-only-gateway",
        "mwaa-public": "mwaa-internet-gateway",
    }


def test_the_filters_let_ipv6_through(story: Story, blocks: Mapping[str, str]) -> None:
    """The group all of it, the network ACL what it lets through of IPv4."""
    a, b = blocks["mwaa-private-a"], blocks["mwaa-private-b"]
    acl = story.picture["network acls"]["mwaa-network-acl"]
    assert [entry for entry in acl["outbound"] if ":" in entry[2]] == [
        (111, "6 443-443", "::/0", "allow"),
        (122, "6 1024-65535", a, "allow"),
        (123, "6 1024-65535", b, "allow"),
    ]
    outbound = story.picture["security groups"]["mwaa-environment"]["outbound"]
    assert {far for *_, far in outbound} == {"0.0.0.0/0", "::/0"}
