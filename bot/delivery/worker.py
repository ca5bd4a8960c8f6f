"""Makes what stands in the chats equal to what should: which letter goes next, and when."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.alarm import Alarm, Kind
from bot.delivery.carrier import Ambiguous, Carrier, Later, NotSent
from bot.delivery.ledger import Ledger
from bot.delivery.pace import Chance, Pause, Traffic, back_off
from bot.delivery.parcels import Key, Waiting
from bot.delivery.post import Post
from bot.delivery.rest import Rest
from bot.delivery.steps import Steps
from bot.delivery.sweeper import Sweeper
from bot.message import Message
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

LOOK: Final = 15.0
"""Seconds after which somebody looks for work in any case."""
_FEW: Final = 200
"""Letters that one look finds, besides those that are in hand."""
_LONG: Final = 300.0
"""Seconds of waiting that the operator should know of."""


@dataclass(slots=True)
class _Lane:
    """What waits for one chat."""

    waiting: dict[Key, Waiting] = field(default_factory=dict)
    in_hand: Key | None = None
    look_again: bool = False
    """The letter in hand was found again: what should stand may have changed since it was taken."""

    def put(self, waiting: Waiting) -> None:
        if waiting.key == self.in_hand:
            self.look_again = True
        self.waiting[waiting.key] = waiting

    def first(self) -> Waiting:
        return min(self.waiting.values(), key=_order)


class Delivery:
    """Carries out letters: in order in each chat, and no chat waits for another.

    Everything it knows is in the store; what a crash interrupts is found again.
    """

    def __init__(  # noqa: PLR0913 - the parts are put together here
        self,
        carrier: Carrier,
        ledger: Ledger,
        post: Post,
        traffic: Traffic,
        alarm: Alarm,
        *,
        innocuous: Message,
        clock: Callable[[], datetime],
        pause: Pause,
        chance: Chance,
    ) -> None:
        self._numbers = carrier.numbers
        self._ledger = ledger
        self._post = post
        self._traffic = traffic
        self._alarm = alarm
        self._clock = clock
        self._pause = pause
        self._chance = chance
        self._steps = Steps(carrier, ledger, post, alarm, innocuous=innocuous, clock=clock)
        self._lanes: dict[int, _Lane] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._held: dict[int, datetime] = {}
        self._rest = Rest(pause)
        self._is_ending = False
        self._broken: StoreError | None = None
        self._sweeper = Sweeper(
            carrier,
            ledger,
            post,
            traffic,
            innocuous=innocuous,
            clock=clock,
            pause=pause,
            chance=chance,
            done=self.wake,
        )

    def wake(self) -> None:
        """There is work: a turn has written letters. To be called in the event loop."""
        self._rest.wake()

    async def run(self, stop: asyncio.Event, *, drain: float = 10.0) -> None:
        """Until `stop` is set; then finish what has begun, for at most `drain` seconds.

        Raises:
            StoreError: one that does not pass by itself.
        """
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self.wake())
        try:
            for chat, number in await self._ledger.write(self._post.standing):
                self._numbers.saw(chat, number)
            while not stopping.done():
                await self._rest.take(await self._look())
                if self._broken is not None:
                    raise self._broken
        finally:
            stopping.cancel()
            await self._finish(drain)

    async def _look(self) -> float:
        """Begin with everything that is due; seconds until the next look."""
        now = self._clock()
        limit = _FEW + self._in_hand()
        found = await self._ledger.write(lambda turn: self._post.due(turn, now, limit))
        following = await self._ledger.write(self._post.next_due)
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        held: dict[int, list[Waiting]] = {}
        for waiting in found:
            if waiting.chat in self._held:
                held.setdefault(waiting.chat, []).append(waiting)
            elif waiting.only_sweeps:
                self._sweeper.put(waiting)
            else:
                self._put(waiting)
        for chat, some in held.items():
            await self._hold(some, self._held[chat])
        moments = [*self._held.values(), *([following] if following else [])]
        waits = [(moment - now).total_seconds() for moment in moments if moment > now]
        return min((LOOK, *waits))

    def _put(self, waiting: Waiting) -> None:
        lane = self._lanes.get(waiting.chat)
        if lane is None:
            lane = self._lanes[waiting.chat] = _Lane()
            self._tasks[waiting.chat] = asyncio.create_task(self._run(waiting.chat, lane))
        lane.put(waiting)

    async def _run(self, chat: int, lane: _Lane) -> None:
        """Work off one chat until nothing waits there."""
        faults = 0
        try:
            while lane.waiting and not self._is_ending:
                await self._slots(lane.first())
                # A more urgent one may have come meanwhile.
                first = lane.first()
                lane.in_hand = first.key
                try:
                    await self._steps.deliver(first)
                except Later as later:
                    await self._hold_chat(chat, lane, later.seconds)
                    return
                except (NotSent, Ambiguous) as fault:
                    faults += 1
                    log.warning("letter %s: %s", first.key, type(fault).__name__)
                    lane.in_hand = None
                    await self._pause(back_off(faults, self._chance))
                else:
                    faults = 0
                    del lane.waiting[first.key]
                    lane.in_hand = None
                    if lane.look_again:
                        lane.look_again = False
                        self.wake()
        except StoreError as problem:
            self._broken = problem
        finally:
            del self._lanes[chat], self._tasks[chat]
            self.wake()

    async def _slots(self, waiting: Waiting) -> None:
        """Wait until it may go out: an edit counts as a message too."""
        if not waiting.messages:
            await self._traffic.passage(waiting.lane)
        for _ in range(waiting.messages):
            await self._traffic.slot(waiting.chat, waiting.lane)

    async def _hold_chat(self, chat: int, lane: _Lane, seconds: float) -> None:
        """Nothing goes to this chat for so long, also after a restart."""
        until = self._clock() + timedelta(seconds=seconds)
        log.warning("flood: a chat waits %g s", seconds)
        self._held[chat] = until
        # The one that was in hand stays the first, whatever has come meanwhile.
        some = sorted(lane.waiting.values(), key=lambda one: (one.key != lane.in_hand, _order(one)))
        await self._hold(some, until)
        lane.waiting.clear()
        if seconds > _LONG:
            await self._alarm.ring(Kind.FLOOD, _FLOOD.format(minutes=round(seconds / 60)))

    async def _hold(self, some: Iterable[Waiting], until: datetime) -> None:
        keys = [one.key for one in some]
        await self._ledger.write(lambda turn: self._post.hold(turn, keys, until))

    def _in_hand(self) -> int:
        return sum(len(lane.waiting) for lane in self._lanes.values()) + len(self._sweeper)

    async def _finish(self, within: float) -> None:
        """Let what is in hand arrive; what waits is found again after the next start."""
        self._is_ending = True
        await self._sweeper.stop()
        tasks = dict(self._tasks)
        for chat, task in tasks.items():
            if self._lanes[chat].in_hand is None:
                task.cancel()
        if tasks:
            _, late = await asyncio.wait(tasks.values(), timeout=within)
            for task in late:
                task.cancel()
            await asyncio.wait(tasks.values())


def _order(waiting: Waiting) -> tuple[int, datetime, str, str]:
    return waiting.lane, waiting.due, waiting.key.owner, waiting.key.slot


_FLOOD: Final = (
    "The channel wants us to wait {minutes} minutes before the next message to a chat. "
    "Nothing is lost, but it comes late."
)
