"""The line of the user's program that makes a resource, out of what the engine records.

The engine writes the place of the call, and the frames around it, as `project:///infra/__main__.py#8`, from
the folder of `Pulumi.yaml`; what lies elsewhere begins with `..`, or is not named. The outermost frame in the
project, and in no library that is installed there, is the line that its author looks for; those further in
are the way to the call.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from mwaa_audit.result import CodePosition
from mwaa_audit.states.shapes import whole

_POSITION: Final = re.compile(r"project:///(?P<file>[^#]+)#(?P<line>[0-9]{1,9})(,[0-9]+)?")
# Folders of libraries, of Python and of Node.js; a virtual environment may have any name.
_FOREIGN: Final = frozenset({"..", "site-packages", "dist-packages", "node_modules", "venv", ".venv"})
# The local AWS brings its own language host, which lies in the project.
_HOST: Final = "local_cloud/language/"


def code_positions(resource: Mapping[str, object]) -> tuple[CodePosition, ...]:
    """Return the lines of the program that lead to a resource of a state, the outermost first.

    None where the engine did not record any.
    """
    own = (each for each in map(_position, _recorded(resource)) if each is not None)
    return tuple(reversed(tuple(dict.fromkeys(own))))


def _recorded(resource: Mapping[str, object]) -> Iterator[object]:
    """Yield the place of the call, then the frames around it, the innermost first."""
    yield resource.get("sourcePosition")
    frames = resource.get("stackTrace")
    for frame in frames if isinstance(frames, list) else ():
        yield frame.get("sourcePosition") if isinstance(frame, dict) else None


def _position(recorded: object) -> CodePosition | None:
    found = _POSITION.fullmatch(whole(recorded)) if isinstance(recorded, str) else None
    if found is None:
        return None
    file = unquote(found["file"])
    foreign = file.startswith(_HOST) or not _FOREIGN.isdisjoint(file.split("/"))
    return None if foreign else CodePosition(file=file, line=int(found["line"]))
