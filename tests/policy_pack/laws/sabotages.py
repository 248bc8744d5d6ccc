"""The program's network with a few mutations at once, whatever they make of one another."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

from hypothesis import strategies as st

from tests.policy_pack.mutations.changes import Change, Stack
from tests.policy_pack.mutations.program import BASES, Base, Form, the_stack
from tests.policy_pack.mutations.table import ROWS, ROWS_OF_FORM
from tests.policy_pack.stacks import Rendering, render

_MOST: Final = 3


@cache
def changes_of(base: Base, form: Form) -> tuple[Change, ...]:
    """Return every mutation of a configuration in a form."""
    return tuple(change for _, bases, change, _ in (*ROWS, *ROWS_OF_FORM[form]) if base in bases)


def sabotaged(base: Base, form: Form, changes: Iterable[Change]) -> Stack:
    """Return a network with mutations made one after another; one that no longer fits is left out."""
    stack = the_stack(base, form)
    for change in changes:
        try:
            changed = change(stack)
            render(changed, Rendering.PREVIEW)
        except (KeyError, ValueError):
            continue
        stack = changed
    return stack


def random_sabotage(choose: Callable[[Sequence[int]], int]) -> Stack:
    """Return a network with up to three mutations, by a function that picks one of several numbers."""
    base = BASES[choose(range(len(BASES)))]
    form = tuple(Form)[choose(range(len(Form)))]
    changes = changes_of(base, form)
    chosen = [changes[choose(range(len(changes)))] for _ in range(choose(range(_MOST + 1)))]
    return sabotaged(base, form, chosen)


@st.composite
def sabotages(draw: st.DrawFn) -> Stack:
    """Return a network with up to three mutations."""
    return random_sabotage(lambda numbers: draw(st.sampled_from(numbers)))
