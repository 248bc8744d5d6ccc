"""The provider's answers to the engine, over gRPC."""

import importlib.metadata
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import grpc
from botocore.exceptions import ClientError
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from local_cloud.provider.aws import ACCOUNT, NotLoopbackError, RefusedError, loopback_endpoint
from local_cloud.provider.check import Asked, ProviderSettings, check
from local_cloud.provider.diff import diff
from local_cloud.provider.imports import imported
from local_cloud.provider.invokes import invoke
from local_cloud.provider.schema import UnknownNameError, properties_of
from local_cloud.provider.types import KINDS
from local_cloud.provider.types.kind import Kind
from local_cloud.provider.unfinished import UNFINISHED, told, unfinished
from local_cloud.provider.values import UNKNOWN, Props, decode, encode


class Provider(ResourceProviderServicer):
    """`pulumi-resource-aws` over the simulated AWS: a stand-in that answers as the genuine one does."""

    def __init__(self) -> None:
        self._settings = ProviderSettings(region="", default_tags={})

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102, ARG002 - gRPC's
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=False)

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102, ARG002 - gRPC's
        return plugin_pb2.PluginInfo(version=importlib.metadata.version("pulumi-aws"))

    def GetSchema(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102, ARG002 - gRPC's
        return provider_pb2.GetSchemaResponse(schema="{}")

    def Attach(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102, ARG002 - gRPC's
        return Empty()

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102, ARG002 - gRPC's
        return Empty()

    def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102, ARG002 - gRPC's
        missing = [] if _region(decode(request.news)) else [provider_pb2.CheckFailure(reason=_NO_REGION)]
        return provider_pb2.CheckResponse(inputs=request.news, failures=missing)

    def DiffConfig(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102, ARG002 - gRPC's
        olds, news = decode(request.old_inputs), decode(request.news)
        if olds == news:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)
        replaces = ["region"] if olds.get("region") != news.get("region") else []
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_SOME, replaces=replaces)

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        with _answering(context):
            loopback_endpoint()
        config = decode(request.args)
        tags = _parsed(config.get("defaultTags")) or {}
        self._settings = ProviderSettings(
            region=_region(config),
            default_tags=tags.get("tags") or {},
            account=_account(_parsed(config.get("assumeRoles")) or []),
        )
        return provider_pb2.ConfigureResponse(
            acceptSecrets=False, supportsPreview=True, acceptResources=False, acceptOutputs=False
        )

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        with _answering(context):
            asked = Asked(
                request.type, request.name, request.randomSeed, decode(request.olds), decode(request.news)
            )
            checked, failures = check(asked, self._settings)
        return provider_pb2.CheckResponse(
            inputs=encode(checked),
            failures=[
                provider_pb2.CheckFailure(property=each.property, reason=each.reason) for each in failures
            ],
        )

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        with _answering(context):
            found = diff(
                request.type,
                decode(request.old_inputs),
                decode(request.olds),
                decode(request.news),
                tuple(request.ignoreChanges),
            )
        kinds = provider_pb2.PropertyDiff
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME
            if found.changed or UNFINISHED in decode(request.olds)
            else provider_pb2.DiffResponse.DIFF_NONE,
            diffs=found.changed,
            replaces=found.replacing,
            hasDetailedDiff=True,
            detailedDiff={
                key: provider_pb2.PropertyDiff(
                    kind=kinds.UPDATE_REPLACE if key in found.replacing else kinds.UPDATE, inputDiff=True
                )
                for key in found.changed
            },
        )

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        props = _plain(decode(request.properties))
        with _answering(context):
            kind = _kind(request.type)
            if request.preview:
                return provider_pb2.CreateResponse(id="", properties=encode(previewed(request.type, props)))
            id_ = kind.create(props)
            self._finish(context, kind, id_, props)
            read = kind.read(id_, props) or {}
        return provider_pb2.CreateResponse(id=id_, properties=encode(_outputs(id_, props, read)))

    def _finish(self, context: grpc.ServicerContext, kind: Kind, id_: str, props: Props) -> None:
        """Do what is left when a resource has its id; should AWS refuse that, the id is told all the same."""
        if kind.finish is None:
            return
        try:
            kind.finish(id_, props)
        except (RefusedError, ClientError) as error:
            outputs = {**_outputs(id_, props, kind.read(id_, props) or {}), UNFINISHED: True}
            context.abort_with_status(unfinished(id_, outputs, told(error)))

    def Read(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        state = decode(request.properties)
        inputs = decode(request.inputs)
        with _answering(context):
            kind = _kind(request.type)
            if not state:
                return self._import(request.type, request.id)
            read = kind.read(request.id, state)
        if read is None:
            return provider_pb2.ReadResponse(id="")
        now = _outputs(request.id, state, read)
        flags = {key: each.flags for key, each in properties_of(request.type).items()}
        seen = {key: now.get(key) if key in read else value for key, value in inputs.items()}
        return provider_pb2.ReadResponse(
            id=request.id, properties=encode(now), inputs=encode(_as_written(inputs, seen, flags))
        )

    def _import(self, token: str, import_id: str) -> provider_pb2.ReadResponse:
        """Read what this provider did not make; its inputs are what a program could write."""
        id_, least = imported(token, import_id, self._settings.region)
        state = {**least, "tagsAll": dict(self._settings.default_tags)}
        read = _kind(token).read(id_, state)
        if read is None:
            return provider_pb2.ReadResponse(id="")
        properties = properties_of(token)
        now = _outputs(id_, {key: each.default for key, each in properties.items()} | state, read)
        written = {key for key, each in properties.items() if each.is_input}
        inputs = {key: value for key, value in now.items() if key in written and value not in ("", [], {})}
        return provider_pb2.ReadResponse(id=id_, properties=encode(now), inputs=encode(inputs))

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        olds, news = decode(request.old_inputs), _plain(decode(request.news))
        state = decode(request.olds)
        with _answering(context):
            kind = _kind(request.type)
            if request.preview:
                shown = previewed_update(request.type, olds, state, news)
                return provider_pb2.UpdateResponse(properties=encode(shown))
            if state.get(UNFINISHED):
                self._finish(context, kind, request.id, news)
            if kind.update is None:
                raise RefusedError(f"{request.type} cannot be changed, only replaced")
            kind.update(request.id, olds, news)
            read = kind.read(request.id, news) or {}
        return provider_pb2.UpdateResponse(properties=encode(_outputs(request.id, news, read)))

    def Delete(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        state = decode(request.properties)
        with _answering(context):
            kind = _kind(request.type)
            if kind.read(request.id, state) is not None:
                kind.delete(request.id, state)
        return Empty()

    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802, ANN401, D102 - gRPC's
        with _answering(context):
            settings = self._settings
            answer = invoke(request.tok, decode(request.args), settings.region, settings.account)
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(encode(answer))
        return response


_NO_REGION: Final = (
    "Missing Region: the AWS provider looks for it in the stack's configuration "
    "(`pulumi config set aws:region eu-west-1`), in AWS_REGION and in AWS_DEFAULT_REGION."
)


def _region(config: Props) -> str:
    """Return the Region to work in, which the environment may name; empty where nothing does.

    The genuine provider looks in the same places, then in the user's profile, and refuses likewise
    (pulumi-aws, provider/resources.go, validateCredentials). No profile is read here.
    """
    named = (config.get("region"), *(os.environ.get(each) for each in ("AWS_REGION", "AWS_DEFAULT_REGION")))
    return next((each for each in named if each), "")


def previewed(token: str, props: Props) -> Props:
    """Return what a preview shows of a new resource: inputs, and unknown whatever is computed."""
    computed = (key for key, each in properties_of(token).items() if each.computed and key not in props)
    return {**props, **dict.fromkeys(computed, UNKNOWN), "id": UNKNOWN}


def _as_written(written: Props, seen: Props, flags: Mapping[str, Mapping[str, Any]]) -> Props:
    """Return inputs as read, without the parts of objects that the program left to the provider."""
    return {
        key: _as_written(value, seen[key], flags[key]["nested"])
        if "nested" in flags.get(key, ()) and isinstance(value, dict) and isinstance(seen.get(key), dict)
        else seen.get(key)
        for key, value in written.items()
    }


_UNSETTLING: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("aws:ec2/vpc:Vpc", "assignGeneratedIpv6CidrBlock"): ("ipv6AssociationId", "ipv6CidrBlock"),
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "subnetIds"): ("networkInterfaceIds",),
}
"""Properties whose change makes others unknown in the preview of an update."""


def previewed_update(token: str, olds: Props, state: Props, news: Props) -> Props:
    """Return what a preview shows of a change: what AWS has stays, unless the change unsettles it."""
    unsettled = (
        other
        for (type_, key), others in _UNSETTLING.items()
        if type_ == token and olds.get(key) != news.get(key)
        for other in others
    )
    return {**state, **news, **dict.fromkeys(unsettled, UNKNOWN)}


def _outputs(id_: str, props: Props, read: Props) -> Props:
    """Return the outputs: what is read over what was written, without what has no value any more."""
    merged = {**props, **read, "id": id_}
    return {key: value for key, value in merged.items() if value is not None}


def _kind(token: str) -> Kind:
    properties_of(token)
    if token not in KINDS:
        raise UnknownNameError(
            f"the local AWS provider does not make {token} yet; it makes {', '.join(sorted(KINDS))}"
        )
    return KINDS[token]


def _account(roles: list[Props]) -> str:
    """Return the account of the last role that a provider assumes.

    What is made stands in one account all the same: the local AWS shows that two of them are told apart, not
    that one of them may do less.
    """
    return str(roles[-1]["roleArn"]).split(":")[4] if roles else ACCOUNT


def _plain(props: Props) -> Props:
    return {key: value for key, value in props.items() if key != "__defaults"}


def _parsed(value: Any) -> Any:  # noqa: ANN401 - provider configuration travels as JSON text
    return json.loads(value) if isinstance(value, str) else value


@contextmanager
def _answering(context: grpc.ServicerContext) -> Iterator[None]:
    """Turn what AWS or this provider refuses into an error that the engine shows."""
    try:
        yield
    except (UnknownNameError, RefusedError, NotLoopbackError, ClientError) as error:
        context.abort(grpc.StatusCode.UNKNOWN, told(error))
