"""One CrossGuard policy for each check, and two advisory ones, all reading one evaluation."""

from collections.abc import Callable
from typing import Final

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Level, Substitutes
from mwaa_guardrails.checks.check import Severity as CheckSeverity
from mwaa_guardrails.documents.sources import VPC_SECURITY, Source
from mwaa_guardrails.evaluation import Evaluation
from mwaa_guardrails.messages import failure_text, finding_text, page_of, question_texts, remediation_text

ADVICE: Final = "advice"
UNDETERMINED: Final = "undetermined"

_SEVERITIES: Final = {
    CheckSeverity.CRITICAL: Severity.CRITICAL,
    CheckSeverity.HIGH: Severity.HIGH,
    CheckSeverity.MEDIUM: Severity.MEDIUM,
    CheckSeverity.LOW: Severity.LOW,
}
_LEVELS: Final = {
    Level.MANDATORY: EnforcementLevel.MANDATORY,
    Level.ADVISORY: EnforcementLevel.ADVISORY,
}


def policies(evaluation: Callable[[], Evaluation]) -> list[Policy]:
    """Return the policies of the pack; each asks for the evaluation when the engine calls it."""
    return [
        *(_policy_of(check, evaluation) for check in ALL_CHECKS),
        _advice(evaluation),
        _undetermined(evaluation),
    ]


def _policy_of(check: Check, evaluation: Callable[[], Evaluation]) -> Policy:
    def validate(_args: StackValidationArgs, report: ReportViolation) -> None:
        for finding in evaluation().violations:
            if finding.check == check.id:
                report(finding_text(finding), finding.subject.urn)

    source = check.requirements[0].source
    steps = f"{remediation_text(check.id)} More in {page_of(check.id)}."
    return StackValidationPolicy(
        name=check.id,
        description=check.title,
        validate=validate,
        enforcement_level=_LEVELS[check.level],
        config_schema=_schema_of(check),
        severity=_SEVERITIES[check.severity],
        framework=_framework(source, ", ".join(each.id for each in check.requirements)),
        remediation_steps=steps,
        url=source.url,
    )


def _framework(source: Source, specification: str) -> PolicyComplianceFramework:
    return PolicyComplianceFramework(
        name="Amazon MWAA User Guide",
        version=source.read,
        reference=source.title,
        specification=specification,
    )


def _schema_of(check: Check) -> PolicyConfigSchema | None:
    if not check.knows_substitutes:
        return None
    return PolicyConfigSchema(
        properties={"substitutes": {"type": "string", "enum": [each.value for each in Substitutes]}}
    )


def _advice(evaluation: Callable[[], Evaluation]) -> Policy:
    def validate(_args: StackValidationArgs, report: ReportViolation) -> None:
        for finding in evaluation().advice:
            report(finding_text(finding), finding.subject.urn)

    return _advisory(
        ADVICE,
        "The network works; the guide would have it otherwise.",
        validate,
        specification="what the guide recommends",
        steps="Nothing must be done. Each message says what the guide would have, and how.",
    )


def _undetermined(evaluation: Callable[[], Evaluation]) -> Policy:
    def validate(_args: StackValidationArgs, report: ReportViolation) -> None:
        for urn, text in question_texts(evaluation().undetermined):
            report(text, urn)
        for failure in evaluation().failures:
            report(failure_text(failure), None)

    return _advisory(
        UNDETERMINED,
        "What cannot be known yet has no verdict.",
        validate,
        specification="what a stack must state to be judged by the guide",
        steps="State the property that the message names, or look again after deployment.",
    )


def _advisory(
    name: str,
    description: str,
    validate: Callable[[StackValidationArgs, ReportViolation], None],
    *,
    specification: str,
    steps: str,
) -> Policy:
    """Return a policy that no deployment stops at."""
    return StackValidationPolicy(
        name=name,
        description=description,
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=Severity.LOW,
        framework=_framework(VPC_SECURITY, specification),
        remediation_steps=steps,
        url=VPC_SECURITY.url,
    )
