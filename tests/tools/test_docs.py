"""The generated pages say what the code says."""

from pathlib import Path

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from tools.docs import ROOT, main, outdated, pages, write


def test_the_committed_pages_are_current() -> None:
    """Whoever changes a check, a requirement or a message runs `make docs`."""
    assert outdated(ROOT / "docs") == []


def test_a_changed_a_missing_and_a_left_over_page_are_told(tmp_path: Path) -> None:
    """The check finds each way a page can lag behind, and writing mends all of them."""
    write(tmp_path)
    (tmp_path / "requirements.md").write_text("old", encoding="utf-8")
    (tmp_path / "checks" / "subnet-count-not-two.md").unlink()
    (tmp_path / "checks" / "no-such-check.md").write_text("left over", encoding="utf-8")
    assert outdated(tmp_path) == [
        Path("checks/no-such-check.md"),
        Path("checks/subnet-count-not-two.md"),
        Path("requirements.md"),
    ]
    write(tmp_path)
    assert outdated(tmp_path) == []


def test_each_page_of_a_check_shows_a_message_that_the_tests_compare() -> None:
    """A reader sees what the check prints."""
    for check in ALL_CHECKS:
        assert f"```text\n{check.id}: " in pages()[Path("checks") / f"{check.id}.md"]


@pytest.mark.parametrize(("arguments", "code"), [(["check"], 0), ([], 2), (["mend"], 2)])
def test_the_command_says_by_its_exit_code_how_it_went(arguments: list[str], code: int) -> None:
    """Current pages give 0, a wrong call 2."""
    assert main(arguments) == code
