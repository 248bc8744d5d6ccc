"""The evaluation: stable, complete, and never broken by one check."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mwaa_guardrails import evaluation as evaluation_module
from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.findings import Failure, Finding, OpenQuestion, Undetermined
from mwaa_guardrails.reading.resource import Opaque
from mwaa_guardrails.unknown import Unknown
from tests.policy_pack.networks import changed, environment, right_network
from tests.policy_pack.stacks import Rendering, made, ref, render

RIGHT = right_network()
BROKEN = changed(RIGHT, environment(["a", "b", "public"], []), without=("in",))


def _raise(_model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    raise KeyError("a canary secret")


FAILING = Check(id="fails", title="It fails.", severity=Severity.HIGH, requirements=(), find=_raise)


def test_a_check_that_raises_is_told_and_the_others_go_on() -> None:
    """By its exception's type alone: the text may quote a secret."""
    whole = evaluate(render(BROKEN, Rendering.DEPLOYED))
    found = evaluate(render(BROKEN, Rendering.DEPLOYED), checks=(FAILING, *ALL_CHECKS))
    assert found.failures == (Failure(part="fails", exception="KeyError"),)
    assert found.violations == whole.violations
    assert "canary" not in repr(found)


def test_reading_that_raises_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect of ours must not break a deployment."""

    def raise_error(_resources: object, _keys: object) -> NetworkModel:
        raise ValueError("a canary secret")

    monkeypatch.setattr(evaluation_module, "read_network", raise_error)
    found = evaluate(render(BROKEN, Rendering.DEPLOYED))
    assert found.failures == (Failure(part="reading", exception="ValueError"),)
    assert (found.violations, found.advice, found.undetermined) == ((), (), ())


def test_a_resource_that_no_reader_survives_does_not_break_the_evaluation() -> None:
    """Not even the count of types asks it a second time."""
    broken = replace(render(RIGHT, Rendering.DEPLOYED)[0], type=[])  # type: ignore[arg-type]  # malformed
    found = evaluate((broken, *render(BROKEN, Rendering.DEPLOYED)))
    assert found.failures == (Failure(part="reading", exception="TypeError"),)
    assert found.unread == {}


def test_the_order_of_resources_has_no_bearing() -> None:
    """The engine sends them in another order each time."""
    resources = render(BROKEN, Rendering.PREVIEW)
    assert evaluate(resources) == evaluate(tuple(reversed(resources)))


def test_a_property_that_several_checks_wait_for_is_one_question() -> None:
    """It names all of them, and each environment that cannot be judged."""
    environments = [replace(environment(["a", "b"], ["group"]), name=name) for name in ("flows", "batch")]
    hidden = made(
        "ec2/routeTableAssociation:RouteTableAssociation",
        "association-b",
        subnetId=ref("b"),
        routeTableId=Opaque.COMPUTED,
    )
    stack = changed(RIGHT, *environments, hidden, without=("env",))
    assert evaluate(render(stack, Rendering.PREVIEW)).undetermined == (
        OpenQuestion(
            unknown=Unknown(urn=hidden.urn, path="routeTableId"),
            checks=("subnet-lacks-working-nat", "subnet-routes-to-internet-gateway"),
            environments=("batch", "flows"),
        ),
    )


def test_types_that_nobody_reads_are_counted() -> None:
    """They are not judged, and the report can say so."""
    stack = changed(RIGHT, made("sns/topic:Topic", "one"), made("sns/topic:Topic", "two"))
    assert evaluate(render(stack, Rendering.DEPLOYED)).unread == {
        "aws:ec2/eip:Eip": 1,
        "aws:sns/topic:Topic": 2,
    }
