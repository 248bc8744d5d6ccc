"""Whoever silences a tool says why, on the line."""

import re
import subprocess
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXCUSE = re.compile(r"noqa|type: ignore|pragma")
REASONED = re.compile(
    r"# (type: ignore\[[a-z,-]+\] +# )?(noqa: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* - )?(?!noqa|type:|pragma)\w.*"
)


def test_each_excuse_has_its_reason() -> None:
    """A rule of a linter, or a type, that does not hold for a line."""
    excuses = [
        (name, each.start[0], each.string)
        for name in _programs()
        for each in _comments(ROOT / name)
        if EXCUSE.search(each.string)
    ]
    assert [excuse for excuse in excuses if not REASONED.fullmatch(excuse[2])] == []


@pytest.mark.parametrize(
    ("comment", "reasoned"),
    [
        ("# noqa: N802 - the protocol's name", True),
        ("# noqa: FBT001, FBT002 - a value, no switch", True),
        ("# type: ignore[arg-type] # wrong on purpose", True),
        ("# type: ignore[assignment,misc] # noqa: SLF001 - the SDK's hook", True),
        ("# noqa: N802", False),
        ("# noqa", False),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore[arg-type] # noqa: SLF001", False),
        ("# pragma: no cover", False),
    ],
)
def test_what_counts_as_a_reason(comment: str, reasoned: bool) -> None:  # noqa: FBT001 - a column of the table
    """Words after the rules, not the rules alone; and nothing excuses a line from being covered."""
    assert bool(REASONED.fullmatch(comment)) is reasoned


def _programs() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def _comments(path: Path) -> list[tokenize.TokenInfo]:
    with tokenize.open(path) as source:
        return [each for each in tokenize.generate_tokens(source.readline) if each.type == tokenize.COMMENT]
