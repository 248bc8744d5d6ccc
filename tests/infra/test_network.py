"""What the component registers for each routing, and what it tells others."""

import json
from dataclasses import replace
from itertools import product

import pulumi
import pulumi_aws as aws
import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_network import ConfigurationError, Egress, Ingress, Nat, Network, NetworkAclEntries, NetworkArgs
from tests.infra.variants import sampled_variants
from tests.infra.world import IPV6_BLOCK, Json, World

PUBLIC = NetworkArgs()
PRIVATE = NetworkArgs(routing=Routing.PRIVATE)

BOTH = {
    ("Network", "mwaa"),
    ("Vpc", "mwaa-vpc"),
    ("DefaultSecurityGroup", "mwaa-default"),
    ("Subnet", "mwaa-private-a"),
    ("Subnet", "mwaa-private-b"),
    ("RouteTable", "mwaa-private-a"),
    ("RouteTable", "mwaa-private-b"),
    ("RouteTableAssociation", "mwaa-private-a"),
    ("RouteTableAssociation", "mwaa-private-b"),
    ("NetworkAcl", "mwaa-network-acl"),
    ("NetworkAclRule", "mwaa-ingress"),
    ("NetworkAclRule", "mwaa-egress"),
    ("NetworkAclAssociation", "mwaa-private-a"),
    ("NetworkAclAssociation", "mwaa-private-b"),
    ("SecurityGroup", "mwaa-environment"),
    ("SecurityGroupIngressRule", "mwaa-self"),
    ("SecurityGroupEgressRule", "mwaa-outbound"),
    ("VpcEndpoint", "mwaa-s3"),
}
PUBLIC_ONLY = {
    ("Subnet", "mwaa-public-a"),
    ("Subnet", "mwaa-public-b"),
    ("InternetGateway", "mwaa-internet-gateway"),
    ("RouteTable", "mwaa-public"),
    ("Route", "mwaa-public-to-internet"),
    ("RouteTableAssociation", "mwaa-public-a"),
    ("RouteTableAssociation", "mwaa-public-b"),
    ("NetworkAclAssociation", "mwaa-public-a"),
    ("NetworkAclAssociation", "mwaa-public-b"),
    ("Eip", "mwaa-nat-a"),
    ("Eip", "mwaa-nat-b"),
    ("NatGateway", "mwaa-nat-a"),
    ("NatGateway", "mwaa-nat-b"),
    ("Route", "mwaa-private-a-to-internet"),
    ("Route", "mwaa-private-b-to-internet"),
}
PRIVATE_ONLY = {
    ("VpcEndpoint", "mwaa-sqs"),
    ("VpcEndpoint", "mwaa-logs"),
    ("VpcEndpoint", "mwaa-monitoring"),
    ("VpcEndpoint", "mwaa-kms"),
}
VPC = "mwaa-vpc-vpc"
GROUP = "mwaa-environment-securitygroup"
PRIVATE_SUBNETS = ["mwaa-private-a-subnet", "mwaa-private-b-subnet"]
PRIVATE_TABLES = ["mwaa-private-a-routetable", "mwaa-private-b-routetable"]
FULL_ACCESS = [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]


def _made(args: NetworkArgs | None = None, *, world: World | None = None, preview: bool = False) -> World:
    world = world or World()
    world.run(lambda: Network("mwaa", args).outputs(), preview=preview)
    return world


@pytest.mark.parametrize(
    ("args", "expected"),
    [(PUBLIC, BOTH | PUBLIC_ONLY), (PRIVATE, BOTH | PRIVATE_ONLY)],
    ids=["public", "private"],
)
def test_each_routing_has_these_resources_and_no_others(
    args: NetworkArgs, expected: set[tuple[str, str]]
) -> None:
    """The default network ACL is not among them: it stays as AWS made it."""
    world = _made(args)
    assert world.table() == expected
    assert len(world.resources) == len(expected)


def test_no_choices_give_public_routing() -> None:
    """A Region is all that one has to state."""
    assert _made().table() == _made(PUBLIC).table() == BOTH | PUBLIC_ONLY


@pytest.mark.parametrize("args", [PUBLIC, PRIVATE], ids=["public", "private"])
def test_every_part_is_a_child_of_the_component(args: NetworkArgs) -> None:
    """So options of the component reach every part."""
    world = _made(args)
    assert world.resources[0].type == "mwaa-network:index:Network"
    assert {each.parent for each in world.resources[1:]} == {"mwaa"}


def test_the_registration_of_the_component_states_what_is_meant() -> None:
    """A policy can read the choices there."""
    world = _made(NetworkArgs(routing=Routing.PRIVATE, zones=("eu-west-1b", "euw1-az1")))
    assert world.inputs_of("mwaa-network:index:Network", "mwaa") == {
        "routing": "private",
        "cidrBlock": "10.192.0.0/16",
        "zones": ["eu-west-1b", "euw1-az1"],
        "ingress": "all",
        "egress": "all",
        "networkAcl": "documented",
        "ipv6": False,
        "protect": False,
        "tags": {},
    }


def test_the_vpc_resolves_names() -> None:
    """Private DNS of endpoints needs both attributes."""
    assert _made().inputs_of("aws:ec2/vpc:Vpc", "mwaa-vpc") == {
        "cidrBlock": "10.192.0.0/16",
        "enableDnsSupport": True,
        "enableDnsHostnames": True,
        "tags": {"Name": "mwaa-vpc"},
    }


def test_the_default_group_of_the_vpc_is_emptied() -> None:
    """Adopted without a rule, it has none."""
    assert _made().inputs_of("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "mwaa-default") == {
        "vpcId": VPC,
        "tags": {"Name": "mwaa-default"},
    }


@pytest.mark.parametrize("routing", Routing)
def test_the_private_subnets_differ_between_routings_in_a_tag_only(routing: Routing) -> None:
    """They declare the environment that they are for, and give out no public address."""
    world = _made(NetworkArgs(routing=routing))
    for letter, zone, cidr_block in (("a", "euw1-az1", "10.192.0.0/24"), ("b", "euw1-az2", "10.192.1.0/24")):
        assert world.inputs_of("aws:ec2/subnet:Subnet", f"mwaa-private-{letter}") == {
            "vpcId": VPC,
            "cidrBlock": cidr_block,
            "availabilityZoneId": zone,
            "mapPublicIpOnLaunch": False,
            "tags": {
                "Name": f"mwaa-private-{letter}",
                "mwaa:environment": "mwaa",
                "mwaa:routing": routing.value,
            },
        }


def test_the_public_subnets_declare_nothing() -> None:
    """An environment never gets them."""
    world = _made(PUBLIC)
    for letter, zone, cidr_block in (("a", "euw1-az1", "10.192.2.0/24"), ("b", "euw1-az2", "10.192.3.0/24")):
        assert world.inputs_of("aws:ec2/subnet:Subnet", f"mwaa-public-{letter}") == {
            "vpcId": VPC,
            "cidrBlock": cidr_block,
            "availabilityZoneId": zone,
            "mapPublicIpOnLaunch": True,
            "tags": {"Name": f"mwaa-public-{letter}"},
        }


@pytest.mark.parametrize(
    ("sentence", "nat", "expected"),
    [
        ("each zone has its own", None, {"a": "mwaa-nat-a", "b": "mwaa-nat-b"}),
        ("one in each zone can be asked for", Nat.PER_ZONE, {"a": "mwaa-nat-a", "b": "mwaa-nat-b"}),
        ("both zones share one", Nat.ONE, {"a": "mwaa-nat-a", "b": "mwaa-nat-a"}),
    ],
)
def test_the_private_subnets_reach_the_internet_through_nat(
    sentence: str, nat: Nat | None, expected: dict[str, str]
) -> None:
    """Each by a route of its own; a gateway stands in the public subnet of its zone, with an address."""
    world = _made(NetworkArgs(nat=nat))
    gateways = {each.name for each in world.resources if each.type == "aws:ec2/natGateway:NatGateway"}
    assert gateways == set(expected.values()), sentence
    for letter, gateway in expected.items():
        assert world.inputs_of("aws:ec2/route:Route", f"mwaa-private-{letter}-to-internet") == {
            "routeTableId": f"mwaa-private-{letter}-routetable",
            "destinationCidrBlock": "0.0.0.0/0",
            "natGatewayId": f"{gateway}-natgateway",
        }
    for gateway in gateways:
        assert world.inputs_of("aws:ec2/natGateway:NatGateway", gateway) == {
            "subnetId": f"mwaa-public-{gateway[-1]}-subnet",
            "allocationId": f"{gateway}-allocation",
            "connectivityType": "public",
            "tags": {"Name": gateway},
        }
        assert world.inputs_of("aws:ec2/eip:Eip", gateway) == {"domain": "vpc", "tags": {"Name": gateway}}


def test_given_addresses_are_used_and_none_is_made() -> None:
    """In the order of the zones; an id may be an output."""
    ids: list[pulumi.Input[str]] = [
        "eipalloc-0123456789abcdef0",
        pulumi.Output.from_input("eipalloc-0123456789abcdef1"),
    ]
    world = _made(NetworkArgs(nat_allocation_ids=ids))
    assert {
        each.name: each.inputs["allocationId"]
        for each in world.resources
        if each.type in {"aws:ec2/natGateway:NatGateway", "aws:ec2/eip:Eip"}
    } == {"mwaa-nat-a": "eipalloc-0123456789abcdef0", "mwaa-nat-b": "eipalloc-0123456789abcdef1"}


@pytest.mark.parametrize("protect", [True, False])
def test_protection_reaches_every_part(protect: bool) -> None:  # noqa: FBT001 - a row of a table
    """Nothing of a protected network can be deleted."""
    assert {each.protected for each in _made(NetworkArgs(protect=protect)).resources} == {protect}


def test_a_component_may_be_protected_without_the_key() -> None:
    """By the option that every resource of Pulumi has."""
    world = World()
    world.run(lambda: Network("mwaa", opts=pulumi.ResourceOptions(protect=True)).vpc_id)
    assert {each.protected for each in world.resources} == {True}


@pytest.mark.parametrize("kind", ["aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"])
def test_addresses_and_nat_gateways_outlive_no_internet_gateway(kind: str) -> None:
    """They need it, and it cannot be detached while they are there."""
    assert "InternetGateway mwaa-internet-gateway" in _made(PUBLIC).one(kind, "mwaa-nat-a").dependencies


def test_the_public_subnets_share_a_route_to_the_internet_gateway() -> None:
    """One route table serves both."""
    world = _made(PUBLIC)
    assert world.inputs_of("aws:ec2/route:Route", "mwaa-public-to-internet") == {
        "routeTableId": "mwaa-public-routetable",
        "destinationCidrBlock": "0.0.0.0/0",
        "gatewayId": "mwaa-internet-gateway-internetgateway",
    }
    for letter in "ab":
        assert world.inputs_of(
            "aws:ec2/routeTableAssociation:RouteTableAssociation", f"mwaa-public-{letter}"
        ) == {"routeTableId": "mwaa-public-routetable", "subnetId": f"mwaa-public-{letter}-subnet"}


@pytest.mark.parametrize("args", [PUBLIC, PRIVATE], ids=["public", "private"])
def test_each_private_subnet_has_a_route_table_of_its_own(args: NetworkArgs) -> None:
    """In either routing, so that a change of routing replaces none."""
    world = _made(args)
    for letter in "ab":
        assert world.inputs_of(
            "aws:ec2/routeTableAssociation:RouteTableAssociation", f"mwaa-private-{letter}"
        ) == {
            "routeTableId": f"mwaa-private-{letter}-routetable",
            "subnetId": f"mwaa-private-{letter}-subnet",
        }


@pytest.mark.parametrize("args", [PUBLIC, PRIVATE], ids=["public", "private"])
def test_one_network_acl_serves_every_subnet(args: NetworkArgs) -> None:
    """It allows everything both ways, by entries and associations that are resources of their own."""
    world = _made(args)
    acl = "mwaa-network-acl-networkacl"
    for name, egress in (("mwaa-ingress", False), ("mwaa-egress", True)):
        assert world.inputs_of("aws:ec2/networkAclRule:NetworkAclRule", name) == {
            "networkAclId": acl,
            "egress": egress,
            "ruleNumber": 100,
            "protocol": "-1",
            "ruleAction": "allow",
            "cidrBlock": "0.0.0.0/0",
        }
    assert world.inputs_of("aws:ec2/networkAcl:NetworkAcl", "mwaa-network-acl") == {
        "vpcId": VPC,
        "tags": {"Name": "mwaa-network-acl"},
    }
    subnets = {each.name for each in world.resources if each.type == "aws:ec2/subnet:Subnet"}
    associated = {
        each.inputs["subnetId"]
        for each in world.resources
        if each.type == "aws:ec2/networkAclAssociation:NetworkAclAssociation"
        and each.inputs["networkAclId"] == acl
    }
    assert associated == {f"{subnet}-subnet" for subnet in subnets}


def test_a_restricted_network_acl_serves_the_private_subnets_alone() -> None:
    """The public ones have another; each entry's ports reach EC2."""
    world = _made(NetworkArgs(network_acl=NetworkAclEntries.RESTRICTED))
    assert world.inputs_of("aws:ec2/networkAclRule:NetworkAclRule", "mwaa-ingress-https-private-b") == {
        "networkAclId": "mwaa-network-acl-networkacl",
        "egress": False,
        "ruleNumber": 111,
        "protocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "ruleAction": "allow",
        "cidrBlock": "10.192.1.0/24",
    }
    associated = {
        each.name: each.inputs["networkAclId"]
        for each in world.resources
        if each.type == "aws:ec2/networkAclAssociation:NetworkAclAssociation"
    }
    assert associated == {
        "mwaa-private-a": "mwaa-network-acl-networkacl",
        "mwaa-private-b": "mwaa-network-acl-networkacl",
        "mwaa-public-a": "mwaa-public-network-acl-networkacl",
        "mwaa-public-b": "mwaa-public-network-acl-networkacl",
    }


def test_the_group_lets_everything_in_from_itself_and_everything_out() -> None:
    """By rules that are resources of their own and name the requirement."""
    world = _made()
    assert world.inputs_of("aws:ec2/securityGroup:SecurityGroup", "mwaa-environment") == {
        "vpcId": VPC,
        "description": "Amazon MWAA environment mwaa",
        "tags": {"Name": "mwaa-environment", "mwaa:environment": "mwaa", "mwaa:routing": "public"},
    }
    inbound = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    assert world.inputs_of(inbound, "mwaa-self") == {
        "securityGroupId": GROUP,
        "referencedSecurityGroupId": GROUP,
        "ipProtocol": "-1",
        "description": (
            "security-group-self-reference-all: Inbound: all traffic, all protocols, source the security "
            "group itself."
        ),
        "tags": {"Name": "mwaa-self"},
    }
    outbound = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    assert world.inputs_of(outbound, "mwaa-outbound") == {
        "securityGroupId": GROUP,
        "cidrIpv4": "0.0.0.0/0",
        "ipProtocol": "-1",
        "description": (
            "security-group-outbound-all: Outbound: all traffic, all protocols, destination 0.0.0.0/0."
        ),
        "tags": {"Name": "mwaa-outbound"},
    }


def test_restricted_ingress_is_the_pair_of_ports() -> None:
    """The database's and the web server's, in place of everything."""
    world = _made(NetworkArgs(ingress=Ingress.RESTRICTED))
    inbound = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    rules = {each.name: each.inputs for each in world.resources if each.type == inbound}
    assert {
        name: [inputs[key] for key in ("referencedSecurityGroupId", "ipProtocol", "fromPort", "toPort")]
        for name, inputs in rules.items()
    } == {
        "mwaa-self-database": [GROUP, "tcp", 5432, 5432],
        "mwaa-self-https": [GROUP, "tcp", 443, 443],
    }


def test_narrow_egress_names_the_group_the_vpc_and_s3() -> None:
    """Each by what rules have for it."""
    world = _made(NetworkArgs(routing=Routing.PRIVATE, egress=Egress.NARROW))
    outbound = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    shown = ("referencedSecurityGroupId", "cidrIpv4", "prefixListId", "ipProtocol", "fromPort", "toPort")
    rules = {each.name: each.inputs for each in world.resources if each.type == outbound}
    assert {name: {key: inputs[key] for key in shown if key in inputs} for name, inputs in rules.items()} == {
        "mwaa-outbound-self": {"referencedSecurityGroupId": GROUP, "ipProtocol": "-1"},
        "mwaa-outbound-vpc": {"cidrIpv4": "10.192.0.0/16", "ipProtocol": "-1"},
        "mwaa-outbound-s3": {
            "prefixListId": "mwaa-s3-prefix-list",
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
        },
    }


@pytest.mark.parametrize("args", [PUBLIC, PRIVATE], ids=["public", "private"])
def test_the_s3_endpoint_is_on_both_private_route_tables(args: NetworkArgs) -> None:
    """And on no other."""
    inputs = dict(_made(args).inputs_of("aws:ec2/vpcEndpoint:VpcEndpoint", "mwaa-s3"))
    assert json.loads(str(inputs.pop("policy")))["Statement"] == FULL_ACCESS
    assert inputs == {
        "vpcId": VPC,
        "serviceName": "com.amazonaws.eu-west-1.s3",
        "vpcEndpointType": "Gateway",
        "routeTableIds": PRIVATE_TABLES,
        "tags": {"Name": "mwaa-s3"},
    }


@pytest.mark.parametrize("service", ["sqs", "logs", "monitoring", "kms"])
def test_interface_endpoints_stand_where_the_environment_does(service: str) -> None:
    """In both private subnets, with the environment's group, under the service's public name."""
    inputs = dict(_made(PRIVATE).inputs_of("aws:ec2/vpcEndpoint:VpcEndpoint", f"mwaa-{service}"))
    assert json.loads(str(inputs.pop("policy")))["Statement"] == FULL_ACCESS
    assert inputs == {
        "vpcId": VPC,
        "serviceName": f"com.amazonaws.eu-west-1.{service}",
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "subnetIds": PRIVATE_SUBNETS,
        "securityGroupIds": [GROUP],
        "tags": {"Name": f"mwaa-{service}"},
    }


def test_further_endpoints_are_attached_like_the_others() -> None:
    """An interface endpoint in the subnets, a gateway endpoint to the route tables; both with outputs."""
    args = NetworkArgs(
        routing=Routing.PRIVATE, egress=Egress.NARROW, extra_endpoints=["secretsmanager", "dynamodb"]
    )
    world = _made(args)
    interface = world.inputs_of("aws:ec2/vpcEndpoint:VpcEndpoint", "mwaa-secretsmanager")
    gateway = world.inputs_of("aws:ec2/vpcEndpoint:VpcEndpoint", "mwaa-dynamodb")
    assert (interface["subnetIds"], interface["privateDnsEnabled"]) == (PRIVATE_SUBNETS, True)
    assert gateway["routeTableIds"] == PRIVATE_TABLES
    outbound = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    assert world.inputs_of(outbound, "mwaa-outbound-dynamodb")["prefixListId"] == "mwaa-dynamodb-prefix-list"
    told = world.outputs["mwaa"]["vpcEndpointIds"]
    assert isinstance(told, dict)
    assert told.keys() >= {"secretsmanager", "dynamodb"}


def test_the_s3_endpoint_lets_named_buckets_through() -> None:
    """The key reaches the policy document, and the Region its bucket."""
    world = _made(
        NetworkArgs(s3_endpoint_buckets=["our-dags"]),
        world=World(region="cn-north-1", zones={"cnn1-az1": "cn-north-1a", "cnn1-az2": "cn-north-1b"}),
    )
    policy = json.loads(str(world.inputs_of("aws:ec2/vpcEndpoint:VpcEndpoint", "mwaa-s3")["policy"]))
    assert [each["Resource"] for each in policy["Statement"]] == [
        ["arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket/*"],
        ["arn:aws-cn:s3:::our-dags", "arn:aws-cn:s3:::our-dags/*"],
    ]


TAGLESS = {
    "Network",
    "NetworkAclAssociation",
    "NetworkAclRule",
    "Route",
    "RouteTableAssociation",
}


@pytest.mark.parametrize("routing", Routing)
def test_everything_that_takes_tags_has_its_name_and_the_users_tags(routing: Routing) -> None:
    """What takes none is listed; an output may be the value of a tag."""
    args = NetworkArgs(routing=routing, tags={"team": "data", "cost": pulumi.Output.from_input("42")})
    world = _made(args)
    declared = {"mwaa-private-a", "mwaa-private-b", "mwaa-environment"}
    for each in world.resources:
        kind = each.type.rpartition(":")[2]
        if kind in TAGLESS:
            assert kind == "Network" or "tags" not in each.inputs
            continue
        expected = {"Name": each.name, "team": "data", "cost": "42"}
        if kind in {"Subnet", "SecurityGroup"} and each.name in declared:
            expected |= {"mwaa:environment": "mwaa", "mwaa:routing": routing.value}
        assert each.inputs["tags"] == expected, each


DUAL = NetworkArgs(ipv6=True)


def test_dual_stack_takes_a_block_from_aws_and_shares_it_out() -> None:
    """Each subnet has a /64 of it, and assigns addresses from there."""
    world = _made(DUAL)
    assert world.inputs_of("aws:ec2/vpc:Vpc", "mwaa-vpc")["assignGeneratedIpv6CidrBlock"] is True
    subnets = {each.name: each.inputs for each in world.resources if each.type == "aws:ec2/subnet:Subnet"}
    assert {
        name: (inputs["ipv6CidrBlock"], inputs["assignIpv6AddressOnCreation"])
        for name, inputs in subnets.items()
    } == {
        "mwaa-private-a": ("2001:db8:1234:1a00::/64", True),
        "mwaa-private-b": ("2001:db8:1234:1a01::/64", True),
        "mwaa-public-a": ("2001:db8:1234:1a02::/64", True),
        "mwaa-public-b": ("2001:db8:1234:1a03::/64", True),
    }


def test_dual_stack_leaves_by_an_egress_only_gateway() -> None:
    """Of the private subnets; public ones lead to the internet gateway, both ways."""
    world = _made(DUAL)
    routes = {each.name: each.inputs for each in world.resources if each.type == "aws:ec2/route:Route"}
    gateway = "mwaa-egress-only-gateway-egressonlyinternetgateway"
    assert {
        name: inputs.get("egressOnlyGatewayId", inputs.get("gatewayId"))
        for name, inputs in routes.items()
        if inputs.get("destinationIpv6CidrBlock") == "::/0"
    } == {
        "mwaa-private-a-to-internet-ipv6": gateway,
        "mwaa-private-b-to-internet-ipv6": gateway,
        "mwaa-public-to-internet-ipv6": "mwaa-internet-gateway-internetgateway",
    }


def test_dual_stack_with_private_routing_has_no_way_out() -> None:
    """Nothing leads to the internet, in either family."""
    kinds = {kind for kind, _ in _made(replace(PRIVATE, ipv6=True)).table()}
    assert kinds & {"Route", "EgressOnlyInternetGateway", "InternetGateway"} == set()


def test_dual_stack_filters_name_ipv6_blocks() -> None:
    """In rules and in entries, those that AWS chooses included."""
    args = NetworkArgs(
        routing=Routing.PRIVATE,
        egress=Egress.NARROW,
        network_acl=NetworkAclEntries.RESTRICTED,
        ipv6=True,
        webserver_clients=("2001:db8:5::/48",),
    )
    world = _made(args)
    outbound = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    inbound = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    entry = "aws:ec2/networkAclRule:NetworkAclRule"
    assert world.inputs_of(outbound, "mwaa-outbound-vpc-ipv6")["cidrIpv6"] == IPV6_BLOCK
    assert world.inputs_of(inbound, "mwaa-web-2001-db8-5---48")["cidrIpv6"] == "2001:db8:5::/48"
    assert (
        world.inputs_of(entry, "mwaa-ingress-https-private-b-ipv6")["ipv6CidrBlock"]
        == "2001:db8:1234:1a01::/64"
    )
    assert world.inputs_of(entry, "mwaa-ingress-web-2001-db8-5---48")["ipv6CidrBlock"] == "2001:db8:5::/48"


def test_flow_logs_go_to_the_bucket() -> None:
    """Of all traffic of the VPC; no environment waits for them."""
    world = _made(NetworkArgs(flow_log_bucket_arn="arn:aws:s3:::our-flow-logs"))
    assert world.inputs_of("aws:ec2/flowLog:FlowLog", "mwaa-flow-log") == {
        "vpcId": VPC,
        "logDestination": "arn:aws:s3:::our-flow-logs",
        "logDestinationType": "s3",
        "trafficType": "ALL",
        "tags": {"Name": "mwaa-flow-log"},
    }


def test_what_cannot_stand_twice_is_deleted_before_it_is_replaced() -> None:
    """An entry's number is taken, and so are an address of NAT and the block and endpoints of a subnet."""
    deleted_first = {(each.type, each.name) for each in _made(PUBLIC).resources if each.deleted_first}
    assert deleted_first == {
        *(("aws:ec2/networkAclRule:NetworkAclRule", f"mwaa-{each}") for each in ("ingress", "egress")),
        *(("aws:ec2/natGateway:NatGateway", f"mwaa-nat-{letter}") for letter in "ab"),
        *(("aws:ec2/subnet:Subnet", f"mwaa-{each}-{x}") for each in ("private", "public") for x in "ab"),
        ("aws:ec2/vpcEndpoint:VpcEndpoint", "mwaa-s3"),
    }


@pytest.mark.parametrize(
    ("sentence", "zones", "expected", "ignored"),
    [
        ("zones that nobody chose are kept", None, ["euw1-az1", "euw1-az2"], ("availabilityZoneId",)),
        ("zones by name are honoured", ("eu-west-1c", "eu-west-1a"), ["euw1-az3", "euw1-az1"], ()),
        ("zones by id are honoured", ("euw1-az3", "euw1-az2"), ["euw1-az3", "euw1-az2"], ()),
    ],
)
def test_the_zones(
    sentence: str, zones: tuple[str, ...] | None, expected: list[str], ignored: tuple[str, ...]
) -> None:
    """A zone that is new in the Region replaces no subnet; a zone that somebody changes does."""
    world = _made(NetworkArgs(zones=zones))
    for kind in ("private", "public"):
        subnets = [world.one("aws:ec2/subnet:Subnet", f"mwaa-{kind}-{letter}") for letter in "ab"]
        assert [each.inputs["availabilityZoneId"] for each in subnets] == expected, sentence
        assert [each.ignored for each in subnets] == [ignored, ignored], sentence
    unplaced = {each.name: each.ignored for each in world.resources if not each.type.endswith(":Subnet")}
    assert {name: each for name, each in unplaced.items() if each} == {"mwaa-environment": ("description",)}


@pytest.mark.parametrize(
    ("sentence", "region", "zones", "expected"),
    [
        (
            "a zone that MWAA does not support is passed over",
            "us-east-1",
            {"use1-az3": "us-east-1a", "use1-az1": "us-east-1b", "use1-az2": "us-east-1c"},
            ["use1-az1", "use1-az2"],
        ),
        (
            "a zone without NAT gateways is passed over",
            "ap-northeast-1",
            {"apne1-az4": "ap-northeast-1a", "apne1-az3": "ap-northeast-1b", "apne1-az1": "ap-northeast-1c"},
            ["apne1-az4", "apne1-az1"],
        ),
    ],
)
@pytest.mark.parametrize("routing", Routing)
def test_the_zones_that_are_chosen_fit_either_routing(
    sentence: str, region: str, zones: dict[str, str], expected: list[str], routing: Routing
) -> None:
    """So a change of routing finds the private subnets where they can stay."""
    world = _made(NetworkArgs(routing=routing), world=World(region=region, zones=zones))
    subnets = [world.one("aws:ec2/subnet:Subnet", f"mwaa-private-{letter}") for letter in "ab"]
    assert [each.inputs["availabilityZoneId"] for each in subnets] == expected, sentence


def test_a_zone_without_nat_gateways_fits_private_routing() -> None:
    """When somebody chooses it."""
    tokyo = {"apne1-az4": "ap-northeast-1a", "apne1-az3": "ap-northeast-1b", "apne1-az1": "ap-northeast-1c"}
    args = NetworkArgs(routing=Routing.PRIVATE, zones=("apne1-az3", "apne1-az1"))
    world = _made(args, world=World(region="ap-northeast-1", zones=tokyo))
    assert world.inputs_of("aws:ec2/subnet:Subnet", "mwaa-private-a")["availabilityZoneId"] == "apne1-az3"


@pytest.mark.parametrize("args", [PUBLIC, PRIVATE], ids=["public", "private"])
def test_aws_is_asked_one_question(args: NetworkArgs) -> None:
    """Which zones the Region has; the answer names the Region, too."""
    assert _made(args).calls == [
        (
            "aws:index/getAvailabilityZones:getAvailabilityZones",
            {"filters": [{"name": "opt-in-status", "values": ["opt-in-not-required"]}]},
            "",
        )
    ]


@pytest.mark.parametrize("args", [PUBLIC, PRIVATE], ids=["public", "private"])
def test_an_explicit_provider_makes_and_asks_everything(args: NetworkArgs) -> None:
    """A network can stand in another Region or account than the stack's default."""
    world = World()

    def program() -> dict[str, pulumi.Output[object]]:
        provider = aws.Provider("elsewhere", region="us-east-1")
        return Network("mwaa", args, pulumi.ResourceOptions(providers=[provider])).outputs()

    world.run(program)
    parts = [each for each in world.resources if each.parent == "mwaa"]
    providers = {each.provider.rpartition("::")[0].rpartition("::")[2] for each in parts}
    assert providers == {"elsewhere"}
    assert [provider.rpartition("::")[0].rpartition("::")[2] for _, _, provider in world.calls] == [
        "elsewhere"
    ]


def test_the_outputs_of_public_routing() -> None:
    """Under the names that are documented, registered with the component and offered for export alike."""
    world = World()
    outputs = world.run(lambda: Network("mwaa").outputs())
    assert outputs == {
        "networkConfiguration": {"subnetIds": PRIVATE_SUBNETS, "securityGroupIds": [GROUP]},
        "vpcId": VPC,
        "privateSubnetIds": PRIVATE_SUBNETS,
        "securityGroupId": GROUP,
        "routing": "public",
        "cidrBlock": "10.192.0.0/16",
        "availabilityZoneIds": ["euw1-az1", "euw1-az2"],
        "publicSubnetIds": ["mwaa-public-a-subnet", "mwaa-public-b-subnet"],
        "privateRouteTableIds": PRIVATE_TABLES,
        "networkAclId": "mwaa-network-acl-networkacl",
        "natPublicIps": ["mwaa-nat-a-address", "mwaa-nat-b-address"],
        "vpcEndpointIds": {"s3": "mwaa-s3-vpcendpoint"},
        "s3PrefixListId": "mwaa-s3-prefix-list",
    }
    assert world.outputs["mwaa"] == outputs


def test_the_outputs_of_private_routing() -> None:
    """What there is none of is an empty list, never null."""
    world = World()
    outputs = world.run(lambda: Network("mwaa", PRIVATE).outputs())
    assert isinstance(outputs, dict)
    assert outputs == {
        **outputs,
        "routing": "private",
        "publicSubnetIds": [],
        "natPublicIps": [],
        "vpcEndpointIds": {
            service: f"mwaa-{service}-vpcendpoint" for service in ("s3", "sqs", "logs", "monitoring", "kms")
        },
    }
    assert world.outputs["mwaa"] == outputs
    assert len(outputs) == 13


@pytest.mark.parametrize(
    ("args", "everything"),
    [(PUBLIC, BOTH | PUBLIC_ONLY), (PRIVATE, BOTH | PRIVATE_ONLY)],
    ids=["public", "private"],
)
def test_an_environment_waits_for_all_that_it_needs(
    args: NetworkArgs, everything: set[tuple[str, str]]
) -> None:
    """Routes, associations, entries, rules, endpoints; of subnets only its two, of groups only its own."""
    world = World()

    def program() -> pulumi.Output[str]:
        network = Network("mwaa", args)
        environment = aws.mwaa.Environment(
            "airflow",
            dag_s3_path="dags",
            execution_role_arn="arn:aws:iam::123456789012:role/airflow",
            source_bucket_arn="arn:aws:s3:::our-dags",
            network_configuration=network.network_configuration,
        )
        return environment.urn

    world.run(program)
    environment = world.one("aws:mwaa/environment:Environment", "airflow")
    needed = {
        f"{kind} {name}"
        for kind, name in everything
        if kind
        in {
            "Route",
            "RouteTableAssociation",
            "NetworkAclRule",
            "NetworkAclAssociation",
            "SecurityGroup",
            "SecurityGroupIngressRule",
            "SecurityGroupEgressRule",
            "VpcEndpoint",
        }
    }
    assert set(environment.dependencies) == needed | {"Subnet mwaa-private-a", "Subnet mwaa-private-b"}
    assert environment.inputs["networkConfiguration"] == {
        "subnetIds": PRIVATE_SUBNETS,
        "securityGroupIds": [GROUP],
    }


def test_a_rule_yet_to_be_made_leaves_the_configuration_known() -> None:
    """Unknown subnets would replace an environment in the preview of a change to a rule."""
    world = World(unmade=frozenset({"mwaa-self-database", "mwaa-self-https"}))
    args = NetworkArgs(ingress=Ingress.RESTRICTED)
    ready = world.run(lambda: Network("mwaa", args).network_configuration, preview=True)
    assert ready == {"subnet_ids": PRIVATE_SUBNETS, "security_group_ids": [GROUP]}


BILLED = "billed hourly: "
NAME_BUCKETS = (
    "the S3 endpoint lets every bucket through; the guide recommends a policy that names the buckets "
    "(Security in your VPC on Amazon MWAA). To have it, name the bucket of DAGs in s3EndpointBuckets"
)
SMALL = (
    "private-b, 10.192.0.64/27, has 27 addresses to give; while 25 workers, the default quota, are replaced "
    "in an update, a subnet can need about 36 (our estimate)"
)
DERIVED = (
    "the entries of networkAcl restricted are derived from the flows that AWS describes, and proved by the "
    "policy pack; AWS itself documents a network ACL that lets everything through (About networking on "
    "Amazon MWAA)"
)


@pytest.mark.parametrize(
    ("sentence", "args", "expected"),
    [
        (
            "public routing is billed for NAT",
            PUBLIC,
            [f"{BILLED}2 NAT gateways, 2 public addresses, 0 endpoint interfaces"],
        ),
        (
            "one NAT gateway costs half",
            NetworkArgs(nat=Nat.ONE),
            [f"{BILLED}1 NAT gateway, 1 public address, 0 endpoint interfaces"],
        ),
        (
            "private routing is billed for endpoints, and could name buckets",
            PRIVATE,
            [f"{BILLED}0 NAT gateways, 0 public addresses, 8 endpoint interfaces", NAME_BUCKETS],
        ),
        (
            "who has named buckets needs no advice",
            NetworkArgs(routing=Routing.PRIVATE, s3_endpoint_buckets=["our-dags"]),
            [f"{BILLED}0 NAT gateways, 0 public addresses, 8 endpoint interfaces"],
        ),
        (
            "who lists small subnets is warned",
            NetworkArgs(
                routing=Routing.PRIVATE,
                s3_endpoint_buckets=["our-dags"],
                private_subnet_cidrs=["10.192.0.0/26", "10.192.0.64/27"],
            ),
            [f"{BILLED}0 NAT gateways, 0 public addresses, 8 endpoint interfaces", SMALL],
        ),
        (
            "what AWS does not say itself is told once",
            NetworkArgs(nat=Nat.ONE, network_acl=NetworkAclEntries.RESTRICTED),
            [f"{BILLED}1 NAT gateway, 1 public address, 0 endpoint interfaces", DERIVED],
        ),
    ],
)
def test_a_preview_tells_what_is_billed_hourly(sentence: str, args: NetworkArgs, expected: list[str]) -> None:
    """And what could be narrower; the update that follows tells nothing again."""
    assert _made(args, preview=True).logged == expected, sentence
    assert _made(args).logged == []


def test_no_choice_changes_a_name() -> None:
    """A resource that two networks have has one name in both, so that no choice replaces it by renaming."""
    names = {
        (kind, name)
        for routing, zones in product(Routing, (None, ("eu-west-1c", "eu-west-1b")))
        for kind, name in _made(
            NetworkArgs(routing=routing, zones=zones, cidr_block="10.0.0.0/20", tags={"team": "data"})
        ).table()
    }
    of_one_choice = {
        (kind, name)
        for args in sampled_variants().values()
        for kind, name in _made(args).table()
        if (kind, name) not in names
    }
    assert names == BOTH | PUBLIC_ONLY | PRIVATE_ONLY
    assert {kind for kind, _ in of_one_choice} == {
        "EgressOnlyInternetGateway",
        "Route",
        "NetworkAcl",
        "NetworkAclRule",
        "SecurityGroupIngressRule",
        "SecurityGroupEgressRule",
    }


def test_two_networks_stand_side_by_side() -> None:
    """Names begin with the component's, so two in one stack do not meet."""
    world = World()
    world.run(lambda: [Network(name).vpc_id for name in ("blue", "green")])
    names = [(each.type, each.name) for each in world.resources]
    assert len(names) == len(set(names)) == 2 * len(BOTH | PUBLIC_ONLY)


@pytest.mark.parametrize(
    ("sentence", "name", "offered"),
    [
        ("a blank would declare two environments", "my network", "my-network"),
        ("a name begins with a letter", "2nd", "mwaa"),
        ("a name is not longer than an environment's", "n" * 81, "n" * 80),
    ],
)
def test_the_component_is_named_like_an_environment(sentence: str, name: str, offered: str) -> None:
    """Its name goes into the tag that declares the network."""
    with pytest.raises(ConfigurationError) as raised:
        World().run(lambda: Network(name).vpc_id)
    assert str(raised.value) == (
        "the configuration has 1 mistake; nothing was changed.\n\n"
        f'  name: "{name}" cannot be the name of an environment.\n'
        "    Allowed: up to 80 letters, digits, hyphens and underscores, a letter first.\n"
        "    Why: MWAA takes no other names (CreateEnvironment), and a network has its environment's.\n"
        f"    Did you mean {offered}?"
    ), sentence


def test_a_block_that_is_known_only_later_is_refused() -> None:
    """The plan hangs on it, and a preview must be able to judge it."""
    later: Json = pulumi.Output.from_input("10.0.0.0/16")
    with pytest.raises(
        ConfigurationError, match="cidrBlock: a value that is known only later is no IPv4 CIDR"
    ):
        World().run(
            lambda: Network("mwaa", NetworkArgs(cidr_block=later)).vpc_id  # type: ignore[arg-type] # on purpose
        )


def test_a_region_that_is_not_known_yet_is_told() -> None:
    """In the preview that makes the provider's configuration, the engine answers with nothing."""
    with pytest.raises(pulumi.RunError) as raised:
        World(zones={}).run(lambda: Network("mwaa").vpc_id)
    assert str(raised.value) == (
        "the zones of the Region cannot be looked up, because the configuration of the AWS provider is not "
        "known in this preview. Give the provider a Region that is written down."
    )
