"""One person's turn: load, step, save, render. Nothing is acknowledged before it is stored."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.core import events
from bot.core.conversation import step
from bot.core.events import Event, Menu
from bot.core.knowledge import Book
from bot.core.screen import screen
from bot.core.state import (
    Conversation,
    Effect,
    ForgetPerson,
    ForgetTraces,
    Show,
    ShowAnew,
    TakeAwayTyped,
)
from bot.exchange import Delivery, Incoming, Location, Typed, Unreadable
from bot.language.rendering import Renderer
from bot.listening import Ears
from bot.message import Message
from bot.record import Record, pack, unpack
from bot.store.errors import StoreError
from bot.store.errors import Unreadable as UnreadableRow
from bot.store.store import Store
from bot.store.transaction import SWEPT, Kept, Transaction

log = logging.getLogger(__name__)

RETENTION: Final = timedelta(hours=24)
"""After the last tap an unfinished or finished talk is destroyed; docs/privacy.md."""

_HASTE: Final = timedelta(seconds=20)
"""Taps on what a quick exit takes away come too late for so long; then it was left lying there."""

_SHOWN_AGAIN: Final = 1000
"""After a restart the screens of at most this many people are shown again, newest first."""


@dataclass(slots=True)
class Service:
    """Turns of all people, one after another, in the database's thread."""

    book: Book
    store: Store
    renderer: Renderer
    ears: Ears
    clock: Callable[[], datetime]
    """Aware, UTC."""
    _left: dict[int, datetime] = field(default_factory=dict)
    """Who has just had everything taken away, and when; never stored."""

    def handle(self, batch: Sequence[Incoming | Unreadable]) -> list[Delivery]:
        """Store all turns of one batch in one transaction, and say what to deliver.

        An update that raises is rolled back alone; its number and the kind of error stay.

        Raises:
            StoreError: nothing was stored, so nothing may be acknowledged.
        """
        now = self.clock()
        if self._left:
            self._left = {who: when for who, when in self._left.items() if now - when < _HASTE}
        deliveries: dict[int, Delivery] = {}
        with self.store.turn(now) as transaction:
            for update in batch:
                delivery = self._safely(transaction, update, now)
                if delivery is not None:
                    earlier = deliveries.get(delivery.person)
                    deliveries[delivery.person] = _merged(earlier, delivery)
        return list(deliveries.values())

    def sent(self, person: int, message: int, *, living: bool = True) -> None:
        """A new message has arrived on the person's phone."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            kept = _kept(transaction, person)
            record = _readable(kept.body) if kept else None
            if kept is None or record is None:
                return
            record = record.with_message(message, now)
            if living:
                record = replace(record, living=message)
            # What we send is no sign of life: the person's last tap counts.
            until = record.until or now + RETENTION
            transaction.keep(person, pack(record), kept.version, until)

    def gone(self, person: int) -> None:
        """The person has blocked the bot or is no longer there: keep nothing."""
        with self.store.turn(self.clock()) as transaction:
            transaction.forget(person)

    def sweep(self) -> None:
        """Destroy what is older than we promised to keep it."""
        erased = SWEPT
        # In turns of their own, so that nobody waits long for the database.
        while erased >= SWEPT:
            with self.store.turn(self.clock()) as transaction:
                erased = transaction.sweep()

    def shown_again(self) -> list[Delivery]:
        """After a restart: the screen where each person stands, in case the last was lost."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            kept = list(transaction.kept_since(now - RETENTION))[-_SHOWN_AGAIN:]
        deliveries = []
        for one in kept:
            record = _readable(one.body)
            if record is not None:
                message = self._message(record.conversation, now)
                living = record.living
                deliveries.append(Delivery(record.chat, record.chat, (), message, living, ()))
        return deliveries

    def _safely(
        self, transaction: Transaction, update: Incoming | Unreadable, now: datetime
    ) -> Delivery | None:
        if isinstance(update, Unreadable):
            if transaction.unseen(update.update):
                transaction.quarantine(update.update, update.kind)
            return None
        try:
            with transaction.savepoint():
                return self._turn(transaction, update, now)
        except StoreError:
            raise
        except Exception as problem:  # noqa: BLE001 - one person's bad update must not stop the others
            kind = type(problem).__name__
            log.error("update %d put aside: %s", update.update, kind)  # noqa: TRY400 - a traceback may hold content
            transaction.unseen(update.update)
            transaction.quarantine(update.update, kind)
            return Delivery(update.person, update.chat, _taps(update), None, None, ())

    def _turn(self, transaction: Transaction, update: Incoming, now: datetime) -> Delivery:
        is_new = transaction.unseen(update.update)
        if update.tapped is None:
            # Whoever writes is here again.
            self._left.pop(update.person, None)
        elif update.person in self._left and not _ends(update):
            return Delivery(update.person, update.chat, _taps(update), None, None, ())
        kept = _kept(transaction, update.person)
        record = _readable(kept.body) if kept else None
        if record is None:
            record = Record(Conversation(self.language_of(update.phone_language)), update.chat)
        outdated: tuple[int, ...] = ()
        if update.tapped is not None and update.tapped != record.living:
            outdated = (record.living,) if record.living else ()
            record = replace(record.with_message(update.tapped, now), living=update.tapped)
        # An end that comes again is an end again: to show anything after it would betray.
        acts = is_new or _ends(update)
        event = self._event(update, record.conversation) if acts else events.CameBack()
        turn = step(record.conversation, event, self.book)
        record = replace(record, conversation=turn.conversation)
        if update.message is not None:
            record = record.with_message(update.message, now)
        delivery = self._delivery(update, record, turn.effects, now)
        delivery = replace(delivery, delete=(*delivery.delete, *outdated))
        if any(isinstance(effect, ForgetTraces | ForgetPerson) for effect in turn.effects):
            transaction.forget(update.person)
            self._left[update.person] = now
            return delivery
        if event != events.OpenedMenu(Menu.SHARE):
            delivery = _without_picture(delivery)
        until = now + RETENTION
        record = replace(record.without(delivery.delete), until=until)
        version = kept.version if kept else 0
        transaction.keep(update.person, pack(record), version, until)
        return delivery

    def _event(self, update: Incoming, conversation: Conversation) -> Event:
        match update.what:
            case Typed():
                return self.ears.heard(update.what, conversation, self.book)
            case Location():
                return self.ears.located(update.what)
            case event:
                return event

    def _delivery(
        self, update: Incoming, record: Record, effects: tuple[Effect, ...], now: datetime
    ) -> Delivery:
        message: Message | None = None
        edit: int | None = None
        delete: list[int] = []
        for effect in effects:
            match effect:
                case Show():
                    message, edit = self._message(record.conversation, now), record.living
                case ShowAnew():
                    message = self._message(record.conversation, now)
                    edit = None
                    if record.living is not None:
                        delete.append(record.living)
                case TakeAwayTyped():
                    if update.message is not None:
                        delete.append(update.message)
                case ForgetTraces():
                    delete.extend(sent.message for sent in record.sent)
                case ForgetPerson(language, stopped):
                    message = self.renderer.forgotten(language, self.book, stopped=stopped)
                    delete.extend(sent.message for sent in record.sent)
                case _:
                    assert_never(effect)
        innocuous = self.renderer.innocuous()
        taps = _taps(update)
        return Delivery(update.person, update.chat, taps, message, edit, tuple(delete), innocuous)

    def _message(self, conversation: Conversation, now: datetime) -> Message:
        here = now.astimezone(ZoneInfo(self.book.region.time_zone))
        return self.renderer.render(screen(conversation, self.book, here), self.book)

    def language_of(self, phone_language: str) -> str:
        """The language of the phone where we speak it, otherwise English."""
        languages = self.book.region.languages
        tag = phone_language.lower().replace("_", "-")
        for candidate in (tag, tag.partition("-")[0], "en"):
            if candidate in languages:
                return candidate
        return languages[0]


def _ends(update: Incoming) -> bool:
    """Wants everything taken away."""
    return isinstance(update.what, events.QuitNow | events.Erased | events.Stopped)


def _taps(update: Incoming) -> tuple[str, ...]:
    return (update.tap,) if update.tap else ()


def _kept(transaction: Transaction, person: int) -> Kept | None:
    """What is kept about the person; a row that was altered outside the bot is destroyed."""
    try:
        return transaction.conversation(person)
    except UnreadableRow:
        transaction.forget(person)
        return None


def _readable(body: bytes) -> Record | None:
    """The kept record, or None where an older bot kept it in a shape we no longer read."""
    try:
        return unpack(body)
    except (ValueError, KeyError, TypeError):
        return None


def _without_picture(delivery: Delivery) -> Delivery:
    """A picture goes out once, when it is asked for, not whenever its page is shown again."""
    if delivery.message is None or delivery.message.picture is None:
        return delivery
    return replace(delivery, message=replace(delivery.message, picture=None))


def _merged(earlier: Delivery | None, later: Delivery) -> Delivery:
    """Two turns of one person in one batch: every tap is answered, the newest screen is shown."""
    if earlier is None:
        return later
    taps = (*earlier.taps, *later.taps)
    delete = tuple(dict.fromkeys((*earlier.delete, *later.delete)))
    if later.message is None and not later.delete:
        # Put aside, or nothing new to show: what was to be shown still is.
        return replace(earlier, taps=taps)
    edit = later.edit
    if earlier.message is not None and (earlier.edit is None or edit in delete):
        # The earlier turn ordered a new message: it is still to come, now with the later screen.
        edit = None
    return replace(later, taps=taps, delete=delete, edit=edit)
