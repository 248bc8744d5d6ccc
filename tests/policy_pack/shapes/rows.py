"""One row of the survey of shapes, and what must be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mwaa_guardrails.checks.check import Options
from mwaa_guardrails.documents.facts import REQUIRED_ENDPOINT_SERVICES
from mwaa_guardrails.settings import Settings
from tests.policy_pack.stacks import Made, Rendering, names_in, render
from tests.policy_pack.verdicts import OUTBOUND, SELF, Verdict, verdict

# The endpoints that an environment needs, and those that its customer makes for its own parts, by name.
_REQUIRED: Final = frozenset({*(each.suffix for each in REQUIRED_ENDPOINT_SERVICES), "database", "web"})
# Of a list of groups that is unknown as a whole, one outside may have the rule that lacks.
_GROUPS_OUTSIDE: Final = ("undetermined", "env", "networkConfiguration.securityGroupIds")
_OF_RULES: Final = frozenset({OUTBOUND, SELF})
_LISTS: Final = ("subnetIds", "routeTableIds", "securityGroupIds")


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
        attached: Whether it matters where the endpoints are: with private routing, each of their lists is a
            question of its own where it is unknown as a whole, and `lists` leaves those out.
        certain: Endpoints, or single lists of them as `sqs.subnetIds`, that are no question even so.
    """

    number: int
    sentence: str
    stack: tuple[Made, ...]
    verdict: Verdict
    lists: Verdict | None = None
    preview: Verdict | None = None
    options: Mapping[str, Options] = field(default_factory=dict)
    attached: bool = True
    certain: tuple[str, ...] = ()

    def expected(self, rendering: Rendering) -> Verdict:
        """Return what must be said in a rendering."""
        told: dict[Rendering, Verdict | None] = {
            Rendering.PREVIEW: self.preview,
            Rendering.LISTS: self.preview if self.lists is None else self.lists,
        }
        other = told.get(rendering)
        expected = self.verdict if other is None else other
        if rendering is Rendering.LISTS and self.lists is None and self._has_environment():
            expected = frozenset(_GROUPS_OUTSIDE if each[0] in _OF_RULES else each for each in expected)
        return expected | self._untold() if self.attached and rendering is Rendering.LISTS else expected

    def judged(self, rendering: Rendering) -> Verdict:
        """Return what is said in a rendering."""
        return verdict(render(self.stack, rendering), Settings(options=self.options))

    def _has_environment(self) -> bool:
        return any(each.name == "env" for each in self.stack)

    def _untold(self) -> Verdict:
        """Return the questions about the lists of required endpoints that hold ids not known yet."""
        return frozenset(
            ("undetermined", each.name, key)
            for each in self.stack
            if each.type.endswith(":VpcEndpoint") and each.name in _REQUIRED
            for key in _LISTS
            if names_in(each.inputs.get(key)) and not {each.name, f"{each.name}.{key}"} & {*self.certain}
        )
