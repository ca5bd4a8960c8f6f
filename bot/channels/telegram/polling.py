"""The loop: ask for updates, let them be stored, only then acknowledge, and send meanwhile."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from datetime import date
from typing import Final, TypeVar

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.client import ChannelError, Client, kind_of, wrong_token
from bot.channels.telegram.commands import Known
from bot.channels.telegram.decode import decode
from bot.channels.telegram.decoded import Here, Ignored
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.pace import EVERYWHERE, rate_of
from bot.channels.telegram.request import Flood
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.thread import Thread
from bot.channels.telegram.turns import Turns
from bot.delivery.pace import Chance, Pause, Traffic, back_off
from bot.exchange import Incoming, Update
from bot.message import Message
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

T = TypeVar("T")

DRAIN: Final = 10.0
"""Seconds for which the end waits for what is still being sent."""


class Polling:
    """Runs one bot."""

    def __init__(  # noqa: PLR0913 - the parts are put together here
        self,
        client: Client,
        turns: Turns,
        known: Known,
        database: Executor,
        *,
        bot_name: str,
        today: Callable[[], date],
        farewell: Message,
        chance: Chance,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """Put together what runs one bot.

        Args:
            client: started.
            turns: decide and store.
            known: ids that links may name.
            database: its one thread, in which all turns and reports happen.
            bot_name: without @.
            today: the day where the counsellors are.
            farewell: what strange groups are told.
            chance: spreads repeated attempts.
            pause: waits.
        """
        time = asyncio.get_running_loop().time
        self._client = client
        self._known = known
        self._bot_name = bot_name
        self._today = today
        self._thread = Thread(turns, database)
        self._chance = chance
        self._pause = pause
        self._met: set[int] | None = set()
        """Chats that wrote while the last screens are being shown again; None afterwards."""
        self.traffic = Traffic(EVERYWHERE, rate_of, time=time, pause=pause)
        sender = Sender(client, self.traffic, bot_name)
        self.lanes = Lanes(sender, self._thread.reports, pause=pause, chance=chance)
        self.groups = Groups(client, self._thread, self.lanes, farewell, pause=pause, chance=chance)

    def renew(self, known: Known, farewell: Message) -> None:
        """From now on links may name these ids, and groups are told this."""
        self._known = known
        self.groups.farewell = farewell

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then finish what is in hand.

        Raises:
            ChannelError: wrong token, or a second bot with the same token.
            StoreError: one that does not pass by itself.
        """
        stopping = asyncio.create_task(stop.wait())
        beside = [
            asyncio.create_task(self._show_again()),
            asyncio.create_task(self.groups.watch()),
        ]
        try:
            offset = await self._loop(stopping)
        finally:
            stopping.cancel()
            for task in beside:
                task.cancel()
            await self.lanes.drain(DRAIN)
            await self._thread.flush()
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
        here = Here(self._bot_name, self._today())
        decoded = [one for body in raw if (one := decode(body, self._known, here)) is not None]
        if not decoded:
            log.error("%d updates without a number", len(raw))
            return offset
        batch = [one for one in decoded if isinstance(one, Update)]
        if batch:
            if self._met is not None:
                self._met.update(one.chat for one in batch if isinstance(one, Incoming))
            self.lanes.put(*await self._thread.handle(batch))
        for one in decoded:
            if isinstance(one, Ignored) and one.tap is not None:
                self.lanes.answer(one.tap)
        self.groups.heard(decoded)
        # Of the last one, not of the highest: after a quiet week the numbers may start anew.
        return decoded[-1].update + 1

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
            deliveries, knows = await self._thread.shown_again()
        except StoreError as problem:
            log.warning("screens are not shown again: %s", _safe(problem))
            return
        for delivery in deliveries:
            # Who has written since sees something newer.
            if self._met is not None and delivery.chat not in self._met:
                self.lanes.put((delivery,), knows)
                await self._pause(1 / EVERYWHERE.a_second)
        self._met = None

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
