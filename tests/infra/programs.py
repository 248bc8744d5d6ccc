"""The repository's own program, as a host of programs runs it."""

import runpy
import sys
from pathlib import Path

INFRA = Path(__file__).resolve().parents[2] / "infra"


def the_program() -> None:
    """Run `infra/__main__.py`, and leave the path for imports as it was."""
    path = list(sys.path)
    try:
        runpy.run_path(str(INFRA), run_name="__main__")
    finally:
        sys.path[:] = path
