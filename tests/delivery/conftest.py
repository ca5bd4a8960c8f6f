"""A post office: the real store, the real delivery, the sandbox, and time that the test owns."""

from __future__ import annotations

import asyncio
import heapq
from collections import defaultdict
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.telegram.carrier import TelegramCarrier
from bot.channels.telegram.client import Client
from bot.channels.telegram.pace import EVERYWHERE, rate_of
from bot.delivery.alarm import Alarm
from bot.delivery.carrier import Reason
from bot.delivery.cases import Rendered
from bot.delivery.clock import Clock
from bot.delivery.ledger import Ledger
from bot.delivery.pace import Traffic
from bot.delivery.post import Post
from bot.delivery.worker import Delivery
from bot.message import Message, Span
from bot.sandbox.server import Sandbox
from bot.store.letters import Wish
from bot.store.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.store.transaction import Transaction

TOKEN = "100200:a-token-that-stays-secret"  # noqa: S105 - of the sandbox
PLACEHOLDER = "New request, details follow."
INNOCUOUS = "🌤"


def text(words: str) -> Message:
    return Message((Span(words),))


@dataclass
class Time:
    """Goes on only when nobody has anything to do but wait."""

    now: datetime = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    waited: list[float] = field(default_factory=list)
    _sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)
    _busy: int = 0
    _free: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    async def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        woken = asyncio.get_running_loop().create_future()
        until = self.now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (until, next(self._order), woken))
        await woken

    def begin(self) -> None:
        self._busy += 1
        self._free.clear()

    def end(self) -> None:
        self._busy -= 1
        if not self._busy:
            self._free.set()

    async def still(self) -> None:
        """Everybody waits for time to pass."""
        calm = 0
        while calm < 20:
            if self._busy:
                await self._free.wait()
                calm = 0
            await asyncio.sleep(0)
            calm = 0 if self._busy else calm + 1

    async def step(self, until: datetime) -> bool:
        """To the next moment for which somebody waits; False if that is later than `until`."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if not self._sleepers or self._sleepers[0][0] > until:
            self.now = until
            return False
        moment, _, woken = heapq.heappop(self._sleepers)
        self.now = max(self.now, moment)
        woken.set_result(None)
        return True


@dataclass
class Life:
    """Of one process. Killed, it does nothing more and learns nothing more, as by kill -9."""

    is_over: bool = False
    ends_before: str = ""
    """The call of the carrier that it does not come to make."""
    ends_after: str = ""
    """The call of the carrier of which it does not hear any more."""
    calls: int | None = None
    """So many calls are made before it ends."""

    def before(self, call: str) -> None:
        self.is_over |= call == self.ends_before

    def after(self, call: str) -> None:
        self.is_over |= call == self.ends_after
        if self.calls is not None:
            self.calls -= 1
            self.is_over |= self.calls <= 0


@dataclass
class Line:
    """A carrier that lets everything through, and tells the time that something is being done."""

    inner: Any
    time: Time
    life: Life

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        if name == "numbers":
            return found

        async def counted(*given: object, **more: object) -> object:
            self.life.before(name)
            await self._live()
            self.time.begin()
            try:
                return await found(*given, **more)
            finally:
                self.life.after(name)
                self.time.end()
                await self._live()

        return counted

    async def _live(self) -> None:
        if self.life.is_over:
            await asyncio.get_running_loop().create_future()


class Thread(Executor):
    """The database's thread of one life."""

    def __init__(self, time: Time, life: Life) -> None:
        self.inner = ThreadPoolExecutor(max_workers=1)
        self.time = time
        self.life = life

    def submit(self, work: Callable[..., Any], /, *given: Any, **more: Any) -> Future[Any]:
        if self.life.is_over:
            return Future()
        loop = asyncio.get_running_loop()
        self.time.begin()
        future = self.inner.submit(work, *given, **more)
        # A job of its own, so that whoever waits for the first one has heard of it.
        self.inner.submit(loop.call_soon_threadsafe, self.time.end)
        return future


@dataclass
class Book:
    """The other side: cases whose letters say which content is wanted."""

    withdrawn: set[tuple[str, str]] = field(default_factory=set)
    refusals: list[tuple[str, str, Reason]] = field(default_factory=list)
    moves: dict[int, int] = field(default_factory=dict)
    fired: list[tuple[str, str]] = field(default_factory=list)
    shown: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    rendered: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)
    wished: dict[str, dict[str, Wish]] = field(default_factory=dict)
    moment: datetime | None = None

    def letter(self, turn: Transaction, owner: str, slot: str) -> Rendered | None:
        self.rendered.append((owner, slot))
        if self.troubles:
            raise self.troubles.pop()
        if (owner, slot) in self.withdrawn:
            return None
        (due,) = (one for one in turn.letters.of(owner) if one.letter.slot == slot)
        words = f"{owner} {slot} {due.letter.wanted}"
        return Rendered(text(words), text(PLACEHOLDER), protect=slot == "details")

    def refused(self, turn: Transaction, owner: str, slot: str, reason: Reason) -> None:  # noqa: ARG002 - the Protocol's
        self.refusals.append((owner, slot, reason))

    def moved(self, turn: Transaction, old: int, new: int) -> None:
        self.moves[old] = new
        for owner, wished in self.wished.items():
            for slot, wish in wished.items():
                if wish.chat == old:
                    wished[slot] = Wish(new, wish.lane, wish.content)
            turn.letters.want(owner, wished, self.moment)

    def fire(self, turn: Transaction, owner: str, step: str) -> None:  # noqa: ARG002 - likewise
        if self.troubles:
            raise self.troubles.pop()
        self.fired.append((owner, step))

    def screens(self, turn: Transaction, chat: int) -> frozenset[int]:  # noqa: ARG002 - likewise
        return frozenset(self.shown[chat])


@dataclass
class Office:
    sandbox: Sandbox
    store: Store
    time: Time
    book: Book
    thread: Thread
    life: Life
    delivery: Delivery
    clock: Clock
    client: Client
    carrier: TelegramCarrier
    alarms: list[str]
    tasks: list[asyncio.Task[None]]
    stop: asyncio.Event

    async def turn(self, work: Callable[[Transaction], Any]) -> Any:
        def done() -> object:
            with self.store.turn(self.time.now) as turn:
                return work(turn)

        return await asyncio.get_running_loop().run_in_executor(self.thread, done)

    async def want(
        self, owner: str = "K7M3QX9PT", /, *, wake: bool = True, **wished: tuple[int, str]
    ) -> None:
        """slot=(chat, content); the lane is 1 but for `status` and `reminder`."""
        lanes = {"status": 0, "reminder": 2}
        wishes = {
            slot: Wish(chat, lanes.get(slot, 1), content)
            for slot, (chat, content) in wished.items()
        }
        self.book.wished[owner] = wishes
        self.book.moment = self.time.now
        await self.turn(lambda turn: turn.letters.want(owner, wishes, self.time.now))
        if wake:
            self.delivery.wake()

    async def settled(self, within: float = 600) -> None:
        """Everything stands as it should."""
        until = self.time.now + timedelta(seconds=within)
        while not self.life.is_over:
            await self.time.still()
            self.check()
            if self.life.is_over or await self.turn(lambda turn: turn.letters.next_due()) is None:
                return
            await self.time.still()
            assert await self.time.step(until), "There is still work."

    async def until(self, condition: Callable[[], object], within: float = 60) -> None:
        """Time passes until this holds, and not a moment longer."""
        until = self.time.now + timedelta(seconds=within)
        await self.time.still()
        while not condition():
            assert await self.time.step(until), "It does not happen."
            await self.time.still()

    async def skips(self, **by: float) -> None:
        """So much time passes at once, as when a machine wakes up."""
        await self.time.still()
        self.time.now += timedelta(**by)
        await self.goes_on(seconds=1)

    async def goes_on(self, **by: float) -> None:
        """So much time passes."""
        until = self.time.now + timedelta(**by)
        await self.time.still()
        while await self.time.step(until):
            await self.time.still()
        self.check()

    def check(self) -> None:
        for task in self.tasks:
            if task.done() and not task.cancelled():
                task.result()

    async def end(self) -> None:
        if self.life.is_over:
            for task in self.tasks:
                task.cancel()
        self.stop.set()
        await asyncio.wait(self.tasks)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def sandbox(time: Time) -> AsyncIterator[Sandbox]:
    async with Sandbox(TOKEN, time) as started:
        yield started


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def open_office(
    sandbox: Sandbox, time: Time, book: Book, tmp_path: Path
) -> Callable[..., AbstractAsyncContextManager[Office]]:
    """Opens at the state in which the last one was left."""
    drawn = count()

    def fresh(size: int) -> bytes:
        return next(drawn).to_bytes(size, "big")

    @asynccontextmanager
    async def opened(drain: float = 0) -> AsyncIterator[Office]:
        life = Life()
        thread = Thread(time, life)
        url = f"sqlite:///{tmp_path}/clearing.db?timeout=0.01"
        store = await asyncio.wrap_future(
            thread.submit(lambda: Store.open(url, tmp_path / "keys.db", fresh))
        )
        alarms: list[str] = []

        async def tell(words: str) -> None:
            alarms.append(words)

        async with Client(TOKEN, sandbox.url) as client:
            ledger = Ledger(store, thread, clock=time, pause=time.pause, chance=lambda: 1.0)
            alarm = Alarm(tell, time)
            carrier = TelegramCarrier(client)
            delivery = Delivery(
                Line(carrier, time, life),
                ledger,
                Post(book),
                Traffic(EVERYWHERE, rate_of, time=time.seconds, pause=time.pause),
                alarm,
                innocuous=text(INNOCUOUS),
                clock=time,
                pause=time.pause,
                chance=lambda: 1.0,
            )
            clock = Clock(ledger, book, alarm, clock=time, pause=time.pause, fired=delivery.wake)
            stop = asyncio.Event()
            tasks = [
                asyncio.create_task(delivery.run(stop, drain=drain)),
                asyncio.create_task(clock.run(stop)),
            ]
            office = Office(
                sandbox, store, time, book, thread, life, delivery, clock, client, carrier, alarms,
                tasks, stop,
            )  # fmt: skip
            try:
                yield office
            finally:
                await office.end()
                thread.inner.submit(store.close)
                thread.inner.shutdown()

    return opened


@pytest.fixture
async def office(
    open_office: Callable[[], AbstractAsyncContextManager[Office]],
) -> AsyncIterator[Office]:
    async with open_office() as opened:
        yield opened
