"""Runs the user's program in a process of its own, with the Python of its own virtual environment."""

import json
import os
import signal
import subprocess
from pathlib import Path

from pulumi.runtime.proto.language_pb2 import RunRequest, RunResponse

from local_cloud.language.children import child
from local_cloud.language.virtualenv import interpreter

EXECUTOR = Path(__file__).with_name("executor") / "run_program.py"
"""Alone in its folder: Python puts that folder on the program's path."""

MESSAGE_SHOWN = 32
"""The program's exit code when the user has seen already what is wrong."""


def run_program(request: RunRequest, engine_address: str) -> RunResponse:
    """Run the program to its end; what it prints goes where the engine reads it, as it is printed."""
    if request.attach_debugger:
        return RunResponse(error="the local language plugin cannot attach a debugger")
    python = interpreter(request.info)
    settings = {
        "project": request.project,
        "stack": request.stack,
        "organization": request.organization or None,
        "root_directory": request.info.root_directory,
        "monitor": request.monitor_address,
        "engine": engine_address,
        "parallel": request.parallel,
        "dry_run": request.dryRun,
    }
    environment = python.environment(os.environ)
    environment["PULUMI_CONFIG"] = json.dumps(dict(request.config))
    environment["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(list(request.configSecretKeys))
    started = subprocess.Popen(  # noqa: S603 - the user's program, which is what we are for
        [
            *(python.python, "-u", str(EXECUTOR)),
            *(json.dumps(settings), request.pwd, request.info.entry_point, *request.args),
        ],
        env=environment,
        # Out of the group that the engine interrupts: the program gets its one interrupt from us.
        process_group=0,
    )
    with child(started, end_with=signal.SIGINT) as process:
        code = process.wait()
    if code == MESSAGE_SHOWN:
        return RunResponse(bail=True)
    return RunResponse(error=f"program exited with non-zero exit code: {code}" if code else "")
