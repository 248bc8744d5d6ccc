"""What a run tries of the many: some, drawn by a seed that it prints; or, with `EVERY=1`, all.

`SEED=… make test` makes the same choices again, Hypothesis's examples with them; `make proof` takes all.
"""

import os
import random
from collections.abc import Iterable
from typing import Final, TypeVar

EVERY: Final = bool(os.environ.get("EVERY"))
"""Whether all are tried."""

_NAME: Final = "SEED"
_Choice = TypeVar("_Choice")


def seed() -> str:
    """Return this run's seed; the processes that pytest starts find the same one."""
    return os.environ.setdefault(_NAME, str(random.SystemRandom().randrange(10**6)))


def told_seed() -> str:
    """Return the line that says how to run the tests with the same choices."""
    return f"{_NAME}={seed()}"


def drawn(name: str) -> random.Random:
    """Return the source of chance of the test that has this name."""
    return random.Random(f"{name} {seed()}")  # noqa: S311 - it keeps no secret


def some(choices: Iterable[_Choice], number: int, name: str) -> list[_Choice]:
    """Return so many of the choices, in their order, for the test that has this name; or all."""
    everything = list(choices)
    if EVERY or number >= len(everything):
        return everything
    return [everything[index] for index in sorted(drawn(name).sample(range(len(everything)), number))]
