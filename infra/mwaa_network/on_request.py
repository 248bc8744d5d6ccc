"""Makes what a configuration asks for beside the network."""

import pulumi

from mwaa_network.network import Network


def environment_on(
    network: Network, parent: pulumi.Resource | None = None
) -> dict[str, pulumi.Output[object]]:
    """Make the environment that a network is named after, protected as the network is; return its outputs."""
    from mwaa_network.environment import (  # noqa: PLC0415 - loads a quarter of a second that a network saves
        Environment,
        EnvironmentArgs,
    )

    options = pulumi.ResourceOptions(parent=parent, protect=True if network.args.protect else None)
    return Environment(network.pulumi_resource_name, EnvironmentArgs(network=network), options).outputs()
