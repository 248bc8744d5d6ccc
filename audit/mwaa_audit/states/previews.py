"""Recorded previews: what `pulumi preview --json` prints.

A preview shows what a stack will be, as far as it can be known. It shows resources that stay as they are only
where it is asked to, and then all of them; a record that lacks them would be judged wrong, and is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from mwaa_audit.errors import AuditError
from mwaa_audit.states.resources import is_gone, read_resource, stack_of
from mwaa_audit.states.shapes import as_object, objects, text
from mwaa_audit.states.stack import Described, Stack
from mwaa_guardrails.reading.resource import Opaque

_SAME: Final = "same"
_KEEPING: Final = frozenset({_SAME, "update"})


def read_preview(record: Mapping[str, object]) -> Stack:
    """Return the stack that a preview foresees, its looked up resources left out, as the engine does."""
    steps = list(objects(record.get("steps"), "steps"))
    _refuse_partial(steps, as_object(record.get("changeSummary") or {}, "changeSummary"))
    # Of a replacement there are several steps; the last state is the one to be.
    by_urn = {each.resource.urn: each for each in _foreseen(steps)}
    return stack_of(each for each in by_urn.values() if not each.external)


def _foreseen(steps: list[Mapping[str, object]]) -> Iterator[Described]:
    for index, step in enumerate(steps):
        where = f"steps[{index}]"
        operation = text(step.get("op"), f"{where}.op")
        if step.get("newState") is None or operation.startswith("delete"):
            continue
        state = as_object(step["newState"], f"{where}.newState")
        if not is_gone(state):
            new = read_resource(state, f"{where}.newState")
            yield _with_outputs(new, step, where) if operation in _KEEPING else new


def _with_outputs(new: Described, step: Mapping[str, object], where: str) -> Described:
    """Return a resource that stays, with the outputs that it has: the engine records the new inputs alone.

    An update changes what the program changed; of what it states no more, nobody knows what AWS makes.
    """
    old = read_resource(as_object(step.get("oldState"), f"{where}.oldState"), f"{where}.oldState").resource
    given = new.resource.inputs
    withdrawn = old.inputs.keys() - given.keys()
    changed = {key: value for key, value in given.items() if old.inputs.get(key) != value}
    outputs = {key: Opaque.COMPUTED if key in withdrawn else value for key, value in old.outputs.items()}
    return replace(new, resource=replace(new.resource, outputs={**outputs, **changed}))


def _refuse_partial(steps: list[Mapping[str, object]], summary: Mapping[str, object]) -> None:
    stay = summary.get(_SAME, 0)
    shown = sum(step.get("op") == _SAME for step in steps)
    if isinstance(stay, int) and shown < stay:
        raise AuditError(
            f"it shows {shown} of the {stay} resources that stay as they are; record the preview with "
            "`pulumi preview --json --show-sames`"
        )
