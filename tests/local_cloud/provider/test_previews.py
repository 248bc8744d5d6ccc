"""The preview of a new resource shows as unknown exactly what AWS will decide."""

import pytest

from local_cloud.provider.values import UNKNOWN, Props
from tests.local_cloud.provider.client import ProviderClient
from tests.local_cloud.provider.tokens import NETWORK_ACL, ROUTE, SECURITY_GROUP, SUBNET, VPC, VPC_ENDPOINT

GATEWAY: Props = {"vpcId": "vpc-1", "serviceName": "com.amazonaws.eu-west-1.s3"}
# The sentence, the type, its inputs, and every property that the preview shows as unknown.
UNKNOWNS: list[tuple[str, str, Props, str]] = [
    (
        "a VPC",
        VPC,
        {"cidrBlock": "10.0.0.0/16"},
        (
            "id arn defaultNetworkAclId defaultRouteTableId defaultSecurityGroupId dhcpOptionsId "
            "enableDnsHostnames enableNetworkAddressUsageMetrics ipv6AssociationId ipv6CidrBlock "
            "ipv6CidrBlockNetworkBorderGroup mainRouteTableId ownerId"
        ),
    ),
    (
        "a VPC with host names, even without them",
        VPC,
        {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": False},
        (
            "id arn defaultNetworkAclId defaultRouteTableId defaultSecurityGroupId dhcpOptionsId "
            "enableNetworkAddressUsageMetrics ipv6AssociationId ipv6CidrBlock "
            "ipv6CidrBlockNetworkBorderGroup mainRouteTableId ownerId"
        ),
    ),
    (
        "a subnet in a zone",
        SUBNET,
        {"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a"},
        (
            "id arn availabilityZoneId ipv6CidrBlock ipv6CidrBlockAssociationId ownerId "
            "privateDnsHostnameTypeOnLaunch"
        ),
    ),
    ("a group without rules", SECURITY_GROUP, {"vpcId": "vpc-1"}, "id arn egress ingress namePrefix ownerId"),
    (
        "a group with an empty list of rules",
        SECURITY_GROUP,
        {"vpcId": "vpc-1", "egress": []},
        "id arn ingress namePrefix ownerId",
    ),
    ("an ACL", NETWORK_ACL, {"vpcId": "vpc-1"}, "id arn egress ingress ownerId subnetIds"),
    (
        "an ACL with entries and subnets",
        NETWORK_ACL,
        {"vpcId": "vpc-1", "ingress": [], "subnetIds": ["subnet-1"]},
        "id arn egress ownerId",
    ),
    (
        "a route",
        ROUTE,
        {"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"},
        "id instanceId instanceOwnerId networkInterfaceId origin state",
    ),
    (
        "an endpoint",
        VPC_ENDPOINT,
        GATEWAY,
        (
            "id arn cidrBlocks dnsEntries dnsOptions ipAddressType networkInterfaceIds ownerId policy "
            "prefixListId privateDnsEnabled requesterManaged routeTableIds securityGroupIds serviceRegion "
            "state subnetConfigurations subnetIds"
        ),
    ),
    (
        "an endpoint with a policy, private DNS and lists",
        VPC_ENDPOINT,
        {
            **GATEWAY,
            "vpcEndpointType": "Interface",
            "policy": "{}",
            "privateDnsEnabled": True,
            "subnetIds": ["subnet-1"],
            "securityGroupIds": [UNKNOWN],
        },
        (
            "id arn cidrBlocks dnsEntries dnsOptions ipAddressType networkInterfaceIds ownerId prefixListId "
            "requesterManaged routeTableIds serviceRegion state subnetConfigurations"
        ),
    ),
]


@pytest.mark.parametrize(("sentence", "token", "inputs", "expected"), UNKNOWNS)
def test_the_unknown_properties_of(
    provider_alone: ProviderClient, sentence: str, token: str, inputs: Props, expected: str
) -> None:
    """What is computed and not written is unknown; what is written is shown; the rest is absent."""
    shown = provider_alone.preview(token, **inputs)

    assert {key for key, value in shown.items() if value == UNKNOWN} == set(expected.split()), sentence
    assert {key: shown[key] for key in inputs} == inputs
