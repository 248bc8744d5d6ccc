"""Example programs, run under Pulumi's mocks and handed over as the resources that the pack judges.

Every output is a text that tells whose it is. So what a program writes can be told from what it refers to,
and the stack can be rendered as a first preview shows it as well as deployed.
"""

import json
import runpy
import sys
from pathlib import Path
from typing import Final, TypeAlias

import pulumi.runtime.mocks
from google.protobuf import json_format
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.settings import set_root_resource

from tests.policy_pack.stacks import Made, Ref, Written

EXAMPLES: Final = Path(__file__).parents[2] / "docs" / "examples"
_FLAGS: Final = json.loads(
    (Path(__file__).parents[2] / "local_cloud" / "provider.json").read_text(encoding="utf-8")
)
_MARK: Final = "output of "

Json: TypeAlias = "bool | float | str | list[Json] | dict[str, Json] | None"


def stack_of(program: Path) -> tuple[Made, ...]:
    """Run a program to its end; return the stack that it makes."""
    monitor = _Monitor()
    set_root_resource(None)  # type: ignore[arg-type] # the SDK starts with none as well
    pulumi.runtime.set_mocks(_Outputs(), project="example", stack="dev", preview=False, monitor=monitor)
    pulumi.runtime.set_all_config({}, [])
    path = list(sys.path)
    sys.path.insert(0, str(EXAMPLES))
    try:
        pulumi.runtime.test(lambda: runpy.run_path(str(program)) and None)()  # type: ignore[no-untyped-call] # the SDK gives it no types
    finally:
        sys.path[:] = path
    return tuple(monitor.made)


class _Outputs(pulumi.runtime.Mocks):
    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Json]]:
        properties = _FLAGS.get(args.typ, {"properties": {}})["properties"]
        outputs = {
            key: _marked(args.typ, args.name, key) for key, flags in properties.items() if flags["computed"]
        }
        return _marked(args.typ, args.name, "id"), {**outputs, **args.inputs}

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Json]:  # type: ignore[override] # a pair, say the types; a dictionary, say the SDK's own examples
        raise NotImplementedError(f"no example looks anything up: {args.token}")


class _Monitor(pulumi.runtime.mocks.MockMonitor):
    def __init__(self) -> None:
        super().__init__(_Outputs())
        self.made: list[Made] = []

    def RegisterResource(  # noqa: N802 - the name of the call on the wire
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        if request.type != "pulumi:pulumi:Stack":
            inputs: dict[str, Json] = json_format.MessageToDict(request.object)
            self.made.append(
                Made(
                    type=request.type,
                    name=request.name,
                    inputs={key: _written(value) for key, value in inputs.items()},
                    label=_label(request.type, request.name),
                )
            )
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call] # nor this
        assert isinstance(response, resource_pb2.RegisterResourceResponse)
        return response


def _label(type_: str, name: str) -> str:
    return f"{type_} {name}"


def _marked(type_: str, name: str, key: str) -> str:
    return f"{_MARK}{_label(type_, name)}: {key}"


def _written(value: Json) -> Written:
    match value:
        case str() if value.startswith(_MARK):
            label, _, key = value.removeprefix(_MARK).rpartition(": ")
            return Ref(label, key)
        case list():
            return [_written(item) for item in value]
        case dict():
            return {key: _written(item) for key, item in value.items()}
        case _:
            return value
