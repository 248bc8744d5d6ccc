"""Mistakes in a configuration, and the one error that tells them all."""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pulumi

from mwaa_guardrails.documents.requirements import Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake.

    Attributes:
        key: The configuration key.
        fault: The value and what is wrong with it, without a full stop.
        allowed: What may stand there, without a full stop.
        why: The fact behind it, in sentences.
        remedy: The nearest right value or the nearest right step, as a sentence.
    """

    key: str
    fault: str
    allowed: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What a reader returns in place of a value that it cannot accept."""

    problems: tuple[Problem, ...]


class ConfigurationError(pulumi.RunError):
    """Everything that is wrong with a configuration, in one message; ends the program without a traceback."""

    def __init__(self, problems: Sequence[Problem], *, environment: str | None = None) -> None:
        """Keep the problems and put them into words, for one environment if it has a name."""
        self.problems = tuple(problems)
        count = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        told = "\n\n".join(f"  {each.key}: {explained(each)}" for each in problems)
        self.summary = (
            f"the configuration has {count}; nothing was changed."
            if environment is None
            else f"environment {shown(environment)} has {count}; nothing of it was changed."
        )
        super().__init__(f"{self.summary}\n\n{told}")


def explained(problem: Problem) -> str:
    """Return what is said of a key after its name."""
    return f"{problem.fault}.\n    Allowed: {problem.allowed}.\n    Why: {problem.why}\n    {problem.remedy}"


def shown(value: object) -> str:
    """Return a value as one would write it into the configuration."""
    if isinstance(value, pulumi.Output):
        return "a value that is known only later"
    return json.dumps(value, ensure_ascii=False, default=repr)


def did_you_mean(value: object) -> str:
    """Return the question that offers the nearest right value."""
    return f"Did you mean {value if isinstance(value, str) else shown(value)}?"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that is spelled most like another, or None when none is like it."""
    spelled = {each.lower(): each for each in words}
    found = difflib.get_close_matches(word.lower(), list(spelled), n=1)
    return spelled[found[0]] if found else None


def cited(*requirements: Requirement) -> str:
    """Return what the guide says about something, and on which page."""
    sentences = " ".join(each.sentence for each in requirements)
    return f"{sentences.removesuffix('.')} ({requirements[-1].source.title})."


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as people list them, such as `a, b or c`."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final
