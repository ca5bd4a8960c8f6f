"""The counsellors' turns: what they tap and type, and what becomes of their groups."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.casework import Casework, Known, taken_by
from bot.core import case_events, desk, team
from bot.core.desk import Refusal, Verb
from bot.core.move import Reply
from bot.core.referral import Waiting
from bot.core.team import Away, OpenCases, Team
from bot.core.team_views import AwayView, QueueView, TeamView, Word
from bot.exchange import (
    AtTheDesk,
    Delivery,
    GoAway,
    Link,
    Preflight,
    Purpose,
    Queue,
    ShowCase,
)
from bot.groups import Groups
from bot.language.rendering import Renderer
from bot.message import Message
from bot.store.transaction import Transaction
from bot.teamwork import Teamwork

log = logging.getLogger(__name__)

OPEN_PRIVATE = "desk"
"""The payload with which a tap opens the private chat: it means nothing but that it is open."""
_OF_THE_TEAM: Final = (Verb.JOIN, Verb.AWAY)
"""Their subject is a service, whether the knowledge still has it or not; of all others, a case."""


@dataclass(slots=True)
class Staffroom:
    """For one edition of the words after another; every method is within a transaction."""

    renderer: Renderer
    casework: Casework
    teamwork: Teamwork
    groups: Groups

    def turn(self, transaction: Transaction, update: AtTheDesk, now: datetime) -> Delivery | None:
        """None where somebody who is no counsellor did this in private."""
        if isinstance(update.what, Link):
            # Who may do it, Telegram has to be asked first; then comes `linked`.
            return None
        if isinstance(update.what, desk.Tap):
            return self._tap(transaction, update, update.what, now)
        teams = self.teamwork.of_person(transaction, update.person)
        if not teams:
            return self._say(update, Word.NO_COLLEAGUE) if update.in_group else None
        match update.what:
            case Queue():
                cases = self._cases(transaction, teams)
                lines = self.teamwork.lines(tuple(one.referral for one in cases), update.person)
                return self._show(update, QueueView(lines, self.teamwork.here(now)))
            case ShowCase(code):
                return self._look_up(transaction, update, code.upper(), teams, now)
            case GoAway() as wish:
                return self._go_away(transaction, update, wish, teams, now)

    def linked(
        self, transaction: Transaction, update: AtTheDesk, seen: Preflight, now: datetime
    ) -> Delivery:
        """What whoever brought an invitation is told."""
        return self._say(update, self.groups.linked(transaction, update, seen, now))

    def _tap(
        self, transaction: Transaction, update: AtTheDesk, tap: desk.Tap, now: datetime
    ) -> Delivery | None:
        if not update.person:
            return self._answer(update, Refusal.ANONYMOUS)
        if tap.verb in _OF_THE_TEAM:
            return self._tap_for_team(transaction, update, tap, now)
        known = self.casework.find(transaction, tap.subject)
        if known is None:
            return self._answer(update, Refusal.UNKNOWN_CASE)
        own = self._team_of(transaction, known, update.person)
        if own is None:
            return self._answer(update, Refusal.NOT_A_COLLEAGUE)
        event = desk.event(tap, update.person, known.referral, own, self.casework.book)
        if isinstance(event, Refusal):
            return self._answer(update, event)
        if isinstance(event, case_events.Claimed) and isinstance(known.referral.stage, Waiting):
            cases = tuple(one.referral for one in self.casework.at(transaction, own.services))
            if not desk.may_claim(update.person, cases):
                return self._answer(update, Refusal.TOO_MANY)
        reply = self.casework.change(transaction, known, event, now)
        return self._answer(update, reply)

    def _tap_for_team(
        self, transaction: Transaction, update: AtTheDesk, tap: desk.Tap, now: datetime
    ) -> Delivery:
        own = self.teamwork.of_service(transaction, tap.subject)
        if own is None or (update.in_group and own.group != update.chat):
            return self._answer(update, Refusal.NOT_POSSIBLE)
        colleague = own.colleague(update.person)
        if tap.verb is Verb.JOIN:
            # Whoever can tap here is a member of the group.
            if not update.in_group:
                return self._answer(update, Refusal.NOT_POSSIBLE)
            after = self.groups.with_colleague(transaction, own, update.person)
            if after != own:
                self.teamwork.save(transaction, after, now)
            joined = after.colleague(update.person)
            is_open = joined is not None and joined.private
            return self._answer(update, Word.JOINED if is_open else Word.JOINED_OPEN_PRIVATE)
        if colleague is None:
            return self._answer(update, Refusal.NOT_A_COLLEAGUE)
        if tap.verb is Verb.AWAY and tap.value.isdecimal():
            return self._stand_in(transaction, update, own, int(tap.value), now)
        if tap.verb is Verb.AWAY and tap.value in {str(one) for one in OpenCases}:
            return self._arrange(transaction, update, own, OpenCases(tap.value), now)
        return self._answer(update, Refusal.NOT_POSSIBLE)

    def _look_up(
        self,
        transaction: Transaction,
        update: AtTheDesk,
        code: str,
        teams: list[Team],
        now: datetime,
    ) -> Delivery:
        cases = self._cases(transaction, teams)
        known = next((one for one in cases if one.referral.code == code), None)
        if known is None:
            return self._say(update, Word.UNKNOWN_CASE)
        if taken_by(update.person, [known]):
            event = case_events.LookedUp(update.person)
            self.casework.change(transaction, known, event, now)
            return self._nothing(update)
        lines = self.teamwork.lines((known.referral,), update.person)
        return self._show(update, QueueView(lines, self.teamwork.here(now)))

    def _go_away(
        self,
        transaction: Transaction,
        update: AtTheDesk,
        wish: GoAway,
        teams: list[Team],
        now: datetime,
    ) -> Delivery:
        if wish.until is None and not wish.back:
            return self._say(update, Word.WRITE_DATE)
        away = None if wish.until is None else Away(wish.until)
        for one in teams:
            after = team.gone_until(one, update.person, away)
            self.teamwork.save(transaction, after, now)
        if wish.until is None:
            return self._say(update, Word.BACK_AGAIN)
        mine = taken_by(update.person, self._cases(transaction, teams))
        service = mine[0].referral.service if mine else teams[0].services[0]
        return self._show(update, AwayView(service, wish.until, len(mine), deputy=False))

    def _arrange(
        self,
        transaction: Transaction,
        update: AtTheDesk,
        own: Team,
        what: OpenCases,
        now: datetime,
    ) -> Delivery:
        """What happens to the open cases of somebody who goes away."""
        colleague = own.colleague(update.person)
        if colleague is None or colleague.away is None:
            return self._answer(update, Refusal.NOT_POSSIBLE)
        match what:
            case OpenCases.KEEP:
                pass
            case OpenCases.RELEASE:
                for one in taken_by(update.person, self.casework.at(transaction, own.services)):
                    event = case_events.Released(update.person)
                    self.casework.change(transaction, one, event, now)
            case OpenCases.DEPUTY:
                away = replace(colleague.away, asked=True)
                after = team.gone_until(own, update.person, away)
                self.teamwork.save(transaction, after, now)
        return self._answer(update, Reply.DONE)

    def _stand_in(
        self, transaction: Transaction, update: AtTheDesk, own: Team, number: int, now: datetime
    ) -> Delivery:
        """A colleague takes over the cases of the one with this number."""
        absent = own.crew[number] if number < len(own.crew) else None
        stands_in = own.colleague(update.person)
        if (
            absent is None
            or absent.away is None
            or absent.away.deputy is not None
            or stands_in is None
            or absent == stands_in
        ):
            return self._answer(update, Refusal.NOT_POSSIBLE)
        if not stands_in.private:
            return self._answer(update, Word.JOINED_OPEN_PRIVATE)
        away = replace(absent.away, deputy=update.person)
        self.teamwork.save(transaction, team.gone_until(own, absent.person, away), now)
        for one in taken_by(absent.person, self.casework.at(transaction, own.services)):
            event = case_events.PassedOn(absent.person, update.person)
            self.casework.change(transaction, one, event, now)
        return self._answer(update, Word.STANDS_IN)

    def _team_of(self, transaction: Transaction, known: Known, person: int) -> Team | None:
        """The team of this case in which the person works."""
        for service in known.referral.services:
            own = self.teamwork.of_service(transaction, service)
            if own is not None and own.colleague(person) is not None:
                return own
        return None

    def _cases(self, transaction: Transaction, teams: list[Team]) -> list[Known]:
        services = tuple(dict.fromkeys(one for each in teams for one in each.services))
        return self.casework.at(transaction, services)

    def _answer(self, update: AtTheDesk, said: Reply | Refusal | Word) -> Delivery:
        """On a tap: one sentence on the phone of the one who tapped."""
        opens = said in (Reply.OPEN_PRIVATE, Word.JOINED_OPEN_PRIVATE)
        return replace(
            self._nothing(update),
            toast=self.renderer.said(said, self.casework.book),
            toast_link=OPEN_PRIVATE if opens else "",
        )

    def _say(self, update: AtTheDesk, word: Word) -> Delivery:
        return self._show(update, word)

    def _show(self, update: AtTheDesk, view: TeamView) -> Delivery:
        """In answer to a command: a message where it was asked."""
        message: Message = self.renderer.letter(view, self.casework.book)
        return replace(self._nothing(update), message=message, purpose=Purpose.REPLY)

    def _nothing(self, update: AtTheDesk) -> Delivery:
        taps = (update.tap,) if update.tap else ()
        return Delivery(update.person, update.chat, taps, None, None, ())
