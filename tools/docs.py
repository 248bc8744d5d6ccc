"""Write or check the pages made from code: checks, requirements, keys, outputs, settings, other scanners.

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
from tools.pages.hardened_page import hardened_page
from tools.pages.operations_page import operations_page
from tools.pages.report_schema import (
    BASELINE_SCHEMA,
    EXEMPTIONS_SCHEMA,
    REPORT_SCHEMA,
    baseline_file_schema,
    exemptions_schema,
    report_schema,
)
from tools.pages.requirements_page import requirements_page
from tools.pages.scanners_page import scanners_page
from tools.pages.settings_page import SCHEMA_FILE, all_advisory, schema_file, settings_page
from tools.pages.text import ROOT


def pages() -> dict[Path, str]:
    """Return every page's text by its path in the repository."""
    docs = Path("docs")
    return {
        docs / "requirements.md": requirements_page(ALL_CHECKS),
        docs / "configuration.md": configuration_page(),
        docs / "hardened.md": hardened_page(),
        docs / "operations.md": operations_page(),
        docs / "other-scanners.md": scanners_page(),
        docs / "settings.md": settings_page(),
        docs / "recipes" / "advisory.yaml": all_advisory(ALL_CHECKS),
        docs / REPORT_SCHEMA: report_schema(),
        docs / BASELINE_SCHEMA: baseline_file_schema(),
        docs / EXEMPTIONS_SCHEMA: exemptions_schema(),
        Path("policy_pack") / SCHEMA_FILE: schema_file(),
        docs / "checks" / "README.md": checks_page(ALL_CHECKS),
        **{docs / "checks" / f"{check.id}.md": check_page(check) for check in ALL_CHECKS},
    }


def write(root: Path) -> None:
    """Write every page, and remove pages of checks that are no more."""
    current = pages()
    for name, text in current.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for name in _strangers(root, current):
        (root / name).unlink()


def outdated(root: Path) -> list[Path]:
    """Return the pages that differ from what `write` would leave."""
    current = pages()
    differing = [name for name, text in current.items() if _read(root / name) != text]
    return sorted([*differing, *_strangers(root, current)])


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    match arguments:
        case ["write"]:
            write(ROOT)
            return 0
        case ["check"]:
            stale = outdated(ROOT)
            for name in stale:
                print(f"{name} is not what the code says; run `make docs`.")
            return 1 if stale else 0
        case _:
            print(__doc__)
            return 2


def _strangers(root: Path, current: Iterable[Path]) -> list[Path]:
    return [
        path.relative_to(root)
        for path in (root / "docs" / "checks").glob("*.md")
        if path.relative_to(root) not in set(current)
    ]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
