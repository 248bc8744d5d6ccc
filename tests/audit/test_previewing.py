"""`mwaa-audit preview` with a script for an engine: what it leaves behind is taken for no more than it is."""

import json
import os
import sys
from pathlib import Path
from typing import Final

import pytest

from mwaa_audit import command_line
from mwaa_audit.engine import ENGINE

INCOMPLETE: Final = "error: the preview failed, so that nobody knows what would be there; mend it first\n"
STOPPED: Final = "The engine stopped: no-vpc (others).\n"
# It writes the event log that its last argument names, prints an empty preview and ends.
SCRIPT: Final = """#!{python}
import pathlib, sys
pathlib.Path(sys.argv[-1]).write_text({log!r})
print('{{"steps": []}}')
sys.exit({code})
"""


def event(**told: str) -> str:
    """Return a line of an event log: of a mandatory policy, but for what is told otherwise."""
    policy = {"enforcementLevel": "mandatory", "policyName": "no-vpc", "policyPackName": "others"}
    return json.dumps({"policyEvent": {key: each for key, each in (policy | told).items() if each}})


# The lines of the event log; the exit code of the engine, and ours; what is told last.
LOGS: Final = {
    "a policy stopped it, of which it tells twice": ([event(), event()], 255, 1, STOPPED),
    "another line is cut": ([event(), event()[:30]], 255, 1, STOPPED),
    "its only line is cut": ([event()[:30]], 137, 3, INCOMPLETE),
    "a policy warned": ([event(enforcementLevel="advisory")], 255, 3, INCOMPLETE),
    "a policy lacks its level": ([event(enforcementLevel="")], 255, 3, INCOMPLETE),
    "a policy lacks its name": ([event(policyName="")], 255, 3, INCOMPLETE),
    "it is of no policy": (["{}", "7"], 255, 3, INCOMPLETE),
    "nothing, and all went well": ([], 0, 0, "Foreseen: nothing.\n"),
}


@pytest.mark.parametrize(("log", "theirs", "ours", "told"), LOGS.values(), ids=LOGS.keys())
def test_what_an_engine_leaves_behind_is_no_defect_of_ours(  # noqa: PLR0913, PLR0917 - a row, and what pytest gives
    log: list[str],
    theirs: int,
    ours: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One that is killed, say for want of memory, writes half a line."""
    engine = tmp_path / ENGINE
    engine.write_text(SCRIPT.format(python=sys.executable, log="\n".join(log), code=theirs))
    engine.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert command_line.run(["preview"]) == ours
    shown = capsys.readouterr()
    assert (shown.out + shown.err).endswith(told)
