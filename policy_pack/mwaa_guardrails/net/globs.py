"""Wildcard patterns as sets of texts, exactly: `*` stands for any text, `?` for any one character.

Every answer is about whole languages, never about substrings: `*` and `?` are met with characters that no
pattern names, so what holds for the texts looked at holds for all. Letters count as they are written; who
asks without regard to case folds both sides first.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self, TypeAlias

ANY_TEXT: Final = "*"
ANY_CHARACTER: Final = "?"
_WILD: Final = frozenset({ANY_TEXT, ANY_CHARACTER})
# Characters for what no pattern names, the most readable first.
_PLAIN: Final = "abcdefghijklmnopqrstuvwxyz0123456789"

# Combinations of places after which a search is given up. Policies as people write them need a few hundred;
# patterns such as `*a*`, each in a statement of its own, can make any number of them.
MOST_COMBINATIONS: Final = 5_000

# How far into a pattern a text may have come; a text may have come to several places at once.
_Places: TypeAlias = frozenset[int]


class IntricateError(Exception):
    """Patterns are too intricate to be compared in a reasonable time."""


@dataclass(frozen=True, slots=True)
class Globs:
    """The texts that at least one of some patterns matches; or all others, where `inside` is false."""

    patterns: tuple[str, ...]
    inside: bool = True

    def complement(self) -> "Globs":
        """Return all other texts."""
        return Globs(self.patterns, inside=not self.inside)


NOTHING: Final = Globs(())
EVERYTHING: Final = Globs((), inside=False)


@dataclass(frozen=True, slots=True)
class Language:
    """The texts that are in each of some sets of texts."""

    terms: tuple[Globs, ...] = ()

    @classmethod
    def of(cls, *patterns: str) -> Self:
        """Return the texts that at least one of the patterns matches."""
        return cls((Globs(patterns),))

    def __and__(self, globs: Globs) -> "Language":
        """Return what is in a set as well."""
        return self if globs == EVERYTHING else Language((*self.terms, globs))

    def __sub__(self, globs: Globs) -> "Language":
        """Return what is not in a set."""
        return self & globs.complement()

    def __bool__(self) -> bool:
        """Tell whether any text is in it."""
        return self.witness() is not None

    def __contains__(self, text: str) -> bool:
        """Tell whether a text is in it."""
        return all(any(matches(each, text) for each in term.patterns) is term.inside for term in self.terms)

    def witness(self) -> str | None:
        """Return a shortest text of it; None when it is empty.

        Raises:
            IntricateError: It takes too long to tell.
        """
        return _shortest(self.terms)


def matches(pattern: str, text: str) -> bool:
    """Tell whether a pattern matches a text as a whole."""
    places = _start(pattern)
    for character in text:
        places = _step(pattern, places, character)
    return len(pattern) in places


def covers(patterns: tuple[str, ...], pattern: str) -> bool:
    """Tell whether some patterns together match every text that another one matches."""
    return not Language.of(pattern) - Globs(patterns)


def are_disjoint(one: str, other: str) -> bool:
    """Tell whether no text is matched by both patterns."""
    return not Language.of(one) & Globs((other,))


@lru_cache(maxsize=4096)
def _shortest(terms: tuple[Globs, ...]) -> str | None:
    """Walk through all patterns at once, one character at a time, each combination of places once.

    A character that no pattern expects at its place does what any other such character does, so one of them
    stands for all.
    """
    strange = _strange_character(terms)
    start = tuple(tuple(_start(pattern) for pattern in term.patterns) for term in terms)
    seen = {start}
    waiting = deque([("", start)])
    while waiting:
        if len(seen) > MOST_COMBINATIONS:
            raise IntricateError
        text, states = waiting.popleft()
        if all(_accepts(term, state) for term, state in zip(terms, states, strict=True)):
            return text
        for character in sorted({*_expected(terms, states), strange}):
            following = tuple(
                tuple(
                    _step(pattern, places, character)
                    for pattern, places in zip(term.patterns, state, strict=True)
                )
                for term, state in zip(terms, states, strict=True)
            )
            if following not in seen and not any(map(_is_lost, terms, following)):
                seen.add(following)
                waiting.append((text + character, following))
    return None


def _accepts(term: Globs, state: tuple[_Places, ...]) -> bool:
    found = any(len(pattern) in places for pattern, places in zip(term.patterns, state, strict=True))
    return found is term.inside


def _is_lost(term: Globs, state: tuple[_Places, ...]) -> bool:
    """Tell whether no text that goes on from here is in a set."""
    if term.inside:
        return not any(state)
    return any(
        pattern.endswith(ANY_TEXT) and len(pattern) in places
        for pattern, places in zip(term.patterns, state, strict=True)
    )


def _expected(terms: tuple[Globs, ...], states: tuple[tuple[_Places, ...], ...]) -> Iterator[str]:
    """Return the characters that some pattern names at a place where the text may have come to."""
    for term, state in zip(terms, states, strict=True):
        for pattern, places in zip(term.patterns, state, strict=True):
            for place in places:
                if place < len(pattern) and pattern[place] not in _WILD:
                    yield pattern[place]


def _strange_character(terms: tuple[Globs, ...]) -> str:
    named = {character for term in terms for pattern in term.patterns for character in pattern}
    plain = next((each for each in _PLAIN if each not in named), None)
    return plain or next(each for each in map(chr, range(0x4E00, 0x110000)) if each not in named)


def _start(pattern: str) -> _Places:
    return _settled(pattern, [0])


@lru_cache(maxsize=65536)
def _step(pattern: str, places: _Places, character: str) -> _Places:
    following: list[int] = []
    for place in places:
        expected = pattern[place : place + 1]
        if expected == ANY_TEXT:
            following.append(place)
        elif expected in (ANY_CHARACTER, character):
            following.append(place + 1)
    return _settled(pattern, following)


def _settled(pattern: str, reached: list[int]) -> _Places:
    """Return places with those reached by letting `*` stand for nothing.

    Whatever goes on from before a `*` that has been reached goes on from that `*` as well: only the last one
    counts, which keeps the combinations few.
    """
    places = set(reached)
    for place in reached:
        behind = place
        while pattern[behind : behind + 1] == ANY_TEXT:
            behind += 1
            places.add(behind)
    stars = [place for place in places if pattern[place : place + 1] == ANY_TEXT]
    last = max(stars, default=0)
    return frozenset(place for place in places if place >= last)
