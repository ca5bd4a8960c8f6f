"""Ends the program where it does not answer itself any more: whoever started it starts it again."""

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from types import TracebackType
from typing import Final, Self

log = logging.getLogger(__name__)

LOOKS: Final = 12
EVERY: Final = 5.0
"""Seconds between two looks. After twelve in vain, a minute, nobody waits any longer: no turn and
no call that is refused takes so long, and Telegram keeps what people write for a day."""
STUCK: Final = 75
"""With this exit code; EX_TEMPFAIL of sysexits.h: it may work next time."""


def abandon() -> None:
    """As by kill -9, which harms nothing that is stored: what hangs cannot be ended in order."""
    os._exit(STUCK)


class Watchdog:
    """Asks the loop, and through it the database's thread, from a thread of its own."""

    def __init__(
        self,
        database: Executor,
        *,
        every: float = EVERY,
        looks: int = LOOKS,
        end: Callable[[], None] = abandon,
    ) -> None:
        """Made in the loop that is watched.

        Args:
            database: its one thread.
            every: seconds between two looks.
            looks: so many may be in vain.
            end: ends the program.
        """
        self._loop = asyncio.get_running_loop()
        self._database = database
        self._every = every
        self._looks = looks
        self._end = end
        self._over = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            answered = threading.Event()
            try:
                self._loop.call_soon_threadsafe(self._ask, answered)
            except RuntimeError:
                # The loop has ended in order.
                return
            if not self._comes(answered):
                log.critical("the program does not answer itself any more, and ends")
                self._end()
                return

    def _ask(self, answered: threading.Event) -> None:
        """In the loop."""
        if self._over.is_set():
            answered.set()
        else:
            self._database.submit(answered.set)

    def _comes(self, answered: threading.Event) -> bool:
        # In many short waits: of a computer that slept meanwhile only one is lost.
        return any(answered.wait(self._every) for _ in range(self._looks))
