"""A sweep: list, read what must be read, join by ids, judge each network, and tell all of it in order."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final, TypeAlias

from pydantic import TypeAdapter, ValidationError

from mwaa_audit.accepting import stated_exemptions
from mwaa_audit.backends import Backend
from mwaa_audit.baselines import Baseline, with_baseline
from mwaa_audit.criteria import NOTHING_STATED, Criteria
from mwaa_audit.errors import AuditError
from mwaa_audit.judging import Judgement, judge
from mwaa_audit.result import PastSweep, ReportedFailure, Result, StatedExemption
from mwaa_audit.states import Described, Stack
from mwaa_audit.sweep.index import Index
from mwaa_audit.sweep.networks import PackedNetwork, networks
from mwaa_audit.sweep.rows import Due, StackRow, carried, due, read_row, unpacked
from mwaa_audit.sweep.work import Workers, threads
from mwaa_audit.version import code_digest, tool_version
from mwaa_guardrails.checks.check import Level
from mwaa_guardrails.reading.tags import TagKeys, untagged

# How many states are read at a time for workers that cannot reach them.
_READERS: Final = 8
_DIED: Final = "the process that read it died"
_JUDGEMENT: Final = TypeAdapter(Judgement)

# Told how many stacks are read, and how many networks are judged.
Progress: TypeAlias = Callable[[int, int], None]


def sweep(  # noqa: PLR0913 - four that do the work, and a choice of the user's each
    backend: Backend,
    index: Index,
    workers: Workers,
    progress: Progress,
    criteria: Criteria = NOTHING_STATED,
    *,
    changed_only: bool = False,
    known: Baseline | None = None,
    remembered: bool = True,
) -> Result:
    """Judge all stacks of a backend together.

    What is read and judged is in the index at once, so that a sweep which is killed goes on where it was.

    Args:
        backend: Where the states lie.
        index: What earlier sweeps left, and where this one keeps what it reads.
        workers: Read and judge.
        progress: Is told how far it is.
        criteria: What to judge by.
        changed_only: Whether states that are as an earlier sweep read them are taken from the index.
        known: What a baseline knows.
        remembered: Whether the index keeps what this sweep counts, for the trend.
    """
    keys = criteria.settings.tags
    index.begin(f"{code_digest().hex()} {keys.environment}", changed_only=changed_only)
    _read(backend, index, workers, progress, keys)
    index.forget_others()
    index.refuse_twins()
    _judge(index, workers, progress, criteria)
    index.end()
    result = _result(index, criteria)
    if known is not None:
        result = with_baseline(result, known, everywhere=True)
    if not remembered:
        return result
    return replace(result, history=index.remember(_counted(result, criteria)))


def _counted(result: Result, criteria: Criteria) -> PastSweep:
    stops = (each for each in result.violations if each.level is Level.MANDATORY)
    return PastSweep(
        day=criteria.today.isoformat(),
        stacks=len(result.stacks),
        unreadable=len(result.unreadable),
        networks=len(result.environments),
        broken=len({each.key for each in stops}),
        violations=len(result.violations),
        advice=len(result.advice),
        questions=len(result.questions),
    )


def _read(backend: Backend, index: Index, workers: Workers, progress: Progress, keys: TagKeys) -> None:
    read = 0

    def unread() -> Iterator[Due]:
        nonlocal read
        for each in backend.states():
            if index.is_current(each):
                index.note(each)
                read += 1
            else:
                yield due(backend, each)

    with _within_reach(workers, unread()) as states:
        for told in workers.answers(partial(read_row, keys), states, Due.sent):
            index.keep((row or _lost_state(state), state.listed) for state, row in told)
            read += len(told)
            progress(read, 0)
    index.commit()


@contextmanager
def _within_reach(workers: Workers, states: Iterable[Due]) -> Iterator[Iterable[Due]]:
    """Give states that the workers can read, wherever they are; those far away get them from here."""
    if workers.are_near:
        yield states
        return
    with threads(_READERS) as readers:
        told = readers.answers(carried, states, Due.sent)
        yield (here for some in told for _, here in some if here is not None)


def _lost_state(due: Due) -> StackRow:
    return StackRow(location=due.listed.location, reason=_DIED)


def _judge(index: Index, workers: Workers, progress: Progress, criteria: Criteria) -> None:
    judged_by = code_digest() + criteria.digest
    index.begin_judging()
    judged = 0

    def unjudged() -> Iterator[PackedNetwork]:
        nonlocal judged
        for network in networks(index, criteria.settings.outside):
            if index.told(network.digest(judged_by)):
                judged += 1
            else:
                yield network

    for told in workers.answers(partial(judge_network, criteria), unjudged(), PackedNetwork.sent):
        index.tell((network.digest(judged_by), said or _lost(network)) for network, said in told)
        judged += len(told)
        progress(0, judged)


def judge_network(criteria: Criteria, network: PackedNetwork) -> bytes:
    """Judge the stacks of a network together; return what is to be said, packed."""
    stacks = []
    for each in network.stacks:
        project, _, name = each.title.rpartition("/")
        judged = (unpacked(body) for body in each.bodies)
        beside = (_untagged(unpacked(body)) for body in each.beside)
        stacks.append(Stack(project=project, name=name, resources=(*judged, *beside)))
    try:
        return _packed(replace(judge(stacks, criteria), unread={}))
    except Exception as error:  # noqa: BLE001 - a defect of ours in one network is told, and the others are judged
        return _failed(network, type(error).__name__)


def _untagged(described: Described) -> Described:
    return replace(described, resource=untagged(described.resource))


def _lost(network: PackedNetwork) -> bytes:
    return _failed(network, "the end of its process")


def _failed(network: PackedNetwork, exception: str) -> bytes:
    failure = ReportedFailure(
        stacks=tuple(each.title for each in network.stacks),
        part="judging",
        exception=exception,
        text=f"judging failed with {exception}. This is a defect of mwaa-guardrails, not of the stacks.",
    )
    return _packed(Judgement(failures=(failure,)))


def _packed(judgement: Judgement) -> bytes:
    return zlib.compress(_JUDGEMENT.dump_json(judgement), 1)


def _unpacked(told: bytes) -> Judgement:
    try:
        return _JUDGEMENT.validate_json(zlib.decompress(told))
    except (ValidationError, zlib.error):
        raise AuditError(
            "the index holds a judgement that cannot be read: remove the index, or name another by --index"
        ) from None


def _exemptions(index: Index, told: Iterable[Judgement], criteria: Criteria) -> tuple[StatedExemption, ...]:
    """Return what the settings exempt; what was not judged may be what one of them is for."""
    given = tuple(told)
    ignored = criteria.settings.ignore_exemptions
    whole = not ignored and not index.unreadable() and not any(each.failures for each in given)
    everything = range(len(criteria.settings.exemptions))
    fitting = sum((Counter(each.fitting) for each in given), Counter[int]())
    waiting = (at for each in given for at in each.waiting)
    return stated_exemptions(criteria, fitting, everything if whole else (), waiting)


def _result(index: Index, criteria: Criteria) -> Result:
    told = [_unpacked(each) for each in index.judgements()]
    return Result(
        stacks=index.stacks(),
        unreadable=index.unreadable(),
        environments=tuple(
            sorted(
                (each for judgement in told for each in judgement.environments),
                key=lambda each: (each.stack, each.name),
            )
        ),
        findings=tuple(
            sorted(
                (each for judgement in told for each in judgement.findings),
                key=lambda each: (each.stack, each.check, each.environment, each.subject.urn, each.text),
            )
        ),
        questions=tuple(
            sorted(
                (each for judgement in told for each in judgement.questions),
                key=lambda each: (each.subject.urn, each.text),
            )
        ),
        failures=tuple(
            sorted(
                (each for judgement in told for each in judgement.failures),
                key=lambda each: (each.stacks, each.part),
            )
        ),
        exemptions=_exemptions(index, told, criteria),
        levels=criteria.levels,
        networks=tuple(
            sorted(
                (each for judgement in told for each in judgement.networks),
                key=lambda each: (each.stack, each.environment),
            )
        ),
        tool_version=tool_version(),
    )
