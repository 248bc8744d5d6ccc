"""A sweep on a Dask cluster: it says what processes say, whoever dies meanwhile."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import dask
import pytest

from mwaa_audit import command_line
from mwaa_audit.backends import Listed, open_files
from mwaa_audit.errors import AuditError
from mwaa_audit.sweep import opened, sweep
from mwaa_audit.sweep.cluster import cluster, in_release
from mwaa_audit.sweep.rows import carried, due
from mwaa_audit.version import code_digest, tool_version
from tests.audit.dask_cluster import SOURCES, Cluster, dask_cluster
from tests.audit.handing_on import HandingOn
from tests.audit.organizations import write_backend
from tests.audit.sweeping import said_of, swept
from tests.audit.test_sweep import DENIED, DENIES, RIGHT, split

TEAMS = 12
SOON = {"distributed.comm.timeouts.connect": "1s"}
DEADLY = Path(__file__).parent / "deadly.py"


@dataclass
class _Disturbed(HandingOn):
    """A backend of which the read of a state makes something happen, once."""

    after: int
    happens: Callable[[], None]
    read: list[str] = field(default_factory=list)

    def content(self, location: str) -> bytes:
        """As it is."""
        self.read.append(location)
        if len(self.read) == self.after:
            self.happens()
        return super().content(location)


@pytest.fixture(name="place")
def an_organization(tmp_path: Path) -> str:
    """An organization of some teams, whose every third network is wrong, and of states that are none."""
    stacks = {
        project: resources
        for team in range(TEAMS)
        for project, resources in split(RIGHT if team % 3 else DENIES, f"-{team}").items()
    }
    place = write_backend(tmp_path / "backend", stacks)
    other = tmp_path / "backend" / ".pulumi" / "stacks" / "other"
    other.mkdir()
    (other / "broken.json").write_text("canary")
    (other / "gone.json").symlink_to("nowhere")
    return place


@pytest.fixture(name="running", scope="module")
def a_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers."""
    with dask_cluster(tmp_path_factory.mktemp("dask") / "cluster", workers=2) as running:
        yield running


def test_a_sweep_goes_on_where_a_worker_is_killed(place: str, running: Cluster, tmp_path: Path) -> None:
    """While it reads and while it judges; the report is what processes give, and nothing is lost."""
    expected = swept(place, tmp_path / "fresh-index")
    backend = _Disturbed(open_files(place), TEAMS, lambda: running.kill_worker(0))
    killed: list[int] = []

    def progress(_read: int, judged: int) -> None:
        if judged and not killed:
            running.kill_worker(1)
            killed.append(judged)

    with opened(tmp_path / "index") as index, cluster(running.address) as workers:
        found = sweep(backend, index, workers, progress)
    assert found == expected
    assert [each.reason for each in found.unreadable][1:] == ["it cannot be read: No such file or directory"]
    assert killed
    # Its workers did not read them: they might be elsewhere.
    assert len(backend.read) == 2 * TEAMS + 2


def test_a_state_that_cannot_be_read_here_is_told_where_it_should_be(tmp_path: Path) -> None:
    """As if it had been read there."""
    listed = Listed(location="missing.json", version="")
    sent = carried(due(open_files(str(tmp_path)), listed))
    with pytest.raises(AuditError, match="it cannot be read: No such file or directory"):
        sent.content()


def test_the_command_line_takes_the_address_of_a_scheduler(
    place: str, running: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says what it says without one."""
    arguments = ["sweep", place, "--jobs", "1"]
    code = command_line.run([*arguments, "--index", str(tmp_path / "index")])
    told = capsys.readouterr()
    more = ["--scheduler", running.address, "--index", str(tmp_path / "other")]
    assert command_line.run([*arguments, *more]) == code == 1
    assert capsys.readouterr() == told


def test_a_state_that_workers_die_of_is_listed(tmp_path: Path) -> None:
    """Alone; the states that were read with it are not blamed."""
    place = write_backend(tmp_path / "backend", {**split(DENIES), "deadly": ()})
    with (
        dask_cluster(tmp_path / "cluster", workers=2, preload=DEADLY, deaths=1) as running,
        opened(tmp_path / "index") as index,
        cluster(running.address) as workers,
    ):
        result = sweep(open_files(place), index, workers, lambda _read, _judged: None)
    assert said_of(result) == DENIED
    assert [(each.location, each.reason) for each in result.unreadable] == [
        (".pulumi/stacks/deadly/dev.json", "the process that read it died")
    ]


def test_workers_that_lack_the_package_are_told(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to install there."""
    with dask_cluster(tmp_path / "cluster", workers=1, sources="") as running:
        index = str(tmp_path / "index")
        assert command_line.run(["sweep", place, "--scheduler", running.address, "--index", index]) == 3
    assert capsys.readouterr().err == (
        "error: a worker of the Dask cluster cannot import mwaa_audit: install mwaa-guardrails"
        f" {tool_version()} where the workers run\n"
    )


def test_workers_of_another_release_are_told() -> None:
    """They might judge otherwise, and so might other code that is called the same."""
    own = f"{tool_version()} ({code_digest().hex()[:8]})"
    assert in_release(own, dict) == {}
    for other in ("0.0.7", f"{tool_version()} (00000000)"):
        told = f"has mwaa-guardrails {own}, and this is {other}: install the same release"
        with pytest.raises(AuditError, match=re.escape(told)):
            in_release(other, dict)


def test_a_cluster_that_is_lost_is_told(tmp_path: Path) -> None:
    """While work is done, and before it is given; what was read is kept."""
    with dask_cluster(tmp_path / "cluster", workers=1) as running:

        def tasks() -> Iterator[str]:
            yield "one"
            running.kill_the_scheduler()
            yield "two"

        lost = rf"the Dask cluster at {running.address} was lost\. Sweep again"
        with pytest.raises(AuditError, match=lost), cluster(running.address) as workers:
            list(workers.answers(len, tasks(), len))


def test_a_cluster_without_workers_is_waited_for_until_it_is_interrupted(place: str, tmp_path: Path) -> None:
    """Ctrl-C ends the sweep, and nothing but that is told."""
    with dask_cluster(tmp_path / "cluster", workers=0) as running:
        options = ["--index", str(tmp_path / "index"), "--scheduler", running.address]
        waits = subprocess.Popen(
            [sys.executable, "-m", "mwaa_audit", "sweep", place, *options],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": SOURCES},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.wait_for_a_client()
        with pytest.raises(subprocess.TimeoutExpired):
            waits.communicate(timeout=1)
        waits.send_signal(signal.SIGINT)
        assert waits.communicate(timeout=30) == ("", "interrupted\n")
        assert waits.returncode == 130


def test_so_is_one_that_is_lost_before_it_has_work(tmp_path: Path) -> None:
    """It is asked how much it does at a time."""
    with dask_cluster(tmp_path / "cluster", workers=0) as running, dask.config.set(SOON):

        def sweep_too_late() -> None:
            with cluster(running.address) as workers:
                running.kill_the_scheduler()
                list(workers.answers(len, ["one"], len))

        with pytest.raises(AuditError, match="was lost"):
            sweep_too_late()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "missing port number in address 'nonsense'"),
        ("127.0.0.1:port", "invalid literal for int() with base 10: 'port'"),
        ("http://127.0.0.1:8786", "unknown address scheme 'http'"),
        ("tls://127.0.0.1:8786", "TLS expects a `ssl_context` argument"),
    ],
)
def test_an_address_that_is_none_is_told(
    address: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With how one is written."""
    index = str(tmp_path / "index")
    assert command_line.run(["sweep", str(tmp_path), "--index", index, "--scheduler", address]) == 3
    told = " ".join(capsys.readouterr().err.split())
    assert told.startswith(f"error: {address} cannot be used as the address of a Dask scheduler: {said}")
    assert "Write tcp://HOST:PORT" in told


def test_an_address_where_nobody_answers_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what to do, after as long as Dask's own configuration waits."""
    address = "tcp://127.0.0.1:1"
    index = str(tmp_path / "index")
    with dask.config.set(SOON):
        assert command_line.run(["sweep", str(tmp_path), "--index", index, "--scheduler", address]) == 3
    told = " ".join(capsys.readouterr().err.split())
    assert told.startswith(f"error: no Dask scheduler answers at {address} within")
    assert "Start one with `dask scheduler`" in told


def test_dask_is_needed_where_it_is_asked_for_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The extra that brings it is named."""
    monkeypatch.setitem(sys.modules, "mwaa_audit.sweep.cluster", None)
    index = str(tmp_path / "index")
    assert command_line.run(["sweep", str(tmp_path), "--index", index]) == 0
    capsys.readouterr()
    assert command_line.run(["sweep", str(tmp_path), "--index", index, "--scheduler", "tcp://x:1"]) == 3
    assert capsys.readouterr().err == "error: --scheduler needs mwaa-guardrails[dask] installed\n"
