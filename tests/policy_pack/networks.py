"""Small networks for tests: a right one, and what to change in it."""

from collections.abc import Iterable

from tests.policy_pack.stacks import Made, Written, made, ref

ALL_IPV4 = "0.0.0.0/0"


def right_network() -> tuple[Made, ...]:
    """Return a network with public routing as the guide has it, and its environment."""
    return (
        made("ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16", enableDnsHostnames=True),
        made("ec2/internetGateway:InternetGateway", "igw", vpcId=ref("vpc")),
        made("ec2/subnet:Subnet", "public", vpcId=ref("vpc"), cidrBlock="10.0.9.0/24"),
        made("ec2/routeTable:RouteTable", "public-table", vpcId=ref("vpc")),
        _route("public-route", "public-table", gatewayId=ref("igw")),
        _association("public-association", "public-table", "public"),
        made("ec2/eip:Eip", "address", domain="vpc"),
        made("ec2/natGateway:NatGateway", "nat", subnetId=ref("public"), allocationId=ref("address")),
        made("ec2/subnet:Subnet", "a", vpcId=ref("vpc"), cidrBlock="10.0.0.0/24"),
        made("ec2/subnet:Subnet", "b", vpcId=ref("vpc"), cidrBlock="10.0.1.0/24"),
        made("ec2/routeTable:RouteTable", "private-table", vpcId=ref("vpc")),
        _route("private-route", "private-table", natGatewayId=ref("nat")),
        _association("association-a", "private-table", "a"),
        _association("association-b", "private-table", "b"),
        made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc"), subnetIds=[ref("a"), ref("b")]),
        entry("in", 100, egress=False),
        entry("out", 100, egress=True),
        made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc")),
        made(
            "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "self",
            securityGroupId=ref("group"),
            referencedSecurityGroupId=ref("group"),
            ipProtocol="-1",
        ),
        environment(["a", "b"], ["group"]),
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


def _route(name: str, table: str, **target: Written) -> Made:
    return made("ec2/route:Route", name, routeTableId=ref(table), destinationCidrBlock=ALL_IPV4, **target)


def _association(name: str, table: str, subnet: str) -> Made:
    return made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        name,
        routeTableId=ref(table),
        subnetId=ref(subnet),
    )
