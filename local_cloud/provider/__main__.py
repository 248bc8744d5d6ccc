"""The plugin's process: prints its port, answers the engine, and ends at once when told to."""

import os
import signal
import sys
from concurrent import futures
from types import FrameType
from typing import Final


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)


# The engine interrupts plugins when it ends; before the imports below nothing else would answer it quietly.
for _signal in (signal.SIGINT, signal.SIGTERM):
    signal.signal(_signal, _end)

import grpc  # noqa: E402 - see above
from pulumi.runtime.proto.provider_pb2_grpc import add_ResourceProviderServicer_to_server  # noqa: E402 - likewise

from local_cloud.provider.aws import NotLoopbackError, loopback_endpoint  # noqa: E402 - likewise
from local_cloud.provider.server import Provider  # noqa: E402 - likewise

LARGEST_MESSAGE: Final = 400 * 1024 * 1024


def main() -> None:
    """Serve until the engine ends the process."""
    try:
        loopback_endpoint()
    except NotLoopbackError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=16),
        options=[("grpc.max_receive_message_length", LARGEST_MESSAGE)],
    )
    add_ResourceProviderServicer_to_server(Provider(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
