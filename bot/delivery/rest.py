"""Doing nothing until there is something to do."""

import asyncio

from bot.delivery.pace import Pause


class Rest:
    """A loop sleeps here; whoever makes work for it wakes it."""

    def __init__(self, pause: Pause) -> None:
        self._pause = pause
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def take(self, seconds: float) -> None:
        """Until somebody wakes us, at most so long; what woke us before is forgotten after it."""
        woken = asyncio.create_task(self._woken.wait())
        rested = asyncio.ensure_future(self._pause(seconds))
        try:
            await asyncio.wait({woken, rested}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
            rested.cancel()
        self._woken.clear()
