"""Tables of tests, with the sentence first."""

from collections.abc import Iterable

import pytest


def rows(table: Iterable[tuple[object, ...]]) -> list[object]:
    """Return a table as parameters of a test; the sentence that begins each row names the test."""
    return [pytest.param(*values, id=str(sentence)) for sentence, *values in table]
