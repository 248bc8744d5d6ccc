"""Makes a virtual environment and installs locked requirements: `install.py FOLDER REQUIREMENTS.txt ...`.

Runs before anything is installed, so with the standard library alone. What is installed already, from the
same files and for the same Python, is left as it is and needs no network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

OLDEST_PYTHON = (3, 11)
SECONDS_BETWEEN_LINES = 20.0
LINES_OF_A_FAILURE = 15


def main() -> None:
    """Install what the command line names, or say why that cannot be done and end with code 1."""
    folder, *files = (Path(argument) for argument in sys.argv[1:])
    try:
        install(folder, files)
    except InstallError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201 - a command line, without any library yet
        sys.exit(1)


class InstallError(Exception):
    """What the user can mend; the text says how."""


def install(folder: Path, files: list[Path]) -> None:
    """Bring the virtual environment in `folder` to what the locked requirement files say.

    Raises:
        InstallError: The virtual environment cannot be made, or pip fails.
    """
    python = folder / "bin" / "python"
    version = _version_of(python)
    if version is None:
        _make_virtualenv(folder)
        version = _version_of(python)
    texts = [file.read_text() for file in files]
    digest = hashlib.sha256("\n".join([str(version), *texts]).encode()).hexdigest()
    stamp = folder / ("installed-" + "-".join(str(file).replace(os.sep, "_") for file in files))
    if stamp.is_file() and stamp.read_text() == digest:
        return
    wanted = sum(1 for text in texts for line in text.splitlines() if "==" in line.split("#")[0])
    command = [
        *(str(python), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"),
        *("--no-input", "--progress-bar", "off"),
        *(argument for file in files for argument in ("-r", str(file))),
    ]
    _run_showing_progress(
        command, f"Installing Python packages into {folder}", wanted, folder / "install.log"
    )
    stamp.write_text(digest)


def _version_of(python: Path) -> str | None:
    """The version of this Python, None if it is missing, does not run, or is too old."""
    try:
        told = subprocess.run(  # noqa: S603 - the virtual environment's own Python
            [python, "-c", "import pip, sys; print(*sys.version_info[:3], sep='.')"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = told.stdout.strip()
    return version if tuple(int(part) for part in version.split(".")) >= OLDEST_PYTHON else None


def _make_virtualenv(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    made = subprocess.run(  # noqa: S603 - the Python that runs this file
        [sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise InstallError(
            f"The virtual environment {folder} could not be made:\n{(made.stdout + made.stderr).strip()}\n"
            f"On Debian and Ubuntu, `apt install {name}` provides what it needs."
        )


def _run_showing_progress(command: list[str], what: str, wanted: int, log: Path) -> None:
    """Run pip, keep its output in `log`, and show how far it is: on one line, or now and then a line."""
    alive = sys.stdout.isatty()
    started = reported = time.monotonic()
    last: deque[str] = deque(maxlen=LINES_OF_A_FAILURE)
    seen = 0
    print(f"{what} ...", end="" if alive else "\n", flush=True)  # noqa: T201 - as above
    with (
        log.open("w") as kept,
        subprocess.Popen(  # noqa: S603 - pip, with arguments fixed above
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        for line in process.stdout or ():
            kept.write(line)
            last.append(line.rstrip())
            seen += line.startswith(("Collecting ", "Requirement already satisfied: "))
            now = time.monotonic()
            told = f"{what}: {seen} of {wanted} looked at, {now - started:.0f} s"
            if alive:
                print(f"\r{told}\x1b[K", end="", flush=True)  # noqa: T201 - as above
            elif now - reported >= SECONDS_BETWEEN_LINES:
                reported = now
                print(told, flush=True)  # noqa: T201 - as above
    start = "\r\x1b[K" if alive else ""
    if process.returncode != 0:
        ending = "\n".join(last)
        print(start, end="")  # noqa: T201 - as above
        raise InstallError(f"pip failed. The last lines of {log}:\n{ending}")
    took = time.monotonic() - started
    print(f"{start}{what}: done in {took:.0f} s", flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
