"""Shows what is going on: a spinner with the time on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

SECONDS_BETWEEN_LINES = 20.0
"""How often a long step reports itself where there is no terminal."""

console = Console(highlight=False, markup=False, soft_wrap=True)


def say(text: str) -> None:
    """Print one line of the local cloud's own, as it stands."""
    console.print(text)


@contextmanager
def step(what: str) -> Iterator[Callable[[str], None]]:
    """Show that `what` is going on until the block ends; the yielded function tells the detail."""
    show = _spinner if console.is_terminal else _lines
    with show(what) as detail:
        yield detail


@contextmanager
def _spinner(what: str) -> Iterator[Callable[[str], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what)
        yield lambda detail: progress.update(task, description=f"{what}: {detail}")
        took = progress.tasks[0].elapsed or 0.0
    say(f"{what}: done in {_readable(took)}")


@contextmanager
def _lines(what: str) -> Iterator[Callable[[str], None]]:
    started = reported = time.monotonic()

    def detail(text: str) -> None:
        nonlocal reported
        now = time.monotonic()
        if now - reported >= SECONDS_BETWEEN_LINES:
            reported = now
            say(f"{what}: {text} ({_readable(now - started)})")

    say(f"{what} ...")
    yield detail
    say(f"{what}: done in {_readable(time.monotonic() - started)}")


def _readable(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
