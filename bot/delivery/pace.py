"""How fast we may go, and whose turn it is where not everything can go at once."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Final

Pause = Callable[[float], Awaitable[None]]
"""`asyncio.sleep`, or a test's own."""
Chance = Callable[[], float]
"""A number from 0 up to 1, such as `random.random`."""

LONGEST_WAIT: Final = 30.0


@dataclass(frozen=True, slots=True)
class Rate:
    a_second: float
    burst: int
    """So many may go at once after a silence."""


class Pace:
    """So many a second, and a burst; counts the slots of the future, so that nobody overtakes."""

    def __init__(self, rate: Rate) -> None:
        self._gap = 1 / rate.a_second
        self._slack = (rate.burst - 1) * self._gap
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


class Traffic:
    """When the next message may go out: to its chat, and to all together.

    One for everything that a bot sends. Where many wait, the most urgent goes first.
    """

    def __init__(
        self,
        everywhere: Rate,
        of_chat: Callable[[int], Rate],
        *,
        time: Callable[[], float],
        pause: Pause,
    ) -> None:
        self._everywhere = Pace(everywhere)
        self._of_chat = of_chat
        self._time = time
        self._pause = pause
        self._chats: dict[int, Pace] = {}
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._usher: asyncio.Task[None] | None = None

    async def slot(self, chat: int, urgency: int) -> None:
        """Return when one more message may go to this chat; 0 is most urgent."""
        wait = self._pace(chat).wait(self._time())
        if wait > 0:
            await self._pause(wait)
        await self.passage(urgency)

    async def passage(self, urgency: int) -> None:
        """Return when one more call may be made that sends no message."""
        if self._usher is None:
            wait = self._everywhere.wait(self._time())
            if wait <= 0:
                return
            self._usher = asyncio.create_task(self._let_pass(wait))
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._order), turn))
        await turn

    async def _let_pass(self, wait: float) -> None:
        """One after the other; whose turn it is is decided when the slot has come."""
        try:
            while True:
                await self._pause(wait)
                self._next()
                if not self._waiting:
                    return
                wait = self._everywhere.wait(self._time())
        finally:
            self._usher = None

    def _next(self) -> None:
        while self._waiting:
            *_, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return

    def _pace(self, chat: int) -> Pace:
        pace = self._chats.get(chat)
        if pace is None:
            now = self._time()
            if len(self._chats) >= _REMEMBERED:
                self._chats = {c: p for c, p in self._chats.items() if not p.is_idle(now)}
            pace = self._chats[chat] = Pace(self._of_chat(chat))
        return pace


def back_off(attempt: int, chance: Chance) -> float:
    """Seconds before the next attempt after so many faults: 1, 2, 4 … 30, some less by chance.

    By chance, so that after an outage not everybody comes back in the same instant.
    """
    longest = min(LONGEST_WAIT, 2.0 ** (min(attempt, 10) - 1))
    return longest * (0.5 + chance() / 2)


_REMEMBERED: Final = 1000
"""Chats whose pace is kept before the idle ones are forgotten."""
