"""One row of the survey of shapes, and what must be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mwaa_guardrails.checks.check import Options
from tests.policy_pack.stacks import Made, Rendering, render
from tests.policy_pack.verdicts import Verdict, verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A shape and its verdict.

    Attributes:
        number: The row's number in the survey, 1 to 160; a row may be told by several stacks.
        sentence: The shape, in words.
        stack: The shape, as a program writes it.
        verdict: All that is said of it once everything is known, and where each element can be told.
        lists: What is said where lists are unknown as a whole, if that is something else.
        preview: What is said at a first preview, if that is something else.
        options: What an administrator states.
    """

    number: int
    sentence: str
    stack: tuple[Made, ...]
    verdict: Verdict
    lists: Verdict | None = None
    preview: Verdict | None = None
    options: Mapping[str, Options] = field(default_factory=dict)

    def expected(self, rendering: Rendering) -> Verdict:
        """Return what must be said in a rendering."""
        told: dict[Rendering, Verdict | None] = {
            Rendering.PREVIEW: self.preview,
            Rendering.LISTS: self.preview if self.lists is None else self.lists,
        }
        other = told.get(rendering)
        return self.verdict if other is None else other

    def judged(self, rendering: Rendering) -> Verdict:
        """Return what is said in a rendering."""
        return verdict(render(self.stack, rendering), self.options)
