"""An interrupt reaches the engine exactly once, however it comes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect  # type: ignore[import-untyped]  # the package publishes no types
import pytest

from local_cloud.paths import REPOSITORY
from tests.local_cloud.programs import put

COUNTS_INTERRUPTS = """
import pathlib, signal, sys, time

count = 0

def interrupted(*_):
    global count
    count += 1

signal.signal(signal.SIGINT, interrupted)
pathlib.Path(sys.argv[1]).touch()
end = time.monotonic() + 2
while time.monotonic() < end:
    before = count
    time.sleep(0.01)
    if count > before == 0:
        end = time.monotonic() + 0.5
print(f"interrupted {count} times")
sys.exit(7)
"""

RUN = """
import os, sys
from pathlib import Path
from local_cloud.engine_run import run_engine
from local_cloud.pulumi_engine import Engine

engine = Engine(executable=Path(sys.argv[1]), version=(3, 259, 0), origin="path")
sys.exit(run_engine(engine, [], folder=Path.cwd(), environment=os.environ))
"""


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """The file that the engine makes when it is ready to be interrupted."""
    return tmp_path / "ready"


@pytest.fixture
def command(tmp_path: Path, ready: Path) -> list[str]:
    """Runs an engine that counts its interrupts, tells the count and ends with code 7."""
    counting = tmp_path / "counting.py"
    counting.write_text(COUNTS_INTERRUPTS)
    engine = put(tmp_path, "pulumi", f"exec {sys.executable} {counting} {ready}")
    return [sys.executable, "-c", RUN, str(engine)]


def wait_for(file: Path) -> None:
    """Wait until the file is there."""
    end = time.monotonic() + 10
    while not file.exists():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("what", "send"),
    [
        ("SIGINT to our process alone", lambda pid: os.kill(pid, signal.SIGINT)),
        ("SIGINT to the whole group, as a CI runner does", lambda pid: os.killpg(pid, signal.SIGINT)),
        ("SIGTERM to our process alone", lambda pid: os.kill(pid, signal.SIGTERM)),
    ],
)
def test_without_a_terminal_we_pass_an_interrupt_on(
    command: list[str], ready: Path, what: str, send: Callable[[int], None]
) -> None:
    """We wait for the engine, and end as it does."""
    running = subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for(ready)
    send(running.pid)
    told = running.communicate(timeout=10)[0]

    assert (told.splitlines()[-1], running.returncode) == ("interrupted 1 times", 7), what


def test_at_a_terminal_the_engine_gets_it_from_there(command: list[str], ready: Path) -> None:
    """Ctrl-C reaches the engine as every process in the foreground; we do not add another."""
    terminal = pexpect.spawn(command[0], command[1:], cwd=str(REPOSITORY), encoding="utf-8", timeout=10)
    wait_for(ready)
    terminal.sendintr()
    told = terminal.read()
    terminal.close()

    assert told.rstrip().endswith("interrupted 1 times")
    assert terminal.exitstatus == 7


def test_without_an_interrupt_the_engines_end_is_ours(command: list[str]) -> None:
    """The exit code is passed through."""
    ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert (ended.stdout.splitlines()[-1], ended.returncode) == ("interrupted 0 times", 7)
