"""Which tests of the policy pack show that each line is needed."""

from pathlib import Path
from typing import Final

import pytest

_HERE: Final = Path(__file__).parent
# These judge whole stacks by the thousand. What each line is for is shown by the tests of its own module, and
# to watch the lines would make these take three times as long.
_NOT_BY_LINES: Final = (
    _HERE / "fuzz",
    _HERE / "laws",
    _HERE / "mutations",
    _HERE / "test_fixes.py",
    _HERE / "test_spellings.py",
    _HERE / "test_verify_env.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave them out of the coverage."""
    for item in items:
        if any(place in (item.path, *item.path.parents) for place in _NOT_BY_LINES):
            item.add_marker("no_cover")
