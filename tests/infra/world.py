"""A world without an engine: Pulumi's mocks, which remember everything that a program registers.

The engine, a provider and AWS come in with `tests/engine`; here stand the cases that are too many for it.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi.runtime.mocks
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.settings import set_root_resource

Json = object

ACCOUNT = "123456789012"
ACCOUNTS = ("111111111111", "222222222222")
"""The accounts of providers that have one of them in their name; every other has the account above."""
IPV6_BLOCK = "2001:db8:1234:1a00::/56"
IRELAND = {"euw1-az1": "eu-west-1a", "euw1-az2": "eu-west-1b", "euw1-az3": "eu-west-1c"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A resource as the engine would have got it; unknown values are left out."""

    type: str
    name: str
    inputs: Mapping[str, Json]
    parent: str
    provider: str
    dependencies: tuple[str, ...]
    property_dependencies: Mapping[str, tuple[str, ...]]
    ignored: tuple[str, ...]
    deleted_first: bool
    protected: bool


@dataclass(kw_only=True)
class World:
    """What a program did.

    Attributes:
        zones: The zones of the Region, names by id.
        region: The Region.
        unmade: Names of the resources that do not exist yet; in a preview their ids are unknown.
        answers: What functions of providers answer, by token, beside the zones of the Region.
        resources: What it registered, in order, without the stack.
        outputs: What components registered as their outputs, by name.
        calls: The functions of providers that it called, with their arguments and the provider.
        logged: What it told the user.
    """

    zones: Mapping[str, str] = field(default_factory=lambda: IRELAND)
    region: str = "eu-west-1"
    unmade: frozenset[str] = frozenset()
    answers: Mapping[str, Callable[[Mapping[str, Json]], dict[str, Json]]] = field(default_factory=dict)
    resources: list[Registered] = field(default_factory=list)
    outputs: dict[str, Mapping[str, Json]] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, Json], str]] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)

    def run(
        self,
        program: Callable[[], object],
        *,
        config: Mapping[str, str] | None = None,
        project: str = "mwaa-network",
        preview: bool = False,
    ) -> Json:
        """Run a program here to its end; return what it returns, with values in place of outputs.

        The configuration is given as the engine gives it: text by full key.
        """
        logger = logging.getLogger(__name__)
        logger.setLevel(logging.INFO)
        logger.propagate = False
        logger.handlers = [_Ear(self.logged)]
        set_root_resource(None)  # type: ignore[arg-type] # the SDK starts with none as well
        pulumi.runtime.set_mocks(
            _Aws(self),
            project=project,
            stack="dev",
            preview=preview,
            logger=logger,
            monitor=_Monitor(self),
        )
        pulumi.runtime.set_all_config(dict(config or {}), [])
        results: list[Json] = []

        def whole() -> pulumi.Output[None]:
            result = program()
            return pulumi.Output.from_input(result).apply(results.append)

        pulumi.runtime.test(whole)()  # type: ignore[no-untyped-call] # the SDK gives it no types
        return results[0]

    def inputs_of(self, kind: str, name: str) -> Mapping[str, Json]:
        """Return the inputs of the one resource of a type and a name."""
        return self.one(kind, name).inputs

    def one(self, kind: str, name: str) -> Registered:
        """Return the one resource of a type and a name."""
        (found,) = [each for each in self.resources if (each.type, each.name) == (kind, name)]
        return found

    def table(self) -> set[tuple[str, str]]:
        """Return the types, without package and module, and the names of all resources."""
        return {(each.type.rpartition(":")[2], each.name) for each in self.resources}


class _Ear(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())


class _Aws(pulumi.runtime.Mocks):
    """Answers as the provider does, with ids and outputs made of names."""

    def __init__(self, world: World) -> None:
        self._world = world

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Json]:  # type: ignore[override] # a pair, say the types; a dictionary, say the SDK's own examples
        self._world.calls.append((args.token, args.args, args.provider))
        if args.token in self._world.answers:
            return self._world.answers[args.token](args.args)
        zones = sorted((name, zone_id) for zone_id, name in self._world.zones.items())
        return {
            "id": self._world.region,
            "region": self._world.region,
            "names": [name for name, _ in zones],
            "zoneIds": [zone_id for _, zone_id in zones],
            "groupNames": [self._world.region],
            "accountId": next((each for each in ACCOUNTS if each in args.provider), ACCOUNT),
        }

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Json]]:
        made = {
            "allocationId": f"{args.name}-allocation",
            "publicIp": f"{args.name}-address",
            "prefixListId": f"{args.name}-prefix-list",
            "arn": f"{args.name}-arn",
            "databaseVpcEndpointService": f"{args.name}-database-service",
            "webserverVpcEndpointService": f"{args.name}-web-service",
            "webserverUrl": f"{args.name}-url",
            "bucket": f"{args.name}-bucket",
            "name": f"{args.name}-name",
        }
        if args.inputs.get("assignGeneratedIpv6CidrBlock"):
            made["ipv6CidrBlock"] = IPV6_BLOCK
        kind = args.typ.rpartition(":")[2].lower()
        resource_id = "" if args.name in self._world.unmade else f"{args.name}-{kind}"
        return resource_id, {**made, **args.inputs}


class _Monitor(pulumi.runtime.mocks.MockMonitor):
    """Remembers each registration whole; the mocks of the SDK see inputs only."""

    def __init__(self, world: World) -> None:
        super().__init__(_Aws(world))
        self._world = world

    def RegisterResource(  # noqa: N802 - the name of the call on the wire
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        if request.type != "pulumi:pulumi:Stack":
            self._world.resources.append(
                Registered(
                    type=request.type,
                    name=request.name,
                    inputs=_plain(request.object),
                    parent=request.parent.rpartition("::")[2],
                    provider=request.provider,
                    dependencies=tuple(sorted(_short(urn) for urn in request.dependencies)),
                    property_dependencies={
                        key: tuple(sorted(_short(urn) for urn in each.urns))
                        for key, each in request.propertyDependencies.items()
                    },
                    ignored=tuple(request.ignoreChanges),
                    deleted_first=request.deleteBeforeReplace,
                    protected=request.protect,
                )
            )
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call] # nor this
        assert isinstance(response, resource_pb2.RegisterResourceResponse)
        return response

    def RegisterResourceOutputs(  # noqa: N802 - the name of the call on the wire
        self, request: resource_pb2.RegisterResourceOutputsRequest
    ) -> empty_pb2.Empty:
        self._world.outputs[request.urn.rpartition("::")[2]] = _plain(request.outputs)
        return empty_pb2.Empty()


def _plain(struct: struct_pb2.Struct) -> dict[str, Json]:
    """Return what a message holds, with whole numbers where the wire has 100.0."""
    text = json.dumps(json_format.MessageToDict(struct))
    plain: dict[str, Json] = json.loads(text, parse_float=lambda number: int(float(number)))
    return plain


def _short(urn: str) -> str:
    """Return `Subnet mwaa-private-a` for a URN."""
    kind, name = urn.rsplit("::", 2)[1:]
    return f"{kind.rpartition(':')[2]} {name}"
