"""What the tests of the language plugin share."""

from collections.abc import Callable
from pathlib import Path

import yaml

from tests.engine.workbench import VIRTUALENV, Workbench

BenchOf = Callable[[str], Workbench]
"""Makes a workbench, without AWS, for the text of a program."""


def policy_pack(folder: Path, code: str, virtualenv: Path | str = VIRTUALENV) -> Path:
    """A policy pack with one advisory policy on the stack, which runs `code` with a `report` to call."""
    folder.mkdir()
    runtime = {"name": "python", "options": {"virtualenv": str(virtualenv)}}
    (folder / "PulumiPolicy.yaml").write_text(yaml.safe_dump({"runtime": runtime}))
    (folder / "__main__.py").write_text(
        "import json, os, sys, pulumi\n"
        "from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy\n"
        f"def judge(args, report):\n    {code}\n"
        'policy = StackValidationPolicy("told", "says", judge, EnforcementLevel.ADVISORY)\n'
        'PolicyPack("small-pack", policies=[policy])\n'
    )
    return folder
