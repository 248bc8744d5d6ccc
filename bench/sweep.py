"""What a sweep costs: time, memory, and how both grow with the organization.

An organization of synthetic teams: each has a stack for its network, one for its environment, and others that
hold no network. Memory is the peak of the largest processes together: the sweep's own and its workers'.

With `--dask`, one organization by processes and by a Dask cluster of as many workers, in turn.

PYTHONPATH=infra:policy_pack:audit:. python -m bench.sweep [--dask] [STACKS...]
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from mwaa_guardrails.reading.resource import Resource
from tests.audit.dask_cluster import dask_cluster
from tests.audit.organizations import deployed, spread
from tests.audit.state_files import as_json
from tests.policy_pack.networks import changed, entry, right_network, right_private_network
from tests.policy_pack.stacks import made

SECONDS: Final = 60.0
MEMORY_RATIO: Final = 1.2
EXPONENT: Final = 1.1
DASK_RATIO: Final = 1.25
# Of each; the machine may have other work in one of them.
TURNS: Final = 2
SIZES: Final = (100, 1000)
RESOURCES: Final = 300
# Of these stacks one holds a network, one its environment, by their numbers.
TEAM: Final = 10
PARTS: Final = (0, 1)
BYSTANDER: Final = "team-x-x"
JOBS: Final = 2
ENVIRONMENT: Final = "aws:mwaa/environment:Environment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one sweep took."""

    stacks: int
    seconds: float
    megabytes: float


def main(sizes: Sequence[int]) -> int:
    """Print what sweeps of these sizes take; return 1 when one is over its budget."""
    costs = []
    for size in sizes:
        cost = _measured(size)
        costs.append(cost)
        print(
            f"{cost.stacks} stacks of {RESOURCES}: {cost.seconds:.1f} s, {cost.megabytes:.0f} MB at the peak",
            flush=True,
        )
    small, large = costs[0], costs[-1]
    thousand = next((each for each in costs if each.stacks == SIZES[-1]), large)
    ratio = large.megabytes / thousand.megabytes
    exponent = math.log(large.seconds / small.seconds) / math.log(large.stacks / small.stacks)
    print(f"exponent of time {exponent:.2f}, budget {EXPONENT:.2f}")
    if large is not thousand:
        print(f"memory, {large.stacks} stacks to {thousand.stacks}: {ratio:.2f}, budget {MEMORY_RATIO:.2f}")
    slow = thousand.stacks == SIZES[-1] and thousand.seconds > SECONDS
    return int(slow or ratio > MEMORY_RATIO or exponent > EXPONENT)


def compare(stacks: int) -> int:
    """Print what a sweep takes by processes and by Dask workers; return 1 when Dask's is over its budget."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "states"
        for number in range(stacks):
            _write_stack(place, number)
        with dask_cluster(Path(folder) / "cluster", workers=JOBS) as cluster:
            taken: dict[str, list[float]] = {"--jobs": [], "--scheduler": []}
            for turn in range(TURNS):
                for option, value in (("--jobs", str(JOBS)), ("--scheduler", cluster.address)):
                    index = Path(folder) / f"index{option}-{turn}"
                    taken[option].append(_seconds([str(place), "--index", str(index), option, value]))
    processes, dask = min(taken["--jobs"]), min(taken["--scheduler"])
    print(f"{stacks} stacks of {RESOURCES}, best of {TURNS}: {processes:.1f} s by {JOBS} processes,", end=" ")
    print(f"{dask:.1f} s by {JOBS} workers of Dask: {dask / processes:.2f}, budget {DASK_RATIO:.2f}")
    return int(dask / processes > DASK_RATIO)


def _seconds(arguments: Sequence[str]) -> float:
    start = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-m", "mwaa_audit", "sweep", *arguments], stdout=subprocess.DEVNULL, check=False
    )
    if ended.returncode not in {0, 1}:
        raise SystemExit(ended.returncode)
    return time.monotonic() - start


def _measured(stacks: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "states"
        for number in range(stacks):
            _write_stack(place, number)
        command = [sys.executable, "-m", "bench.sweep", "--one", str(place), str(Path(folder) / "index")]
        start = time.monotonic()
        ended = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
        return Cost(
            stacks=stacks, seconds=time.monotonic() - start, megabytes=float(ended.stdout.split()[-1]) / 1024
        )


def _one(place: str, index: str) -> None:
    """Sweep, and print the peak of this process and of the largest worker times their number, in KiB."""
    command = [sys.executable, "-m", "mwaa_audit", "sweep", place, "--index", index, "--jobs", str(JOBS)]
    peaks: dict[int, int] = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            for pid in (running.pid, *_children(running.pid)):
                peaks[pid] = max(peaks.get(pid, 0), _peak(pid))
            time.sleep(0.2)
    if running.returncode not in {0, 1}:
        raise SystemExit(running.returncode)
    print(sum(peaks.values()))


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def _write_stack(place: Path, number: int) -> None:
    team, part = divmod(number, TEAM)
    project = f"team-{team}-{part}"
    resources = _network(team).get(project, ()) if part in PARTS else ()
    file = place / ".pulumi" / "stacks" / project / "dev.json"
    file.parent.mkdir(parents=True)
    file.write_text(_state(project, resources) if resources else _bystander().replace(BYSTANDER, project))


def _state(project: str, resources: Sequence[Resource]) -> str:
    """Return the text of a state that has these resources, and others up to the size of all."""
    written = [as_json(each) for each in (*resources, *_others(project, RESOURCES - len(resources)))]
    checkpoint = {"stack": f"organization/{project}/dev", "latest": {"resources": written}}
    return json.dumps({"version": 3, "checkpoint": checkpoint})


@cache
def _bystander() -> str:
    """Return the text of a state without a network, made once: there are thousands of them."""
    return _state(BYSTANDER, ())


def _network(team: int) -> dict[str, tuple[Resource, ...]]:
    """Return the network of a team by project: every second one is private, every tenth is wrong."""
    stack = right_private_network() if team % 2 else right_network()
    if team % 10 == 0:
        stack = changed(stack, entry("in", 100, egress=False, ruleAction="deny"))
    managed = [each for each in deployed(stack, str(team)) if not each.type.startswith("pulumi:providers:")]
    return spread(managed, [f"team-{team}-{PARTS[each.type == ENVIRONMENT]}" for each in managed])


def _others(project: str, count: int) -> Iterator[Resource]:
    document = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})
    kinds = ("s3/bucketVersioning:BucketVersioning", "iam/role:Role", "cloudwatch/logGroup:LogGroup")
    stack = [
        made(kinds[number % len(kinds)], f"other-{number}", policy=document, tags={"team": project})
        for number in range(count)
    ]
    managed = [each for each in deployed(stack, project) if not each.type.startswith("pulumi:providers:")]
    yield from spread(managed, [project] * len(managed)).get(project, ())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(*sys.argv[2:])
    elif sys.argv[1:2] == ["--dask"]:
        sys.exit(compare(int(sys.argv[2]) if sys.argv[2:] else SIZES[-1]))
    else:
        sys.exit(main([int(each) for each in sys.argv[1:]] or SIZES))
