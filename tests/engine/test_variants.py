"""Networks of many choices in one stack on the real engine: whatever one chooses, the pack has no word."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from local_cloud.paths import REPOSITORY
from mwaa_network import NetworkArgs
from mwaa_network.arguments import written
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Result, small_project
from tests.infra.variants import sampled_variants
from tests.seed import some

MOST_IN_A_STACK: Final = 10  # the engine writes the whole state with each resource
VARIANTS: Final = some(sampled_variants().values(), 3, "variants")
STACKS: Final = [
    VARIANTS[first : first + MOST_IN_A_STACK] for first in range(0, len(VARIANTS), MOST_IN_A_STACK)
]
PROGRAM: Final = f"""
import json, sys

sys.path[:0] = [{str(REPOSITORY / "infra")!r}, {str(POLICY_PACK)!r}]

from mwaa_network import Network, NetworkArgs
from mwaa_network.arguments import ATTRIBUTE_OF_KEY

for number, choices in enumerate(json.loads(CHOICES)):
    named = {{ATTRIBUTE_OF_KEY[key]: value for key, value in choices.items()}}
    Network(f"network-{{number}}", NetworkArgs(**named))
"""


@pytest.mark.parametrize("networks", STACKS)
def test_from_the_first_preview_on_the_pack_has_nothing_to_say(
    make_workbench: MakeWorkbench, tmp_path: Path, networks: Sequence[NetworkArgs]
) -> None:
    """Nor when they are made, nor of the exported state; nothing is left to do, and nothing is left over."""
    choices = json.dumps([written(each) for each in networks])
    program = PROGRAM.replace("CHOICES", repr(choices))
    bench = make_workbench(small_project(tmp_path, program, config={"aws:region": "eu-west-1"}))
    assert _said(bench.preview(policy_pack=POLICY_PACK)) == ()
    made = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert _said(made) == ()
    assert made.changes["create"] > 15 * len(networks)
    assert _said(bench.policy_analyze(bench.export_stack())) == ()
    assert set(bench.preview(policy_pack=POLICY_PACK).changes) == {"same"}
    assert bench.destroy().code == 0
    assert left_over(bench) == []


def _said(result: Result) -> tuple[tuple[str, str, str], ...]:
    assert result.code == 0, result.output
    return tuple((each.policy, each.urn, each.message) for each in result.violations)
