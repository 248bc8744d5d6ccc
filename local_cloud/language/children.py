"""The processes that this plugin started, so that none outlives it."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from local_cloud.parent import when_orphaned

SECONDS_TO_END = 3.0
"""The engine kills this plugin, and could then no longer reach its children, after five."""

_running: dict[subprocess.Popen[bytes], signal.Signals] = {}


@contextmanager
def child(process: subprocess.Popen[bytes], end_with: signal.Signals) -> Iterator[subprocess.Popen[bytes]]:
    """Hold a process as ours until it has ended, and know by which signal it ends in good order."""
    _running[process] = end_with
    try:
        yield process
    finally:
        del _running[process]


def leave_on_interrupt() -> None:
    """End this process and its children quietly on SIGINT or SIGTERM, as the engine expects."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        _leave()

    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)


def leave_with_parent() -> None:
    """End this process and its children when the engine is gone without a word, killed for instance."""
    when_orphaned(_leave)


def _leave() -> None:
    children = dict(_running)
    for process, end_with in children.items():
        process.send_signal(end_with)
    end = time.monotonic() + SECONDS_TO_END
    for process in children:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(end - time.monotonic(), 0))
        process.kill()
    os._exit(0)
