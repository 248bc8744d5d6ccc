"""The Region of a resource: its own, its provider's, or its ARN's."""

from dataclasses import replace

import pytest

from mwaa_guardrails.reading.network import read_network
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.net.tables import rows

URN = "urn:pulumi:dev::test::aws:ec2/subnet:Subnet::subnet"
PROVIDER = "urn:pulumi:dev::test::pulumi:providers:aws::mine"
ARN = "arn:aws:ec2:sa-east-1:123456789012:subnet/subnet-1"


def _provider(**outputs: Value) -> Resource:
    return Resource(urn=PROVIDER, type="pulumi:providers:aws", name="mine", inputs=outputs, outputs=outputs)


def _hidden(urn: str, path: str, reason: Reason = Reason.NOT_YET) -> Unknown:
    return Unknown(urn=urn, path=path, reason=reason)


REGIONS: list[tuple[str, dict[str, Value], Resource | None, str | Unknown | None]] = [
    ("its own", {"region": "us-east-1", "arn": ARN}, _provider(region="eu-west-1"), "us-east-1"),
    ("its own, not known yet", {"region": Opaque.COMPUTED}, None, _hidden(URN, "region")),
    ("its provider's", {"arn": ARN}, _provider(region="eu-west-1"), "eu-west-1"),
    ("its provider's, not known yet", {}, _provider(region=Opaque.COMPUTED), _hidden(PROVIDER, "region")),
    (
        "a provider that nobody looked at",
        {},
        _provider(),
        _hidden(PROVIDER, "region", Reason.NOT_LOOKED_AT),
    ),
    ("a provider that leaves it to its surroundings", {"arn": ARN}, _provider(profile="ours"), "sa-east-1"),
    ("the one in its ARN", {"arn": ARN}, None, "sa-east-1"),
    ("an ARN without a Region", {"arn": "arn:aws:s3:::bucket"}, None, None),
    ("a text that is no ARN", {"arn": "subnet-1"}, None, None),
    ("nothing says", {"vpcId": "vpc-1"}, None, None),
]


@pytest.mark.parametrize(("outputs", "provider", "region"), rows(REGIONS))
def test_a_resource_is_in_the_region_that_comes_closest_to_it(
    outputs: dict[str, Value], provider: Resource | None, region: str | Unknown | None
) -> None:
    """Its property, then its provider, then its ARN."""
    values = {"cidrBlock": "10.0.0.0/24", **outputs}
    subnet = Resource(urn=URN, type="aws:ec2/subnet:Subnet", name="subnet", inputs=values, outputs=values)
    resources = [replace(subnet, provider=PROVIDER), *([] if provider is None else [provider])]
    assert read_network(resources).subnets[URN].region == region


def test_each_resource_of_two_providers_is_in_its_own_region() -> None:
    """Row 154."""
    other = PROVIDER.replace("mine", "other")
    providers = [_provider(region="eu-west-1"), replace(_provider(region="us-east-1"), urn=other)]
    subnets = [
        Resource(
            urn=f"{URN}-{index}",
            type="aws:ec2/subnet:Subnet",
            name=f"subnet-{index}",
            outputs={"id": f"subnet-{index}"},
            provider=urn,
        )
        for index, urn in enumerate((PROVIDER, other))
    ]
    regions = [each.region for each in read_network([*providers, *subnets]).subnets.values()]
    assert regions == ["eu-west-1", "us-east-1"]
