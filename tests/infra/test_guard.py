"""What stands is looked at once the choices are known, and nobody waits for choices that never are."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

import pulumi
import pytest

from mwaa_network.guard import Guard

_Result = TypeVar("_Result")


def _run(work: Coroutine[object, object, _Result]) -> _Result:
    """Run a coroutine, and leave the thread's own event loop as it is."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def test_a_look_up_that_fails_lets_the_engine_go_on() -> None:
    """It waits for the answer to the hook, and the program for the engine."""

    async def waited() -> object:
        guard = Guard()
        with pytest.raises(PermissionError), guard:
            raise PermissionError
        return await asyncio.wait_for(guard._wanted, timeout=1)

    assert _run(waited()) is None


def test_two_networks_of_one_name_have_two_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With parents of their own they are two in a program, and the engine takes no two hooks of a name."""
    names: set[str] = set()

    def hook(name: str, *_: object) -> str:
        names.add(name)
        return name

    monkeypatch.setattr(pulumi, "ResourceHook", hook)

    async def make() -> None:
        for _ in range(2):
            Guard().options("mwaa")

    _run(make())
    assert len(names) == 2
