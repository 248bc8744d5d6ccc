"""Whole texts as golden files: what a user reads is compared letter by letter.

`UPDATE_GOLDEN=1` writes the files instead; read the difference before committing it.
"""

import os
from pathlib import Path


def assert_golden(path: Path, text: str) -> None:
    """Compare a text with the golden file at a path."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")
