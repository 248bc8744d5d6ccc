"""What the commands do when something goes wrong: nothing is lost, and the next `make up` completes."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from local_cloud.aws_process import running_aws, start_aws, stop_aws
from local_cloud.commands import next_steps
from local_cloud.paths import Places
from local_cloud.stack_state import read_state, remember_instance
from local_cloud.workspace import why_lost
from tests.local_cloud.places import write_state
from tests.local_cloud.small_network import VPC, aws_of, do, make_places, start, vpcs, write_program

pytestmark = pytest.mark.engine

SECONDS_TO_SETTLE = 30.0


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    """Such places for one test."""
    places = make_places(tmp_path)
    yield places
    stop_aws(places.aws)


def test_what_the_policy_pack_refuses_is_not_built(places: Places) -> None:
    """The preview that `up` begins with is judged, so nothing is created."""
    write_program(places, VPC.replace("10.0.0.0/16", "10.9.0.0/16"))

    told = do(places, "up", code=None)

    assert "[mandatory]  cidr-taken" in told
    assert next_steps(places) not in told
    assert vpcs(places) == []


def kill_aws(places: Places) -> None:
    """Kill the local AWS, and with it all that it knows."""
    os.kill(aws_of(places).pid, signal.SIGKILL)
    end = time.monotonic() + SECONDS_TO_SETTLE
    while running_aws(places.aws):
        assert time.monotonic() < end


def test_after_the_local_aws_was_killed_the_user_is_told_and_can_go_on(places: Places) -> None:
    """`up` sets the stack aside and builds anew; `down` has nothing to destroy."""
    do(places, "up", "--skip-preview")
    kill_aws(places)

    up = do(places, "up", "--skip-preview")
    (aside,) = places.set_aside.iterdir()
    built = vpcs(places)
    kill_aws(places)
    down = do(places, "down")
    (other,) = set(places.set_aside.iterdir()) - {aside}

    assert up.startswith(
        "The local AWS that the stack was built on is gone, and its memory with it. "
        f"The stack was set aside in {aside}, and a new one starts on a new local AWS.\n"
    )
    assert "+ 2 created" in up
    assert built == ["10.0.0.0/16"]
    assert (aside / "backend" / ".pulumi" / "stacks" / "small" / "dev.json").is_file()
    assert down == (
        "The local AWS that the stack was built on is gone, and its memory with it. "
        f"The stack was set aside in {other}.\n"
        "Nothing is running.\n"
    )


def test_a_stack_of_another_local_aws_is_noticed_though_one_runs(places: Places) -> None:
    """What the running one knows is not what the stack describes."""
    start_aws(places.aws)
    write_state(places, ["aws:ec2/vpc:Vpc"])
    remember_instance(places, "of another one")

    assert why_lost(places) == ("The local AWS that the stack was built on is gone, and its memory with it.")


def wait_for(file: Path, running: subprocess.Popen[str]) -> None:
    """Wait until the program that `up` runs has made the file."""
    end = time.monotonic() + SECONDS_TO_SETTLE
    while not file.exists():
        assert running.poll() is None, running.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.02)


def write_program_that_waits(places: Places) -> tuple[Path, Path]:
    """A program that, in the update, makes a VPC, makes the first file, waits for the second, makes a VPC."""
    reached, go_on = places.project / "reached", places.project / "go-on"
    write_program(
        places,
        f"""
import pathlib, time
import pulumi
import pulumi_aws as aws

def wait(_):
    if not pulumi.runtime.is_dry_run():
        pathlib.Path({str(reached)!r}).touch()
        while not pathlib.Path({str(go_on)!r}).exists():
            time.sleep(0.02)
    return "10.1.0.0/16"

first = aws.ec2.Vpc("first", cidr_block="10.0.0.0/16")
second = aws.ec2.Vpc("second", cidr_block=first.id.apply(wait))
""",
    )
    return reached, go_on


def test_an_interrupted_up_is_finished_by_the_next(places: Places) -> None:
    """The engine writes what it has built and leaves; nothing is built twice."""
    reached, go_on = write_program_that_waits(places)
    running = start(places, "up", "--skip-preview")
    wait_for(reached, running)

    os.killpg(running.pid, signal.SIGINT)
    interrupted = running.communicate(timeout=SECONDS_TO_SETTLE)[0]
    go_on.touch()
    again = do(places, "up", "--skip-preview")

    assert running.returncode != 0
    assert interrupted.count("^C received; cancelling.") == 1
    assert next_steps(places) not in interrupted
    assert "set aside" not in again
    assert vpcs(places) == ["10.0.0.0/16", "10.1.0.0/16"]


def test_an_engine_killed_over_its_work_leaves_a_stack_that_starts_anew(places: Places) -> None:
    """Nobody knows whether what it was busy with exists: stack and local AWS both start anew, and say so."""
    reached, go_on = write_program_that_waits(places)
    running = start(places, "up", "--skip-preview")
    wait_for(reached, running)
    aws = aws_of(places)

    # An AWS that does not answer keeps the engine busy for as long as the test needs.
    os.kill(aws.pid, signal.SIGSTOP)
    go_on.touch()
    end = time.monotonic() + SECONDS_TO_SETTLE
    while (state := read_state(places)) is None or not state.unfinished:
        assert time.monotonic() < end
        time.sleep(0.05)
    (lock,) = (places.backend / ".pulumi" / "locks").rglob("*.json")
    os.kill(yaml.safe_load(lock.read_text())["pid"], signal.SIGKILL)
    running.communicate(timeout=SECONDS_TO_SETTLE)
    os.kill(aws.pid, signal.SIGCONT)
    again = do(places, "up", "--skip-preview")

    (aside,) = places.set_aside.iterdir()
    assert again.startswith(
        "The engine was killed while it was busy with second. "
        f"The stack was set aside in {aside}, and a new one starts on a new local AWS.\n"
    )
    assert vpcs(places) == ["10.0.0.0/16", "10.1.0.0/16"]
