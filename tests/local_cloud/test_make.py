"""The Makefile and `.ci/run`: the two doors to everything else."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from local_cloud.paths import REPOSITORY
from tests.local_cloud.programs import put

SYSTEM = "/usr/bin:/bin"


def make(target: str, *, path: str, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """Run `make TARGET` with this PATH."""
    return subprocess.run(
        ["make", "--no-print-directory", target],
        cwd=folder,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_target_that_is_for_people() -> None:
    """A target has a line of help, or it is a step that others take."""
    phony = re.findall(r"^\.PHONY: (.*)$", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    steps = {"programs", "python", "base", "pack", "tools", "scanner", "stores", "node", "yaml"}

    listed = make("help", path=SYSTEM).stdout.splitlines()

    assert {line.split()[1] for line in listed} == set(phony[0].split()) - steps
    assert all(len(line.split()) > 3 for line in listed)


def test_without_a_python_that_will_do_the_error_says_which_one_to_install(tmp_path: Path) -> None:
    """Python 3.10 is found on many machines, and will not do."""
    for name in ("sh", "awk", "make", "cat"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    for name in ("python", "python3"):
        put(tmp_path, name, "exit 1")

    refused = make("up", path=str(tmp_path))

    assert refused.returncode != 0
    assert refused.stderr.startswith(
        "error: there is no Python 3.11 or newer on the PATH. Install one\n"
        "(https://www.python.org/downloads/), or name one: make up PYTHON=/path/to/python\n"
    )


def test_a_system_package_that_the_tests_need_is_named(tmp_path: Path) -> None:
    """Nothing is skipped because something is missing."""
    for name in ("sh", "make"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    put(tmp_path, "git", "true")

    refused = make("test", path=str(tmp_path))

    assert refused.returncode != 0
    assert refused.stderr.startswith("error: the tests need ps. On Debian and Ubuntu: apt install procps\n")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with our `.ci` and a Makefile that only tells that it was called."""
    shutil.copytree(REPOSITORY / ".ci", tmp_path / "checkout" / ".ci")
    (tmp_path / "checkout" / "Makefile").write_text("test:\n\t@echo the tests run\n")
    return tmp_path / "checkout"


@pytest.mark.parametrize(
    ("what", "status", "expected"),
    [
        ("what is there is not installed again", "installed", ["the tests run"]),
        (
            "what is missing is installed first",
            "not-installed",
            [
                "apt-get update",
                "apt-get install --yes --no-install-recommends chromium git make procps",
                "the tests run",
            ],
        ),
    ],
)
def test_ci_installs_the_packages_that_are_missing(
    checkout: Path, what: str, status: str, expected: list[str]
) -> None:
    """With no network, a machine that has them all still runs the tests."""
    tools = checkout / "bin"
    put(tools, "dpkg-query", f"printf {status}")
    put(tools, "apt-get", 'echo "apt-get $*"')
    put(tools, "sudo", 'exec "$@"')

    ran = subprocess.run(
        [checkout / ".ci" / "run"],
        env={"PATH": f"{tools}:{SYSTEM}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.splitlines() == expected, what


def test_ci_ends_when_a_package_cannot_be_installed(checkout: Path) -> None:
    """It never goes on without what the tests need."""
    tools = checkout / "bin"
    put(tools, "dpkg-query", "exit 1")
    put(tools, "apt-get", 'echo "E: Unable to locate package git" >&2; exit 100')
    put(tools, "sudo", 'exec "$@"')

    ran = subprocess.run(
        [checkout / ".ci" / "run"],
        env={"PATH": f"{tools}:{SYSTEM}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 100
    assert "Unable to locate package git" in ran.stderr
    assert "the tests run" not in ran.stdout
