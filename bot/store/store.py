"""The two files, opened and belonging together, and the turns on them."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.store import schema
from bot.store.database import Database, patience
from bot.store.errors import StoreError
from bot.store.keys import Keys, unwritable
from bot.store.safe import Safe
from bot.store.transaction import Transaction

_KEYS = (
    "SELECT key FROM conversation UNION ALL SELECT key FROM referral UNION ALL SELECT key FROM team"
)
"""All that are in use: every table with sealed bodies."""


class Store:
    """All that is kept, for one thread.

    The order of writes is what makes a crash harmless: a key is on the disk before the row that it
    seals is committed, and is destroyed only after the row's deletion is committed. What a crash
    leaves behind is therefore at most a key without a row, and `open` destroys those.
    """

    def __init__(
        self, database: Database, keys: Keys, pepper: bytes, fresh: Callable[[int], bytes]
    ) -> None:
        self._database = database
        self._keys = keys
        self._pepper = pepper
        self._fresh = fresh
        self._doomed: list[bytes] = []
        self._unsettled: list[bytes] = []

    @classmethod
    def open(cls, url: str, keys: Path, fresh: Callable[[int], bytes]) -> "Store":
        """Open or create the database at `url` and the file `keys`; `fresh` draws random bytes.

        Raises:
            StoreError: one of them cannot be written, is damaged, was written by a newer bot, or
                they do not belong together. Nothing is ever reset.
        """
        database = Database.open(url)
        try:
            return cls._opened(database, keys, patience(url), fresh)
        except BaseException:
            database.rollback()
            database.close()
            raise

    @classmethod
    def _opened(
        cls, database: Database, place: Path, timeout: float, fresh: Callable[[int], bytes]
    ) -> "Store":
        database.begin()
        schema.migrate(database)
        mark = schema.read(database, "keys")
        if mark is not None and not _exists(place):
            raise _strangers(database, place)
        keys = Keys.open(place, fresh, timeout=timeout)
        try:
            pepper = _pair(database, mark, keys, place)
            keys.destroy(keys.names() - _used(database))
            database.commit()
        except BaseException:
            keys.close()
            raise
        return cls(database, keys, pepper, fresh)

    @contextmanager
    def turn(self, now: datetime) -> Iterator[Transaction]:
        """One transaction: committed at the end, rolled back by any exception.

        Raises:
            StoreError: nothing of it is stored, so nothing may be acknowledged.
        """
        # Keys that could not be destroyed come first: nobody is served while erasing fails.
        self._settle()
        self._destroy()
        self._database.begin()
        safe = Safe(self._database, self._keys, self._pepper, self._fresh, now)
        try:
            yield Transaction(safe)
        except BaseException:
            self._database.rollback()
            self._doomed += safe.drawn
            self._try_to_destroy()
            raise
        try:
            self._database.commit()
        except BaseException:
            # What was lost may be PostgreSQL's answer only: the rows will tell which keys they use.
            self._database.rollback()
            self._unsettled += (*safe.drawn, *safe.doomed)
            raise
        self._doomed += safe.doomed
        self._try_to_destroy()

    def close(self) -> None:
        """Close both files; a turn must not be open."""
        self._try_to_destroy()
        self._keys.close()
        self._database.close()

    def _settle(self) -> None:
        """Find out, of a commit without an answer, which keys are still needed."""
        if not self._unsettled:
            return
        self._database.begin()
        try:
            # PostgreSQL may still be busy with it: who draws or destroys keys is waited for.
            self._database.alone()
            used = _used(self._database)
        finally:
            self._database.rollback()
        self._doomed += set(self._unsettled) - used
        self._unsettled.clear()

    def _destroy(self) -> None:
        self._keys.destroy(self._doomed)
        self._doomed.clear()

    def _try_to_destroy(self) -> None:
        """Destroy now if possible. The turn has ended either way: failing, the next one raises."""
        try:
            self._destroy()
        except StoreError:
            return


def _used(database: Database) -> set[bytes]:
    return {key for (key,) in database.rows(_KEYS)}


def _exists(place: Path) -> bool:
    try:
        return place.exists()
    except OSError as error:
        raise unwritable(place, error) from error


def _pair(database: Database, mark: str | None, keys: Keys, place: Path) -> bytes:
    """The pepper, if these two files belong together; at the first start they are made to."""
    if mark is None and keys.names():
        raise _strangers(database, place)
    pepper = keys.pepper()
    own = hmac.digest(pepper, b"clearing keys", "sha256").hex()
    if mark is None:
        schema.write(database, "keys", own)
    elif not hmac.compare_digest(mark, own):
        raise _strangers(database, place)
    return pepper


def _strangers(database: Database, place: Path) -> StoreError:
    return StoreError(
        str(place),
        f"This file is missing or does not belong to the database {database.place}.",
        "Restore both from the same time, or move both away to start empty.",
        retryable=False,
    )
