"""What becomes of the counsellors' groups: linked, left, muted, moved, and looked at again."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.casework import Casework, taken_by
from bot.core import case_events, team
from bot.core.team import Caution, Team
from bot.core.team_views import Word
from bot.exchange import AtTheDesk, BotStanding, ColleagueLeft, GroupMoved, Link, Preflight
from bot.store.errors import Conflict
from bot.store.transaction import Transaction
from bot.teamwork import TEAM, Teamwork, name

log = logging.getLogger(__name__)

GONE: Final = "gone"
MUTED: Final = "muted"
"""What becomes due for a team that cannot be written to."""
_GRACE: Final = timedelta(minutes=1)


@dataclass(slots=True)
class Groups:
    """Every method is within a transaction."""

    casework: Casework
    teamwork: Teamwork

    def linked(
        self, transaction: Transaction, update: AtTheDesk, seen: Preflight, now: datetime
    ) -> Word:
        """An administrator has brought an invitation: from now on this group receives."""
        if not isinstance(update.what, Link) or not update.person or not seen.by_administrator:
            return Word.NOT_ADMINISTRATOR
        try:
            with transaction.savepoint():
                service = transaction.teams.redeem(update.what.code.upper())
                if service is None or service not in self.casework.book.services:
                    return Word.WRONG_CODE
                known = self.teamwork.find(transaction, update.chat)
                services = dict.fromkeys((*(known.services if known else ()), service))
                linked = replace(
                    known or Team(update.chat, ()),
                    services=tuple(services),
                    danger=seen.danger,
                    cautions=_cautions(seen, known),
                    writable=True,
                )
                linked = self.with_colleague(transaction, linked, update.person)
                self.teamwork.save(transaction, linked, now)
        except Conflict:
            return Word.LINKED_ELSEWHERE
        log.info("%s: a group was linked", service)
        self._place_all(transaction, linked, now)
        return Word.LINKED

    def looked(self, transaction: Transaction, seen: Preflight, now: datetime) -> None:
        """How a group stands now: where strangers could read, nothing stays."""
        known = self.teamwork.find(transaction, seen.chat)
        if known is None:
            return
        after = replace(known, danger=seen.danger, cautions=_cautions(seen, known))
        if after == known:
            return
        self.teamwork.save(transaction, after, now)
        if known.posts != after.posts:
            log.warning("%s: the group %s", known.services[0], after.danger or "may post again")
            self._place_all(transaction, after, now)

    def opened_private(self, transaction: Transaction, person: int, now: datetime) -> bool:
        """Somebody writes in private; True if it is a colleague whose chat was closed before."""
        opened = False
        for one in self.teamwork.of_person(transaction, person):
            colleague = one.colleague(person)
            if colleague is None or colleague.private:
                continue
            opened = True
            after = team.in_private(one, person, is_open=True)
            self.teamwork.save(transaction, after, now)
            for known in taken_by(person, self.casework.at(transaction, one.services)):
                event = case_events.OpenedPrivate(person)
                self.casework.change(transaction, known, event, now)
        return opened

    def closed_private(self, transaction: Transaction, person: int, now: datetime) -> None:
        """A colleague has blocked the bot: nothing can be sent to them any more."""
        for one in self.teamwork.of_person(transaction, person):
            self.teamwork.save(transaction, team.in_private(one, person, is_open=False), now)
            self._without(transaction, one, person, now)

    def left(self, transaction: Transaction, update: ColleagueLeft, now: datetime) -> None:
        """Leaving the group ends everything."""
        known = self.teamwork.find(transaction, update.chat)
        if known is None or known.colleague(update.person) is None:
            return
        self.teamwork.save(transaction, team.left(known, update.person), now)
        self._without(transaction, known, update.person, now)

    def standing(self, transaction: Transaction, update: BotStanding, now: datetime) -> None:
        """Taken out of a group, muted, or let speak again."""
        known = self.teamwork.find(transaction, update.chat)
        if known is None or update.may_write == known.writable:
            return
        after = replace(known, writable=update.may_write)
        self.teamwork.save(transaction, after, now)
        self._place_all(transaction, after, now)
        # A group that becomes a supergroup throws the bot out of the old one first.
        step = GONE if not update.is_there else MUTED
        due = {} if update.may_write else {step: now + _GRACE}
        transaction.timers.replace(name(TEAM, known), due)
        self.teamwork.rang()

    def fire(self, transaction: Transaction, service: str, step: str, now: datetime) -> None:
        """The group has not come back: whoever waits there is told."""
        known = self.teamwork.of_service(transaction, service)
        if known is None or known.writable:
            return
        self.failed(transaction, known, now)
        if step == GONE:
            self.teamwork.forget(transaction, known, now)

    def lost(self, transaction: Transaction, service: str, now: datetime) -> None:
        """A letter could not be posted in the group of this service, and never will be."""
        known = self.teamwork.of_service(transaction, service)
        if known is None or not known.writable:
            return
        log.warning("%s: the group cannot be written to", service)
        self.teamwork.save(transaction, replace(known, writable=False), now)
        self.failed(transaction, known, now)

    def failed(self, transaction: Transaction, known: Team, now: datetime) -> None:
        """The group cannot be written to: whoever waits there is told, and nothing is dropped."""
        for one in self.casework.at(transaction, known.services):
            for service in known.services:
                current = self.casework.find(transaction, one.referral.code)
                if current is not None and service in current.referral.services:
                    event = case_events.ChannelFailed(service)
                    self.casework.change(transaction, current, event, now)

    def moved(self, transaction: Transaction, update: GroupMoved, now: datetime) -> None:
        """The same team under another number; what stood in the old group is posted anew."""
        known = self.teamwork.find(transaction, update.old)
        if known is None:
            return
        transaction.teams.moved(update.old, update.new)
        after = replace(known, group=update.new, writable=True)
        transaction.timers.replace(name(TEAM, known), {})
        self.teamwork.save(transaction, after, now)
        self._place_all(transaction, after, now)

    def with_colleague(self, transaction: Transaction, own: Team, person: int) -> Team:
        """The team with this colleague, whose private chat is open if the bot knows it already."""
        after = team.joined(own, person)
        elsewhere = [one.colleague(person) for one in self.teamwork.of_person(transaction, person)]
        is_open = any(one is not None and one.private for one in elsewhere)
        if is_open or transaction.conversation(person) is not None:
            after = team.in_private(after, person, is_open=True)
        return after

    def _without(self, transaction: Transaction, own: Team, person: int, now: datetime) -> None:
        """Everything that this colleague has is given back."""
        for one in self.casework.at(transaction, own.services):
            event = case_events.ColleagueGone(person)
            self.casework.change(transaction, one, event, now)

    def _place_all(self, transaction: Transaction, own: Team, now: datetime) -> None:
        for one in self.casework.at(transaction, own.services):
            self.casework.place(transaction, one.referral, now)


def _cautions(seen: Preflight, known: Team | None) -> tuple[Caution, ...]:
    """What should be put right; also that somebody reads along who has not said who they are."""
    colleagues = len(known.crew) if known is not None else 1
    strangers = (Caution.STRANGERS,) if seen.members > colleagues else ()
    return (*seen.cautions, *strangers)
