"""Speaks to the provider over gRPC as the engine does, and to the simulated AWS past the provider."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3
import grpc
import pytest
from mypy_boto3_ec2 import EC2Client
from pulumi.runtime.proto import provider_pb2
from pulumi.runtime.proto.provider_pb2_grpc import (
    ResourceProviderStub,
    add_ResourceProviderServicer_to_server,
)

from local_cloud.provider import aws
from local_cloud.provider.server import Provider
from local_cloud.provider.values import Props, decode, encode

ROOT: Final = Path(__file__).parents[3]
REGION: Final = "eu-west-1"
DEFAULT_TAGS: Final = {"team": "data"}
SEED: Final = bytes.fromhex("0abcdef012")


class RefusedByProviderError(Exception):
    """What the engine would show as the provider's error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A resource as the engine remembers it."""

    token: str
    id: str
    inputs: Props
    outputs: Props


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What Diff says: the changed properties, and those of them that replace."""

    changed: set[str]
    replacing: set[str]
    deletes_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderClient:
    """A running provider, configured for a Region and default tags."""

    stub: ResourceProviderStub
    endpoint: str

    def check(
        self,
        token: str,
        inputs: Mapping[str, Any],
        olds: Mapping[str, Any] | None = None,
        name: str = "thing",
    ) -> tuple[Props, list[tuple[str, str]]]:
        """Return checked inputs, and the property and reason of each refusal."""
        request = provider_pb2.CheckRequest(
            type=token,
            name=name,
            urn=f"urn:pulumi:dev::test::{token}::{name}",
            olds=encode(olds or {}),
            news=encode(inputs),
            randomSeed=SEED,
        )
        answer = answered(self.stub.Check, request)
        return decode(answer.inputs), [(each.property, each.reason) for each in answer.failures]

    def accepted(self, token: str, inputs: Mapping[str, Any]) -> Props:
        """Return checked inputs of a resource that Check accepts.

        Raises:
            RefusedByProviderError: Check refuses them.
        """
        checked, failures = self.check(token, inputs)
        if failures:
            raise RefusedByProviderError("; ".join(reason for _, reason in failures))
        return checked

    def preview(self, token: str, **inputs: Any) -> Props:  # noqa: ANN401 - inputs of any type
        """Return what the preview of a new resource shows."""
        checked = encode(self.accepted(token, inputs))
        request = provider_pb2.CreateRequest(type=token, name="thing", properties=checked, preview=True)
        return decode(answered(self.stub.Create, request).properties)

    def create(self, token: str, **inputs: Any) -> Made:  # noqa: ANN401 - likewise
        """Make a resource."""
        checked = self.accepted(token, inputs)
        request = provider_pb2.CreateRequest(type=token, name="thing", properties=encode(checked))
        answer = answered(self.stub.Create, request)
        return Made(token=token, id=answer.id, inputs=checked, outputs=decode(answer.properties))

    def read(self, made: Made) -> Made | None:
        """Return a resource as it stands; None when it is gone."""
        request = provider_pb2.ReadRequest(
            type=made.token, id=made.id, properties=encode(made.outputs), inputs=encode(made.inputs)
        )
        answer = answered(self.stub.Read, request)
        if not answer.id:
            return None
        outputs = decode(answer.properties)
        return Made(token=made.token, id=answer.id, inputs=decode(answer.inputs), outputs=outputs)

    def update(self, made: Made, **inputs: Any) -> Made:  # noqa: ANN401 - likewise
        """Change a resource to new inputs."""
        checked = self.accepted(made.token, inputs)
        request = provider_pb2.UpdateRequest(
            type=made.token,
            id=made.id,
            olds=encode(made.outputs),
            old_inputs=encode(made.inputs),
            news=encode(checked),
        )
        outputs = decode(answered(self.stub.Update, request).properties)
        return Made(token=made.token, id=made.id, inputs=checked, outputs=outputs)

    def delete(self, made: Made) -> None:
        """Remove a resource."""
        request = provider_pb2.DeleteRequest(
            type=made.token, id=made.id, properties=encode(made.outputs), old_inputs=encode(made.inputs)
        )
        answered(self.stub.Delete, request)

    def diff(self, made: Made, inputs: Mapping[str, Any], *ignored: str) -> Differences:
        """Compare a resource with new inputs."""
        request = provider_pb2.DiffRequest(
            type=made.token,
            id=made.id,
            old_inputs=encode(made.inputs),
            olds=encode(made.outputs),
            news=encode(self.accepted(made.token, inputs)),
            ignoreChanges=ignored,
        )
        answer = answered(self.stub.Diff, request)
        is_some = answer.changes == provider_pb2.DiffResponse.DIFF_SOME
        assert is_some == bool(answer.diffs)
        return Differences(
            changed=set(answer.diffs),
            replacing=set(answer.replaces),
            deletes_first=answer.deleteBeforeReplace,
        )

    def remembered(self, token: str, **inputs: Any) -> Made:  # noqa: ANN401 - likewise
        """Return a resource as if made, for Diff alone: its outputs are its checked inputs."""
        checked = self.accepted(token, inputs)
        outputs = {key: value for key, value in checked.items() if key != "__defaults"}
        return Made(token=token, id="thing-1", inputs=checked, outputs=outputs)

    def invoke(self, token: str, **arguments: Any) -> Props:  # noqa: ANN401 - likewise
        """Call a function."""
        request = provider_pb2.InvokeRequest(tok=token, args=encode(arguments))
        return decode(getattr(answered(self.stub.Invoke, request), "return"))

    def ec2(self) -> EC2Client:
        """Return a client that looks past the provider."""
        return boto3.client(
            "ec2",
            region_name=REGION,
            endpoint_url=self.endpoint,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - nobody's, for a simulation
        )


def answered(call: Callable[[Any], Any], request: Any) -> Any:  # noqa: ANN401 - any message
    """Return the provider's answer.

    Raises:
        RefusedByProviderError: The provider answers with an error.
    """
    try:
        return call(request)
    except grpc.RpcError as error:
        raise RefusedByProviderError(error.details()) from error


@contextmanager
def simulated_aws() -> Iterator[str]:
    """Run a simulated AWS of its own; the value is its endpoint."""
    command = [sys.executable, "-m", "local_cloud.aws_server", "--port", "0", "--instance", "test"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            told = json.loads(server.stdout.readline())
            assert told["instance"] == "test"
            yield f"http://127.0.0.1:{told['port']}"
        finally:
            server.terminate()


@contextmanager
def running_provider(
    endpoint: str, region: str | None = REGION, **settings: object
) -> Iterator[ProviderClient]:
    """Serve the provider over a simulated AWS, and configure it as the engine does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(aws.ENDPOINT, endpoint)
        aws._made_once.cache_clear()
        server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
        add_ResourceProviderServicer_to_server(Provider(), server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                stub = ResourceProviderStub(channel)
                config = {"region": region, "defaultTags": json.dumps({"tags": DEFAULT_TAGS})}
                config |= {key: json.dumps(value) for key, value in settings.items()}
                stub.Configure(provider_pb2.ConfigureRequest(args=encode(config)))
                yield ProviderClient(stub=stub, endpoint=endpoint)
        finally:
            server.stop(None).wait()
            aws._made_once.cache_clear()
