"""Which resources of all stacks are judged together: a network is what hangs together by ids.

Beginning with an environment, or with a part by which tags declare one, everything is followed that has an id
in common, until nothing new comes. Whatever lies in the VPC names it, or something in it; so this ends with
the VPC, whichever stacks its parts are in. All environments met on the way are judged with it, once.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mwaa_audit.sweep.index import Index, Member
from mwaa_guardrails.reading.identity import identity_of
from mwaa_guardrails.reading.references import Family
from mwaa_guardrails.settings.outside import Fact

_PREFIX_LIST: Final = "pl-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedStack:
    """A stack that has a part in a network.

    Attributes:
        title: What it is called.
        bodies: Its resources that are judged, packed.
        beside: Those of another network that this one names, packed; no tag of theirs declares anything here.
    """

    title: str
    bodies: tuple[bytes, ...]
    beside: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedNetwork:
    """What is judged together.

    Attributes:
        stacks: The stacks that have a part in it, in the order of their titles.
    """

    stacks: tuple[PackedStack, ...]

    def sent(self) -> int:
        """Return how many bytes are sent to who judges it."""
        return sum(len(body) for stack in self.stacks for body in (*stack.bodies, *stack.beside))

    def digest(self, judged_by: bytes) -> bytes:
        """Return what tells it from any other network, and from itself judged by anything else."""
        told = hashlib.sha256(judged_by)
        for stack in self.stacks:
            told.update(f"\0{stack.title}\0{len(stack.bodies)}\0{len(stack.beside)}".encode())
            for body in (*stack.bodies, *stack.beside):
                told.update(hashlib.sha256(body).digest())
        return told.digest()


@dataclass(frozen=True, slots=True)
class _Ties:
    """What is said of ids outside the stacks: with which others each lies together, and which it names."""

    near: Mapping[str, frozenset[str]]
    far: Mapping[str, frozenset[str]]

    def of(self, ids: Iterable[str]) -> set[str]:
        """Return ids with all that lie together with them."""
        reached = set(ids)
        fresh = reached
        while fresh:
            fresh = {other for each in fresh for other in self.near.get(each, ())} - reached
            reached = reached | fresh
        return reached

    def named_by(self, ids: Iterable[str]) -> set[str]:
        """Return the ids that are merely named by what is said of these."""
        return {other for each in ids for other in self.far.get(each, ())}


def networks(index: Index, facts: Iterable[Fact] = ()) -> Iterator[PackedNetwork]:
    """Yield each network of an index once, in a fixed order; facts of what lies outside tie parts as well."""
    ties = _ties(facts)
    judged: set[int] = set()
    for beginning in index.beginnings():
        if beginning.id not in judged:
            members, followed = _together(index, beginning, ties)
            judged.update(each.id for each in members if each.begins)
            named = _named(index, members, ties.named_by(followed))
            yield _packed(index, [*members, *_of_stacks(index, members)], [*named, *_of_stacks(index, named)])


def _ties(facts: Iterable[Fact]) -> _Ties:
    near: dict[str, frozenset[str]] = {}
    far: dict[str, frozenset[str]] = {}
    for fact in facts:
        identities = [identity_of(each) for each in (fact.itself, *(each for _, each in fact.relations))]
        together = frozenset(id_ for each in identities for id_ in each.near)
        for id_ in together:
            near[id_] = near.get(id_, frozenset()) | together
        far[fact.id] = frozenset(id_ for each in identities for id_ in each.far)
    return _Ties(near, far)


def _together(index: Index, beginning: Member, ties: _Ties) -> tuple[list[Member], set[str]]:
    """Return everything that hangs together with a resource, and the ids by which it does."""
    members = {beginning.id: beginning}
    followed: set[str] = set()
    fresh = [beginning]
    while fresh:
        ids = ties.of(id_ for each in fresh for id_ in index.near_ids(each.id)) - followed
        followed |= ids
        fresh = []
        for each in index.near(sorted(ids)):
            if each.id not in members:
                members[each.id] = each
                fresh.append(each)
    return list(members.values()), followed


def _named(index: Index, members: Iterable[Member], named_outside: Iterable[str]) -> list[Member]:
    """Return what the rules of a network name as their far side, and is not in it."""
    far = {*named_outside, *(id_ for each in members for id_ in index.far_ids(each.id))}
    return [
        each
        for id_ in sorted(far)
        for each in (index.near([id_]) if id_.startswith(_PREFIX_LIST) else index.making(_group(id_)))
    ]


def _of_stacks(index: Index, members: Iterable[Member]) -> list[Member]:
    """Return what holds for all of the stacks of some resources: providers, templates."""
    return [each for stack in {each.stack for each in members} for each in index.of_stack(stack)]


def _group(id_: str) -> str:
    return f"{Family.SECURITY_GROUP.value} {id_}"


def _packed(index: Index, judged: Iterable[Member], beside: Iterable[Member]) -> PackedNetwork:
    of_network = {each.id: each for each in judged}
    of_others = {each.id: each for each in beside if each.id not in of_network}
    by_stack: dict[str, list[Member]] = {}
    for each in sorted(_true([*of_network.values(), *of_others.values()]), key=lambda each: each.urn):
        by_stack.setdefault(index.title(each.stack), []).append(each)
    return PackedNetwork(
        stacks=tuple(
            PackedStack(
                title=title,
                bodies=tuple(index.body(each.id) for each in of_one if each.id in of_network),
                beside=tuple(index.body(each.id) for each in of_one if each.id in of_others),
            )
            for title, of_one in sorted(by_stack.items())
        )
    )


def _true(members: Iterable[Member]) -> Iterator[Member]:
    """Yield one resource for each thing: who manages it knows it better than who looks it up."""
    made: set[str] = set()
    for each in sorted(members, key=lambda each: (each.external, each.urn)):
        if not each.thing or each.thing not in made:
            made.add(each.thing)
            yield each
