"""Whether workers reach the web server, by version, access mode and routes."""

import pytest

from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed, right_network, right_private_network
from tests.policy_pack.shapes.subnets import route
from tests.policy_pack.stacks import EXACT, Made, Rendering, Written, ref, render
from tests.policy_pack.verdicts import (
    PUBLIC,
    REACHES,
    SILENT,
    WEB_SERVER,
    Verdict,
    undetermined,
    verdict,
    violation,
)

NAT, PRIVATE = right_network(), right_private_network()
FOUND = violation(WEB_SERVER, "env")
V3: dict[str, Written] = {"airflowVersion": "3.0.6"}
OPEN: dict[str, Written] = {"webserverAccessMode": "PUBLIC_ONLY"}


def _with(stack: tuple[Made, ...], inputs: dict[str, Written]) -> tuple[Made, ...]:
    return tuple(
        Made(each.type, each.name, {**each.inputs, **inputs}) if each.name == "env" else each
        for each in stack
    )


def _tagged(stack: tuple[Made, ...], routing: str) -> tuple[Made, ...]:
    tags: dict[str, Written] = {"mwaa:routing": routing}
    return tuple(
        Made(each.type, each.name, {**each.inputs, "tags": tags}) if each.name in ("a", "b") else each
        for each in stack
    )


HIDDEN_ROUTE = changed(PRIVATE, route("out", ref("private-table"), gatewayId=Opaque.COMPUTED))
CASES: list[tuple[str, tuple[Made, ...], dict[str, Written], Verdict]] = [
    ("Airflow 3, public, no internet", PRIVATE, {**V3, **OPEN}, FOUND),
    ("a later version", PRIVATE, {"airflowVersion": "10.1", **OPEN}, FOUND),
    ("Airflow 2", PRIVATE, {"airflowVersion": "2.10.3", **OPEN}, SILENT),
    ("no version", PRIVATE, OPEN, SILENT),
    ("a text that is no version", PRIVATE, {"airflowVersion": "latest", **OPEN}, SILENT),
    ("a private web server", PRIVATE, {**V3, "webserverAccessMode": "PRIVATE_ONLY"}, SILENT),
    ("both ways", PRIVATE, {**V3, "webserverAccessMode": "PUBLIC_AND_PRIVATE"}, SILENT),
    ("no access mode", PRIVATE, V3, SILENT),
    (
        "a text that is no access mode",
        PRIVATE,
        {**V3, "webserverAccessMode": "OPEN"},
        undetermined("env", "webserverAccessMode"),
    ),
    ("a NAT gateway", NAT, {**V3, **OPEN}, SILENT),
    (
        "a way out that nobody knows",
        HIDDEN_ROUTE,
        {**V3, **OPEN},
        undetermined("out", "gatewayId"),
    ),
    (
        "a version that nobody knows",
        PRIVATE,
        {"airflowVersion": Opaque.COMPUTED, **OPEN},
        undetermined("env", "airflowVersion"),
    ),
    (
        "a version and a mode that nobody knows",
        PRIVATE,
        {"airflowVersion": Opaque.COMPUTED, "webserverAccessMode": Opaque.COMPUTED},
        undetermined("env", "airflowVersion") | undetermined("env", "webserverAccessMode"),
    ),
    (
        "a version that nobody knows, beside NAT",
        NAT,
        {"airflowVersion": Opaque.COMPUTED, **OPEN},
        SILENT,
    ),
    ("declared private, and without a way out", _tagged(PRIVATE, "private"), {**V3, **OPEN}, FOUND),
    (
        "declared private, and with one: the way out is told, the web server is in reach",
        _tagged(NAT, "private"),
        {**V3, **OPEN},
        violation(REACHES, "a", "b"),
    ),
    (
        "a way out by an internet gateway is that check's matter",
        changed(PRIVATE, route("out", ref("private-table"), gatewayId="igw-1")),
        {**V3, **OPEN},
        violation(PUBLIC, "a", "b"),
    ),
]


@pytest.mark.parametrize("rendering", EXACT)
@pytest.mark.parametrize(("stack", "inputs", "expected"), rows(CASES))
def test_workers_of_airflow_3_need_a_way_to_a_public_web_server(
    stack: tuple[Made, ...], inputs: dict[str, Written], expected: Verdict, rendering: Rendering
) -> None:
    """All three must be sure: the version, the mode and the routes."""
    told = verdict(render(_with(stack, inputs), rendering))
    asked = {"gatewayId", "airflowVersion", "webserverAccessMode"}
    assert {each for each in told if each[0] in {WEB_SERVER, REACHES, PUBLIC} or each[2] in asked} == expected


def test_a_network_that_is_declared_public_is_the_matter_of_its_ways_out() -> None:
    """One mistake, one finding."""
    stack = _with(_tagged(PRIVATE, "public"), {**V3, **OPEN})
    assert {check for check, _, _ in verdict(render(stack, Rendering.DEPLOYED))} == {
        "subnet-lacks-working-nat"
    }
