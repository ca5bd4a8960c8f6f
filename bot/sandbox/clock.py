"""A clock for tests: it stands still until somebody moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class Clock:
    """Give it to the sandbox and to the bot, so that both live in the same moment."""

    now: datetime = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        self.now += timedelta(hours=hours, minutes=minutes, seconds=seconds)
