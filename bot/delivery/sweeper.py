"""Finds placeholders that stand somewhere without content, since their numbers never came back."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import zip_longest
from typing import Final

from bot.delivery.carrier import Ambiguous, Carrier, Later, Moved, NotSent, Refused
from bot.delivery.ledger import Ledger
from bot.delivery.pace import Chance, Pause, Traffic, back_off
from bot.delivery.parcels import Key, Sweep, Waiting
from bot.delivery.post import PARKED, Post
from bot.message import Message
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

PROBES: Final = 200
"""Numbers that are tried for one letter; without kills or outages two or three are enough."""
_BEYOND: Final = 10
"""So many numbers are tried where nothing newer is known than what was there before."""
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
        numbers = self._carrier.numbers
        newest = numbers.newest(sweep.chat) or 0
        above = sweep.above
        if above is None:
            above = max(0, (sweep.below or newest) - PROBES)
        newest = max(newest, above + _BEYOND)
        below = sweep.below or newest + 1
        between = numbers.unknown(sweep.chat, range(above + 1, below))
        # One that the server was slow with may have come after the next placeholder.
        after = numbers.unknown(sweep.chat, range(below + 1, newest + 1))
        likely = (*_from_both_ends(between), *after)
        return [number for number in likely if number not in sweep.owned][:PROBES]

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


def _from_both_ends(numbers: list[int]) -> list[int]:
    """The first was lost soon after the lower bound, the last soon before the upper one."""
    half = (len(numbers) + 1) // 2
    pairs = zip_longest(numbers[:half], reversed(numbers[half:]))
    return [number for pair in pairs for number in pair if number is not None]
