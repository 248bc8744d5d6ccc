"""The examples on the checks' pages are programs that run, and are judged as the pages say."""

from pathlib import Path

import pytest

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.messages import finding_text
from tests.policy_pack.golden import assert_golden
from tests.policy_pack.stacks import EXACT, Rendering, render
from tests.policy_pack.verdicts import SILENT, verdict
from tests.tools.programs import EXAMPLES, stack_of

FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/before.py"))
by_check = pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)


def test_each_check_has_a_pair_of_programs() -> None:
    """And no pair is left over from a check that is no more."""
    assert [each.name for each in FOLDERS] == sorted(check.id for check in ALL_CHECKS)


@by_check
def test_the_program_before_shows_what_the_check_finds_and_nothing_else(folder: Path) -> None:
    """At a first preview, where ids are unknown, and deployed; the message is on the page."""
    stack = stack_of(folder / "before.py")
    for rendering in EXACT:
        assert {check for check, _, _ in verdict(render(stack, rendering))} == {folder.name}, rendering
    evaluation = evaluate(render(stack, Rendering.PREVIEW))
    findings = (*evaluation.violations, *evaluation.advice)
    assert_golden(folder / "before.txt", "\n\n".join(finding_text(each) for each in findings))


@by_check
def test_the_program_after_leaves_nothing_to_say(folder: Path) -> None:
    """What the page offers as the remedy is one."""
    stack = stack_of(folder / "after.py")
    for rendering in EXACT:
        assert verdict(render(stack, rendering)) == SILENT, rendering
