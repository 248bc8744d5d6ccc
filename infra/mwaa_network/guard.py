"""Lets a network look at what the engine remembers of it before anything is changed, in previews as well."""

import asyncio
from dataclasses import dataclass, field
from itertools import count
from typing import Final, Self

import pulumi

from mwaa_network.arguments import NetworkArgs
from mwaa_network.moves import move_problems, standing
from mwaa_network.problems import ConfigurationError
from mwaa_network.zones import RegionZones

_NAME: Final = "what stands is kept"
# The engine takes no two hooks of a name; networks of one name may have different parents.
_NUMBERS: Final = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    args: NetworkArgs
    at_hand: RegionZones


@dataclass(slots=True)
class Guard:
    """Compares a network that stands with the choices for it, as soon as both are known.

    The engine calls the hook before it updates the component, which comes before all of its parts; a preview
    is refused as an update is. The zones of the Region are looked up meanwhile.
    """

    _wanted: "asyncio.Future[_Wanted | None]" = field(
        default_factory=lambda: asyncio.get_event_loop().create_future()
    )

    def options(self, name: str) -> pulumi.ResourceOptions:
        """Return the options that let the engine ask."""
        hook = pulumi.ResourceHook(
            f"{name}: {_NAME} ({next(_NUMBERS)})", self._look, pulumi.ResourceHookOptions(on_dry_run=True)
        )
        return pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(before_update=[hook]))

    def settle(self, args: NetworkArgs, at_hand: RegionZones) -> None:
        """Tell what is wanted."""
        self._wanted.set_result(_Wanted(args=args, at_hand=at_hand))

    def __enter__(self) -> Self:
        """Begin to find out what is wanted."""
        return self

    def __exit__(self, *_: object) -> None:
        """Tell that nothing is, if it was not found out: the engine waits for an answer."""
        if not self._wanted.done():
            self._wanted.set_result(None)

    async def _look(self, engine: pulumi.ResourceHookArgs) -> None:
        before = standing(engine.old_inputs or {}, engine.old_outputs or {})
        wanted = await self._wanted
        if before is None or wanted is None:
            return
        if problems := tuple(move_problems(before, wanted.args, wanted.at_hand)):
            raise ConfigurationError(problems)
