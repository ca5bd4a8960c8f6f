"""Letters as calls of the Bot API, and what every answer says of them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.channels.telegram import refusals
from bot.channels.telegram.client import Client
from bot.channels.telegram.encode import Content, content_of, plain
from bot.channels.telegram.refusals import note, says
from bot.channels.telegram.request import Flood, Unconnected
from bot.delivery.carrier import Ambiguous, Later, Moved, NotSent, Reason, Refused, Undelivered
from bot.delivery.numbers import Numbers
from bot.message import Message

log = logging.getLogger(__name__)

T = TypeVar("T")


class TelegramCarrier:
    """Implements `bot.delivery.carrier.Carrier`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lines = asyncio.Semaphore(_AT_ONCE)

    async def post(self, chat: int, message: Message, *, protect: bool) -> int:
        protection = {"protect_content": True} if protect else {}

        async def send(content: Content) -> int:
            return await self._client.send_message(chat, content | protection)

        async with self._call(chat):
            return await _perhaps_plain(send, content_of(message))

    async def edit(self, chat: int, number: int, message: Message) -> None:
        async def change(content: Content) -> None:
            await self._client.edit_message(chat, number, content)

        async with self._call(chat):
            try:
                await _perhaps_plain(change, content_of(message))
            except BadRequest as refusal:
                if not says(refusal, refusals.SHOWN_ALREADY):
                    raise

    async def remove(self, chat: int, number: int, instead: Message) -> None:
        try:
            async with self._call(chat):
                await self._client.delete_message(chat, number)
        except Refused as refused:
            match refused.reason:
                case Reason.MESSAGE_GONE:
                    return
                case Reason.NOT_EDITABLE | Reason.NOT_TAKEN:
                    await self._cover(chat, number, instead)
                case _:
                    raise

    async def probe(self, chat: int, number: int, instead: Message) -> bool:
        try:
            await self.edit(chat, number, instead)
        except Refused as refused:
            if refused.reason in _NOT_OURS:
                return False
            raise
        await self.remove(chat, number, instead)
        return True

    @property
    def numbers(self) -> Numbers:
        return self._client.numbers

    async def _cover(self, chat: int, number: int, instead: Message) -> None:
        try:
            await self.edit(chat, number, instead)
        except Refused as refused:
            if refused.reason not in _NOT_OURS:
                raise
            log.warning("a message can be neither deleted nor edited")

    @asynccontextmanager
    async def _call(self, chat: int) -> AsyncIterator[None]:
        async with self._lines:
            try:
                yield
            except TelegramError as problem:
                raise _outcome(problem, chat) from None


async def _perhaps_plain(call: Callable[[Content], Awaitable[T]], content: Content) -> T:
    """The call; once more without styles and links where these may be what is refused."""
    try:
        return await call(content)
    except BadRequest as refusal:
        if says(refusal, _NOT_OF_THE_CONTENT):
            raise
        note(log, "letter refused, sent as plain text", refusal)
        return await call(plain(content))


def _outcome(problem: TelegramError, chat: int) -> Undelivered:
    match problem:
        case Flood(seconds=seconds):
            return Later(seconds)
        case ChatMigrated(new_chat_id=new):
            return Moved(new)
        case Forbidden():
            return Refused(_gone(chat))
        case BadRequest():
            return Refused(_reason(problem, chat))
        case Unconnected() | InvalidToken() | Conflict():
            # A token that is refused ends the program elsewhere.
            return NotSent()
        case _:
            return Ambiguous()


def _reason(refusal: BadRequest, chat: int) -> Reason:
    if says(refusal, refusals.GONE):
        return Reason.MESSAGE_GONE
    if says(refusal, refusals.NOT_EDITABLE):
        return Reason.NOT_EDITABLE
    if says(refusal, refusals.CHAT_GONE):
        return _gone(chat)
    return Reason.NOT_TAKEN


def _gone(chat: int) -> Reason:
    """Which of the two it is, the number of the chat tells better than the text."""
    return Reason.CHAT_GONE if chat < 0 else Reason.PERSON_GONE


_AT_ONCE: Final = 64
"""So many slow calls may hang before the next letter waits; screens have lines of their own."""
_NOT_OURS: Final = frozenset({Reason.MESSAGE_GONE, Reason.NOT_EDITABLE})
_NOT_OF_THE_CONTENT: Final = (
    *refusals.SHOWN_ALREADY,
    *refusals.GONE,
    *refusals.NOT_EDITABLE,
    *refusals.CHAT_GONE,
)
