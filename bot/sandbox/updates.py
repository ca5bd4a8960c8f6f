"""The queue between people and the bot, with the rules of the real one."""

from __future__ import annotations

import asyncio
import json
import math
from collections import deque
from dataclasses import dataclass
from typing import Any

from bot.sandbox.refusals import Refusal

MESSAGE_LIFE = 86_400
"""Seconds for which a message waits for the bot."""
TAP_LIFE = 150
"""Seconds for which a tap waits for the bot, and for its answer."""
MOST_UPDATES = 100
MOST_BYTES = 4 * 1024 * 1024
LONGEST_POLL = 50
"""Seconds; a longer `timeout` is cut to this."""
ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only when `allowed_updates` names them."""

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    kind: str
    expires: float
    body: dict[str, Any]
    text: str


class Updates:
    """Everything that happened and was not acknowledged yet."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.allowed: frozenset[str] = frozenset()
        self._waiting: deque[Waiting] = deque()
        self._poll: asyncio.Future[None] | None = None
        self._first_expiry = math.inf
        self._in_order = True

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Any:  # noqa: ANN401 - an iterator of Waiting
        return iter(self._waiting)

    @property
    def polled(self) -> bool:
        """Is a bot waiting for news right now?"""
        return self._poll is not None and not self._poll.done()

    def wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY

    def put(self, kind: str, body: dict[str, Any], expires: float) -> int | None:
        """The id of the new update, or None where the bot did not ask for this kind."""
        if not self.wanted(kind):
            return None
        number = self.next_id
        self.next_id += 1
        self.put_raw({"update_id": number, kind: body}, expires)
        return number

    def put_raw(self, update: dict[str, Any], expires: float) -> None:
        """Any update at all, also a repeated, an unknown or a broken one."""
        kind = next((key for key in update if key != "update_id"), "")
        number = update.get("update_id", 0)
        if self._waiting and number < self._waiting[-1].id:
            self._in_order = False
        self._waiting.append(Waiting(number, kind, expires, update, json.dumps(update)))
        self._first_expiry = min(self._first_expiry, expires)
        self._wake()

    async def get(
        self,
        offset: int,
        limit: int,
        seconds: float,
        now: float,
    ) -> list[str]:
        """The waiting updates as JSON texts; waits up to `seconds` for the first.

        Raises:
            Refusal: 409 when another poll takes over.
        """
        self._interrupt(CONFLICT)
        self._forget(offset, now)
        if not self._waiting and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return self._batch(limit)

    def release(self) -> None:
        """Let a waiting poll go home with what is there."""
        self._wake()

    def conflict(self, description: str) -> None:
        self._interrupt(description)

    def drop_all(self) -> None:
        self._waiting.clear()

    def take(self, now: float) -> Waiting | None:
        """The oldest update, removed; for a webhook."""
        self._forget(0, now)
        return self._waiting.popleft() if self._waiting else None

    def put_back(self, update: Waiting) -> None:
        self._waiting.appendleft(update)

    def _forget(self, offset: int, now: float) -> None:
        waiting = self._waiting
        if offset < 0:
            while len(waiting) > -offset:
                waiting.popleft()
        while waiting and waiting[0].id < offset:
            waiting.popleft()
        # Ids may jump down after a quiet week, and taps go before messages: then look at them all.
        if now >= self._first_expiry or not self._in_order:
            self._waiting = deque(u for u in waiting if u.expires > now and u.id >= offset)
            self._first_expiry = min((u.expires for u in self._waiting), default=math.inf)
            self._in_order = self._in_order or not self._waiting

    def _batch(self, limit: int) -> list[str]:
        size = 0
        batch: list[str] = []
        for update in self._waiting:
            size += len(update.text)
            if batch and (len(batch) >= limit or size > MOST_BYTES):
                break
            batch.append(update.text)
        return batch

    async def _wait(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        poll = self._poll = loop.create_future()
        timer = loop.call_later(seconds, _resolve, poll)
        try:
            await poll
        finally:
            timer.cancel()
            if self._poll is poll:
                self._poll = None

    def _wake(self) -> None:
        if self._poll is not None:
            _resolve(self._poll)

    def _interrupt(self, description: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refusal(409, description))


def _resolve(poll: asyncio.Future[None]) -> None:
    if not poll.done():
        poll.set_result(None)
