"""All that a turn reads and writes, in one transaction."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime

from bot.store.conversations import Conversations
from bot.store.letters import Letters
from bot.store.referrals import Referrals
from bot.store.safe import Safe
from bot.store.shelf import SWEPT, Kept
from bot.store.teams import Teams
from bot.store.timers import Timers
from bot.store.updates import Updates

__all__ = ["SWEPT", "Kept", "Transaction"]


class Transaction:
    """One turn. A StoreError ends it, whoever catches it: nothing of the turn is stored then."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._updates = Updates(safe)
        self._conversations = Conversations(safe)
        self.letters = Letters(safe)
        self.timers = Timers(safe)
        self.referrals = Referrals(safe, self.letters, self.timers)
        self.teams = Teams(safe)

    def unseen(self, update_id: int) -> bool:
        """Mark the update as seen; False if it was already, in the last 48 hours."""
        return self._updates.unseen(update_id)

    def quarantine(self, update_id: int, kind: str) -> None:
        """Note that an update could not be handled: its id and the kind of error, nothing of it."""
        self._updates.quarantine(update_id, kind)

    def savepoint(self) -> AbstractContextManager[None]:
        """What is within is rolled back alone when it raises; the exception goes on."""
        return self._safe.savepoint()

    def conversation(self, person: int) -> Kept | None:
        """What was kept for this person, or None: never, expired, or its key is destroyed.

        Raises:
            Unreadable: the row was altered outside the bot; `forget` it.
        """
        return self._conversations.find(person)

    def keep(self, person: int, body: bytes, version: int | None, expires: datetime) -> int:
        """Keep the body in place of that `version` (None or 0: there was none); the new version.

        Raises:
            Conflict: another version is kept than the one named.
        """
        return self._conversations.keep(person, body, version, expires)

    def forget(self, person: int) -> None:
        """Erase this person's conversation; when the turn has ended, its key is destroyed."""
        self._conversations.forget(person)

    def kept_since(self, when: datetime) -> Iterator[Kept]:
        """The open conversations touched at `when` or later, in no order, while the turn lasts."""
        return self._conversations.since(when)

    def sweep(self) -> int:
        """Erase what has had its time; how many bodies went. If 1000 or more, sweep again."""
        self._updates.sweep()
        self.teams.sweep()
        return self._conversations.sweep() + self.referrals.sweep()
