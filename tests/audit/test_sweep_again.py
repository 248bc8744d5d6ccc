"""A sweep goes on where another ended, and reads again only what it must."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import mwaa_audit
import mwaa_guardrails
from local_cloud.paths import REPOSITORY
from mwaa_audit.backends import open_files
from mwaa_audit.errors import AuditError
from mwaa_audit.sweep import opened
from mwaa_audit.version import code_digest
from tests.audit.handing_on import HandingOn
from tests.audit.organizations import write_backend
from tests.audit.sweeping import swept
from tests.audit.test_sweep import DENIES, RIGHT, split
from tests.seed import drawn

TEAMS = 12
KILLS = int(os.environ.get("SWEEP_KILLS", "3"))


@dataclass
class Watched(HandingOn):
    """A backend that notes what is read, and that Ctrl-C ends after some reads."""

    read: list[str] = field(default_factory=list)
    ends_after: int | None = None

    def content(self, location: str) -> bytes:
        """As it is."""
        if len(self.read) == self.ends_after:
            raise KeyboardInterrupt
        self.read.append(location)
        return super().content(location)


@pytest.fixture(name="place")
def an_organization(tmp_path: Path) -> str:
    """An organization of some teams, whose every third network is wrong."""
    stacks = {
        project: resources
        for team in range(TEAMS)
        for project, resources in split(RIGHT if team % 3 else DENIES, f"-{team}").items()
    }
    return write_backend(tmp_path / "backend", stacks)


def test_what_has_not_changed_is_not_read_again(place: str, tmp_path: Path) -> None:
    """Where that is asked for; what is judged stays known, and what is gone is gone."""
    index = tmp_path / "index"
    swept(place, index)
    changed = Path(place) / ".pulumi" / "stacks" / "apps-0" / "dev.json"
    changed.write_bytes(changed.read_bytes() + b"\n")
    (Path(place) / ".pulumi" / "stacks" / "apps-3" / "dev.json").unlink()
    watched = Watched(open_files(place))
    told: list[tuple[int, int]] = []
    again = swept(watched, index, changed_only=True, progress=lambda *done: told.append(done))
    assert watched.read == [".pulumi/stacks/apps-0/dev.json"]
    assert [judged for _, judged in told if judged] == []
    assert again == swept(place, tmp_path / "fresh-index")
    assert len(again.findings) == TEAMS // 3 - 1
    everything = Watched(open_files(place))
    assert swept(everything, index) == again
    assert len(everything.read) == 2 * TEAMS - 1


def test_what_could_not_be_read_is_tried_again(place: str, tmp_path: Path) -> None:
    """Its file may be as it was, and readable now."""
    broken = Path(place) / ".pulumi" / "stacks" / "apps-0" / "dev.json"
    content, times = broken.read_bytes(), broken.stat()
    broken.write_bytes(b" " * len(content))
    os.utime(broken, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert len(swept(place, tmp_path / "index").unreadable) == 1
    broken.write_bytes(content)
    os.utime(broken, ns=(times.st_atime_ns, times.st_mtime_ns))
    again = swept(place, tmp_path / "index", changed_only=True)
    assert again == swept(place, tmp_path / "fresh-index")


def test_an_interrupted_sweep_goes_on_where_it_was(place: str, tmp_path: Path) -> None:
    """The next one reads the rest, and says what one in one piece says."""
    first = Watched(open_files(place), ends_after=10)
    with pytest.raises(KeyboardInterrupt):
        swept(first, tmp_path / "index")
    rest = Watched(open_files(place))
    assert swept(rest, tmp_path / "index") == swept(place, tmp_path / "fresh-index")
    assert 0 < len(rest.read) < 2 * TEAMS


def test_a_killed_sweep_gives_the_same_report_when_it_is_run_again(place: str, tmp_path: Path) -> None:
    """Killed with all its processes, at any moment."""
    started = time.monotonic()
    whole = _swept_by_command(place, tmp_path / "fresh-index")
    takes = time.monotonic() - started
    moments = drawn("killed sweeps")
    for kill in range(KILLS):
        index = tmp_path / f"index-{kill}"
        running = _command(place, index)
        time.sleep(moments.uniform(0, takes))
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        assert _swept_by_command(place, index) == whole


def _swept_by_command(place: str, index: Path) -> tuple[str, int]:
    running = _command(place, index)
    told, said = running.communicate()
    assert said == ""
    return told, running.returncode


def _command(place: str, index: Path) -> subprocess.Popen[str]:
    sources = os.pathsep.join(str(REPOSITORY / each) for each in ("audit", "policy_pack"))
    return subprocess.Popen(
        [sys.executable, "-m", "mwaa_audit", "sweep", place, "--index", index, "--jobs", "2"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": sources},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_two_sweeps_do_not_use_one_index(place: str, tmp_path: Path) -> None:
    """Each would forget what the other meets."""
    index = tmp_path / "index"
    with opened(index), pytest.raises(AuditError, match="another sweep uses the index"):
        swept(place, index)


def test_a_file_that_is_no_index_is_left_alone(place: str, tmp_path: Path) -> None:
    """It may be anything of the user's."""
    other = tmp_path / "notes.txt"
    other.write_text("notes " * 1000)
    with pytest.raises(AuditError, match="is no index of a sweep"):
        swept(place, other)
    assert other.read_text() == "notes " * 1000
    with pytest.raises(AuditError, match=r"the index .* cannot be used"):
        swept(place, tmp_path)


@pytest.mark.parametrize("application", [0, 252006673], ids=["", "of another application"])
def test_a_database_of_something_else_is_left_alone(application: int, place: str, tmp_path: Path) -> None:
    """Its tables are not made anew."""
    other = tmp_path / "app.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute("CREATE TABLE sweep (of_chimney TEXT)")
        connection.commit()
    before = other.read_bytes()
    with pytest.raises(AuditError, match=r"app\.sqlite is no index of a sweep, but another database; name"):
        swept(place, other)
    assert other.read_bytes() == before


def test_an_index_of_a_release_that_did_not_say_so_is_one(place: str, tmp_path: Path) -> None:
    """It has the tables of one."""
    index = tmp_path / "index"
    whole = swept(place, index)
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("PRAGMA application_id = 0")
        connection.execute("PRAGMA user_version = 4")
    assert swept(place, index) == whole
    with closing(sqlite3.connect(index)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x4D574141,)


def test_an_index_that_is_damaged_is_told(place: str, tmp_path: Path) -> None:
    """By the word that SQLite has for it; nothing of it is quoted."""
    index = tmp_path / "index"
    swept(place, index)
    whole = index.read_bytes()
    index.write_bytes(whole[:4096] + b"canary" * ((len(whole) - 4096) // 6))
    with pytest.raises(AuditError, match=r"the index .* cannot be used: SQLITE_CORRUPT"):
        swept(place, index)


def test_an_index_of_another_release_is_made_anew(place: str, tmp_path: Path) -> None:
    """What it holds may mean something else."""
    whole = swept(place, tmp_path / "index")
    with sqlite3.connect(tmp_path / "index") as connection:
        connection.execute("PRAGMA user_version = 77")
    connection.close()
    watched = Watched(open_files(place))
    assert swept(watched, tmp_path / "index", changed_only=True) == whole
    assert len(watched.read) == 2 * TEAMS


def test_what_other_code_read_and_judged_is_done_again(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may say something else, whatever the release is called."""
    index = tmp_path / "index"
    whole = swept(place, index)
    monkeypatch.setattr("mwaa_audit.sweep.organization.code_digest", lambda: b"other")
    watched = Watched(open_files(place))
    judged: list[int] = []
    assert swept(watched, index, changed_only=True, progress=lambda _, done: judged.append(done)) == whole
    assert (len(watched.read), max(judged)) == (2 * TEAMS, TEAMS)


def test_code_is_told_from_code_of_the_same_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a line of either package, and by the name of a file."""
    folders = [tmp_path / package.__name__ for package in (mwaa_audit, mwaa_guardrails)]
    for package, folder in zip((mwaa_audit, mwaa_guardrails), folders, strict=True):
        (folder / "part").mkdir(parents=True)
        (folder / "part" / "own.py").write_text("own = 1\n")
        monkeypatch.setattr(package, "__file__", str(folder / "__init__.py"))
    told = [code_digest.__wrapped__()]
    for folder in folders:
        (folder / "part" / "own.py").write_text("own = 2\n")
        told.append(code_digest.__wrapped__())
        (folder / "part" / "own.py").rename(folder / "own.py")
        told.append(code_digest.__wrapped__())
    assert len(set(told)) == 5
    (folders[0] / "notes.txt").write_text("no code")
    assert code_digest.__wrapped__() == told[-1]
    assert code_digest() == code_digest()


@pytest.mark.parametrize(
    "kept", [zlib.compress(b'{"findings": 7}'), b"canary"], ids=["of another form", "damaged"]
)
def test_a_judgement_that_cannot_be_read_is_told(kept: bytes, place: str, tmp_path: Path) -> None:
    """With what to do; nothing of it is quoted."""
    index = tmp_path / "index"
    swept(place, index)
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("UPDATE judgement SET told = ?", (kept,))
        connection.commit()
    with pytest.raises(
        AuditError, match=r"^the index holds a judgement that cannot be read: remove the index"
    ):
        swept(place, index)


def test_an_index_is_its_users_alone(place: str, tmp_path: Path) -> None:
    """It holds what stands in states."""
    swept(place, tmp_path / "new" / "index")
    assert (tmp_path / "new" / "index").stat().st_mode & 0o077 == 0
