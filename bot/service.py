"""Batches of updates, and what became of what was sent.

Nothing is acknowledged before it is stored.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, assert_never

from bot.casework import Casework
from bot.core import events
from bot.core.knowledge import Book
from bot.core.team import Colleague, Team
from bot.correspondence import Correspondence
from bot.exchange import (
    AtTheDesk,
    BotStanding,
    ColleagueLeft,
    Delivery,
    GroupMoved,
    Incoming,
    Link,
    Preflight,
    Unreadable,
    Update,
    answered,
    merged,
)
from bot.flood import FloodLimit
from bot.groups import Groups
from bot.language.rendering import Renderer
from bot.listening import Ears
from bot.record import pack, readable
from bot.staffroom import Staffroom
from bot.store.errors import Conflict, StoreError
from bot.store.store import Store
from bot.store.transaction import SWEPT, Transaction
from bot.talks import DELETABLE, RETENTION, Talks, kept_of
from bot.teamwork import Teamwork

log = logging.getLogger(__name__)

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
    fresh: Callable[[int], bytes]
    """Draws random bytes."""
    limit: FloodLimit = field(default_factory=FloodLimit)
    receives: bool = True
    """False where nothing may be handed over, whatever is linked."""
    teamwork: Teamwork = field(init=False)
    casework: Casework = field(init=False)
    groups: Groups = field(init=False)
    staffroom: Staffroom = field(init=False)
    talks: Talks = field(init=False)
    correspondence: Correspondence = field(init=False)

    def __post_init__(self) -> None:
        self.teamwork = Teamwork(self.book, self.renderer.demonstration, self.receives)
        self.casework = Casework(self.book, self.teamwork)
        self.groups = Groups(self.casework, self.teamwork)
        self.staffroom = Staffroom(self.renderer, self.casework, self.teamwork, self.groups)
        self.talks = Talks(
            self.book, self.renderer, self.ears, self.casework, self.fresh, self.limit
        )

        self.correspondence = Correspondence(
            self.renderer, self.casework, self.teamwork, self.groups, self.clock
        )

    def renew(self, book: Book, renderer: Renderer, ears: Ears) -> None:
        """From the next turn on, everybody goes on with this edition of knowledge and words.

        Called in the database's thread, as all turns are, so that none sees half of it.
        """
        self.book, self.renderer, self.ears = book, renderer, ears
        self.teamwork.book = self.casework.book = book
        self.staffroom.renderer = self.correspondence.renderer = renderer
        self.talks.book, self.talks.renderer, self.talks.ears = book, renderer, ears

    def handle(self, batch: Sequence[Update]) -> list[Delivery]:
        """Store all turns of one batch in one transaction, and say what to deliver.

        An update that raises is rolled back alone; its number and the kind of error stay.

        Raises:
            StoreError: nothing was stored, so nothing may be acknowledged.
        """
        now = self.clock()
        self.talks.begin(now)
        deliveries: dict[int, Delivery] = {}
        replies: list[Delivery] = []
        try:
            with self.store.turn(now) as transaction:
                for update in batch:
                    delivery = self._safely(transaction, update, now)
                    if delivery is None:
                        continue
                    if isinstance(update, AtTheDesk):
                        replies.append(delivery)
                    else:
                        earlier = deliveries.get(delivery.person)
                        deliveries[delivery.person] = merged(earlier, delivery)
        except Conflict as news:
            raise _other_worker() from news
        return [*replies, *deliveries.values()]

    def demonstrate(self, group: int, people: Sequence[int]) -> None:
        """Let this group receive for every service, with these colleagues."""
        now = self.clock()
        crew = tuple(Colleague(person, private=True) for person in people)
        with self.store.turn(now) as transaction:
            team = Team(group, tuple(self.book.services), crew)
            self.teamwork.save(transaction, team, now)

    def linked(self, update: AtTheDesk, seen: Preflight) -> list[Delivery]:
        """Telegram has said what it knows of a group that wants to be linked."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            return [self.staffroom.linked(transaction, update, seen, now)]

    def group_chats(self) -> list[int]:
        """The groups to look at now and then."""
        with self.store.turn(self.clock()) as transaction:
            return [team.group for team in self.teamwork.all(transaction)]

    def looked(self, seen: Preflight) -> None:
        """Telegram has said how a group stands now."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            self.groups.looked(transaction, seen, now)

    def sent(self, person: int, message: int, *, living: bool = True) -> None:
        """A new message has arrived on the person's phone."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            kept = kept_of(transaction, person)
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
            kept = kept_of(transaction, person)
            record = readable(kept.body) if kept else None
            if record is not None and record.has_left:
                transaction.forget(person)

    def shown_again(self) -> list[Delivery]:
        """After a restart: what a quick exit still has to take away, and where everybody stands."""
        now = self.clock()
        with self.store.turn(now) as transaction:
            kept = [readable(one.body) for one in transaction.kept_since(now - DELETABLE)]
            records = [record for record in kept if record is not None]
            staying = [record for record in records if not record.has_left][-_SHOWN_AGAIN:]
            return [
                *(self.talks.farewell(record) for record in records if record.has_left),
                *(self.talks.again(transaction, record, now) for record in staying),
            ]

    def _safely(self, transaction: Transaction, update: Update, now: datetime) -> Delivery | None:
        if isinstance(update, Unreadable):
            if transaction.unseen(update.update):
                transaction.quarantine(update.update, update.kind)
            return None
        try:
            with transaction.savepoint():
                return self._turn(transaction, update, now)
        except (StoreError, Conflict):
            # Somebody else was faster: the whole batch is read and decided again.
            raise
        except Exception as problem:  # noqa: BLE001 - one person's bad update must not stop the others
            kind = type(problem).__name__
            log.error("update %d put aside: %s", update.update, kind)  # noqa: TRY400 - a traceback may hold content
            transaction.unseen(update.update)
            transaction.quarantine(update.update, kind)
            return answered(update) if isinstance(update, Incoming) else None

    def _turn(
        self,
        transaction: Transaction,
        update: Incoming | AtTheDesk | ColleagueLeft | BotStanding | GroupMoved,
        now: datetime,
    ) -> Delivery | None:
        match update:
            case Incoming():
                return self._talk(transaction, update, now)
            case AtTheDesk():
                return self._at_the_desk(transaction, update, now)
            case ColleagueLeft() | BotStanding() | GroupMoved():
                if transaction.unseen(update.update):
                    self._in_group(transaction, update, now)
                return None
            case _:
                assert_never(update)

    def _talk(self, transaction: Transaction, update: Incoming, now: datetime) -> Delivery:
        if isinstance(update.what, events.Stopped):
            self.groups.closed_private(transaction, update.person, now)
        else:
            self.groups.opened_private(transaction, update.person, now)
        return self.talks.turn(transaction, update, now)

    def _at_the_desk(
        self, transaction: Transaction, update: AtTheDesk, now: datetime
    ) -> Delivery | None:
        if not isinstance(update.what, Link):
            if not transaction.unseen(update.update):
                taps = (update.tap,) if update.tap else ()
                return Delivery(update.person, update.chat, taps, None, None, ()) if taps else None
            if not update.in_group:
                self.groups.opened_private(transaction, update.person, now)
            done = self.staffroom.turn(transaction, update, now)
            if done is not None or update.in_group:
                return done
        elif update.in_group:
            return None
        # In private, and no counsellor: whoever it is sees where they stand.
        return self.talks.turn(transaction, _as_person(update), now)

    def _in_group(
        self,
        transaction: Transaction,
        update: ColleagueLeft | BotStanding | GroupMoved,
        now: datetime,
    ) -> None:
        match update:
            case ColleagueLeft():
                self.groups.left(transaction, update, now)
            case BotStanding():
                self.groups.standing(transaction, update, now)
            case GroupMoved():
                self.groups.moved(transaction, update, now)
            case _:
                assert_never(update)


def _other_worker() -> StoreError:
    return StoreError(
        "The database",
        "Another worker has just changed the same case.",
        "Nothing needs to be done: the batch is read again.",
        retryable=True,
    )


def _as_person(update: AtTheDesk) -> Incoming:
    return Incoming(
        update.update,
        update.person,
        update.chat,
        update.phone_language,
        events.CameBack(),
        update.message,
        update.tap,
        update.tapped,
    )
