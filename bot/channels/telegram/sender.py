"""One delivery as calls of the Bot API, and what each refusal means for it."""

import logging
from typing import Final

from telegram.error import BadRequest

from bot.channels.telegram import refusals
from bot.channels.telegram.client import Client
from bot.channels.telegram.encode import Content, content_of, cut, plain, units
from bot.channels.telegram.refusals import note, says
from bot.delivery.pace import Traffic
from bot.message import Message, Picture

log = logging.getLogger(__name__)


class Sender:
    """What Telegram refuses for good (`BadRequest`) is dealt with here.

    `Flood`, `Forbidden` and `NetworkError` come out of every method as they come from the wire.
    """

    def __init__(self, client: Client, traffic: Traffic, bot_name: str) -> None:
        self._client = client
        self._traffic = traffic
        self._bot_name = bot_name

    async def answer(self, tap: str, toast: str = "", link: str = "") -> None:
        """Stop the spinner on a button. One that is too old needs no answer any more.

        Args:
            tap: what to answer.
            toast: what the phone says.
            link: the payload with which the private chat opens instead.
        """
        # Not both: an app that is told a text does not follow the link.
        content = self._link(link) if link else _toast(toast)
        try:
            await self._client.answer_tap(tap, **content)
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

    async def send(self, chat: int, message: Message, *, protect: bool = False) -> int | None:
        """The number of the new message; None where Telegram does not take it at all.

        Args:
            chat: where.
            message: what.
            protect: it cannot be forwarded or copied.
        """
        content = content_of(message) | ({"protect_content": True} if protect else {})
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

    def _link(self, payload: str) -> Content:
        return {"url": f"https://t.me/{self._bot_name}?start={payload}"}

    async def _edit_plainly(
        self, chat: int, number: int, content: Content, refusal: BadRequest
    ) -> bool:
        note(log, "edit refused, shown as plain text", refusal)
        try:
            await self._client.edit_message(chat, number, plain(content))
        except BadRequest as again:
            note(log, "plain text refused too", again)
        return True


def _toast(said: str) -> Content:
    if not said:
        return {}
    text = cut(said, _LONGEST_TOAST)
    return {"text": text, "show_alert": True} if units(text) > _GLANCE else {"text": text}


_NEEDS_A_NEW_ONE: Final = (*refusals.GONE, *refusals.NOT_EDITABLE)
_MOST_DELETED: Final = 100
_LONGEST_TOAST: Final = 200
_GLANCE: Final = 60
"""A longer text stays until it is closed: a toast is gone after three seconds."""
_MOST_URGENT: Final = 0
"""Somebody has tapped and waits."""
