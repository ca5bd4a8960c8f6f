"""What all parts of one turn share: its database, its moment, its keys, and the way back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.keys import Keys
from bot.store.sealing import NONCE, Content, Row, Veil, blind, seal, unseal
from bot.store.times import hour


class Safe:
    """Seals and opens for one turn, and knows which keys it drew and which are to go."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        pepper: bytes,
        fresh: Callable[[int], bytes],
        now: datetime,
    ) -> None:
        self.database = database
        self.now = now
        self.hour = hour(now)
        self.veil = Veil(pepper)
        self.read: dict[tuple[str, bytes | str], Row] = {}
        """Rows, by table and name, that this turn has opened or written: no need to look again."""
        self.drawn: list[bytes] = []
        """Names of keys that are of no use unless this turn commits."""
        self.doomed: list[bytes] = []
        """Names of keys to be destroyed once this turn has committed."""
        self._keys = keys
        self._pepper = pepper
        self._fresh = fresh
        self._names: dict[str, bytes] = {}
        self._is_together = False

    def blind(self, name: str) -> bytes:
        """What stands on the disk in place of a name."""
        blinded = self._names.get(name)
        if blinded is None:
            blinded = self._names[name] = blind(self._pepper, name)
        return blinded

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is within is rolled back alone when it raises; the exception goes on."""
        drawn, doomed = len(self.drawn), len(self.doomed)
        self.database.change("SAVEPOINT part")
        try:
            yield
        except StoreError:
            raise
        except BaseException:
            self.database.change("ROLLBACK TO SAVEPOINT part")
            self.database.change("RELEASE SAVEPOINT part")
            self.read.clear()
            # A savepoint takes the locks within it back.
            self._is_together = False
            del self.doomed[doomed:]
            self.doomed += self.drawn[drawn:]
            raise
        self.database.change("RELEASE SAVEPOINT part")

    def together(self) -> None:
        """Whoever looks which keys are in use waits until this turn ends."""
        if not self._is_together:
            self.database.together()
            self._is_together = True

    def draw(self) -> bytes:
        """The name of a new key."""
        self.together()
        with self._spoiling():
            name, _ = self._keys.draw()
        self.drawn.append(name)
        return name

    def is_there(self, key: bytes) -> bool:
        """Not so when the key was destroyed, and with it all that it has sealed."""
        return self._key(key) is not None

    def warm(self, keys: Iterable[bytes]) -> None:
        """Read these keys at one go, as `unseal` will ask for them; at most a few hundred."""
        with self._spoiling():
            self._keys.warm(keys)

    def seal(self, body: bytes, expires: datetime, row: Row) -> bytes:
        key = self._key(row.key)
        assert key is not None  # noqa: S101 - drawn or looked for by the caller
        return seal(key, self._fresh(NONCE), Content(body, self.now, expires), row)

    def unseal(self, sealed: bytes, row: Row) -> Content | None:
        """None when its key is destroyed or its time is over.

        Raises:
            Unreadable: it was altered, or belongs to another row.
        """
        key = self._key(row.key)
        if key is None:
            return None
        content = unseal(key, sealed, row)
        return content if content.expires > self.now else None

    def _key(self, name: bytes) -> AESGCM | None:
        with self._spoiling():
            return self._keys.find(name)

    @contextmanager
    def _spoiling(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self.database.spoil(error)
            raise
