"""A bot that dies again and again, at instants that a seed has drawn, and who starts it again."""

import asyncio
import os
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from bot.sandbox.faults import Answer, Fault, Faults, Flood, Lost

TOKEN: Final = "100200300:" + "C" * 35

FAULTS: Final[dict[Fault, float]] = {
    Answer(): 0.03,
    Answer(processed=True): 0.02,
    Lost(processed=True): 0.05,
    Flood(1): 0.02,
}
"""Twelve of a hundred calls: 502 before or after the call was done, answer lost, 429."""

_AT_START: Final = 0.15
"""This share of the kills comes twice: the second one meets a bot that has just been started."""
_START: Final = 2.0
_RESTART: Final = 0.1
"""Seconds until a bot that gave up is started again."""
_CALLS: Final = 300
"""A kill comes within so many calls after its turn has come."""
_MOMENT: Final = 0.03
"""Seconds between that call and the kill, at most: long enough for a few commits."""


@dataclass(slots=True)
class Watched(Faults):
    """Counts the calls, so that a kill can strike in the middle of one."""

    calls: int = 0
    at: int | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def next(self, method: str, chat: str) -> Fault | None:
        self.calls += 1
        if self.at is not None and self.calls >= self.at:
            self.at = None
            self.reached.set()
        return Faults.next(self, method, chat)


@dataclass(slots=True)
class Lives:
    """Kills the bot when it is time; whenever it has ended, it is started again at once."""

    url: str
    folder: Path
    faults: Watched
    chance: random.Random
    log: IO[bytes]
    killed: int = 0
    gave_up: int = 0
    """How often it ended by itself: Telegram did not answer when it was started."""
    _bot: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        """As systemd does it; until it is cancelled."""
        environment = {
            **{name: value for name, value in os.environ.items() if "CLEARING" not in name},
            "CLEARING_TOKEN": TOKEN,
            "CLEARING_API_URL": self.url,
            "CLEARING_DATA": str(self.folder),
        }
        try:
            while True:
                self._bot = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tools.chaos.bot", env=environment, stderr=self.log
                )
                if await self._bot.wait() > 0:
                    self.gave_up += 1
                    await asyncio.sleep(_RESTART)
        finally:
            await self.end()

    async def kill(self) -> None:
        """Soon, at an instant that chance names."""
        if self.chance.random() < _AT_START:
            await self.end()
            await asyncio.sleep(self.chance.random() * _START)
        else:
            self.faults.reached.clear()
            self.faults.at = self.faults.calls + self.chance.randrange(1, _CALLS)
            await self.faults.reached.wait()
            await asyncio.sleep(self.chance.random() * _MOMENT)
        await self.end()
        self.killed += 1

    async def end(self) -> None:
        """With kill -9: at once, whatever it is doing."""
        if self._bot is not None and self._bot.returncode is None:
            self._bot.kill()
            await self._bot.wait()
