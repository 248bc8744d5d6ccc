"""A recorded preview is judged as the pack judges the preview itself."""

import json

import pytest

from mwaa_audit.errors import AuditError
from mwaa_audit.judging import judge
from mwaa_audit.states import Stack, read_stack
from mwaa_guardrails.reading.resource import Opaque, Resource
from tests.audit.state_files import COMPUTED, Json, as_json
from tests.policy_pack.networks import changed, entry, right_network
from tests.policy_pack.stacks import Rendering, render

GROUP = Resource(
    urn="urn:pulumi:dev::test::aws:ec2/securityGroup:SecurityGroup::group",
    type="aws:ec2/securityGroup:SecurityGroup",
    name="group",
    inputs={"vpcId": "vpc-1", "description": "old", "tags": {"a": "b"}},
    outputs={"vpcId": "vpc-1", "description": "old", "tags": {"a": "b"}, "id": "sg-1", "ingress": ()},
)


def step(operation: str, resource: Resource, *, old: Resource | None = None, **more: object) -> Json:
    """Return a step as the engine records it: of what will be, the inputs alone."""
    new = as_json(resource, outputs={}, id="", **more)
    return {
        "op": operation,
        "urn": resource.urn,
        "newState": new,
        **({} if old is None else {"oldState": as_json(old)}),
    }


def preview(*steps: Json, same: int = 0) -> Stack:
    """Read a preview of these steps."""
    return read_stack(json.dumps({"steps": steps, "changeSummary": {"same": same}}).encode())


def _foreseen(*steps: Json, same: int = 0) -> dict[str, object]:
    (described,) = preview(*steps, same=same).resources
    return dict(described.resource.outputs)


def test_what_stays_has_the_outputs_that_it_has() -> None:
    """The engine records them in the old state alone."""
    assert _foreseen(step("same", GROUP, old=GROUP), same=1) == GROUP.outputs


def test_what_is_updated_has_what_the_program_changed() -> None:
    """What it states no more is not known; all else stays."""
    new = Resource(
        urn=GROUP.urn, type=GROUP.type, name="group", inputs={"vpcId": "vpc-1", "description": "new"}
    )
    assert _foreseen(step("update", new, old=GROUP)) == {
        "vpcId": "vpc-1",
        "description": "new",
        "tags": Opaque.COMPUTED,
        "id": "sg-1",
        "ingress": (),
    }


def test_what_is_replaced_is_new() -> None:
    """Its steps come one after another, and what goes has no part in what will be."""
    steps = [step(each, GROUP, old=GROUP) for each in ("create-replacement", "replace")]
    assert _foreseen(*steps, {"op": "delete-replaced", "urn": GROUP.urn, "oldState": as_json(GROUP)}) == {}


def test_what_goes_or_is_only_looked_up_is_left_out() -> None:
    """As in the preview itself, where the engine shows neither."""
    steps = (
        {"op": "delete", "urn": GROUP.urn, "oldState": as_json(GROUP)},
        {**step("delete-replaced", GROUP), "oldState": as_json(GROUP)},
        step("discard", GROUP, delete=True),
        step("read", GROUP, external=True),
    )
    assert preview(*steps).resources == ()


def test_a_record_that_lacks_what_stays_is_refused() -> None:
    """The engine leaves it out unless it is asked, and a network without its parts would be judged wrong."""
    with pytest.raises(AuditError, match=r"it shows 1 of the 2 resources that stay .* --show-sames"):
        preview(step("same", GROUP, old=GROUP), same=2)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"steps": {}}, "steps is not a JSON list"),
        ({"steps": [], "changeSummary": "canary"}, "changeSummary is not a JSON object"),
        ({"steps": [{"op": "same", "newState": as_json(GROUP)}]}, "steps[0].oldState is not a JSON object"),
        ({"steps": [{"op": 7, "newState": {}}]}, "steps[0].op is not a text"),
        ({"steps": [{"op": "create", "newState": {"urn": "canary"}}]}, "steps[0].newState.urn is not a URN"),
    ],
)
def test_what_is_malformed_is_refused(document: Json, reason: str) -> None:
    """Without a word of what it holds."""
    with pytest.raises(AuditError) as refused:
        read_stack(json.dumps(document).encode())
    assert str(refused.value) == reason


def test_a_first_preview_is_judged_by_what_the_program_states() -> None:
    """Ids are not known yet; what depends on what is."""
    stack = changed(right_network(), entry("in", 100, egress=False, ruleAction="deny"))
    steps = [step("create", each) for each in render(stack, Rendering.PREVIEW) if each.inputs]
    (finding,) = judge([preview(*steps)]).findings
    assert (finding.check, finding.subject.name) == ("network-acl-blocks-required-traffic", "acl")
    assert COMPUTED not in finding.text
