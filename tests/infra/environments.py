"""Environments on networks, without an engine."""

from collections.abc import Callable, Mapping
from typing import Any

import pulumi

from mwaa_network import Network, NetworkArgs
from mwaa_network.environment import Environment, EnvironmentArgs
from tests.infra.world import Json, World

ENVIRONMENT = ("aws:mwaa/environment:Environment", "mwaa-environment")


def program(
    network: NetworkArgs | None = None,
    *,
    name: str = "mwaa",
    **choices: Any,  # noqa: ANN401 - any choice
) -> Callable[[], Mapping[str, pulumi.Output[object]]]:
    """Return a program that makes a network and an environment on it, and returns the latter's outputs."""

    def run() -> Mapping[str, pulumi.Output[object]]:
        return Environment(name, EnvironmentArgs(network=Network("mwaa", network), **choices)).outputs()

    return run


def made(
    network: NetworkArgs | None = None,
    *,
    preview: bool = False,
    **choices: Any,  # noqa: ANN401 - likewise
) -> tuple[World, Json]:
    """Return the world with a network and an environment on it, and the environment's outputs."""
    world = World()
    return world, world.run(program(network, **choices), preview=preview)
