"""Flow logs of a VPC go to a bucket that is there."""

import pytest

from tests.local_cloud.provider.client import Made, ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.tokens import BUCKET, FLOW_LOG, VPC


@pytest.fixture(name="vpc")
def made_vpc(provider: ProviderClient) -> Made:
    """A fresh VPC."""
    return provider.create(VPC, cidrBlock="10.0.0.0/16")


def test_a_flow_log_is_made_read_and_removed(provider: ProviderClient, vpc: Made) -> None:
    """Its tags change in place; what is read is what was made."""
    bucket = provider.create(BUCKET, bucket="flow-logs-of-ours")
    inputs = {
        "vpcId": vpc.id,
        "logDestination": bucket.outputs["arn"],
        "logDestinationType": "s3",
        "trafficType": "ALL",
    }
    log = provider.create(FLOW_LOG, **inputs)
    read = provider.read(log)
    assert read is not None
    assert read.outputs == log.outputs
    assert (log.outputs["maxAggregationInterval"], log.outputs["vpcId"]) == (600, vpc.id)
    assert provider.diff(log, inputs).changed == set()
    log = provider.update(log, **inputs, tags={"Name": "flows"})
    assert log.outputs["tags"] == {"Name": "flows"}
    provider.delete(log)
    assert provider.read(log) is None


@pytest.mark.parametrize(
    ("destination", "refusal"),
    [
        ({"logDestinationType": "s3", "logDestination": "arn:aws:s3:::nobodys-bucket"}, "nobodys-bucket"),
        ({"logDestinationType": "cloud-watch-logs"}, "to buckets only"),
    ],
)
def test_logs_that_go_nowhere_are_refused(
    provider: ProviderClient, vpc: Made, destination: dict[str, str], refusal: str
) -> None:
    """AWS answers the call all the same, with what did not succeed."""
    with pytest.raises(RefusedByProviderError, match=refusal):
        provider.create(FLOW_LOG, vpcId=vpc.id, trafficType="ALL", **destination)
