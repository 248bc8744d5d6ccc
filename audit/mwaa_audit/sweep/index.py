"""What a sweep keeps on disk: the stacks that it read, their resources, the ids between them, the judgements.

All of it lies in one SQLite file, so that the memory of a sweep does not grow with the organization, and a
sweep that is killed goes on where it was. Each batch of stacks is one transaction. The file holds properties
of resources, secrets excepted, and is its user's alone.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from mwaa_audit.backends import Listed
from mwaa_audit.errors import AuditError
from mwaa_audit.result import PastSweep, StackRead, StackUnread
from mwaa_audit.sweep.rows import StackRow

# Raised when the tables, or what is in them, change.
_VERSION: Final = 6
# What SQLite says that a file is, here "MWAA"; it was not said before version 5.
_APPLICATION: Final = 0x4D574141
_EARLIER: Final = frozenset({"judgement", "sweep"})
_TABLES: Final = """
CREATE TABLE sweep (number INTEGER NOT NULL, complete INTEGER NOT NULL, read_by TEXT NOT NULL);
INSERT INTO sweep VALUES (0, 1, '');
CREATE TABLE stack (
    id INTEGER PRIMARY KEY,
    location TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL,
    listed INTEGER NOT NULL,
    read INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    reason TEXT NOT NULL,
    title TEXT NOT NULL,
    resources INTEGER NOT NULL,
    environments INTEGER NOT NULL,
    unread TEXT NOT NULL
);
CREATE INDEX stack_title ON stack (title);
CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    stack INTEGER NOT NULL REFERENCES stack ON DELETE CASCADE,
    urn TEXT NOT NULL,
    thing TEXT NOT NULL,
    external INTEGER NOT NULL,
    begins INTEGER NOT NULL,
    of_stack INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX resource_stack ON resource (stack, of_stack);
CREATE INDEX resource_thing ON resource (thing) WHERE thing != '';
CREATE INDEX resource_begins ON resource (begins) WHERE begins;
CREATE TABLE near (
    id TEXT NOT NULL,
    resource INTEGER NOT NULL REFERENCES resource ON DELETE CASCADE,
    PRIMARY KEY (id, resource)
) WITHOUT ROWID;
CREATE INDEX near_resource ON near (resource);
CREATE TABLE far (
    resource INTEGER NOT NULL REFERENCES resource ON DELETE CASCADE,
    id TEXT NOT NULL,
    PRIMARY KEY (resource, id)
) WITHOUT ROWID;
CREATE TABLE judgement (
    digest BLOB PRIMARY KEY,
    sweep INTEGER NOT NULL,
    told BLOB NOT NULL
) WITHOUT ROWID;
"""
# Kept from release to release: what cannot be counted again. A column more is another table.
_PAST: Final = """
CREATE TABLE IF NOT EXISTS past (
    day TEXT PRIMARY KEY,
    stacks INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    networks INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    violations INTEGER NOT NULL,
    advice INTEGER NOT NULL,
    questions INTEGER NOT NULL
) WITHOUT ROWID
"""
_REMEMBER: Final = """
INSERT OR REPLACE INTO past (day, stacks, unreadable, networks, broken, violations, advice, questions)
VALUES (:day, :stacks, :unreadable, :networks, :broken, :violations, :advice, :questions)
"""
# Of so many days; of a chart of more, nobody could see them apart.
_DAYS: Final = 400
# Those of stacks that are judged; a condition follows.
_MEMBERS: Final = """
SELECT resource.id, stack, urn, thing, external, begins FROM resource
JOIN stack ON stack.id = resource.stack AND stack.reason = ''
"""
# A stack of which another file, which comes first, is listed as well.
_REFUSE_TWINS: Final = """
    UPDATE stack SET version = '', reason = 'another file, which was read, has the same stack' WHERE
    title != '' AND reason = '' AND EXISTS (
        SELECT 1 FROM stack AS other
        WHERE other.title = stack.title AND other.reason = '' AND other.location < stack.location
    )
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A resource of the index, without its properties."""

    id: int
    stack: int
    urn: str
    thing: str
    external: bool
    begins: bool


class Index:
    """An open index; no other sweep can use it meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._number = 0
        self._changed_only = False

    def begin(self, read_by: str, *, changed_only: bool) -> None:
        """Begin a sweep, or go on with one that did not end.

        Args:
            read_by: What tells how states are read. What was read otherwise is read again.
            changed_only: Whether what an earlier sweep read is current, where it has not changed.
        """
        ask = self._connection.execute
        with self._connection:
            if ask("SELECT read_by FROM sweep").fetchone() != (read_by,):
                ask("UPDATE stack SET version = ''")
            ask("UPDATE sweep SET number = number + complete, complete = 0, read_by = ?", (read_by,))
        (self._number,) = ask("SELECT number FROM sweep").fetchone()
        self._changed_only = changed_only

    def end(self) -> None:
        """End the sweep: judgements that it did not meet are of networks that are no more."""
        with self._connection:
            self._connection.execute("DELETE FROM judgement WHERE sweep != ?", (self._number,))
            self._connection.execute("UPDATE sweep SET complete = 1")

    def remember(self, sweep: PastSweep) -> tuple[PastSweep, ...]:
        """Keep what a sweep counted, in place of an earlier one of its day; return what is kept by days."""
        ask = self._connection.execute
        with self._connection:
            ask(_REMEMBER, asdict(sweep))
            ask(
                "DELETE FROM past WHERE day NOT IN (SELECT day FROM past ORDER BY day DESC LIMIT ?)", (_DAYS,)
            )
            kept = ask("SELECT * FROM past ORDER BY day")
            columns = [name for name, *_ in kept.description]
            return tuple(PastSweep(**dict(zip(columns, each, strict=True))) for each in kept)

    def is_current(self, listed: Listed) -> bool:
        """Tell whether a state need not be read again: in this sweep, or in any, it was."""
        found = self._connection.execute(
            "SELECT read FROM stack WHERE location = ? AND version = ? AND version != ''",
            (listed.location, listed.version),
        ).fetchone()
        return found is not None and (self._changed_only or found[0] == self._number)

    def note(self, listed: Listed) -> None:
        """Note that a state that was read is still there."""
        self._connection.execute(
            "UPDATE stack SET listed = ?, locked = ? WHERE location = ?",
            (self._number, listed.locked, listed.location),
        )

    def commit(self) -> None:
        """Keep what was noted."""
        self._connection.commit()

    def forget_others(self) -> None:
        """Forget the stacks that this sweep did not meet."""
        with self._connection:
            self._connection.execute("DELETE FROM stack WHERE listed != ?", (self._number,))

    def keep(self, rows: Iterable[tuple[StackRow, Listed]]) -> None:
        """Keep stacks that were read, each with what was known of it before."""
        with self._connection:
            for row, listed in rows:
                self._keep(row, listed)

    def _keep(self, row: StackRow, listed: Listed) -> None:
        ask = self._connection.execute
        ask("DELETE FROM stack WHERE location = ?", (row.location,))
        # What could not be read is read again the next time.
        version = "" if row.reason else listed.version
        place = (row.location, version, self._number, self._number, listed.locked)
        unread = json.dumps(row.unread or {}, sort_keys=True)
        stack = ask(
            "INSERT INTO stack (location, version, listed, read, locked, reason, title, resources,"
            " environments, unread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*place, row.reason, row.title, row.resources, row.environments, unread),
        ).lastrowid
        for each in row.tied:
            resource = ask(
                "INSERT INTO resource (stack, urn, thing, external, begins, of_stack, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (stack, each.urn, each.thing, each.external, each.begins, each.of_stack, each.body),
            ).lastrowid
            ties = self._connection.executemany
            ties("INSERT INTO near (id, resource) VALUES (?, ?)", [(id_, resource) for id_ in each.near])
            ties("INSERT INTO far (resource, id) VALUES (?, ?)", [(resource, id_) for id_ in each.far])

    def refuse_twins(self) -> None:
        """Leave out a stack of which another file was read as well: nobody can say which one is true."""
        with self._connection:
            self._connection.execute(_REFUSE_TWINS)

    def beginnings(self) -> Iterator[Member]:
        """Yield the resources that judgements begin with, in a fixed order."""
        yield from self._members("WHERE begins ORDER BY stack.title, resource.urn", ())

    def near(self, ids: Iterable[str]) -> Iterator[Member]:
        """Yield the resources that have one of these ids near."""
        for id_ in ids:
            yield from self._members("JOIN near ON near.resource = resource.id WHERE near.id = ?", (id_,))

    def making(self, thing: str) -> Iterator[Member]:
        """Yield the resources that make a thing."""
        yield from self._members("WHERE thing = ? AND thing != ''", (thing,))

    def of_stack(self, stack: int) -> Iterator[Member]:
        """Yield the resources that say something of others of their stack."""
        yield from self._members("WHERE stack = ? AND of_stack", (stack,))

    def near_ids(self, resource: int) -> list[str]:
        """Return the ids that a resource has near."""
        return [
            row[0] for row in self._connection.execute("SELECT id FROM near WHERE resource = ?", (resource,))
        ]

    def far_ids(self, resource: int) -> list[str]:
        """Return the ids that a resource merely names."""
        return [
            row[0] for row in self._connection.execute("SELECT id FROM far WHERE resource = ?", (resource,))
        ]

    def body(self, resource: int) -> bytes:
        """Return a resource, packed."""
        body: bytes
        (body,) = self._connection.execute("SELECT body FROM resource WHERE id = ?", (resource,)).fetchone()
        return body

    def title(self, stack: int) -> str:
        """Return what a stack is called."""
        title: str
        (title,) = self._connection.execute("SELECT title FROM stack WHERE id = ?", (stack,)).fetchone()
        return title

    def begin_judging(self) -> None:
        """Begin to judge: what a sweep that did not end has judged is part of this one where it is met."""
        with self._connection:
            self._connection.execute("UPDATE judgement SET sweep = 0")

    def told(self, digest: bytes) -> bool:
        """Tell whether what is to be said of a network is known; it is then part of this sweep."""
        with self._connection:
            done = self._connection.execute(
                "UPDATE judgement SET sweep = ? WHERE digest = ?", (self._number, digest)
            )
        return done.rowcount > 0

    def tell(self, networks: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep what is to be said of networks, by their digests."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO judgement VALUES (?, ?, ?)",
                ((digest, self._number, told) for digest, told in networks),
            )

    def judgements(self) -> Iterator[bytes]:
        """Yield everything that is to be said after the sweep."""
        for row in self._connection.execute("SELECT told FROM judgement WHERE sweep = ?", (self._number,)):
            yield bytes(row[0])

    def stacks(self) -> tuple[StackRead, ...]:
        """Return the stacks that were read."""
        return tuple(
            StackRead(
                name=title,
                location=location,
                resources=resources,
                environments=environments,
                unread=json.loads(unread),
                locked=bool(locked),
            )
            for title, location, resources, environments, unread, locked in self._connection.execute(
                "SELECT title, location, resources, environments, unread, locked FROM stack"
                " WHERE reason = '' ORDER BY location"
            )
        )

    def unreadable(self) -> tuple[StackUnread, ...]:
        """Return the stacks that could not be read."""
        return tuple(
            StackUnread(location=location, reason=reason)
            for location, reason in self._connection.execute(
                "SELECT location, reason FROM stack WHERE reason != '' ORDER BY location"
            )
        )

    def _members(self, condition: str, values: tuple[object, ...]) -> Iterator[Member]:
        found = self._connection.execute(f"{_MEMBERS} {condition}", values)
        for id_, stack, urn, thing, external, begins in found:
            yield Member(
                id=id_, stack=stack, urn=urn, thing=thing, external=bool(external), begins=bool(begins)
            )


@contextmanager
def opened(path: Path) -> Iterator[Index]:
    """Open the index in a file, or make it; one of another release is made anew.

    Raises:
        AuditError: The file is no index, or another sweep uses it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise AuditError(f"the index {path} cannot be used: {error.strerror}") from None
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            # The lock is taken by the first transaction, and kept.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            if not _is_ours(connection):
                raise AuditError(f"{path} is no index of a sweep, but another database; name another")
            _prepare(connection)
            yield Index(connection)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise AuditError(f"another sweep uses the index {path}") from None
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise AuditError(f"{path} is no index of a sweep; name another") from None
        raise AuditError(f"the index {path} cannot be used: {error.sqlite_errorname}") from None


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether a database is an index, of any release, or nothing yet."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    return application == _APPLICATION or (not application and (not names or names >= _EARLIER))


def _prepare(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != _VERSION:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name != 'past'"
        ).fetchall():
            connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(_PAST)
    connection.commit()
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -16000")
