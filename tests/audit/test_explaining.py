"""`mwaa-audit explain`: each check and each sentence of AWS, by its id."""

from pathlib import Path

import pytest

from mwaa_audit import command_line
from mwaa_audit.explaining import explain
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.documents.requirements import REQUIREMENTS
from tests.policy_pack.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    "name", ["subnets-share-availability-zone", "subnets-exactly-two", "zones-assigned-explicitly"]
)
def test_an_explanation_is_a_page(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A check: what, why, limits, remedy, sentences. A sentence: page, reading, who checks it."""
    assert command_line.run(["explain", name]) == 0
    assert_golden(GOLDEN / f"explain-{name}.txt", capsys.readouterr().out)


def test_everything_that_has_an_id_is_explained() -> None:
    """Each check with its headings, each sentence with its page."""
    for check in ALL_CHECKS:
        told = explain(check.id)
        assert all(f"## {each}" in told for each in ("What it does", "Why is this bad?", "How to mend it"))
    for requirement in REQUIREMENTS:
        assert requirement.source.url in explain(requirement.id)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("subnet-shares-availability-zone", "did you mean subnets-share-availability-zone"),
        ("xyz", "docs/checks/README.md lists the checks"),
    ],
)
def test_what_is_misspelt_is_told_with_what_may_be_meant(
    name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not with a traceback."""
    assert command_line.run(["explain", name]) == 3
    assert said in capsys.readouterr().err
