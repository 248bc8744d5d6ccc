"""Starts, finds again and stops the local AWS: one process, simulated by moto, on a loopback port.

All it knows lies in its memory. So each start is a new *instance* with an id of its own, and a stack
remembers the instance that it was built on.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from local_cloud.environment import apart_from_the_users
from local_cloud.errors import LocalCloudError
from local_cloud.locking import exclusive
from local_cloud.paths import REPOSITORY

SECONDS_TO_START = 60.0
SECONDS_TO_ANSWER = 5.0
SECONDS_TO_STOP = 10.0
SECONDS_BETWEEN_LOOKS = 0.05

LINES_OF_A_FAILURE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAws:
    """A running instance of the local AWS."""

    pid: int
    port: int
    instance: str

    @property
    def endpoint(self) -> str:
        """The URL that stands for every AWS service."""
        return f"http://127.0.0.1:{self.port}"


def running_aws(folder: Path) -> LocalAws | None:
    """The instance recorded in `folder` if it still answers, else None.

    Another program may have taken its port or its process id since: only the instance's own id counts.
    """
    recorded = _recorded(folder)
    return recorded if recorded and _answers(recorded) else None


def start_aws(folder: Path) -> LocalAws:
    """The instance recorded in `folder`, or a new one on a free port when that is gone.

    Raises:
        LocalCloudError: It does not start; the end of its log says why.
    """
    with exclusive(folder / ".lock"):
        return running_aws(folder) or _start(folder)


def stop_aws(folder: Path) -> bool:
    """Stop the instance recorded in `folder`; tells whether there was one to stop."""
    with exclusive(folder / ".lock"):
        found = running_aws(folder)
        if found:
            os.kill(found.pid, signal.SIGTERM)
            if not _within(SECONDS_TO_STOP, lambda: not _answers(found)):
                os.kill(found.pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(found.pid, os.WNOHANG)
        _record_file(folder).unlink(missing_ok=True)
        return found is not None


def log_file(folder: Path) -> Path:
    """What the local AWS writes, its first line included."""
    return folder / "server.log"


def _start(folder: Path) -> LocalAws:
    instance = uuid.uuid4().hex
    log = log_file(folder)
    with log.open("wb") as output:
        # A session of its own: neither Ctrl-C nor the end of the terminal reaches it.
        process = subprocess.Popen(  # noqa: S603 - our own module, with our own Python
            [sys.executable, "-m", "local_cloud.aws_server", "--port", "0", "--instance", instance],
            cwd=REPOSITORY,
            env=apart_from_the_users(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def ready() -> bool:
        return process.poll() is not None or _announced_port(log, instance) is not None

    _within(SECONDS_TO_START, ready)
    port = _announced_port(log, instance)
    if process.poll() is not None or port is None:
        process.kill()
        process.wait()
        last = "\n".join(log.read_text(errors="replace").splitlines()[-LINES_OF_A_FAILURE:])
        raise LocalCloudError(f"The local AWS did not start. The last lines of {log}:\n{last}")
    started = LocalAws(pid=process.pid, port=port, instance=instance)
    if not _within(SECONDS_TO_START, lambda: _answers(started)):
        process.kill()
        process.wait()
        raise LocalCloudError(f"The local AWS started but does not answer at {started.endpoint}; see {log}.")
    _record_file(folder).write_text(json.dumps(asdict(started)))
    process.returncode = 0  # It is meant to outlive us; without a code, Popen would warn that it still runs.
    return started


def _announced_port(log: Path, instance: str) -> int | None:
    """The port in the log's first line, None as long as that line is not whole."""
    first, newline, _ = log.read_text(errors="replace").partition("\n")
    if not newline:
        return None
    try:
        announced = json.loads(first)
    except ValueError:
        return None
    if not isinstance(announced, dict) or announced.get("instance") != instance:
        return None
    port = announced.get("port")
    return port if isinstance(port, int) else None


def _answers(aws: LocalAws) -> bool:
    """Whether this very instance answers on its port."""
    # No proxy of the user's stands between us and our own loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{aws.endpoint}/_local_cloud/health", timeout=SECONDS_TO_ANSWER) as answer:
            health = json.load(answer)
    except (OSError, ValueError):
        return False
    return isinstance(health, dict) and health.get("instance") == aws.instance


def _record_file(folder: Path) -> Path:
    return folder / "server.json"


def _recorded(folder: Path) -> LocalAws | None:
    try:
        return LocalAws(**json.loads(_record_file(folder).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true in that time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return True
