"""Sealed rows of one table: each under a key of its own, replaced only by who has read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from bot.store.errors import Conflict, Unreadable
from bot.store.safe import Safe
from bot.store.sealing import Content, Row
from bot.store.times import hour, last_hour

PAGE = 500
"""Rows read at one go: half a megabyte."""

SWEPT = 1000
"""Rows of a table erased in one sweep, so that nobody waits long for the database."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A body as it was kept. Who it belongs to, only the body says."""

    body: bytes
    version: int


@dataclass(frozen=True, slots=True)
class Statements:
    """How one row of the table is read and written, by `:name`."""

    find: str
    """Gives key, version, body, and the person where the name does not say whose it is."""
    add: str
    """Changes no row when there is one of that name."""
    change: str
    """Changes no row unless `:key` and the version `:before` still stand there."""
    delete: str
    """By name and key."""


class Shelf:
    """The sealed rows of one table, within one turn."""

    def __init__(self, safe: Safe, table: str, statements: Statements) -> None:
        self._safe = safe
        self._table = table
        self._statements = statements

    def find(self, name: bytes | str) -> Kept | None:
        """What is kept under this name, or None: never, expired, or its key is destroyed.

        Raises:
            Unreadable: the row was altered outside the bot; `erase` it.
        """
        found = self._find(name)
        content = None if found is None else self._safe.unseal(found[1], found[0])
        if found is None or content is None:
            return None
        self._remember(found[0])
        return Kept(content.body, found[0].version)

    def add(
        self,
        name: bytes | str,
        body: bytes,
        expires: datetime,
        *,
        person: bytes = b"",
    ) -> int:
        """Its version. What is expired or was destroyed under this name makes room.

        Raises:
            Conflict: something is kept under this name.
        """
        found = self._find(name)
        if found is not None:
            if self._safe.unseal(found[1], found[0]) is not None:
                raise Conflict
            self.delete(name, found[0].key)
        row = Row(self._table, name, self._safe.draw(), 1, person)
        values = self._sealed(body, expires, row)
        if self._safe.database.change(self._statements.add, **values) != 1:
            raise Conflict
        return self._remember(row)

    def change(self, name: bytes | str, body: bytes, version: int, expires: datetime) -> int:
        """Put the body in place of that version; the new version.

        Raises:
            Conflict: another version is kept, or nothing is.
        """
        before = self._safe.read.get((self._table, name)) or self._alive(name)
        if before is None or not self._safe.is_there(before.key):
            raise Conflict
        row = Row(self._table, name, before.key, version + 1, before.person)
        values = self._sealed(body, expires, row)
        if self._safe.database.change(self._statements.change, before=version, **values) != 1:
            raise Conflict
        return self._remember(row)

    def erase(self, name: bytes | str) -> None:
        """When the turn has ended, the key of what is under this name is destroyed."""
        found = self._find(name)
        if found is not None:
            self.delete(name, found[0].key)

    def delete(self, name: bytes | str, key: bytes) -> None:
        """As `erase`, where the key has been read."""
        self._safe.together()
        if self._safe.database.change(self._statements.delete, name=name, key=key) == 1:
            self._safe.doomed.append(key)

    def opened(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Row, Content]]:
        """What can be read of these: each a name, and what `find` gives for it.

        One altered row must not keep all others away; whose it is will come out when that
        person is next looked for.
        """
        waiting = iter(rows)
        while page := list(islice(waiting, PAGE)):
            self._safe.warm(key for _, key, *_ in page)
            for name, *found in page:
                row, sealed = self._row(name, *found)
                try:
                    content = self._safe.unseal(sealed, row)
                except Unreadable:
                    continue
                if content is not None:
                    yield row, content

    def _find(self, name: bytes | str) -> tuple[Row, bytes] | None:
        rows = self._safe.database.rows(self._statements.find, name=name)
        if not rows:
            return None
        return self._row(name, *rows[0])

    def _row(
        self, name: bytes | str, key: bytes, version: int, body: bytes, person: bytes = b""
    ) -> tuple[Row, bytes]:
        return Row(self._table, name, key, version, person), body

    def _alive(self, name: bytes | str) -> Row | None:
        found = self._find(name)
        alive = found is not None and self._safe.unseal(found[1], found[0]) is not None
        return found[0] if found is not None and alive else None

    def _sealed(self, body: bytes, expires: datetime, row: Row) -> dict[str, object]:
        return {
            "name": row.name,
            "person": row.person,
            "key": row.key,
            "version": row.version,
            "body": self._safe.seal(body, expires, row),
            "touched": hour(self._safe.now),
            "expires": last_hour(expires),
        }

    def _remember(self, row: Row) -> int:
        self._safe.read[row.table, row.name] = row
        return row.version
