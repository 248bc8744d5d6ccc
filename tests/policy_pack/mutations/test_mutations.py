"""Each mutation of the program gives exactly what the documents say of it, through the pack's own process.

Every mutation is judged at a first preview and after deployment, in the program as it is, which declares its
network by tags, and with an environment added that takes the network; `make test` draws one of these each.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

import pytest

from tests.policy_pack.mutations.labels import GROUP, OF_GROUPS, OF_SUBNETS, A
from tests.policy_pack.mutations.program import BASES, ENVIRONMENT, Base, Form, the_stack
from tests.policy_pack.mutations.rows import Mutation
from tests.policy_pack.mutations.table import ROWS, ROWS_OF_FORM
from tests.policy_pack.pack_process import Pack, Report, running_pack
from tests.policy_pack.stacks import EXACT, Made, Rendering, render
from tests.policy_pack.verdicts import SILENT, Verdict
from tests.seed import some

_PATH: Final = re.compile(r"undetermined: (?:([\w.\[\]]+) of )?")
_OWNERS: Final = {
    Form.DECLARED: {OF_SUBNETS: A, OF_GROUPS: GROUP},
    Form.WITH_ENVIRONMENT: {OF_SUBNETS: ENVIRONMENT, OF_GROUPS: ENVIRONMENT},
}

_MUTATIONS: Final = (
    *((row, tuple(Form)) for row in ROWS),
    *((row, (form,)) for form in Form for row in ROWS_OF_FORM[form]),
)

renderings = pytest.mark.parametrize("rendering", EXACT, ids=lambda each: each.name.lower())
forms = pytest.mark.parametrize("form", Form, ids=lambda each: each.name.lower())


@pytest.fixture(scope="module", name="pack")
def started_pack() -> Iterator[Pack]:
    """Return one running pack for all mutations."""
    with running_pack() as pack:
        pack.configure({}, {})
        yield pack


@renderings
@forms
@pytest.mark.parametrize("base", BASES, ids=lambda each: each.name)
def test_the_program_gives_no_word(pack: Pack, base: Base, form: Form, rendering: Rendering) -> None:
    """No finding, no advice, nothing undetermined."""
    assert _told(pack, the_stack(base, form), rendering) == SILENT


@pytest.mark.parametrize(
    ("base", "form", "mutation", "rendering"),
    [
        pytest.param(
            base,
            form,
            mutation,
            rendering,
            id=f"{base.name}, {form.name.lower()}, {rendering.name.lower()}: {mutation[0]}",
        )
        for mutation, forms_of_it in _MUTATIONS
        for form, base, rendering in some(product(forms_of_it, mutation[1], EXACT), 1, mutation[0])
    ],
)
def test_a_mutation_gives_exactly_what_it_deserves(
    pack: Pack, base: Base, form: Form, mutation: Mutation, rendering: Rendering
) -> None:
    """The expected checks on the expected resources, and no other word."""
    _, _, change, expected = mutation
    owners = _OWNERS[form]
    deserved = {(check, owners.get(label, label), kind) for check, label, kind in expected}
    assert _told(pack, change(the_stack(base, form)), rendering) == deserved


def _told(pack: Pack, stack: tuple[Made, ...], rendering: Rendering) -> Verdict:
    """Return all that the pack reports of a stack."""
    reports = pack.analyze(render(stack, rendering))
    return frozenset(_short(each) for each in reports)


def _short(report: Report) -> tuple[str, str, str]:
    type_, name = report.urn.rsplit("::", 2)[1:]
    label = f"{type_.rpartition(':')[2]} {name}"
    first = report.message.splitlines()[1]
    if report.policy == "undetermined":
        path = _PATH.match(first)
        assert path is not None
        return "undetermined", label, path[1] or ""
    return first.partition(":")[0], label, "advice" if report.policy == "advice" else "violation"
