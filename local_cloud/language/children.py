"""The processes that this plugin started, so that none outlives it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS_BETWEEN_LOOKS = 1.0

_running: set[subprocess.Popen[bytes]] = set()


@contextmanager
def child(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Hold a process as ours until it has ended."""
    _running.add(process)
    try:
        yield process
    finally:
        _running.discard(process)


def leave_on_interrupt() -> None:
    """End this process and its children at once and quietly on SIGINT or SIGTERM, as the engine expects."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        _leave()

    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)


def leave_with_parent() -> None:
    """End this process and its children when the engine is gone without a word, killed for instance."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        _leave()

    threading.Thread(target=watch, daemon=True).start()


def _leave() -> None:
    for process in tuple(_running):
        process.terminate()
    os._exit(0)
