"""Tells whoever runs the bot, and does not tell it again and again."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

log = logging.getLogger(__name__)

Tell = Callable[[str], Awaitable[None]]
"""Brings one text to the operator; it holds nothing of a case."""

AGAIN: Final = timedelta(hours=1)


class Kind(StrEnum):
    CHAT_GONE = "chat gone"
    CONTENT_REFUSED = "content refused"
    FLOOD = "flood"
    STEP_FAILED = "step failed"


class Alarm:
    """Each kind at most once an hour."""

    def __init__(self, tell: Tell, clock: Callable[[], datetime]) -> None:
        self._tell = tell
        self._clock = clock
        self._told: dict[Kind, datetime] = {}

    async def ring(self, kind: Kind, text: str) -> None:
        now = self._clock()
        told = self._told.get(kind)
        if told is not None and now - told < AGAIN:
            return
        self._told[kind] = now
        try:
            await self._tell(text)
        except Exception as problem:  # noqa: BLE001 - who cannot be told must not stop the letters
            log.error("an alarm did not arrive (%s): %s", type(problem).__name__, text)  # noqa: TRY400 - a traceback may hold content
