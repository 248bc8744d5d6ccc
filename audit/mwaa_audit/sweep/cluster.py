"""Work given to a Dask cluster, for who has outgrown one machine.

Its workers need not reach the states, so what stands in them is sent, and no client or credential is. A task
whose worker ends is given to another one by the scheduler; one that several workers died of is given back.
"""

import asyncio
import gc
import logging
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, ParamSpec, TypeVar

import dask
from dask.utils import parse_timedelta
from distributed import Client, KilledWorker, Security
from distributed.comm.core import connect

from mwaa_audit.errors import AuditError
from mwaa_audit.sweep.work import Workers
from mwaa_audit.version import code_digest, tool_version

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")

_DIGITS: Final = 8
# How many tasks a worker gets together: between it and here stand a scheduler and a network.
_TOGETHER: Final = 32
_TIMEOUT: Final = "distributed.comm.timeouts.connect"


@contextmanager
def cluster(address: str, jobs: int | None = None) -> Iterator[Workers]:
    """Give the workers of a Dask cluster; the cluster stays when the block ends.

    Args:
        address: Of its scheduler, such as `tcp://dask.example.com:8786`.
        jobs: How many pieces of work it does at a time; by default as many as its workers have threads.

    Raises:
        AuditError: The address is none, nobody answers there, the cluster was lost, or a worker of it has no
            mwaa-guardrails or another release.
    """
    seconds = parse_timedelta(dask.config.get(_TIMEOUT))
    try:
        # Unlike `asyncio.run`, it leaves the thread's own loop as it is.
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
            runner.run(_reach(address, seconds))
    except (ValueError, TypeError) as error:
        raise AuditError(
            f"{address} cannot be used as the address of a Dask scheduler: {error}. Write tcp://HOST:PORT, as"
            " `dask scheduler` tells it; for tls:// the certificates stand in Dask's own configuration"
        ) from None
    except OSError:
        raise AuditError(
            f"no Dask scheduler answers at {address} within {seconds:.0f} s. Start one with `dask scheduler`,"
            " and workers with `dask worker ADDRESS`, or leave --scheduler out to work on this machine"
        ) from None
    lost = AuditError(
        f"the Dask cluster at {address} was lost. Sweep again: what has been read and judged is kept"
    )
    # It would tell in its own words, and at length, what is told here.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with Client(address, set_as_default=False) as client:

        def at_a_time() -> int:
            try:
                return jobs or sum(client.nthreads().values()) or 1
            except OSError:
                raise lost from None

        try:
            with Workers(
                lambda: _OnCluster(client), at_a_time, fatal=KilledWorker, are_near=False, together=_TOGETHER
            ) as workers:
                yield workers
        except CancelledError:
            raise lost from None
        except ImportError as error:
            raise AuditError(
                f"a worker of the Dask cluster cannot import {error.name}: install mwaa-guardrails"
                f" {tool_version()} where the workers run"
            ) from None


async def _reach(address: str, seconds: float) -> None:
    """Speak to a scheduler and leave; a client that reaches none could not be closed."""
    async with asyncio.timeout(seconds):
        comm = await connect(address, **Security().get_connection_args("client"))
        await comm.close()


class _OnCluster(Executor):
    """Dask's own executor, with what `Workers` asks of one."""

    def __init__(self, client: Client) -> None:
        # Each piece of work is done, also one that is like another.
        self._executor = client.get_executor(pure=False)

    def submit(
        self, function: Callable[_Asked, _Answer], /, *arguments: _Asked.args, **named: _Asked.kwargs
    ) -> Future[_Answer]:
        """Give a piece of work to the cluster, as bytes that are opened where it is done.

        A scheduler or a worker that met a class it has not while it reads its messages would hang up.
        """
        work = pickle.dumps(_Work(partial(function, *arguments, **named)))
        future: Future[_Answer] = self._executor.submit(pickle.loads, work)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as the library has it; what is not waited for, Dask cancels anyway
        """End the work, not the cluster."""
        self._executor.shutdown(wait=wait)


@dataclass(frozen=True)
class _Work:
    """A piece of work; who opens what it is packed in does it, and has the answer."""

    asked: Callable[[], object]

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return in_release, (_release(), self.asked)


def in_release(release: str, asked: Callable[[], _Answer]) -> _Answer:
    """Do a piece of work where this is the release that asks for it; another one might judge otherwise."""
    own = _release()
    if own != release:
        raise AuditError(
            f"a worker of the Dask cluster has mwaa-guardrails {own}, and this is {release}: install"
            " the same release where the workers run"
        )
    _leave_what_is_loaded()
    return asked()


@cache
def _leave_what_is_loaded() -> None:
    """Look for no garbage in what a worker has loaded by now: there is much of it, and none is in there."""
    gc.collect()
    gc.freeze()


@cache
def _release() -> str:
    """Return a release with what tells it from other code that is called the same."""
    return f"{tool_version()} ({code_digest().hex()[:_DIGITS]})"
