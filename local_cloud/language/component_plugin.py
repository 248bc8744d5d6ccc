"""Runs a plugin that brings components: a folder with a `PulumiPlugin.yaml` and a program in Python."""

import os
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import grpc
from pulumi.runtime.proto.language_pb2 import RunPluginRequest, RunPluginResponse

from local_cloud.language.plugin_process import Output, first_line, pieces, start_plugin
from local_cloud.language.virtualenv import UnusableRuntimeError, as_plugin, interpreter


def run_component_plugin(
    request: RunPluginRequest, context: grpc.ServicerContext
) -> Iterator[RunPluginResponse]:
    """Run the plugin until it or the engine ends it; the first line that it prints is the port to talk to.

    Raises:
        UnusableRuntimeError: It is no folder with a program, or its Python is missing.
    """
    folder = request.info.program_directory
    if not (Path(folder) / "__main__.py").is_file():
        raise UnusableRuntimeError(
            f"The plugin {folder} has no __main__.py; the local language plugin runs no other kind."
        )
    python = interpreter(as_plugin(request.info))
    told = dict(variable.split("=", 1) for variable in request.env)
    process = start_plugin(
        [python.python, "-u", folder, *request.args],
        folder=request.pwd,
        environment=python.environment({**os.environ, **told}),
    )
    output: Output = SimpleQueue()
    context.add_callback(lambda: output.put(None))
    try:
        if port := first_line(process, output):
            yield RunPluginResponse(stdout=port)
        yield from pieces(output)
    finally:
        process.terminate()
