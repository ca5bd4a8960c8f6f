"""Cases at work: load, move, save with letters and timers, all in the turn's transaction."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.case_record import pack_case, unpack_case
from bot.core import case_events, desk
from bot.core.case_events import CaseEvent
from bot.core.findings import findings
from bot.core.handing_over import replaced
from bot.core.knowledge import Book
from bot.core.letters import Letter, ToGroup, View, letters
from bot.core.move import Reply, move
from bot.core.referral import Referral, Step, Taken, Waiting
from bot.core.responsibility import doors
from bot.core.state import Around, Conversation, Offer, Receiver
from bot.core.team import Reach
from bot.core.timers import timers
from bot.store.errors import Unreadable
from bot.store.letters import Wish
from bot.store.transaction import Kept, Transaction
from bot.teamwork import Teamwork

log = logging.getLogger(__name__)

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a case code: none that looks like another one."""
_LENGTH: Final = 9
_OTHER_DOORS: Final = 8
_TRIES: Final = 100

T = TypeVar("T")


def case_code(random: bytes) -> str:
    """A case code of sixteen random bytes: nobody can guess another one's."""
    number = int.from_bytes(random)
    code = ""
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        code += LETTERS[rest]
    return code


def fingerprint(view: View) -> str:
    """Short, and another one as soon as anything is to be read differently."""
    return hashlib.sha256(repr(view).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Known:
    """A case, and which version of it is kept."""

    referral: Referral
    version: int


@dataclass(slots=True)
class Casework:
    """For one edition of the book after another; every method is within a transaction."""

    book: Book
    teamwork: Teamwork

    def around(self, transaction: Transaction, person: int, fresh: str) -> Around:
        """What a person's turn knows of teams and of the person's own cases."""
        receivers = {}
        linked = transaction.teams.linked() if self.teamwork.receives else {}
        for service, how in linked.items():
            reach, _, people = how.partition(":")
            receivers[service] = Receiver(Reach(reach), int(people))
        return Around(fresh, receivers, tuple(one.referral for one in self.of(transaction, person)))

    def of(self, transaction: Transaction, person: int) -> list[Known]:
        """The cases of a person, oldest first, without those that they wanted to be forgotten."""
        every = _readable(transaction.referrals.of(person))
        return [known for known in every if known.referral.person == person]

    def at(self, transaction: Transaction, services: tuple[str, ...]) -> list[Known]:
        """The open cases of these services, oldest first."""
        found: dict[str, Known] = {}
        for service in services:
            for known in _readable(transaction.referrals.at(service)):
                found.setdefault(known.referral.code, known)
        return sorted(found.values(), key=lambda known: known.referral.offered)

    def find(self, transaction: Transaction, code: str) -> Known | None:
        try:
            kept = transaction.referrals.find(code)
        except Unreadable:
            # Altered outside the bot: nobody may act on it.
            transaction.referrals.erase(code)
            return None
        return next(_readable([(code, kept)]), None) if kept else None

    def offer(
        self, transaction: Transaction, order: Offer, talk: Conversation, person: int, now: datetime
    ) -> None:
        """Make a case of what the person has agreed to, and end those that it replaces."""
        team = self.teamwork.of_service(transaction, order.service)
        if team is None:
            return
        here = self._here(now)
        every = doors(findings(talk.case, self.book), talk.case, self.book, here.date()).every()
        others = tuple(
            dict.fromkeys(
                door.id
                for door in every
                if door.id in self.book.services and door.id != order.service
            )
        )
        old = replaced(order.service, talk, self.book, here.date())
        referral = Referral(
            order.code,
            person,
            talk.language,
            order.service,
            order.card,
            now,
            Waiting(now),
            doors=others[:_OTHER_DOORS],
            deputy=order.deputy,
            privately=team.private if order.child else None,
            follows=old[0].code if old else None,
        )
        transaction.referrals.add(
            referral.code,
            person,
            frozenset(referral.services),
            pack_case(referral),
            referral.expires,
        )
        self.place(transaction, referral, now)
        log.info("case %s: handed over to %s", referral.code, referral.service)
        for one in old:
            self.happen(transaction, one.code, case_events.HandedOver(), now)

    def happen(
        self, transaction: Transaction, code: str, event: CaseEvent, now: datetime
    ) -> Reply | desk.Refusal:
        """Let something happen to a case, and say what whoever acted is told."""
        known = self.find(transaction, code)
        if known is None:
            return desk.Refusal.UNKNOWN_CASE
        return self.change(transaction, known, event, now)

    def change(
        self, transaction: Transaction, known: Known, event: CaseEvent, now: datetime
    ) -> Reply:
        """The same for a case that was just read."""
        after = move(known.referral, event, self.book, now)
        if after.referral != known.referral:
            self.save(transaction, after.referral, known.version, now)
            log.info("case %s: %s", known.referral.code, _what(event))
            self._digest(transaction, known.referral, after.referral, now)
        return after.reply

    def save(
        self, transaction: Transaction, referral: Referral, version: int, now: datetime
    ) -> None:
        transaction.referrals.change(
            referral.code,
            pack_case(referral),
            version,
            referral.expires,
            services=frozenset(referral.services),
            is_open=referral.is_open,
        )
        self.place(transaction, referral, now)

    def place(self, transaction: Transaction, referral: Referral, now: datetime) -> None:
        """Say which letters stand where now, and what the case waits for."""
        wished = {}
        for slot, letter in letters(referral, self.book, self._here(now)).items():
            chat = self._chat(transaction, letter)
            if chat is not None:
                wished[slot] = Wish(chat, letter.lane, fingerprint(letter.view))
        transaction.letters.want(referral.code, wished, now)
        due = timers(referral, self.book)
        transaction.timers.replace(referral.code, {str(step): at for step, at in due.items()})
        self.teamwork.rang()

    def fire(self, transaction: Transaction, code: str, step: str, now: datetime) -> None:
        """What a case has waited for has come."""
        self.happen(transaction, code, case_events.Due(Step(step)), now)

    def view(self, transaction: Transaction, code: str, slot: str, now: datetime) -> View | None:
        """What stands in this slot now; None where nothing should."""
        known = self.find(transaction, code)
        if known is None:
            return None
        letter = letters(known.referral, self.book, self._here(now)).get(slot)
        return letter.view if letter is not None else None

    def _chat(self, transaction: Transaction, letter: Letter) -> int | None:
        if not isinstance(letter.to, ToGroup):
            return letter.to.person
        team = self.teamwork.of_service(transaction, letter.to.service)
        return team.group if team is not None and team.posts else None

    def _digest(
        self, transaction: Transaction, before: Referral, after: Referral, now: datetime
    ) -> None:
        """The list of what waits for too long follows every case that is, or was, in it."""
        listed = [one for one in (before, after) if is_late(one)]
        if not listed or after.privately is not None:
            return
        rings = Step.REMIND not in before.fired and Step.REMIND in after.fired
        for service in after.services:
            team = self.teamwork.of_service(transaction, service)
            if team is not None:
                late = [one.referral for one in self.at(transaction, team.services)]
                cases = tuple(one for one in late if is_late(one) and one.privately is None)
                self.teamwork.digest(transaction, team, cases, now, rings=rings)

    def _here(self, now: datetime) -> datetime:
        return now.astimezone(ZoneInfo(self.book.region.time_zone))


def is_late(referral: Referral) -> bool:
    """Waits, and the colleagues were reminded of it."""
    return isinstance(referral.stage, Waiting) and Step.REMIND in referral.fired


def taken_by(person: int, cases: list[Known]) -> list[Known]:
    return [
        known
        for known in cases
        if isinstance(known.referral.stage, Taken) and known.referral.stage.by == person
    ]


def _readable(rows: Iterable[tuple[str, Kept]]) -> Iterator[Known]:
    for _, kept in rows:
        yield Known(unpack_case(kept.body), kept.version)


def _what(event: CaseEvent) -> str:
    """The kind of event, for the log; never what was said."""
    return f"due {event.step}" if isinstance(event, case_events.Due) else type(event).__name__
