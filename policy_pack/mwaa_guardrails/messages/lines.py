"""What to say of lines that are written in two places."""

from collections.abc import Mapping
from typing import Final

from mwaa_guardrails.faults import Contested, Overwritten
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import words

_ARGUMENTS: Final[Mapping[Overwritten, str]] = {
    Overwritten.INBOUND_RULES: "ingress",
    Overwritten.OUTBOUND_RULES: "egress",
    Overwritten.INBOUND_ENTRIES: "ingress",
    Overwritten.OUTBOUND_ENTRIES: "egress",
    Overwritten.ROUTES: "routes",
}
# What a program adopts has these lines and no others, whether it states any.
_ADOPTED: Final = ("DefaultNetworkAcl", "DefaultSecurityGroup")


def contested(finding: Finding, fault: Contested) -> list[str]:
    """Say which resources add to what another one takes for its own, and how to end that."""
    owner = words.label(finding.subject)
    argument = _ARGUMENTS[fault.what]
    fix = f"make all of them resources and leave `{argument}` out of {owner}, or state all of them there"
    if finding.subject.type.endswith(_ADOPTED):
        fix = f"state all of them in {owner}, which takes no others, and leave the other resources out"
    return [
        f"{owner} takes all its {fault.what.value} for its own, and other resources add to them.",
        "Each update undoes what the other one did. Added by:",
        *(f"- {words.label(each)}" for each in fault.rivals),
        f"Fix: {fix}:",
        f"    {argument}=[...]",
    ]
