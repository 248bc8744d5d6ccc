"""IPv6 beside IPv4: blocks are given, shared out and taken back, and refused as AWS refuses them."""

from ipaddress import IPv6Network

import pytest

from local_cloud.provider.server import previewed_update
from local_cloud.provider.values import UNKNOWN
from tests.local_cloud.provider.client import Made, ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.tokens import (
    EGRESS_ONLY_GATEWAY,
    ROUTE,
    ROUTE_TABLE,
    SUBNET,
    VPC,
    VPC_ENDPOINT,
)

DUAL = {"cidrBlock": "10.0.0.0/16", "assignGeneratedIpv6CidrBlock": True}


@pytest.fixture(name="vpc")
def dual_stack_vpc(provider: ProviderClient) -> Made:
    """A fresh VPC with IPv6."""
    return provider.create(VPC, **DUAL)


def _block(vpc: Made, slot: int) -> str:
    start = int(IPv6Network(vpc.outputs["ipv6CidrBlock"]).network_address)
    return str(IPv6Network((start + (slot << 64), 64)))


def test_a_vpc_gets_a_block_and_gives_it_back(provider: ProviderClient) -> None:
    """By an update; without one it says that it has none."""
    vpc = provider.create(VPC, cidrBlock="10.0.0.0/16")
    assert (vpc.outputs["ipv6CidrBlock"], "assignGeneratedIpv6CidrBlock" in vpc.outputs) == ("", False)
    dual = provider.update(vpc, **DUAL)
    assert IPv6Network(dual.outputs["ipv6CidrBlock"]).prefixlen == 56
    assert dual.outputs["assignGeneratedIpv6CidrBlock"] is True
    single = provider.update(dual, cidrBlock="10.0.0.0/16")
    assert (single.outputs["ipv6CidrBlock"], single.outputs["ipv6AssociationId"]) == ("", "")


def test_a_block_that_subnets_use_stays(provider: ProviderClient, vpc: Made) -> None:
    """EC2 takes none back that is in use."""
    provider.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.0.0/24", ipv6CidrBlock=_block(vpc, 0))
    with pytest.raises(RefusedByProviderError, match="is in use"):
        provider.update(vpc, cidrBlock="10.0.0.0/16")


def test_a_subnet_takes_a_part_of_the_block_when_it_is_made_or_later(
    provider: ProviderClient, vpc: Made
) -> None:
    """And another one in its place; it is read back as it stands."""
    made = provider.create(
        SUBNET,
        vpcId=vpc.id,
        cidrBlock="10.0.0.0/24",
        ipv6CidrBlock=_block(vpc, 0),
        assignIpv6AddressOnCreation=True,
    )
    later = provider.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.1.0/24")
    assert (later.outputs["ipv6CidrBlock"], later.outputs["assignIpv6AddressOnCreation"]) == ("", False)
    for slot in (1, 2):
        later = provider.update(later, vpcId=vpc.id, cidrBlock="10.0.1.0/24", ipv6CidrBlock=_block(vpc, slot))
        assert later.outputs["ipv6CidrBlock"] == _block(vpc, slot)
    assert (made.outputs["ipv6CidrBlock"], made.outputs["assignIpv6AddressOnCreation"]) == (
        _block(vpc, 0),
        True,
    )
    read = provider.read(made)
    assert read is not None
    assert read.outputs == made.outputs


@pytest.mark.parametrize(
    ("sentence", "block", "refusal"),
    [
        ("a block of nobody's is invalid", "2001:db8::/64", "InvalidSubnet.Range"),
        ("a block of another subnet is taken", "", "InvalidSubnet.Conflict"),
        ("without a block there are no addresses", None, "has no IPv6 CIDR block"),
    ],
)
def test_a_subnet_is_refused_what_is_not_its_own(
    provider: ProviderClient, vpc: Made, sentence: str, block: str | None, refusal: str
) -> None:
    """Moto takes any block."""
    provider.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.0.0/24", ipv6CidrBlock=_block(vpc, 0))
    wanted = {} if block is None else {"ipv6CidrBlock": block or _block(vpc, 0)}
    with pytest.raises(RefusedByProviderError, match=refusal):
        provider.create(
            SUBNET, vpcId=vpc.id, cidrBlock="10.0.1.0/24", assignIpv6AddressOnCreation=True, **wanted
        )
    assert sentence


def test_an_egress_only_gateway_is_made_routed_to_and_removed(provider: ProviderClient, vpc: Made) -> None:
    """Its tags change in place."""
    gateway = provider.create(EGRESS_ONLY_GATEWAY, vpcId=vpc.id, tags={"Name": "out"})
    table = provider.create(ROUTE_TABLE, vpcId=vpc.id)
    route = provider.create(
        ROUTE, routeTableId=table.id, destinationIpv6CidrBlock="::/0", egressOnlyGatewayId=gateway.id
    )
    assert route.outputs["egressOnlyGatewayId"] == gateway.id
    gateway = provider.update(gateway, vpcId=vpc.id, tags={"Name": "way out"})
    assert gateway.outputs["tags"] == {"Name": "way out"}
    provider.delete(route)
    provider.delete(gateway)
    assert (provider.read(route), provider.read(gateway)) == (None, None)


def test_the_preview_of_a_change_shows_what_it_unsettles() -> None:
    """AWS chooses a VPC's block; of an endpoint in other subnets it makes other interfaces."""
    state = {"ipv6CidrBlock": "", "ipv6AssociationId": "", "cidrBlock": "10.0.0.0/16"}
    shown = previewed_update(VPC, {"cidrBlock": "10.0.0.0/16"}, state, DUAL)
    assert shown == {**state, **DUAL, "ipv6CidrBlock": UNKNOWN, "ipv6AssociationId": UNKNOWN}
    same = previewed_update(VPC, DUAL, state, {**DUAL, "tags": {"Name": "x"}})
    assert same == {**state, **DUAL, "tags": {"Name": "x"}}
    endpoint = {"networkInterfaceIds": ["eni-1"], "subnetIds": ["subnet-1"]}
    moved = previewed_update(VPC_ENDPOINT, {"subnetIds": ["subnet-1"]}, endpoint, {"subnetIds": ["subnet-2"]})
    assert moved == {"networkInterfaceIds": UNKNOWN, "subnetIds": ["subnet-2"]}
