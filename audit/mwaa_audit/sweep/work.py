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
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Final, Self, TypeAlias, TypeVar

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")
_Batch: TypeAlias = tuple[_Task, ...]
_Told: TypeAlias = list[tuple[_Task, _Answer | None]]

# How much work each of them has at hand.
_AHEAD: Final = 3
# How many tasks a process gets together.
_TOGETHER: Final = 8
# How large they are together, before it is enough: an eighth of what some clusters take for large.
_BYTES: Final = 4 * 1024 * 1024


class Workers:
    """Workers, replaced where one of them dies; they end with the block.

    Args:
        make: Makes the executor that the work is given to.
        jobs: Tells how many pieces of work it does at a time; asked again and again, for a cluster grows.
        fatal: The exception of work that its worker died of.
        are_near: Whether they can open what this process can.
        together: How many tasks are one piece of work: each piece costs something, whatever it holds.
    """

    def __init__(
        self,
        make: Callable[[], Executor],
        jobs: Callable[[], int],
        *,
        fatal: type[Exception] = BrokenExecutor,
        are_near: bool = True,
        together: int = 1,
    ) -> None:
        self._make = make
        self._executor = make()
        self._jobs = jobs
        self._fatal = fatal
        self.are_near = are_near
        self._together = together

    def __enter__(self) -> Self:
        """Give the workers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them, at once where the block was interrupted."""
        self._executor.shutdown(wait=kind is None, cancel_futures=True)

    def answers(
        self, function: Callable[[_Task], _Answer], tasks: Iterable[_Task], size: Callable[[_Task], int]
    ) -> Iterator[_Told[_Task, _Answer]]:
        """Yield tasks with their answers, some at a time, as they come.

        Args:
            function: Does a task.
            tasks: What to do.
            size: Tells how many bytes of a task are sent to who does it.

        Yields:
            Some tasks, each with its answer; None for a task that its worker dies of.
        """
        waiting = self._batches(tasks, size)
        work = partial(_all, function)
        running: dict[Future[list[_Answer]], _Batch[_Task]] = {}
        while True:
            suspects: list[_Batch[_Task]] = []
            for batch in islice(waiting, max(0, self._jobs() * _AHEAD - len(running))):
                try:
                    running[self._executor.submit(work, batch)] = batch
                except self._fatal:
                    # A worker died since the last answer: no more is taken, and what is taken is not lost.
                    suspects.append(batch)
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
                yield list(zip(running.pop(each), each.result(), strict=True))
            if suspects:
                self._replace()
                yield from self._one_by_one(work, suspects)

    def _batches(self, tasks: Iterable[_Task], size: Callable[[_Task], int]) -> Iterator[_Batch[_Task]]:
        batch: list[_Task] = []
        large = 0
        for task in tasks:
            batch.append(task)
            large += size(task)
            if len(batch) == self._together or large >= _BYTES:
                yield tuple(batch)
                batch, large = [], 0
        if batch:
            yield tuple(batch)

    def _died(self, future: Future[_Answer]) -> bool:
        return not future.cancelled() and isinstance(future.exception(), self._fatal)

    def _one_by_one(
        self, work: Callable[[_Batch[_Task]], list[_Answer]], batches: Iterable[_Batch[_Task]]
    ) -> Iterator[_Told[_Task, _Answer]]:
        for batch in batches:
            try:
                answers = self._executor.submit(work, batch).result()
            except self._fatal:
                self._replace()
                if len(batch) == 1:
                    yield [(batch[0], None)]
                else:
                    yield from self._one_by_one(work, [(task,) for task in batch])
            else:
                yield list(zip(batch, answers, strict=True))

    def _replace(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._make()


def _all(function: Callable[[_Task], _Answer], tasks: _Batch[_Task]) -> list[_Answer]:
    return [function(each) for each in tasks]


def _ends_all(future: Future[_Answer]) -> bool:
    return future.cancelled() or future.exception() is not None


def processes(jobs: int) -> Workers:
    """Return workers that are processes of this machine."""

    def make() -> Executor:
        return ProcessPoolExecutor(
            jobs, mp_context=multiprocessing.get_context("spawn"), initializer=leave_interrupts
        )

    return Workers(make, lambda: jobs, together=_TOGETHER)


def threads(jobs: int) -> Workers:
    """Return workers that are threads of this process, for work that mostly waits."""
    return Workers(lambda: ThreadPoolExecutor(jobs), lambda: jobs)


def leave_interrupts() -> None:
    """Leave Ctrl-C to the process that people talk to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
