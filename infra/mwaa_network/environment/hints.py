"""What a preview tells beside the changes. Pure: texts from choices."""

from collections.abc import Iterator

from mwaa_guardrails.documents.facts import SUBNETS_PER_ENVIRONMENT
from mwaa_network.environment.arguments import EnvironmentArgs


def hints(args: EnvironmentArgs, *, endpoints: int) -> Iterator[str]:
    """Yield what an environment costs by the hour; the endpoints are those made in place of MWAA's."""
    size = f" of class {args.environment_class}" if args.environment_class else ""
    interfaces = f", {endpoints * SUBNETS_PER_ENVIRONMENT} endpoint interfaces" if endpoints else ""
    yield f"billed hourly: 1 environment{size}{interfaces}"
