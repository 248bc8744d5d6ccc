"""Where findings about the subnets of an environment are reported."""

from mwaa_guardrails.aws.model import Environment, Inside, NetworkModel, Origin, Reference


def reported_on(model: NetworkModel, environment: Environment, subnet: Reference) -> Origin:
    """Return where to report on a subnet: on itself, on the environment where it lies outside."""
    return model.subnets[subnet.urn].origin if isinstance(subnet, Inside) else environment.origin
