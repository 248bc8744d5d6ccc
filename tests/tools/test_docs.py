"""The generated pages say what the code says."""

from pathlib import Path

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.documents.requirements import REQUIREMENTS, State
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


def test_each_requirement_is_what_it_says_it_is() -> None:
    """What is checked has a check, what is built a file of the program, and the rest a reason."""
    cited = {each.id for check in ALL_CHECKS for each in check.requirements}
    for each in REQUIREMENTS:
        assert each.state is not State.CHECKED or each.id in cited, each.id
        assert each.state is not State.BUILT or each.built_by, each.id
        assert (each.state is State.STATED) == bool(each.reason), each.id
        for name in each.built_by:
            assert (ROOT / "infra" / "mwaa_network" / name).is_file(), each.id


def test_each_check_rests_on_a_sentence_that_is_listed_once() -> None:
    """No check is an opinion of ours, and no id means two sentences."""
    assert len({each.id for each in REQUIREMENTS}) == len(REQUIREMENTS)
    assert all(check.requirements and {*check.requirements} <= {*REQUIREMENTS} for check in ALL_CHECKS)


@pytest.mark.parametrize(("arguments", "code"), [(["check"], 0), ([], 2), (["mend"], 2)])
def test_the_command_says_by_its_exit_code_how_it_went(arguments: list[str], code: int) -> None:
    """Current pages give 0, a wrong call 2."""
    assert main(arguments) == code
