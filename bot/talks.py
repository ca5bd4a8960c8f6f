"""The turns of people who look for help: load, step, save, render."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.casework import Casework, case_code
from bot.core import case_events, events
from bot.core.conversation import step
from bot.core.events import Event, Menu
from bot.core.knowledge import Book
from bot.core.screen import screen
from bot.core.state import (
    Around,
    AskPhone,
    Conversation,
    Effect,
    ForgetPerson,
    ForgetTraces,
    Offer,
    Order,
    Show,
    ShowAnew,
    TakeAwayTyped,
)
from bot.exchange import Delivery, Incoming, Location, Purpose, Typed, answered, without_picture
from bot.flood import FloodLimit
from bot.language.rendering import Renderer
from bot.listening import Ears
from bot.message import Message, Writer
from bot.record import Record, pack, readable
from bot.store.errors import Unreadable
from bot.store.transaction import Kept, Transaction

RETENTION: Final = timedelta(hours=24)
"""After the last tap an unfinished or finished talk is destroyed; docs/privacy.md."""

DELETABLE: Final = timedelta(hours=48)
"""For so long a bot can delete a message."""

_HASTE: Final = timedelta(seconds=20)
"""Taps on what a quick exit takes away come too late for so long; then it was left lying there."""

_RANDOM: Final = 16
"""Bytes for a case code."""


@dataclass(slots=True)
class Talks:
    """For one edition of book and words after another; turns are within a transaction."""

    book: Book
    renderer: Renderer
    ears: Ears
    casework: Casework
    fresh: Callable[[int], bytes]
    limit: FloodLimit
    _left: dict[int, datetime] = field(default_factory=dict)
    """Who has just had everything taken away, and when; never stored."""

    def begin(self, now: datetime) -> None:
        """Before a batch: whose haste is over may tap again."""
        if self._left:
            self._left = {who: when for who, when in self._left.items() if now - when < _HASTE}

    def turn(self, transaction: Transaction, update: Incoming, now: datetime) -> Delivery:
        """What one person did, and what to deliver to them."""
        if not update.ends and not self.limit.allows(update.person, now):
            return answered(update)
        is_new = transaction.unseen(update.update)
        if update.tapped is None:
            # Whoever writes is here again.
            self._left.pop(update.person, None)
        elif update.person in self._left and not update.ends:
            return answered(update)
        kept = kept_of(transaction, update.person)
        record, late = self._record(update, kept)
        around = self._around(transaction, update, now)
        record = replace(record, conversation=replace(record.conversation, around=around))
        on_letter = self._is_letter(transaction, update.tapped, record)
        outdated: tuple[int, ...] = ()
        if update.tapped is not None and update.tapped != record.living and not on_letter:
            outdated = (record.living,) if record.living else ()
            record = replace(record.with_message(update.tapped, now), living=update.tapped)
        # An end that comes again is an end again: to show anything after it would betray.
        acts = is_new or update.ends
        event = self._event(update, record.conversation) if acts else events.CameBack()
        language = record.conversation.language
        turn = step(record.conversation, event, self.book)
        self._order(transaction, turn.effects, record.conversation, update.person, now)
        record = replace(record, conversation=turn.conversation)
        if turn.conversation.language != language:
            self._speak(transaction, update.person, turn.conversation.language, now)
        if any(isinstance(effect, Offer | Order) for effect in turn.effects):
            record = self._with_cases(transaction, record, update.person)
        if update.message is not None:
            record = record.with_message(update.message, now)
        # The living message stands above the letter: what was asked for comes beneath it.
        anew = on_letter and not isinstance(event, _SETTLED_THERE)
        effects = _shown_anew(turn.effects) if anew else turn.effects
        delivery = self._delivery(update, record, effects, now)
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

    def farewell(self, record: Record) -> Delivery:
        """Takes away what is still there of somebody who has left."""
        chat, innocuous = record.chat, self.renderer.innocuous()
        return Delivery(chat, chat, (), None, None, record.numbers, innocuous, Purpose.END)

    def again(self, transaction: Transaction, record: Record, now: datetime) -> Delivery:
        """After a restart: where the person stands."""
        record = self._with_cases(transaction, record, record.chat)
        message = self._message(record.conversation, now)
        # Without a living message the first answer was lost: then a new one is due.
        purpose = Purpose.SHOW if record.living is None else Purpose.SHOW_AGAIN
        chat = record.chat
        return Delivery(chat, chat, (), message, record.living, (), purpose=purpose)

    def language_of(self, phone_language: str) -> str:
        """The language of the phone where we speak it, otherwise English."""
        languages = self.book.region.languages
        tag = phone_language.lower().replace("_", "-")
        for candidate in (tag, tag.partition("-")[0], "en"):
            if candidate in languages:
                return candidate
        return languages[0]

    def _record(self, update: Incoming, kept: Kept | None) -> tuple[Record, tuple[int, ...]]:
        """Where the person stands; of who had left, what could not be taken away yet goes now."""
        record = readable(kept.body) if kept else None
        if record is not None and not record.has_left:
            return record, ()
        fresh = Conversation(self.language_of(update.phone_language))
        sent = record.sent if record else ()
        return Record(fresh, update.chat, sent=sent), record.numbers if record else ()

    def _around(self, transaction: Transaction, update: Incoming, now: datetime) -> Around:
        """Who can receive, and this person's cases; one that was silent speaks again."""
        code = case_code(self.fresh(_RANDOM))
        around = self.casework.around(transaction, update.person, code)
        if update.ends or not any(one.silent or one.unreachable for one in around.cases):
            return around
        for known in self.casework.of(transaction, update.person):
            self.casework.change(transaction, known, case_events.CameBack(), now)
        return self.casework.around(transaction, update.person, code)

    def _with_cases(self, transaction: Transaction, record: Record, person: int) -> Record:
        """With the cases as they stand now, for the screen."""
        talk = record.conversation
        around = self.casework.around(transaction, person, talk.around.fresh)
        return replace(record, conversation=replace(talk, around=around))

    def _is_letter(self, transaction: Transaction, tapped: int | None, record: Record) -> bool:
        """The button stands under a letter of a case, not under a screen."""
        if tapped is None or tapped == record.living:
            return False
        return any(
            due.letter.message == tapped and due.chat == record.chat
            for one in record.conversation.around.cases
            for due in transaction.letters.of(one.code)
        )

    def _order(
        self,
        transaction: Transaction,
        effects: tuple[Effect, ...],
        talk: Conversation,
        person: int,
        now: datetime,
    ) -> None:
        for effect in effects:
            match effect:
                case Offer():
                    self.casework.offer(transaction, effect, talk, person, now)
                case Order(code, event):
                    self.casework.happen(transaction, code, event, now)
                case _:
                    pass

    def _speak(self, transaction: Transaction, person: int, language: str, now: datetime) -> None:
        for known in self.casework.of(transaction, person):
            self.casework.change(transaction, known, case_events.Spoke(language), now)

    def _leave(
        self, transaction: Transaction, record: Record, update: Incoming, now: datetime
    ) -> None:
        """Destroy the key and all it opened; remember what must still be taken away."""
        transaction.forget(update.person)
        self._left[update.person] = now
        if record.sent:
            until = now + DELETABLE
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
                case AskPhone() | Offer() | Order():
                    pass
                case _:
                    assert_never(effect)
        return replace(
            answered(update),
            message=message,
            edit=edit,
            delete=tuple(delete),
            innocuous=self.renderer.innocuous(),
            beneath=self._beneath(record.conversation.language, effects),
        )

    def _beneath(self, language: str, effects: tuple[Effect, ...]) -> Message | None:
        if not any(isinstance(effect, AskPhone) for effect in effects):
            return None
        label = self.renderer.phone_button(language, self.book)
        return Message(Writer().line("📞 👇").done(), contact_label=label)

    def _message(self, conversation: Conversation, now: datetime) -> Message:
        here = now.astimezone(ZoneInfo(self.book.region.time_zone))
        return self.renderer.render(screen(conversation, self.book, here), self.book)


def _shown_anew(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    return tuple(ShowAnew() if isinstance(one, Show) else one for one in effects)


_SETTLED_THERE: Final = (events.TookBack, events.Replied, events.Refused, events.QuitNow)
"""What a letter answers by itself."""


def kept_of(transaction: Transaction, person: int) -> Kept | None:
    """What is kept about the person; a row that was altered outside the bot is destroyed."""
    try:
        return transaction.conversation(person)
    except Unreadable:
        transaction.forget(person)
        return None
