"""From the bytes of a state to what the index keeps of it; runs in processes of its own."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from mwaa_audit.backends import Backend, Listed
from mwaa_audit.errors import AuditError
from mwaa_audit.states import Described, Stack, read_stack
from mwaa_audit.states.resources import read_resource
from mwaa_audit.states.written import written
from mwaa_guardrails.reading.identity import identity_of, is_of_its_stack, is_tied, may_be_tied
from mwaa_guardrails.reading.network import is_read
from mwaa_guardrails.reading.registration import is_environment
from mwaa_guardrails.reading.tags import TagKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRow:
    """A resource, as the index keeps it.

    Attributes:
        urn: Its URN.
        thing: What it makes, in one text; empty when nobody knows.
        external: Whether the program only looks it up.
        begins: Whether a judgement begins with it.
        of_stack: Whether it says something of others of its stack.
        near: The ids that tie it to others.
        far: The ids that it merely names.
        body: The resource itself, packed.
    """

    urn: str
    thing: str
    external: bool
    begins: bool
    of_stack: bool
    near: tuple[str, ...]
    far: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRow:
    """A stack, as the index keeps it.

    Attributes:
        location: Where it was read.
        reason: Why it could not be read; empty when it could.
        title: `project/stack`.
        resources: How many resources it has.
        environments: How many of them are environments.
        unread: How many of each type no check looks at.
        tied: Those that a model of several stacks takes.
    """

    location: str
    reason: str = ""
    title: str = ""
    resources: int = 0
    environments: int = 0
    unread: Mapping[str, int] | None = None
    tied: tuple[ResourceRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A state that is to be read.

    Attributes:
        listed: The state.
        content: Reads it. Raises AuditError.
        carried: How much of it goes with this, in bytes.
    """

    listed: Listed
    content: Callable[[], bytes]
    carried: int = 0

    def sent(self) -> int:
        """Return how many bytes are sent to who reads it."""
        return self.carried


def due(backend: Backend, listed: Listed) -> Due:
    """Return a state that is to be read where it lies."""
    return Due(listed=listed, content=partial(backend.content, listed.location))


def carried(due: Due) -> Due:
    """Return a state with what stands in it, packed, for one who cannot reach where it lies."""
    try:
        content = due.content()
    except Exception as error:  # noqa: BLE001 - whatever a store's library raises, the state is listed as not read
        return replace(due, content=partial(_refuse, _reason(error)))
    packed = zlib.compress(content, zlib.Z_BEST_SPEED)
    return replace(due, content=partial(zlib.decompress, packed), carried=len(packed))


def _refuse(reason: str) -> bytes:
    raise AuditError(reason)


def read_row(keys: TagKeys, due: Due) -> StackRow:
    """Read a state, where these tags declare networks; one that cannot be read does not stop the others."""
    location = due.listed.location
    try:
        return _row(read_stack(due.content(), may_be_tied), keys, location)
    except Exception as error:  # noqa: BLE001 - whatever a malformed state does to its reader, it is listed as not read
        return StackRow(location=location, reason=_reason(error))


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, AuditError) else f"reading it failed with {type(error).__name__}"


def _row(stack: Stack, keys: TagKeys, location: str) -> StackRow:
    return StackRow(
        location=location,
        title=stack.title,
        resources=len(stack.resources),
        environments=sum(is_environment(each.resource) for each in stack.resources),
        unread=Counter(each.resource.type for each in stack.resources if not is_read(each.resource)),
        tied=tuple(_resource_row(each, keys) for each in stack.resources if is_tied(each.resource)),
    )


def _resource_row(described: Described, keys: TagKeys) -> ResourceRow:
    identity = identity_of(described.resource, keys)
    return ResourceRow(
        urn=described.resource.urn,
        thing=" ".join(identity.thing or ()),
        external=described.external,
        begins=identity.begins,
        of_stack=is_of_its_stack(described.resource),
        near=tuple(sorted(identity.near)),
        far=tuple(sorted(identity.far)),
        body=zlib.compress(json.dumps(written(described), separators=(",", ":")).encode(), 1),
    )


def unpacked(body: bytes) -> Described:
    """Return the resource in a row."""
    return read_resource(json.loads(zlib.decompress(body)), "resource")
