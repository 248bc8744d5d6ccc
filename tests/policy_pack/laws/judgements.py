"""What is said of a stack, comparable between spellings of it."""

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.reading.resource import Resource
from tests.policy_pack.verdicts import CONTESTED

# A check or `undetermined`; the resource, such as `Subnet a`; the degree, or the property without positions.
Said: TypeAlias = tuple[str, str, str]
_POSITION: Final = re.compile(r"\[\d+\]")


def judgement(resources: Iterable[Resource]) -> frozenset[Said]:
    """Return everything that is said of a stack."""
    evaluation = evaluate(resources)
    assert evaluation.failures == ()
    findings = {
        (each.check, _label(each.subject.urn), each.degree.value)
        for each in (*evaluation.violations, *evaluation.advice)
    }
    return frozenset(
        findings
        | {
            ("undetermined", _label(each.unknown.urn), _POSITION.sub("[]", each.unknown.path))
            for each in evaluation.undetermined
        }
    )


def findings(said: Iterable[Said]) -> frozenset[Said]:
    """Return what is said for certain, but for how lines are spelled."""
    return frozenset(each for each in said if each[0] not in ("undetermined", CONTESTED))


def violations(said: Iterable[Said]) -> frozenset[Said]:
    """Return the violations."""
    return frozenset(each for each in findings(said) if each[2] == "violation")


def is_open(said: Iterable[Said]) -> bool:
    """Tell whether something is undetermined."""
    return any(each[0] == "undetermined" for each in said)


def _label(urn: str) -> str:
    type_, name = urn.rsplit("::", 2)[1:]
    return f"{type_.rpartition(':')[2]} {name}"
