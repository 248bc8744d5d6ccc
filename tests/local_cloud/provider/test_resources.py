"""Resources are made, read back, changed and removed; what AWS refuses is refused although moto takes it."""

import json
from collections.abc import Mapping

import pytest

from local_cloud.provider.values import Props
from tests.local_cloud.provider.client import ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.engine_view import Engine

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
GATEWAY = "aws:ec2/internetGateway:InternetGateway"
EIP = "aws:ec2/eip:Eip"
NAT = "aws:ec2/natGateway:NatGateway"
TABLE = "aws:ec2/routeTable:RouteTable"
ROUTE = "aws:ec2/route:Route"
TIE = "aws:ec2/routeTableAssociation:RouteTableAssociation"
ACL = "aws:ec2/networkAcl:NetworkAcl"
DEFAULT_ACL = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
ENTRY = "aws:ec2/networkAclRule:NetworkAclRule"
ACL_TIE = "aws:ec2/networkAclAssociation:NetworkAclAssociation"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
LONGEST_THAT_CHECK_TAKES = 255
ALLOW_ALL = {"protocol": "-1", "ruleAction": "allow", "cidrBlock": "0.0.0.0/0"}


class Network:
    """A VPC with two subnets in two zones, and another VPC with one."""

    def __init__(self, engine: Engine) -> None:
        self.vpc, self.vpc_state = engine.create(VPC, cidrBlock="10.0.0.0/16", enableDnsHostnames=True)
        self.a, _ = engine.create(
            SUBNET, vpcId=self.vpc, cidrBlock="10.0.0.0/24", availabilityZone="eu-west-1a"
        )
        self.b, _ = engine.create(
            SUBNET, vpcId=self.vpc, cidrBlock="10.0.1.0/24", availabilityZone="eu-west-1b"
        )
        self.same_zone, _ = engine.create(
            SUBNET, vpcId=self.vpc, cidrBlock="10.0.2.0/24", availabilityZone="eu-west-1a"
        )
        self.table, _ = engine.create(TABLE, vpcId=self.vpc)
        self.acl, self.acl_state = engine.create(ACL, vpcId=self.vpc)
        self.group, self.group_state = engine.create(GROUP, vpcId=self.vpc)
        self.other_vpc, _ = engine.create(VPC, cidrBlock="10.1.0.0/16")
        self.foreign, _ = engine.create(SUBNET, vpcId=self.other_vpc, cidrBlock="10.1.0.0/24")
        self.foreign_gateway, _ = engine.create(GATEWAY, vpcId=self.other_vpc)


@pytest.fixture(scope="module", name="engine")
def engine_view(provider: ProviderClient) -> Engine:
    """The provider as ids and outputs."""
    return Engine(client=provider)


@pytest.fixture(scope="module", name="network")
def made_network(engine: Engine) -> Network:
    """One network for the tests of this module."""
    return Network(engine)


def sqs(network: Network, **changes: object) -> dict[str, object]:
    """Return the inputs of an interface endpoint for SQS."""
    return {
        "vpcId": network.vpc,
        "serviceName": "com.amazonaws.eu-west-1.sqs",
        "vpcEndpointType": "Interface",
        "subnetIds": [network.a, network.b],
        **changes,
    }


def test_outputs_are_read_back_from_the_local_aws(engine: Engine, network: Network) -> None:
    """A VPC tells the defaults that AWS gave it."""
    (vpc,) = engine.ec2().describe_vpcs(VpcIds=[network.vpc])["Vpcs"]
    assert vpc["CidrBlock"] == network.vpc_state["cidrBlock"] == "10.0.0.0/16"
    assert network.vpc_state["enableDnsHostnames"] is True
    assert network.vpc_state["tagsAll"] == {"team": "data"}
    assert "tags" not in network.vpc_state
    assert network.vpc_state["defaultNetworkAclId"].startswith("acl-")
    assert network.vpc_state["mainRouteTableId"].startswith("rtb-")
    assert engine.read(VPC, network.vpc, network.vpc_state) == network.vpc_state


def test_a_group_without_egress_lets_nothing_out(engine: Engine, network: Network) -> None:
    """The provider revokes what AWS adds to a new group."""
    (group,) = engine.ec2().describe_security_groups(GroupIds=[network.group])["SecurityGroups"]
    assert group["IpPermissionsEgress"] == []
    assert network.group_state["egress"] == []


def test_adopted_defaults_are_stripped(engine: Engine) -> None:
    """What is not written again is gone."""
    vpc, state = engine.create(VPC, cidrBlock="10.2.0.0/16")
    _, group = engine.create(DEFAULT_GROUP, vpcId=vpc)
    _, acl = engine.create(DEFAULT_ACL, defaultNetworkAclId=state["defaultNetworkAclId"])
    assert (group["ingress"], group["egress"], acl["ingress"], acl["egress"]) == ([], [], [], [])
    line = {
        "ruleNo": 100,
        "action": "allow",
        "protocol": "-1",
        "cidrBlock": "0.0.0.0/0",
        "fromPort": 0,
        "toPort": 0,
    }
    _, acl = engine.create(DEFAULT_ACL, defaultNetworkAclId=state["defaultNetworkAclId"], ingress=[line])
    assert [(each["ruleNo"], each["action"]) for each in acl["ingress"]] == [(100, "allow")]
    assert acl["egress"] == []


def test_drift_is_read_back(engine: Engine, network: Network) -> None:
    """What somebody changes or removes behind the engine's back shows at the next refresh."""
    entry, state = engine.create(ENTRY, networkAclId=network.acl, ruleNumber=70, **ALLOW_ALL)
    client = engine.ec2()
    client.replace_network_acl_entry(
        NetworkAclId=network.acl,
        RuleNumber=70,
        Egress=False,
        Protocol="-1",
        RuleAction="deny",
        CidrBlock="0.0.0.0/0",
    )
    drifted = engine.read(ENTRY, entry, state)
    assert drifted is not None
    assert drifted["ruleAction"] == "deny"
    client.delete_network_acl_entry(NetworkAclId=network.acl, RuleNumber=70, Egress=False)
    assert engine.read(ENTRY, entry, state) is None
    rule, state = engine.create(
        INGRESS, securityGroupId=network.group, ipProtocol="-1", referencedSecurityGroupId=network.group
    )
    client.revoke_security_group_ingress(GroupId=network.group, SecurityGroupRuleIds=[rule])
    assert engine.read(INGRESS, rule, state) is None


def test_an_interface_endpoint_without_groups_gets_the_default_one(engine: Engine, network: Network) -> None:
    """As AWS does; private DNS stays off unless it is written."""
    id_, state = engine.create(ENDPOINT, **sqs(network))
    assert state["securityGroupIds"] == [network.vpc_state["defaultSecurityGroupId"]]
    assert state["privateDnsEnabled"] is False
    assert json.loads(state["policy"])["Statement"]
    engine.delete(ENDPOINT, id_, state)
    assert engine.read(ENDPOINT, id_, state) is None


def test_a_subnet_goes_back_to_the_default_acl(engine: Engine, network: Network) -> None:
    """An association is swapped, never absent."""
    tie, state = engine.create(ACL_TIE, networkAclId=network.acl, subnetId=network.a)
    assert engine.read(ACL_TIE, tie, state) == state
    engine.delete(ACL_TIE, tie, state)
    acls = engine.ec2().describe_network_acls(
        Filters=[{"Name": "association.subnet-id", "Values": [network.a]}]
    )["NetworkAcls"]
    assert [acl["IsDefault"] for acl in acls] == [True]


def _refused(engine: Engine, token: str, inputs: Mapping[str, object], code: str) -> None:
    with pytest.raises(RefusedByProviderError, match=code):
        engine.create(token, **inputs)


def test_a_second_association_of_a_subnet_is_refused(engine: Engine, network: Network) -> None:
    """A subnet follows one table."""
    tie, state = engine.create(TIE, routeTableId=network.table, subnetId=network.a)
    _refused(
        engine, TIE, {"routeTableId": network.table, "subnetId": network.a}, "Resource.AlreadyAssociated"
    )
    engine.delete(TIE, tie, state)


def test_what_belongs_to_another_vpc_is_refused(engine: Engine, network: Network) -> None:
    """Subnets and gateways of different networks do not meet."""
    different = "belong to different networks"
    _refused(engine, TIE, {"routeTableId": network.table, "subnetId": network.foreign}, different)
    _refused(engine, ACL_TIE, {"networkAclId": network.acl, "subnetId": network.foreign}, different)
    route = {"routeTableId": network.table, "destinationCidrBlock": "0.0.0.0/0"}
    _refused(engine, ROUTE, {**route, "gatewayId": network.foreign_gateway}, different)
    _refused(engine, ROUTE, {**route, "gatewayId": "igw-0123"}, "InvalidGatewayID.NotFound")
    _refused(engine, ENDPOINT, sqs(network, subnetIds=[network.foreign]), "does not belong to VPC")


@pytest.mark.parametrize("number", [0, 32767, 40000])
def test_an_entry_has_a_number_of_its_own_range(engine: Engine, network: Network, number: int) -> None:
    """1 to 32766."""
    inputs = {"networkAclId": network.acl, "ruleNumber": number, **ALLOW_ALL}
    _refused(engine, ENTRY, inputs, "InvalidParameterValue.*between 1 and 32766")


def test_an_entry_whose_number_is_taken_is_refused(engine: Engine, network: Network) -> None:
    """In the same direction; the other is free."""
    inputs = {"networkAclId": network.acl, "ruleNumber": 80, **ALLOW_ALL}
    engine.create(ENTRY, **inputs)
    engine.create(ENTRY, **{**inputs, "egress": True})
    _refused(engine, ENTRY, inputs, "NetworkAclEntryAlreadyExists")


def test_private_dns_is_refused_where_aws_refuses_it(engine: Engine, network: Network) -> None:
    """A second endpoint of a service, and a VPC without the DNS attributes."""
    id_, state = engine.create(ENDPOINT, **sqs(network, privateDnsEnabled=True))
    _refused(engine, ENDPOINT, sqs(network, privateDnsEnabled=True), "conflicting DNS domain")
    engine.delete(ENDPOINT, id_, state)
    other = sqs(network, vpcId=network.other_vpc, subnetIds=[network.foreign], privateDnsEnabled=True)
    _refused(engine, ENDPOINT, other, "requires both enableDnsSupport and enableDnsHostnames")


def test_an_endpoint_has_one_subnet_a_zone_and_a_service_that_exists(
    engine: Engine, network: Network
) -> None:
    """Two things that moto does not look at."""
    _refused(
        engine, ENDPOINT, sqs(network, subnetIds=[network.a, network.same_zone]), "DuplicateSubnetsInSameZone"
    )
    _refused(engine, ENDPOINT, sqs(network, serviceName="com.amazonaws.eu-west-1.sqz"), "InvalidServiceName")


@pytest.mark.parametrize("description", ["it's ours", "für uns", "x" * 256])
def test_a_description_keeps_to_the_characters_that_ec2_takes(
    engine: Engine, network: Network, description: str
) -> None:
    """Letters, digits, spaces and some signs, 255 of them."""
    rule = {
        "securityGroupId": network.group,
        "ipProtocol": "tcp",
        "fromPort": 1,
        "toPort": 1,
        "cidrIpv4": "10.0.0.0/8",
    }
    _refused(engine, INGRESS, {**rule, "description": description}, "InvalidParameterValue")
    if len(description) <= LONGEST_THAT_CHECK_TAKES:
        group = {"vpcId": network.vpc, "description": description}
        _refused(engine, GROUP, group, "InvalidParameterValue")


def test_a_public_nat_gateway_needs_an_address(engine: Engine, network: Network) -> None:
    """And a subnet."""
    _refused(engine, NAT, {"subnetId": network.a}, "MissingParameter.*allocationId")
    _refused(engine, NAT, {}, "MissingParameter.*subnetId")


def test_a_zone_that_does_not_exist_is_refused(engine: Engine, network: Network) -> None:
    """By name and by id."""
    inputs = {"vpcId": network.vpc, "cidrBlock": "10.0.7.0/24"}
    _refused(engine, SUBNET, {**inputs, "availabilityZone": "eu-west-1q"}, "InvalidParameterValue")
    _refused(engine, SUBNET, {**inputs, "availabilityZoneId": "euw1-az9"}, "InvalidParameterValue")


def test_what_is_in_use_is_not_removed(engine: Engine) -> None:
    """Subnets, addresses and gateways under a NAT gateway, groups and subnets under an endpoint."""
    vpc, _ = engine.create(VPC, cidrBlock="10.3.0.0/16")
    gateway = engine.create(GATEWAY, vpcId=vpc)
    subnet = engine.create(SUBNET, vpcId=vpc, cidrBlock="10.3.0.0/24")
    address = engine.create(EIP, domain="vpc")
    nat = engine.create(NAT, subnetId=subnet[0], allocationId=address[0])
    group = engine.create(GROUP, vpcId=vpc, name="used")
    endpoint = engine.create(
        ENDPOINT,
        vpcId=vpc,
        serviceName="com.amazonaws.eu-west-1.logs",
        vpcEndpointType="Interface",
        subnetIds=[subnet[0]],
        securityGroupIds=[group[0]],
    )
    used: list[tuple[str, tuple[str, Props]]] = [
        (SUBNET, subnet),
        (EIP, address),
        (GATEWAY, gateway),
        (GROUP, group),
    ]
    for token, (id_, state) in used:
        with pytest.raises(RefusedByProviderError, match=r"DependencyViolation|in use"):
            engine.delete(token, id_, state)
    engine.delete(ENDPOINT, *endpoint)
    engine.delete(NAT, *nat)
    for token, (id_, state) in used:
        engine.delete(token, id_, state)
        assert engine.read(token, id_, state) is None


def test_a_group_that_a_rule_of_another_names_is_not_removed(engine: Engine, network: Network) -> None:
    """In either direction; a rule of its own may name it."""
    for number, token in enumerate((INGRESS, EGRESS)):
        group = engine.create(GROUP, vpcId=network.vpc, name=f"named, {number}")
        other = engine.create(GROUP, vpcId=network.vpc, name=f"naming, {number}")
        named = {"ipProtocol": "-1", "referencedSecurityGroupId": group[0]}
        engine.create(INGRESS, securityGroupId=group[0], **named)
        rule = engine.create(token, securityGroupId=other[0], **named)
        with pytest.raises(RefusedByProviderError, match=r"DependencyViolation.*has a dependent object"):
            engine.delete(GROUP, *group)
        engine.delete(token, *rule)
        engine.delete(GROUP, *group)
        assert engine.read(GROUP, *group) is None


def test_look_ups_answer_as_aws_does(engine: Engine) -> None:
    """Zones with names and ids in one order, Region and partition."""
    zones = engine.client.invoke(
        "aws:index/getAvailabilityZones:getAvailabilityZones", excludeZoneIds=["euw1-az2"]
    )
    assert zones["names"] == ["eu-west-1a", "eu-west-1b"]
    assert zones["zoneIds"] == ["euw1-az3", "euw1-az1"]
    assert engine.client.invoke("aws:index/getRegion:getRegion")["region"] == "eu-west-1"
    assert (
        engine.client.invoke("aws:index/getPartition:getPartition", region="cn-north-1")["partition"]
        == "aws-cn"
    )


def test_an_address_is_free_when_its_nat_gateway_is_gone(engine: Engine) -> None:
    """The next gateway takes it."""
    vpc, _ = engine.create(VPC, cidrBlock="10.4.0.0/16")
    engine.create(GATEWAY, vpcId=vpc)
    subnet, _ = engine.create(SUBNET, vpcId=vpc, cidrBlock="10.4.0.0/24")
    address, _ = engine.create(EIP, domain="vpc")
    nat, state = engine.create(NAT, subnetId=subnet, allocationId=address)
    engine.delete(NAT, nat, state)
    assert engine.create(NAT, subnetId=subnet, allocationId=address)[0] != nat
