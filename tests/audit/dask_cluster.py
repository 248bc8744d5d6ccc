"""A Dask cluster on loopback: its scheduler and its workers are processes of their own, as users run them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from local_cloud.paths import REPOSITORY

SOURCES: Final = os.pathsep.join(str(REPOSITORY / each) for each in ("audit", "policy_pack", "infra", "."))
_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs.

    Attributes:
        address: Where its scheduler listens.
        log: What that one writes.
        scheduler: Its process.
        nannies: What was started for each worker; it starts another worker where that one dies.
    """

    address: str
    log: Path
    scheduler: subprocess.Popen[bytes]
    nannies: tuple[subprocess.Popen[bytes], ...]

    def kill_worker(self, number: int) -> None:
        """Kill the process in which a worker works, as a machine without memory does."""
        nanny = self.nannies[number].pid
        threads = Path(f"/proc/{nanny}/task").glob("*/children")
        children = (each for thread in threads for each in thread.read_text().split())
        (working,) = (each for each in children if "resource_tracker" not in _command_of(each))
        os.kill(int(working), signal.SIGKILL)

    def wait_for_a_client(self) -> None:
        """Wait until somebody has work for it."""
        _wait_for(lambda: "Receive client connection" in self.log.read_text(), self.scheduler, self.log)

    def kill_the_scheduler(self) -> None:
        """Kill it, and wait until it is gone."""
        self.scheduler.kill()
        self.scheduler.wait()


@contextmanager
def dask_cluster(
    folder: Path,
    workers: int,
    *,
    sources: str = SOURCES,
    preload: Path | None = None,
    deaths: int = 4,
) -> Iterator[Cluster]:
    """Start a cluster, whose workers have one thread each; all of it ends with the block.

    Its scheduler knows nothing of the audit.

    Args:
        folder: Where it writes.
        workers: How many workers it has.
        sources: Where they find modules.
        preload: A module that they run before anything else.
        deaths: How many workers may die of a task until it is given back.
    """
    folder.mkdir(parents=True)
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str, **more: str) -> tuple[subprocess.Popen[bytes], Path]:
        log = folder / f"{name}.log"
        with log.open("wb") as output:
            started = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                cwd=folder,
                env={"PATH": os.environ["PATH"], "HOME": str(folder), **more},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running.append(started)
        return started, log

    try:
        told = folder / "scheduler.json"
        scheduler, written = start(
            *("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)),
            DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=str(deaths - 1),
        )
        _wait_for(lambda: told.is_file() and told.read_text().endswith("}"), scheduler, written)
        address = json.loads(told.read_text())["address"]
        options = ("--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder))
        loaded = () if preload is None else ("--preload", str(preload))
        nannies = [
            start(f"worker-{number}", "worker", address, *options, *loaded, PYTHONPATH=sources)
            for number in range(workers)
        ]
        for nanny, log in nannies:
            _wait_for(partial(_registered, log), nanny, log)
        yield Cluster(
            address=address, log=written, scheduler=scheduler, nannies=tuple(nanny for nanny, _ in nannies)
        )
    finally:
        for each in reversed(running):
            # Each is the first of a group, in which a worker is with its nanny.
            with suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()


def _wait_for(holds: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _SECONDS
    while not holds():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def _registered(log: Path) -> bool:
    return "Registered to:" in log.read_text()


def _command_of(pid: str) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()
