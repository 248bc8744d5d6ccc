"""Virtual environments are made and filled from locked requirements, once."""

import subprocess
import sys
from pathlib import Path

import pytest

from local_cloud.install import InstallError
from local_cloud.install import install as in_process
from local_cloud.paths import REPOSITORY
from tests.local_cloud.programs import put

INSTALL = REPOSITORY / "local_cloud" / "install.py"

NO_NETWORK = {
    "PATH": "/usr/bin:/bin",
    "PIP_NO_INDEX": "1",
    "PIP_CONFIG_FILE": "/dev/null",
}


def install(folder: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    """Run the installer as the Makefile does, but with no package index to ask."""
    return subprocess.run(
        [sys.executable, "-I", INSTALL, folder, *files],
        cwd=folder.parent,
        env=NO_NETWORK,
        capture_output=True,
        text=True,
        check=False,
    )


def pip_requirement(folder: Path) -> Path:
    """Locked requirements that a fresh virtual environment meets already."""
    file = folder / "requirements.txt"
    bundled = subprocess.run(
        [sys.executable, "-c", "import ensurepip; print(ensurepip.version())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    file.write_text(f"pip=={bundled} \\\n    --hash=sha256:{'0' * 64}\n")
    return file


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A virtual environment that was made and filled, and the requirements it was filled from."""
    folder = tmp_path_factory.mktemp("install")
    requirements = pip_requirement(folder)
    done = install(folder / "venv", requirements)
    assert done.returncode == 0, done.stderr
    return folder / "venv", requirements


def test_the_second_time_nothing_is_done(filled: tuple[Path, Path]) -> None:
    """Neither pip nor a network is needed, and nothing is said."""
    folder, requirements = filled
    before = (folder / "install.log").stat().st_mtime_ns

    again = install(folder, requirements)

    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert (folder / "install.log").stat().st_mtime_ns == before


def test_what_cannot_be_installed_is_named_each_time(filled: tuple[Path, Path], tmp_path: Path) -> None:
    """A failure leaves no mark that would pass for success."""
    folder, _ = filled
    wanting = tmp_path / "wanting.txt"
    wanting.write_text(f"no-such-thing==1.0 --hash=sha256:{'0' * 64}\n")

    for _ in range(2):
        failed = install(folder, wanting)

        assert failed.returncode == 1
        assert failed.stderr.startswith(f"error: pip failed. The last lines of {folder / 'install.log'}:\n")
        assert "No matching distribution found for no-such-thing==1.0" in failed.stderr


def test_a_virtual_environment_whose_python_is_gone_is_made_anew(tmp_path: Path) -> None:
    """An upgrade of Python removes what it points to."""
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(tmp_path / "gone")
    (folder / "left-over").touch()

    done = install(folder, pip_requirement(tmp_path))

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Installing Python packages into {folder} ...\n")
    assert ": done in " in done.stdout
    assert not (folder / "left-over").exists()
    assert (folder / "bin" / "python").exists()


def test_a_python_that_cannot_make_environments_is_told_with_the_package_that_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian and Ubuntu ship Python without what `venv` needs."""
    lacking = put(tmp_path / "bin", "python3", "echo ensurepip is not available; exit 1")
    monkeypatch.setattr(sys, "executable", str(lacking))

    with pytest.raises(InstallError) as refused:
        in_process(tmp_path / "venv", [])

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert str(refused.value) == (
        f"The virtual environment {tmp_path / 'venv'} could not be made:\nensurepip is not available\n"
        f"On Debian and Ubuntu, `apt install python{version}-venv` provides what it needs."
    )
