"""What an engine says of itself, and whether that will do."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

OLDEST = (3, 229, 0)
"""The oldest engine that speaks to language plugins as ours expects."""

SECONDS_TO_ANSWER = 60

Version = tuple[int, int, int]


def parse(text: str) -> Version | None:
    """The version in `v3.259.0` or `v3.260.0-dev.1`, None if there is none."""
    found = re.fullmatch(r"v?(\d+)\.(\d+)\.(\d+)([-+].*)?", text.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def spell(version: Version) -> str:
    """The version as the engine prints it, such as `v3.259.0`."""
    return "v" + ".".join(str(part) for part in version)


def ask(executable: Path) -> Version:
    """The version of the engine at `executable`, asked of itself.

    Raises:
        ValueError: It cannot be run, fails, or answers something else; the text says which.
    """
    with tempfile.TemporaryDirectory() as home:
        # Without a home of its own the engine would write to the user's.
        environment = {**os.environ, "PULUMI_HOME": home, "PULUMI_SKIP_UPDATE_CHECK": "true"}
        try:
            answer = subprocess.run(  # noqa: S603 - the engine itself, with one fixed argument
                [executable, "version"],
                env=environment,
                capture_output=True,
                text=True,
                timeout=SECONDS_TO_ANSWER,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ValueError(f"it cannot be run: {error}") from error
    if answer.returncode != 0:
        raise ValueError(f"`pulumi version` ended with code {answer.returncode}")
    version = parse(answer.stdout)
    if version is None:
        raise ValueError(f"`pulumi version` answered {answer.stdout.strip()!r}")
    return version
