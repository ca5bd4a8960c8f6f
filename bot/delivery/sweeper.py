"""Finds placeholders that stand somewhere without content, since their numbers never came back."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from bot.delivery.carrier import Ambiguous, Carrier, Later, Moved, NotSent, Refused
from bot.delivery.ledger import Ledger
from bot.delivery.pace import Chance, Pause, Traffic, back_off
from bot.delivery.parcels import Key, Sweep, Waiting
from bot.delivery.post import PARKED, Post
from bot.message import Message
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

PROBES: Final = 40
"""Numbers that are tried for one lost placeholder."""
_MOST_LOST: Final = 3
"""An outage may have lost many; then no more is tried than for so many."""
_LEAST_URGENT: Final = 9


class _Seen(Enum):
    OURS = auto()
    NOT_OURS = auto()
    UNREACHABLE = auto()
    """Nothing can be done in this chat any more."""


class Sweeper:
    """One number after the other, whenever nobody else wants to send."""

    def __init__(  # noqa: PLR0913 - the parts are put together here
        self,
        carrier: Carrier,
        ledger: Ledger,
        post: Post,
        traffic: Traffic,
        *,
        innocuous: Message,
        clock: Callable[[], datetime],
        pause: Pause,
        chance: Chance,
        done: Callable[[], None],
    ) -> None:
        self._carrier = carrier
        self._ledger = ledger
        self._post = post
        self._traffic = traffic
        self._innocuous = innocuous
        self._clock = clock
        self._pause = pause
        self._chance = chance
        self._done = done
        self._waiting: dict[Key, Waiting] = {}
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, waiting: Waiting) -> None:
        """Begin to sweep for this letter, unless that has begun."""
        self._waiting.setdefault(waiting.key, waiting)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """What is not swept yet is swept after the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        try:
            while self._waiting:
                waiting = next(iter(self._waiting.values()))
                await self._safely(waiting.key)
                del self._waiting[waiting.key]
                self._done()
        except StoreError as problem:
            # Whoever looks for work next meets the same error, and says it.
            log.warning("sweeping ends: %s", problem)
        finally:
            self._waiting.clear()
            self._task = None

    async def _safely(self, key: Key) -> None:
        try:
            await self._sweep(key)
        except StoreError:
            raise
        except Exception as problem:  # noqa: BLE001 - one letter's trouble must not stop the others
            log.error("sweeping for %s is parked: %s", key, type(problem).__name__)  # noqa: TRY400 - a traceback may hold content
            await self._postpone(key, PARKED)

    async def _sweep(self, key: Key) -> None:
        now = self._clock()
        sweep = await self._ledger.write(lambda turn: self._post.sweep(turn, key, now))
        if sweep is None:
            return
        left = sweep.lost
        for number in self._candidates(sweep):
            try:
                seen = await self._probe(sweep.chat, number)
            except Later as later:
                await self._postpone(key, timedelta(seconds=later.seconds))
                return
            if seen is _Seen.OURS:
                left -= 1
            if seen is _Seen.UNREACHABLE or not left:
                break
        log.info("letter %s: %d of %d found again", key, sweep.lost - left, sweep.lost)
        await self._ledger.write(lambda turn: self._post.swept(turn, key))

    def _candidates(self, sweep: Sweep) -> list[int]:
        """Numbers that the lost ones may have, the likeliest first."""
        most = PROBES * min(sweep.lost, _MOST_LOST)
        above, below = sweep.above, sweep.below
        if above is None:
            above = max(0, below - most - 1) if below is not None else 0
        if below is None:
            # Nothing of the letter stands that would be an upper bound.
            below = above + 1 + most
        numbers = range(above + 1, below)
        unknown = self._carrier.numbers.unknown(sweep.chat, numbers)
        return [number for number in unknown if number not in sweep.owned][:most]

    async def _probe(self, chat: int, number: int) -> _Seen:
        faults = 0
        while True:
            await self._traffic.passage(_LEAST_URGENT)
            try:
                is_ours = await self._carefully(chat, number)
            except Later:
                raise
            except (NotSent, Ambiguous):
                faults += 1
                await self._pause(back_off(faults, self._chance))
            except (Refused, Moved):
                return _Seen.UNREACHABLE
            else:
                return _Seen.OURS if is_ours else _Seen.NOT_OURS

    async def _carefully(self, chat: int, number: int) -> bool:
        numbers = self._carrier.numbers
        async with numbers.probing(chat):
            if not numbers.unknown(chat, [number]):
                # Somebody has got it meanwhile.
                return False
            return await self._carrier.probe(chat, number, self._innocuous)

    async def _postpone(self, key: Key, by: timedelta) -> None:
        until = self._clock() + by
        await self._ledger.write(lambda turn: self._post.hold(turn, [key], until))
