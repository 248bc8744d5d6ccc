"""How far a long work is: on a terminal, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mwaa_audit.terminal import console


@contextmanager
def progress(first: str, second: str) -> Iterator[Callable[[int, int], None]]:
    """Show how much of two kinds of work is done, while the block runs.

    What is yielded is told how much is done of each; 0 where nothing changed.
    """
    to = console(stderr=True)
    if not to.is_terminal:
        yield lambda _first, _second: None
        return
    columns = (BarColumn(pulse_style="cyan"), TextColumn("{task.completed:,.0f} {task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=to, transient=True) as bar:
        tasks = [bar.add_task(name, total=None) for name in (first, second)]

        def tell(*done: int) -> None:
            for task, number in zip(tasks, done, strict=True):
                if number:
                    bar.update(task, completed=number)

        yield tell


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show that something else works, and how long it has, while the block runs."""
    to = console(stderr=True)
    if not to.is_terminal:
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=to, transient=True) as spinner:
        spinner.add_task(what, total=None)
        yield
