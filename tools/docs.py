"""Write or check the pages made from code: checks, their list, requirements, keys and outputs of the program.

python -m tools.docs write
python -m tools.docs check
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from mwaa_guardrails.checks import ALL_CHECKS
from tools.pages.check_page import check_page
from tools.pages.checks_page import checks_page
from tools.pages.configuration_page import configuration_page
from tools.pages.requirements_page import requirements_page
from tools.pages.text import ROOT


def pages() -> dict[Path, str]:
    """Return every page's text by its path under `docs/`."""
    return {
        Path("requirements.md"): requirements_page(ALL_CHECKS),
        Path("configuration.md"): configuration_page(),
        Path("checks") / "README.md": checks_page(ALL_CHECKS),
        **{Path("checks") / f"{check.id}.md": check_page(check) for check in ALL_CHECKS},
    }


def write(docs: Path) -> None:
    """Write every page, and remove pages of checks that are no more."""
    current = pages()
    for name, text in current.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")
    for name in _strangers(docs, current):
        (docs / name).unlink()


def outdated(docs: Path) -> list[Path]:
    """Return the pages that differ from what `write` would leave."""
    current = pages()
    differing = [name for name, text in current.items() if _read(docs / name) != text]
    return sorted([*differing, *_strangers(docs, current)])


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    match arguments:
        case ["write"]:
            write(ROOT / "docs")
            return 0
        case ["check"]:
            stale = outdated(ROOT / "docs")
            for name in stale:
                print(f"docs/{name} is not what the code says; run `make docs`.")
            return 1 if stale else 0
        case _:
            print(__doc__)
            return 2


def _strangers(docs: Path, current: Iterable[Path]) -> list[Path]:
    return [
        path.relative_to(docs)
        for path in (docs / "checks").glob("*.md")
        if path.relative_to(docs) not in set(current)
    ]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
