"""Runs one command of the engine to its end, whatever interrupts us meanwhile."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from local_cloud.pulumi_engine import Engine


def run_engine(
    engine: Engine, arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str]
) -> int:
    """Run `pulumi` with these arguments and the terminal as it is; returns its exit code.

    An interrupt is the engine's business: it finishes what is under way, writes its state and leaves. A
    second one makes it leave at once, which can lose track of a resource. So it gets each interrupt exactly
    once: from the terminal where there is one, as every process in the foreground does, else from us.
    """
    from_terminal = _in_foreground()
    with _interrupts_passed_on(from_terminal=from_terminal) as engines:
        process = subprocess.Popen(  # noqa: S603 - the engine, with arguments of ours or of the user
            [engine.executable, *arguments],
            cwd=folder,
            env=dict(environment),
            process_group=None if from_terminal else 0,
        )
        engines.append(process)
        return process.wait()


def _in_foreground() -> bool:
    """Whether Ctrl-C at a terminal reaches us and what we start."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


@contextmanager
def _interrupts_passed_on(*, from_terminal: bool) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Handle interrupts for the engines that the block puts into the list."""
    engines: list[subprocess.Popen[bytes]] = []

    def pass_on(_signal: int, _frame: FrameType | None) -> None:
        for process in engines:
            process.send_signal(signal.SIGINT)

    former_interrupt = signal.signal(signal.SIGINT, _stay if from_terminal else pass_on)
    former_end = signal.signal(signal.SIGTERM, pass_on)
    try:
        yield engines
    finally:
        signal.signal(signal.SIGINT, former_interrupt)
        signal.signal(signal.SIGTERM, former_end)


def _stay(_signal: int, _frame: FrameType | None) -> None:
    """Leave the interrupt to the engine, which got it too."""
