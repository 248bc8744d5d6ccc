"""Runs a policy pack, which is a Python program of its own, and passes on what it prints."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import IO, Literal

import grpc
from pulumi.runtime.proto.analyzer_pb2 import AnalyzerStackConfigureRequest
from pulumi.runtime.proto.language_pb2 import RunPluginRequest, RunPluginResponse

from local_cloud.language.children import child
from local_cloud.language.pack_proxy import PackFailedError, proxy
from local_cloud.language.virtualenv import Interpreter, interpreter

Output = SimpleQueue[RunPluginResponse | None]
"""What the pack prints and how it ends; None ends it all."""


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
            while (piece := output.get()) is not None:
                yield piece
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
    return subprocess.Popen(  # noqa: S603 - the user's policy pack, which is what we are for
        [python.python, "-u", "-m", "pulumi.policy", *request.args, folder],
        cwd=folder,
        env=python.environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Out of the group that the engine interrupts: the pack ends when we end it, without a traceback.
        process_group=0,
    )


def _port_of(process: subprocess.Popen[bytes], output: Output) -> int:
    """The port that the pack prints first; whatever else it prints is passed on from now on.

    Raises:
        PackFailedError: It ended, or printed something else.
    """
    if process.stdout is None or process.stderr is None:
        raise PackFailedError("the policy pack's output is not ours to read")
    errors = threading.Thread(target=_pass_on, args=(process.stderr, "stderr", output), daemon=True)
    errors.start()
    first = process.stdout.readline()
    rest = threading.Thread(target=_pass_on, args=(process.stdout, "stdout", output), daemon=True)
    rest.start()
    threading.Thread(target=_await_end, args=(process, (errors, rest), output), daemon=True).start()
    if not first.strip().isdigit():
        process.terminate()
        raise PackFailedError(f"the policy pack did not start; it printed {first!r} where its port should be")
    return int(first)


def _pass_on(pipe: IO[bytes], name: Literal["stdout", "stderr"], output: Output) -> None:
    for line in pipe:
        output.put(RunPluginResponse(stdout=line) if name == "stdout" else RunPluginResponse(stderr=line))


def _await_end(
    process: subprocess.Popen[bytes], readers: tuple[threading.Thread, ...], output: Output
) -> None:
    with child(process, end_with=signal.SIGTERM):
        for reader in readers:
            reader.join()
        output.put(RunPluginResponse(exitcode=process.wait()))
        output.put(None)
