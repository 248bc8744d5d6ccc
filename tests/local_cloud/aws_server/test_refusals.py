"""The simulated AWS refuses the call that somebody asked it to, in the words of each service."""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.local_cloud.provider.client import REGION, simulated_aws
from tests.local_cloud.refusals import Refusal, refusal, refuse


@pytest.fixture(scope="module", name="endpoint")
def running_aws() -> Iterator[str]:
    """A simulated AWS for this file."""
    with simulated_aws() as endpoint:
        yield endpoint


def _client(endpoint: str, service: str) -> Any:  # noqa: ANN401 - boto3 has a type for each service
    session = boto3.session.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - nobody's, for a simulation
        region_name=REGION,
    )
    config = Config(inject_host_prefix=False)
    return session.client(service, endpoint_url=endpoint, config=config)  # type: ignore[call-overload] # any service


# The service, a call, its code and the name of the operation.
CALLS: list[tuple[str, Callable[[Any], Any], str, str]] = [
    (
        "ec2",
        lambda ec2: ec2.create_vpc(CidrBlock="10.0.0.0/16"),
        "UnauthorizedOperation",
        "CreateVpc",
    ),
    ("s3", lambda s3: s3.delete_bucket(Bucket="ours"), "AccessDenied", "DeleteBucket"),
    ("iam", lambda iam: iam.delete_role(RoleName="ours"), "AccessDenied", "DeleteRole"),
    (
        "logs",
        lambda logs: logs.create_log_group(logGroupName="ours"),
        "AccessDeniedException",
        "CreateLogGroup",
    ),
    ("kms", lambda kms: kms.create_key(), "AccessDeniedException", "CreateKey"),
    ("mwaa", lambda mwaa: mwaa.delete_environment(Name="ours"), "AccessDeniedException", "DeleteEnvironment"),
]


@pytest.mark.parametrize(("service", "call", "code", "operation"), CALLS, ids=[each[0] for each in CALLS])
def test_each_service_refuses_in_its_words(
    endpoint: str, service: str, call: Callable[[Any], Any], code: str, operation: str
) -> None:
    """It is refused at once, as boto3 tries again only what may be luck."""
    refuse(endpoint, 1)
    with pytest.raises(ClientError) as caught:
        call(_client(endpoint, service))
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["Error"]["Message"] == (
        f"You are not authorized to perform this operation: {operation}."
    )
    assert refusal(endpoint) == Refusal(counted=1, refused=operation)


def test_only_the_call_of_the_number_is_refused(endpoint: str) -> None:
    """Calls that only read are not counted, and what comes afterwards is carried out."""
    ec2 = _client(endpoint, "ec2")
    refuse(endpoint, 2)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.describe_vpcs()
    with pytest.raises(ClientError):
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")
    assert refusal(endpoint) == Refusal(counted=3, refused="CreateSubnet")
    assert len(ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]) == 1


def test_nobody_need_be_refused(endpoint: str) -> None:
    """With 0 it counts only."""
    refuse(endpoint, 0)
    _client(endpoint, "ec2").create_vpc(CidrBlock="10.0.0.0/16")
    assert refusal(endpoint) == Refusal(counted=1, refused=None)
