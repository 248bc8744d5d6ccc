"""The generated pages say what the code says."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Level
from mwaa_guardrails.documents.reachability import NEAREST_CODES
from mwaa_guardrails.settings import Settings, parse_settings
from mwaa_guardrails.unknown import Reason
from tools.docs import main, outdated, pages, write
from tools.pages.docstrings import HEADINGS, DocstringError, parse
from tools.pages.text import ROOT
from tools.scaffold import TO_BE_WRITTEN

by_check = pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda each: each.id)
_SECTIONS = """## What it does

It looks.

## Why is this bad?

It fails.

## Known limits

Its limits."""


@pytest.fixture(name="made", scope="module")
def pages_made_once() -> Mapping[Path, str]:
    """All pages by their places, as they are to be."""
    return pages()


def test_the_committed_pages_are_current() -> None:
    """Whoever changes a check, a requirement or a message runs `make docs`."""
    assert outdated(ROOT) == []


def test_a_changed_a_missing_and_a_left_over_page_are_told(tmp_path: Path) -> None:
    """The check finds each way a page can lag behind, and writing mends all of them."""
    write(tmp_path)
    (tmp_path / "docs" / "requirements.md").write_text("old", encoding="utf-8")
    (tmp_path / "docs" / "checks" / "subnet-count-not-two.md").unlink()
    (tmp_path / "docs" / "checks" / "README.md").write_text("old", encoding="utf-8")
    (tmp_path / "docs" / "checks" / "no-such-check.md").write_text("left over", encoding="utf-8")
    assert outdated(tmp_path) == [
        Path("docs/checks/README.md"),
        Path("docs/checks/no-such-check.md"),
        Path("docs/checks/subnet-count-not-two.md"),
        Path("docs/requirements.md"),
    ]
    write(tmp_path)
    assert outdated(tmp_path) == []


def test_the_way_to_mandatory_begins_with_every_check_advisory() -> None:
    """Its settings can be taken as they are, and no check is left that stops a team."""
    written = (ROOT / "docs" / "recipes" / "advisory.yaml").read_text("utf-8")
    settings = parse_settings(yaml.safe_load(written), "the recipe")
    mandatory = [check.id for check in ALL_CHECKS if check.level is Level.MANDATORY]
    assert settings == Settings(levels=dict.fromkeys(mandatory, Level.ADVISORY))


@by_check
def test_a_page_of_a_check_shows_a_message_that_the_tests_compare(
    made: Mapping[Path, str], check: Check
) -> None:
    """A reader sees what the check prints, and the programs before and after."""
    page = made[Path("docs") / "checks" / f"{check.id}.md"]
    assert f"```text\n{check.id}: " in page
    assert page.count("```python\n") == 2


@by_check
def test_the_packs_own_page_lists_each_check(check: Check) -> None:
    """Whoever gets the pack alone sees what it judges."""
    row = f"| `{check.id}` | {check.level} | {check.title} |\n"
    assert row in (ROOT / "policy_pack" / "README.md").read_text(encoding="utf-8")


def test_the_packs_own_page_lists_the_checks_that_take_the_option() -> None:
    """With what stands in place of the guide's way, and all of them."""
    page = (ROOT / "policy_pack" / "README.md").read_text(encoding="utf-8")
    _, _, options = page.partition("`substitutes: refuse | advise | accept`")
    listed = re.findall(r"^\| `([a-z0-9-]+)` \| .+ \| `(?:refuse|advise)` \|$", options, re.MULTILINE)
    assert listed == [check.id for check in ALL_CHECKS if check.knows_substitutes]


def test_the_nearest_explanation_code_of_each_check_is_given() -> None:
    """Or why none is near."""
    assert {check.id for check in ALL_CHECKS} == set(NEAREST_CODES)


def test_nothing_on_the_pages_is_left_to_be_written(made: Mapping[Path, str]) -> None:
    """What a new check begins with cannot pass as done."""
    assert [str(name) for name, text in made.items() if TO_BE_WRITTEN in text] == []


def test_the_list_of_checks_has_each_of_them(made: Mapping[Path, str]) -> None:
    """With what must hold, its level and its severity."""
    page = made[Path("docs") / "checks" / "README.md"]
    for check in ALL_CHECKS:
        assert f"[{check.id}]({check.id}.md) | {check.title} | {check.level} | {check.severity} |" in page


@pytest.mark.parametrize("reason", Reason)
def test_the_list_of_checks_says_what_helps_where_something_is_unknown(
    made: Mapping[Path, str], reason: Reason
) -> None:
    """Each open question leads there."""
    assert f"\n| {reason.value} | " in made[Path("docs") / "checks" / "README.md"]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("no docstring", ""),
        ("no heading", "What must hold."),
        ("a summary of two lines", f"What\nmust hold.\n\n{_SECTIONS}"),
        ("no summary", _SECTIONS),
        ("a heading without a text", f"What must hold.\n\n{_SECTIONS.replace('Its limits.', '')}"),
        ("a heading that no page has", f"What must hold.\n\n{_SECTIONS}\n\n## Notes\n\nMore."),
        (
            "another order",
            "A.\n\n## Why is this bad?\n\nIt fails.\n\n## What it does\n\nLooks.\n\n## Known limits\n\nNone.",
        ),
    ],
)
def test_a_docstring_that_makes_no_page_is_refused(sentence: str, text: str) -> None:
    """The error says what is needed."""
    with pytest.raises(DocstringError) as raised:
        parse("some-check", text)
    assert str(raised.value) == (
        "some-check: the docstring of its module needs a summary of one line, then "
        '"## What it does", "## Why is this bad?", "## Known limits", in this order and each with a text.'
    ), sentence


def test_a_docstring_in_parts() -> None:
    """The summary, and what stands under each heading."""
    docstring = parse("some-check", f"What must hold.\n\n{_SECTIONS}")
    assert docstring.summary == "What must hold."
    assert docstring.sections == dict(zip(HEADINGS, ("It looks.", "It fails.", "Its limits."), strict=True))


@pytest.mark.parametrize(("arguments", "code"), [(["check"], 0), ([], 2), (["mend"], 2)])
def test_the_command_says_by_its_exit_code_how_it_went(arguments: list[str], code: int) -> None:
    """Current pages give 0, a wrong call 2."""
    assert main(arguments) == code
