"""Work given to others, a little at a time, so that neither it nor the answers pile up."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from itertools import islice
from types import TracebackType
from typing import Final, Self, TypeVar

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

# How much work each of them has at hand.
_AHEAD: Final = 3


class Workers:
    """Workers, replaced where one of them dies; they end with the block.

    Args:
        make: Makes the executor that the work is given to.
        jobs: Tells how many pieces of work it does at a time; asked again and again, for a cluster grows.
        fatal: The exception of work that its worker died of.
        are_near: Whether they can open what this process can.
    """

    def __init__(
        self,
        make: Callable[[], Executor],
        jobs: Callable[[], int],
        *,
        fatal: type[Exception] = BrokenExecutor,
        are_near: bool = True,
    ) -> None:
        self._make = make
        self._executor = make()
        self._jobs = jobs
        self._fatal = fatal
        self.are_near = are_near

    def __enter__(self) -> Self:
        """Give the workers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them, at once where the block was interrupted."""
        self._executor.shutdown(wait=kind is None, cancel_futures=True)

    def answers(
        self, function: Callable[[_Task], _Answer], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Answer | None]]:
        """Yield tasks with their answers, as they come; None for a task that its worker dies of."""
        waiting = iter(tasks)
        running: dict[Future[_Answer], _Task] = {}
        while True:
            suspects: list[_Task] = []
            for task in islice(waiting, max(0, self._jobs() * _AHEAD - len(running))):
                try:
                    running[self._executor.submit(function, task)] = task
                except self._fatal:
                    # A worker died since the last answer: no more is taken, and what is taken is not lost.
                    suspects.append(task)
                    break
            if not running and not suspects:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            if suspects or any(self._died(each) for each in done):
                # One of all that ran is to blame, and nobody knows which one.
                done, _ = wait(running)
            suspects += [running.pop(each) for each in running.keys() & done if self._died(each)]
            # What is done is told before what ends all of it.
            for each in sorted(running.keys() & done, key=_ends_all):
                yield running.pop(each), each.result()
            if suspects:
                yield from self._one_by_one(function, suspects)

    def _died(self, future: Future[_Answer]) -> bool:
        return not future.cancelled() and isinstance(future.exception(), self._fatal)

    def _one_by_one(
        self, function: Callable[[_Task], _Answer], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Answer | None]]:
        self._replace()
        for task in tasks:
            try:
                answer = self._executor.submit(function, task).result()
            except self._fatal:
                self._replace()
                yield task, None
            else:
                yield task, answer

    def _replace(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._make()


def _ends_all(future: Future[_Answer]) -> bool:
    return future.cancelled() or future.exception() is not None


def processes(jobs: int) -> Workers:
    """Return workers that are processes of this machine."""

    def make() -> Executor:
        return ProcessPoolExecutor(
            jobs, mp_context=multiprocessing.get_context("spawn"), initializer=leave_interrupts
        )

    return Workers(make, lambda: jobs)


def threads(jobs: int) -> Workers:
    """Return workers that are threads of this process, for work that mostly waits."""
    return Workers(lambda: ThreadPoolExecutor(jobs), lambda: jobs)


def leave_interrupts() -> None:
    """Leave Ctrl-C to the process that people talk to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
