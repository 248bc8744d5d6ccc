"""Work in other processes: nothing piles up, and a process that dies takes its own task alone."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from mwaa_audit import judging
from mwaa_audit.backends import open_files
from mwaa_audit.criteria import Criteria
from mwaa_audit.judging import Judgement
from mwaa_audit.states import Stack
from mwaa_audit.sweep import opened, rows, sweep
from mwaa_audit.sweep.work import Workers, leave_interrupts, processes
from mwaa_guardrails.reading.resource import Resource
from tests.audit.handing_on import HandingOn
from tests.audit.organizations import write_backend
from tests.audit.sweeping import said_of, swept
from tests.audit.test_sweep import DENIED, DENIES, split


def _doubled(number: int) -> int:
    if number == 7:
        os._exit(1)
    return 2 * number


def test_a_task_that_its_process_dies_of_has_no_answer() -> None:
    """All others have."""
    with processes(2) as workers:
        told = [each for some in workers.answers(_doubled, range(30), _small) for each in some]
    assert sorted(told) == [(number, None if number == 7 else 2 * number) for number in range(30)]


def test_so_has_one_that_its_process_dies_of_while_answers_are_kept() -> None:
    """No more work can be given then, and none of it is lost."""
    answers: dict[int, int | None] = {}
    with processes(1) as workers:
        for told in workers.answers(_doubled, range(6, 12), _large):
            answers |= dict(told)
            # Long enough for the death of the next one to be known.
            time.sleep(1 if told == [(6, 12)] else 0)
    assert answers == {number: None if number == 7 else 2 * number for number in range(6, 12)}


def test_no_more_work_is_taken_than_is_at_hand() -> None:
    """So that a long list of it is never held."""
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(96):
            taken.append(number)
            yield number + 100

    with processes(1) as workers:
        for done, told in enumerate(workers.answers(_doubled, tasks(), _small)):
            assert len(told) == 8
            assert len(taken) <= 8 * (done + 4)


def _small(_number: int) -> int:
    return 0


def _large(_number: int) -> int:
    return 4 * 1024 * 1024


@pytest.mark.parametrize(("enough", "expected"), [(4 * 1024 * 1024, [2]), (1, [1, 2])])
def test_what_is_sent_to_workers_far_away_is_little_at_a_time(
    enough: int, expected: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some states together, or a large one alone."""
    monkeypatch.setattr("mwaa_audit.sweep.work._BYTES", enough)
    place = open_files(write_backend(tmp_path / "backend", split(DENIES)))
    told: list[int] = []
    with (
        opened(tmp_path / "index") as index,
        Workers(lambda: ThreadPoolExecutor(1), lambda: 1, are_near=False, together=2) as workers,
    ):
        result = sweep(place, index, workers, lambda read, _judged: told.append(read))
    assert said_of(result) == DENIED
    assert [read for read in told if read] == expected


@dataclass
class _Deadly(HandingOn):
    """A backend with a state that no process survives."""

    def content(self, location: str) -> bytes:
        """As it is, but for one."""
        if "deadly" in location:
            os._exit(1)
        return super().content(location)


def test_a_state_that_its_process_dies_of_is_listed(tmp_path: Path) -> None:
    """A file so large that there is no memory for it, say."""
    place = write_backend(tmp_path / "backend", split(DENIES))
    deadly = tmp_path / "backend" / ".pulumi" / "stacks" / "deadly" / "dev.json"
    deadly.parent.mkdir()
    deadly.write_text("{}")
    with opened(tmp_path / "index") as index, processes(1) as workers:
        result = sweep(_Deadly(open_files(place)), index, workers, lambda _read, _judged: None)
    assert said_of(result) == DENIED
    assert [(each.location, each.reason) for each in result.unreadable] == [
        (".pulumi/stacks/deadly/dev.json", "the process that read it died")
    ]


@pytest.mark.parametrize("failing", ["read_stack", "is_environment"])
def test_a_state_that_cannot_be_read_for_a_defect_of_ours_is_listed(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its kind alone, whether it or a resource of it is to blame; the other states are read."""
    given = f"mwaa_audit.sweep.rows.{failing}"
    does = getattr(rows, failing)

    def fail(what: bytes | Resource, *arguments: Callable[[str], bool]) -> object:
        if (b"organization/broken/dev" in what) if isinstance(what, bytes) else (what.urn == broken.urn):
            raise KeyError("canary")
        return does(what, *arguments)

    broken = Resource(urn="urn:pulumi:dev::broken::aws:ec2/vpc:Vpc::vpc", type="aws:ec2/vpc:Vpc", name="vpc")
    monkeypatch.setattr(given, fail)
    place = write_backend(tmp_path / "backend", {**split(DENIES), "broken": (broken,)})
    result = swept(place, tmp_path / "index")
    assert said_of(result) == DENIED
    assert [(each.location, each.reason) for each in result.unreadable] == [
        (".pulumi/stacks/broken/dev.json", "reading it failed with KeyError")
    ]


def test_a_process_leaves_ctrl_c_to_the_one_that_people_talk_to() -> None:
    """Else each of them would tell of it."""
    before = signal.getsignal(signal.SIGINT)
    try:
        leave_interrupts()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    with processes(1) as workers:
        (((_, ignored),),) = workers.answers(_ignores_interrupts, [0], _small)
    assert ignored


def _ignores_interrupts(_number: int) -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_network_that_cannot_be_judged_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect of ours, by its kind alone; the other networks are judged."""
    whole = judging.judge

    def fail(stacks: list[Stack], criteria: Criteria) -> Judgement:
        if stacks[0].title == "apps-one/dev":
            raise KeyError("canary")
        return whole(stacks, criteria)

    monkeypatch.setattr("mwaa_audit.sweep.organization.judge", fail)
    stacks = {**split(DENIES, "-one"), **split(DENIES, "-two")}
    result = swept(write_backend(tmp_path / "backend", stacks), tmp_path / "index")
    assert said_of(result) == DENIED
    (failure,) = result.failures
    assert (failure.stacks, failure.part) == (("apps-one/dev", "network-one/dev"), "judging")
    assert failure.text == (
        "judging failed with KeyError. This is a defect of mwaa-guardrails, not of the stacks."
    )


def test_a_network_that_its_process_dies_of_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Likewise."""
    monkeypatch.setattr("mwaa_audit.sweep.organization.judge_network", _die)
    place = open_files(write_backend(tmp_path / "backend", split(DENIES)))
    with opened(tmp_path / "index") as index, processes(1) as workers:
        result = sweep(place, index, workers, lambda _read, _judged: None)
    assert [each.exception for each in result.failures] == ["the end of its process"]


def _die(_criteria: object, _network: object) -> bytes:
    os._exit(1)
