"""The second file: one key for each sealed body. To destroy the key is to erase the body."""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.errors import StoreError, sqlite_error

REMEMBERED = 4096
"""Keys in memory: more than the bodies that are read at once, less than a megabyte."""

_NAME = 16
_KEY = 32
_PEPPER = 32

_SETTINGS = (
    # No write-ahead log: a deleted key would live on in it until the next checkpoint.
    "PRAGMA journal_mode=DELETE",
    # FULL leaves the journal's removal to the file system's leisure: a power cut could take back
    # a key after the row that needs it was committed.
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)
_TABLES = (
    "CREATE TABLE IF NOT EXISTS pepper (value BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS keys (name BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)


class Keys:
    """Keys by their random names; every change is on the disk when the call returns."""

    def __init__(
        self, place: Path, connection: sqlite3.Connection, fresh: Callable[[int], bytes]
    ) -> None:
        self._place = place
        self._connection = connection
        self._fresh = fresh
        self._remembered: OrderedDict[bytes, AESGCM] = OrderedDict()

    @classmethod
    def open(cls, place: Path, fresh: Callable[[int], bytes], *, timeout: float) -> "Keys":
        """Open the file or create it; `timeout` in seconds, for other programs that hold it.

        Raises:
            StoreError: it cannot be written, or is damaged.
        """
        with _in_words(place):
            try:
                place.touch(mode=0o600)
            except OSError as error:
                raise unwritable(place, error) from error
            connection = sqlite3.connect(
                place, timeout=timeout, isolation_level=None, check_same_thread=False
            )
            try:
                for line in (*_SETTINGS, *_TABLES):
                    connection.execute(line)
                sound(str(place), connection.execute("PRAGMA quick_check(1)").fetchone())
            except BaseException:
                connection.close()
                raise
        return cls(place, connection, fresh)

    def pepper(self) -> bytes:
        """The secret under which people and chats are looked up; drawn at the first start."""
        with _in_words(self._place), self._together():
            found: tuple[bytes] | None = self._connection.execute(
                "SELECT value FROM pepper"
            ).fetchone()
            if found is not None:
                return found[0]
            pepper = self._fresh(_PEPPER)
            self._connection.execute("INSERT INTO pepper VALUES (?)", (pepper,))
            return pepper

    def draw(self) -> tuple[bytes, AESGCM]:
        """A new key and its name, already durable: no row is ever committed before its key."""
        name, value = self._fresh(_NAME), self._fresh(_KEY)
        with _in_words(self._place):
            self._connection.execute("INSERT INTO keys VALUES (?, ?)", (name, value))
        return name, self._remember(name, AESGCM(value))

    def find(self, name: bytes) -> AESGCM | None:
        """The key, or None when it was destroyed."""
        key = self._remembered.get(name)
        if key is not None:
            self._remembered.move_to_end(name)
            return key
        with _in_words(self._place):
            found: tuple[bytes] | None = self._connection.execute(
                "SELECT value FROM keys WHERE name = ?", (name,)
            ).fetchone()
        return None if found is None else self._remember(name, AESGCM(found[0]))

    def warm(self, names: Iterable[bytes]) -> None:
        """Read these keys at one go, as `find` will be asked for them; at most a few hundred."""
        with _in_words(self._place), self._together("BEGIN"):
            for name in names:
                self.find(name)

    def destroy(self, names: Iterable[bytes]) -> None:
        """Overwrite these keys on the disk: all or, when it fails, none."""
        doomed = tuple(names)
        if not doomed:
            return
        for name in doomed:
            self._remembered.pop(name, None)
        with _in_words(self._place), self._together():
            self._connection.executemany(
                "DELETE FROM keys WHERE name = ?", [(name,) for name in doomed]
            )

    def names(self) -> frozenset[bytes]:
        with _in_words(self._place):
            rows = self._connection.execute("SELECT name FROM keys").fetchall()
        return frozenset(name for (name,) in rows)

    def close(self) -> None:
        self._remembered.clear()
        self._connection.close()

    def _remember(self, name: bytes, key: AESGCM) -> AESGCM:
        self._remembered[name] = key
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return key

    @contextmanager
    def _together(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        self._connection.execute(begin)
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            # SQLite itself rolls back when the disk is full.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def sound(place: str, verdict: tuple[str] | None) -> None:
    """Refuse a file in which SQLite's check found damage."""
    if verdict != ("ok",):
        raise StoreError(
            place,
            "The file is damaged.",
            "Restore it from a backup, or move it and keys.db away to start empty.",
            retryable=False,
        )


def unwritable(place: Path, error: OSError) -> StoreError:
    return StoreError(
        str(place),
        f"The file cannot be written ({error.strerror}).",
        "Create its folder and give the bot's user the right to write to it.",
        retryable=False,
    )


@contextmanager
def _in_words(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise sqlite_error(str(place), error) from error
