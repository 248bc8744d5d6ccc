"""A local AWS and a provider over it, spoken to as the engine speaks."""

from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from pathlib import Path
from typing import Any, TypeVar

import boto3
import grpc
import pytest
from mypy_boto3_ec2 import EC2Client
from pulumi.runtime.proto import provider_pb2
from pulumi.runtime.proto.provider_pb2_grpc import (
    ResourceProviderStub,
    add_ResourceProviderServicer_to_server,
)

from local_cloud.aws_process import start_aws, stop_aws
from local_cloud.provider import aws
from local_cloud.provider.schema import properties_of
from local_cloud.provider.server import Provider
from local_cloud.provider.values import decode, encode

REGION = "eu-west-1"
Props = dict[str, Any]
_Request = TypeVar("_Request")
_Answer = TypeVar("_Answer")


class RefusedByProviderError(Exception):
    """What the engine would show as the provider's error."""


class Engine:
    """Makes, reads, changes and removes resources through the provider, as the engine does."""

    def __init__(self, stub: ResourceProviderStub, endpoint: str) -> None:
        self.stub = stub
        self.endpoint = endpoint

    def check(
        self, token: str, inputs: Mapping[str, Any], olds: Mapping[str, Any] | None = None
    ) -> tuple[Props, list[str]]:
        """Return checked inputs, and the reasons of refusals."""
        answer = self.stub.Check(
            provider_pb2.CheckRequest(
                type=token,
                name="name",
                urn=f"urn:pulumi:dev::test::{token}::name",
                olds=encode(olds or {}),
                news=encode(inputs),
                randomSeed=b"\x0a\xbc\xde\xf0\x12",
            )
        )
        return decode(answer.inputs), [failure.reason for failure in answer.failures]

    def preview(self, token: str, inputs: Mapping[str, Any]) -> Props:
        """Return what the preview of a new resource shows."""
        checked, failures = self.check(token, inputs)
        assert failures == []
        request = provider_pb2.CreateRequest(
            type=token, name="name", properties=encode(checked), preview=True
        )
        return decode(self._answer(self.stub.Create, request).properties)

    def create(self, token: str, **inputs: object) -> tuple[str, Props]:
        """Make a resource; return its id and outputs."""
        checked, failures = self.check(token, inputs)
        assert failures == []
        made = self._answer(
            self.stub.Create, provider_pb2.CreateRequest(type=token, name="name", properties=encode(checked))
        )
        return made.id, decode(made.properties)

    def read(self, token: str, id_: str, state: Props) -> Props | None:
        """Return a resource as it stands; None when it is gone."""
        request = provider_pb2.ReadRequest(type=token, id=id_, properties=encode(state), inputs=encode(state))
        answer = self._answer(self.stub.Read, request)
        return decode(answer.properties) if answer.id else None

    def diff(
        self, token: str, state: Props, news: Mapping[str, Any], ignored: tuple[str, ...] = ()
    ) -> tuple[set[str], set[str]]:
        """Return the changed properties and those of them that replace."""
        olds, _ = self.check(
            token, {key: value for key, value in state.items() if key in self._inputs(token)}
        )
        checked, _ = self.check(token, news, olds)
        answer = self.stub.Diff(
            provider_pb2.DiffRequest(
                type=token,
                old_inputs=encode(olds),
                olds=encode(state),
                news=encode(checked),
                ignoreChanges=list(ignored),
            )
        )
        return set(answer.diffs), set(answer.replaces)

    def delete(self, token: str, id_: str, state: Props) -> None:
        """Remove a resource."""
        self._answer(
            self.stub.Delete, provider_pb2.DeleteRequest(type=token, id=id_, properties=encode(state))
        )

    def invoke(self, token: str, **arguments: object) -> Props:
        """Call a function."""
        request = provider_pb2.InvokeRequest(tok=token, args=encode(arguments))
        return decode(getattr(self._answer(self.stub.Invoke, request), "return"))

    def ec2(self) -> EC2Client:
        """Return a client that looks past the provider."""
        return boto3.client(
            "ec2",
            region_name=REGION,
            endpoint_url=self.endpoint,
            aws_access_key_id=aws.NOBODY,
            aws_secret_access_key=aws.NOBODY,
        )

    @staticmethod
    def _inputs(token: str) -> set[str]:
        return {name for name, each in properties_of(token).items() if each.is_input}

    @staticmethod
    def _answer(call: Callable[[_Request], _Answer], request: _Request) -> _Answer:
        try:
            return call(request)
        except grpc.RpcError as error:
            raise RefusedByProviderError(error.details()) from error


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A provider over a local AWS of its own, configured for a Region and default tags."""
    folder: Path = tmp_path_factory.mktemp("aws")
    running = start_aws(folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("AWS_ENDPOINT_URL", running.endpoint)
    aws._client.cache_clear()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
    add_ResourceProviderServicer_to_server(Provider(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = ResourceProviderStub(channel)
        config = {"region": REGION, "defaultTags": '{"tags": {"team": "data"}}'}
        stub.Configure(provider_pb2.ConfigureRequest(args=encode(config)))
        yield Engine(stub, running.endpoint)
    server.stop(None)
    stop_aws(folder)
    patch.undo()
    aws._client.cache_clear()
