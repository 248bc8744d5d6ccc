"""Check fills in what the genuine provider fills in, and refuses what it refuses."""

from typing import Any

import pytest

from local_cloud.provider.values import UNKNOWN, Props
from tests.local_cloud.provider.client import ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.tokens import (
    ENVIRONMENT,
    INGRESS_RULE,
    NAT_GATEWAY,
    NETWORK_ACL,
    NETWORK_ACL_RULE,
    ROLE,
    ROUTE,
    SECURITY_GROUP,
    SUBNET,
    VPC,
    VPC_ENDPOINT,
)

ENTRY: Props = {
    "networkAclId": "acl-1",
    "ruleNumber": 100,
    "protocol": "tcp",
    "ruleAction": "allow",
    "cidrBlock": "10.0.0.0/16",
}
RULE: Props = {"securityGroupId": "sg-1", "ipProtocol": "-1", "cidrIpv4": "10.0.0.0/16"}

FILLED_IN: list[tuple[str, str, Props, Props]] = [
    ("the Region of the provider", VPC, {"cidrBlock": "10.0.0.0/16"}, {"region": "eu-west-1"}),
    (
        "the written Region stays",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "region": "us-east-1"},
        {"region": "us-east-1"},
    ),
    ("default tags alone", VPC, {"cidrBlock": "10.0.0.0/16"}, {"tagsAll": {"team": "data"}}),
    (
        "default tags and own tags",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "x"}},
        {"tags": {"Name": "x"}, "tagsAll": {"Name": "x", "team": "data"}},
    ),
    (
        "an own tag wins over a default one",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "tags": {"team": "web"}},
        {"tagsAll": {"team": "web"}},
    ),
    (
        "all tags are unknown when one is",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "tags": {"Name": UNKNOWN}},
        {"tagsAll": UNKNOWN},
    ),
    (
        "DNS support and tenancy of a VPC",
        VPC,
        {"cidrBlock": "10.0.0.0/16"},
        {"enableDnsSupport": True, "instanceTenancy": "default"},
    ),
    (
        "a written false is no absent value",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "enableDnsSupport": False},
        {"enableDnsSupport": False},
    ),
    (
        "an endpoint is a gateway",
        VPC_ENDPOINT,
        {"vpcId": "vpc-1", "serviceName": "com.amazonaws.eu-west-1.s3"},
        {"vpcEndpointType": "Gateway"},
    ),
    ("a NAT gateway is public", NAT_GATEWAY, {"subnetId": "subnet-1"}, {"connectivityType": "public"}),
    ("an entry is inbound", NETWORK_ACL_RULE, ENTRY, {"egress": False}),
    (
        "the description and the name of a group",
        SECURITY_GROUP,
        {"vpcId": "vpc-1"},
        {"description": "Managed by Pulumi", "name": "thing-0abcdef"},
    ),
]


@pytest.mark.parametrize(("sentence", "token", "inputs", "expected"), FILLED_IN)
def test_it_fills_in(
    provider_alone: ProviderClient, sentence: str, token: str, inputs: Props, expected: Props
) -> None:
    """Absent inputs get the genuine provider's values."""
    checked = provider_alone.accepted(token, inputs)

    assert {key: checked.get(key) for key in expected} == expected, sentence


DEFAULTED: list[tuple[str, Props, list[str]]] = [
    (VPC, {"cidrBlock": "10.0.0.0/16"}, ["enableDnsSupport", "instanceTenancy"]),
    (SECURITY_GROUP, {"name": "own", "description": "own"}, ["revokeRulesOnDelete"]),
    (SECURITY_GROUP, {"namePrefix": "own"}, ["description", "revokeRulesOnDelete"]),
    (SECURITY_GROUP, {}, ["description", "name", "revokeRulesOnDelete"]),
]


@pytest.mark.parametrize(("token", "inputs", "expected"), DEFAULTED)
def test_it_lists_what_it_filled_in(
    provider_alone: ProviderClient, token: str, inputs: Props, expected: list[str]
) -> None:
    """The list `__defaults` names the properties that the program left out."""
    assert provider_alone.accepted(token, inputs)["__defaults"] == expected


def test_a_given_name_is_kept(provider_alone: ProviderClient) -> None:
    """A later deployment keeps the name that the first one gave."""
    checked, _ = provider_alone.check(SECURITY_GROUP, {"vpcId": "vpc-1"}, {"name": "thing-1234567"})

    assert checked["name"] == "thing-1234567"


ONE_TARGET = (
    "one of `carrierGatewayId,coreNetworkArn,egressOnlyGatewayId,gatewayId,localGatewayId,natGatewayId,"
    "networkInterfaceId,odbNetworkArn,transitGatewayId,vpcEndpointId,vpcPeeringConnectionId`"
)
REFUSED: list[tuple[str, str, Props, list[tuple[str, str]]]] = [
    (
        "a missing property",
        SUBNET,
        {"cidrBlock": "10.0.0.0/24"},
        [("vpcId", "Missing required property 'vpcId'")],
    ),
    (
        "a property that does not exist, with the nearest that does",
        VPC,
        {"cidrBlok": "10.0.0.0/16"},
        [("cidrBlok", "aws:ec2/vpc:Vpc has no property 'cidrBlok' (did you mean cidrBlock?)")],
    ),
    (
        "an output as an input",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "arn": "arn:aws:ec2:::vpc/x"},
        [("arn", "aws:ec2/vpc:Vpc has no property 'arn'")],
    ),
    (
        "a word that is none of the allowed",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "instanceTenancy": "mine"},
        [("instanceTenancy", "expected instanceTenancy to be one of ['default', 'dedicated'], got mine")],
    ),
    (
        "a block that is not the network's address",
        VPC,
        {"cidrBlock": "10.0.0.1/16"},
        [
            (
                "cidrBlock",
                "expected cidrBlock to be CIDR in network-address form, prefix length 16-28, got 10.0.0.1/16",
            )
        ],
    ),
    (
        "a block too large for a VPC",
        VPC,
        {"cidrBlock": "10.0.0.0/15"},
        [
            (
                "cidrBlock",
                "expected cidrBlock to be CIDR in network-address form, prefix length 16-28, got 10.0.0.0/15",
            )
        ],
    ),
    (
        "an IPv6 block where an IPv4 block belongs",
        SUBNET,
        {"vpcId": "vpc-1", "cidrBlock": "fd00::/64"},
        [
            (
                "cidrBlock",
                "expected cidrBlock to be IPv4 CIDR whose address part is the network address, got fd00::/64",
            )
        ],
    ),
    (
        "an entry of no block",
        NETWORK_ACL_RULE,
        {key: ENTRY[key] for key in ENTRY if key != "cidrBlock"},
        [("cidrBlock", "one of `cidrBlock,ipv6CidrBlock` must be specified")],
    ),
    (
        "an entry of two blocks",
        NETWORK_ACL_RULE,
        {**ENTRY, "ipv6CidrBlock": "::/0"},
        [
            (
                "cidrBlock",
                "one of `cidrBlock,ipv6CidrBlock`, but cidrBlock, ipv6CidrBlock were specified",
            )
        ],
    ),
    (
        "a rule of no source",
        INGRESS_RULE,
        {"securityGroupId": "sg-1", "ipProtocol": "-1"},
        [
            (
                "cidrIpv4",
                "one of `cidrIpv4,cidrIpv6,prefixListId,referencedSecurityGroupId` must be specified",
            )
        ],
    ),
    (
        "a port beyond the last",
        INGRESS_RULE,
        {**RULE, "ipProtocol": "tcp", "fromPort": 65536, "toPort": 65536},
        [
            ("fromPort", "expected fromPort to be in the range (-1-65535), got 65536"),
            ("toPort", "expected toPort to be in the range (-1-65535), got 65536"),
        ],
    ),
    (
        "a route of no target",
        ROUTE,
        {"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0"},
        [("carrierGatewayId", f"{ONE_TARGET} must be specified")],
    ),
    (
        "a name beside a prefix of a name",
        SECURITY_GROUP,
        {"name": "a", "namePrefix": "b"},
        [("name", '"name": conflicts with namePrefix'), ("namePrefix", '"namePrefix": conflicts with name')],
    ),
    (
        "a property without the one it needs",
        VPC,
        {"ipv4NetmaskLength": 24},
        [
            (
                "ipv4NetmaskLength",
                '"ipv4NetmaskLength": all of `ipv4NetmaskLength,ipv4IpamPoolId` must be specified',
            )
        ],
    ),
    (
        "an ARN that is none",
        ENVIRONMENT,
        {
            "dagS3Path": "dags",
            "executionRoleArn": "role",
            "sourceBucketArn": "arn:aws:s3:::dags",
            "networkConfiguration": {"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]},
        },
        [("executionRoleArn", "expected executionRoleArn to be ARN syntax, got role")],
    ),
    (
        "an environment in one subnet",
        ENVIRONMENT,
        {
            "dagS3Path": "dags",
            "executionRoleArn": "arn:aws:iam::123456789012:role/airflow",
            "sourceBucketArn": "arn:aws:s3:::dags",
            "networkConfiguration": {"subnetIds": ["subnet-1"], "securityGroupIds": []},
        },
        [
            (
                "networkConfiguration.securityGroupIds",
                "Not enough list items: networkConfiguration.securityGroupIds requires 1, got 0",
            ),
            (
                "networkConfiguration.subnetIds",
                "Not enough list items: networkConfiguration.subnetIds requires 2, got 1",
            ),
        ],
    ),
    (
        "an inline entry of a number beyond the last and of an unknown property",
        NETWORK_ACL,
        {
            "vpcId": "vpc-1",
            "ingress": [
                {"ruleNo": 32767, "protocol": "-1", "action": "allow", "fromPort": 0, "toPort": 0, "cidr": ""}
            ],
        },
        [
            (
                "ingress[0].cidr",
                "aws:ec2/networkAcl:NetworkAcl has no property 'ingress[0].cidr' (did you mean cidrBlock?)",
            ),
            ("ingress[0].ruleNo", "expected ingress[0].ruleNo to be in the range (1-32766), got 32767"),
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "token", "inputs", "expected"), REFUSED)
def test_it_refuses(
    provider_alone: ProviderClient,
    sentence: str,
    token: str,
    inputs: Props,
    expected: list[tuple[str, str]],
) -> None:
    """Each refusal names the property and the reason."""
    _, failures = provider_alone.check(token, inputs)

    assert failures == expected, sentence


ACCEPTED: list[tuple[str, str, Props]] = [
    ("an unknown block", SUBNET, {"vpcId": "vpc-1", "cidrBlock": UNKNOWN}),
    ("an unknown word", VPC, {"cidrBlock": "10.0.0.0/16", "instanceTenancy": UNKNOWN}),
    (
        "an unknown source is a source",
        INGRESS_RULE,
        {"securityGroupId": UNKNOWN, "ipProtocol": "-1", "referencedSecurityGroupId": UNKNOWN},
    ),
    (
        "an unknown target is a target",
        ROUTE,
        {"routeTableId": UNKNOWN, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": UNKNOWN},
    ),
    ("an entry's number, which only EC2 judges", NETWORK_ACL_RULE, {**ENTRY, "ruleNumber": 40000}),
    (
        "six groups and three subnets of an environment, which only MWAA judges",
        ENVIRONMENT,
        {
            "dagS3Path": "dags",
            "executionRoleArn": "arn:aws:iam::123456789012:role/airflow",
            "sourceBucketArn": "arn:aws:s3:::dags",
            "networkConfiguration": {
                "subnetIds": ["subnet-1", "subnet-2", "subnet-3"],
                "securityGroupIds": ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"],
            },
        },
    ),
]


@pytest.mark.parametrize(("sentence", "token", "inputs"), ACCEPTED)
def test_it_accepts(provider_alone: ProviderClient, sentence: str, token: str, inputs: Props) -> None:
    """What is unknown in a preview, and what only AWS judges, passes."""
    _, failures = provider_alone.check(token, inputs)

    assert failures == [], sentence


def test_a_name_that_leaves_no_room_for_a_random_end_is_refused(provider_alone: ProviderClient) -> None:
    """Pulumi does not shorten it."""
    longest = "r" * 56
    checked, _ = provider_alone.check(ROLE, {"assumeRolePolicy": "{}"}, name=longest)
    assert len(checked["name"]) == 64
    with pytest.raises(
        RefusedByProviderError, match=r"^name 'r+-' plus 7 random chars is longer than"
    ) as refused:
        provider_alone.check(ROLE, {"assumeRolePolicy": "{}"}, name=f"{longest}r")
    assert str(refused.value).endswith(" maximum length 64")


def test_an_unknown_type_is_named_with_the_nearest(provider_alone: ProviderClient) -> None:
    """A misspelt type is an error that says which type may be meant."""
    with pytest.raises(RefusedByProviderError) as refused:
        provider_alone.check("aws:ec2/vpc:Vcp", {})

    told: Any = str(refused.value)
    assert told == "the local AWS provider has no type aws:ec2/vpc:Vcp (did you mean aws:ec2/vpc:Vpc?)"


def test_an_unknown_function_is_named_with_the_nearest(provider_alone: ProviderClient) -> None:
    """A function that the provider lacks is an error that names it."""
    with pytest.raises(RefusedByProviderError) as refused:
        provider_alone.invoke("aws:index/getRegions:getRegions")

    assert str(refused.value) == (
        "the local AWS provider has no function aws:index/getRegions:getRegions "
        "(did you mean aws:index/getRegion:getRegion?)"
    )
