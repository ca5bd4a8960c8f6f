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
"""Numbers that are tried for one attempt; without kills or outages two or three are enough."""
_BEYOND: Final = 10
"""So many numbers are tried where nothing newer is known than what was there before."""
_LEAST_URGENT: Final = 9
_AT_ONCE: Final = 20
"""Letters that are swept at the same time: one whose calls fail keeps nobody waiting."""


class _Seen(Enum):
    OURS = auto()
    NOT_OURS = auto()
    UNREACHABLE = auto()
    """Nothing can be done in this chat any more."""


class Sweeper:
    """One number of a letter after the other, whenever nobody else wants to send."""

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
        self._in_hand: set[Key] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._in_hand)

    def put(self, waiting: Waiting) -> None:
        """Begin to sweep for this letter, unless that has begun."""
        if waiting.key in self._in_hand:
            return
        self._waiting.setdefault(waiting.key, waiting)
        if len(self._tasks) < _AT_ONCE:
            task = asyncio.create_task(self._run())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """What is not swept yet is swept after the next start."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _run(self) -> None:
        try:
            while self._waiting:
                key = next(iter(self._waiting))
                del self._waiting[key]
                self._in_hand.add(key)
                try:
                    await self._safely(key)
                finally:
                    self._in_hand.discard(key)
                self._done()
        except StoreError as problem:
            # Whoever looks for work next meets the same error, and says it.
            log.warning("sweeping ends: %s", problem)
            self._waiting.clear()

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
        left, candidates = sweep.lost, self._candidates(sweep)
        for number in candidates:
            try:
                seen = await self._probe(sweep.chat, number)
            except Later as later:
                await self._postpone(key, timedelta(seconds=later.seconds))
                return
            if seen is _Seen.OURS:
                left -= 1
            if seen is _Seen.UNREACHABLE or not left:
                break
        log.info(
            "letter %s: %d of %d found again among %d numbers above %s, below %s",
            *(key, sweep.lost - left, sweep.lost, len(candidates), sweep.above, sweep.below),
        )
        await self._ledger.write(lambda turn: self._post.swept(turn, key))

    def _candidates(self, sweep: Sweep) -> list[int]:
        """Numbers that the lost ones may have, the likeliest first."""
        numbers = self._carrier.numbers
        newest = numbers.newest(sweep.chat) or 0
        starts = sorted(
            {above or max(0, (sweep.below or newest) - PROBES) for above in sweep.above}
        )
        newest = max(newest, starts[-1] + _BEYOND)
        ends = (*starts[1:], (sweep.below or newest + 1) - 1)
        # Each was lost soon after its own start, unless the server was slow with it.
        between = [
            _from_both_ends(numbers.unknown(sweep.chat, range(start + 1, end + 1)))[:PROBES]
            for start, end in zip(starts, ends, strict=True)
        ]
        after = numbers.unknown(sweep.chat, range(ends[-1] + 2, newest + 1))[:PROBES]
        likely = (*_in_turn(between), *after)
        return [number for number in likely if number not in sweep.owned]

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
    return _in_turn([numbers[:half], numbers[half:][::-1]])


def _in_turn(rows: list[list[int]]) -> list[int]:
    """One of each, then another one of each."""
    return [number for some in zip_longest(*rows) for number in some if number is not None]
