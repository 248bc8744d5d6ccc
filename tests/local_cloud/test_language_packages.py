"""What the language plugin tells the engine of the packages where a program runs."""

import importlib.metadata
import sys
from pathlib import Path

import pytest
from google.protobuf import json_format
from pulumi.runtime.proto.language_pb2 import ProgramInfo

from local_cloud.language.packages import installed_packages, required_packages
from local_cloud.language.virtualenv import UnusableRuntimeError, interpreter
from tests.engine.workbench import VIRTUALENV


def program_info(root: Path, **options: object) -> ProgramInfo:
    """What the engine tells of a program whose `Pulumi.yaml` lies in `root`."""
    info = ProgramInfo(root_directory=str(root), program_directory=str(root), entry_point=".")
    json_format.ParseDict(options, info.options)
    return info


def test_the_provider_of_each_installed_package_is_required_in_its_exact_version(tmp_path: Path) -> None:
    """The policy SDK is named like a provider's package, and has none."""
    python = interpreter(program_info(tmp_path, virtualenv=str(VIRTUALENV)))

    (needed,) = required_packages(python)

    version = importlib.metadata.version("pulumi-aws")
    assert (needed.kind, needed.name, needed.version) == ("resource", "aws", f"v{version}")


def test_packages_are_listed_with_or_without_those_that_others_need(tmp_path: Path) -> None:
    """`pulumi about` shows the shorter list, `--transitive` the longer one."""
    python = interpreter(program_info(tmp_path, virtualenv=str(VIRTUALENV)))

    longer = {package.name for package in installed_packages(python, transitive=True)}
    shorter = {package.name for package in installed_packages(python, transitive=False)}

    assert shorter < longer
    assert {"pulumi-aws", "grpcio"} <= longer
    assert "grpcio" not in shorter


def test_without_a_virtual_environment_the_python_of_the_path_runs_the_program(tmp_path: Path) -> None:
    """As the official plugin does, and with the environment as it is."""
    python = interpreter(program_info(tmp_path))

    assert Path(python.python).name in {"python3", "python"}
    assert python.environment({"PATH": "/bin", "PYTHONHOME": "/x"}) == {"PATH": "/bin", "PYTHONHOME": "/x"}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"virtualenv": 3.0}, "The runtime option `virtualenv` is 3.0; it must be a folder."),
        ({"toolchain": "uv"}, "The runtime option `toolchain` is 'uv'; the local language plugin knows only"),
        (
            {"typechecker": "mypy"},
            "The runtime option `typechecker` is 'mypy'; the local language plugin runs",
        ),
    ],
)
def test_an_option_that_cannot_be_served_is_refused_by_name(
    tmp_path: Path, options: dict[str, object], why: str
) -> None:
    """None is passed over in silence."""
    with pytest.raises(UnusableRuntimeError) as refused:
        interpreter(program_info(tmp_path, **options))

    assert str(refused.value).startswith(why)


def test_a_folder_that_is_no_virtual_environment_is_told_from_a_missing_one(tmp_path: Path) -> None:
    """An install that was broken off leaves such a folder."""
    (tmp_path / "venv").mkdir()

    with pytest.raises(UnusableRuntimeError, match=r"venv holds no bin/python; the runtime names it"):
        interpreter(program_info(tmp_path, virtualenv="venv"))


def test_an_activated_environment_finds_its_own_programs_first(tmp_path: Path) -> None:
    """As after its `activate` script; a PYTHONHOME of the user would break it."""
    folder = Path(sys.prefix)
    python = interpreter(program_info(tmp_path, virtualenv=str(folder)))

    activated = python.environment({"PATH": "/bin", "PYTHONHOME": "/x"})

    assert activated == {"PATH": f"{folder}/bin:/bin", "VIRTUAL_ENV": str(folder)}
