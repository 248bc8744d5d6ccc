"""Waivers for Checkov, as its users write them."""

from collections.abc import Iterable, Mapping, Sequence

from tools.scanners.objections import Objection


def reason(objection: Objection) -> str:
    """Return why a rule should let a resource be."""
    return objection.waiver or objection.practice.waiver


def in_terraform(objection: Objection) -> str:
    """Return the comment that silences a rule inside a resource of Terraform, without its sign."""
    return f"checkov:skip={objection.rule}:{reason(objection)}"


def in_cloudformation(
    objections: Iterable[Objection],
) -> Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]]:
    """Return the metadata that silence rules at a resource of CloudFormation."""
    skipped = [{"id": each.rule, "comment": reason(each)} for each in objections]
    return {"checkov": {"skip": skipped}}


def in_settings(objections: Iterable[Objection]) -> str:
    """Return the file `.checkov.yaml` that silences rules for everything in a folder."""
    reasons = {each.rule: reason(each) for each in objections}
    return "\n".join(["skip-check:", *(f"  - {rule} # {why}" for rule, why in reasons.items()), ""])
