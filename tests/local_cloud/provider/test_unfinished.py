"""A resource of which AWS has made a part is kept, and finished by the next update."""

from typing import Any, NamedTuple

import grpc
import pytest
from google.protobuf.any_pb2 import Any as Packed
from pulumi.runtime.proto import provider_pb2, status_pb2

from local_cloud.provider.unfinished import UNFINISHED
from local_cloud.provider.values import Props, decode, encode
from tests.local_cloud.provider.client import Made, ProviderClient
from tests.local_cloud.provider.tokens import (
    BUCKET,
    DEFAULT_SECURITY_GROUP,
    INTERNET_GATEWAY,
    LOG_GROUP,
    NETWORK_ACL,
    SECURITY_GROUP,
    SUBNET,
    VPC,
)
from tests.local_cloud.refusals import refuse

LINE = {
    "ruleNo": 100,
    "action": "allow",
    "protocol": "-1",
    "cidrBlock": "0.0.0.0/0",
    "fromPort": 0,
    "toPort": 0,
}


@pytest.fixture(scope="module", name="vpc")
def made_vpc(provider: ProviderClient) -> str:
    """A VPC for what stands in one."""
    return provider.create(VPC, cidrBlock="10.0.0.0/16").id


class Case(NamedTuple):
    """A type, its inputs beside the VPC, the call that is refused, and outputs of the finished resource."""

    token: str
    inputs: Props
    call: int
    expected: Props


CASES = [
    Case(VPC, {"cidrBlock": "10.1.0.0/16", "enableDnsHostnames": True}, 3, {"enableDnsHostnames": True}),
    Case(SUBNET, {"cidrBlock": "10.0.0.0/24", "mapPublicIpOnLaunch": True}, 2, {"mapPublicIpOnLaunch": True}),
    Case(INTERNET_GATEWAY, {}, 2, {}),
    Case(SECURITY_GROUP, {}, 2, {"egress": []}),
    Case(DEFAULT_SECURITY_GROUP, {}, 1, {"egress": [], "ingress": []}),
    Case(NETWORK_ACL, {"ingress": [LINE], "egress": [LINE]}, 3, {}),
    Case(BUCKET, {"tags": {"owner": "us"}}, 2, {"tags": {"owner": "us"}}),
    Case(LOG_GROUP, {"retentionInDays": 7}, 2, {"retentionInDays": 7}),
]


@pytest.mark.parametrize("case", CASES, ids=[each.token for each in CASES])
def test_what_is_there_is_told_and_finished(provider: ProviderClient, vpc: str, case: Case) -> None:
    """The error tells the id; an update with the same inputs does what is left, and nothing is left to do."""
    token, inputs, call, expected = case
    of_a_vpc = {} if token in (VPC, BUCKET, LOG_GROUP) else {"vpcId": vpc}
    wanted = {**of_a_vpc, **inputs}
    refuse(provider.endpoint, call)
    made = _made_in_part(provider, token, wanted)
    assert made.outputs[UNFINISHED] is True
    assert _is_different(provider, made, wanted)

    finished = provider.update(made, **wanted)
    assert {key: finished.outputs.get(key) for key in expected} == expected
    assert UNFINISHED not in finished.outputs
    assert finished.outputs.get("vpcId") == of_a_vpc.get("vpcId")
    assert provider.diff(finished, wanted).changed == set()
    assert not _is_different(provider, finished, wanted)
    provider.delete(finished)


def test_a_gateway_that_is_detached_already_is_deleted(provider: ProviderClient, vpc: str) -> None:
    """When AWS refuses the second of the two calls, the next try takes up there."""
    gateway = provider.create(INTERNET_GATEWAY, vpcId=vpc)
    refuse(provider.endpoint, 2)
    with pytest.raises(Exception, match="DeleteInternetGateway"):
        provider.delete(gateway)
    provider.delete(gateway)
    assert provider.read(gateway) is None


def _made_in_part(provider: ProviderClient, token: str, inputs: Props) -> Made:
    """Return a resource as the error of its creation tells it."""
    checked = provider.accepted(token, inputs)
    request = provider_pb2.CreateRequest(type=token, name="thing", properties=encode(checked))
    with pytest.raises(grpc.RpcError) as caught:
        provider.stub.Create(request)
    error: Any = caught.value
    assert "You are not authorized to perform this operation" in error.details()
    status = status_pb2.Status.FromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
    (detail,) = status.details
    assert isinstance(detail, Packed)
    told = provider_pb2.ErrorResourceInitFailed()
    assert detail.Unpack(told)
    assert list(told.reasons) == [error.details()]
    return Made(token=token, id=told.id, inputs=checked, outputs=decode(told.properties))


def _is_different(provider: ProviderClient, made: Made, inputs: Props) -> bool:
    request = provider_pb2.DiffRequest(
        type=made.token,
        id=made.id,
        old_inputs=encode(made.inputs),
        olds=encode(made.outputs),
        news=encode(provider.accepted(made.token, inputs)),
    )
    answer = provider.stub.Diff(request)
    return bool(answer.changes == provider_pb2.DiffResponse.DIFF_SOME)
