"""A plugin written in Python: its process, and what it prints on the way to the engine."""

import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from queue import SimpleQueue
from typing import IO, Literal

from pulumi.runtime.proto.language_pb2 import RunPluginResponse

from local_cloud.language.children import child

Output = SimpleQueue[RunPluginResponse | None]
"""What the plugin prints and how it ends; None ends it all."""


def start_plugin(
    command: Sequence[str], *, folder: str, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start a plugin, out of the group that the engine interrupts: it ends, quietly, when we end it."""
    return subprocess.Popen(  # noqa: S603 - the user's plugin, which is what we are for
        list(command),
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )


def first_line(process: subprocess.Popen[bytes], output: Output) -> bytes:
    """Return the first line that the plugin prints; the rest, and its exit code, go to `output`."""
    errors = _reader(process.stderr, "stderr", output)
    first = process.stdout.readline() if process.stdout else b""
    rest = _reader(process.stdout, "stdout", output)
    threading.Thread(target=_await_end, args=(process, (errors, rest), output), daemon=True).start()
    return first


def pieces(output: Output) -> Iterator[RunPluginResponse]:
    """Yield what comes until all has come."""
    while (piece := output.get()) is not None:
        yield piece


def _reader(pipe: IO[bytes] | None, name: Literal["stdout", "stderr"], output: Output) -> threading.Thread:
    def read() -> None:
        for line in pipe or ():
            output.put(RunPluginResponse(stdout=line) if name == "stdout" else RunPluginResponse(stderr=line))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def _await_end(
    process: subprocess.Popen[bytes], readers: tuple[threading.Thread, ...], output: Output
) -> None:
    with child(process, end_with=signal.SIGTERM):
        for reader in readers:
            reader.join()
        output.put(RunPluginResponse(exitcode=process.wait()))
        output.put(None)
