"""MWAA environments stand beside moto's services, with the limits of AWS's own API."""

from typing import Any

import boto3
import pytest
from botocore.config import Config

from local_cloud.provider import aws
from local_cloud.provider.values import UNKNOWN
from tests.local_cloud.provider.client import REGION, ProviderClient, RefusedByProviderError
from tests.local_cloud.provider.engine_view import Engine

ENVIRONMENT = "aws:mwaa/environment:Environment"


@pytest.fixture(scope="module", name="engine")
def engine_view(provider: ProviderClient) -> Engine:
    """The provider as ids and outputs."""
    return Engine(client=provider)


def inputs(name: str, subnets: list[str], groups: list[str], **changes: object) -> dict[str, Any]:
    """Return the inputs of an environment."""
    return {
        "name": name,
        "dagS3Path": "dags/",
        "executionRoleArn": "arn:aws:iam::123456789012:role/airflow",
        "sourceBucketArn": "arn:aws:s3:::dags",
        "networkConfiguration": {"subnetIds": subnets, "securityGroupIds": groups},
        **changes,
    }


def test_an_environment_is_made_read_changed_and_removed(engine: Engine) -> None:
    """What boto3 reads is what the program wrote, with AWS's defaults."""
    id_, state = engine.create(
        ENVIRONMENT,
        **inputs("airflow", ["subnet-1", "subnet-2"], ["sg-1"], airflowConfigurationOptions={"core.x": "1"}),
    )
    assert id_ == "airflow"
    assert (state["status"], state["schedulers"], state["webserverAccessMode"]) == (
        "AVAILABLE",
        2,
        "PUBLIC_ONLY",
    )
    assert state["airflowConfigurationOptions"] == {"core.x": "1"}
    client = boto3.client(
        "mwaa",
        region_name=REGION,
        endpoint_url=engine.endpoint,
        aws_access_key_id=aws.NOBODY,
        aws_secret_access_key=aws.NOBODY,
        config=Config(inject_host_prefix=False),
    )
    assert client.list_environments()["Environments"] == ["airflow"]
    network = client.get_environment(Name="airflow")["Environment"]["NetworkConfiguration"]
    assert network == {"SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]}
    engine.delete(ENVIRONMENT, id_, state)
    assert client.list_environments()["Environments"] == []
    assert engine.read(ENVIRONMENT, id_, state) is None


@pytest.mark.parametrize(
    ("subnets", "groups", "refusal"),
    [
        (["subnet-1", "subnet-2", "subnet-3"], ["sg-1"], "ValidationException: SubnetIds: exactly 2 subnets"),
        (["subnet-1", "subnet-1"], ["sg-1"], "ValidationException: SubnetIds: exactly 2 subnets"),
        (
            ["subnet-1", "subnet-2"],
            [f"sg-{n}" for n in range(6)],
            "ValidationException: SecurityGroupIds: 1 to 5",
        ),
    ],
)
def test_mwaa_refuses_what_its_api_refuses(
    engine: Engine, subnets: list[str], groups: list[str], refusal: str
) -> None:
    """The provider lets it pass, as the genuine one does; the service does not."""
    with pytest.raises(RefusedByProviderError, match=refusal):
        engine.create(ENVIRONMENT, **inputs("refused", subnets, groups))


def test_a_name_is_taken_once(engine: Engine) -> None:
    """In one Region."""
    id_, state = engine.create(ENVIRONMENT, **inputs("once", ["subnet-1", "subnet-2"], ["sg-1"]))
    with pytest.raises(RefusedByProviderError, match="already exists"):
        engine.create(ENVIRONMENT, **inputs("once", ["subnet-1", "subnet-2"], ["sg-1"]))
    engine.delete(ENVIRONMENT, id_, state)


def test_an_environment_that_waits_for_its_owners_endpoints_is_pending(engine: Engine) -> None:
    """`EndpointManagement` CUSTOMER."""
    _, state = engine.create(
        ENVIRONMENT, **inputs("pending", ["subnet-1", "subnet-2"], ["sg-1"], endpointManagement="CUSTOMER")
    )
    assert state["status"] == "PENDING"


def test_groups_update_and_subnets_replace(engine: Engine) -> None:
    """An environment's subnets can never be changed."""
    state = inputs("x", ["subnet-1", "subnet-2"], ["sg-1"])
    more_groups = inputs("x", ["subnet-1", "subnet-2"], ["sg-1", "sg-2"])
    assert engine.diff(ENVIRONMENT, state, more_groups) == ({"networkConfiguration"}, set())
    other_subnets = inputs("x", ["subnet-1", "subnet-3"], ["sg-1"])
    assert engine.diff(ENVIRONMENT, state, other_subnets) == (
        {"networkConfiguration"},
        {"networkConfiguration"},
    )


def test_a_preview_knows_neither_status_nor_what_was_left_out(engine: Engine) -> None:
    """As the genuine provider."""
    shown = engine.client.preview(ENVIRONMENT, **inputs("x", ["subnet-1", "subnet-2"], ["sg-1"]))
    assert {shown[key] for key in ("arn", "status", "airflowVersion", "webserverAccessMode")} == {UNKNOWN}
    assert "kmsKey" not in shown
