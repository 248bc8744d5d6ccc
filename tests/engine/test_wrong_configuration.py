"""Wrong configuration on the real engine: the user reads every mistake, and nothing is created."""

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One workbench for all: nothing is ever created in it."""
    return make_workbench(copy_of_repository(tmp_path_factory.mktemp("wrong")))


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            {"routing": "privat", "routng": "x", "cidrBlock": "10.0.0.1/16"},
            (
                "the configuration has 3 mistakes; nothing was changed.",
                'routng: no such key; its value is "x".',
                "Did you mean private?",
                "Did you mean 10.0.0.0/16?",
            ),
        ),
        (
            {"zones": ["eu-west-1q", "eu-west-1a"]},
            (
                '"eu-west-1q" is no Availability Zone of eu-west-1',
                "Allowed: eu-west-1a (",
                "Did you mean eu-west-1",
            ),
        ),
    ],
    ids=["keys and values", "a zone that the Region does not have"],
)
def test_every_mistake_is_told_and_nothing_is_created(
    bench: Workbench, settings: dict[str, object], told: tuple[str, ...]
) -> None:
    """Each with what is allowed and the nearest right value, and without a traceback."""
    bench.set_config(**settings)
    result = bench.up(policy_pack=POLICY_PACK)
    bench.set_config(**dict.fromkeys(settings))
    assert result.code != 0
    assert [part for part in told if part not in result.output] == []
    assert "Traceback" not in result.output
    assert left_over(bench) == []
