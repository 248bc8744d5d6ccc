"""A new check begins with files that lint and that are red, in a copy of the repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import scaffold
from tools.new_check import main
from tools.pages.text import ROOT

TITLE = "A subnet of an environment has room for its tasks."
ID = "subnet-too-small"
# What mypy knows already comes along, or it would take a minute.
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "venv", ".local", "__pycache__", ".hypothesis")


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module in the copy."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": f"{copy}/infra:{copy}/policy_pack:{copy}/audit:{copy}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which a check was begun, and the pages made."""
    folder = tmp_path_factory.mktemp("repository") / "copy"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    begun = run(folder, "tools.new_check", ID, TITLE)
    assert begun.returncode == 0, begun.stderr
    assert "Next:" in begun.stdout
    made = run(folder, "tools.docs", "write")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.parametrize(
    "arguments",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("tools.docs", "check")],
    ids=" ".join,
)
def test_what_was_begun_lints(copy: Path, arguments: tuple[str, ...]) -> None:
    """Nobody has to tidy up first."""
    result = run(copy, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr


def test_what_was_begun_is_red_until_it_is_filled_in(copy: Path) -> None:
    """Each part that only a person can write fails a test of its own, and nothing else does."""
    result = run(
        copy,
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--no-cov",
        f"tests/policy_pack/checks/test_{scaffold.module_of(ID)}.py",
        "tests/policy_pack/test_documents.py",
        "tests/policy_pack/test_messages.py",
        "tests/tools/test_docs.py",
        "tests/tools/test_examples.py",
    )
    failed = {
        line.split(" ")[1].partition("::")[2].partition("[")[0]
        for line in result.stdout.splitlines()
        if line.startswith("FAILED")
    }
    assert result.returncode == 1, result.stdout
    assert failed == {
        "test_a_network_gets_the_verdict_it_deserves",
        "test_a_page_of_a_check_shows_a_message_that_the_tests_compare",
        "test_each_check_rests_on_sentences_that_are_listed",
        "test_every_check_says_how_to_remedy_it",
        "test_nothing_on_the_pages_is_left_to_be_written",
        "test_the_golden_folder_holds_no_text_that_nobody_compares",
        "test_the_program_before_shows_what_the_check_finds_and_nothing_else",
        "test_what_is_wrong_is_said_as_the_golden_file_has_it",
    }


def test_what_was_begun_is_in_every_list(copy: Path) -> None:
    """In alphabetical order among the checks, and in the changelog and on the page of checks."""
    checks = (copy / "policy_pack/mwaa_guardrails/checks/__init__.py").read_text(encoding="utf-8")
    assert checks.count("    subnet_too_small,\n") == checks.count("    subnet_too_small.CHECK,\n") == 1
    changes = (copy / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"- New check `{ID}`: {TITLE}\n" in changes
    assert f"| `{ID}` | mandatory | {TITLE} |\n" in (copy / "policy_pack/README.md").read_text(
        encoding="utf-8"
    )
    assert f"[{ID}]({ID}.md)" in (copy / "docs/checks/README.md").read_text(encoding="utf-8")


NO_ID = (
    "is no id. An id names the bad pattern in two or more words, in lower case, joined by hyphens: "
    "subnet-too-small."
)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["SubnetTooSmall", TITLE], f'"SubnetTooSmall" {NO_ID} Did you mean "subnet-too-small"?'),
        (["subnet_too_small", TITLE], f'"subnet_too_small" {NO_ID} Did you mean "subnet-too-small"?'),
        (["../subnets", TITLE], f'"../subnets" {NO_ID}'),
        (
            ["subnet-count-not-two", TITLE],
            'there is a check "subnet-count-not-two" already; see docs/checks/subnet-count-not-two.md.',
        ),
        (
            [ID, "Subnets"],
            "'Subnets' is no title. A title is one sentence with its full stop, without quotation marks.",
        ),
        ([ID, "A" * 100 + "."], "the title has 101 characters; up to 100 fit into a line of code."),
    ],
)
def test_a_bad_id_or_title_is_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what would be right; nothing is written."""
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"error: {told}\n"


def test_the_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """One line to copy."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert f'python -m tools.new_check {ID} "{TITLE}"' in capsys.readouterr().out
