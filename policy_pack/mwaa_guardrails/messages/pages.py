"""Where users read more: the pages in the repository of the pack."""

from typing import Final

LIST_OF_CHECKS: Final = "docs/checks/README.md of mwaa-guardrails"


def page_of(check: str) -> str:
    """Return the page of a check."""
    return f"docs/checks/{check}.md of mwaa-guardrails"
