"""Plugins do not outlive the engine that started them, even when it was killed without a word."""

import os
import threading
import time
from collections.abc import Callable
from typing import Final

SECONDS_BETWEEN_LOOKS: Final = 1.0


def when_orphaned(leave: Callable[[], None]) -> None:
    """Call a function, in a thread of its own, once the process that started this one is gone."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        leave()

    threading.Thread(target=watch, daemon=True).start()
