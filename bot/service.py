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
from bot.exchange import (
    Delivery,
    Incoming,
    Location,
    Purpose,
    Typed,
    Unreadable,
    answered,
    merged,
    without_picture,
)
from bot.flood import FloodLimit
from bot.language.rendering import Renderer
from bot.listening import Ears
from bot.message import Message
from bot.record import Record, pack, readable
from bot.store.errors import StoreError
from bot.store.errors import Unreadable as UnreadableRow
from bot.store.store import Store
from bot.store.transaction import SWEPT, Kept, Transaction

log = logging.getLogger(__name__)

RETENTION: Final = timedelta(hours=24)
"""After the last tap an unfinished or finished talk is destroyed; docs/privacy.md."""

_HASTE: Final = timedelta(seconds=20)
"""Taps on what a quick exit takes away come too late for so long; then it was left lying there."""

_DELETABLE: Final = timedelta(hours=48)
"""For so long a bot can delete a message."""

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
    limit: FloodLimit = field(default_factory=FloodLimit)
    _left: dict[int, datetime] = field(default_factory=dict)
    """Who has just had everything taken away, and when; never stored."""

    def renew(self, book: Book, renderer: Renderer, ears: Ears) -> None:
        """From the next turn on, everybody goes on with this edition of knowledge and words.

        Called in the database's thread, as all turns are, so that none sees half of it.
        """
        self.book, self.renderer, self.ears = book, renderer, ears

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
                    deliveries[delivery.person] = merged(earlier, delivery)
        return list(deliveries.values())

    def sent(self, person: int, message: int, *, living: bool = True) -> None:
        """A new message has arrived on the person's phone."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            kept = _kept(transaction, person)
            record = readable(kept.body) if kept else None
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
        self.limit.forget(self.clock())
        erased = SWEPT
        # In turns of their own, so that nobody waits long for the database.
        while erased >= SWEPT:
            with self.store.turn(self.clock()) as transaction:
                erased = transaction.sweep()

    def cleared(self, person: int) -> None:
        """Everything of a person who has left is taken away: nothing is known any more."""
        with self.store.turn(self.clock()) as transaction:
            kept = _kept(transaction, person)
            record = readable(kept.body) if kept else None
            if record is not None and record.has_left:
                transaction.forget(person)

    def shown_again(self) -> list[Delivery]:
        """After a restart: what a quick exit still has to take away, and where everybody stands."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            kept = [readable(one.body) for one in transaction.kept_since(now - _DELETABLE)]
        records = [record for record in kept if record is not None]
        staying = [record for record in records if not record.has_left][-_SHOWN_AGAIN:]
        return [
            *(self._farewell(record) for record in records if record.has_left),
            *(self._again(record, now) for record in staying),
        ]

    def _farewell(self, record: Record) -> Delivery:
        chat, innocuous = record.chat, self.renderer.innocuous()
        return Delivery(chat, chat, (), None, None, record.numbers, innocuous, Purpose.END)

    def _again(self, record: Record, now: datetime) -> Delivery:
        message = self._message(record.conversation, now)
        # Without a living message the first answer was lost: then a new one is due.
        purpose = Purpose.SHOW if record.living is None else Purpose.SHOW_AGAIN
        chat = record.chat
        return Delivery(chat, chat, (), message, record.living, (), purpose=purpose)

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
            return answered(update)

    def _turn(self, transaction: Transaction, update: Incoming, now: datetime) -> Delivery:
        if not update.ends and not self.limit.allows(update.person, now):
            return answered(update)
        is_new = transaction.unseen(update.update)
        if update.tapped is None:
            # Whoever writes is here again.
            self._left.pop(update.person, None)
        elif update.person in self._left and not update.ends:
            return answered(update)
        kept = _kept(transaction, update.person)
        record = readable(kept.body) if kept else None
        late: tuple[int, ...] = ()
        if record is None or record.has_left:
            # Of who had left, what could not be taken away yet is taken away now.
            sent = record.sent if record else ()
            late = record.numbers if record else ()
            fresh = Conversation(self.language_of(update.phone_language))
            record = Record(fresh, update.chat, sent=sent)
        outdated: tuple[int, ...] = ()
        if update.tapped is not None and update.tapped != record.living:
            outdated = (record.living,) if record.living else ()
            record = replace(record.with_message(update.tapped, now), living=update.tapped)
        # An end that comes again is an end again: to show anything after it would betray.
        acts = is_new or update.ends
        event = self._event(update, record.conversation) if acts else events.CameBack()
        turn = step(record.conversation, event, self.book)
        record = replace(record, conversation=turn.conversation)
        if update.message is not None:
            record = record.with_message(update.message, now)
        delivery = self._delivery(update, record, turn.effects, now)
        if any(isinstance(effect, ForgetTraces | ForgetPerson) for effect in turn.effects):
            self._leave(transaction, record, update, now)
            return replace(delivery, purpose=Purpose.END)
        late = tuple(number for number in late if number != record.living)
        delivery = replace(delivery, delete=(*delivery.delete, *outdated, *late))
        if event != events.OpenedMenu(Menu.SHARE):
            delivery = without_picture(delivery)
        until = now + RETENTION
        record = replace(record.without(delivery.delete), until=until)
        version = kept.version if kept else 0
        transaction.keep(update.person, pack(record), version, until)
        return delivery

    def _leave(
        self, transaction: Transaction, record: Record, update: Incoming, now: datetime
    ) -> None:
        """Destroy the key and all it opened; remember what must still be taken away."""
        transaction.forget(update.person)
        self._left[update.person] = now
        if record.sent:
            until = now + _DELETABLE
            rest = Record(Conversation(""), update.chat, None, record.sent, until, has_left=True)
            transaction.keep(update.person, pack(rest), 0, until)

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
                    delete.extend(record.numbers)
                case ForgetPerson(language, stopped):
                    message = self.renderer.forgotten(language, self.book, stopped=stopped)
                    delete.extend(record.numbers)
                case _:
                    assert_never(effect)
        return replace(
            answered(update),
            message=message,
            edit=edit,
            delete=tuple(delete),
            innocuous=self.renderer.innocuous(),
        )

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


def _kept(transaction: Transaction, person: int) -> Kept | None:
    """What is kept about the person; a row that was altered outside the bot is destroyed."""
    try:
        return transaction.conversation(person)
    except UnreadableRow:
        transaction.forget(person)
        return None
