"""Files are judged as the engine's own messages are, row by row of the survey of shapes."""

import json

import pytest

from mwaa_audit import judging
from mwaa_audit.judging import judge
from mwaa_audit.result import CodePosition, JudgedEnvironment
from mwaa_audit.states import read_stack
from mwaa_guardrails.evaluation import Evaluation, evaluate
from mwaa_guardrails.findings import Failure
from mwaa_guardrails.messages import finding_text, question_texts
from tests.audit.state_files import export_of, exported
from tests.policy_pack.networks import changed, entry, right_network
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.shapes.test_rows import ROWS
from tests.policy_pack.stacks import Rendering, render
from tests.seed import some

STACK = changed(right_network(), entry("in", 100, egress=False, ruleAction="deny"))


@pytest.mark.parametrize(
    "row", some(ROWS, 100, "judged shapes"), ids=lambda row: f"{row.number}: {row.sentence}"
)
def test_a_shape_is_judged_as_the_pack_judges_it(row: Row) -> None:
    """In the same words, once it is deployed and exported."""
    resources = render(row.stack, Rendering.DEPLOYED)
    judged = judge([read_stack(json.dumps(export_of(resources)).encode())])
    evaluation = evaluate(resources)
    findings = (*evaluation.violations, *evaluation.advice)
    assert [each.text for each in judged.findings] == [finding_text(each) for each in findings]
    assert [(each.subject.urn, each.text) for each in judged.questions] == list(
        question_texts(evaluation.undetermined)
    )
    assert judged.unread == evaluation.unread


def test_a_finding_says_where_it_was_written_and_what_it_rests_on() -> None:
    """The line, the stack, the level, the sentences and their pages."""
    (finding,) = judge([read_stack(json.dumps(exported(STACK)).encode())]).findings
    assert finding.subject.line == CodePosition(file="infra/__main__.py", line=8)
    assert (finding.stack, finding.subject.stack) == ("test/dev", "test/dev")
    assert finding.subject.label == 'network ACL "acl"'
    assert (finding.environment, finding.declared) == ("env", False)
    assert (finding.degree, finding.level, finding.severity) == ("violation", "mandatory", "critical")
    assert finding.page == "docs/checks/network-acl-blocks-required-traffic.md of mwaa-guardrails"
    assert all(each.url.startswith("https://docs.aws.amazon.com/") for each in finding.requirements)


def test_what_was_judged_is_told_where_nothing_is_wrong() -> None:
    """Else nobody could tell what is right from what nobody looked at."""
    judged = judge([read_stack(json.dumps(exported(right_network())).encode())])
    assert judged.findings == ()
    urn = "urn:pulumi:dev::test::aws:mwaa/environment:Environment::env"
    assert judged.environments == (JudgedEnvironment(stack="test/dev", name="env", declared=False, urn=urn),)


def test_a_defect_of_ours_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the exception's type; the stacks that were being judged are named."""
    failed = Evaluation(
        violations=(),
        advice=(),
        undetermined=(),
        failures=(Failure(part="reading", exception="KeyError"),),
        unread={},
    )
    monkeypatch.setattr(judging, "evaluate", lambda *_, **__: failed)
    (failure,) = judge([read_stack(json.dumps(exported(STACK)).encode())]).failures
    assert (failure.stacks, failure.part, failure.exception) == (("test/dev",), "reading", "KeyError")
    assert failure.text.startswith("undetermined: reading failed with KeyError.")
