"""The pack as the engine's server: it listens to the SDK's two calls and judges once.

The SDK decodes all resources anew for each stack policy, and shows a stack policy no inputs. So this steps
between: `Analyze` keeps each resource's inputs, `AnalyzeStack` decodes the resources once and hands the SDK
none; the policies read the evaluation instead.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

import pulumi_policy.policy
from grpc import ServicerContext
from pulumi.runtime import proto
from pulumi_policy import EnforcementLevel, Policy, PolicyPack

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.crossguard.policies import policies
from mwaa_guardrails.crossguard.wire import decode_properties, decode_resource
from mwaa_guardrails.evaluation import Evaluation, evaluate
from mwaa_guardrails.reading.resource import Value

PACK_NAME: Final = "mwaa-guardrails"


class Session:
    """What one run of the engine has told so far, and the judgement once all is told."""

    def __init__(self) -> None:
        self.inputs: dict[str, Mapping[str, Value]] = {}
        self.evaluation: Evaluation = evaluate(())


class Servicer(pulumi_policy.policy._PolicyAnalyzerServicer):  # noqa: SLF001 - see the module's docstring
    """The SDK's server, which judges the stack as a whole before the policies report."""

    def __init__(self, session: Session, name: str, version: str, pack: list[Policy], *rest: object) -> None:
        super().__init__(name, version, pack, *rest)  # type: ignore[arg-type] # passed on as they came
        self._session = session
        self._levels = {policy.name: partial(self._get_enforcement_level, policy) for policy in pack}

    def Analyze(self, request: proto.AnalyzeRequest, context: ServicerContext) -> proto.AnalyzeResponse:  # noqa: N802 - gRPC's name
        """Keep a resource's inputs; no policy of this pack judges a resource alone."""
        self._session.inputs[request.urn] = decode_properties(request.properties)
        answer: proto.AnalyzeResponse = super().Analyze(request, context)  # type: ignore[no-untyped-call] # SDK
        return answer

    def AnalyzeStack(  # noqa: N802 - gRPC's name
        self, request: proto.AnalyzeStackRequest, context: ServicerContext
    ) -> proto.AnalyzeResponse:
        """Judge the stack, then let each policy report."""
        inputs = self._session.inputs
        self._session.evaluation = evaluate(
            [decode_resource(each, inputs.get(each.urn, {})) for each in request.resources],
            {check.id: self._options(check.id) for check in ALL_CHECKS},
            [check for check in ALL_CHECKS if self._levels[check.id]() != EnforcementLevel.DISABLED],
        )
        answer: proto.AnalyzeResponse = super().AnalyzeStack(  # type: ignore[no-untyped-call] # SDK
            proto.AnalyzeStackRequest(), context
        )
        return answer

    def _options(self, check: str) -> Options:
        chosen = (self._get_policy_config(check) or {}).get("substitutes")
        return Options(substitutes=None if chosen is None else Substitutes(chosen))


def serve() -> None:
    """Answer the engine until it ends the process."""
    session = Session()
    hooked = partial(Servicer, session)
    pulumi_policy.policy._PolicyAnalyzerServicer = hooked  # type: ignore[assignment,misc] # noqa: SLF001
    PolicyPack(PACK_NAME, policies(lambda: session.evaluation))
