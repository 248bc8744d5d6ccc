"""`pulumi-language-nodejs <engine address>`: stands in for the official plugin, which no registry offers.

It starts a program as the official one does, with the runner that comes with Pulumi's SDK for Node.js, and
makes libraries with the generator that the official one is built from (`library/main.go`). So the SDK and
the library are the genuine ones; the official plugin itself is not tested.
"""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import language_pb2_grpc
from pulumi.runtime.proto.language_pb2 import (
    GeneratePackageRequest,
    GeneratePackageResponse,
    GetRequiredPackagesRequest,
    GetRequiredPackagesResponse,
    RunRequest,
    RunResponse,
)
from pulumi.runtime.proto.plugin_pb2 import PluginInfo

from local_cloud.language.children import child, leave_on_interrupt, leave_with_parent

GENERATOR: Final = "LIBRARY_GENERATOR"
"""The environment variable that names the program made of `library/main.go`."""

_MESSAGE_SHOWN: Final = 32
_FREE_PORT: Final = "127.0.0.1:0"


class NodeRuntime(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers what `pulumi preview`, `up` and `package gen-sdk` ask."""

    def __init__(self, engine_address: str) -> None:
        """Keep where the engine listens."""
        self._engine_address = engine_address

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> PluginInfo:  # noqa: N802 - the protocol's name
        """Say which plugin this is."""
        del request, context
        return PluginInfo(version="0.0.0")

    def GetRequiredPackages(  # noqa: N802 - likewise
        self, request: GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> GetRequiredPackagesResponse:
        """Name none: the engine finds out when a program uses one."""
        del request, context
        return GetRequiredPackagesResponse()

    def GeneratePackage(  # noqa: N802 - likewise
        self, request: GeneratePackageRequest, context: grpc.ServicerContext
    ) -> GeneratePackageResponse:
        """Make the library of a package."""
        with TemporaryDirectory() as folder:
            schema = Path(folder) / "schema.json"
            schema.write_text(request.schema)
            made = subprocess.run(
                [os.environ[GENERATOR], str(schema), request.directory, request.loader_target],
                capture_output=True,
                text=True,
                check=False,
            )
        if made.returncode != 0:
            context.abort(grpc.StatusCode.INTERNAL, made.stderr)
        return GeneratePackageResponse()

    def Run(self, request: RunRequest, context: grpc.ServicerContext) -> RunResponse:  # noqa: N802 - likewise
        """Run the program to its end."""
        del context
        root = Path(request.info.root_directory)
        environment = {
            **os.environ,
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
            "PULUMI_NODEJS_TYPESCRIPT": "true",
            "PULUMI_NODEJS_TRANSPILE_ONLY": "true",  # the tests check the types themselves
        }
        started = subprocess.Popen(
            [
                *("node", str(root / "node_modules" / "@pulumi" / "pulumi" / "cmd" / "run")),
                f"--monitor={request.monitor_address}",
                f"--engine={self._engine_address}",
                f"--organization={request.organization}",
                f"--project={request.project}",
                f"--root-directory={root}",
                f"--stack={request.stack}",
                f"--pwd={request.pwd}",
                f"--parallel={request.parallel}",
                *(["--dry-run"] if request.dryRun else []),
                *(request.info.entry_point, *request.args),
            ],
            env=environment,
            process_group=0,
        )
        with child(started, end_with=signal.SIGTERM) as process:
            code = process.wait()
        if code == _MESSAGE_SHOWN:
            return RunResponse(bail=True)
        return RunResponse(error=f"program exited with non-zero exit code: {code}" if code else "")


def serve(engine_address: str) -> None:
    """Listen on a free loopback port, print it for the engine, and serve until this process is ended."""
    server = grpc.server(ThreadPoolExecutor())
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(NodeRuntime(engine_address), server)
    port = server.add_insecure_port(_FREE_PORT)
    server.start()
    print(port, flush=True)  # noqa: T201 - the protocol
    server.wait_for_termination()


if __name__ == "__main__":
    leave_on_interrupt()
    leave_with_parent()
    serve(sys.argv[-1])
