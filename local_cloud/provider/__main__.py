"""The plugin's process: prints its port, and answers the engine until `launch.py` or the engine ends it."""

import os
import sys
from concurrent import futures
from typing import Final

import grpc
from pulumi.runtime.proto.provider_pb2_grpc import add_ResourceProviderServicer_to_server

from local_cloud.parent import when_orphaned
from local_cloud.provider.aws import NotLoopbackError, loopback_endpoint
from local_cloud.provider.server import Provider

LARGEST_MESSAGE: Final = 400 * 1024 * 1024


def main() -> None:
    """Serve until the engine ends the process."""
    try:
        loopback_endpoint()
    except NotLoopbackError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    when_orphaned(lambda: os._exit(0))
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
