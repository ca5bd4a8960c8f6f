"""One letter on its way: reserve, fill, take away; after each call its outcome is stored."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final, assert_never

from bot.delivery.alarm import Alarm, Kind
from bot.delivery.carrier import Ambiguous, Carrier, Moved, NotSent, Reason, Refused
from bot.delivery.ledger import Ledger
from bot.delivery.parcels import Fill, Key, Parcel, Place, Stray, TakeAway, Waiting
from bot.delivery.post import PARKED, Post
from bot.message import Message
from bot.store.errors import StoreError

log = logging.getLogger(__name__)


class Steps:
    def __init__(  # noqa: PLR0913 - the parts are put together here
        self,
        carrier: Carrier,
        ledger: Ledger,
        post: Post,
        alarm: Alarm,
        *,
        innocuous: Message,
        clock: Callable[[], datetime],
    ) -> None:
        self._carrier = carrier
        self._ledger = ledger
        self._post = post
        self._alarm = alarm
        self._innocuous = innocuous
        self._clock = clock

    async def deliver(self, waiting: Waiting) -> None:
        """Bring one letter as far as it goes.

        Raises:
            NotSent: or `Later`, or Ambiguous: the same is to be done again.
            StoreError: one that does not pass by itself.
        """
        key, chat = waiting.key, waiting.chat
        above = self._carrier.numbers.newest(chat)
        try:
            parcel = await self._ledger.write(
                lambda turn: self._post.take(turn, key, chat, self._clock(), above)
            )
            while parcel is not None:
                parcel = await self._carry(parcel)
        except (NotSent, Ambiguous, StoreError):
            raise
        except Exception as problem:  # noqa: BLE001 - one letter's trouble must not stop the others
            log.error("letter %s is parked: %s", key, type(problem).__name__)  # noqa: TRY400 - a traceback may hold content
            until = self._clock() + PARKED
            await self._ledger.write(lambda turn: self._post.hold(turn, [key], until))

    async def _carry(self, parcel: Parcel) -> Parcel | None:
        """Do this, store what came of it, and say what is to be done then."""
        try:
            match parcel:
                case Place():
                    return await self._place(parcel)
                case Fill():
                    await self._fill(parcel)
                case TakeAway():
                    await self._take_away(parcel)
                case Stray(chat, number):
                    await self._remove(chat, number)
                case _:
                    assert_never(parcel)
        except Moved as moved:
            if not isinstance(parcel, Stray):
                key, old, new = parcel.key, parcel.chat, moved.chat
                await self._ledger.write(lambda turn: self._post.moved(turn, key, old, new))
        return None

    async def _place(self, place: Place) -> Parcel | None:
        key = place.key
        try:
            number = await self._carrier.post(place.chat, place.placeholder, protect=place.protect)
        except NotSent:
            now = self._clock()
            await self._ledger.write(lambda turn: self._post.unsent(turn, key, now))
            raise
        except Refused as refused:
            await self._refused(key, refused.reason)
            return None
        return await self._ledger.write(
            lambda turn: self._post.reserved(turn, place, number, self._clock())
        )

    async def _fill(self, fill: Fill) -> None:
        key = fill.key
        try:
            await self._carrier.edit(fill.chat, fill.number, fill.message)
        except Refused as refused:
            match refused.reason:
                case Reason.MESSAGE_GONE:
                    await self._ledger.write(lambda turn: self._post.lost(turn, fill))
                case Reason.NOT_EDITABLE:
                    # What it shows must not stay beside the new one.
                    await self._remove(fill.chat, fill.number)
                    await self._ledger.write(lambda turn: self._post.lost(turn, fill))
                case _:
                    await self._refused(key, refused.reason)
            return
        await self._ledger.write(lambda turn: self._post.filled(turn, fill, self._clock()))

    async def _take_away(self, parcel: TakeAway) -> None:
        await self._remove(parcel.chat, parcel.number)
        await self._ledger.write(lambda turn: self._post.taken_away(turn, parcel, self._clock()))

    async def _remove(self, chat: int, number: int) -> None:
        try:
            await self._carrier.remove(chat, number, self._innocuous)
        except Refused as refused:
            # Nobody can do anything there any more.
            log.info("a message stays where it is: %s", refused.reason)

    async def _refused(self, key: Key, reason: Reason) -> None:
        log.warning("letter %s is refused: %s", key, reason)
        await self._ledger.write(lambda turn: self._post.refused(turn, key, reason))
        match reason:
            case Reason.CHAT_GONE:
                await self._alarm.ring(Kind.CHAT_GONE, _CHAT_GONE)
            case Reason.NOT_TAKEN:
                await self._alarm.ring(Kind.CONTENT_REFUSED, _CONTENT_REFUSED)
            case _:
                pass


_CHAT_GONE: Final = (
    "A chat cannot be written to any more: the bot was removed, lost its rights, or the group "
    "is gone. Its cases go on without it. Let an administrator put the bot back."
)
_CONTENT_REFUSED: Final = (
    "A letter was refused for what it says, even as plain text. The log names the case code."
)
