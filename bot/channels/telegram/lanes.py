"""A lane for each chat: deliveries go out in order there, and nobody waits for anybody else."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, replace
from typing import Final

from telegram.error import Forbidden, NetworkError, TelegramError

from bot.channels.telegram.client import kind_of
from bot.channels.telegram.request import Flood, Unconnected
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.turns import Cleared, Gone, Reports, Sent
from bot.delivery.pace import Chance, Pause, back_off
from bot.exchange import Delivery, Purpose
from bot.message import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """A delivery, and how much of what was sent before its turn knew of."""

    delivery: Delivery
    knows: int
    """The number of the last report (`Reports`) that was written before the turn."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A message that was sent, but that the next turns may not know of yet."""

    report: int
    message: int
    living: bool
    """Not a picture, which stands above the living message."""


class Lanes:
    """Carries out deliveries. The newest screen of a chat wins; every tap is answered."""

    def __init__(self, sender: Sender, reports: Reports, *, pause: Pause, chance: Chance) -> None:
        self._sender = sender
        self._reports = reports
        self._pause = pause
        self._chance = chance
        self._waiting: dict[int, Order] = {}
        self._busy: set[int] = set()
        self._fresh: dict[int, tuple[Fresh, ...]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, deliveries: Iterable[Delivery], knows: int) -> None:
        """Start to carry out what one batch decided."""
        self._forget_fresh(knows)
        orders = tuple(deliveries)
        # First of all every spinner stops, while the screens are still on their way.
        for delivery in orders:
            for tap in delivery.taps:
                self.answer(tap, delivery.toast, delivery.toast_link)
        for delivery in orders:
            if delivery.purpose is Purpose.REPLY:
                if delivery.message is not None:
                    self.begin(self._reply(delivery.chat, delivery.message))
                continue
            if delivery.message is None and delivery.beneath is None and not delivery.delete:
                continue
            chat = delivery.chat
            self._wait(Order(delivery, knows))
            if chat not in self._busy:
                self._busy.add(chat)
                self.begin(self._run(chat))

    def answer(self, tap: str, toast: str = "", link: str = "") -> None:
        """Begin to answer a tap; see `Sender.answer`."""
        self.begin(self._answer(tap, toast, link))

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Something else to be sent meanwhile; the end waits for it too."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finished(self) -> None:
        """Everything that was put in is sent."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def drain(self, within: float) -> None:
        """Finish what has begun, for at most so many seconds."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            log.warning(
                "%d sends were not finished; their screens are shown again", len(self._tasks)
            )
            await asyncio.wait(self._tasks)

    async def _run(self, chat: int) -> None:
        """Work off one lane until it is empty."""
        faults = 0
        left: Order | None = None
        # What came in the meantime is newer than what a fault left over.
        while (order := _newest(left, self._waiting.pop(chat, None))) is not None:
            left = order
            try:
                left = await self._step(order)
                faults = 0
            except Flood as flood:
                log.warning("flood: a chat waits %g s", flood.seconds)
                await self._pause(flood.seconds)
            except Forbidden:
                log.info("a person is gone")
                self._reports.add(Gone(order.delivery.person))
                left = None
            except NetworkError as fault:
                faults += 1
                if faults > _MOST_FAULTS and order.delivery.purpose is not Purpose.END:
                    log.error("a screen is given up: %s", kind_of(fault))  # noqa: TRY400 - a traceback may hold content
                    left = None
                await self._pause(back_off(faults, self._chance))
            except Exception as problem:  # noqa: BLE001 - one chat's trouble must not stop the others
                log.error("a screen is put aside: %s", type(problem).__name__)  # noqa: TRY400 - a traceback may hold content
                left = None
        self._busy.discard(chat)

    async def _step(self, order: Order) -> Order | None:
        """Do the next thing, and say what is then left."""
        delivery = order.delivery
        if delivery.message is None and delivery.beneath is not None:
            number = await self._sender.send(delivery.chat, delivery.beneath)
            if number is not None:
                self._note(delivery, number, living=False)
            left = replace(delivery, beneath=None)
            return replace(order, delivery=left) if delivery.delete else None
        unknown = [one for one in self._fresh.get(delivery.chat, ()) if one.report > order.knows]
        if delivery.message is None:
            ends = delivery.purpose is Purpose.END
            late = (one.message for one in unknown if one.living or ends)
            numbers = tuple(dict.fromkeys((*delivery.delete, *late)))
            await self._sender.take_away(delivery.chat, numbers, delivery.innocuous)
            if ends:
                self._reports.add(Cleared(delivery.person))
            return None
        if (picture := delivery.message.picture) is not None:
            number = await self._sender.send_picture(delivery.chat, picture)
            if number is not None:
                self._note(delivery, number, living=False)
            # The text goes beneath it, so that the living message stays last.
            gone = () if delivery.edit is None else (delivery.edit,)
            message = replace(delivery.message, picture=None)
            left = replace(delivery, message=message, edit=None, delete=(*delivery.delete, *gone))
            return replace(order, delivery=left)
        living = next((one.message for one in reversed(unknown) if one.living), None)
        return await self._show(order, delivery.message, living or delivery.edit)

    async def _show(self, order: Order, message: Message, edit: int | None) -> Order | None:
        delivery, chat = order.delivery, order.delivery.chat
        delete = delivery.delete
        shown = edit
        if edit is None or not await self._sender.edit(chat, edit, message):
            if edit is not None and delivery.purpose is Purpose.SHOW_AGAIN:
                # The person has cleared the chat: nobody asked for a new message.
                return None
            shown = await self._sender.send(chat, message)
            if shown is not None:
                self._note(delivery, shown, living=True)
                if edit is not None:
                    delete = (*delete, edit)
        rest = tuple(number for number in dict.fromkeys(delete) if number != shown)
        if not rest and delivery.beneath is None and delivery.purpose is not Purpose.END:
            return None
        return Order(replace(delivery, message=None, edit=None, delete=rest), self._reports.added)

    def _note(self, delivery: Delivery, message: int, *, living: bool) -> None:
        """Remember a new message until the turns know of it."""
        report = self._reports.add(Sent(delivery.person, message, living=living))
        known = self._fresh.get(delivery.chat, ())
        self._fresh[delivery.chat] = (*known, Fresh(report, message, living))

    async def _reply(self, chat: int, message: Message) -> None:
        """Once: nobody keeps it, and whoever asked can ask again."""
        for attempt in range(1, _MOST_ANSWERS + 1):
            try:
                await self._sender.send(chat, message, protect=True)
            except Flood as flood:
                await self._pause(flood.seconds)
            except Unconnected:
                await self._pause(back_off(attempt, self._chance))
            except TelegramError as problem:
                log.warning("a reply may not have arrived: %s", kind_of(problem))
                return
            else:
                return

    async def _answer(self, tap: str, toast: str, link: str) -> None:
        for attempt in range(1, _MOST_ANSWERS + 1):
            try:
                await self._sender.answer(tap, toast, link)
            except Flood as flood:
                await self._pause(flood.seconds)
            except NetworkError:
                await self._pause(back_off(attempt, self._chance))
            except TelegramError as refusal:
                log.warning("tap not answered: %s", kind_of(refusal))
                return
            else:
                return

    def _wait(self, order: Order) -> None:
        chat = order.delivery.chat
        newest = _newest(self._waiting.get(chat), order)
        if newest is not None:
            self._waiting[chat] = newest

    def _forget_fresh(self, knows: int) -> None:
        """What the turns know by now needs no second thought."""
        if self._fresh:
            self._fresh = {
                chat: fresh
                for chat, fresh in self._fresh.items()
                if fresh[-1].report > knows or chat in self._busy
            }


def _newest(older: Order | None, newer: Order | None) -> Order | None:
    """Both in one: the newer screen, and everything that either takes away."""
    if older is None or newer is None:
        return newer or older
    before, now = older.delivery, newer.delivery
    if now.message is None and not now.delete:
        # It only adds something beneath the screen that is still to come.
        return replace(older, delivery=replace(before, beneath=now.beneath))
    edit = now.edit
    # The older one ordered a new message, of which the newer one could not know.
    if before.message is not None and before.edit is None:
        edit = None
    # What only takes away is a quick exit: nothing may be shown after it.
    delete = tuple(n for n in dict.fromkeys((*before.delete, *now.delete)) if n != edit)
    innocuous = now.innocuous or before.innocuous
    ends = before.purpose is Purpose.END and now.message is None
    merged = replace(
        now,
        edit=edit,
        delete=delete,
        innocuous=innocuous,
        beneath=None if now.message is None else now.beneath or before.beneath,
        purpose=Purpose.END if ends else now.purpose,
    )
    return Order(merged, newer.knows)


_MOST_FAULTS: Final = 8
"""Then a screen is given up: about two minutes, after which its person has tapped again."""
_MOST_ANSWERS: Final = 3
