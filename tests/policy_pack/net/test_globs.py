"""Wildcard patterns, against all short texts of two letters and against regular expressions."""

import re
from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.net.globs import (
    EVERYTHING,
    NOTHING,
    Globs,
    Language,
    are_disjoint,
    covers,
    matches,
)
from tests.policy_pack.net.tables import rows
from tests.policy_pack.net.universe import LAW

# Texts long enough to tell apart any two of the patterns drawn here.
TEXTS: Final = tuple("".join(text) for length in range(7) for text in product("ab", repeat=length))
patterns = st.text(alphabet="ab*?", max_size=4)
globs = st.builds(Globs, st.lists(patterns, max_size=3).map(tuple), inside=st.booleans()) | st.sampled_from(
    [EVERYTHING, NOTHING]
)
languages = st.lists(globs, min_size=1, max_size=3).map(lambda terms: Language(tuple(terms)))


def _oracle(pattern: str, text: str) -> bool:
    expression = "".join({"*": ".*", "?": "."}.get(each, re.escape(each)) for each in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def _held(language: Language, text: str) -> bool:
    return all(
        any(_oracle(pattern, text) for pattern in term.patterns) is term.inside for term in language.terms
    )


MATCHES: Final = (
    ("the text itself", "s3:GetObject", "s3:GetObject", True),
    ("only a part of the text", "s3:GetObject", "s3:GetObjectVersion", False),
    ("a prefix", "s3:Get*", "s3:GetObject", True),
    ("nothing in place of *", "s3:GetObject*", "s3:GetObject", True),
    ("several *", "arn:aws:sqs:*:*:airflow-*", "arn:aws:sqs:eu-west-1:1:airflow-x", True),
    ("a * that must give back", "*ab", "aab", True),
    ("one character", "s3:GetObjec?", "s3:GetObject", True),
    ("? is not nothing", "s3:GetObject?", "s3:GetObject", False),
    ("another case", "s3:getobject", "s3:GetObject", False),
    ("all", "*", "", True),
    ("the empty pattern", "", "a", False),
    ("characters of a text that look wild", "a?c", "a*c", True),
    ("a line break", "a*", "a\nb", True),
)


@pytest.mark.parametrize(("pattern", "text", "matched"), rows(MATCHES))
def test_a_pattern_matches_whole_texts(pattern: str, text: str, matched: bool) -> None:  # noqa: FBT001 - a column of the table
    """Never a part of one."""
    assert matches(pattern, text) is matched


COVERS: Final = (
    ("itself", ("ab*",), "ab*", True),
    ("a wider one", ("a*",), "ab*", True),
    ("a narrower one", ("ab*",), "a*", False),
    ("two halves of one", ("", "?*"), "*", True),
    ("all but one text", ("?*",), "*", False),
    ("by position", ("*a", "*b"), "*", False),
    ("several together, none alone", ("a*", "b"), "a*", True),
    ("one that no text matches in one piece", ("*:*",), "a:*:b", True),
    ("no pattern", (), "a", False),
)


@pytest.mark.parametrize(("covering", "pattern", "covered"), rows(COVERS))
def test_whether_patterns_cover_another(covering: tuple[str, ...], pattern: str, covered: bool) -> None:  # noqa: FBT001 - a column of the table
    """All texts count, not the letters of the patterns."""
    assert covers(covering, pattern) is covered


@pytest.mark.parametrize(
    ("one", "other", "disjoint"),
    rows(
        (
            ("two texts", "a", "b", True),
            ("one text", "a", "a", False),
            ("prefixes that differ", "a*", "b*", True),
            ("a prefix and an ending", "a*", "*b", False),
            ("lengths that differ", "??", "???", True),
            ("a length and a shape", "??", "a*b", False),
            ("a length too short for a shape", "?", "a*b", True),
        )
    ),
)
def test_whether_two_patterns_have_no_text_in_common(one: str, other: str, disjoint: bool) -> None:  # noqa: FBT001 - a column of the table
    """The same whichever comes first."""
    assert are_disjoint(one, other) is disjoint
    assert are_disjoint(other, one) is disjoint


def test_a_witness_is_a_text_that_people_can_read() -> None:
    """The shortest one; a character that no pattern names is a plain letter where there is one."""
    assert (Language.of("s3:Get*") - Globs(("s3:Get",))).witness() == "s3:Geta"
    assert Language.of("a").witness() == "a"
    assert (Language.of("a") - EVERYTHING).witness() is None
    named = Globs(tuple("abcdefghijklmnopqrstuvwxyz0123456789"))
    assert (Language.of("?") - named).witness() == "\N{CJK UNIFIED IDEOGRAPH-4E00}"


@LAW
@given(patterns, st.text(alphabet="ab", max_size=6))
def test_matching_is_what_a_regular_expression_says(pattern: str, text: str) -> None:
    """For every pattern and text of two letters."""
    assert matches(pattern, text) is _oracle(pattern, text)


@LAW
@given(languages)
def test_a_witness_is_a_shortest_text(language: Language) -> None:
    """It is in the language; no shorter one is; and where there is none, no text is."""
    witness = language.witness()
    held = [text for text in TEXTS if _held(language, text)]
    assert bool(language) is (witness is not None)
    if witness is None:
        assert held == []
    else:
        assert _held(language, witness)
        assert witness in language
        assert all(len(text) >= len(witness) for text in held)


@LAW
@given(languages, globs, st.sampled_from(TEXTS))
def test_both_parts_of_a_language_make_up_the_whole(language: Language, cut: Globs, text: str) -> None:
    """Each text of it is in exactly one of them."""
    assert (text in language & cut, text in language - cut).count(True) == int(text in language)
    assert (text in language) is _held(language, text)


@LAW
@given(languages)
def test_neither_order_nor_repetition_of_terms_counts(language: Language) -> None:
    """A language is the set of its texts."""
    turned = Language((*reversed(language.terms), *language.terms))
    assert turned.witness() == language.witness()
