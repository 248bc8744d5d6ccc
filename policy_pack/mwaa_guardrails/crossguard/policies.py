"""One CrossGuard policy for each check, and two advisory ones, all reading one evaluation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    Severity,
    StackValidation,
    StackValidationArgs,
    StackValidationPolicy,
)

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check, Level, Substitutes
from mwaa_guardrails.checks.check import Severity as CheckSeverity
from mwaa_guardrails.crossguard.administration import SETTINGS
from mwaa_guardrails.documents.sources import VPC_SECURITY, Source
from mwaa_guardrails.evaluation import Evaluation
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import (
    failure_text,
    finding_text,
    notice_text,
    page_of,
    question_texts,
    remediation_text,
    unused_text,
)
from mwaa_guardrails.settings import ADVICE, EXEMPTIONS, UNDETERMINED, Settings
from mwaa_guardrails.settings.outside import is_outside
from mwaa_guardrails.settings.schema import pack_wide_properties

_SEVERITIES: Final = {
    CheckSeverity.CRITICAL: Severity.CRITICAL,
    CheckSeverity.HIGH: Severity.HIGH,
    CheckSeverity.MEDIUM: Severity.MEDIUM,
    CheckSeverity.LOW: Severity.LOW,
}
_LEVELS: Final = {
    Level.MANDATORY: EnforcementLevel.MANDATORY,
    Level.ADVISORY: EnforcementLevel.ADVISORY,
    Level.DISABLED: EnforcementLevel.DISABLED,
}


def policies(evaluation: Callable[[], Evaluation], settings: Settings) -> list[Policy]:
    """Return the policies of the pack; each asks for the evaluation when the engine calls it.

    Args:
        evaluation: Gives the evaluation of the stack at hand.
        settings: Has the levels that an administrator states in a file.
    """
    levels = settings.levels
    return [
        *(_policy_of(check, levels.get(check.id, check.level), evaluation) for check in ALL_CHECKS),
        *(
            _policy_that_reports(name, report, levels.get(name, Level.ADVISORY), evaluation)
            for name, report in _REPORTS.items()
        ),
    ]


def _policy_of(check: Check, level: Level, evaluation: Callable[[], Evaluation]) -> Policy:
    def validate(_args: StackValidationArgs, report: ReportViolation) -> None:
        for finding in evaluation().violations:
            if finding.check == check.id:
                report(finding_text(finding), _place_of(finding))

    source = check.requirements[0].source
    steps = f"{remediation_text(check.id)} More in {page_of(check.id)}."
    return StackValidationPolicy(
        name=check.id,
        description=check.title,
        validate=validate,
        enforcement_level=_LEVELS[level],
        config_schema=_schema_of(check),
        severity=_SEVERITIES[check.severity],
        framework=_framework(source, ", ".join(each.id for each in check.requirements)),
        remediation_steps=steps,
        url=source.url,
    )


def _place_of(finding: Finding) -> str:
    """Return the URN to report a finding at: the engine knows no resource outside the stack."""
    subject = finding.subject.urn
    return finding.environment.origin.urn if is_outside(subject) else subject


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


def _advice(evaluation: Callable[[], Evaluation]) -> StackValidation:
    def validate(_args: StackValidationArgs, report: ReportViolation) -> None:
        for finding in evaluation().advice:
            report(finding_text(finding), _place_of(finding))

    return validate


def _undetermined(evaluation: Callable[[], Evaluation]) -> StackValidation:
    def validate(_args: StackValidationArgs, report: ReportViolation) -> None:
        for urn, text in question_texts(evaluation().undetermined):
            report(text, None if is_outside(urn) else urn)
        for failure in evaluation().failures:
            report(failure_text(failure), None)

    return validate


def _exemptions(evaluation: Callable[[], Evaluation]) -> StackValidation:
    def validate(_args: StackValidationArgs, report: ReportViolation) -> None:
        for notice in evaluation().notices:
            report(notice_text(notice), _place_of(notice.finding))
        for exemption in evaluation().unused:
            report(unused_text(exemption), None)

    return validate


def _nothing(_evaluation: Callable[[], Evaluation]) -> StackValidation:
    return lambda _args, _report: None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """A policy that tells something else than violations of a check.

    Attributes:
        description: What it tells.
        specification: What it rests on, in the guide or elsewhere.
        steps: What to do about it.
        validate: Makes what the engine calls.
        schema: What it can be configured with.
    """

    description: str
    specification: str
    steps: str
    validate: Callable[[Callable[[], Evaluation]], StackValidation]
    schema: PolicyConfigSchema | None = None


_REPORTS: Final = {
    ADVICE: _Report(
        description="The network works; the guide would have it otherwise.",
        specification="what the guide recommends",
        steps="Nothing must be done. Each message says what the guide would have, and how.",
        validate=_advice,
    ),
    UNDETERMINED: _Report(
        description="What cannot be known yet has no verdict.",
        specification="what a stack must state to be judged by the guide",
        steps="State the property that the message names, or look again after deployment.",
        validate=_undetermined,
    ),
    EXEMPTIONS: _Report(
        description="What is exempt is told, and so is what is not, or not any more.",
        specification="what an administrator exempts",
        steps="Mend what is exempt, or let the exemption be renewed; remove one that excuses nothing.",
        validate=_exemptions,
    ),
    SETTINGS: _Report(
        description="Settings that concern all checks together; it reports nothing.",
        specification="what an administrator states",
        steps="Nothing must be done.",
        validate=_nothing,
        schema=PolicyConfigSchema(properties=dict(pack_wide_properties())),
    ),
}


def _policy_that_reports(
    name: str, report: _Report, level: Level, evaluation: Callable[[], Evaluation]
) -> Policy:
    return StackValidationPolicy(
        name=name,
        description=report.description,
        validate=report.validate(evaluation),
        enforcement_level=_LEVELS[level],
        config_schema=report.schema,
        severity=Severity.LOW,
        framework=_framework(VPC_SECURITY, report.specification),
        remediation_steps=report.steps,
        url=VPC_SECURITY.url,
    )
