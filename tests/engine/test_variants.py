"""Networks of many choices in one stack on the real engine: whatever one chooses, the pack has no word."""

import json
from typing import Final

import pytest

from local_cloud.paths import REPOSITORY
from mwaa_network.arguments import written
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Result, Workbench, small_project
from tests.infra.variants import sampled_variants

VARIANTS: Final = sampled_variants()
PROGRAM: Final = f"""
import json, sys

sys.path[:0] = [{str(REPOSITORY / "infra")!r}, {str(POLICY_PACK)!r}]

from mwaa_network import Network, NetworkArgs
from mwaa_network.arguments import ATTRIBUTE_OF_KEY

for number, choices in enumerate(json.loads({json.dumps([written(each) for each in VARIANTS.values()])!r})):
    named = {{ATTRIBUTE_OF_KEY[key]: value for key, value in choices.items()}}
    Network(f"network-{{number}}", NetworkArgs(**named))
"""


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One stack for all."""
    folder = tmp_path_factory.mktemp("variants")
    return make_workbench(small_project(folder, PROGRAM, config={"aws:region": "eu-west-1"}))


def test_from_the_first_preview_on_the_pack_has_nothing_to_say(bench: Workbench) -> None:
    """Nor when they are made, nor of the exported state; nothing is left to do, and nothing is left over."""
    assert _said(bench.preview(policy_pack=POLICY_PACK)) == ()
    made = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert _said(made) == ()
    assert made.changes["create"] > 25 * len(VARIANTS)
    assert _said(bench.policy_analyze(bench.export_stack())) == ()
    assert set(bench.preview(policy_pack=POLICY_PACK).changes) == {"same"}
    assert bench.destroy().code == 0
    assert left_over(bench) == []


def _said(result: Result) -> tuple[tuple[str, str, str], ...]:
    assert result.code == 0, result.output
    return tuple((each.policy, each.urn, each.message) for each in result.violations)
