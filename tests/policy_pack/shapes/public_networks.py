"""Networks that people publish, rewritten as Pulumi stacks: what each teaches, and where it is found.

A row keeps of its repository what the trap is about; the rest is as the guide has it. The number is that of
the survey's row which the trap belongs to.
"""

import json
from dataclasses import replace
from typing import Final

from tests.policy_pack.networks import (
    ALL_IPV4,
    INTERFACE_SERVICES,
    changed,
    endpoint,
    entry,
    environment,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.shapes.subnets import route, table, tie
from tests.policy_pack.stacks import Made, Written, made, native, ref
from tests.policy_pack.verdicts import (
    ACL,
    ATTACHED,
    CONTESTED,
    COUNT,
    DNS_TWICE,
    NAT,
    OUTBOUND,
    REFUSES,
    S3_POLICY,
    SELF,
    SILENT,
    UNUSABLE_ZONE,
    Verdict,
    advice,
    undetermined,
    violation,
)

OVER_NAT: Final = right_network()
PRIVATE: Final = right_private_network()

ALL: Final[dict[str, Written]] = {"protocol": "-1", "fromPort": 0, "toPort": 0}
_ALL_OUT: Final[list[Written]] = [{**ALL, "cidrBlocks": [ALL_IPV4]}]
_OPEN_LIST: Final = undetermined("env", "networkConfiguration.subnetIds")
_BUCKET: Final = "arn:aws:s3:::dags"
_LISTS: Final = ("subnetIds", "securityGroupIds")


def _row(
    number: int,
    sentence: str,
    stack: tuple[Made, ...],
    verdict: Verdict = SILENT,
    lists: Verdict | None = None,
) -> Row:
    """Return a row; only with private routing does it matter where endpoints are."""
    attached = {"s3", *INTERFACE_SERVICES} <= {each.name for each in stack}
    return Row(number=number, sentence=sentence, stack=stack, verdict=verdict, lists=lists, attached=attached)


def _group(label: str = "group", /, **inputs: Written) -> Made:
    return made("ec2/securityGroup:SecurityGroup", label, vpcId=ref("vpc"), **inputs)


def _older(name: str, **inputs: Written) -> Made:
    given: dict[str, Written] = {"securityGroupId": ref("group"), "type": "ingress", **ALL, **inputs}
    return made("ec2/securityGroupRule:SecurityGroupRule", name, **given)


def _inline(*ingress: Written, over: tuple[Made, ...] = OVER_NAT, **inputs: Written) -> tuple[Made, ...]:
    """Return a network whose group has all its rules inline: these inbound, and everything out."""
    group = _group(**{"ingress": list(ingress), "egress": _ALL_OUT, **inputs})
    return changed(over, group, without=("self", "outbound"))


def _env(subnets: Written = None, groups: Written = None, **inputs: Written) -> Made:
    network: dict[str, Written] = {
        "subnetIds": [ref("a"), ref("b")] if subnets is None else subnets,
        "securityGroupIds": [ref("group")] if groups is None else groups,
    }
    return made("mwaa/environment:Environment", "env", networkConfiguration=network, **inputs)


def _by_id(*more: Made, **inputs: Written) -> tuple[Made, ...]:
    """Return an environment in a VPC by id, with a group of its own."""
    given = changed(OVER_NAT, without=_OF_VPC)
    group = made("ec2/securityGroup:SecurityGroup", "group", vpcId="vpc-0123456789", **inputs)
    return changed(given, group, _env(subnets=["subnet-0a", "subnet-0b"]), *more)


_OF_VPC: Final = tuple(
    each.name for each in OVER_NAT if each.name not in ("group", "self", "outbound", "env")
)


def _s3(*resources: str) -> tuple[Made, ...]:
    """Return a private network whose S3 endpoint lets objects with these ARNs be got."""
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{**statement, "Resource": list(resources)}]})
    s3 = endpoint("s3", vpcEndpointType="Gateway", routeTableIds=[ref("private-table")], policy=policy)
    return changed(PRIVATE, s3, _env(sourceBucketArn=_BUCKET))


def _apart(stack: tuple[Made, ...]) -> tuple[Made, ...]:
    """Return a network under other names, so that two of one kind can stand in a stack."""

    def led(value: Written) -> Written:
        if isinstance(value, list):
            return [led(item) for item in value]
        if isinstance(value, dict):
            return {key: led(item) for key, item in value.items()}
        return ref(f"other-{value.name}", value.output) if isinstance(value, type(ref(""))) else value

    return tuple(
        replace(
            each, name=f"other-{each.name}", inputs={key: led(value) for key, value in each.inputs.items()}
        )
        for each in stack
    )


_ITSELF: Final[dict[str, Written]] = {**ALL, "self": True}
_FROM_VPC: Final[dict[str, Written]] = {**ALL, "cidrBlocks": ["10.0.0.0/16"]}
_FROM_WORLD: Final[dict[str, Written]] = {**ALL, "cidrBlocks": [ALL_IPV4]}
_HTTPS: Final[dict[str, Written]] = {"protocol": "tcp", "fromPort": 443, "toPort": 443}
_NO_SELF: Final = violation(SELF, "group")
_MAIN: Final = made(
    "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    "main",
    vpcId=ref("vpc"),
    routeTableId=ref("public-table"),
)
_ATTACHED: Final = (
    made("ec2/internetGateway:InternetGateway", "igw"),
    made(
        "ec2/internetGatewayAttachment:InternetGatewayAttachment",
        "attachment",
        vpcId=ref("vpc"),
        internetGatewayId=ref("igw"),
    ),
)
_THIRD: Final = (
    made("ec2/subnet:Subnet", "c", vpcId=ref("vpc"), cidrBlock="10.0.2.0/24", availabilityZone="eu-west-1c"),
    tie("association-c", "private-table", "c"),
)
_OWN_GROUP: Final = _group("endpoints", ingress=[{**_HTTPS, "securityGroups": [ref("group")]}])
_TWO_TABLES: Final = (table("other-table"), tie("association-b", "other-table", "b"))

_PULUMI: Final = (
    _row(
        1,
        "ministryofjustice/data-engineering-airflow: protocol all with ports; a transit gateway beside NAT",
        changed(
            OVER_NAT,
            _older("self", protocol="all", toPort=65535, sourceSecurityGroupId=ref("group")),
            route(
                "hub",
                ref("private-table"),
                destinationCidrBlock="10.40.0.0/16",
                transitGatewayId="tgw-0123456789",
            ),
        ),
    ),
    _row(
        10,
        "cape-ph/cape-cod: the subnets' blocks in place of the group, and one airflow endpoint over NAT",
        (
            *_inline({**ALL, "cidrBlocks": ["10.0.0.0/24", "10.0.1.0/24"]}),
            endpoint("airflow.env", vpcEndpointType="Interface", subnetIds=[ref("a")]),
        ),
        _NO_SELF,
    ),
    _row(
        55,
        "astronomer/starship: the main table is public, the private subnets have their own",
        changed(OVER_NAT, _MAIN, *_ATTACHED),
    ),
    _row(
        19,
        "plantonhq/planton: the groups it makes and those it is given",
        changed(OVER_NAT, _env(groups=[ref("group"), "sg-0123456789"]), without=("self", "outbound")),
        SILENT,
        lists=undetermined("env", "networkConfiguration.securityGroupIds"),
    ),
)

_TERRAFORM: Final = (
    _row(
        79,
        "aws-ia, DNXLabs, sbpdvb, Infrastrukturait, data-platform-hq: a group made, the VPC by id",
        _by_id(),
    ),
    _row(64, "aws-ia/terraform-aws-mwaa, its example: one NAT gateway for both subnets", OVER_NAT),
    _row(
        41,
        "idealo/terraform-aws-mwaa: the group named no-ingress has the rule, and ::/0 stands beside",
        _inline(
            _ITSELF,
            egress=[*_ALL_OUT, {**ALL, "ipv6CidrBlocks": ["::/0"]}],
            name="no-ingress",
        ),
    ),
    _row(
        5,
        "cloudposse, edkeeble: rules from loops, one of them with empty lists",
        _inline({**ALL, "cidrBlocks": [], "securityGroups": [], "self": False}, _ITSELF),
    ),
    _row(
        25,
        "LBHackney-IT/Data-Platform: the first version had no outbound rule, and failed to be created",
        changed(OVER_NAT, _older("self", self=True), without=("outbound",)),
        violation(OUTBOUND, "group"),
    ),
    _row(
        36,
        "EmoryBHC, AleTavares: inline rules and rule resources on one group",
        changed(_inline(_ITSELF), _older("https", **_HTTPS, cidrBlocks=["10.0.0.0/16"])),
        advice(CONTESTED, "group"),
    ),
    _row(
        42,
        "gutozntt, NASA-IMPACT/veda-data-airflow: ids only",
        (_env(subnets=["subnet-0a", "subnet-0b"], groups=["sg-0123456789"]),),
    ),
    _row(
        73,
        "claudiobizzotto/aws-mwaa-terraform-private: private is the access mode, over NAT",
        changed(OVER_NAT, _env(webserverAccessMode="PRIVATE_ONLY")),
    ),
    _row(
        17,
        "JJBon/mwaa_sandbox: a group that nothing uses",
        changed(OVER_NAT, _group("unused", ingress=[_FROM_WORLD])),
    ),
    _row(
        12,
        "mmd-afegbua/aws-mwaa-terraform-module: a rule for the world beside the self reference",
        _inline(_ITSELF, {**_HTTPS, "cidrBlocks": [ALL_IPV4]}),
    ),
    _row(
        111,
        "leshibily/terraform-mwaa: the S3 endpoint lets starport through, and no DAGs",
        _s3("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"),
        violation(S3_POLICY, "s3"),
    ),
    _row(
        109,
        "DSkrzypiec/aws-mwaa-terraform: the placeholder of the guide's older page",
        _s3("arn:aws:s3:::prod-region-starport-layer-bucket/*", _BUCKET, f"{_BUCKET}/*"),
        violation(S3_POLICY, "s3"),
    ),
    replace(
        _row(
            93,
            "mmccarthy404/terraform-aws-mwaa-private: S3 on one of two route tables",
            changed(PRIVATE, *_TWO_TABLES),
            violation(ATTACHED, "s3"),
            # A list that depends on one table alone does not hold the other.
            lists=violation(ATTACHED, "s3").union(
                *(undetermined(each, key) for each in INTERFACE_SERVICES for key in _LISTS)
            ),
        ),
        attached=False,
    ),
    _row(
        94,
        "Martelete/aws-mwaa: S3 on the route table by a resource of its own",
        changed(
            PRIVATE,
            endpoint("s3"),
            made(
                "ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
                "s3-table",
                vpcEndpointId=ref("s3"),
                routeTableId=ref("private-table"),
            ),
        ),
    ),
    _row(
        90,
        "tmissao/airflow-aws-mwaa: S3 without a type",
        changed(PRIVATE, endpoint("s3", routeTableIds=[ref("private-table")])),
    ),
    _row(
        77,
        "haidj01/dkim-terraform-aws: two VPCs of one block, the other with nothing right in it",
        (*OVER_NAT, *_apart(changed(OVER_NAT, without=("env", "self", "in", "private-route")))),
    ),
    _row(
        50,
        "tosinakinro/luji-root-modules: zones of another Region",
        changed(
            OVER_NAT,
            *(
                made(
                    "ec2/subnet:Subnet",
                    name,
                    vpcId=ref("vpc"),
                    cidrBlock=f"10.0.{number}.0/24",
                    availabilityZone=f"us-east-1{name}",
                )
                for number, name in enumerate(("a", "b"))
            ),
        ),
        advice(UNUSABLE_ZONE, "a", "b"),
    ),
    _row(
        43,
        "kamatrajesh/mwaa1: four literal ids",
        (_env(subnets=["subnet-0a", "subnet-0b", "subnet-0c", "subnet-0d"], groups=["sg-0123456789"]),),
        violation(COUNT, "env"),
    ),
    _row(
        10,
        "ryankarlos/mwaa_example, aws-samples' mwaa-cognito-cdk: all ports from the VPC's block",
        _inline(_FROM_VPC),
        _NO_SELF,
    ),
    _row(
        6,
        "NASA-PDS/nucleus: the restricted form with ports that nobody asked for",
        _inline(
            {**_HTTPS, "self": True},
            {"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "self": True},
            {"protocol": "tcp", "fromPort": 8080, "toPort": 8080, "self": True},
        ),
    ),
    _row(
        72,
        "ministryofjustice/modernisation-platform-environments: some endpoints, their own group, NAT",
        changed(
            OVER_NAT,
            _group("endpoints"),
            interface_endpoint("sqs", securityGroupIds=[ref("endpoints")], privateDnsEnabled=False),
        ),
    ),
    _row(
        11,
        "hashicorp/terraform-provider-aws, its test of environments: the world in place of the group",
        _inline(_FROM_WORLD),
        _NO_SELF,
    ),
)

_CLOUDFORMATION: Final = (
    _row(
        82,
        "aws-samples/amazon-mwaa-examples, AWS's own private template: five endpoints, PUBLIC_ONLY",
        changed(PRIVATE, _env(webserverAccessMode="PUBLIC_ONLY", airflowVersion="2.10.3")),
    ),
    _row(
        72,
        "amazon-mwaa-examples, RDSMWAA.yaml: endpoints in public subnets, NAT",
        changed(
            OVER_NAT, *(interface_endpoint(each, subnetIds=[ref("public")]) for each in INTERFACE_SERVICES)
        ),
    ),
    _row(
        1,
        "maciejtarsa/demo-aws-mwaa: rules of two resources, protocols as numbers, PRIVATE_ONLY over NAT",
        changed(
            OVER_NAT,
            _older("self", protocol=-1, sourceSecurityGroupId=ref("group")),
            _older("https", **{**_HTTPS, "protocol": 6, "sourceSecurityGroupId": ref("group")}),
            _env(webserverAccessMode="PRIVATE_ONLY"),
        ),
    ),
    _row(
        65,
        "CatarinaSeigward/aws-mwaa-financial-data-platform: NAT in a subnet called public, without a gateway",
        changed(OVER_NAT, without=("igw", "public-route")),
        violation(NAT, "a", "b"),
    ),
    _row(
        26,
        "amazon-mwaa-automating-dag-deployment, quick starts: no outbound rule, which keeps AWS's own",
        changed(
            OVER_NAT,
            native("ec2:SecurityGroup", "group", groupDescription="the environment's", vpcId=ref("vpc")),
            native(
                "ec2:SecurityGroupIngress",
                "self",
                groupId=ref("group"),
                ipProtocol="-1",
                sourceSecurityGroupId=ref("group"),
            ),
            without=("outbound",),
        ),
    ),
)

_CDK: Final = (
    _row(
        72,
        "094459/blogpost-cdk-mwaa, aws-samples/aws-mwaa-openlineage: right over NAT, endpoints or not",
        changed(OVER_NAT, endpoint("s3"), interface_endpoint("kms", subnetIds=[ref("a")])),
    ),
    _row(
        44,
        "amazon-mwaa-examples, mwaa-with-codeartifact and blueprints: all private subnets, however many",
        changed(OVER_NAT, *_THIRD, environment(["a", "b", "c"], ["group"])),
        violation(COUNT, "env"),
        lists=_OPEN_LIST,
    ),
    _row(
        20,
        "the same: the VPC's default group, as AWS made it",
        changed(
            OVER_NAT,
            _env(groups=[ref("vpc", "defaultSecurityGroupId")]),
            without=("group", "self", "outbound"),
        ),
    ),
    _row(
        80,
        "aws-samples/cdk-amazon-mwaa-cicd: the VPC is only looked up",
        (
            *(replace(each, looked_up=True) for each in OVER_NAT if each.name in {"vpc", "a", "b"}),
            *(each for each in OVER_NAT if each.name in {"group", "self", "outbound", "env"}),
        ),
    ),
    _row(
        149,
        "amazon-mwaa-workflow-demo, Sanjay7089, mwaa-disaster-recovery: no environment in the stack",
        changed(OVER_NAT, without=("env", "self", "private-route", "in")),
    ),
    _row(
        43,
        "awslabs/aws-ddk, awslabs/idf-modules: three subnets",
        changed(OVER_NAT, _env(subnets=["subnet-0a", "subnet-0b", "subnet-0c"])),
        violation(COUNT, "env"),
    ),
    _row(
        102,
        "hupe1980/cdk-mwaa: endpoints with a group of their own",
        changed(
            PRIVATE,
            _OWN_GROUP,
            *(interface_endpoint(each, securityGroupIds=[ref("endpoints")]) for each in INTERFACE_SERVICES),
        ),
        advice(REFUSES, *INTERFACE_SERVICES),
        lists=SILENT,
    ),
    _row(
        43,
        "hupe1980/cdk-mwaa: an isolated VPC gives an empty list",
        changed(PRIVATE, _env(subnets=[]), without=("s3", *INTERFACE_SERVICES)),
        violation(COUNT, "env"),
    ),
)

_THREADS: Final = (
    _row(
        97,
        "awslabs/aws-support-tools#165: endpoints in three subnets, the environment's two among them",
        changed(
            PRIVATE,
            *_THIRD,
            *(
                interface_endpoint(each, subnetIds=[ref("a"), ref("b"), ref("c")])
                for each in INTERFACE_SERVICES
            ),
        ),
    ),
    _row(
        96,
        "aws-samples/amazon-mwaa-examples#76: a second endpoint of a service with private DNS",
        changed(PRIVATE, replace(interface_endpoint("sqs"), name="sqs-again")),
        violation(DNS_TWICE, "sqs-again"),
    ),
    _row(
        125,
        "clouddrove/terraform-aws-subnet#103: the entry that denies comes before the one that allows",
        changed(
            OVER_NAT, entry("in", 200, egress=False), entry("deny", 100, egress=False, ruleAction="deny")
        ),
        violation(ACL, "acl"),
        # The list of the ACL's subnets is the one that is unknown.
        lists=undetermined("acl", "subnetIds"),
    ),
)

ROWS: Final[tuple[Row, ...]] = (*_PULUMI, *_TERRAFORM, *_CLOUDFORMATION, *_CDK, *_THREADS)
