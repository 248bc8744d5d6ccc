"""Code to copy fits into a terminal, and is the same code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.messages.snippets import folded

LONG = "a" * 60


@pytest.mark.parametrize(
    ("sentence", "line", "lines"),
    [
        ("a short line stays", '    f("a", b, c)', ['    f("a", b, c)']),
        ("a sentence is no code", f"Fix: {LONG}, {LONG}:", [f"Fix: {LONG}, {LONG}:"]),
        (
            "a long line goes on after a comma",
            f'    f("{LONG}", b=1, c={LONG}, d=[1, 2])',
            [f'    f("{LONG}", b=1,', f"        c={LONG}, d=[1, 2])"],
        ),
        (
            "a comma in a quoted text is no place to break",
            f'    f("{LONG}, \\", {LONG}", b)',
            [f'    f("{LONG}, \\", {LONG}",', "        b)"],
        ),
        (
            "what has no comma to break after stays",
            f"    f({LONG}{LONG})",
            [f"    f({LONG}{LONG})"],
        ),
    ],
)
def test_how_a_line_is_folded(sentence: str, line: str, lines: list[str]) -> None:
    """Within a hundred columns where there is a comma to break after."""
    assert folded(line) == lines, sentence


@given(st.text(alphabet='ab,"\\ ()[]', max_size=400))
def test_folding_loses_nothing(code: str) -> None:
    """Whatever the names in it hold."""
    line = f"    f({code})"
    assert " ".join(each.strip() for each in folded(line)) == line.strip()
