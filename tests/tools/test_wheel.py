"""What `pip install` takes from the repository: the component and the checks, typed, in one distribution."""

import subprocess
import sys
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from local_cloud.paths import REPOSITORY

PROGRAM = """
from mwaa_guardrails.evaluation import evaluate
from mwaa_network import Network, NetworkArgs, Routing

NetworkArgs(routing=Routing.PRIVATE)
print(Network.__module__, evaluate([]).violations)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the distribution is installed, built without any network."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--target", folder, REPOSITORY], check=True)
    return folder


@pytest.fixture(scope="module")
def distribution(site: Path) -> Distribution:
    """What the folder tells of the distribution."""
    return PathDistribution(next(site.glob("*.dist-info")))


def test_it_holds_every_module_of_the_component_and_of_the_checks(site: Path) -> None:
    """And nothing else: no tests, no local AWS."""
    sources = (REPOSITORY / "infra" / "mwaa_network", REPOSITORY / "policy_pack" / "mwaa_guardrails")
    expected = {
        str(file.relative_to(source.parent))
        for source in sources
        for file in source.rglob("*")
        if file.suffix == ".py" or file.name == "py.typed"
    }
    installed = {
        str(file.relative_to(site))
        for file in site.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and ".dist-info" not in file.parts[-2]
    }
    assert installed == expected


def test_its_version_is_the_one_of_the_policy_pack(distribution: Distribution) -> None:
    """They are one product."""
    described = yaml.safe_load((REPOSITORY / "policy_pack" / "PulumiPolicy.yaml").read_text())
    assert distribution.version == described["version"]


def test_the_pins_of_the_program_are_in_the_ranges_of_the_extra(distribution: Distribution) -> None:
    """What we test is among what we say it works with; without the extra it needs nothing."""
    pins = dict(
        line.split("==") for line in (REPOSITORY / "requirements.in").read_text().splitlines() if "==" in line
    )
    needed = [Requirement(each) for each in distribution.requires or ()]
    assert {each.name for each in needed} == {"pulumi", "pulumi-aws"}
    assert all(each.marker and not each.marker.evaluate({"extra": ""}) for each in needed)
    assert all(each.specifier.contains(pins[each.name]) for each in needed)


def test_programs_use_what_is_installed(site: Path, tmp_path: Path) -> None:
    """No path into the repository is needed."""
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "mwaa_network.network ()\n"
