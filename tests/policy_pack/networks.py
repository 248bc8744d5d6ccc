"""Small networks for tests: a right one, and what to change in it."""

from collections.abc import Iterable

from tests.policy_pack.stacks import Made, Written, made, ref

ALL_IPV4 = "0.0.0.0/0"


def right_network() -> tuple[Made, ...]:
    """Return a network with public routing as the guide has it, and its environment."""
    return (
        made("ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16", enableDnsHostnames=True),
        made("ec2/internetGateway:InternetGateway", "igw", vpcId=ref("vpc")),
        made("ec2/subnet:Subnet", "public", **_place("10.0.9.0/24", "eu-west-1a")),
        made("ec2/subnet:Subnet", "public-b", **_place("10.0.8.0/24", "eu-west-1b")),
        made("ec2/routeTable:RouteTable", "public-table", vpcId=ref("vpc")),
        _route("public-route", "public-table", gatewayId=ref("igw")),
        _association("public-association", "public-table", "public"),
        _association("public-association-b", "public-table", "public-b"),
        made("ec2/eip:Eip", "address", domain="vpc"),
        made("ec2/natGateway:NatGateway", "nat", subnetId=ref("public"), allocationId=ref("address")),
        made("ec2/subnet:Subnet", "a", **_place("10.0.0.0/24", "eu-west-1a")),
        made("ec2/subnet:Subnet", "b", **_place("10.0.1.0/24", "eu-west-1b")),
        made("ec2/routeTable:RouteTable", "private-table", vpcId=ref("vpc")),
        _route("private-route", "private-table", natGatewayId=ref("nat")),
        _association("association-a", "private-table", "a"),
        _association("association-b", "private-table", "b"),
        made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc"), subnetIds=[ref("a"), ref("b")]),
        entry("in", 100, egress=False),
        entry("out", 100, egress=True),
        made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc")),
        *_rules_of_group(),
        environment(["a", "b"], ["group"]),
    )


INTERFACE_SERVICES = ("sqs", "logs", "monitoring", "kms")


def right_private_network() -> tuple[Made, ...]:
    """Return a network with private routing as the guide has it: five endpoints, and no way out."""
    tables: list[Written] = [ref("private-table")]
    return (
        made("ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16", enableDnsHostnames=True),
        made("ec2/subnet:Subnet", "a", **_place("10.0.0.0/24", "eu-west-1a")),
        made("ec2/subnet:Subnet", "b", **_place("10.0.1.0/24", "eu-west-1b")),
        made("ec2/routeTable:RouteTable", "private-table", vpcId=ref("vpc")),
        _association("association-a", "private-table", "a"),
        _association("association-b", "private-table", "b"),
        made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc")),
        *_rules_of_group(),
        endpoint("s3", vpcEndpointType="Gateway", routeTableIds=tables),
        *(interface_endpoint(service) for service in INTERFACE_SERVICES),
        environment(["a", "b"], ["group"]),
    )


def endpoint(service: str, **inputs: Written) -> Made:
    """Return a VPC endpoint of a service, named after it."""
    name = f"com.amazonaws.eu-west-1.{service}"
    given: dict[str, Written] = {"vpcId": ref("vpc"), "serviceName": name, **inputs}
    return made("ec2/vpcEndpoint:VpcEndpoint", service, **given)


def interface_endpoint(service: str, **changes: Written) -> Made:
    """Return an interface endpoint as the guide has it, with some properties changed."""
    inputs: dict[str, Written] = {
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "subnetIds": [ref("a"), ref("b")],
        "securityGroupIds": [ref("group")],
        **changes,
    }
    return endpoint(service, **inputs)


def _place(cidr_block: str, zone: str) -> dict[str, Written]:
    return {"vpcId": ref("vpc"), "cidrBlock": cidr_block, "availabilityZone": zone}


def _rules_of_group() -> tuple[Made, Made]:
    """Return the rules that the guide recommends: all in from the group itself, all out."""
    return (
        made(
            "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "self",
            securityGroupId=ref("group"),
            referencedSecurityGroupId=ref("group"),
            ipProtocol="-1",
        ),
        made(
            "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            "outbound",
            securityGroupId=ref("group"),
            cidrIpv4=ALL_IPV4,
            ipProtocol="-1",
        ),
    )


def environment(subnets: Iterable[str], groups: Iterable[str]) -> Made:
    """Return an environment with these subnets and security groups, by logical name."""
    network: dict[str, Written] = {
        "subnetIds": [ref(name) for name in subnets],
        "securityGroupIds": [ref(name) for name in groups],
    }
    return made("mwaa/environment:Environment", "env", networkConfiguration=network)


def entry(name: str, number: int, *, egress: bool, **changes: Written) -> Made:
    """Return an entry of the ACL that allows all IPv4 traffic, with some properties changed."""
    inputs: dict[str, Written] = {
        "networkAclId": ref("acl"),
        "ruleNumber": number,
        "egress": egress,
        "protocol": "-1",
        "ruleAction": "allow",
        "cidrBlock": ALL_IPV4,
        **changes,
    }
    return made("ec2/networkAclRule:NetworkAclRule", name, **inputs)


def changed(stack: Iterable[Made], *replacements: Made, without: Iterable[str] = ()) -> tuple[Made, ...]:
    """Return a stack with resources of the same name replaced, others added, and some left out."""
    by_name = {each.name: each for each in stack if each.name not in set(without)}
    return tuple({**by_name, **{each.name: each for each in replacements}}.values())


def hub() -> tuple[Made, ...]:
    """Return a second VPC that reaches the internet by itself."""
    return (
        made("ec2/vpc:Vpc", "hub", cidrBlock="10.9.0.0/16"),
        made("ec2/internetGateway:InternetGateway", "hub-igw", vpcId=ref("hub")),
        made("ec2/subnet:Subnet", "hub-public", vpcId=ref("hub"), cidrBlock="10.9.0.0/24"),
        made("ec2/routeTable:RouteTable", "hub-table", vpcId=ref("hub")),
        _route("hub-route", "hub-table", gatewayId=ref("hub-igw")),
        _association("hub-association", "hub-table", "hub-public"),
        made("ec2/natGateway:NatGateway", "hub-nat", subnetId=ref("hub-public"), allocationId="eipalloc-1"),
    )


def _route(name: str, table: str, **target: Written) -> Made:
    return made("ec2/route:Route", name, routeTableId=ref(table), destinationCidrBlock=ALL_IPV4, **target)


def _association(name: str, table: str, subnet: str) -> Made:
    return made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        name,
        routeTableId=ref(table),
        subnetId=ref(subnet),
    )
