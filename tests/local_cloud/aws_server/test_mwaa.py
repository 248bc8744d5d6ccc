"""The MWAA beside moto answers boto3 as AWS's API does."""

import http.client
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.local_cloud.provider.client import simulated_aws

NETWORK = {"SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]}
INPUTS: dict[str, Any] = {
    "DagS3Path": "dags",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/airflow",
    "SourceBucketArn": "arn:aws:s3:::dags",
    "NetworkConfiguration": NETWORK,
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Where a simulated AWS listens."""
    with simulated_aws() as endpoint:
        yield endpoint


def mwaa(endpoint: str, region: str = "eu-west-1") -> Any:  # noqa: ANN401 - no types are installed for MWAA
    """Return a client that leaves limits to the service."""
    return boto3.client(
        "mwaa",
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - nobody's, for a simulation
        config=Config(inject_host_prefix=False, parameter_validation=False),
    )


def test_an_environment_lives_in_its_region(endpoint: str) -> None:
    """Another Region does not know it, and may have one of the same name."""
    here, there = mwaa(endpoint), mwaa(endpoint, "us-east-1")
    made = here.create_environment(Name="regional", **INPUTS)
    assert made["Arn"] == "arn:aws:airflow:eu-west-1:123456789012:environment/regional"
    assert (here.list_environments()["Environments"], there.list_environments()["Environments"]) == (
        ["regional"],
        [],
    )
    there.create_environment(Name="regional", **INPUTS)
    here.delete_environment(Name="regional")
    assert there.list_environments()["Environments"] == ["regional"]


def test_an_update_changes_what_it_names(endpoint: str) -> None:
    """Groups change; subnets, and what is not named, stay."""
    client = mwaa(endpoint)
    client.create_environment(Name="updated", **INPUTS)
    client.update_environment(
        Name="updated", NetworkConfiguration={"SecurityGroupIds": ["sg-2", "sg-3"]}, MaxWorkers=7
    )
    now = client.get_environment(Name="updated")["Environment"]
    assert now["NetworkConfiguration"] == {
        "SubnetIds": ["subnet-1", "subnet-2"],
        "SecurityGroupIds": ["sg-2", "sg-3"],
    }
    assert (now["MaxWorkers"], now["DagS3Path"], now["Status"]) == (7, "dags", "AVAILABLE")
    client.delete_environment(Name="updated")


NETWORKS = [
    ("no subnet", {**NETWORK, "SubnetIds": []}),
    ("one subnet", {**NETWORK, "SubnetIds": ["subnet-1"]}),
    ("three subnets", {**NETWORK, "SubnetIds": ["subnet-1", "subnet-2", "subnet-3"]}),
    ("no group", {**NETWORK, "SecurityGroupIds": []}),
    ("six groups", {**NETWORK, "SecurityGroupIds": ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"]}),
]


@pytest.mark.parametrize(("sentence", "network"), NETWORKS)
def test_a_network_beyond_the_limits_is_refused(
    endpoint: str, sentence: str, network: dict[str, list[str]]
) -> None:
    """Two subnets, and one to five groups."""
    client = mwaa(endpoint)
    with pytest.raises(ClientError) as refused:
        client.create_environment(Name="refused", **{**INPUTS, "NetworkConfiguration": network})

    assert refused.value.response["Error"]["Code"] == "ValidationException", sentence
    assert "refused" not in client.list_environments()["Environments"]


def test_five_groups_are_the_most(endpoint: str) -> None:
    """A sixth is refused in an update, too, which then changes nothing."""
    client = mwaa(endpoint)
    five = ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5"]
    client.create_environment(
        Name="five", **{**INPUTS, "NetworkConfiguration": {**NETWORK, "SecurityGroupIds": five}}
    )
    with pytest.raises(client.exceptions.ValidationException):
        client.update_environment(
            Name="five", NetworkConfiguration={"SecurityGroupIds": [*five, "sg-6"]}, MaxWorkers=7
        )
    now = client.get_environment(Name="five")["Environment"]

    assert (now["NetworkConfiguration"]["SecurityGroupIds"], now["MaxWorkers"]) == (five, 10)
    client.delete_environment(Name="five")


@pytest.mark.parametrize("operation", ["get_environment", "update_environment", "delete_environment"])
def test_an_environment_that_does_not_exist_is_not_found(endpoint: str, operation: str) -> None:
    """By name."""
    client = mwaa(endpoint)
    with pytest.raises(client.exceptions.ResourceNotFoundException, match="nowhere"):
        getattr(client, operation)(Name="nowhere")


def test_an_operation_that_is_not_simulated_says_so(endpoint: str) -> None:
    """A path of another operation of MWAA is refused in words."""
    with pytest.raises(ClientError, match="the local MWAA has no such operation"):
        mwaa(endpoint).create_cli_token(Name="airflow")


def test_other_services_are_motos(endpoint: str) -> None:
    """A path like MWAA's, not signed for MWAA, goes to moto."""
    host = endpoint.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", "/moto-api/data.json")
    status = connection.getresponse().status
    connection.close()

    assert status == 200
