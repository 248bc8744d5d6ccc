"""AWS refuses a call in the middle: the run says so, the next one completes, and nothing is lost.

`make test` takes three calls in the life of each stack, by the run's seed; `EVERY=1`, as in
`make proof`, takes each call of each life.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.read_back import outputs_by_aws, told_outputs
from tests.engine.story import left_over
from tests.engine.workbench import Result, Workbench, copy_of_repository
from tests.local_cloud.refusals import refusal, refuse
from tests.seed import EVERY, drawn

FEWEST: Final = 20  # calls of a command here: of the one that destroys a private network
STACKS: Final[Mapping[str, Mapping[str, object]]] = {
    "public": {},
    "private": {"routing": "private"},
    "public, with an environment": {"environment": True},
    "private, with an environment": {"routing": "private", "environment": True},
}


@pytest.mark.parametrize("stack", STACKS)
def test_what_was_refused_is_done_the_next_time(
    make_workbench: MakeWorkbench, tmp_path: Path, stack: str
) -> None:
    """Creating, changing the routing and destroying, each with a refusal on the way."""
    bench = make_workbench(copy_of_repository(tmp_path))
    if not EVERY:
        chosen = [drawn(f"{stack} {command}").randint(1, FEWEST) for command in range(3)]
        assert _live(bench, STACKS[stack], chosen) == 3, chosen
        return
    for call in count(1):
        if _live(bench, STACKS[stack], [call] * 3) == 0:
            return


def _live(bench: Workbench, settings: Mapping[str, object], calls: Sequence[int]) -> int:
    """Create, change and destroy a stack; return how often a call was refused.

    Args:
        bench: Where it lives.
        settings: Its configuration.
        calls: The number of the call to refuse, from 1, of each of the three commands.
    """
    creating, changing, destroying = calls
    bench.set_config(**{"routing": None, "environment": None, **settings})
    refused = int(_despite_a_refusal(bench, bench.up, creating))
    assert told_outputs(bench) == outputs_by_aws(bench)
    bench.set_config(routing="public" if settings.get("routing") else "private")
    refused += _despite_a_refusal(bench, bench.up, changing)
    _assert_it_stands(bench)
    refused += _despite_a_refusal(bench, bench.destroy, destroying)
    assert left_over(bench) == []
    return refused


def _despite_a_refusal(bench: Workbench, operate: Callable[[str], Result], call: int) -> bool:
    """Run a command of the engine while a call is refused, and again if there was such a call."""
    endpoint = bench.workspace.aws.endpoint
    refuse(endpoint, call)
    first = operate("--skip-preview")
    refused = refusal(endpoint).refused
    refuse(endpoint, 0)
    told = f"call {call}, {refused}:\n{first.output}"
    assert (first.code == 0) is (refused is None), told
    if refused is None:
        return False
    assert f"You are not authorized to perform this operation: {refused}." in first.output, told
    assert "Traceback" not in first.output, told
    again = operate("--skip-preview")
    assert again.code == 0, f"{told}\n{again.output}"
    return True


def _assert_it_stands(bench: Workbench) -> None:
    """Nothing is left to do, also when each part is looked at, and the outputs are what AWS tells."""
    previewed = bench.preview("--refresh")
    assert set(previewed.changes) == {"same"}, previewed.output
    assert told_outputs(bench) == outputs_by_aws(bench)
