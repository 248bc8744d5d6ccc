"""Update changes a resource in place to what the program writes, and leaves alone what it does not write."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.local_cloud.provider.client import Made, ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.tokens import (
    DEFAULT_NETWORK_ACL,
    DEFAULT_SECURITY_GROUP,
    EGRESS_RULE,
    EIP,
    ENVIRONMENT,
    INGRESS_RULE,
    INTERNET_GATEWAY,
    NAT_GATEWAY,
    NETWORK_ACL,
    NETWORK_ACL_RULE,
    ROUTE,
    ROUTE_TABLE,
    ROUTE_TABLE_ASSOCIATION,
    SECURITY_GROUP,
    SUBNET,
    VPC,
    VPC_ENDPOINT,
)

SQS = "com.amazonaws.eu-west-1.sqs"
S3 = "com.amazonaws.eu-west-1.s3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A VPC with two subnets."""

    vpc: Made
    a: Made
    b: Made


@pytest.fixture
def network(provider: ProviderClient) -> Network:
    """A fresh VPC with two subnets in two zones."""
    vpc = provider.create(VPC, cidrBlock="10.0.0.0/16", enableDnsHostnames=True)
    return Network(
        vpc=vpc,
        a=provider.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.0.0/24", availabilityZone="eu-west-1a"),
        b=provider.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.1.0/24", availabilityZone="eu-west-1b"),
    )


def inline(number: int, **changes: object) -> dict[str, Any]:
    """Return an inline entry that allows HTTPS from the VPC."""
    entry = {"ruleNo": number, "action": "allow", "protocol": "tcp", "fromPort": 443, "toPort": 443}
    return {**entry, "cidrBlock": "10.0.0.0/16", **changes}


def numbers(provider: ProviderClient, acl: str) -> tuple[list[int], list[int]]:
    """Return the numbers of an ACL's inbound and outbound entries, the last one of each apart."""
    entries = provider.ec2().describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"][0]["Entries"]
    numbered = [(entry["Egress"], entry["RuleNumber"]) for entry in entries if entry["RuleNumber"] < 32767]
    return (
        sorted(number for egress, number in numbered if not egress),
        sorted(number for egress, number in numbered if egress),
    )


def acl_of(provider: ProviderClient, subnet: str) -> str:
    """Return the ACL that a subnet follows."""
    found = provider.ec2().describe_network_acls(
        Filters=[{"Name": "association.subnet-id", "Values": [subnet]}]
    )
    return found["NetworkAcls"][0]["NetworkAclId"]


def test_dns_attributes_and_tags_of_a_vpc_change_in_place(provider: ProviderClient) -> None:
    """The VPC stays the same one."""
    vpc = provider.create(VPC, cidrBlock="10.0.0.0/16", tags={"Name": "a", "old": "x"})
    changed = provider.update(
        vpc, cidrBlock="10.0.0.0/16", enableDnsHostnames=True, enableDnsSupport=False, tags={"Name": "b"}
    )
    (seen,) = provider.ec2().describe_vpcs(VpcIds=[vpc.id])["Vpcs"]

    assert {tag["Key"]: tag["Value"] for tag in seen["Tags"]} == {"Name": "b", "team": "data"}
    assert changed.outputs["enableDnsHostnames"] is True
    assert changed.outputs["enableDnsSupport"] is False
    assert changed.outputs["tags"] == {"Name": "b"}
    assert changed.outputs["tagsAll"] == {"Name": "b", "team": "data"}


def test_a_subnet_gives_public_addresses_from_now_on(provider: ProviderClient, network: Network) -> None:
    """The subnet stays the same one."""
    inputs = {key: value for key, value in network.a.inputs.items() if key not in ("__defaults", "tagsAll")}
    changed = provider.update(network.a, **{**inputs, "mapPublicIpOnLaunch": True})
    (seen,) = provider.ec2().describe_subnets(SubnetIds=[network.a.id])["Subnets"]

    assert seen["MapPublicIpOnLaunch"] is True
    assert changed.outputs["mapPublicIpOnLaunch"] is True


def test_an_internet_gateway_moves_to_another_vpc(provider: ProviderClient, network: Network) -> None:
    """It is detached and attached."""
    other = provider.create(VPC, cidrBlock="10.1.0.0/16")
    gateway = provider.create(INTERNET_GATEWAY, vpcId=network.vpc.id)
    provider.update(gateway, vpcId=other.id)
    seen = provider.ec2().describe_internet_gateways(InternetGatewayIds=[gateway.id])["InternetGateways"][0]

    assert [each["VpcId"] for each in seen["Attachments"]] == [other.id]


def test_a_nat_gateway_needs_a_way_out_of_the_vpc(provider: ProviderClient, network: Network) -> None:
    """So a program that makes it before the internet gateway is attached fails here as it does there."""
    address = provider.create(EIP, domain="vpc")
    with pytest.raises(RefusedByProviderError, match=r"Gateway\.NotAttached: Network vpc-.* has no Internet"):
        provider.create(NAT_GATEWAY, subnetId=network.a.id, allocationId=address.id)


def test_a_route_turns_to_another_target(provider: ProviderClient, network: Network) -> None:
    """The destination keeps its one route, and the former target is gone from it."""
    gateway = provider.create(INTERNET_GATEWAY, vpcId=network.vpc.id)
    address = provider.create(EIP, domain="vpc")
    nat = provider.create(NAT_GATEWAY, subnetId=network.a.id, allocationId=address.id)
    table = provider.create(ROUTE_TABLE, vpcId=network.vpc.id)
    way = {"routeTableId": table.id, "destinationCidrBlock": "0.0.0.0/0"}
    route = provider.create(ROUTE, **way, gatewayId=gateway.id)
    changed = provider.update(route, **way, natGatewayId=nat.id)
    routes = provider.ec2().describe_route_tables(RouteTableIds=[table.id])["RouteTables"][0]["Routes"]
    default = [each for each in routes if each.get("DestinationCidrBlock") == "0.0.0.0/0"]

    assert [each.get("NatGatewayId") for each in default] == [nat.id]
    assert (changed.outputs["natGatewayId"], changed.outputs["gatewayId"]) == (nat.id, "")


def test_a_subnet_turns_to_another_route_table(provider: ProviderClient, network: Network) -> None:
    """The association is read and removed although AWS gave it another id."""
    first = provider.create(ROUTE_TABLE, vpcId=network.vpc.id)
    second = provider.create(ROUTE_TABLE, vpcId=network.vpc.id)
    tie = provider.create(ROUTE_TABLE_ASSOCIATION, routeTableId=first.id, subnetId=network.a.id)
    changed = provider.update(tie, routeTableId=second.id, subnetId=network.a.id)
    read = provider.read(changed)

    assert read is not None
    assert read.outputs["routeTableId"] == second.id
    provider.delete(changed)
    assert provider.read(changed) is None


def test_inline_entries_are_rewritten(provider: ProviderClient, network: Network) -> None:
    """A direction that the program drops keeps its entries; an empty list removes them."""
    acl = provider.create(NETWORK_ACL, vpcId=network.vpc.id, ingress=[inline(100)], egress=[inline(100)])
    acl = provider.update(acl, vpcId=network.vpc.id, ingress=[inline(100), inline(110)])
    assert numbers(provider, acl.id) == ([100, 110], [100])

    acl = provider.update(acl, vpcId=network.vpc.id, ingress=[], egress=[inline(200)])
    assert numbers(provider, acl.id) == ([], [200])


def test_a_tag_of_an_acl_leaves_its_entries(provider: ProviderClient, network: Network) -> None:
    """A change of tags alone rewrites nothing."""
    acl = provider.create(NETWORK_ACL, vpcId=network.vpc.id, ingress=[inline(100)])
    acl = provider.update(acl, vpcId=network.vpc.id, ingress=[inline(100)], tags={"Name": "x"})

    assert numbers(provider, acl.id) == ([100], [])
    assert acl.outputs["tags"] == {"Name": "x"}


def test_a_dropped_subnet_goes_home(provider: ProviderClient, network: Network) -> None:
    """It follows the default ACL again; a list that is dropped as a whole leaves its subnets."""
    acl = provider.create(NETWORK_ACL, vpcId=network.vpc.id, subnetIds=[network.a.id, network.b.id])
    acl = provider.update(acl, vpcId=network.vpc.id, subnetIds=[network.b.id])
    assert acl_of(provider, network.a.id) == network.vpc.outputs["defaultNetworkAclId"]
    assert acl_of(provider, network.b.id) == acl.id

    provider.update(acl, vpcId=network.vpc.id)
    assert acl_of(provider, network.b.id) == acl.id


def test_an_adopted_acl_loses_what_is_written_no_more(provider: ProviderClient, network: Network) -> None:
    """On a default ACL, absent entries are no entries."""
    default = network.vpc.outputs["defaultNetworkAclId"]
    acl = provider.create(DEFAULT_NETWORK_ACL, defaultNetworkAclId=default, ingress=[inline(100)])
    provider.update(acl, defaultNetworkAclId=default, egress=[inline(100)])

    assert numbers(provider, default) == ([], [100])


def test_a_rule_changes_in_place(provider: ProviderClient, network: Network) -> None:
    """Its id, and its group's other rules, stay."""
    group = provider.create(SECURITY_GROUP, vpcId=network.vpc.id)
    https = {"securityGroupId": group.id, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
    rule = provider.create(EGRESS_RULE, **https, cidrIpv4="10.0.0.0/16", description="web")
    provider.update(
        rule, **{**https, "fromPort": 8443, "toPort": 8443}, cidrIpv4="10.0.0.0/8", description="other"
    )
    rules = provider.ec2().describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [group.id]}]
    )["SecurityGroupRules"]

    assert [
        (
            each["SecurityGroupRuleId"],
            each["FromPort"],
            each["CidrIpv4"],
            each["Description"],
            each["IsEgress"],
        )
        for each in rules
    ] == [(rule.id, 8443, "10.0.0.0/8", "other", True)]


SOURCES: list[tuple[str, str, str]] = [
    ("cidrIpv4", "10.0.0.0/16", "10.0.0.0/8"),
    ("cidrIpv6", "fd00::/16", "fd00::/8"),
    ("prefixListId", "pl-1", "pl-2"),
]


@pytest.mark.parametrize(("source", "before", "after"), SOURCES)
def test_a_rule_of_all_ports_turns_to_another_source(
    provider: ProviderClient, network: Network, source: str, before: str, after: str
) -> None:
    """In place, for the same kind of source; a description that is dropped is gone."""
    group = provider.create(SECURITY_GROUP, vpcId=network.vpc.id)
    every = {"securityGroupId": group.id, "ipProtocol": "-1"}
    rule = provider.create(INGRESS_RULE, **every, **{source: before}, description="old")
    changed = provider.update(rule, **every, **{source: after})
    read = provider.read(changed)

    assert read is not None
    assert (read.id, read.outputs[source]) == (rule.id, after)
    assert "description" not in read.outputs


def test_a_rule_turns_to_another_group(provider: ProviderClient, network: Network) -> None:
    """Also the group's own list of rules shows it."""
    group = provider.create(SECURITY_GROUP, vpcId=network.vpc.id)
    other = provider.create(SECURITY_GROUP, vpcId=network.vpc.id, name="other")
    every = {"securityGroupId": group.id, "ipProtocol": "-1", "description": "within"}
    rule = provider.create(INGRESS_RULE, **every, referencedSecurityGroupId=group.id)
    changed = provider.update(rule, **every, referencedSecurityGroupId=other.id)
    seen = provider.read(group)

    assert changed.outputs["referencedSecurityGroupId"] == other.id
    assert changed.outputs["description"] == "within"
    assert seen is not None
    assert [(each["self"], each["securityGroups"]) for each in seen.outputs["ingress"]] == [
        (False, [other.id])
    ]


def test_the_lists_of_an_endpoint_change_in_place(provider: ProviderClient, network: Network) -> None:
    """What is written replaces also what AWS put there itself, such as the default group."""
    group = provider.create(SECURITY_GROUP, vpcId=network.vpc.id)
    written = {"vpcId": network.vpc.id, "serviceName": SQS, "vpcEndpointType": "Interface"}
    endpoint = provider.create(VPC_ENDPOINT, **written, subnetIds=[network.a.id])
    endpoint = provider.update(
        endpoint, **written, subnetIds=[network.b.id], securityGroupIds=[group.id], policy='{"Statement":[]}'
    )
    assert endpoint.outputs["subnetIds"] == [network.b.id]
    assert endpoint.outputs["securityGroupIds"] == [group.id]
    assert json.loads(endpoint.outputs["policy"]) == {"Statement": []}

    kept = provider.update(endpoint, **written, tags={"Name": "x"})
    assert kept.outputs["subnetIds"] == [network.b.id]
    assert kept.outputs["securityGroupIds"] == [group.id]


def test_the_route_tables_of_a_gateway_endpoint_change_in_place(
    provider: ProviderClient, network: Network
) -> None:
    """The service's route appears in the new table and leaves the old one."""
    first = provider.create(ROUTE_TABLE, vpcId=network.vpc.id)
    second = provider.create(ROUTE_TABLE, vpcId=network.vpc.id)
    written = {"vpcId": network.vpc.id, "serviceName": S3}
    endpoint = provider.create(VPC_ENDPOINT, **written, routeTableIds=[first.id])
    endpoint = provider.update(endpoint, **written, routeTableIds=[second.id])

    assert endpoint.outputs["routeTableIds"] == [second.id]


def test_private_dns_is_turned_on_and_off_in_place(provider: ProviderClient, network: Network) -> None:
    """For one endpoint of a service in a VPC."""
    written = {
        "vpcId": network.vpc.id,
        "serviceName": SQS,
        "vpcEndpointType": "Interface",
        "subnetIds": [network.a.id],
    }
    first = provider.create(VPC_ENDPOINT, **written)
    second = provider.create(VPC_ENDPOINT, **written)
    first = provider.update(first, **written, privateDnsEnabled=True)
    assert first.outputs["privateDnsEnabled"] is True
    with pytest.raises(RefusedByProviderError, match="conflicting DNS domain"):
        provider.update(second, **written, privateDnsEnabled=True)

    first = provider.update(first, **written, privateDnsEnabled=False)
    second = provider.update(second, **written, privateDnsEnabled=True)
    assert (first.outputs["privateDnsEnabled"], second.outputs["privateDnsEnabled"]) == (False, True)


def test_a_refresh_shows_changed_and_removed_tags(provider: ProviderClient) -> None:
    """The inputs that the engine keeps follow what AWS has."""
    vpc = provider.create(VPC, cidrBlock="10.0.0.0/16", tags={"Name": "a"})
    provider.ec2().create_tags(Resources=[vpc.id], Tags=[{"Key": "Name", "Value": "b"}])
    changed = provider.read(vpc)
    assert changed is not None
    assert (changed.inputs["tags"], changed.outputs["tags"]) == ({"Name": "b"}, {"Name": "b"})

    provider.ec2().delete_tags(Resources=[vpc.id], Tags=[{"Key": "Name"}])
    removed = provider.read(changed)
    assert removed is not None
    assert "tags" not in removed.outputs
    assert removed.outputs["tagsAll"] == {"team": "data"}
    assert provider.diff(removed, {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "a"}}).changed == {
        "tags",
        "tagsAll",
    }


def test_a_refresh_shows_what_is_new_in_a_group_and_an_acl(
    provider: ProviderClient, network: Network
) -> None:
    """Rules and entries of their own resources appear in the lists of what holds them."""
    group = provider.create(SECURITY_GROUP, vpcId=network.vpc.id)
    acl = provider.create(NETWORK_ACL, vpcId=network.vpc.id)
    provider.create(
        INGRESS_RULE, securityGroupId=group.id, ipProtocol="-1", referencedSecurityGroupId=group.id
    )
    entry = {"ruleNumber": 90, "protocol": "all", "ruleAction": "deny", "cidrBlock": "0.0.0.0/0"}
    provider.create(NETWORK_ACL_RULE, networkAclId=acl.id, **entry)
    seen_group, seen_acl = provider.read(group), provider.read(acl)

    assert seen_group is not None
    assert [(each["self"], each["protocol"]) for each in seen_group.outputs["ingress"]] == [(True, "-1")]
    assert seen_acl is not None
    assert [(each["ruleNo"], each["action"], each["protocol"]) for each in seen_acl.outputs["ingress"]] == [
        (90, "deny", "-1")
    ]


def test_what_is_gone_is_read_as_gone_and_deleted_without_a_word(
    provider: ProviderClient, network: Network
) -> None:
    """Somebody removed it before the engine did."""
    vpc_id = network.vpc.id
    table = provider.create(ROUTE_TABLE, vpcId=vpc_id)
    gateway = provider.create(INTERNET_GATEWAY, vpcId=vpc_id)
    address = provider.create(EIP, domain="vpc")
    group = provider.create(SECURITY_GROUP, vpcId=vpc_id)
    way = {"routeTableId": table.id, "destinationCidrBlock": "0.0.0.0/0"}
    entry = {"ruleNumber": 90, "protocol": "-1", "ruleAction": "deny", "cidrBlock": "0.0.0.0/0"}
    acl = provider.create(NETWORK_ACL, vpcId=vpc_id)
    world = {"ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"}
    parts = [
        provider.create(VPC_ENDPOINT, vpcId=vpc_id, serviceName=S3, routeTableIds=[table.id]),
        provider.create(NAT_GATEWAY, subnetId=network.a.id, allocationId=address.id),
        address,
        provider.create(ROUTE_TABLE_ASSOCIATION, routeTableId=table.id, subnetId=network.a.id),
        provider.create(ROUTE, **way, gatewayId=gateway.id),
        table,
        provider.create(NETWORK_ACL_RULE, networkAclId=acl.id, **entry),
        acl,
        provider.create(EGRESS_RULE, securityGroupId=group.id, **world),
        provider.create(INGRESS_RULE, securityGroupId=group.id, **world),
        group,
        gateway,
        network.a,
        network.b,
        network.vpc,
    ]
    for part in parts:
        assert provider.read(part) is not None, part.token
        provider.delete(part)
        assert provider.read(part) is None, part.token
    for part in parts:
        provider.delete(part)


def test_an_adopted_group_outlives_its_resource(provider: ProviderClient, network: Network) -> None:
    """The engine forgets it, AWS keeps it, and it stays empty."""
    adopted = provider.create(DEFAULT_SECURITY_GROUP, vpcId=network.vpc.id)
    provider.delete(adopted)
    (group,) = provider.ec2().describe_security_groups(GroupIds=[adopted.id])["SecurityGroups"]

    assert (group["GroupName"], group["IpPermissions"], group["IpPermissionsEgress"]) == ("default", [], [])


def test_a_private_nat_gateway_takes_no_address(provider: ProviderClient, network: Network) -> None:
    """An allocation beside `connectivityType: private` is a mistake."""
    with pytest.raises(RefusedByProviderError, match="InvalidParameter: allocationId is not supported"):
        provider.create(
            NAT_GATEWAY, subnetId=network.a.id, connectivityType="private", allocationId="eipalloc-1"
        )


def test_a_route_to_a_destination_that_has_one_is_refused(provider: ProviderClient, network: Network) -> None:
    """A table has one route for a destination."""
    gateway = provider.create(INTERNET_GATEWAY, vpcId=network.vpc.id)
    table = provider.create(ROUTE_TABLE, vpcId=network.vpc.id)
    way = {"routeTableId": table.id, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway.id}
    provider.create(ROUTE, **way)

    with pytest.raises(RefusedByProviderError, match="RouteAlreadyExists"):
        provider.create(ROUTE, **way)


def test_an_environment_sends_what_changed(provider: ProviderClient) -> None:
    """Groups and settings update; what is not written any more stays as MWAA has it."""
    written = {
        "name": "changed",
        "dagS3Path": "dags",
        "executionRoleArn": "arn:aws:iam::123456789012:role/airflow",
        "sourceBucketArn": "arn:aws:s3:::dags",
    }
    network = {"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]}
    made = provider.create(ENVIRONMENT, **written, networkConfiguration=network, maxWorkers=3)
    changed = provider.update(
        made,
        **written,
        networkConfiguration={**network, "securityGroupIds": ["sg-2", "sg-3"]},
        webserverAccessMode="PRIVATE_ONLY",
    )

    assert changed.outputs["networkConfiguration"] == {**network, "securityGroupIds": ["sg-2", "sg-3"]}
    assert changed.outputs["webserverAccessMode"] == "PRIVATE_ONLY"
    assert changed.outputs["maxWorkers"] == 3
    with pytest.raises(RefusedByProviderError, match="ValidationException"):
        provider.update(
            changed,
            **written,
            networkConfiguration={**network, "securityGroupIds": [f"sg-{n}" for n in range(6)]},
        )
