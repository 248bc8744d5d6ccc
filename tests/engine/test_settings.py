"""What an administrator states reaches the pack through the real engine; what means nothing is refused."""

import json
from pathlib import Path
from typing import Final

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.workbench import POLICY_PACK, Result, Workbench, small_project
from tests.policy_pack.test_administration import folder_with

# One subnet where there must be two, declared for an environment to come.
PROGRAM: Final = """
import pulumi_aws as aws

aws.ec2.Subnet("flows", vpc_id="vpc-0a", cidr_block="10.0.0.0/24", tags={"mwaa:environment": "flows"})
"""
COUNT: Final = "subnet-count-not-two"
SELF: Final = "security-group-lacks-self-reference"
EXEMPT: Final = {"check": COUNT, "reason": "A lab", "expires": "never", "name": "flows"}


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One stack for all; it is only previewed."""
    project = small_project(tmp_path_factory.mktemp("settings"), PROGRAM, config={"aws:region": "eu-west-1"})
    return make_workbench(project)


def configured(bench: Workbench, folder: Path, configuration: object) -> Result:
    """Preview with a policy configuration."""
    file = folder / "configuration.json"
    file.write_text(json.dumps(configuration))
    return bench.preview("--policy-pack-config", str(file), policy_pack=POLICY_PACK)


@pytest.mark.parametrize(
    ("configuration", "told"),
    [
        (
            {"subnet-count-not-tow": "advisory"},
            "subnet-count-not-tow: no such policy; did you mean subnet-count-not-two?",
        ),
        (
            {"all": {"enforcementLevel": "advisory", "substitutes": "accept"}},
            "all: it takes a level and no options, such as substitutes",
        ),
    ],
)
def test_a_configuration_that_means_nothing_stops_the_engine(
    bench: Workbench, tmp_path: Path, configuration: dict[str, object], told: str
) -> None:
    """Pulumi itself would take each of them without a word."""
    previewed = configured(bench, tmp_path, configuration)
    assert previewed.code == 1
    assert told in previewed.output


@pytest.mark.parametrize(
    ("configuration", "levels"),
    [
        ({SELF: {"substitutes": "accept"}}, {COUNT: "mandatory"}),
        (
            {"all": "mandatory", "settings": {"exemptions": [EXEMPT]}},
            {"exemptions": "mandatory"},
        ),
    ],
)
def test_a_configuration_is_followed(
    bench: Workbench, tmp_path: Path, configuration: dict[str, object], levels: dict[str, str]
) -> None:
    """Properties without a level leave the level as it is."""
    previewed = configured(bench, tmp_path, configuration)
    assert {each.policy: each.level for each in previewed.violations} == levels, previewed.output
    assert previewed.code == (1 if "mandatory" in levels.values() else 0)


def test_a_file_in_the_folder_of_the_pack_is_followed(bench: Workbench, tmp_path: Path) -> None:
    """Its levels are what the engine is told of each policy."""
    pack = folder_with(tmp_path, {"checks": {COUNT: {"level": "advisory"}}})
    (pack / "venv").symlink_to(POLICY_PACK / "venv")
    previewed = bench.preview(policy_pack=pack)
    assert (previewed.code, [each.level for each in previewed.violations]) == (0, ["advisory"])


def test_a_file_that_cannot_be_taken_is_told_to_the_user(bench: Workbench, tmp_path: Path) -> None:
    """The deployment stops, and the terminal says what to correct."""
    pack = folder_with(tmp_path, {"check": {}})
    (pack / "venv").symlink_to(POLICY_PACK / "venv")
    previewed = bench.preview(policy_pack=pack)
    assert previewed.code == 1
    assert "mwaa-guardrails: the settings cannot be taken." in previewed.output
    assert "did you mean checks?" in previewed.output
    assert "Traceback" not in previewed.output
