"""Networks of the program, judged by the pack without an engine: as a first preview, and as deployed.

The program runs under Pulumi's mocks, where a preview leaves unknown what a preview leaves unknown; each
registration, with the dependencies that the SDK found, becomes a resource as the pack gets it.
"""

from collections.abc import Callable, Mapping

import pulumi
import pulumi.runtime.mocks
from google.protobuf import json_format
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.rpc import UNKNOWN
from pulumi.runtime.settings import set_root_resource

from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from tests.infra.given import Answers
from tests.infra.world import IPV6_BLOCK, IRELAND
from tests.policy_pack.stacks import FLAGS, Made, computed_of
from tests.policy_pack.verdicts import Verdict, verdict

Json = object
REGION = "eu-west-1"


def said_of(program: Callable[[], object], answers: Answers | None = None) -> Verdict:
    """Return all that the pack says of what a program makes, at its first preview and when it is deployed."""
    return verdict(_resources(program, answers or {}, preview=True)) | verdict(deployed(program, answers))


def deployed(program: Callable[[], object], answers: Answers | None = None) -> tuple[Resource, ...]:
    """Return what a program makes, as the pack sees it when it is deployed."""
    return _resources(program, answers or {}, preview=False)


def _resources(program: Callable[[], object], answers: Answers, *, preview: bool) -> tuple[Resource, ...]:
    mocks = _Aws(answers, preview=preview)
    monitor = _Monitor(mocks, preview=preview)
    set_root_resource(None)  # type: ignore[arg-type] # the SDK starts with none as well
    pulumi.runtime.set_mocks(mocks, project="mwaa-network", stack="dev", preview=preview, monitor=monitor)
    pulumi.runtime.set_all_config({}, [])
    pulumi.runtime.test(lambda: program() and None)()  # type: ignore[no-untyped-call] # the SDK gives it no types
    return tuple(monitor.seen)


def _flags(type_: str) -> Mapping[str, Mapping[str, Json]]:
    flags: Mapping[str, Mapping[str, Json]] = FLAGS.get(type_, {"properties": {}})["properties"]
    return flags


def _computed(type_: str, name: str, inputs: Mapping[str, Json]) -> dict[str, Json]:
    """Return what AWS gives a resource beside its inputs."""
    stack_resource = Made(type_, name, {}, label=f"{name}-{type_.rpartition(':')[2].lower()}")
    given: dict[str, Json] = {
        key: computed_of(stack_resource, key)
        for key, flags in _flags(type_).items()
        if flags["computed"] and key not in inputs
    }
    if inputs.get("assignGeneratedIpv6CidrBlock"):
        given["ipv6CidrBlock"] = IPV6_BLOCK
    return given


class _Aws(pulumi.runtime.Mocks):
    def __init__(self, answers: Answers, *, preview: bool) -> None:
        self._answers = answers
        self._preview = preview

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Json]:  # type: ignore[override] # a pair, say the types; a dictionary, say the SDK's own examples
        if args.token in self._answers:
            return self._answers[args.token](args.args)
        return {"id": REGION, "region": REGION, "names": list(IRELAND.values()), "zoneIds": list(IRELAND)}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Json]]:
        if self._preview:
            return "", dict(args.inputs)
        made = _computed(args.typ, args.name, args.inputs)
        return f"{args.name}-{args.typ.rpartition(':')[2].lower()}", {**made, **args.inputs}


class _Monitor(pulumi.runtime.mocks.MockMonitor):
    def __init__(self, mocks: _Aws, *, preview: bool) -> None:
        super().__init__(mocks)
        self._preview = preview
        self.seen: list[Resource] = []

    def RegisterResource(  # noqa: N802 - the name of the call on the wire
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call] # the SDK gives it no types
        assert isinstance(response, resource_pb2.RegisterResourceResponse)
        if request.type.startswith("aws:"):
            self.seen.append(self._resource(request, response))
        return response

    def _resource(
        self,
        request: resource_pb2.RegisterResourceRequest,
        response: resource_pb2.RegisterResourceResponse,
    ) -> Resource:
        inputs = {key: _value(value) for key, value in json_format.MessageToDict(request.object).items()}
        flags = _flags(request.type)
        if "region" in flags:
            inputs.setdefault("region", REGION)
        if "tagsAll" in flags:
            inputs["tagsAll"] = inputs.get("tags", {})
        if self._preview:
            computed = ("id", *(key for key in flags if flags[key]["computed"]))
            made: dict[str, Value] = dict.fromkeys(computed, Opaque.COMPUTED)
        else:
            made = {key: _value(value) for key, value in json_format.MessageToDict(response.object).items()}
            made["id"] = response.id
        return Resource(
            urn=response.urn,
            type=request.type,
            name=request.name,
            inputs=inputs,
            outputs={**made, **inputs},
            dependencies=tuple(request.dependencies),
            property_dependencies={
                key: tuple(each.urns) for key, each in request.propertyDependencies.items() if each.urns
            },
        )


def _value(value: object) -> Value:
    match value:
        case str() if value == UNKNOWN:
            return Opaque.COMPUTED
        case list():
            return tuple(_value(each) for each in value)
        case dict():
            return {str(key): _value(each) for key, each in value.items()}
        case bool() | float() | str() | None:
            return value
        case _:
            raise TypeError(type(value))
