"""How much one person may do: whoever floods is answered, but nothing is stored or shown."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

_BURST: Final = 500
"""At once. Nobody taps so much, a script does; it costs about a second of computing, once."""
_EACH: Final = timedelta(seconds=1)
"""After so long one more is free again."""


@dataclass(slots=True)
class FloodLimit:
    """Counts in memory only: a restart forgives everybody."""

    burst: int = _BURST
    _free_at: dict[int, datetime] = field(default_factory=dict)
    """Person -> when all that was taken will be free again."""

    def allows(self, person: int, now: datetime) -> bool:
        """Whether one more is all right; it is counted if so."""
        latest = now + self.burst * _EACH
        free_at = max(self._free_at.get(person, now), now)
        if free_at > latest:
            # The clock was put back: nobody waits until it has caught up.
            free_at = now
        if free_at + _EACH > latest:
            return False
        self._free_at[person] = free_at + _EACH
        return True

    def forget(self, now: datetime) -> None:
        """Of who has been quiet nothing need be known."""
        self._free_at = {who: when for who, when in self._free_at.items() if when > now}
