"""`mwaa-audit check`: whole texts, exit codes, and no traceback for what a user can mend."""

import io
import json
import os
import re
import runpy
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
import typer

import mwaa_guardrails
from local_cloud.paths import REPOSITORY
from mwaa_audit import checking, command_line
from mwaa_audit.judging import Judgement
from mwaa_audit.result import ReportedFailure
from mwaa_audit.version import tool_version
from mwaa_guardrails.reading.resource import Opaque
from tests.audit.state_files import exported, write
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.networks import (
    changed,
    entry,
    interface_endpoint,
    right_network,
    right_private_network,
)
from tests.policy_pack.stacks import made, ref

GOLDEN = Path(__file__).parent / "golden"
RIGHT = right_network()
DENIES = changed(RIGHT, entry("in", 100, egress=False, ruleAction="deny"))
ADVISED = changed(
    right_private_network(),
    made("ec2/securityGroup:SecurityGroup", "own", vpcId=ref("vpc")),
    made(
        "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "own-in",
        securityGroupId=ref("own"),
        referencedSecurityGroupId=ref("group"),
        ipProtocol="-1",
    ),
    interface_endpoint("sqs", securityGroupIds=[ref("own")]),
)
ASKED = changed(RIGHT, entry("in", 100, egress=False, ruleAction=Opaque.SECRET))
EMPTY = {"version": 3, "checkpoint": {"stack": "organization/test/empty"}}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("right.json"), exported(RIGHT))
    write(Path("denies.json"), exported(DENIES))
    write(Path("advised.json"), exported(ADVISED))
    write(Path("asked.json"), exported(ASKED))
    write(Path("empty.json"), EMPTY)
    Path("broken.json").write_text("canary")


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("right", ["right.json", "empty.json"], 0),
        ("advised", ["advised.json"], 0),
        ("asked", ["asked.json"], 0),
        ("asked", ["asked.json", "--strict"], 2),
        ("denies", ["denies.json", "denies.json", "broken.json", "--strict"], 1),
        ("unreadable", ["broken.json", "missing.json", "asked.json", "--strict"], 3),
    ],
)
def test_what_is_told_of_files(
    name: str, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file once, what is wrong first, the numbers last."""
    assert command_line.run(["check", *arguments]) == code
    told = capsys.readouterr()
    assert told.err == ""
    assert "canary" not in told.out
    assert_golden(GOLDEN / f"check-{name}.txt", told.out)


def test_the_standard_input_is_a_file_as_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that an export can be piped."""
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(exported(RIGHT)).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert command_line.run(["check", "-"]) == 0
    assert "test/dev: 23 resources, 1 environment (-)" in capsys.readouterr().out


def test_a_defect_of_ours_ends_with_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever else was found."""
    failure = ReportedFailure(stacks=("a/b",), part="reading", exception="KeyError", text="It failed.")
    monkeypatch.setattr(checking, "judge", lambda *_: Judgement(failures=(failure,)))
    assert command_line.run(["check", "denies.json"]) == 4
    assert "defect, while judging a/b\n  It failed.\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
        (["check"], "Missing argument"),
        (["check", "--stict", "right.json"], "No such option"),
    ],
)
def test_a_command_that_nobody_understands_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not with the code of open questions."""
    assert command_line.run(arguments) == 3
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert said in told
    assert told.endswith("`mwaa-audit --help` lists what there is.\n")


def test_its_release_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """That of the clone."""
    assert command_line.run(["--version"]) == 0
    assert capsys.readouterr().out == f"mwaa-audit {tool_version()}\n"


def test_of_an_installation_its_metadata_says_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody, where the modules were copied by hand."""
    monkeypatch.setattr(mwaa_guardrails, "__file__", str(tmp_path / "mwaa_guardrails" / "__init__.py"))
    assert tool_version() == "unknown"
    metadata = tmp_path / "mwaa_guardrails-7.8.9.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: mwaa-guardrails\nVersion: 7.8.9\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert tool_version() == "7.8.9"


@pytest.mark.parametrize(("name", "runs"), [("__main__", True), ("mwaa_audit.__main__", False)])
def test_the_module_is_the_command(name: str, monkeypatch: pytest.MonkeyPatch, *, runs: bool) -> None:
    """Only where it is run, not where it is imported."""
    monkeypatch.setattr(sys, "argv", ["mwaa-audit", "check", "denies.json"])
    ended = pytest.raises(SystemExit, match="1") if runs else nullcontext()
    with ended:
        runpy.run_module("mwaa_audit.__main__", run_name=name)


def test_an_interrupt_before_any_command_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one in its middle."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(typer.main, "get_command", interrupt)
    assert command_line.run(["check", "right.json"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends it as it ends any command."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "check", interrupt)
    assert command_line.run(["check", "right.json"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_a_defect_of_ours_has_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its text may quote anything; where it happened says enough to whoever mends it."""

    def fail(*_: object) -> None:
        raise KeyError("canary")

    monkeypatch.setattr(command_line, "check", fail)
    assert command_line.run(["check", "right.json"]) == 4
    said = capsys.readouterr().err
    assert re.sub(":[0-9]+", ":9", said) == (
        "error: KeyError at test_check.py:9. This is a defect of mwaa-audit; please report it.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [["--help"], *([each, "--help"] for each in ("check", "preview", "sweep", "exemptions"))],
)
def test_help_is_a_page(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With examples, the options and the exit codes."""
    monkeypatch.setenv("COLUMNS", "100")
    assert command_line.run(arguments) == 0
    told = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    assert_golden(GOLDEN / f"help-{'-'.join(arguments[:-1]) or 'all'}.txt", told)


def test_nothing_to_do_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command there is nothing to judge."""
    assert command_line.run([]) == 3
    assert "Usage:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"FORCE_COLOR": "1", "TERM": "xterm-256color"}, True), ({"NO_COLOR": "1"}, False), ({}, False)],
)
def test_colour_is_for_terminals_that_want_it(environment: dict[str, str], *, coloured: bool) -> None:
    """A pipe, and whoever sets NO_COLOR, gets plain text."""
    told = _run("-m", "mwaa_audit", "check", "denies.json", **environment)
    assert told.returncode == 1
    assert ("\x1b[" in told.stdout) is coloured


def test_it_runs_from_a_clone() -> None:
    """Without installing anything but what it is made of."""
    told = _run(str(REPOSITORY / "audit"), "check", "right.json")
    assert (told.returncode, told.stderr) == (0, "")
    assert _run(str(REPOSITORY / "audit"), "--version").stdout.startswith("mwaa-audit 0.")


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    sources = os.pathsep.join(str(REPOSITORY / each) for each in ("audit", "policy_pack"))
    return subprocess.run(
        [sys.executable, *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": sources, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
