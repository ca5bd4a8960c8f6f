"""One delivery as calls of the Bot API, and what each refusal means for it."""

import logging
from collections.abc import Callable
from typing import Final

from telegram.error import BadRequest

from bot.channels.telegram.client import Client, kind_of
from bot.channels.telegram.encode import Content, content_of, plain
from bot.channels.telegram.pace import EVERYWHERE, ONE_CHAT, Pace, Pause
from bot.message import Message, Picture

log = logging.getLogger(__name__)


class Sender:
    """What Telegram refuses for good (`BadRequest`) is dealt with here.

    `Flood`, `Forbidden` and `NetworkError` come out of every method as they come from the wire.
    """

    def __init__(self, client: Client, *, pause: Pause, time: Callable[[], float]) -> None:
        self._client = client
        self._pause = pause
        self._time = time
        self._everywhere = Pace(*EVERYWHERE)
        self._chats: dict[int, Pace] = {}

    async def answer(self, tap: str) -> None:
        """Stop the spinner on a button. One that is too old needs no answer any more."""
        try:
            await self._client.answer_tap(tap)
        except BadRequest:
            log.debug("tap too old")

    async def edit(self, chat: int, number: int, message: Message) -> bool:
        """False where this message cannot show it any more, so that a new one is needed."""
        content = content_of(message)
        try:
            await self._client.edit_message(chat, number, content)
        except BadRequest as refusal:
            if _says(refusal, _SHOWN_ALREADY):
                return True
            if _says(refusal, _NOT_EDITABLE):
                return False
            return await self._edit_plainly(chat, number, content, refusal)
        return True

    async def send(self, chat: int, message: Message) -> int | None:
        """The number of the new message; None where Telegram does not take it at all."""
        content = content_of(message)
        await self._slot(chat)
        try:
            return await self._client.send_message(chat, content)
        except BadRequest as refusal:
            _note("message refused, sent as plain text", refusal)
        try:
            return await self._client.send_message(chat, plain(content))
        except BadRequest as refusal:
            _note("plain text refused too", refusal)
            return None

    async def send_picture(self, chat: int, picture: Picture) -> int | None:
        await self._slot(chat)
        try:
            return await self._client.send_photo(chat, picture.content, picture.file_name)
        except BadRequest as refusal:
            _note("picture refused", refusal)
            return None

    async def take_away(self, chat: int, numbers: tuple[int, ...], instead: Message | None) -> None:
        """Delete these messages; what is too old for that becomes `instead`."""
        for start in range(0, len(numbers), _MOST_DELETED):
            some = numbers[start : start + _MOST_DELETED]
            try:
                await self._client.delete_messages(chat, some)
            except BadRequest:
                # One message that cannot go keeps all others of its batch.
                for number in some:
                    await self._take_away_one(chat, number, instead)

    async def _take_away_one(self, chat: int, number: int, instead: Message | None) -> None:
        try:
            await self._client.delete_message(chat, number)
        except BadRequest as refusal:
            if instead is None or _says(refusal, _NOT_THERE):
                return
            await self.edit(chat, number, instead)

    async def _edit_plainly(
        self, chat: int, number: int, content: Content, refusal: BadRequest
    ) -> bool:
        _note("edit refused, shown as plain text", refusal)
        try:
            await self._client.edit_message(chat, number, plain(content))
        except BadRequest as again:
            _note("plain text refused too", again)
        return True

    async def _slot(self, chat: int) -> None:
        """Wait until one more message may go out, to this chat and to all."""
        now = self._time()
        pace = self._chats.get(chat)
        if pace is None:
            if len(self._chats) >= _REMEMBERED:
                self._chats = {c: p for c, p in self._chats.items() if not p.is_idle(now)}
            pace = self._chats[chat] = Pace(*ONE_CHAT)
        wait = max(pace.wait(now), self._everywhere.wait(now))
        if wait > 0:
            await self._pause(wait)


def _note(what: str, refusal: BadRequest) -> None:
    # No traceback and no chat: both tell more than whoever runs the bot needs to know.
    log.error("%s: %s", what, kind_of(refusal))


def _says(refusal: BadRequest, signs: tuple[str, ...]) -> bool:
    # python-telegram-bot writes the first letter large and sometimes the rest small.
    said = refusal.message.casefold()
    return any(sign in said for sign in signs)


_SHOWN_ALREADY: Final = ("message is not modified",)
_NOT_THERE: Final = ("message to delete not found", "message_id_invalid")
_NOT_EDITABLE: Final = (
    "message to edit not found",
    "message can't be edited",
    "no text in the message",
    "message_id_invalid",
    "message identifier is not specified",
)
_MOST_DELETED: Final = 100
_REMEMBERED: Final = 1000
"""Chats whose pace is kept before the idle ones are forgotten."""
