"""What `pip install` takes from the repository: component, checks and audit, typed, in one distribution."""

import ast
import subprocess
import sys
from collections.abc import Iterator
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


# What opens the object stores of clouds, and what works on a cluster; each is an extra of its own.
EXTRAS = {"s3fs", "gcsfs", "adlfs", "distributed"}
# The one module that needs an extra; it is loaded where that is asked for.
ON_A_CLUSTER = REPOSITORY / "audit" / "mwaa_audit" / "sweep" / "cluster.py"


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


def test_it_holds_every_module_of_the_component_of_the_checks_and_of_the_audit(site: Path) -> None:
    """And nothing else: no tests, no local AWS."""
    sources = [REPOSITORY / each for each in ("infra/mwaa_network", "policy_pack/mwaa_guardrails")]
    sources.append(REPOSITORY / "audit" / "mwaa_audit")
    expected = {
        str(file.relative_to(source.parent))
        for source in sources
        for file in source.rglob("*")
        if file.suffix == ".py" or file.name == "py.typed" or file.parent.name == "parts"
    }
    installed = {
        str(file.relative_to(site))
        for file in site.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
        if not (file.parts[-2] == "bin" or ".dist-info" in file.parts[-2])
    }
    assert installed == expected


def test_its_version_is_the_one_of_the_policy_pack(distribution: Distribution) -> None:
    """They are one product."""
    described = yaml.safe_load((REPOSITORY / "policy_pack" / "PulumiPolicy.yaml").read_text())
    assert distribution.version == described["version"]


def test_our_pins_are_in_the_ranges_of_the_distribution(distribution: Distribution) -> None:
    """What we test is among what we say it works with; without an extra it needs what the audit needs."""
    pins = {
        package.partition("[")[0]: version
        for file in ("requirements.in", "audit/requirements.in")
        for package, _, version in (line.partition("==") for line in _lines(REPOSITORY / file))
        if version
    }
    needed = [Requirement(each) for each in distribution.requires or ()]
    base = {each.name for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})}
    assert base == {"fsspec", "jinja2", "junitparser", "pydantic", "pyyaml", "rich", "typer"}
    assert {each.name for each in needed} - base == {"pulumi", "pulumi-aws", *EXTRAS}
    assert all(each.specifier.contains(pins[each.name]) for each in needed if each.name not in EXTRAS)


def test_what_the_audit_imports_is_installed_with_it(distribution: Distribution) -> None:
    """Its own code and that of the pack, but for the pack's edge to Pulumi, need nothing else."""
    needed = [Requirement(each) for each in distribution.requires or ()]
    base = {each.name for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})}
    imported = {
        name.partition(".")[0]
        for package in ("audit/mwaa_audit", "policy_pack/mwaa_guardrails")
        for file in (REPOSITORY / package).rglob("*.py")
        if "crossguard" not in file.parts and file != ON_A_CLUSTER
        for name in _imported_by(file)
    }
    ours = {"mwaa_audit", "mwaa_guardrails", *sys.stdlib_module_names}
    assert {{"yaml": "pyyaml"}.get(each, each) for each in imported - ours} == base


def _imported_by(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines()


def test_it_installs_the_command_of_the_audit(site: Path, tmp_path: Path) -> None:
    """As pipx would, beside nothing of the repository."""
    told = subprocess.run(
        [sys.executable, site / "bin" / "mwaa-audit", "--version"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    described = yaml.safe_load((REPOSITORY / "policy_pack" / "PulumiPolicy.yaml").read_text())
    assert told.stdout == f"mwaa-audit {described['version']}\n"


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
