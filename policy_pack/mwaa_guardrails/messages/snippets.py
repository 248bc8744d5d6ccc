"""Code to copy: long lines are folded, so that no terminal breaks them in the middle of a word."""

import re
from typing import Final

_INDENT: Final = "    "
_WIDTH: Final = 100
# Up to a comma and its blank, or to the end; those within a quoted text are passed over.
_ARGUMENT: Final = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^,]|,(?! ))+(?:, |$)')


def folded(line: str) -> list[str]:
    """Return a line as lines: code that is too long for one is continued after a comma."""
    if len(line) <= _WIDTH or not line.startswith(_INDENT):
        return [line]
    lines = [""]
    for argument in _ARGUMENT.findall(line):
        if lines[-1] and len(lines[-1] + argument.rstrip()) > _WIDTH:
            lines.append(2 * _INDENT)
        lines[-1] += argument
    return [each.rstrip() for each in lines]
