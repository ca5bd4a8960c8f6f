"""One row a person: where the conversation stands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.store import shelf
from bot.store.safe import Safe
from bot.store.shelf import SWEPT, Kept, Shelf, Statements
from bot.store.times import hour

_STATEMENTS = Statements(
    find="SELECT key, version, body FROM conversation WHERE person = :name",
    add=(
        "INSERT INTO conversation (person, key, version, body, touched_hour, expires_hour)"
        " VALUES (:name, :key, :version, :body, :touched, :expires)"
        " ON CONFLICT (person) DO NOTHING"
    ),
    change=(
        "UPDATE conversation SET version = :version, body = :body,"
        " touched_hour = :touched, expires_hour = :expires"
        " WHERE person = :name AND version = :before AND key = :key"
    ),
    delete="DELETE FROM conversation WHERE person = :name AND key = :key",
)
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


class Conversations:
    """Found by the HMAC of the person's id."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._shelf = Shelf(safe, "conversation", _STATEMENTS)

    def find(self, person: int) -> Kept | None:
        """As `Transaction.conversation`."""
        return self._shelf.find(self._name(person))

    def keep(self, person: int, body: bytes, version: int | None, expires: datetime) -> int:
        """As `Transaction.keep`."""
        name = self._name(person)
        if not version:
            return self._shelf.add(name, body, expires)
        return self._shelf.change(name, body, version, expires)

    def forget(self, person: int) -> None:
        """As `Transaction.forget`."""
        self._shelf.erase(self._name(person))

    def since(self, when: datetime) -> Iterator[Kept]:
        """As `Transaction.kept_since`."""
        for row, content in self._shelf.opened(self._touched(when)):
            if content.touched >= when:
                yield Kept(content.body, row.version)

    def sweep(self) -> int:
        """Erase what is expired, at most `SWEPT`; how many went."""
        expired = self._safe.database.rows(_EXPIRED, now=self._safe.hour, limit=SWEPT)
        for name, key in expired:
            self._shelf.delete(name, key)
        return len(expired)

    def _touched(self, when: datetime) -> Iterator[tuple[Any, ...]]:
        values = {"touched": hour(when), "now": self._safe.hour, "limit": shelf.PAGE}
        after = b""
        while page := self._safe.database.rows(_SINCE, after=after, **values):
            yield from page
            after = page[-1][0]

    def _name(self, person: int) -> bytes:
        return self._safe.blind(f"{person}")
