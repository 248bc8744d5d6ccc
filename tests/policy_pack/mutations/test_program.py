"""The stack that mutations change is the one the program makes."""

import pytest

from tests.policy_pack.mutations.program import BASES, Base, Form, label_of, registered, the_stack
from tests.policy_pack.stacks import Rendering, names_in, render


@pytest.mark.parametrize("form", Form, ids=lambda each: each.name.lower())
@pytest.mark.parametrize("base", BASES, ids=lambda each: each.name)
def test_every_property_depends_on_what_the_engine_was_told(base: Base, form: Form) -> None:
    """The refs in a property are its dependencies, all of them but where the program waits for more."""
    told = {label_of(each): each.property_dependencies for each in registered(base, form).resources}
    stack = the_stack(base, form)
    assert {each.key for each in stack} == set(told)
    for each in stack:
        by_refs = {key: set(names_in(value)) for key, value in each.inputs.items() if names_in(value)}
        by_engine = {key: set(labels) for key, labels in told[each.key].items() if labels}
        waited = by_engine.get("networkConfiguration", set()) - by_refs.get("networkConfiguration", set())
        assert not any(label.startswith(("Subnet ", "SecurityGroup ")) for label in waited)
        if waited:
            by_refs["networkConfiguration"] |= waited
        assert by_refs == by_engine


def test_an_environment_that_takes_the_network_sees_its_configuration_whole_or_not_at_all() -> None:
    """The program computes it of outputs, so a first preview shows none of it."""
    stack = the_stack(BASES[0], Form.WITH_ENVIRONMENT)
    known = {each.name: each.inputs for each in render(stack, Rendering.DEPLOYED)}
    hidden = {each.name: each.inputs for each in render(stack, Rendering.PREVIEW)}
    assert known["airflow"]["networkConfiguration"] == {
        "subnetIds": ("id-of-Subnet mwaa-private-a", "id-of-Subnet mwaa-private-b"),
        "securityGroupIds": ("id-of-SecurityGroup mwaa-environment",),
    }
    assert hidden["airflow"]["networkConfiguration"] not in (None, known["airflow"]["networkConfiguration"])
