"""Rows 148 to 155: what else a stack holds, and what only looks like a part of a network."""

from dataclasses import replace
from typing import Final

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.native_networks import native_rule, right_native_network
from tests.policy_pack.networks import (
    changed,
    endpoint,
    entry,
    environment,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import Made, Written, made, native, ref
from tests.policy_pack.verdicts import MISSING, PUBLIC, SELF, SILENT, undetermined, violation

RIGHT: Final = right_network()
PRIVATE: Final = right_private_network()
NATIVE: Final = right_native_network()
_TAGS: Final[dict[str, Written]] = {"mwaa:environment": "airflow", "mwaa:routing": "public"}
_TAG_LIST: Final[list[Written]] = [
    {"key": "mwaa:environment", "value": "airflow"},
    {"key": "mwaa:routing", "value": "public"},
]


def _literal_environment() -> Made:
    network: dict[str, Written] = {
        "subnetIds": ["subnet-0a", "subnet-0b"],
        "securityGroupIds": ["sg-0123456789"],
    }
    return made("mwaa/environment:Environment", "env", networkConfiguration=network)


def _of_provider(stack: tuple[Made, ...], name: str, region: str, *, zones: bool) -> tuple[Made, ...]:
    """Return a stack that one explicit provider makes, its zones and endpoints in the provider's Region."""

    def moved(value: Written) -> Written:
        return value.replace("eu-west-1", region) if isinstance(value, str) and zones else value

    provider = Made("pulumi:providers:aws", name, {"region": region})
    return (
        provider,
        *(
            replace(each, provider=name, inputs={key: moved(value) for key, value in each.inputs.items()})
            for each in stack
        ),
    )


def _cloud_control(name: str, type_: str, state: Written) -> Made:
    return made("cloudcontrol/resource:Resource", name, typeName=type_, desiredState=state)


def _template(**parameters: Written) -> Made:
    return made("cloudformation/stack:Stack", "template", templateBody="{}", parameters=parameters)


_OUT: Final[list[Written]] = [
    {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"], "self": False}
]
# The engine shows what a program looks up to `pulumi policy analyze` alone.
_LOOKED_UP: Final = (
    *(replace(each, looked_up=True) for each in RIGHT if each.name in {"vpc", "a", "b"}),
    *(each for each in RIGHT if each.name in {"group", "self", "outbound", "env"}),
)
ROWS: Final[tuple[Row, ...]] = (
    Row(
        number=148,
        sentence="no environment, however wrong the network",
        stack=changed(RIGHT, without=("env", "self", "in")),
        verdict=SILENT,
    ),
    Row(
        number=148,
        sentence="nothing at all",
        stack=(),
        verdict=SILENT,
    ),
    Row(
        number=148,
        sentence="a network in aws-native without an environment",
        stack=changed(NATIVE, without=("env", "self", "in")),
        verdict=SILENT,
    ),
    Row(
        number=149,
        sentence="the network's own stack, where nothing says what an environment will get",
        stack=changed(RIGHT, without=("env", "self")),
        verdict=SILENT,
    ),
    Row(
        number=149,
        sentence="the network's own stack, whose tags declare what an environment will get",
        stack=changed(
            RIGHT,
            made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"), tags=_TAGS),
            without=("env", "self"),
        ),
        verdict=violation(SELF, "group"),
    ),
    Row(
        number=149,
        sentence="the same in aws-native, whose tags are a list",
        stack=changed(
            NATIVE,
            native("ec2:SecurityGroup", "group", groupDescription="group", vpcId=ref("vpc"), tags=_TAG_LIST),
            without=("env", "self"),
        ),
        verdict=violation(SELF, "group"),
    ),
    Row(
        number=149,
        sentence="a native group, one of whose tags has a key that is not known yet",
        stack=changed(
            NATIVE,
            native(
                "ec2:SecurityGroup",
                "group",
                groupDescription="group",
                vpcId=ref("vpc"),
                tags=[{"key": Opaque.COMPUTED, "value": "airflow"}, Opaque.COMPUTED],
            ),
            without=("env", "self"),
        ),
        verdict=SILENT,
    ),
    Row(
        number=149,
        sentence="the environment's own stack, which names the network by ids",
        stack=(_literal_environment(),),
        verdict=SILENT,
    ),
    Row(
        number=150,
        sentence="a workflow of MWAA Serverless has no environment",
        stack=(
            *changed(RIGHT, without=("env", "self")),
            Made(
                "aws-native:mwaaserverless:Workflow",
                "workflow",
                {"networkConfiguration": {"securityGroupIds": [ref("group")], "subnetIds": [ref("a")]}},
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=150,
        sentence="the same by Cloud Control",
        stack=(
            *changed(RIGHT, without=("env", "self")),
            _cloud_control("workflow", "AWS::MWAAServerless::Workflow", "{}"),
        ),
        verdict=SILENT,
    ),
    Row(
        number=151,
        sentence="defaults that the engine lists, secrets, and a value computed from others",
        stack=changed(
            RIGHT,
            replace(
                environment(["a", "b"], ["group"]),
                inputs={
                    **environment(["a", "b"], ["group"]).inputs,
                    "__defaults": ["name"],
                    "airflowConfigurationOptions": Opaque.SECRET,
                    "kmsKey": Opaque.COMPUTED,
                },
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=151,
        sentence="a secret that hides what decides",
        stack=changed(RIGHT, entry("in", 100, egress=False, cidrBlock=Opaque.SECRET)),
        verdict=undetermined("in", "cidrBlock"),
        lists=undetermined("acl", "subnetIds"),
    ),
    Row(
        number=152,
        sentence="a VPC whose block a pool gives",
        stack=changed(
            RIGHT,
            made(
                "ec2/vpc:Vpc",
                "vpc",
                ipv4IpamPoolId="ipam-pool-1",
                ipv4NetmaskLength=16,
                enableDnsHostnames=True,
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=152,
        sentence="the same with private routing, whose subnets get their blocks from the pool as well",
        stack=changed(
            PRIVATE,
            made("ec2/vpc:Vpc", "vpc", ipv4IpamPoolId="ipam-pool-1", enableDnsHostnames=True),
            *(
                made("ec2/subnet:Subnet", name, vpcId=ref("vpc"), availabilityZone=f"eu-west-1{name}")
                for name in ("a", "b")
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=152,
        sentence="subnets in a secondary block",
        stack=changed(
            RIGHT,
            made(
                "ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
                "more",
                vpcId=ref("vpc"),
                cidrBlock="100.64.0.0/16",
            ),
            made(
                "ec2/subnet:Subnet",
                "a",
                vpcId=ref("more", "vpcId"),
                cidrBlock="100.64.0.0/24",
                availabilityZone="eu-west-1a",
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=153,
        sentence="pulumi-aws makes the environment and a rule, aws-native its network and the group",
        stack=changed(
            NATIVE,
            environment(["a", "b"], ["group"]),
            made(
                "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                "self",
                securityGroupId=ref("group"),
                referencedSecurityGroupId=ref("group"),
                ipProtocol="-1",
            ),
        ),
        verdict=SILENT,
    ),
    Row(
        number=153,
        sentence="a native route of a table of pulumi-aws to its internet gateway",
        stack=changed(
            RIGHT,
            native(
                "ec2:Route",
                "private-route",
                routeTableId=ref("private-table"),
                destinationCidrBlock="0.0.0.0/0",
                gatewayId=ref("igw"),
            ),
        ),
        verdict=violation(PUBLIC, "a", "b"),
    ),
    Row(
        number=153,
        sentence="a native rule lets in another group, which pulumi-aws makes",
        stack=changed(
            RIGHT,
            made("ec2/securityGroup:SecurityGroup", "other", vpcId=ref("vpc")),
            native_rule("self", sourceSecurityGroupId=ref("other")),
        ),
        verdict=violation(SELF, "group"),
    ),
    Row(
        number=154,
        sentence="two Regions, one network in each by a provider of its own",
        stack=_of_provider(PRIVATE, "west", "us-west-2", zones=True),
        verdict=SILENT,
    ),
    Row(
        number=154,
        sentence="the endpoint of S3 in another Region than the provider's",
        stack=_of_provider(
            changed(
                PRIVATE,
                replace(
                    endpoint(
                        "s3",
                        serviceName="com.amazonaws.us-east-1.s3",
                        routeTableIds=[ref("private-table")],
                    ),
                    name="elsewhere",
                ),
                without=("s3",),
            ),
            "west",
            "us-west-2",
            zones=True,
        ),
        verdict=violation(MISSING, "vpc"),
    ),
    Row(
        number=121,
        sentence="China, where what precedes the Region differs from service to service",
        stack=_of_provider(
            changed(
                PRIVATE,
                interface_endpoint("sqs", serviceName="cn.com.amazonaws.cn-north-1.sqs"),
                interface_endpoint("kms", serviceName="cn.com.amazonaws.cn-north-1.kms"),
            ),
            "china",
            "cn-north-1",
            zones=True,
        ),
        verdict=SILENT,
    ),
    Row(
        number=80,
        sentence="subnets that are only looked up, of a VPC that is looked up as well",
        stack=_LOOKED_UP,
        verdict=SILENT,
    ),
    Row(
        number=80,
        sentence="a group that is only looked up lets nothing in: what is read of it is the truth",
        stack=changed(
            _LOOKED_UP[:3],
            environment(["a", "b"], ["group"]),
            replace(
                made("ec2/securityGroup:SecurityGroup", "group", vpcId=ref("vpc"), ingress=[], egress=_OUT),
                looked_up=True,
            ),
        ),
        verdict=violation(SELF, "group"),
        preview=SILENT,
    ),
    Row(
        number=123,
        sentence="an empty ACL of aws-native, which a template may fill",
        stack=(*changed(NATIVE, without=("in", "out")), _template()),
        verdict=undetermined("acl", ""),
    ),
    Row(
        number=123,
        sentence="an empty ACL of pulumi-aws whose id a template takes",
        stack=(*changed(RIGHT, without=("in", "out")), _template(Acl=ref("acl"))),
        verdict=undetermined("acl", ""),
        lists=undetermined("acl", "subnetIds"),
    ),
)
