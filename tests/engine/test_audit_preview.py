"""`mwaa-audit preview` on the real engine: what it foresees is judged, and what stops it is told."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from mwaa_audit import command_line
from mwaa_audit.engine import ENGINE
from tests.engine.conftest import MakeWorkbench
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository

ACL: Final = "infra/mwaa_network/network_acls.py"
ALLOWS: Final = "rule_action=entry.action,"
DENIES: Final = 'rule_action="deny",'
CHECK: Final = "network-acl-blocks-required-traffic"
# Another organization's rule, in a pack of its own.
OTHER_PACK: Final = '''"""No VPC at all."""

from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

LEVEL = EnforcementLevel.MANDATORY


def validate(args, report):
    if args.resource_type == "aws:ec2/vpc:Vpc":
        report("no VPC here")


PolicyPack(
    "others",
    policies=[
        ResourceValidationPolicy(name="no-vpc", description="No.", validate=validate, enforcement_level=LEVEL)
    ],
)
'''


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One workbench for all: nothing is ever created in it."""
    return make_workbench(copy_of_repository(tmp_path_factory.mktemp("preview")))


@pytest.fixture(autouse=True)
def _as_a_user(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the project's folder, with the engine on the path."""
    monkeypatch.chdir(bench.project)
    for name, value in bench.workspace.environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def denying_acl(bench: Workbench) -> Iterator[None]:
    """A network ACL that denies everything."""
    bench.replace(ACL, ALLOWS, DENIES)
    yield
    bench.replace(ACL, DENIES, ALLOWS)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = command_line.run(["preview", *arguments])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_right_network_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """And it is told what would be made."""
    code, told = _run(capsys)
    assert code == 0, told
    assert told.endswith("0 violations, 0 pieces of advice, 0 open questions.\nForeseen: 34 create.\n")


@pytest.mark.usefixtures("denying_acl")
def test_what_is_wrong_is_in_the_reports_and_what_stopped_the_engine_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The pack's violations, with the line of the program, which the engine's own JSON drops."""
    report = tmp_path / "report.sarif"
    code, told = _run(capsys, "--sarif", str(report), "--", "--policy-pack", str(POLICY_PACK))
    assert code == 1, told
    assert told.endswith(f"\nThe engine stopped: {CHECK} (mwaa-guardrails).\n")
    results = json.loads(report.read_text())["runs"][0]["results"]
    assert {each["ruleId"] for each in results} == {CHECK}
    (place,) = results[0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "infra/__main__.py"


def test_another_pack_stops_it_as_well(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Nothing of ours is wrong; the command fails all the same, as the engine did."""
    (tmp_path / "PulumiPolicy.yaml").write_text(
        f"runtime:\n  name: python\n  options:\n    virtualenv: {POLICY_PACK / 'venv'}\n"
    )
    (tmp_path / "__main__.py").write_text(OTHER_PACK)
    code, told = _run(capsys, "--", "--policy-pack", str(tmp_path))
    assert code == 1, told
    assert ": 0 violations, " in told
    assert told.endswith("\nThe engine stopped: no-vpc (others).\n")


@pytest.mark.parametrize(
    ("settings", "arguments", "expected"),
    [
        ({"routing": "privat"}, (), "Did you mean private?"),
        ({}, ("--stack", "none"), "no stack named 'none' found"),
        ({}, ("--policy-pack", "nowhere"), 'policy project located at "nowhere"'),
    ],
    ids=["a program that fails", "no such stack", "no such pack"],
)
def test_a_preview_that_fails_is_not_judged(
    bench: Workbench,
    capfd: pytest.CaptureFixture[str],
    settings: dict[str, object],
    arguments: tuple[str, ...],
    expected: str,
) -> None:
    """What the engine says is told, once."""
    bench.set_config(**settings)
    code, told = _run(capfd, "--", *arguments)
    bench.set_config(**dict.fromkeys(settings))
    assert code == 3, told
    assert "error: the preview failed, so that nobody knows what would be there; mend it first" in told
    assert told.count(expected) == 1, told
    assert "environments" not in told


def test_without_an_engine_it_is_told_where_to_get_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is run."""
    monkeypatch.setenv("PATH", "")
    assert _run(capsys) == (
        3,
        "error: the command pulumi is not on the PATH; see https://www.pulumi.com/docs/install/\n",
    )


def test_an_interrupt_waits_for_the_engine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It gives its lock back; a stand-in for it shows that it was waited for."""
    engine = tmp_path / ENGINE
    engine.write_text(f"#!/bin/sh\nsleep 1\nkill -INT {os.getpid()}\nsleep 0.5\ntouch {tmp_path}/done\n")
    engine.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    code, told = _run(capsys)
    signal.signal(signal.SIGINT, before)
    assert (code, told) == (130, "interrupted\n")
    assert (tmp_path / "done").exists()
