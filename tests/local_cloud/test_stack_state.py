"""What the local cloud reads of a stack's state, and how it mends what an end in the middle left behind."""

import json
import os
from pathlib import Path

import pytest

from local_cloud.errors import LocalCloudError
from local_cloud.paths import Places
from local_cloud.stack_state import drop_stale_locks, project_name, read_state, set_aside
from tests.local_cloud.places import places_in, state_file, write_state

NO_PROCESS = 2**22 + 1
"""Above the highest process id that Linux and macOS give."""


def write_lock(places: Places, pid: int) -> Path:
    """Write a lock as an engine with this process id does."""
    folder = places.backend / ".pulumi" / "locks" / "organization" / "small" / "dev"
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f"{pid}.json"
    lock.write_text(json.dumps({"pid": pid, "username": "someone", "hostname": "here"}))
    lock.with_name(f"{lock.name}.attrs").write_text("{}")
    return lock


def test_only_what_lies_in_the_cloud_counts(tmp_path: Path) -> None:
    """The stack itself and its providers are no resources of AWS."""
    places = places_in(tmp_path)
    write_state(places, ["pulumi:providers:aws", "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"])

    state = read_state(places)

    assert state is not None
    assert (state.resources, state.unfinished) == (2, ())


def test_what_the_engine_was_busy_with_when_it_was_killed_is_known(tmp_path: Path) -> None:
    """Nobody knows whether such a resource exists."""
    places = places_in(tmp_path)
    write_state(places, [], unfinished=["urn:vpc"])

    state = read_state(places)

    assert state is not None
    assert state.unfinished == ("urn:vpc",)


def test_a_stack_that_was_only_made_has_no_resources(tmp_path: Path) -> None:
    """`pulumi stack init` writes a checkpoint without a deployment."""
    places = places_in(tmp_path)
    write_state(places, [])
    state_file(places).write_text('{"version": 3, "checkpoint": {"stack": "dev"}}')

    state = read_state(places)

    assert state is not None
    assert state.resources == 0


def test_no_stack_has_no_state(tmp_path: Path) -> None:
    """Before the first `make up`."""
    assert read_state(places_in(tmp_path)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"checkpoint": {"latest": {"resources": [{}, 1]}}}'])
def test_a_damaged_state_is_named_with_the_way_out(tmp_path: Path, text: str) -> None:
    """Nothing of it is thrown away unasked."""
    places = places_in(tmp_path)
    write_state(places, [])
    state_file(places).write_text(text)

    with pytest.raises(LocalCloudError) as refused:
        read_state(places)

    assert str(refused.value).startswith(f"{state_file(places)} is damaged (")
    assert str(refused.value).endswith(f"Move {places.stack} away to start anew.")


def test_the_lock_of_an_engine_that_was_killed_is_dropped(tmp_path: Path) -> None:
    """Else the next run would wait for a process that is gone."""
    places = places_in(tmp_path)
    lock = write_lock(places, NO_PROCESS)

    assert drop_stale_locks(places) == 1
    assert list(lock.parent.iterdir()) == []


def test_the_lock_of_an_engine_that_runs_stays(tmp_path: Path) -> None:
    """Two engines never write one state."""
    places = places_in(tmp_path)
    lock = write_lock(places, os.getpid())

    assert drop_stale_locks(places) == 0
    assert lock.exists()


def test_what_is_set_aside_is_kept_whole_and_apart(tmp_path: Path) -> None:
    """Two stacks set aside in one second get two folders."""
    places = places_in(tmp_path)
    kept = []
    for types in (["aws:ec2/vpc:Vpc"], ["aws:s3/bucket:Bucket"]):
        write_state(places, types)
        text = state_file(places).read_text()
        kept.append((set_aside(places), text))

    assert not places.stack.exists()
    assert len({where for where, _ in kept}) == 2
    for where, text in kept:
        assert where.parent == places.set_aside
        assert (where / state_file(places).relative_to(places.stack)).read_text() == text


@pytest.mark.parametrize(
    ("text", "why"),
    [("runtime: python\n", "has no `name`"), ("[", "cannot be read"), ("name: 3\n", "has no `name`")],
)
def test_a_project_without_a_name_is_refused(tmp_path: Path, text: str, why: str) -> None:
    """The engine's state is filed under the project's name."""
    (tmp_path / "Pulumi.yaml").write_text(text)

    with pytest.raises(LocalCloudError, match=why):
        project_name(tmp_path)
