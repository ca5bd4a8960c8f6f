"""One delivery as calls of the Bot API, and what each refusal means for it."""

import logging
from typing import Final

from telegram.error import BadRequest

from bot.channels.telegram import refusals
from bot.channels.telegram.client import Client
from bot.channels.telegram.encode import Content, content_of, plain
from bot.channels.telegram.refusals import note, says
from bot.delivery.pace import Traffic
from bot.message import Message, Picture

log = logging.getLogger(__name__)


class Sender:
    """What Telegram refuses for good (`BadRequest`) is dealt with here.

    `Flood`, `Forbidden` and `NetworkError` come out of every method as they come from the wire.
    """

    def __init__(self, client: Client, traffic: Traffic) -> None:
        self._client = client
        self._traffic = traffic

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
            if says(refusal, refusals.SHOWN_ALREADY):
                return True
            if says(refusal, _NEEDS_A_NEW_ONE):
                return False
            return await self._edit_plainly(chat, number, content, refusal)
        return True

    async def send(self, chat: int, message: Message) -> int | None:
        """The number of the new message; None where Telegram does not take it at all."""
        content = content_of(message)
        await self._traffic.slot(chat, _MOST_URGENT)
        try:
            return await self._client.send_message(chat, content)
        except BadRequest as refusal:
            note(log, "message refused, sent as plain text", refusal)
        try:
            return await self._client.send_message(chat, plain(content))
        except BadRequest as refusal:
            note(log, "plain text refused too", refusal)
            return None

    async def send_picture(self, chat: int, picture: Picture) -> int | None:
        await self._traffic.slot(chat, _MOST_URGENT)
        try:
            return await self._client.send_photo(chat, picture.content, picture.file_name)
        except BadRequest as refusal:
            note(log, "picture refused", refusal)
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
            if instead is None or says(refusal, refusals.GONE):
                return
            await self.edit(chat, number, instead)

    async def _edit_plainly(
        self, chat: int, number: int, content: Content, refusal: BadRequest
    ) -> bool:
        note(log, "edit refused, shown as plain text", refusal)
        try:
            await self._client.edit_message(chat, number, plain(content))
        except BadRequest as again:
            note(log, "plain text refused too", again)
        return True


_NEEDS_A_NEW_ONE: Final = (*refusals.GONE, *refusals.NOT_EDITABLE)
_MOST_DELETED: Final = 100
_MOST_URGENT: Final = 0
"""Somebody has tapped and waits."""
