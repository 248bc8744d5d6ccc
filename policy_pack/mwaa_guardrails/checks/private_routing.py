"""What holds for environments with private routing alone: without any way out of the VPC."""

from collections.abc import Callable, Iterator

from mwaa_guardrails.aws.model import Environment, NetworkModel
from mwaa_guardrails.aws.routes import WayOut, routing_of
from mwaa_guardrails.findings import Finding, Undetermined
from mwaa_guardrails.unknown import Unknown


def with_private_routing(
    check: str,
    model: NetworkModel,
    judge: Callable[[Environment], Iterator[Finding | Undetermined]],
) -> Iterator[Finding | Undetermined]:
    """Judge each environment with private routing.

    Where the routing is not known yet, and the verdict would not be silence, the routing is the question.
    """
    for environment in model.environments:
        routing = routing_of(model, environment)
        if routing is WayOut.NONE:
            yield from judge(environment)
        elif isinstance(routing, Unknown) and any(True for _ in judge(environment)):
            yield Undetermined(check=check, environment=environment, unknown=routing)
