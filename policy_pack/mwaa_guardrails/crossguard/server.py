"""The pack as the engine's server: it listens to the SDK's calls and judges once.

The SDK decodes all resources anew for each stack policy, and shows a stack policy no inputs. So this steps
between: `Analyze` keeps each resource's inputs, `AnalyzeStack` decodes the resources once and hands the SDK
none; the policies read the evaluation instead.

An update without a preview has its stack judged only when everything exists. So when an update registers an
environment, `Analyze` reports what nothing that comes later can mend, under the policy that would report it
in the end, and the engine stops before it creates the environment.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

import pulumi_policy.policy
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict
from grpc import ServicerContext, StatusCode
from pulumi.runtime import proto
from pulumi_policy import EnforcementLevel, Policy, PolicyPack

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Check
from mwaa_guardrails.crossguard.administration import configured
from mwaa_guardrails.crossguard.policies import policies
from mwaa_guardrails.crossguard.wire import decode_registration, decode_resource
from mwaa_guardrails.evaluation import Evaluation, evaluate, evaluate_registration
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import finding_text
from mwaa_guardrails.reading.registration import is_environment
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.settings import SettingsError, Stated, stated_in_files

PACK_NAME: Final = "mwaa-guardrails"
# How the engine says that this is an update, before it can say so in a call.
_UPDATES: Final = os.environ.get("PULUMI_DRY_RUN") == "false"
_STOPS: Final = frozenset({EnforcementLevel.MANDATORY, EnforcementLevel.REMEDIATE})


class Session:
    """What one run of the engine has told so far, what has been told it, and the judgement in the end."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated
        self.settings = stated.settings
        self.updates = _UPDATES
        self.registered: dict[str, Resource] = {}
        self.told: set[tuple[str, str]] = set()
        self.evaluation: Evaluation = evaluate(())


class Servicer(pulumi_policy.policy._PolicyAnalyzerServicer):  # noqa: SLF001 - see the docstring of the module
    """The SDK's server, which judges the stack as a whole before the policies report."""

    def __init__(self, session: Session, name: str, version: str, pack: list[Policy], *rest: object) -> None:
        super().__init__(name, version, pack, *rest)  # type: ignore[arg-type] # passed on as they came
        self._session = session
        self._policies = {policy.name: policy for policy in pack}

    def Configure(self, request: proto.ConfigureAnalyzerRequest, context: ServicerContext) -> Empty:  # noqa: N802 - gRPC's name
        """Take what an administrator states; refuse a name or an option that no policy would look at."""
        properties = {name: MessageToDict(each.properties) for name, each in request.policyConfig.items()}
        try:
            self._session.settings = configured(self._session.stated, self._policies, properties)
        except SettingsError as error:
            context.abort(StatusCode.INVALID_ARGUMENT, str(error))
        answer: Empty = super().Configure(request, context)  # type: ignore[no-untyped-call] # SDK
        return answer

    def ConfigureStack(  # noqa: N802 - gRPC's name
        self, request: proto.AnalyzerStackConfigureRequest, context: ServicerContext
    ) -> proto.AnalyzerStackConfigureResponse:
        """Learn whether this is a preview; `pulumi policy analyze` does not say, and is none of both."""
        self._session.updates = not request.dry_run
        answer: proto.AnalyzerStackConfigureResponse = super().ConfigureStack(request, context)
        return answer

    def Analyze(self, request: proto.AnalyzeRequest, context: ServicerContext) -> proto.AnalyzeResponse:  # noqa: N802 - gRPC's name
        """Keep a resource's inputs, and judge an environment that an update is about to create."""
        answer: proto.AnalyzeResponse = super().Analyze(request, context)  # type: ignore[no-untyped-call] # SDK
        registered = decode_registration(request)
        if self._session.updates and is_environment(registered):
            before = tuple(self._session.registered.values())
            checks = self._checks_at(_STOPS)
            findings = evaluate_registration(registered, before, self._session.settings, checks=checks)
            self._tell(findings, answer)
        self._session.registered[request.urn] = registered
        return answer

    def AnalyzeStack(  # noqa: N802 - gRPC's name
        self, request: proto.AnalyzeStackRequest, context: ServicerContext
    ) -> proto.AnalyzeResponse:
        """Judge the stack, then let each policy report what has not been told."""
        told, registered = self._session.told, self._session.registered
        evaluation = evaluate(
            [decode_resource(each, registered.get(each.urn)) for each in request.resources],
            self._session.settings,
            checks=self._checks_at(frozenset(EnforcementLevel) - {EnforcementLevel.DISABLED}),
        )
        self._session.evaluation = replace(
            evaluation, violations=tuple(each for each in evaluation.violations if _place(each) not in told)
        )
        answer: proto.AnalyzeResponse = super().AnalyzeStack(  # type: ignore[no-untyped-call] # SDK
            proto.AnalyzeStackRequest(), context
        )
        return answer

    def _tell(self, findings: Iterable[Finding], answer: proto.AnalyzeResponse) -> None:
        for finding in findings:
            policy = self._policies[finding.check]
            report = self._create_report_violation(
                answer, policy.name, policy.description, EnforcementLevel.MANDATORY, policy.severity
            )
            report(finding_text(finding), finding.environment.origin.urn)
            self._session.told.add(_place(finding))

    def _checks_at(self, levels: frozenset[EnforcementLevel]) -> tuple[Check, ...]:
        return tuple(
            check for check in ALL_CHECKS if self._get_enforcement_level(self._policies[check.id]) in levels
        )


def serve() -> None:
    """Answer the engine until it ends the process; settings that cannot be taken end it at once."""
    try:
        session = Session(stated_in_files())
    except SettingsError as error:
        sys.exit(f"{PACK_NAME}: the settings cannot be taken.\n{error}")
    hooked = partial(Servicer, session)
    pulumi_policy.policy._PolicyAnalyzerServicer = hooked  # type: ignore[assignment,misc] # noqa: SLF001 - see the docstring of the module
    PolicyPack(PACK_NAME, policies(lambda: session.evaluation, session.stated.settings))


def _place(finding: Finding) -> tuple[str, str]:
    return finding.check, finding.environment.origin.urn
