"""What a project states by itself makes the pack stricter or is refused."""

from typing import Final

import pytest

from mwaa_guardrails.settings.tightening import loosened_by
from tests.policy_pack.verdicts import COUNT, SELF, UNUSABLE_ZONE

CASES: Final = {
    "nothing is stated": ({}, []),
    "an advisory check and a report become mandatory": (
        {"checks": {UNUSABLE_ZONE: {"level": "mandatory"}, "undetermined": {"level": "mandatory"}}},
        [],
    ),
    "substitutes are refused, and nothing is exempt": (
        {"substitutes": "refuse", "ignore_exemptions": True, "checks": {SELF: {"substitutes": "refuse"}}},
        [],
    ),
    "a mandatory check becomes advisory": (
        {"checks": {COUNT: {"level": "advisory"}}},
        [f"checks.{COUNT}.level: advisory is looser than mandatory"],
    ),
    "a report is disabled": (
        {"checks": {"undetermined": {"level": "disabled"}}},
        ["checks.undetermined.level: disabled is looser than advisory"],
    ),
    "substitutes are accepted, for all and for one": (
        {"substitutes": "accept", "checks": {SELF: {"substitutes": "advise"}}},
        [
            "substitutes: only refuse is never looser",
            f"checks.{SELF}.substitutes: only refuse is never looser",
        ],
    ),
    "exemptions count again": (
        {"ignore_exemptions": False},
        ["ignore_exemptions: false only undoes what an administrator states"],
    ),
    "something is exempt, tags exempt, other tags declare, and facts are stated": (
        {"exemptions": [], "tag_exemptions": [], "tags": {}, "outside": {}},
        [
            f"{key}: only an administrator's settings say so"
            for key in ("exemptions", "tag_exemptions", "tags", "outside")
        ],
    ),
}


@pytest.mark.parametrize(("document", "told"), CASES.values(), ids=CASES.keys())
def test_what_loosens_is_told_line_by_line(document: dict[str, object], told: list[str]) -> None:
    """What may loosen counts as what does."""
    assert list(loosened_by(document)) == told
