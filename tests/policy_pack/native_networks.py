"""The networks of `networks.py`, written with pulumi-aws-native."""

from collections.abc import Iterable

from tests.policy_pack.networks import ALL_IPV4, INTERFACE_SERVICES, entry
from tests.policy_pack.stacks import Made, Written, native, ref


def right_native_network() -> tuple[Made, ...]:
    """Return a network with public routing and its environment; entries of an ACL have no native type."""
    return (
        native("ec2:Vpc", "vpc", cidrBlock="10.0.0.0/16", enableDnsHostnames=True),
        native("ec2:InternetGateway", "igw"),
        native("ec2:VpcGatewayAttachment", "attachment", vpcId=ref("vpc"), internetGatewayId=ref("igw")),
        native("ec2:Subnet", "public", **_place("10.0.9.0/24", "eu-west-1a")),
        native("ec2:Subnet", "public-b", **_place("10.0.8.0/24", "eu-west-1b")),
        native("ec2:RouteTable", "public-table", vpcId=ref("vpc")),
        _route("public-route", "public-table", gatewayId=ref("igw")),
        native_association("public-association", "public-table", "public"),
        native_association("public-association-b", "public-table", "public-b"),
        native("ec2:Eip", "address", domain="vpc"),
        native("ec2:NatGateway", "nat", subnetId=ref("public"), allocationId=ref("address", "allocationId")),
        native("ec2:Subnet", "a", **_place("10.0.0.0/24", "eu-west-1a")),
        native("ec2:Subnet", "b", **_place("10.0.1.0/24", "eu-west-1b")),
        native("ec2:RouteTable", "private-table", vpcId=ref("vpc")),
        _route("private-route", "private-table", natGatewayId=ref("nat")),
        native_association("association-a", "private-table", "a"),
        native_association("association-b", "private-table", "b"),
        native("ec2:NetworkAcl", "acl", vpcId=ref("vpc")),
        native_acl_association("acl-a", "a"),
        native_acl_association("acl-b", "b"),
        entry("in", 100, egress=False),
        entry("out", 100, egress=True),
        native("ec2:SecurityGroup", "group", groupDescription="the environment's", vpcId=ref("vpc")),
        native_rule("self", sourceSecurityGroupId=ref("group")),
        native_environment(["a", "b"], ["group"]),
    )


def right_private_native_network() -> tuple[Made, ...]:
    """Return a network with private routing as the guide has it: five endpoints, and no way out."""
    return (
        native("ec2:Vpc", "vpc", cidrBlock="10.0.0.0/16", enableDnsHostnames=True),
        native("ec2:Subnet", "a", **_place("10.0.0.0/24", "eu-west-1a")),
        native("ec2:Subnet", "b", **_place("10.0.1.0/24", "eu-west-1b")),
        native("ec2:RouteTable", "private-table", vpcId=ref("vpc")),
        native_association("association-a", "private-table", "a"),
        native_association("association-b", "private-table", "b"),
        native("ec2:SecurityGroup", "group", groupDescription="the environment's", vpcId=ref("vpc")),
        native_rule("self", sourceSecurityGroupId=ref("group")),
        native_endpoint("s3", routeTableIds=[ref("private-table")]),
        *(native_interface_endpoint(service) for service in INTERFACE_SERVICES),
        native_environment(["a", "b"], ["group"]),
    )


def native_endpoint(service: str, **inputs: Written) -> Made:
    """Return a VPC endpoint of a service, named after it."""
    name = f"com.amazonaws.eu-west-1.{service}"
    return native("ec2:VpcEndpoint", service, vpcId=ref("vpc"), **{"serviceName": name, **inputs})


def native_interface_endpoint(service: str, **changes: Written) -> Made:
    """Return an interface endpoint as the guide has it, with some properties changed."""
    inputs: dict[str, Written] = {
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "subnetIds": [ref("a"), ref("b")],
        "securityGroupIds": [ref("group")],
        **changes,
    }
    return native_endpoint(service, **inputs)


def native_rule(name: str, **changes: Written) -> Made:
    """Return an inbound rule of the environment's group, for all traffic unless changed."""
    return native(
        "ec2:SecurityGroupIngress", name, **{"groupId": ref("group"), "ipProtocol": "-1", **changes}
    )


def native_outbound_rule(name: str, **changes: Written) -> Made:
    """Return an outbound rule of the environment's group, for all IPv4 traffic unless changed."""
    inputs: dict[str, Written] = {
        "groupId": ref("group"),
        "ipProtocol": "-1",
        "cidrIp": ALL_IPV4,
        **changes,
    }
    return native("ec2:SecurityGroupEgress", name, **inputs)


def native_environment(subnets: Iterable[str], groups: Iterable[str]) -> Made:
    """Return an environment with these subnets and security groups, by logical name."""
    network: dict[str, Written] = {
        "subnetIds": [ref(name) for name in subnets],
        "securityGroupIds": [ref(name) for name in groups],
    }
    return native("mwaa:Environment", "env", networkConfiguration=network)


def native_association(name: str, table: str, subnet: str) -> Made:
    """Return what ties a subnet to a route table."""
    return native("ec2:SubnetRouteTableAssociation", name, routeTableId=ref(table), subnetId=ref(subnet))


def native_acl_association(name: str, subnet: str) -> Made:
    """Return what ties a subnet to the ACL."""
    return native("ec2:SubnetNetworkAclAssociation", name, networkAclId=ref("acl"), subnetId=ref(subnet))


def _place(cidr_block: str, zone: str) -> dict[str, Written]:
    return {"vpcId": ref("vpc"), "cidrBlock": cidr_block, "availabilityZone": zone}


def _route(name: str, table: str, **target: Written) -> Made:
    return native("ec2:Route", name, routeTableId=ref(table), destinationCidrBlock=ALL_IPV4, **target)
