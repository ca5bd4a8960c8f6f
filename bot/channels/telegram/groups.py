"""Groups are left alone: one kind sentence that points to the private chat, and away."""

import logging
from collections.abc import Iterable

from telegram.error import Forbidden, TelegramError

from bot.channels.telegram.client import Client, kind_of
from bot.channels.telegram.decode import InGroup
from bot.channels.telegram.encode import content_of
from bot.message import Message

log = logging.getLogger(__name__)


class Groups:
    def __init__(self, client: Client, farewell: Message) -> None:
        self._client = client
        self._farewell = farewell

    async def leave(self, calls: Iterable[InGroup]) -> None:
        """Leave every group once, however often it called."""
        for chat, may_speak in {call.chat: call.may_speak for call in calls}.items():
            if may_speak:
                await self._say_farewell(chat)
            await self._go(chat)

    async def _say_farewell(self, chat: int) -> None:
        try:
            await self._client.send_message(chat, content_of(self._farewell))
        except TelegramError as refusal:
            # Muted, or thrown out already: then silently.
            log.info("group %d: no farewell: %s", chat, kind_of(refusal))

    async def _go(self, chat: int) -> None:
        try:
            await self._client.bot.leave_chat(chat)
        except Forbidden:
            log.debug("group %d: not there any more", chat)
        except TelegramError as refusal:
            log.warning("group %d: not left: %s", chat, kind_of(refusal))
