"""The pack as the engine runs it: a process of its own, spoken to over gRPC."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime import proto
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerStub

from mwaa_guardrails.reading.resource import Opaque, Resource, Value

PACK: Final = Path(__file__).parents[2] / "policy_pack"
UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


@dataclass(frozen=True)
class Report:
    """One violation as the engine would show it."""

    policy: str
    level: int
    urn: str
    message: str


class Pack:
    """A running pack."""

    def __init__(self, stub: AnalyzerStub) -> None:
        self.stub = stub

    def info(self) -> proto.AnalyzerInfo:
        """Return what the pack says of itself and its policies."""
        info: proto.AnalyzerInfo = self.stub.GetAnalyzerInfo(Empty())
        return info

    def configure(self, levels: Mapping[str, int], properties: Mapping[str, Mapping[str, Any]]) -> None:
        """State levels and properties, by policy, as the engine does: always both."""
        request = proto.ConfigureAnalyzerRequest()
        for policy, level in levels.items():
            request.policyConfig[policy].enforcementLevel = level  # type: ignore[assignment] # an enum's number
            request.policyConfig[policy].properties.update(properties.get(policy, {}))
        self.stub.Configure(request)

    def begin(self, *, dry_run: bool) -> None:
        """Say whether a preview or an update begins."""
        self.stub.ConfigureStack(proto.AnalyzerStackConfigureRequest(dry_run=dry_run))

    def analyze(self, resources: Iterable[Resource]) -> list[Report]:
        """Send a stack as the engine does: the inputs of each resource, then all outputs."""
        given = tuple(resources)
        return [*self.register(given), *self.judge(given)]

    def register(self, resources: Iterable[Resource]) -> list[Report]:
        """Send the inputs of each resource, and return what is said at once."""
        return self.send(registrations_of(resources))

    def judge(self, resources: Iterable[Resource]) -> list[Report]:
        """Send all outputs, and return what is said in the end."""
        return self.send_all(judgement_of(resources))

    def send(self, registrations: Iterable[proto.AnalyzeRequest]) -> list[Report]:
        """Send one request for each resource."""
        answers = (self.stub.Analyze(each) for each in registrations)
        return [report for answer in answers for report in _reports(answer)]

    def send_all(self, judgement: proto.AnalyzeStackRequest) -> list[Report]:
        """Send the one request for all resources."""
        return _reports(self.stub.AnalyzeStack(judgement))


@contextmanager
def running_pack(folder: Path = PACK, python: str = sys.executable, **environment: str) -> Iterator[Pack]:
    """Start the pack in a folder, with some environment variables, and stop it at the end."""
    command = [python, "-u", "-m", "pulumi.policy", "127.0.0.1:0", str(folder)]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                yield Pack(AnalyzerStub(channel))
        finally:
            process.terminate()


def registrations_of(resources: Iterable[Resource]) -> list[proto.AnalyzeRequest]:
    """Return what the engine sends while it registers these resources."""
    return [
        proto.AnalyzeRequest(type=each.type, urn=each.urn, name=each.name, properties=_struct(each.inputs))
        for each in resources
    ]


def judgement_of(resources: Iterable[Resource]) -> proto.AnalyzeStackRequest:
    """Return what the engine sends in the end."""
    return proto.AnalyzeStackRequest(resources=[_message(each) for each in resources])


def _reports(answer: proto.AnalyzeResponse) -> list[Report]:
    return [
        Report(each.policyName, each.enforcementLevel, each.urn, each.message) for each in answer.diagnostics
    ]


def _message(resource: Resource) -> proto.AnalyzerResource:
    message = proto.AnalyzerResource(
        type=resource.type,
        urn=resource.urn,
        name=resource.name,
        properties=_struct(resource.outputs),
        dependencies=list(resource.dependencies),
    )
    for key, urns in resource.property_dependencies.items():
        message.propertyDependencies[key].urns.extend(urns)
    return message


def _struct(values: Mapping[str, Value]) -> Struct:
    return ParseDict({key: _encode(value) for key, value in values.items()}, Struct())


def _encode(value: Value) -> object:
    match value:
        case Opaque.COMPUTED:
            return UNKNOWN
        case Opaque.SECRET:
            return {
                "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                "value": "a canary",
            }
        case tuple():
            return [_encode(item) for item in value]
        case Mapping():
            return {key: _encode(item) for key, item in value.items()}
        case _:
            return value
