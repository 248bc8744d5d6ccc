"""Stands before a policy pack and starts it only when the engine has told what stack it judges.

The Pulumi SDK for Python takes the stack's name, project and configuration from the environment that it
starts in, and the engine tells them later, in a call. So the engine talks to this proxy, which starts the
pack when that call comes, or at the first other one: `pulumi policy analyze` tells nothing.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import grpc
from pulumi.runtime.proto import analyzer_pb2
from pulumi.runtime.proto.analyzer_pb2 import (
    AnalyzerHandshakeResponse,
    AnalyzerStackConfigureRequest,
    AnalyzerStackConfigureResponse,
)

SERVICE = analyzer_pb2.DESCRIPTOR.services_by_name["Analyzer"]

WITHOUT_LIMIT = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))
"""A large stack makes messages larger than the four megabytes that gRPC takes by default."""

THREADS = 8
SECONDS_TO_ANSWER = 3.0

StartPack = Callable[[AnalyzerStackConfigureRequest | None], int]
"""Starts the pack for a stack, or for none that is known; returns the port where the pack listens."""


class PackFailedError(Exception):
    """The pack did not come up; the text says what the engine should show."""


@contextmanager
def proxy(start_pack: StartPack) -> Iterator[int]:
    """Serve the proxy until the block ends; yields its port."""
    pack = _Pack(start_pack)
    handlers = {
        method.name: grpc.unary_unary_rpc_method_handler(partial(_serve, pack, method.name))
        for method in SERVICE.methods
    }
    server = grpc.server(
        ThreadPoolExecutor(THREADS),
        handlers=[grpc.method_handlers_generic_handler(SERVICE.full_name, handlers)],
        options=WITHOUT_LIMIT,
    )
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        # A call that is being refused, since the pack did not start, gets its answer through.
        server.stop(SECONDS_TO_ANSWER).wait()
        pack.close()


class _Pack:
    """The way to the pack, which is started once."""

    def __init__(self, start_pack: StartPack) -> None:
        self._start_pack = start_pack
        self._lock = threading.Lock()
        self._channel: grpc.Channel | None = None

    def call(self, method: str, request: bytes, stack: AnalyzerStackConfigureRequest | None) -> bytes:
        """Pass a call on as it is, after starting the pack if it is not running yet."""
        with self._lock:
            if self._channel is None:
                port = self._start_pack(stack)
                self._channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=WITHOUT_LIMIT)
        passed_on: bytes = self._channel.unary_unary(
            f"/{SERVICE.full_name}/{method}", request_serializer=None, response_deserializer=None
        )(request)
        return passed_on

    def close(self) -> None:
        """Close the way to the pack."""
        with self._lock:
            if self._channel is not None:
                self._channel.close()


def _serve(pack: _Pack, method: str, request: bytes, context: grpc.ServicerContext) -> bytes:
    if method == "Handshake":
        return AnalyzerHandshakeResponse().SerializeToString()
    stack = AnalyzerStackConfigureRequest.FromString(request) if method == "ConfigureStack" else None
    try:
        return pack.call(method, request, stack)
    except PackFailedError as error:
        context.abort(grpc.StatusCode.UNAVAILABLE, str(error))
    except grpc.RpcError as error:
        if stack and error.code() == grpc.StatusCode.UNIMPLEMENTED:
            # The environment has told the pack already; many need no call besides.
            return AnalyzerStackConfigureResponse().SerializeToString()
        context.abort(error.code(), error.details() or "")
