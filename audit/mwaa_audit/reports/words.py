"""What reports call things; a tag may declare any name for an environment, and not all of it is shown."""

from mwaa_audit.result import ReportedFinding
from mwaa_guardrails.messages.words import environment_name


def shown(environment: str) -> str:
    """Return the name of an environment where AWS would take it, and words in its place elsewhere."""
    return environment_name(environment).strip('"')


def verdict(finding: ReportedFinding) -> str:
    """Return the first line of a message, without the check's id in front."""
    return finding.text.partition("\n")[0].removeprefix(f"{finding.check}: ")
