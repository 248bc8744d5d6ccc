"""The project file on the real engine: declared keys, and new projects made from this one."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from local_cloud.paths import REPOSITORY
from mwaa_network.arguments import ATTRIBUTE_OF_KEY
from tests.engine.conftest import MakeWorkbench
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository, use_our_virtualenv


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One workbench for all: nothing is ever created in it."""
    return make_workbench(copy_of_repository(tmp_path_factory.mktemp("project")))


def test_the_engine_lists_every_key_with_its_default(bench: Workbench) -> None:
    """`pulumi config` shows what one can choose, before anything is chosen."""
    told = bench.pulumi("config", "--json")
    assert told.code == 0, told.output
    values = {key: each.get("value") for key, each in json.loads(told.stdout).items()}
    assert {key for key in values if key.startswith("mwaa-network:")} == {
        f"mwaa-network:{key}" for key in (*ATTRIBUTE_OF_KEY, "environment")
    }
    assert (values["mwaa-network:routing"], values["mwaa-network:cidrBlock"]) == ("public", "10.192.0.0/16")


def test_the_engine_refuses_a_value_of_another_kind(bench: Workbench) -> None:
    """Text in place of a list does not reach the program."""
    bench.set_config(zones="eu-west-1a, eu-west-1b")
    result = bench.preview(policy_pack=POLICY_PACK)
    bench.set_config(zones=None)
    assert result.code != 0
    assert "configuration key 'zones' must be of type 'array<string>'" in result.output


def test_a_new_project_is_made_from_the_repository(bench: Workbench, tmp_path: Path) -> None:
    """It asks for Region and routing, keeps them under the new project's name, and its network is right."""
    template, made = tmp_path / "template", tmp_path / "made"
    _copy_of_what_is_committed(template)
    made.mkdir()
    told = _run(
        bench,
        made,
        *("new", str(template), "--yes", "--offline", "--name", "data-platform", "--stack", "prod"),
        *("--config", "aws:region=eu-west-1", "--config", "routing=private"),
    )
    assert told.returncode == 0, told.stdout + told.stderr
    project = yaml.safe_load((made / "Pulumi.yaml").read_text())
    assert (project["name"], "template" in project) == ("data-platform", False)
    stack = yaml.safe_load((made / "Pulumi.prod.yaml").read_text())
    assert stack["config"] == {"aws:region": "eu-west-1", "data-platform:routing": "private"}
    previewed = _run(
        bench,
        made,
        *("preview", "--stack", "prod", "--config-file", "Pulumi.prod.yaml"),
        *("--policy-pack", str(POLICY_PACK)),
    )
    assert previewed.returncode == 0, previewed.stdout + previewed.stderr
    assert "mwaa-kms" in previewed.stdout


def _run(bench: Workbench, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [bench.workspace.engine.executable, *arguments, "--non-interactive"],
        cwd=folder,
        env=bench.workspace.environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def _copy_of_what_is_committed(folder: Path) -> None:
    folder.mkdir()
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((REPOSITORY / name).read_bytes())
    use_our_virtualenv(folder / "Pulumi.yaml")
