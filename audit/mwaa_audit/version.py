"""Which release of mwaa-guardrails this is: of a clone its own file says, of an installation its metadata.

What is kept or sent elsewhere goes by the code itself, for a clone may change within a release.
"""

import hashlib
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import mwaa_audit
import mwaa_guardrails

_DISTRIBUTION: Final = "mwaa-guardrails"
_VERSION: Final = re.compile(r"^version: (\S+)$", re.MULTILINE)


def tool_version() -> str:
    """Return the release; `unknown` where the modules were copied by hand."""
    described = Path(mwaa_guardrails.__file__).parents[1] / "PulumiPolicy.yaml"
    if described.is_file():
        return str(_VERSION.findall(described.read_text(encoding="utf-8"))[0])
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


@cache
def code_digest() -> bytes:
    """Return what tells this code, which reads and judges, from any other."""
    told = hashlib.sha256()
    for package in (mwaa_guardrails.__file__, mwaa_audit.__file__):
        folder = Path(package).parent
        for file in sorted(folder.rglob("*.py")):
            told.update(f"\0{folder.name}/{file.relative_to(folder).as_posix()}\0".encode())
            told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.digest()
