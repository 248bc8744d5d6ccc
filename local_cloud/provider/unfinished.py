"""How the engine hears of a resource that AWS has made in part: it keeps it, and updates it next time."""

from typing import Final, NamedTuple

import grpc
from botocore.exceptions import ClientError
from pulumi.runtime.proto import provider_pb2, status_pb2

from local_cloud.provider.values import Props, encode

UNFINISHED: Final = "__unfinished"
"""The output that marks such a resource; the engine shows no key that begins so."""


class _Status(NamedTuple):
    code: grpc.StatusCode
    details: str
    trailing_metadata: tuple[tuple[str, bytes], ...]


def unfinished(id_: str, outputs: Props, reason: str) -> grpc.Status:
    """Return the error that tells the id and the outputs of what is there already."""
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=reason)
    made = provider_pb2.ErrorResourceInitFailed(id=id_, properties=encode(outputs), reasons=[reason])
    status.details.add().Pack(made)
    metadata = (("grpc-status-details-bin", status.SerializeToString()),)
    return _Status(grpc.StatusCode.UNKNOWN, reason, metadata)  # type: ignore[return-value] # gRPC asks for these three


def told(error: Exception) -> str:
    """Return what AWS refused, in its words."""
    if isinstance(error, ClientError):
        refused = error.response["Error"]
        return f"api error {refused['Code']}: {refused['Message']}"
    return str(error)
