"""What becomes known only sharpens what is said: never a word too much, never one less without a question."""

from collections.abc import Iterable

from hypothesis import given, note
from hypothesis import strategies as st

from mwaa_guardrails.reading.network import read_network
from mwaa_guardrails.reading.resource import Resource
from tests.policy_pack.laws.blurring import blurred
from tests.policy_pack.laws.examples import LAWS
from tests.policy_pack.laws.judgements import findings, is_open, judgement, violations
from tests.policy_pack.laws.sabotages import sabotages
from tests.policy_pack.mutations.changes import Stack
from tests.policy_pack.stacks import Rendering, render


@LAWS
@given(sabotages(), st.data())
def test_what_is_said_despite_an_unknown_property_holds_when_it_is_known(
    stack: Stack, data: st.DataObject
) -> None:
    """And what is no longer said for certain is asked about."""
    known = render(stack, Rendering.DEPLOYED)
    hidden = blurred(known, lambda numbers: data.draw(st.sampled_from(numbers)))
    note(f"{hidden.path} of {hidden.resource.urn}")
    told, guarded = judgement(known), judgement(hidden.resources)
    assert violations(guarded) <= violations(told)
    if not violations(told) <= violations(guarded):
        assert is_open(guarded)


@LAWS
@given(sabotages(), st.data())
def test_what_is_said_despite_an_unknown_tag_holds_when_it_is_known(
    stack: Stack, data: st.DataObject
) -> None:
    """And what is no longer said is asked about, as long as another part declares the network.

    It may be said of another place: of a declared network, on the first part that declares it.
    """
    known = render(stack, Rendering.DEPLOYED)
    hidden = blurred(known, lambda numbers: data.draw(st.sampled_from(numbers)), tags=True)
    note(f"{hidden.path} of {hidden.resource.urn}")
    told, guarded = ({each[0] for each in violations(judgement(each))} for each in (known, hidden.resources))
    assert guarded <= told
    if _declares(hidden.resources) == _declares(known) and not told <= guarded:
        assert is_open(judgement(hidden.resources))


def _declares(resources: Iterable[Resource]) -> set[str]:
    return {each.name for each in read_network(resources).environments}


@LAWS
@given(sabotages(), st.sampled_from([Rendering.PREVIEW, Rendering.LISTS]))
def test_what_is_said_at_a_first_preview_holds_after_deployment(stack: Stack, rendering: Rendering) -> None:
    """And what is not said then is asked about."""
    told, guarded = (judgement(render(stack, each)) for each in (Rendering.DEPLOYED, rendering))
    assert violations(guarded) <= violations(told)
    if not findings(told) <= findings(guarded):
        assert is_open(guarded)
