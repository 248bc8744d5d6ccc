"""Check and preview answer as the genuine provider does; vectors typed from its documentation."""

from typing import Any

import pytest

from local_cloud.provider.values import UNKNOWN
from tests.local_cloud.provider.conftest import Engine, RefusedByProviderError

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ENTRY = "aws:ec2/networkAclRule:NetworkAclRule"
ACL = "aws:ec2/networkAcl:NetworkAcl"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
NAT = "aws:ec2/natGateway:NatGateway"
ROUTE = "aws:ec2/route:Route"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"


@pytest.mark.parametrize(
    ("token", "inputs", "added"),
    [
        (
            VPC,
            {"cidrBlock": "10.0.0.0/16"},
            {
                "enableDnsSupport": True,
                "instanceTenancy": "default",
                "region": "eu-west-1",
                "tagsAll": {"team": "data"},
            },
        ),
        (VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"a": "b"}}, {"tagsAll": {"a": "b", "team": "data"}}),
        (VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"team": "own"}}, {"tagsAll": {"team": "own"}}),
        (VPC, {"cidrBlock": "10.0.0.0/16", "tags": {"a": UNKNOWN}}, {"tagsAll": UNKNOWN}),
        (VPC, {"cidrBlock": "10.0.0.0/16", "region": "us-east-1"}, {"region": "us-east-1"}),
        (SUBNET, {"vpcId": "vpc-1"}, {"mapPublicIpOnLaunch": False}),
        (GROUP, {"vpcId": "vpc-1"}, {"name": "name-0abcdef", "description": "Managed by Pulumi"}),
        (ENDPOINT, {"vpcId": "vpc-1", "serviceName": "s"}, {"vpcEndpointType": "Gateway"}),
        (NAT, {"subnetId": "subnet-1"}, {"connectivityType": "public"}),
        (
            ENTRY,
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "-1",
                "ruleAction": "allow",
                "cidrBlock": "0.0.0.0/0",
            },
            {"egress": False},
        ),
    ],
)
def test_check_adds_what_the_genuine_provider_adds(
    engine: Engine, token: str, inputs: dict[str, Any], added: dict[str, Any]
) -> None:
    """Region, tags, defaults and names, and never a changed input."""
    checked, failures = engine.check(token, inputs)
    assert failures == []
    assert {key: checked[key] for key in added} == added
    assert {key: checked[key] for key in inputs} == inputs


def test_what_was_filled_in_is_listed(engine: Engine) -> None:
    """Under `__defaults`, as the engine expects."""
    assert engine.check(VPC, {"cidrBlock": "10.0.0.0/16"})[0]["__defaults"] == [
        "enableDnsSupport",
        "instanceTenancy",
    ]


def test_a_name_once_given_is_kept(engine: Engine) -> None:
    """Another seed makes no other name."""
    assert engine.check(GROUP, {"vpcId": "vpc-1"}, {"name": "kept"})[0]["name"] == "kept"


@pytest.mark.parametrize(
    ("token", "inputs", "reason"),
    [
        (ENTRY, {"networkAclId": "acl-1"}, "Missing required property 'protocol'"),
        (
            VPC,
            {"cidrBlok": "10.0.0.0/16"},
            "aws:ec2/vpc:Vpc has no property 'cidrBlok' (did you mean cidrBlock?)",
        ),
        (VPC, {"arn": "arn:aws:ec2:x"}, "aws:ec2/vpc:Vpc has no property 'arn'"),
        (VPC, {"cidrBlock": "10.0.0.1/16"}, "network-address form, prefix length 16-28, got 10.0.0.1/16"),
        (VPC, {"cidrBlock": "10.0.0.0/8"}, "prefix length 16-28, got 10.0.0.0/8"),
        (
            VPC,
            {"cidrBlock": "10.0.0.0/16", "instanceTenancy": "mine"},
            "one of ['default', 'dedicated'], got mine",
        ),
        (VPC, {"cidrBlock": "10.0.0.0/16", "ipv4NetmaskLength": 16}, "conflicts with"),
        (ROUTE, {"routeTableId": "rtb-1", "gatewayId": "igw-1"}, "one of `destinationCidrBlock"),
        (
            ROUTE,
            {
                "routeTableId": "rtb-1",
                "destinationCidrBlock": "0.0.0.0/0",
                "gatewayId": "igw-1",
                "natGatewayId": "nat-1",
            },
            "but gatewayId, natGatewayId were specified",
        ),
        (ASSOCIATION, {"routeTableId": "rtb-1"}, "one of `gatewayId,subnetId` must be specified"),
        (
            RULE,
            {
                "securityGroupId": "sg-1",
                "ipProtocol": "tcp",
                "fromPort": 70000,
                "toPort": 1,
                "cidrIpv4": "0.0.0.0/0",
            },
            "expected fromPort to be",
        ),
        (
            ENTRY,
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "TCP",
                "ruleAction": "allow",
                "cidrBlock": "0.0.0.0/0",
            },
            "expected protocol to be",
        ),
        (
            ENTRY,
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "6",
                "ruleAction": "Allow",
                "cidrBlock": "0.0.0.0/0",
            },
            "expected ruleAction to be one of ['allow', 'deny'], got Allow",
        ),
        (
            ENDPOINT,
            {"vpcId": "vpc-1", "serviceName": "s", "policy": "[]"},
            "expected policy to be JSON object text",
        ),
    ],
)
def test_check_refuses_what_the_genuine_provider_refuses(
    engine: Engine, token: str, inputs: dict[str, Any], reason: str
) -> None:
    """Each refusal names the property, the value and what is allowed."""
    failures = engine.check(token, inputs)[1]
    assert [each for each in failures if reason in each], failures


def test_unknown_values_pass(engine: Engine) -> None:
    """What is not known yet cannot be refused, and satisfies relations."""
    inputs = {"routeTableId": UNKNOWN, "destinationCidrBlock": UNKNOWN, "gatewayId": UNKNOWN}
    assert engine.check(ROUTE, inputs)[1] == []


@pytest.mark.parametrize(
    ("token", "inputs", "unknown", "known"),
    [
        (
            VPC,
            {"cidrBlock": "10.0.0.0/16"},
            {
                "id",
                "arn",
                "defaultNetworkAclId",
                "defaultSecurityGroupId",
                "mainRouteTableId",
                "enableDnsHostnames",
            },
            {"cidrBlock", "enableDnsSupport", "region", "tagsAll"},
        ),
        (GROUP, {"vpcId": "vpc-1"}, {"id", "ingress", "egress", "arn"}, {"name", "description", "vpcId"}),
        (ACL, {"vpcId": "vpc-1"}, {"ingress", "egress", "subnetIds"}, {"vpcId"}),
        (
            ENDPOINT,
            {"vpcId": "vpc-1", "serviceName": "s", "subnetIds": ["subnet-1"]},
            {"policy", "privateDnsEnabled", "routeTableIds", "securityGroupIds", "prefixListId"},
            {"subnetIds", "vpcEndpointType"},
        ),
        (
            ENTRY,
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "-1",
                "ruleAction": "allow",
                "cidrBlock": "0.0.0.0/0",
            },
            {"id"},
            {"egress"},
        ),
    ],
)
def test_a_preview_knows_what_the_program_gave_and_nothing_that_is_computed(
    engine: Engine, token: str, inputs: dict[str, Any], unknown: set[str], known: set[str]
) -> None:
    """An optional property that AWS computes is unknown, not false or empty."""
    shown = engine.preview(token, inputs)
    assert {key for key in unknown if shown.get(key) != UNKNOWN} == set()
    assert {key for key in known if shown.get(key, UNKNOWN) == UNKNOWN} == set()


def test_what_the_provider_does_not_have_is_named(engine: Engine) -> None:
    """With the nearest name, never a silent success."""
    with pytest.raises(
        RefusedByProviderError, match=r"no function aws:index/getRegio:getRegio \(did you mean"
    ):
        engine.invoke("aws:index/getRegio:getRegio")
    with pytest.raises(RefusedByProviderError, match="does not make aws:kms/key:Key yet"):
        engine.create("aws:kms/key:Key")


SELF = {
    "securityGroupId": "sg-1",
    "ipProtocol": "tcp",
    "fromPort": 443,
    "toPort": 443,
    "cidrIpv4": "10.0.0.0/8",
}
POLICY = '{"Statement": [], "Version": "2012-10-17"}'


@pytest.mark.parametrize(
    ("sentence", "token", "state", "news", "changed", "replacing"),
    [
        ("nothing changed", VPC, {"cidrBlock": "10.0.0.0/16"}, {"cidrBlock": "10.0.0.0/16"}, set(), set()),
        (
            "a block replaces",
            VPC,
            {"cidrBlock": "10.0.0.0/16"},
            {"cidrBlock": "10.1.0.0/16"},
            {"cidrBlock"},
            {"cidrBlock"},
        ),
        (
            "an attribute updates",
            VPC,
            {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": False},
            {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True},
            {"enableDnsHostnames"},
            set(),
        ),
        (
            "a dropped attribute that AWS computes stays",
            VPC,
            {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True},
            {"cidrBlock": "10.0.0.0/16"},
            set(),
            set(),
        ),
        (
            "an entry's action replaces",
            ENTRY,
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "-1",
                "ruleAction": "allow",
                "cidrBlock": "0.0.0.0/0",
            },
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "-1",
                "ruleAction": "deny",
                "cidrBlock": "0.0.0.0/0",
            },
            {"ruleAction"},
            {"ruleAction"},
        ),
        (
            "word and number of a protocol are one",
            ENTRY,
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "6",
                "ruleAction": "allow",
                "cidrBlock": "0.0.0.0/0",
            },
            {
                "networkAclId": "acl-1",
                "ruleNumber": 1,
                "protocol": "tcp",
                "ruleAction": "allow",
                "cidrBlock": "0.0.0.0/0",
            },
            set(),
            set(),
        ),
        ("a rule's block updates", RULE, SELF, {**SELF, "cidrIpv4": "10.0.0.0/9"}, {"cidrIpv4"}, set()),
        (
            "another kind of source replaces",
            RULE,
            SELF,
            {**{key: SELF[key] for key in SELF if key != "cidrIpv4"}, "referencedSecurityGroupId": "sg-1"},
            {"cidrIpv4", "referencedSecurityGroupId"},
            {"cidrIpv4", "referencedSecurityGroupId"},
        ),
        (
            "the order of ids means nothing",
            ENDPOINT,
            {"vpcId": "v", "serviceName": "s", "subnetIds": ["a", "b"]},
            {"vpcId": "v", "serviceName": "s", "subnetIds": ["b", "a"]},
            set(),
            set(),
        ),
        (
            "an equivalent policy is no difference",
            ENDPOINT,
            {"vpcId": "v", "serviceName": "s", "policy": POLICY},
            {"vpcId": "v", "serviceName": "s", "policy": '{"Version":"2012-10-17","Statement":[]}'},
            set(),
            set(),
        ),
        (
            "private DNS of an interface endpoint updates",
            ENDPOINT,
            {"vpcId": "v", "serviceName": "s", "vpcEndpointType": "Interface", "privateDnsEnabled": False},
            {"vpcId": "v", "serviceName": "s", "vpcEndpointType": "Interface", "privateDnsEnabled": True},
            {"privateDnsEnabled"},
            set(),
        ),
    ],
)
def test_diff_tells_updates_from_replacements(  # noqa: PLR0913, PLR0917 - a table's columns
    engine: Engine,
    sentence: str,
    token: str,
    state: dict[str, Any],
    news: dict[str, Any],
    changed: set[str],
    replacing: set[str],
) -> None:
    """By the genuine provider's own flags."""
    del sentence
    assert engine.diff(token, state, news) == (changed, replacing)


def test_diff_leaves_out_what_the_program_ignores(engine: Engine) -> None:
    """`ignoreChanges`."""
    state = {"cidrBlock": "10.0.0.0/16"}
    assert engine.diff(VPC, state, {"cidrBlock": "10.1.0.0/16"}, ("cidrBlock",)) == (set(), set())
