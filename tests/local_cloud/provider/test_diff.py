"""Diff tells what changes and what replaces, and is silent about two spellings of the same thing."""

import json
from dataclasses import replace

import pytest

from local_cloud.provider.values import UNKNOWN, Props
from tests.local_cloud.provider.client import ProviderClient
from tests.local_cloud.provider.tokens import (
    ENVIRONMENT,
    INGRESS_RULE,
    NETWORK_ACL,
    NETWORK_ACL_RULE,
    ROUTE,
    ROUTE_TABLE_ASSOCIATION,
    SECURITY_GROUP,
    SUBNET,
    VPC,
    VPC_ENDPOINT,
)

TYPE: dict[str, Props] = {
    VPC: {"cidrBlock": "10.0.0.0/16"},
    SUBNET: {"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24"},
    ROUTE: {"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"},
    ROUTE_TABLE_ASSOCIATION: {"routeTableId": "rtb-1", "subnetId": "subnet-1"},
    NETWORK_ACL: {"vpcId": "vpc-1"},
    NETWORK_ACL_RULE: {
        "networkAclId": "acl-1",
        "ruleNumber": 100,
        "protocol": "tcp",
        "ruleAction": "allow",
        "cidrBlock": "10.0.0.0/16",
        "fromPort": 443,
        "toPort": 443,
    },
    SECURITY_GROUP: {"vpcId": "vpc-1", "name": "group"},
    INGRESS_RULE: {"securityGroupId": "sg-1", "ipProtocol": "tcp", "cidrIpv4": "10.0.0.0/16"},
    VPC_ENDPOINT: {
        "vpcId": "vpc-1",
        "serviceName": "com.amazonaws.eu-west-1.sqs",
        "vpcEndpointType": "Interface",
        "subnetIds": ["subnet-1", "subnet-2"],
    },
    ENVIRONMENT: {
        "name": "airflow",
        "dagS3Path": "dags",
        "executionRoleArn": "arn:aws:iam::123456789012:role/airflow",
        "sourceBucketArn": "arn:aws:s3:::dags",
        "networkConfiguration": {"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]},
        "airflowVersion": "2.10.3",
    },
}
NONE: set[str] = set()
# The sentence, the type, what changes, what Diff says changes, and what of it replaces.
CHANGES: list[tuple[str, str, Props, tuple[set[str], set[str]]]] = [
    ("the same again is no difference", VPC, {}, (NONE, NONE)),
    ("another block replaces", VPC, {"cidrBlock": "10.1.0.0/16"}, ({"cidrBlock"}, {"cidrBlock"})),
    ("host names update", VPC, {"enableDnsHostnames": True}, ({"enableDnsHostnames"}, NONE)),
    ("a tag updates", VPC, {"tags": {"Name": "x"}}, ({"tags", "tagsAll"}, NONE)),
    (
        "dedicated tenancy replaces",
        VPC,
        {"instanceTenancy": "dedicated"},
        ({"instanceTenancy"}, {"instanceTenancy"}),
    ),
    ("another Region replaces", SUBNET, {"region": "eu-west-2"}, ({"region"}, {"region"})),
    ("another VPC replaces", SUBNET, {"vpcId": "vpc-2"}, ({"vpcId"}, {"vpcId"})),
    ("what becomes unknown differs", SUBNET, {"vpcId": UNKNOWN}, ({"vpcId"}, {"vpcId"})),
    ("public addresses update", SUBNET, {"mapPublicIpOnLaunch": True}, ({"mapPublicIpOnLaunch"}, NONE)),
    (
        "an IPv6 block is taken by an update",
        SUBNET,
        {"ipv6CidrBlock": "2001:db8::/64", "assignIpv6AddressOnCreation": True},
        ({"ipv6CidrBlock", "assignIpv6AddressOnCreation"}, NONE),
    ),
    ("another target updates", ROUTE, {"gatewayId": "igw-2"}, ({"gatewayId"}, NONE)),
    (
        "another destination replaces",
        ROUTE,
        {"destinationCidrBlock": "10.9.0.0/16"},
        ({"destinationCidrBlock"}, {"destinationCidrBlock"}),
    ),
    ("another table updates", ROUTE_TABLE_ASSOCIATION, {"routeTableId": "rtb-2"}, ({"routeTableId"}, NONE)),
    ("another subnet replaces", ROUTE_TABLE_ASSOCIATION, {"subnetId": "s-2"}, ({"subnetId"}, {"subnetId"})),
    ("a protocol's number is its word", NETWORK_ACL_RULE, {"protocol": "6"}, (NONE, NONE)),
    ("another protocol replaces", NETWORK_ACL_RULE, {"protocol": "udp"}, ({"protocol"}, {"protocol"})),
    ("another action replaces", NETWORK_ACL_RULE, {"ruleAction": "deny"}, ({"ruleAction"}, {"ruleAction"})),
    ("another number replaces", NETWORK_ACL_RULE, {"ruleNumber": 99}, ({"ruleNumber"}, {"ruleNumber"})),
    ("another name replaces", SECURITY_GROUP, {"name": "other"}, ({"name"}, {"name"})),
    ("another text replaces", SECURITY_GROUP, {"description": "x"}, ({"description"}, {"description"})),
    ("a rule's other block updates", INGRESS_RULE, {"cidrIpv4": "10.0.0.0/8"}, ({"cidrIpv4"}, NONE)),
    ("a rule's text updates", INGRESS_RULE, {"description": "web"}, ({"description"}, NONE)),
    ("a rule's protocol updates", INGRESS_RULE, {"ipProtocol": "udp"}, ({"ipProtocol"}, NONE)),
    ("a rule's protocol by number is the same", INGRESS_RULE, {"ipProtocol": "6"}, (NONE, NONE)),
    (
        "another kind of source replaces",
        INGRESS_RULE,
        {"cidrIpv4": None, "referencedSecurityGroupId": "sg-2"},
        ({"cidrIpv4", "referencedSecurityGroupId"}, {"cidrIpv4", "referencedSecurityGroupId"}),
    ),
    (
        "another group replaces",
        INGRESS_RULE,
        {"securityGroupId": "x"},
        ({"securityGroupId"}, {"securityGroupId"}),
    ),
    ("the order of ids is nothing", VPC_ENDPOINT, {"subnetIds": ["subnet-2", "subnet-1"]}, (NONE, NONE)),
    ("other subnets update", VPC_ENDPOINT, {"subnetIds": ["subnet-1"]}, ({"subnetIds"}, NONE)),
    ("subnets that are dropped stay", VPC_ENDPOINT, {"subnetIds": None}, (NONE, NONE)),
    ("private DNS updates", VPC_ENDPOINT, {"privateDnsEnabled": True}, ({"privateDnsEnabled"}, NONE)),
    ("another service replaces", VPC_ENDPOINT, {"serviceName": "s"}, ({"serviceName"}, {"serviceName"})),
    (
        "the groups of an environment update",
        ENVIRONMENT,
        {"networkConfiguration": {"subnetIds": ["subnet-2", "subnet-1"], "securityGroupIds": ["sg-2"]}},
        ({"networkConfiguration"}, NONE),
    ),
    (
        "the subnets of an environment replace",
        ENVIRONMENT,
        {"networkConfiguration": {"subnetIds": ["subnet-1", "subnet-3"], "securityGroupIds": ["sg-1"]}},
        ({"networkConfiguration"}, {"networkConfiguration"}),
    ),
    ("a later minor version updates", ENVIRONMENT, {"airflowVersion": "2.11.0"}, ({"airflowVersion"}, NONE)),
    (
        "a later major version replaces",
        ENVIRONMENT,
        {"airflowVersion": "3.0.6"},
        ({"airflowVersion"}, {"airflowVersion"}),
    ),
    (
        "a public web server updates",
        ENVIRONMENT,
        {"webserverAccessMode": "PUBLIC_ONLY"},
        ({"webserverAccessMode"}, NONE),
    ),
]


@pytest.mark.parametrize(("sentence", "token", "change", "expected"), CHANGES)
def test_a_change(
    provider_alone: ProviderClient,
    sentence: str,
    token: str,
    change: Props,
    expected: tuple[set[str], set[str]],
) -> None:
    """A change of inputs is told by its properties, and never asks to delete first: the program does."""
    made = provider_alone.remembered(token, **TYPE[token])
    found = provider_alone.diff(made, {**TYPE[token], **change})

    assert (found.changed, found.replacing) == expected, sentence
    assert not found.deletes_first


def test_dedicated_tenancy_is_given_up_in_place(provider_alone: ProviderClient) -> None:
    """The one change of tenancy that replaces nothing."""
    made = provider_alone.remembered(VPC, cidrBlock="10.0.0.0/16", instanceTenancy="dedicated")
    found = provider_alone.diff(made, {"cidrBlock": "10.0.0.0/16"})

    assert (found.changed, found.replacing) == ({"instanceTenancy"}, NONE)


def test_another_ipv6_block_replaces_a_subnet_that_gives_out_addresses(
    provider_alone: ProviderClient,
) -> None:
    """One that gives out none takes it in place."""
    dual = {**TYPE[SUBNET], "ipv6CidrBlock": "2001:db8::/64"}
    for assigns, replacing in ((True, {"ipv6CidrBlock"}), (False, NONE)):
        made = provider_alone.remembered(SUBNET, **dual, assignIpv6AddressOnCreation=assigns)
        news = {**dual, "assignIpv6AddressOnCreation": assigns, "ipv6CidrBlock": "2001:db8:0:1::/64"}
        found = provider_alone.diff(made, news)
        assert (found.changed, found.replacing) == ({"ipv6CidrBlock"}, replacing)


def test_private_dns_of_a_gateway_endpoint_replaces(provider_alone: ProviderClient) -> None:
    """Only an interface endpoint changes it in place."""
    gateway = {"vpcId": "vpc-1", "serviceName": "com.amazonaws.eu-west-1.s3"}
    made = provider_alone.remembered(VPC_ENDPOINT, **gateway)
    found = provider_alone.diff(made, {**gateway, "privateDnsEnabled": True})

    assert found.replacing == {"privateDnsEnabled"}


STATEMENT = {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}
POLICIES: list[tuple[str, object, bool]] = [
    ("the order of keys", {"Statement": [STATEMENT], "Version": "2012-10-17"}, False),
    ("one statement without its list", {"Version": "2012-10-17", "Statement": STATEMENT}, False),
    (
        "the order of actions",
        {
            "Version": "2012-10-17",
            "Statement": [{**STATEMENT, "Action": ["s3:PutObject", "s3:GetObject"]}],
        },
        False,
    ),
    (
        "an action less",
        {"Version": "2012-10-17", "Statement": [{**STATEMENT, "Action": "s3:GetObject"}]},
        True,
    ),
]


@pytest.mark.parametrize(("sentence", "policy", "differs"), POLICIES)
def test_equivalent_policies_are_no_difference(
    provider_alone: ProviderClient,
    sentence: str,
    policy: object,
    differs: bool,  # noqa: FBT001 - a column
) -> None:
    """A policy is compared by what it says."""
    written = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})
    made = provider_alone.remembered(VPC_ENDPOINT, **TYPE[VPC_ENDPOINT], policy=written)
    found = provider_alone.diff(made, {**TYPE[VPC_ENDPOINT], "policy": json.dumps(policy)})

    assert found.changed == ({"policy"} if differs else NONE), sentence


def test_what_aws_fills_in_is_no_difference(provider_alone: ProviderClient) -> None:
    """An inline entry read back holds numbers, zeros and empty texts that nobody wrote."""
    written = {
        "ruleNo": 100,
        "action": "ALLOW",
        "protocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "cidrBlock": "10.0.0.0/16",
    }
    read = {
        **written,
        "action": "allow",
        "protocol": "6",
        "icmpType": 0,
        "icmpCode": 0,
        "ipv6CidrBlock": "",
    }
    made = provider_alone.remembered(NETWORK_ACL, vpcId="vpc-1", ingress=[written])
    made = replace(made, outputs={**made.outputs, "ingress": [read], "egress": []})

    assert provider_alone.diff(made, {"vpcId": "vpc-1", "ingress": [written]}).changed == NONE
    assert provider_alone.diff(made, {"vpcId": "vpc-1", "ingress": []}).changed == {"ingress"}
    assert provider_alone.diff(made, {"vpcId": "vpc-1"}).changed == NONE


def test_what_somebody_changed_is_a_difference(provider_alone: ProviderClient) -> None:
    """A refreshed state that differs from the program is brought back."""
    made = provider_alone.remembered(VPC, **TYPE[VPC], enableDnsHostnames=True)
    drifted = replace(
        made,
        outputs={**made.outputs, "enableDnsHostnames": False, "tagsAll": {"team": "data", "stray": "x"}},
    )
    found = provider_alone.diff(drifted, {**TYPE[VPC], "enableDnsHostnames": True})

    assert (found.changed, found.replacing) == ({"enableDnsHostnames", "tagsAll"}, NONE)


@pytest.mark.parametrize(
    ("ignored", "change"), [("cidrBlock", {"cidrBlock": "10.1.0.0/16"}), ("tags", {"tags": {"Name": "x"}})]
)
def test_an_ignored_change_is_no_difference(
    provider_alone: ProviderClient, ignored: str, change: Props
) -> None:
    """What the program ignores neither updates nor replaces."""
    made = provider_alone.remembered(VPC, **TYPE[VPC])

    assert provider_alone.diff(made, {**TYPE[VPC], **change}, ignored).changed == NONE
