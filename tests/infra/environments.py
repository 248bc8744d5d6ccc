"""Environments on networks, without an engine."""

from collections.abc import Callable, Mapping
from typing import Any

import pulumi

from mwaa_network import Network, NetworkArgs
from mwaa_network.environment import Environment, EnvironmentArgs
from tests.infra.world import Json, Registered, World

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


def waited_for(world: World, environment: Registered | None = None) -> set[str]:
    """Return everything that is there before the environment, as `Type name`."""
    known = {f"{each.type.rpartition(':')[2]} {each.name}": each for each in world.resources}
    found: set[str] = set()
    new = set((environment or world.one(*ENVIRONMENT)).dependencies)
    while new:
        found |= new
        new = {each for name in new for each in known[name].dependencies} - found
    return found


def everything(world: World) -> set[str]:
    """Return every resource of AWS that a program makes, as `Type name`."""
    resources = [each for each in world.resources if each.type.startswith("aws:")]
    return {f"{each.type.rpartition(':')[2]} {each.name}" for each in resources}
