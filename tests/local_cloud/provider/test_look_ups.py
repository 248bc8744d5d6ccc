"""Look-ups of a network that is there already answer as the genuine provider does."""

import pytest

from tests.local_cloud.provider.client import ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.tokens import ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET, VPC

TIED = "association.subnet-id"


@pytest.fixture(scope="module", name="ids")
def made_network(provider: ProviderClient) -> dict[str, str]:
    """A VPC with one subnet on a table of its own and one on the main table."""
    vpc = provider.create(VPC, cidrBlock="10.0.0.0/16", enableDnsHostnames=True)
    tied = provider.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.0.0/24", availabilityZone="eu-west-1a")
    loose = provider.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.1.0/24", availabilityZone="eu-west-1b")
    table = provider.create(ROUTE_TABLE, vpcId=vpc.id)
    provider.create(ROUTE_TABLE_ASSOCIATION, routeTableId=table.id, subnetId=tied.id)
    return {
        "vpc": vpc.id,
        "tied": tied.id,
        "loose": loose.id,
        "table": table.id,
        "main": vpc.outputs["mainRouteTableId"],
    }


def test_a_vpc_and_a_subnet_tell_what_they_are(provider: ProviderClient, ids: dict[str, str]) -> None:
    """By id."""
    vpc = provider.invoke("aws:ec2/getVpc:getVpc", id=ids["vpc"])
    assert (vpc["cidrBlock"], vpc["enableDnsHostnames"], vpc["id"]) == ("10.0.0.0/16", True, ids["vpc"])
    assert [(each["cidrBlock"], each["state"]) for each in vpc["cidrBlockAssociations"]] == [
        ("10.0.0.0/16", "associated")
    ]
    subnet = provider.invoke("aws:ec2/getSubnet:getSubnet", id=ids["loose"])
    assert (subnet["vpcId"], subnet["availabilityZone"]) == (ids["vpc"], "eu-west-1b")


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("aws:ec2/getVpc:getVpc", "no matching EC2 VPC found"),
        ("aws:ec2/getSubnet:getSubnet", "no matching EC2 Subnet found"),
    ],
)
def test_what_is_not_there_is_refused(provider: ProviderClient, function: str, text: str) -> None:
    """Looked up one by one; a list of what matches is empty instead."""
    with pytest.raises(RefusedByProviderError, match=text):
        provider.invoke(function, id="vpc-1")
    nothing = [{"name": "subnet-id", "values": ["subnet-1"]}]
    assert provider.invoke("aws:ec2/getSubnets:getSubnets", filters=nothing)["ids"] == []


def test_subnets_are_listed_by_filters(provider: ProviderClient, ids: dict[str, str]) -> None:
    """All filters hold at once."""
    filters = [
        {"name": "vpc-id", "values": [ids["vpc"]]},
        {"name": "subnet-id", "values": [ids["tied"], "subnet-1"]},
    ]
    assert provider.invoke("aws:ec2/getSubnets:getSubnets", filters=filters)["ids"] == [ids["tied"]]


def test_a_subnet_on_the_main_table_has_none_by_its_id(provider: ProviderClient, ids: dict[str, str]) -> None:
    """AWS lists explicit associations alone; the main table is found by its own filter."""
    for subnet, expected in (("tied", [ids["table"]]), ("loose", [])):
        filters = [{"name": TIED, "values": [ids[subnet]]}]
        found = provider.invoke("aws:ec2/getRouteTables:getRouteTables", vpcId=ids["vpc"], filters=filters)
        assert found["ids"] == expected
    main = [{"name": "association.main", "values": ["true"]}]
    found = provider.invoke("aws:ec2/getRouteTables:getRouteTables", vpcId=ids["vpc"], filters=main)
    assert found["ids"] == [ids["main"]]
    with pytest.raises(RefusedByProviderError, match="query returned no results"):
        provider.invoke("aws:ec2/getRouteTable:getRouteTable", subnetId=ids["loose"])
    table = provider.invoke("aws:ec2/getRouteTable:getRouteTable", subnetId=ids["tied"])
    assert (table["routeTableId"], table["routes"]) == (ids["table"], [])
    assert (
        provider.invoke("aws:ec2/getRouteTable:getRouteTable", routeTableId=ids["main"])["id"] == ids["main"]
    )


def test_a_prefix_list_is_found_by_the_name_of_its_service(provider: ProviderClient) -> None:
    """Another name has none."""
    found = provider.invoke("aws:ec2/getPrefixList:getPrefixList", name="com.amazonaws.eu-west-1.s3")
    assert found["id"].startswith("pl-")
    with pytest.raises(RefusedByProviderError, match="no matching EC2 Prefix List found"):
        provider.invoke("aws:ec2/getPrefixList:getPrefixList", name="com.amazonaws.eu-west-1.s9")
