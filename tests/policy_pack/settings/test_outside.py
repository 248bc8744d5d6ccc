"""Facts about what lies outside a stack are read as if the stack looked it up."""

from collections.abc import Mapping
from typing import Final

import pytest

from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.messages import question_texts
from mwaa_guardrails.reading.resource import Resource, Value
from mwaa_guardrails.settings import parse_settings
from tests.policy_pack.networks import ALL_IPV4
from tests.policy_pack.stacks import EXACT, Made, Rendering, made, ref, render
from tests.policy_pack.verdicts import (
    ACL,
    OUTBOUND,
    PUBLIC,
    SELF,
    SHARED_ZONE,
    SILENT,
    Verdict,
    undetermined,
    verdict,
    violation,
)

ALL_RULE: Final = {"protocol": "-1", "fromPort": 0, "toPort": 0}
ALL_ENTRY: Final = {"ruleNo": 100, "action": "allow", "cidrBlock": ALL_IPV4, **ALL_RULE}
TABLE: Final = {"vpcId": "vpc-1", "routes": [{"cidrBlock": ALL_IPV4, "natGatewayId": "nat-1"}]}
PUBLIC_TABLE: Final = {"vpcId": "vpc-1", "routes": [{"cidrBlock": ALL_IPV4, "gatewayId": "igw-1"}]}
OPEN_ACL: Final = {"vpcId": "vpc-1", "ingress": [ALL_ENTRY], "egress": [ALL_ENTRY]}
SHUT_ACL: Final = {"vpcId": "vpc-1", "ingress": [], "egress": []}
RIGHT_GROUP: Final = {
    "vpcId": "vpc-1",
    "ingress": [{**ALL_RULE, "self": True}],
    "egress": [{**ALL_RULE, "cidrBlocks": [ALL_IPV4]}],
}
# An environment whose subnets and group are made elsewhere.
STACK: Final = (
    made(
        "mwaa/environment:Environment",
        "env",
        networkConfiguration={"subnetIds": ["subnet-a", "subnet-b"], "securityGroupIds": ["sg-1"]},
    ),
)


def subnet(zone: str, cidr_block: str) -> dict[str, object]:
    """Return a subnet outside, as a fact."""
    return {
        "vpcId": "vpc-1",
        "availabilityZone": zone,
        "cidrBlock": cidr_block,
        "routeTableId": "rtb-1",
        "networkAclId": "acl-1",
    }


RIGHT: Final = {
    "subnets": {
        "subnet-a": subnet("eu-west-1a", "10.0.0.0/24"),
        "subnet-b": subnet("eu-west-1b", "10.0.1.0/24"),
    },
    "security_groups": {"sg-1": RIGHT_GROUP},
    "route_tables": {"rtb-1": TABLE},
    "network_acls": {"acl-1": OPEN_ACL},
}
ONE_ZONE: Final = {
    "subnets": {
        "subnet-a": subnet("eu-west-1a", "10.0.0.0/24"),
        "subnet-b": subnet("eu-west-1a", "10.0.1.0/24"),
    }
}

VERDICTS: Final[dict[str, tuple[tuple[Made, ...], dict[str, object], Verdict]]] = {
    "nothing is stated": (STACK, {}, SILENT),
    "all is right": (STACK, RIGHT, SILENT),
    "both subnets lie in one zone": (STACK, {**RIGHT, **ONE_ZONE}, violation(SHARED_ZONE, "subnet-a")),
    "their table leads to an internet gateway": (
        STACK,
        {**RIGHT, "route_tables": {"rtb-1": PUBLIC_TABLE}},
        violation(PUBLIC, "subnet-a", "subnet-b"),
    ),
    "their network ACL lets nothing through": (
        STACK,
        {**RIGHT, "network_acls": {"acl-1": SHUT_ACL}},
        violation(ACL, "acl-1"),
    ),
    "the group has no inbound rule": (
        STACK,
        {**RIGHT, "security_groups": {"sg-1": {**RIGHT_GROUP, "ingress": []}}},
        violation(SELF, "sg-1"),
    ),
    "the group's inbound rules are not stated": (
        STACK,
        {**RIGHT, "security_groups": {"sg-1": {"vpcId": "vpc-1", "egress": RIGHT_GROUP["egress"]}}},
        undetermined("sg-1", "ingress"),
    ),
    "a rule of the stack lets in what the group outside does not": (
        (
            *STACK,
            made(
                "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                "self",
                securityGroupId="sg-1",
                referencedSecurityGroupId="sg-1",
                ipProtocol="-1",
            ),
        ),
        {**RIGHT, "security_groups": {"sg-1": {**RIGHT_GROUP, "ingress": []}}},
        SILENT,
    ),
    "the stack associates a subnet outside with a table of its own": (
        (
            *STACK,
            made(
                "ec2/routeTable:RouteTable",
                "own-table",
                vpcId="vpc-1",
                routes=[{"cidrBlock": ALL_IPV4, "natGatewayId": "nat-1"}],
            ),
            made(
                "ec2/routeTableAssociation:RouteTableAssociation",
                "own-association",
                subnetId="subnet-a",
                routeTableId=ref("own-table"),
            ),
        ),
        {**RIGHT, "route_tables": {"rtb-1": PUBLIC_TABLE}},
        violation(PUBLIC, "subnet-b"),
    ),
}


@pytest.mark.parametrize(("stack", "outside", "expected"), VERDICTS.values(), ids=VERDICTS.keys())
def test_an_environment_is_judged_by_what_is_stated_of_its_parts(
    stack: tuple[Made, ...], outside: dict[str, object], expected: Verdict
) -> None:
    """A fact that is not stated is asked for, and never assumed."""
    settings = parse_settings({"outside": outside}, "a file")
    for rendering in EXACT:
        assert verdict(render(stack, rendering), settings) == expected


def test_what_a_fact_leaves_out_is_said_to_be_a_matter_of_the_settings() -> None:
    """Whoever reads the question knows where the answer belongs."""
    group = {"vpcId": "vpc-1", "egress": RIGHT_GROUP["egress"]}
    settings = parse_settings({"outside": {**RIGHT, "security_groups": {"sg-1": group}}}, "a file")
    ((_, text),) = question_texts(evaluate(render(STACK, Rendering.DEPLOYED), settings).undetermined)
    assert text.splitlines()[0] == (
        'undetermined: ingress of security group "sg-1": it lies outside this stack, and the settings do not '
        "state it."
    )


def test_the_stacks_own_resource_is_taken_at_its_word() -> None:
    """What is stated of the same id outside is out of date."""
    own = Resource(
        urn="urn:pulumi:dev::test::aws:ec2/securityGroup:SecurityGroup::own",
        type="aws:ec2/securityGroup:SecurityGroup",
        name="own",
        inputs={"vpcId": "vpc-1"},
        outputs={"id": "sg-1", "vpcId": "vpc-1", "ingress": (), "egress": ()},
    )
    settings = parse_settings({"outside": RIGHT}, "a file")
    stack = (*render(STACK, Rendering.DEPLOYED), own)
    assert verdict(stack, settings) == violation(SELF, "own") | violation(OUTBOUND, "own")


@pytest.mark.parametrize(
    ("sentence", "type_", "outputs"),
    [
        ("a role of that name", "aws:iam/role:Role", {"id": "sg-1"}),
        ("an output of the program", "pulumi:pulumi:Stack", {"id": "sg-1"}),
        ("an output that is a mapping", "pulumi:pulumi:Stack", {"id": {"a": "sg-1"}}),
        ("an output that is a list", "pulumi:pulumi:Stack", {"subnetId": ({"a": "sg-1"},)}),
        (
            "an association of what is no text",
            "aws:ec2/routeTableAssociation:RouteTableAssociation",
            {"id": "rtbassoc-1", "subnetId": ({"a": "subnet-a"},)},
        ),
        ("a subnet of that id", "aws:ec2/subnet:Subnet", {"id": "sg-1", "vpcId": "vpc-1"}),
    ],
)
def test_what_is_of_another_kind_takes_nothing_away_from_a_fact(
    sentence: str, type_: str, outputs: Mapping[str, Value]
) -> None:
    """A project may give anything any id, and loosens nothing by it."""
    other = Resource(urn=f"urn:pulumi:dev::test::{type_}::other", type=type_, name="other", outputs=outputs)
    settings = parse_settings(
        {"outside": {**RIGHT, "security_groups": {"sg-1": {"vpcId": "vpc-1", "ingress": [], "egress": []}}}},
        "a file",
    )
    stated = violation(SELF, "sg-1") | violation(OUTBOUND, "sg-1")
    assert verdict(render(STACK, Rendering.DEPLOYED), settings) == stated
    assert stated <= verdict((*render(STACK, Rendering.DEPLOYED), other), settings), sentence
