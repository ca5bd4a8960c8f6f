"""What a team sees that belongs to no single case. Ids and values, never words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.team import Caution, Danger


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """Stands in the group as long as it is linked, with the button for new colleagues."""

    services: tuple[str, ...]
    colleagues: int
    waiting_for_private: int
    """Colleagues whose private chat is not open yet."""
    danger: Danger | None
    """Then nothing is posted here, until it is put right."""
    cautions: tuple[Caution, ...]
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list: nothing of the person."""

    code: str
    service: str
    since: datetime
    """In the region's zone."""
    mine: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class DigestView:
    """Once a day at most: what has waited for longer than it should."""

    cases: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    cases: tuple[Line, ...]
    now: datetime
    """In the region's zone, for the ages."""


@dataclass(frozen=True, slots=True)
class AwayView:
    """For the one who goes away."""

    service: str
    """Names the team in the buttons."""
    until: date
    open_cases: int
    deputy: bool
    """A colleague stands in."""


@dataclass(frozen=True, slots=True)
class StandInView:
    """For the group: a colleague is away, and whoever taps gets their open cases."""

    service: str
    """Names the team in the button `k:<service>:away:<number>`."""
    number: int
    """Which colleague, in the order of the crew, from 0."""
    until: date
    found: bool
    """Somebody stands in; the button goes."""


class Word(StrEnum):
    """One sentence as an answer to a command or a button."""

    JOINED = "joined"
    JOINED_OPEN_PRIVATE = "joined_open_private"
    """Is a colleague; the details of a case come only into the private chat."""
    PRIVATE_OPEN = "private_open"
    LINKED = "linked"
    WRONG_CODE = "wrong_code"
    """Unknown, used, or older than a day."""
    NOT_ADMINISTRATOR = "not_administrator"
    LINKED_ELSEWHERE = "linked_elsewhere"
    NO_COLLEAGUE = "no_colleague"
    UNKNOWN_CASE = "unknown_case"
    WRITE_DATE = "write_date"
    """/away without a date that can be read."""
    BACK_AGAIN = "back_again"
    STANDS_IN = "stands_in"
    IN_GROUP_ONLY = "in_group_only"


TeamView = WelcomeView | DigestView | QueueView | AwayView | StandInView | Word
