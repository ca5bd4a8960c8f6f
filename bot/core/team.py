"""A counsellors' group: who works there, and for which services it receives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Reach(StrEnum):
    """How a service can be handed a case."""

    NOBODY = "nobody"
    """Linked, but strangers could read, or nobody is there."""
    GROUP = "group"
    BOTH = "both"
    """In the group, and somebody's private chat is open, too."""


class Danger(StrEnum):
    """Why nothing is posted in a group: strangers could read it."""

    PUBLIC = "public"
    LINKED_CHANNEL = "linked_channel"


class Caution(StrEnum):
    """Does not stop the group from receiving, but should be put right."""

    NOT_PROTECTED = "not_protected"
    """Messages can be copied and forwarded."""
    NO_TIMER = "no_timer"
    """Old messages stay for ever."""
    STRANGERS = "strangers"
    """There are more people in the group than have said that they work here."""
    MANY = "many"
    """More people than can know each other."""


class OpenCases(StrEnum):
    """What happens to the cases of somebody who is away."""

    KEEP = "keep"
    RELEASE = "release"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class Away:
    until: date
    """The last day, itself included."""
    asked: bool = False
    """The group was asked who stands in."""
    deputy: int | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    person: int
    private: bool = False
    """The private chat with the bot is open."""
    away: Away | None = None

    def is_there(self, day: date) -> bool:
        return self.away is None or day > self.away.until


@dataclass(frozen=True, slots=True)
class Team:
    group: int
    services: tuple[str, ...]
    crew: tuple[Colleague, ...] = ()
    danger: Danger | None = None
    cautions: tuple[Caution, ...] = ()
    writable: bool = True
    """False once a message could not be posted for good."""

    def colleague(self, person: int) -> Colleague | None:
        return next((one for one in self.crew if one.person == person), None)

    @property
    def private(self) -> tuple[int, ...]:
        """Those who can be written to in private."""
        return tuple(one.person for one in self.crew if one.private)

    @property
    def posts(self) -> bool:
        return self.danger is None and self.writable


def reach(team: Team) -> Mapping[str, Reach]:
    """Service -> how it can be handed a case."""
    if not team.posts or not team.crew:
        how = Reach.NOBODY
    else:
        how = Reach.BOTH if team.private else Reach.GROUP
    return dict.fromkeys(team.services, how)


def joined(team: Team, person: int) -> Team:
    """Whoever says to work here, once."""
    if team.colleague(person) is not None:
        return team
    return replace(team, crew=(*team.crew, Colleague(person)))


def left(team: Team, person: int) -> Team:
    """Nothing of this colleague stays, also not as somebody's deputy."""
    rest = (one for one in team.crew if one.person != person)
    return replace(team, crew=tuple(_without_deputy(one, person) for one in rest))


def in_private(team: Team, person: int, *, is_open: bool) -> Team:
    crew = tuple(
        replace(one, private=is_open) if one.person == person else one for one in team.crew
    )
    return replace(team, crew=crew)


def gone_until(team: Team, person: int, away: Away | None) -> Team:
    """Away, or back with None."""
    crew = tuple(replace(one, away=away) if one.person == person else one for one in team.crew)
    return replace(team, crew=crew)


def _without_deputy(one: Colleague, person: int) -> Colleague:
    if one.away is None or one.away.deputy != person:
        return one
    return replace(one, away=replace(one.away, deputy=None))
