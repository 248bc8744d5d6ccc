"""Runs a policy pack, which is a Python program of its own, and passes on what it prints."""

import json
import os
import subprocess
from collections.abc import Iterator
from queue import SimpleQueue

import grpc
from pulumi.runtime.proto.analyzer_pb2 import AnalyzerStackConfigureRequest
from pulumi.runtime.proto.language_pb2 import RunPluginRequest, RunPluginResponse

from local_cloud.language.pack_proxy import PackFailedError, proxy
from local_cloud.language.plugin_process import Output, first_line, pieces, start_plugin
from local_cloud.language.virtualenv import Interpreter, interpreter


def run_policy_pack(request: RunPluginRequest, context: grpc.ServicerContext) -> Iterator[RunPluginResponse]:
    """Run the pack until it or the engine ends it; the first line is the port to talk to."""
    python = interpreter(request.info)
    output: Output = SimpleQueue()
    started: list[subprocess.Popen[bytes]] = []

    def start(stack: AnalyzerStackConfigureRequest | None) -> int:
        process = _start(python, request, stack)
        started.append(process)
        return _port_of(process, output)

    context.add_callback(lambda: output.put(None))
    with proxy(start) as port:
        try:
            yield RunPluginResponse(stdout=b"%d\n" % port)
            yield from pieces(output)
        finally:
            for process in started:
                process.terminate()


def stack_variables(stack: AnalyzerStackConfigureRequest | None) -> dict[str, str]:
    """The environment variables from which a pack knows the stack; none for a stack that nobody told of."""
    if stack is None:
        return {}
    told = {
        "PULUMI_ORGANIZATION": stack.organization,
        "PULUMI_PROJECT": stack.project,
        "PULUMI_STACK": stack.stack,
        "PULUMI_DRY_RUN": "true" if stack.dry_run else "false",
        "PULUMI_CONFIG": json.dumps(dict(stack.config)),
    }
    return {name: value for name, value in told.items() if value}


def _start(
    python: Interpreter, request: RunPluginRequest, stack: AnalyzerStackConfigureRequest | None
) -> subprocess.Popen[bytes]:
    folder = request.info.program_directory
    environment = {
        **os.environ,
        **dict(variable.split("=", 1) for variable in request.env),
        **stack_variables(stack),
    }
    command = [python.python, "-u", "-m", "pulumi.policy", *request.args, folder]
    return start_plugin(command, folder=folder, environment=python.environment(environment))


def _port_of(process: subprocess.Popen[bytes], output: Output) -> int:
    """The port that the pack prints first; whatever else it prints is passed on from now on.

    Raises:
        PackFailedError: It ended, or printed something else.
    """
    first = first_line(process, output)
    if not first.strip().isdigit():
        process.terminate()
        raise PackFailedError(f"the policy pack did not start; it printed {first!r} where its port should be")
    return int(first)
