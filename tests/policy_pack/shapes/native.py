"""Rows whose verdict turns on what aws-native means by leaving something out, or on a type only it has."""

from dataclasses import replace
from typing import Final

from tests.policy_pack.native_networks import (
    native_acl_association,
    native_endpoint,
    native_outbound_rule,
    native_rule,
    right_native_network,
    right_private_native_network,
)
from tests.policy_pack.networks import INTERFACE_SERVICES, changed, entry, right_network
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import Made, Written, made, native, ref
from tests.policy_pack.verdicts import (
    ACL,
    ATTACHED,
    DNS,
    MISSING,
    OUTBOUND,
    PRIVATE_DNS,
    REFUSES,
    SILENT,
    advice,
    violation,
)

NATIVE: Final = right_native_network()
PRIVATE: Final = right_private_native_network()
_HTTPS: Final[dict[str, Written]] = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
_DATABASE: Final[dict[str, Written]] = {"ipProtocol": "6", "fromPort": 5432, "toPort": 5432}
# What AWS CDK writes where nothing may leave.
_NOTHING: Final[Written] = {
    "ipProtocol": "icmp",
    "fromPort": 252,
    "toPort": 86,
    "cidrIp": "255.255.255.255/32",
}


def _group(**inputs: Written) -> Made:
    return native("ec2:SecurityGroup", "group", groupDescription="group", vpcId=ref("vpc"), **inputs)


def _own(name: str, **inputs: Written) -> Made:
    return native_rule(name, sourceSecurityGroupId=ref("group"), **inputs)


def _from_older_release(stack: tuple[Made, ...]) -> tuple[Made, ...]:
    """Return a stack whose group's rules are resources of pulumi-aws, which knows the group by its `id`."""
    rule = made(
        "ec2/securityGroupRule:SecurityGroupRule",
        "self",
        type="ingress",
        protocol="-1",
        fromPort=0,
        toPort=0,
        securityGroupId=ref("group"),
        sourceSecurityGroupId=ref("group", "groupId"),
    )
    return changed(stack, rule)


def _in_awsx(stack: tuple[Made, ...]) -> tuple[Made, ...]:
    """Return a stack whose VPC, subnets and tables are children of the component `awsx:ec2:Vpc`."""
    parents = {
        "ec2/vpc:Vpc": "awsx:ec2:Vpc$",
        "ec2/subnet:Subnet": "awsx:ec2:Vpc$aws:ec2/vpc:Vpc$",
        "ec2/routeTable:RouteTable": "awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet$",
    }
    component = Made("awsx:ec2:Vpc", "component", {"natGateways": {"strategy": "Single"}})
    return (
        component,
        *(replace(each, parents=parents.get(each.type.removeprefix("aws:"), "")) for each in stack),
    )


ROWS: Final[tuple[Row, ...]] = (
    Row(number=2, sentence="a native rule whose source is its own group", stack=NATIVE, verdict=SILENT),
    Row(
        number=2,
        sentence="a rule of pulumi-aws from and to a native group, by either of its outputs",
        stack=_from_older_release(NATIVE),
        verdict=SILENT,
    ),
    Row(
        number=6,
        sentence="two native rules for the two ports",
        stack=changed(NATIVE, _own("self", **_HTTPS), _own("database", **_DATABASE)),
        verdict=SILENT,
    ),
    Row(number=26, sentence="a native group without egress", stack=NATIVE, verdict=SILENT),
    Row(
        number=26,
        sentence="a native group without egress, with private routing",
        stack=PRIVATE,
        verdict=SILENT,
    ),
    Row(
        number=27,
        sentence="a native group with one narrow egress entry",
        stack=changed(NATIVE, _group(securityGroupEgress=[{**_HTTPS, "cidrIp": "0.0.0.0/0"}])),
        verdict=violation(OUTBOUND, "group"),
    ),
    Row(
        number=27,
        sentence="a native group with the entry of the CDK that lets nothing out",
        stack=changed(NATIVE, _group(securityGroupEgress=[_NOTHING])),
        verdict=violation(OUTBOUND, "group"),
    ),
    Row(
        number=28,
        sentence="a native group without egress, and a narrow rule resource",
        stack=changed(NATIVE, native_outbound_rule("narrow", **_HTTPS)),
        verdict=advice(OUTBOUND, "group"),
    ),
    Row(
        number=28,
        sentence="a native group without egress, and a rule resource that lets all out",
        stack=changed(NATIVE, native_outbound_rule("all")),
        verdict=SILENT,
    ),
    Row(
        number=30,
        sentence="a native group that lets all IPv4 and all IPv6 out",
        stack=changed(
            NATIVE,
            _group(
                securityGroupEgress=[
                    {"ipProtocol": "-1", "cidrIp": "0.0.0.0/0"},
                    {"ipProtocol": "-1", "cidrIpv6": "::/0"},
                ]
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=75,
        sentence="a native VpcGatewayAttachment on an internet gateway of pulumi-aws",
        stack=changed(
            right_network(),
            made("ec2/internetGateway:InternetGateway", "igw"),
            native("ec2:VpcGatewayAttachment", "attached", vpcId=ref("vpc"), internetGatewayId=ref("igw")),
        ),
        verdict=SILENT,
    ),
    Row(
        number=75,
        sentence="a VPN gateway is attached by the same native type",
        stack=(
            *NATIVE,
            native("ec2:VpcGatewayAttachment", "vpn", vpcId=ref("vpc"), vpnGatewayId="vgw-0123456789"),
        ),
        verdict=SILENT,
    ),
    Row(
        number=135,
        sentence="an ACL that denies, by native associations",
        stack=changed(NATIVE, entry("in", 100, egress=False, ruleAction="deny")),
        verdict=violation(ACL, "acl"),
    ),
    Row(
        number=135,
        sentence="an ACL of pulumi-aws that denies, by a native association alone",
        stack=changed(
            NATIVE,
            made("ec2/networkAcl:NetworkAcl", "acl", vpcId=ref("vpc")),
            native_acl_association("acl-a", "a"),
            entry("out", 100, egress=True, ruleAction="deny"),
            without=("acl-b",),
        ),
        verdict=violation(ACL, "acl"),
    ),
    Row(
        number=92,
        sentence="a native interface endpoint whose type is left out",
        stack=changed(PRIVATE, native_endpoint("sqs")),
        verdict=violation(ATTACHED, "sqs"),
    ),
    Row(
        number=90,
        sentence="a native S3 endpoint whose type is left out",
        stack=changed(PRIVATE, native_endpoint("s3", routeTableIds=[ref("private-table")])),
        verdict=SILENT,
    ),
    Row(
        number=96,
        sentence="a native interface endpoint whose private DNS is left out",
        stack=changed(
            PRIVATE,
            native_endpoint(
                "sqs",
                vpcEndpointType="Interface",
                subnetIds=[ref("a"), ref("b")],
                securityGroupIds=[ref("group")],
            ),
        ),
        verdict=violation(PRIVATE_DNS, "sqs"),
    ),
    Row(
        number=104,
        sentence="a native interface endpoint without a group has the VPC's default one",
        stack=changed(
            PRIVATE,
            native_endpoint(
                "sqs",
                vpcEndpointType="Interface",
                privateDnsEnabled=True,
                subnetIds=[ref("a"), ref("b")],
            ),
        ),
        verdict=violation(REFUSES, "sqs"),
    ),
    Row(
        number=104,
        sentence="the same, where the environment carries the default group, by the native output",
        stack=changed(
            PRIVATE,
            *(
                native_endpoint(
                    service,
                    vpcEndpointType="Interface",
                    privateDnsEnabled=True,
                    subnetIds=[ref("a"), ref("b")],
                )
                for service in INTERFACE_SERVICES
            ),
            native(
                "mwaa:Environment",
                "env",
                networkConfiguration={
                    "subnetIds": [ref("a"), ref("b")],
                    "securityGroupIds": [ref("vpc", "defaultSecurityGroup")],
                },
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=144,
        sentence="a native VPC whose DNS hostnames are left out, with private routing",
        stack=changed(PRIVATE, native("ec2:Vpc", "vpc", cidrBlock="10.0.0.0/16")),
        verdict=violation(DNS, "vpc"),
    ),
    Row(
        number=144,
        sentence="a native VPC whose DNS hostnames are left out, with public routing",
        stack=changed(NATIVE, native("ec2:Vpc", "vpc", cidrBlock="10.0.0.0/16")),
        verdict=advice(DNS, "vpc"),
    ),
    Row(
        number=93,
        sentence="a native S3 endpoint on no table",
        stack=changed(PRIVATE, native_endpoint("s3")),
        verdict=violation(ATTACHED, "s3"),
    ),
    Row(
        number=81,
        sentence="a native network with private routing and no endpoint for SQS",
        stack=changed(PRIVATE, without=("sqs",)),
        verdict=violation(MISSING, "vpc"),
    ),
    Row(
        number=122,
        sentence="native subnets without an ACL of their own",
        stack=changed(NATIVE, without=("acl", "acl-a", "acl-b", "in", "out")),
        verdict=SILENT,
    ),
    Row(
        number=44,
        sentence="children of the component of awsx, whose URNs tell their parents",
        stack=_in_awsx(right_network()),
        verdict=SILENT,
    ),
    Row(
        number=52,
        sentence="children of the component of awsx, one of which is public: it has its own name",
        stack=_in_awsx(
            changed(
                right_network(),
                made(
                    "ec2/routeTableAssociation:RouteTableAssociation",
                    "association-a",
                    routeTableId=ref("public-table"),
                    subnetId=ref("a"),
                ),
            )
        ),
        verdict=violation("subnet-routes-to-internet-gateway", "a"),
    ),
)
