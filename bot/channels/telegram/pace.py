"""How fast we may go: Telegram's limits on sending, and waiting after a fault."""

from collections.abc import Awaitable, Callable
from typing import Final

Pause = Callable[[float], Awaitable[None]]
"""`asyncio.sleep`, or a test's own."""
Chance = Callable[[], float]
"""A number from 0 up to 1, such as `random.random`."""

LONGEST_WAIT: Final = 30.0
EVERYWHERE: Final = (25.0, 25)
"""Messages a second to all people together, and how many may go at once."""
ONE_CHAT: Final = (1.0, 3)


class Pace:
    """So many a second, and a burst; counts the slots of the future, so that nobody overtakes."""

    def __init__(self, rate: float, burst: int) -> None:
        self._gap = 1 / rate
        self._slack = (burst - 1) * self._gap
        self._due = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next slot, which is taken by asking."""
        self._due = max(self._due, now)
        wait = max(0.0, self._due - self._slack - now)
        self._due += self._gap
        return wait

    def is_idle(self, now: float) -> bool:
        """Nothing is remembered that could make somebody wait."""
        return self._due <= now


def back_off(attempt: int, chance: Chance) -> float:
    """Seconds before the next attempt after so many faults: 1, 2, 4 … 30, some less by chance.

    By chance, so that after an outage not everybody comes back in the same instant.
    """
    longest = min(LONGEST_WAIT, 2.0 ** (min(attempt, 10) - 1))
    return longest * (0.5 + chance() / 2)
