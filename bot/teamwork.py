"""Teams at work: load, change, save with the letters that belong to no single case."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.knowledge import Book
from bot.core.letters import Lane
from bot.core.referral import Referral, Taken, Waiting
from bot.core.team import Team, reach
from bot.core.team_views import DigestView, Line, StandInView, TeamView, WelcomeView
from bot.store.letters import Wish
from bot.store.transaction import Kept, Transaction
from bot.team_record import pack_team, unpack_team

TEAM: Final = "team:"
DIGEST: Final = "digest:"
AWAY: Final = "away:"
"""Beginnings of the names under which a team's letters are kept; then its first service."""
_WELCOME: Final = "welcome"


def _nobody_listens() -> None:
    pass


@dataclass(slots=True)
class Teamwork:
    """For one edition of the book after another; every method is within a transaction."""

    book: Book
    demonstration: bool = False
    receives: bool = True
    """False where nothing may be handed over, whatever is linked."""
    rang: Callable[[], None] = field(default=_nobody_listens)
    """Called when letters were placed: there may be something to deliver."""

    def of_service(self, transaction: Transaction, service: str) -> Team | None:
        return _readable(transaction.teams.of_service(service))

    def of_person(self, transaction: Transaction, person: int) -> list[Team]:
        return [unpack_team(kept.body) for kept in transaction.teams.of_person(person)]

    def all(self, transaction: Transaction) -> list[Team]:
        return [unpack_team(kept.body) for kept in transaction.teams.all()]

    def find(self, transaction: Transaction, group: int) -> Team | None:
        return _readable(transaction.teams.find(group))

    def save(self, transaction: Transaction, team: Team, now: datetime) -> None:
        """Keep the team, and say what stands in its group.

        Raises:
            Conflict: another team receives for one of the services.
        """
        kept = transaction.teams.find(team.group)
        people = len(team.crew)
        transaction.teams.keep(
            team.group,
            pack_team(team),
            kept.version if kept else None,
            reach={service: f"{how}:{people}" for service, how in reach(team).items()},
            people=[one.person for one in team.crew],
        )
        self._want(transaction, name(TEAM, team), {_WELCOME: self.welcome(team)}, team, now)
        self._want(transaction, name(AWAY, team), self._stand_ins(team), team, now)

    def forget(self, transaction: Transaction, team: Team, now: datetime) -> None:
        """The group is not linked any more."""
        transaction.teams.forget(team.group)
        for kind in (TEAM, DIGEST, AWAY):
            transaction.letters.want(name(kind, team), {}, now)
        self.rang()

    def digest(
        self,
        transaction: Transaction,
        team: Team,
        late: tuple[Referral, ...],
        now: datetime,
        *,
        rings: bool,
    ) -> None:
        """One list a day of what waits for too long; it changes in place, and goes when empty."""
        owner = name(DIGEST, team)
        standing = [due.letter.slot for due in transaction.letters.of(owner) if due.letter.wanted]
        today = self.here(now).date().isoformat()
        slot = today if rings or not standing else standing[-1]
        views = {slot: DigestView(self.lines(late, 0))} if late else {}
        self._want(transaction, owner, views, team, now, Lane.REMINDER)

    def view(
        self, team: Team, owner: str, slot: str, late: tuple[Referral, ...]
    ) -> TeamView | None:
        """What stands in this slot now."""
        if owner.startswith(TEAM):
            return self.welcome(team)
        if owner.startswith(DIGEST):
            return DigestView(self.lines(late, 0)) if late else None
        return self._stand_ins(team).get(slot)

    def _stand_ins(self, team: Team) -> dict[str, TeamView]:
        """Who is away and has asked the group: somebody may stand in."""
        return {
            str(number): StandInView(
                team.services[0], number, one.away.until, one.away.deputy is not None
            )
            for number, one in enumerate(team.crew)
            if one.away is not None and one.away.asked
        }

    def welcome(self, team: Team) -> WelcomeView:
        closed = sum(1 for one in team.crew if not one.private)
        return WelcomeView(
            team.services,
            len(team.crew),
            closed,
            team.danger,
            team.cautions,
            self.demonstration,
        )

    def lines(self, cases: tuple[Referral, ...], reader: int) -> tuple[Line, ...]:
        """Cases in a list, as this colleague sees them."""
        found = []
        for one in cases:
            stage = one.stage
            if isinstance(stage, Waiting | Taken):
                mine = isinstance(stage, Taken) and stage.by == reader
                since = self.here(stage.since)
                found.append(Line(one.code, one.service, since, mine, isinstance(stage, Taken)))
        return tuple(found)

    def here(self, now: datetime) -> datetime:
        return now.astimezone(ZoneInfo(self.book.region.time_zone))

    def _want(  # noqa: PLR0913, PLR0917 - whose, what, where and when
        self,
        transaction: Transaction,
        owner: str,
        views: Mapping[str, TeamView],
        team: Team,
        now: datetime,
        lane: Lane = Lane.CARD,
    ) -> None:
        wished = {slot: Wish(team.group, lane, _fingerprint(view)) for slot, view in views.items()}
        # What is dangerous to post is not; but the group must read why.
        allowed = team.writable and (team.danger is None or owner.startswith(TEAM))
        transaction.letters.want(owner, wished if allowed else {}, now)
        self.rang()


def name(kind: str, team: Team) -> str:
    """Under which a team's letters of one kind are kept."""
    return f"{kind}{team.services[0]}"


def _readable(kept: Kept | None) -> Team | None:
    return unpack_team(kept.body) if kept else None


def _fingerprint(view: TeamView) -> str:
    return hashlib.sha256(repr(view).encode()).hexdigest()[:16]
