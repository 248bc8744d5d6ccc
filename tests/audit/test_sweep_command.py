"""`mwaa-audit sweep`: whole texts, exit codes, progress on terminals alone."""

import os
import sqlite3
import sys
from pathlib import Path

import pexpect  # type: ignore[import-untyped]  # the package publishes no types
import pytest

from local_cloud.paths import REPOSITORY
from mwaa_audit import command_line
from mwaa_audit.progress import progress, waiting
from tests.audit.organizations import write_backend
from tests.audit.state_files import write
from tests.audit.test_sweep import DENIES, RIGHT, split
from tests.policy_pack.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    write_backend(tmp_path / "states", {**split(DENIES, "-one"), **split(RIGHT, "-two")})


def test_an_organization_is_told_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Whose environment suffers, whose resource is to be changed, and what was not read or may change."""
    broken = Path("states/.pulumi/stacks/broken/dev.json")
    broken.parent.mkdir()
    broken.write_text("canary")
    write(Path("states/.pulumi/locks/organization/apps-two/dev/1.json"), {})
    assert command_line.run(["sweep", "states", "--jobs", "1"]) == 1
    told = capsys.readouterr()
    assert told.err == ""
    assert_golden(GOLDEN / "sweep.txt", told.out)
    assert command_line.run(["sweep", "file://states", "--changed", "--jobs", "1", "--index", "index"]) == 1
    assert capsys.readouterr().out == told.out


def test_each_backend_has_an_index_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the user's own folder, where no other is named; however it is named, and whatever it is called."""
    command_line.run(["sweep", "states", "--jobs", "1"])
    (index,) = Path.home().rglob("*.sqlite")
    assert sqlite3.connect(index).execute("SELECT count(*) FROM stack").fetchone() == (4,)
    command_line.run(["sweep", "file://./states/", "--jobs", "1"])
    assert list(Path.home().rglob("*.sqlite")) == [index]
    other = Path(os.fsdecode(b"caf\xe9")) / "states"
    other.mkdir(parents=True)
    monkeypatch.chdir(other.parent)
    assert command_line.run(["sweep", "states", "--jobs", "1"]) == 0
    assert len(list(Path.home().rglob("*.sqlite"))) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing"], "error: missing is no folder, and no backend of Pulumi's\n"),
        (
            ["ftp://states"],
            "error: ftp:// is not read here; file://, s3://, gs://, azblob://, https:// are\n",
        ),
    ],
)
def test_a_place_without_states_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no clean organization."""
    assert command_line.run(["sweep", *arguments]) == 3
    assert capsys.readouterr().err == said


def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What did not change stays as it was; in the end nothing of it is left."""
    with progress("stacks read", "networks judged") as tell:
        tell(7, 0)
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with progress("stacks read", "networks judged") as tell:
        tell(7, 0)
        tell(0, 1_234)
    shown = capsys.readouterr().err
    assert "7 stacks read" in shown
    assert "1,234 networks judged" in shown


def test_so_is_what_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the time that it has taken."""
    with waiting("previewing"):
        pass
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with waiting("previewing"):
        pass
    shown = capsys.readouterr().err
    assert "previewing" in shown
    assert "0:00:00" in shown


def test_a_terminal_sees_how_far_it_is_and_can_end_it() -> None:
    """Ctrl-C ends it without a traceback, and the next sweep goes on."""
    sources = os.pathsep.join(str(REPOSITORY / each) for each in ("audit", "policy_pack"))
    child = pexpect.spawn(
        sys.executable,
        ["-m", "mwaa_audit", "sweep", "states", "--jobs", "1"],
        env={**os.environ, "PYTHONPATH": sources, "TERM": "xterm"},
        encoding="utf-8",
        timeout=120,
    )
    child.expect("stacks read")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert "Traceback" not in child.before
    assert (child.exitstatus, child.before.count("interrupted")) == (130, 1)
