"""Groups, beside the loop: what Telegram must be asked about them, and which are left again.

A group is left when somebody wants there what the bot does in private only, or when nobody has
linked it for an hour. Until then nothing is kept of it, and nothing is said in it unasked.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Final

from telegram.error import Forbidden, TelegramError

from bot.channels.telegram.client import Client, kind_of
from bot.channels.telegram.decoded import Called, Decoded, InChannel, Joined
from bot.channels.telegram.encode import content_of
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.preflight import Blind, LookError, look
from bot.channels.telegram.thread import Thread
from bot.delivery.pace import Chance, Pause, back_off
from bot.exchange import AtTheDesk, BotStanding, Link, Preflight
from bot.message import Message

log = logging.getLogger(__name__)


class Groups:
    def __init__(  # noqa: PLR0913 - the parts are put together here
        self,
        client: Client,
        thread: Thread,
        lanes: Lanes,
        farewell: Message,
        *,
        pause: Pause,
        chance: Chance,
    ) -> None:
        self._client = client
        self._thread = thread
        self._lanes = lanes
        self.farewell = farewell
        """Said before leaving."""
        self._pause = pause
        self._chance = chance
        self._lines = asyncio.Semaphore(_AT_ONCE)
        self._new: set[int] = set()
        """Took the bot in since the last round."""
        self._waiting: set[int] = set()
        """Did so before the last round, and were not linked then."""
        self._being_linked: set[int] = set()

    def heard(self, updates: Iterable[Decoded]) -> None:
        """Begin what these ask for; their part of the service is stored already."""
        called: set[int] = set()
        changed: set[int] = set()
        for update in updates:
            match update:
                case AtTheDesk(what=Link(), in_group=True):
                    self._being_linked.add(update.chat)
                    self._begin(self._link(update))
                case Called(chat=chat):
                    called.add(chat)
                case Joined(chat=chat):
                    changed.add(chat)
                case BotStanding(chat=chat, is_there=True):
                    self._new.add(chat)
                    changed.add(chat)
                case InChannel(chat=chat):
                    self._begin(self._go(chat))
                case _:
                    pass
        if called:
            self._begin(self._leave_strange(called))
        if changed:
            self._begin(self._look_at(changed))

    async def watch(self) -> None:
        """A round now and every hour, until it is cancelled."""
        while True:
            await _safely(self.round())
            await asyncio.sleep(LOOK_AGAIN)

    async def round(self) -> None:
        """Look at every linked group, and leave those that nobody has linked for so long."""
        linked = await self._thread.group_chats()
        for chat in sorted(linked):
            await self._look(chat)
        for chat in sorted(self._waiting - linked - self._being_linked):
            await self._leave(chat)
        self._waiting, self._new = self._new - linked, set()

    async def _link(self, update: AtTheDesk) -> None:
        try:
            seen = await self._seen(update.chat, update.person)
            if seen is not None:
                self._lanes.put(*await self._thread.linked(update, seen))
        finally:
            self._being_linked.discard(update.chat)

    async def _look_at(self, chats: set[int]) -> None:
        for chat in sorted(chats & await self._thread.group_chats()):
            await self._look(chat)

    async def _look(self, chat: int) -> None:
        seen = await self._seen(chat, _NOBODY)
        if seen is not None:
            await self._thread.looked(seen)

    async def _seen(self, chat: int, person: int) -> Preflight | None:
        """None where nothing is known of the group, also after some attempts."""
        for attempt in range(1, _MOST_LOOKS + 1):
            try:
                async with self._lines:
                    return await look(self._client, chat, person)
            except LookError as blind:
                log.info("group %d: %s", chat, blind.kind)
                if blind.kind is not Blind.NOT_NOW:
                    return None
                await self._pause(max(blind.seconds, back_off(attempt, self._chance)))
        log.warning("group %d: Telegram does not say how it stands", chat)
        return None

    async def _leave_strange(self, chats: set[int]) -> None:
        for chat in sorted(chats - await self._thread.group_chats() - self._being_linked):
            await self._leave(chat)

    async def _leave(self, chat: int) -> None:
        self._new.discard(chat)
        self._waiting.discard(chat)
        try:
            await self._client.send_message(chat, content_of(self.farewell))
        except TelegramError as refusal:
            # Muted, or thrown out already: then silently.
            log.info("group %d: no farewell: %s", chat, kind_of(refusal))
        await self._go(chat)

    async def _go(self, chat: int) -> None:
        try:
            await self._client.bot.leave_chat(chat)
        except Forbidden:
            log.debug("group %d: not there any more", chat)
        except TelegramError as refusal:
            log.warning("group %d: not left: %s", chat, kind_of(refusal))

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        self._lanes.begin(_safely(work))


async def _safely(work: Coroutine[None, None, None]) -> None:
    """Nobody waits for it: whoever asked can ask again."""
    try:
        await work
    except Exception as problem:  # noqa: BLE001 - one group's trouble must not stop the others
        log.error("a group is put aside: %s", type(problem).__name__)  # noqa: TRY400 - a traceback may hold content


LOOK_AGAIN: Final = 3600.0
"""Seconds between two rounds: how a group is set up changes without any notice to bots."""
_AT_ONCE: Final = 4
"""So many looks at the same time, however often somebody types /link."""
_MOST_LOOKS: Final = 5
_NOBODY: Final = 0
