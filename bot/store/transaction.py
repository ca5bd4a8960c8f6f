"""All that a turn reads and writes, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.database import Database
from bot.store.errors import Conflict, StoreError, Unreadable
from bot.store.keys import Keys
from bot.store.sealing import NONCE, Content, Row, blind, microseconds, seal, unseal

SEEN = timedelta(hours=48)
"""Telegram repeats an update for 24 hours; its ids may restart anywhere after a week of silence."""

QUARANTINED = timedelta(days=7)
"""Long enough for somebody to look, as operational logs; security.md 5.4."""

PAGE = 500
"""Conversations read at one go: half a megabyte."""

SWEPT = 1000
"""Conversations erased in one sweep, so that nobody waits long for the database."""

_HOUR = 3600 * 1_000_000
"""Microseconds."""

_SEE = (
    "INSERT INTO seen (update_id, hour) VALUES (:update_id, :hour)"
    " ON CONFLICT (update_id) DO UPDATE SET hour = excluded.hour WHERE seen.hour < :oldest"
)
_QUARANTINE = (
    "INSERT INTO quarantine (update_id, kind, hour) VALUES (:update_id, :kind, :hour)"
    " ON CONFLICT (update_id) DO UPDATE SET kind = excluded.kind, hour = excluded.hour"
)
_FIND = "SELECT key, version, body FROM conversation WHERE person = :person"
_ADD = (
    "INSERT INTO conversation (person, key, version, body, touched_hour, expires_hour)"
    " VALUES (:person, :key, :version, :body, :touched, :expires)"
    " ON CONFLICT (person) DO NOTHING"
)
_CHANGE = (
    "UPDATE conversation SET version = :version, body = :body,"
    " touched_hour = :touched, expires_hour = :expires"
    " WHERE person = :person AND version = :before AND key = :key"
)
_DELETE = "DELETE FROM conversation WHERE person = :person AND key = :key"
_SINCE = (
    "SELECT person, key, version, body FROM conversation"
    " WHERE person > :after AND touched_hour >= :touched AND expires_hour > :now"
    " ORDER BY person LIMIT :limit"
)
_EXPIRED = (
    "SELECT person, key FROM conversation WHERE expires_hour <= :now"
    # Workers that sweep at once take the rows in the same order, and so never wait in a circle.
    " ORDER BY person LIMIT :limit"
)
_FORGET_SEEN = "DELETE FROM seen WHERE hour < :oldest"
_FORGET_QUARANTINE = "DELETE FROM quarantine WHERE hour < :oldest"


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as it was kept. Who it belongs to, only its body says."""

    body: bytes
    version: int


class Transaction:
    """One turn. A StoreError ends it, whoever catches it: nothing of the turn is stored then."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        pepper: bytes,
        fresh: Callable[[int], bytes],
        now: datetime,
    ) -> None:
        self._database = database
        self._keys = keys
        self._pepper = pepper
        self._fresh = fresh
        self._now = now
        self._hour = _hour(now)
        self._names: dict[int, bytes] = {}
        self._is_together = False
        self._read: dict[bytes, Row] = {}
        """Rows that this transaction has opened or written: no need to look again."""
        self.drawn: list[bytes] = []
        """Names of keys that are of no use unless this transaction commits."""
        self.doomed: list[bytes] = []
        """Names of keys to be destroyed once this transaction has committed."""

    def unseen(self, update_id: int) -> bool:
        """Mark the update as seen; False if it was already, in the last 48 hours."""
        values = {"update_id": update_id, "hour": self._hour, "oldest": self._oldest(SEEN)}
        return self._database.change(_SEE, **values) == 1

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is within is rolled back alone when it raises; the exception goes on."""
        drawn, doomed = len(self.drawn), len(self.doomed)
        self._database.change("SAVEPOINT part")
        try:
            yield
        except StoreError:
            raise
        except BaseException:
            self._database.change("ROLLBACK TO SAVEPOINT part")
            self._database.change("RELEASE SAVEPOINT part")
            self._read.clear()
            # A savepoint takes the locks within it back.
            self._is_together = False
            del self.doomed[doomed:]
            self.doomed += self.drawn[drawn:]
            raise
        self._database.change("RELEASE SAVEPOINT part")

    def quarantine(self, update_id: int, kind: str) -> None:
        """Note that an update could not be handled: its id and the kind of error, nothing of it."""
        self._database.change(_QUARANTINE, update_id=update_id, kind=kind, hour=self._hour)

    def conversation(self, person: int) -> Kept | None:
        """What was kept for this person, or None: never, expired, or its key is destroyed.

        Raises:
            Unreadable: the row was altered outside the bot; `forget` it.
        """
        name = self._name(person)
        found = self._find(name)
        content = None if found is None else self._open(*found)
        if found is None or content is None:
            return None
        row = self._read[name] = found[0]
        return Kept(content.body, row.version)

    def keep(self, person: int, body: bytes, version: int | None, expires: datetime) -> int:
        """Keep the body in place of that `version` (None or 0: there was none); the new version.

        Raises:
            Conflict: another version is kept than the one named.
        """
        name = self._name(person)
        content = Content(body, self._now, expires)
        if not version:
            return self._add(name, content)
        before = self._read.get(name) or self._alive(name)
        key = None if before is None else self._key(before.key)
        if before is None or key is None or before.version != version:
            raise Conflict
        row = Row(name, before.key, version + 1)
        values = self._sealed(key, content, row)
        if self._database.change(_CHANGE, before=version, **values) != 1:
            raise Conflict
        self._read[name] = row
        return row.version

    def forget(self, person: int) -> None:
        """Erase what is kept for this person; when the turn has ended, its key is destroyed."""
        name = self._name(person)
        found = self._find(name)
        if found is not None:
            self._delete(name, found[0].key)

    def kept_since(self, when: datetime) -> Iterator[Kept]:
        """The open conversations touched at `when` or later, in no order, while the turn lasts."""
        values = {"touched": _hour(when), "now": self._hour, "limit": PAGE}
        after = b""
        while page := self._database.rows(_SINCE, after=after, **values):
            with self._spoiling():
                self._keys.warm(key for _, key, _, _ in page)
            for after, key, version, body in page:
                try:
                    content = self._open(Row(after, key, version), body)
                except Unreadable:
                    # One altered row must not keep the screens of all others away; whose it is
                    # will come out with that person's next update.
                    continue
                if content is not None and content.touched >= when:
                    yield Kept(content.body, version)

    def sweep(self) -> int:
        """Erase what has had its time; how many conversations went. If 1000, sweep again."""
        self._database.change(_FORGET_SEEN, oldest=self._oldest(SEEN))
        self._database.change(_FORGET_QUARANTINE, oldest=self._oldest(QUARANTINED))
        expired = self._database.rows(_EXPIRED, now=self._hour, limit=SWEPT)
        for person, key in expired:
            self._delete(person, key)
        return len(expired)

    def _name(self, person: int) -> bytes:
        name = self._names.get(person)
        if name is None:
            name = self._names[person] = blind(self._pepper, person)
        return name

    def _find(self, name: bytes) -> tuple[Row, bytes] | None:
        rows = self._database.rows(_FIND, person=name)
        if not rows:
            return None
        key, version, body = rows[0]
        return Row(name, key, version), body

    def _alive(self, name: bytes) -> Row | None:
        found = self._find(name)
        return None if found is None or self._open(*found) is None else found[0]

    def _open(self, row: Row, body: bytes) -> Content | None:
        key = self._key(row.key)
        if key is None:
            return None
        content = unseal(key, body, row)
        return content if content.expires > self._now else None

    def _add(self, name: bytes, content: Content) -> int:
        found = self._find(name)
        if found is not None:
            if self._open(*found) is not None:
                raise Conflict
            self._delete(name, found[0].key)
        key_name, key = self._draw()
        row = Row(name, key_name, 1)
        if self._database.change(_ADD, **self._sealed(key, content, row)) != 1:
            raise Conflict
        self._read[name] = row
        return row.version

    def _sealed(self, key: AESGCM, content: Content, row: Row) -> dict[str, object]:
        return {
            "person": row.person,
            "key": row.key,
            "version": row.version,
            "body": seal(key, self._fresh(NONCE), content, row),
            "touched": _hour(content.touched),
            # Rounded up: kept at most an hour too long on the disk, never too short.
            "expires": -(-microseconds(content.expires) // _HOUR),
        }

    def _delete(self, name: bytes, key: bytes) -> None:
        self._read.pop(name, None)
        self._together()
        if self._database.change(_DELETE, person=name, key=key) == 1:
            self.doomed.append(key)

    def _key(self, name: bytes) -> AESGCM | None:
        with self._spoiling():
            return self._keys.find(name)

    def _draw(self) -> tuple[bytes, AESGCM]:
        self._together()
        with self._spoiling():
            name, key = self._keys.draw()
        self.drawn.append(name)
        return name, key

    def _together(self) -> None:
        """Whoever looks which keys are in use waits for this transaction."""
        if not self._is_together:
            self._database.together()
            self._is_together = True

    @contextmanager
    def _spoiling(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self._database.spoil(error)
            raise

    def _oldest(self, life: timedelta) -> int:
        return _hour(self._now - life)


def _hour(moment: datetime) -> int:
    return microseconds(moment) // _HOUR
