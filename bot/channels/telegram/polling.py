"""The loop: ask for updates, let them be stored, only then acknowledge, and send meanwhile."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Final, ParamSpec, TypeVar

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.client import ChannelError, Client, kind_of, wrong_token
from bot.channels.telegram.commands import Known
from bot.channels.telegram.decode import InGroup, decode
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.pace import EVERYWHERE, rate_of
from bot.channels.telegram.request import Flood
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.turns import Reports, Turns
from bot.delivery.pace import Chance, Pause, Traffic, back_off
from bot.exchange import Delivery, Incoming, Unreadable
from bot.message import Message
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

DRAIN: Final = 10.0
"""Seconds for which the end waits for what is still being sent."""


class Polling:
    """Runs one bot. `database` has exactly one thread; all turns and reports happen there."""

    def __init__(  # noqa: PLR0913 - the parts are put together here
        self,
        client: Client,
        turns: Turns,
        known: Known,
        database: Executor,
        *,
        farewell: Message,
        chance: Chance,
        pause: Pause = asyncio.sleep,
    ) -> None:
        time = asyncio.get_running_loop().time
        self._client = client
        self._turns = turns
        self._known = known
        self._database = database
        self._chance = chance
        self._pause = pause
        self._reports = Reports(turns, database)
        self._met: set[int] | None = set()
        """Chats that wrote while the last screens are being shown again; None afterwards."""
        self._groups = Groups(client, farewell)
        self.traffic = Traffic(EVERYWHERE, rate_of, time=time, pause=pause)
        self.lanes = Lanes(Sender(client, self.traffic), self._reports, pause=pause, chance=chance)

    def renew(self, known: Known, farewell: Message) -> None:
        """From now on links may name these ids, and groups are told this."""
        self._known = known
        self._groups = Groups(self._client, farewell)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then finish what is in hand.

        Raises:
            ChannelError: wrong token, or a second bot with the same token.
            StoreError: one that does not pass by itself.
        """
        stopping = asyncio.create_task(stop.wait())
        again = asyncio.create_task(self._show_again())
        try:
            offset = await self._loop(stopping)
        finally:
            stopping.cancel()
            again.cancel()
            await self.lanes.drain(DRAIN)
            await self._in_database(self._reports.flush)
        if offset is not None:
            await self._acknowledge(offset)

    async def _loop(self, stopping: asyncio.Task[bool]) -> int | None:
        """The number that is to be acknowledged when it ends."""
        offset: int | None = None
        faults = 0
        while not stopping.done():
            try:
                raw = await _unless(stopping, self._client.get_updates(offset))
                if raw:
                    offset = await self._handled(raw, offset)
                faults = 0
            except Flood as flood:
                await _unless(stopping, self._pause(flood.seconds))
            except Conflict as conflict:
                await self._settle(conflict)
            except InvalidToken:
                raise wrong_token() from None
            except (TelegramError, StoreError) as problem:
                if isinstance(problem, StoreError) and not problem.retryable:
                    raise
                faults += 1
                log.warning("fault %d, the same is asked again: %s", faults, _safe(problem))
                await _unless(stopping, self._pause(back_off(faults, self._chance)))
        return offset

    async def _handled(self, raw: Sequence[object], offset: int | None) -> int | None:
        """Let one batch be stored and begin to send; returns the next number to ask for."""
        decoded = [update for update in (decode(one, self._known) for one in raw) if update]
        if not decoded:
            log.error("%d updates without a number", len(raw))
            return offset
        batch = [update for update in decoded if isinstance(update, Incoming | Unreadable)]
        if batch:
            if self._met is not None:
                self._met.update(update.chat for update in batch if isinstance(update, Incoming))
            deliveries, knows = await self._in_database(self._turn, batch)
            self.lanes.put(deliveries, knows)
        calls = [update for update in decoded if isinstance(update, InGroup)]
        if calls:
            self.lanes.begin(self._groups.leave(calls))
        # Of the last one, not of the highest: after a quiet week the numbers may start anew.
        return decoded[-1].update + 1

    def _turn(self, batch: Sequence[Incoming | Unreadable]) -> tuple[list[Delivery], int]:
        knows = self._reports.write()
        return self._turns.handle(batch), knows

    async def _settle(self, conflict: Conflict) -> None:
        if "webhook" not in conflict.message.casefold():
            raise ChannelError(
                "Another bot runs with the same token.",
                "End it, then start this one again; one token serves one bot.",
            ) from None
        # Left over from an earlier program; what waits for it is kept and comes to us.
        await self._client.bot.delete_webhook()

    async def _show_again(self) -> None:
        """After a restart, show everybody where they stand, in case the last screen was lost."""
        try:
            deliveries, knows = await self._in_database(self._last_screens)
        except StoreError as problem:
            log.warning("screens are not shown again: %s", _safe(problem))
            return
        for delivery in deliveries:
            # Who has written since sees something newer.
            if self._met is not None and delivery.chat not in self._met:
                self.lanes.put((delivery,), knows)
                await self._pause(1 / EVERYWHERE.a_second)
        self._met = None

    def _last_screens(self) -> tuple[list[Delivery], int]:
        knows = self._reports.write()
        return self._turns.shown_again(), knows

    async def _in_database(self, work: Callable[P, T], *given: P.args, **more: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, partial(work, *given, **more))

    async def _acknowledge(self, offset: int) -> None:
        """Say what is done, so that the next start does not get it again; it would do no harm."""
        try:
            async with asyncio.timeout(_GOODBYE):
                await self._client.get_updates(offset, wait=0)
        except (TelegramError, TimeoutError) as problem:
            log.info("last updates not acknowledged: %s", type(problem).__name__)


async def _unless(stopping: asyncio.Task[bool], work: Awaitable[T]) -> T | None:
    """The result of `work`, or None when the end comes first."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        task.cancel()


def _safe(problem: Exception) -> str:
    return kind_of(problem) if isinstance(problem, TelegramError) else str(problem)


_GOODBYE: Final = 3.0
"""Seconds for the last call."""
