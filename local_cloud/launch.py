"""Starts a plugin of the local cloud: `python -I launch.py MODULE [ARGUMENT ...]`.

The engine ends a plugin with SIGINT and kills it only five seconds later. So a plugin must leave at once and
quietly, from its first moment on: the handlers stand before the slow imports. They are set explicitly because
Python sets none of its own where the parent ignores SIGINT.

Several plugins start with each command of the engine; all that they take of the Pulumi SDK is the protocol.
"""

import os
import runpy
import signal
import sys
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import FrameType


def leave_quietly(_signal: int, _frame: FrameType | None) -> None:
    """End this process at once, without a traceback."""
    os._exit(0)


def spare_the_sdk() -> None:
    """Let `pulumi.runtime.proto` load without the packages around it, which take longer than all the rest."""
    for name in ("pulumi", "pulumi.runtime"):
        if spec := find_spec(name):
            sys.modules[name] = module_from_spec(spec)


def main() -> None:
    """Run the module named by the first argument, with the repository as the only addition to the path."""
    signal.signal(signal.SIGINT, leave_quietly)
    signal.signal(signal.SIGTERM, leave_quietly)
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    spare_the_sdk()
    module = sys.argv.pop(1)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
