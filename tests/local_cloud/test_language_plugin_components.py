"""Our language plugin runs packages of components as the official one does."""

from pathlib import Path

import pytest
import yaml

from tests.engine.workbench import VIRTUALENV
from tests.local_cloud.benches import BenchOf

pytestmark = pytest.mark.engine

PACKAGE = """
import json, os, sys
import sibling
from pulumi.provider import Provider, main

told = {"arguments": len(sys.argv), "path": sys.path[0], "folder": os.getcwd(), "python": sys.prefix}
schema = {"name": "small", "version": "1.2.3", "description": json.dumps(told)}
main(Provider("1.2.3", json.dumps(schema)), sys.argv)
"""


def package(folder: Path, program: str | None, virtualenv: str | None = str(VIRTUALENV)) -> Path:
    """A package with this program, if it has one."""
    folder.mkdir()
    options = {} if virtualenv is None else {"virtualenv": virtualenv}
    runtime = {"name": "python", "options": options}
    (folder / "PulumiPlugin.yaml").write_text(yaml.safe_dump({"runtime": runtime}))
    (folder / "sibling.py").touch()
    if program is not None:
        (folder / "__main__.py").write_text(program)
    return folder


def test_a_package_runs_with_its_own_python(bench_of: BenchOf, tmp_path: Path) -> None:
    """It finds what lies beside it, works in the caller's folder, and is told where the engine listens."""
    bench = bench_of("")
    folder = package(tmp_path / "package", PACKAGE)

    told = bench.pulumi("package", "get-schema", str(folder))

    assert told.code == 0, told.output
    assert yaml.safe_load(yaml.safe_load(told.stdout)["description"]) == {
        "arguments": 2,
        "path": str(folder),
        "folder": str(bench.project),
        "python": str(VIRTUALENV),
    }


@pytest.mark.parametrize("virtualenv", ["of-my-own", None])
def test_what_a_package_requires_is_installed_when_it_is_added(
    bench_of: BenchOf, tmp_path: Path, virtualenv: str | None
) -> None:
    """Into the virtual environment that it names, or into `venv`; what pip cannot do is told."""
    bench = bench_of("")
    folder = package(tmp_path / "package", PACKAGE, virtualenv)
    (folder / "requirements.txt").write_text("./no-such-package\n")

    told = bench.pulumi("package", "get-schema", str(folder))

    assert told.code != 0
    assert (folder / (virtualenv or "venv") / "bin" / "python").is_file()
    assert f"-r {folder / 'requirements.txt'} ended with code 1." in told.output


def test_a_missing_virtual_environment_is_named(bench_of: BenchOf, tmp_path: Path) -> None:
    """An update installs nothing: a package never runs with whatever Python there is."""
    folder = package(tmp_path / "package", PACKAGE, None)
    bench = bench_of(
        'import pulumi\npulumi.ComponentResource("small:index:Thing", "x", {}, None, remote=True)'
    )
    described = yaml.safe_load((bench.project / "Pulumi.yaml").read_text())
    described["packages"] = {"small": str(folder)}
    (bench.project / "Pulumi.yaml").write_text(yaml.safe_dump(described))

    ended = bench.preview()

    assert ended.code != 0
    assert f"The virtual environment {folder / 'venv'} does not exist" in ended.output
    assert "PulumiPlugin.yaml names it (`virtualenv: venv`)" in ended.output


def test_a_package_without_a_program_is_refused(bench_of: BenchOf, tmp_path: Path) -> None:
    """The official plugin runs buildable packages, too."""
    bench = bench_of("")
    folder = package(tmp_path / "package", None)

    told = bench.pulumi("package", "get-schema", str(folder))

    assert told.code != 0
    assert f"The plugin {folder} has no __main__.py" in told.output


def test_a_package_that_does_not_start_fails_and_says_why(bench_of: BenchOf, tmp_path: Path) -> None:
    """Its own last words are shown."""
    bench = bench_of("")
    folder = package(tmp_path / "package", "raise SystemExit('the package is out of order')")

    told = bench.pulumi("package", "get-schema", str(folder))

    assert told.code != 0
    assert "the package is out of order" in told.output
