"""Makes what a configuration asks for beside the network."""

import pulumi

from mwaa_network.network import Network


def environment_on(network: Network) -> dict[str, pulumi.Output[object]]:
    """Make the environment that a network is named after, protected as the network is; return its outputs."""
    # Loads parts of the AWS package that take a quarter of a second, and that a network does without.
    from mwaa_network.environment import Environment, EnvironmentArgs  # noqa: PLC0415 - see above

    protection = pulumi.ResourceOptions(protect=True if network.args.protect else None)
    return Environment(network.pulumi_resource_name, EnvironmentArgs(network=network), protection).outputs()
