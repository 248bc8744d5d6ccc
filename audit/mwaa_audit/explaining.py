"""`mwaa-audit explain`: what a check asks for and why, or what a sentence of AWS says and who checks it."""

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from mwaa_audit.errors import AuditError
from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check
from mwaa_guardrails.documents.requirements import REQUIREMENTS, Requirement
from mwaa_guardrails.messages import page_of, remediation_text

_CHECKS: Final = {check.id: check for check in ALL_CHECKS}
_REQUIREMENTS: Final = {requirement.id: requirement for requirement in REQUIREMENTS}


def explain(name: str) -> str:
    """Return the explanation of a check or a requirement, by its id.

    Raises:
        AuditError: There is none of that id; the text says which one may be meant.
    """
    if name in _CHECKS:
        return "\n".join(_of_check(_CHECKS[name]))
    if name in _REQUIREMENTS:
        return "\n".join(_of_requirement(_REQUIREMENTS[name]))
    near = get_close_matches(name, (*_CHECKS, *_REQUIREMENTS), n=3)
    meant = f"did you mean {' or '.join(near)}?" if near else "docs/checks/README.md lists the checks"
    raise AuditError(f"no check and no requirement has this id; {meant}")


def _of_check(check: Check) -> Iterator[str]:
    yield f"{check.id}: {check.title}"
    yield f"Severity {check.severity.value}, {check.level.value}."
    # The first line of the docstring is the title in other words; its headings are those of the page.
    _, _, described = (sys.modules[check.find.__module__].__doc__ or "").partition("\n")
    yield described.rstrip()
    yield "\n## How to mend it\n"
    yield remediation_text(check.id)
    yield "\n## What AWS says\n"
    for each in check.requirements:
        yield from _sentence(each)
    yield f"\nMore: {page_of(check.id)}"


def _of_requirement(requirement: Requirement) -> Iterator[str]:
    yield from _sentence(requirement)
    yield f"Strength: {requirement.strength.value}. Holds for: {requirement.scope.value}."
    if requirement.reading:
        yield f"Our reading: {requirement.reading}"
    citing = [check.id for check in ALL_CHECKS if requirement in check.requirements]
    if citing:
        yield f"Checked by: {', '.join(citing)}."
    if requirement.built_by:
        yield f"Built by: {', '.join(requirement.built_by)} of infra/mwaa_network."
    if requirement.reason:
        yield f"Not checked: {requirement.reason}"


def _sentence(requirement: Requirement) -> Iterator[str]:
    yield f"{requirement.id}: {requirement.sentence}"
    yield f"    {requirement.source.title}, {requirement.section}"
    yield f"    {requirement.source.url}"
