"""Sets of whole numbers obey the laws of sets, checked against Python's own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.net.intervals import IntervalSet, cut, edges_of, spans_of
from tests.policy_pack.net.universe import LAW

NUMBERS = range(14)
_number = st.integers(NUMBERS.start, NUMBERS.stop - 1)
members = st.sets(_number)


def _set_of(numbers: set[int]) -> IntervalSet:
    return IntervalSet.of(*((number, number) for number in numbers))


def _members(numbers: IntervalSet) -> set[int]:
    return {number for low, high in numbers.spans for number in range(low, high + 1)}


@LAW
@given(st.lists(st.tuples(_number, _number)))
def test_a_set_of_spans_holds_the_numbers_of_each_and_a_span_upside_down_holds_none(
    spans: list[tuple[int, int]],
) -> None:
    """Spans may overlap, touch and come in any order."""
    assert _members(IntervalSet.of(*spans)) == {
        number for low, high in spans for number in range(low, high + 1)
    }


@LAW
@given(st.lists(st.tuples(_number, _number)))
def test_spans_are_sorted_and_neither_overlap_nor_touch(spans: list[tuple[int, int]]) -> None:
    """This form is canonical: equal sets have equal spans."""
    kept = IntervalSet.of(*spans).spans
    assert all(low <= high for low, high in kept)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(kept))


@LAW
@given(members, members)
def test_union_intersection_and_difference_are_those_of_sets(one: set[int], other: set[int]) -> None:
    """Each result has the canonical form, too."""
    assert _set_of(one) | _set_of(other) == _set_of(one | other)
    assert _set_of(one) & _set_of(other) == _set_of(one & other)
    assert _set_of(one) - _set_of(other) == _set_of(one - other)


@LAW
@given(members, members)
def test_covering_being_disjoint_and_being_empty_are_those_of_sets(one: set[int], other: set[int]) -> None:
    """The empty set is covered by every set, and disjoint from every set."""
    assert _set_of(one).covers(_set_of(other)) == (one >= other)
    assert _set_of(one).isdisjoint(_set_of(other)) == one.isdisjoint(other)
    assert bool(_set_of(one)) == bool(one)


@LAW
@given(members)
def test_membership_size_and_the_lowest_member_are_those_of_sets(numbers: set[int]) -> None:
    """A number beside a span is no member."""
    intervals = _set_of(numbers)
    assert {number for number in range(-1, NUMBERS.stop + 1) if number in intervals} == numbers
    assert intervals.size == len(numbers)
    assert numbers == set() or intervals.lowest == min(numbers)


@LAW
@given(members, members)
def test_cutting_takes_out_and_returns_what_is_in_both(one: set[int], other: set[int]) -> None:
    """Either part has the canonical form."""
    left = edges_of(_set_of(one).spans)
    assert IntervalSet(cut(left, _set_of(other).spans)) == _set_of(one & other)
    assert IntervalSet(spans_of(left)) == _set_of(one - other)


def test_a_single_number_is_a_set() -> None:
    """It is the span from the number to itself."""
    assert IntervalSet.single(443) == IntervalSet(((443, 443),))


def test_an_empty_set_has_no_lowest_member() -> None:
    """Asking for it is an error of the caller."""
    with pytest.raises(ValueError, match=r"^an empty set has no lowest member$"):
        _ = IntervalSet().lowest
