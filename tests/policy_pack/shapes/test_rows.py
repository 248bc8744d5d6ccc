"""Every row of the survey of shapes: right networks get no word, wrong ones the one they deserve.

Each row is judged known, at a preview with unknown elements, and at a preview with unknown lists.
"""

from typing import Final

import pytest

from tests.policy_pack.shapes import (
    endpoints,
    native,
    network_acls,
    policies,
    public_networks,
    security_groups,
    stack,
    subnets,
)
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import Rendering

ROWS: Final[tuple[Row, ...]] = (
    *endpoints.ROWS,
    *native.ROWS,
    *network_acls.ROWS,
    *security_groups.ROWS,
    *policies.ROWS,
    *stack.ROWS,
    *subnets.ROWS,
    *public_networks.ROWS,
)


@pytest.mark.parametrize("rendering", Rendering, ids=lambda each: each.name.lower())
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number}: {row.sentence}")
def test_a_shape_gets_the_verdict_it_deserves(row: Row, rendering: Rendering) -> None:
    """No false alarm and no miss, whatever can be known."""
    assert row.judged(rendering) == row.expected(rendering)


def test_no_row_of_the_survey_is_left_out() -> None:
    """Row 155 is a note: the engine never sends resources that are to be deleted."""
    assert {row.number for row in ROWS} == {*range(1, 161)} - {155}
