"""Our language plugin runs policy packs as the official one does, and ends when the engine ends."""

import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from local_cloud.language.children import SECONDS_TO_END
from tests.engine.workbench import Workbench
from tests.local_cloud.benches import BenchOf, policy_pack

pytestmark = pytest.mark.engine

SECONDS_TO_LEAVE = 10.0


STACK_TOLD = (
    "report(json.dumps([pulumi.get_project(), pulumi.get_stack(), pulumi.runtime.is_dry_run(), "
    "os.getcwd(), os.environ.get('PULUMI_CONFIG')]))"
)


def told_by(pack_message: str) -> object:
    """What the pack reported after its description."""
    return yaml.safe_load(pack_message.partition("\n")[2])


def test_a_policy_pack_knows_the_stack_that_it_judges(bench_of: BenchOf, tmp_path: Path) -> None:
    """Whether it is a preview, and the configuration; it runs in a folder of its own."""
    bench = bench_of("")
    bench.set_config(size="large")
    pack = policy_pack(tmp_path / "pack", STACK_TOLD)

    (previewed,) = bench.preview(policy_pack=pack).violations
    (updated,) = bench.up("--skip-preview", policy_pack=pack).violations

    rest = [str(pack), '{"small:size": "large"}']
    assert told_by(previewed.message) == ["small", "dev", True, *rest]
    assert told_by(updated.message) == ["small", "dev", False, *rest]


def test_a_policy_pack_that_judges_a_file_knows_no_stack(bench_of: BenchOf, tmp_path: Path) -> None:
    """`pulumi policy analyze` tells it none, with any language plugin."""
    bench = bench_of("")
    assert bench.up("--skip-preview").code == 0
    pack = policy_pack(tmp_path / "pack", STACK_TOLD)

    (report,) = bench.policy_analyze(bench.export_stack(), pack).violations

    assert told_by(report.message) == ["project", "stack", False, str(pack), None]


def test_what_a_policy_pack_prints_is_shown(bench_of: BenchOf, tmp_path: Path) -> None:
    """On both streams."""
    bench = bench_of("")
    pack = policy_pack(tmp_path / "pack", "print('from the pack'); print('and more', file=sys.stderr)")

    ended = bench.preview(policy_pack=pack)

    assert ended.code == 0
    assert "from the pack" in ended.stdout
    assert "and more" in ended.stdout


def test_a_policy_pack_that_does_not_start_fails_the_run_and_says_why(
    bench_of: BenchOf, tmp_path: Path
) -> None:
    """Its own last words are shown."""
    bench = bench_of("")
    pack = policy_pack(tmp_path / "pack", "pass")
    (pack / "__main__.py").write_text("raise SystemExit('the pack is out of order')\n")

    ended = bench.preview(policy_pack=pack)

    assert ended.code != 0
    assert "the policy pack did not start" in ended.output
    assert "the pack is out of order" in ended.output


def test_a_policy_pack_without_its_virtual_environment_is_told_of(bench_of: BenchOf, tmp_path: Path) -> None:
    """A relative one starts at the folder of PulumiPolicy.yaml."""
    bench = bench_of("")
    pack = policy_pack(tmp_path / "pack", "pass", virtualenv="venv")

    ended = bench.preview(policy_pack=pack)

    assert ended.code != 0
    assert (
        f"The virtual environment {pack / 'venv'} does not exist; PulumiPolicy.yaml names it "
        "(`virtualenv: venv`). Make it with:"
    ) in ended.output


@pytest.fixture
def refusing_pack(tmp_path: Path) -> Path:
    """A policy pack that refuses every stack."""
    pack = policy_pack(tmp_path / "pack", "report('no')")
    main = pack / "__main__.py"
    main.write_text(main.read_text().replace("ADVISORY", "MANDATORY"))
    return pack


def test_a_run_that_the_engine_ends_early_shows_no_traceback(bench_of: BenchOf, refusing_pack: Path) -> None:
    """After a mandatory violation the engine interrupts the program, which still waits for it."""
    bench = bench_of("import pulumi\npulumi.export('x', 1)\n")

    began = time.monotonic()
    accepted = bench.preview()
    between = time.monotonic()
    ended = bench.preview(policy_pack=refusing_pack)
    longer = (time.monotonic() - between) - (between - began)

    assert (accepted.code, ended.code) == (0, 1)
    assert "Traceback" not in ended.output
    assert "KeyboardInterrupt" not in ended.output
    # A program that does not leave at its interrupt is killed only after three seconds.
    assert longer < SECONDS_TO_END


def start_preview(bench: Workbench, *options: str) -> subprocess.Popen[str]:
    """Start a preview that a test can break off."""
    return subprocess.Popen(
        [bench.workspace.engine.executable, "preview", "--non-interactive", *options],
        cwd=bench.project,
        env=bench.workspace.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(file: Path, running: subprocess.Popen[str]) -> None:
    """Wait until the program of a preview has made the file."""
    while not file.exists():
        assert running.poll() is None
        time.sleep(0.02)


def test_an_interrupted_program_can_clean_up_and_shows_no_traceback(
    bench_of: BenchOf, tmp_path: Path
) -> None:
    """It gets one interrupt, as Python programs do, and what stands in `finally` runs to its end."""
    bench = bench_of(
        f"""
import pathlib, time
try:
    pathlib.Path({str(tmp_path / "runs")!r}).touch()
    time.sleep(60)
finally:
    time.sleep(0.3)
    pathlib.Path({str(tmp_path / "cleaned-up")!r}).touch()
"""
    )
    running = start_preview(bench)
    wait_for(tmp_path / "runs", running)

    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=SECONDS_TO_LEAVE)[0]

    assert (tmp_path / "cleaned-up").exists()
    assert "Traceback" not in told
    assert "KeyboardInterrupt" not in told


def test_a_program_that_ignores_its_interrupt_is_ended_all_the_same(
    bench_of: BenchOf, tmp_path: Path
) -> None:
    """After a grace of three seconds; the engine itself would wait longer, and for the plugin alone."""
    bench = bench_of(
        f"""
import pathlib, signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
pathlib.Path({str(tmp_path / "runs")!r}).touch()
time.sleep(60)
"""
    )
    running = start_preview(bench)
    wait_for(tmp_path / "runs", running)
    started = descendants(running.pid)

    running.send_signal(signal.SIGINT)
    running.communicate(timeout=SECONDS_TO_LEAVE)

    assert started & parents().keys() == set()


def parents() -> dict[int, int]:
    """Each running process and its parent; one that has ended and was not yet collected does not run."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True)
    rows = (line.split() for line in listed.stdout.splitlines())
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def descendants(ancestor: int) -> set[int]:
    """All processes that a process has started, directly or not."""
    running = parents()
    found = {ancestor}
    while more := {pid for pid, parent in running.items() if parent in found} - found:
        found |= more
    return found - {ancestor}


def test_nothing_outlives_an_engine_that_was_killed(bench_of: BenchOf, tmp_path: Path) -> None:
    """Plugin, program and policy pack end by themselves when nobody is left to tell them."""
    bench = bench_of(f"import pathlib, time\npathlib.Path('{tmp_path}/runs').touch()\ntime.sleep(60)\n")
    pack = policy_pack(tmp_path / "pack", "pass")
    running = start_preview(bench, "--policy-pack", str(pack))
    wait_for(tmp_path / "runs", running)
    started = descendants(running.pid)
    running.send_signal(signal.SIGKILL)
    running.communicate()

    end = time.monotonic() + SECONDS_TO_LEAVE
    while started & parents().keys() and time.monotonic() < end:
        time.sleep(0.1)

    assert len(started) >= 3  # two language plugins or one, the program, the pack
    assert started & parents().keys() == set()
