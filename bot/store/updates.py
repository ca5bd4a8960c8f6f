"""The set of seen ids is the inbox: Telegram keeps what is not acknowledged."""

from datetime import timedelta

from bot.store.safe import Safe
from bot.store.times import hour

SEEN = timedelta(hours=48)
"""Telegram repeats an update for 24 hours; its ids may restart anywhere after a week of silence."""

QUARANTINED = timedelta(days=7)
"""Long enough for somebody to look, as operational logs; security.md 5.4."""

_SEE = (
    "INSERT INTO seen (update_id, hour) VALUES (:update_id, :hour)"
    " ON CONFLICT (update_id) DO UPDATE SET hour = excluded.hour WHERE seen.hour < :oldest"
)
_QUARANTINE = (
    "INSERT INTO quarantine (update_id, kind, hour) VALUES (:update_id, :kind, :hour)"
    " ON CONFLICT (update_id) DO UPDATE SET kind = excluded.kind, hour = excluded.hour"
)
_FORGET_SEEN = "DELETE FROM seen WHERE hour < :oldest"
_FORGET_QUARANTINE = "DELETE FROM quarantine WHERE hour < :oldest"


class Updates:
    """Which updates were seen, and which could not be handled."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._database = safe.database

    def unseen(self, update_id: int) -> bool:
        """Mark the update as seen; False if it was already, in the last 48 hours."""
        values = {"update_id": update_id, "hour": self._safe.hour, "oldest": self._oldest(SEEN)}
        return self._database.change(_SEE, **values) == 1

    def quarantine(self, update_id: int, kind: str) -> None:
        """Note that an update could not be handled: its id and the kind of error, nothing of it."""
        self._database.change(_QUARANTINE, update_id=update_id, kind=kind, hour=self._safe.hour)

    def sweep(self) -> None:
        """Forget what has had its time."""
        self._database.change(_FORGET_SEEN, oldest=self._oldest(SEEN))
        self._database.change(_FORGET_QUARANTINE, oldest=self._oldest(QUARANTINED))

    def _oldest(self, life: timedelta) -> int:
        return hour(self._safe.now - life)
