"""The repository's own program, as a host of programs runs it."""

import gc
import runpy
import sys
from pathlib import Path

INFRA = Path(__file__).resolve().parents[2] / "infra"


def the_program() -> None:
    """Run `infra/__main__.py`, and leave the path for imports and the collector of garbage as they were."""
    path = list(sys.path)
    try:
        runpy.run_path(str(INFRA), run_name="__main__")
    finally:
        sys.path[:] = path
        gc.enable()
