"""The channel between a sandbox and a service that only echoes; nobody waits for real time."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram.client import Client
from bot.channels.telegram.commands import Known
from bot.channels.telegram.polling import Polling
from bot.exchange import (
    AtTheDesk,
    Delivery,
    Incoming,
    Preflight,
    Purpose,
    Typed,
    Update,
)
from bot.message import Button, Message, Span
from bot.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

TOKEN = "100200:a-token-that-stays-secret"  # noqa: S105 - of the sandbox
KNOWN = Known({"uk", "ar", "de"}, {"12067120", "12067"}, {"housing", "work"})
TODAY = date(2026, 11, 23)
FAREWELL = Message((Span("Please write to me in private."),))


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Pauses:
    """Waits that were asked for; none of them takes time."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@dataclass
class Echo:
    """A service that repeats what it was told, in one living message."""

    answer: Callable[[Incoming], Delivery | None] | None = None
    """What to do instead of showing it in place."""
    batches: list[list[Update]] = field(default_factory=list)
    living: dict[int, int] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    troubles: deque[Exception] = field(default_factory=deque)
    again: list[Delivery] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    """Those that are linked."""
    links: list[tuple[AtTheDesk, Preflight]] = field(default_factory=list)
    looks: list[Preflight] = field(default_factory=list)
    reply: Delivery | None = None
    """What every counsellor is answered."""
    _seen: set[int] = field(default_factory=set)

    def handle(self, batch: Sequence[Update]) -> list[Delivery]:
        self.batches.append(list(batch))
        if self.troubles:
            raise self.troubles.popleft()
        news = [update for update in batch if update.update not in self._seen]
        self._seen.update(update.update for update in news)
        answer = self.answer or self.in_place
        answers = [answer(one) for one in news if isinstance(one, Incoming)]
        answers += [self.at_the_desk(one) for one in news if isinstance(one, AtTheDesk)]
        return [answer for answer in answers if answer is not None]

    def linked(self, update: AtTheDesk, seen: Preflight) -> list[Delivery]:
        self.links.append((update, seen))
        if seen.by_administrator:
            self.groups.append(update.chat)
        said = Message((Span("linked" if seen.by_administrator else "not linked"),))
        reply = Delivery(update.person, update.chat, (), said, None, (), purpose=Purpose.REPLY)
        return [reply]

    def group_chats(self) -> list[int]:
        return list(self.groups)

    def looked(self, seen: Preflight) -> None:
        self.looks.append(seen)

    def sent(self, person: int, message: int, *, living: bool = True) -> None:
        if living:
            self.living[person] = message
        else:
            self.others.append(message)

    def gone(self, person: int) -> None:
        self.left.append(person)

    def shown_again(self) -> list[Delivery]:
        return self.again

    def at_the_desk(self, update: AtTheDesk) -> Delivery:
        answer = self.reply or Delivery(update.person, update.chat, (), None, None, ())
        return replace(answer, taps=(update.tap,) if update.tap else ())

    def in_place(self, update: Incoming) -> Delivery:
        """What was said, in the living message."""
        said = update.what.text if isinstance(update.what, Typed) else str(update.what)
        taps = (update.tap,) if update.tap else ()
        buttons = tuple((Button(data, data),) for data in ("a:age:?", "h", "x"))
        message = Message((Span(said),), buttons)
        living = self.living.get(update.person)
        return Delivery(update.person, update.chat, taps, message, living, ())

    def anew(self, update: Incoming) -> Delivery:
        """What was said, in a new message; the old one goes."""
        shown = self.in_place(update)
        return replace(shown, edit=None, delete=() if shown.edit is None else (shown.edit,))

    @property
    def heard(self) -> list[Incoming]:
        """Everything that was readable, oldest first."""
        return [one for batch in self.batches for one in batch if isinstance(one, Incoming)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(TOKEN, clock) as started:
        yield started


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@dataclass
class Running:
    polling: Polling
    task: asyncio.Task[None]
    stop: asyncio.Event
    sandbox: Sandbox
    database: ThreadPoolExecutor

    async def quiet(self) -> None:
        """Everything is stored and everything is sent."""
        calls = -1
        while calls != len(self.sandbox.calls):
            calls = len(self.sandbox.calls)
            await self.sandbox.quiet(within=3)
            await self.polling.lanes.finished()
            # Reports are told in the same thread, in order: this comes after all of them.
            await asyncio.wrap_future(self.database.submit(lambda: None))

    async def end(self) -> None:
        self.stop.set()
        await self.task


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def run(
    sandbox: Sandbox, pauses: Pauses, echo: Echo
) -> Callable[[], AbstractAsyncContextManager[Running]]:
    """Runs the channel until the block ends."""

    @asynccontextmanager
    async def running(token: str = TOKEN) -> AsyncIterator[Running]:
        stop = asyncio.Event()
        with ThreadPoolExecutor(max_workers=1) as database:
            async with Client(token, sandbox.url) as client:
                polling = Polling(
                    client,
                    echo,
                    KNOWN,
                    database,
                    bot_name=sandbox.username,
                    today=lambda: TODAY,
                    farewell=FAREWELL,
                    chance=lambda: 1.0,
                    pause=pauses,
                )
                task = asyncio.create_task(polling.run(stop))
                try:
                    yield Running(polling, task, stop, sandbox, database)
                finally:
                    stop.set()
                    await asyncio.wait({task})

    return running
