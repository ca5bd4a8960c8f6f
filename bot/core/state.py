"""Where one person stands in the talk, and what a step may order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.case import Case
from bot.core.case_events import CaseEvent
from bot.core.events import Menu
from bot.core.place import Candidate
from bot.core.referral import Card, Referral
from bot.core.team import Reach


class Note(StrEnum):
    """One sentence above the screen, about what just happened."""

    NOT_UNDERSTOOD = "not_understood"
    CHOOSE = "choose"
    """Half understood: please choose a button."""
    BUTTONS_ONLY = "buttons_only"
    """A photo, a voice message: cannot be looked at."""
    WHICH_PLACE = "which_place"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_OUTSIDE = "place_outside"
    NOTED = "noted"
    """A sentence was understood."""
    WELCOME_BACK = "welcome_back"
    """Wrote /start in the middle: go on, or begin anew."""
    SENT = "sent"
    """The case is on its way; below stands where it is."""
    NOT_SENT = "not_sent"
    ALREADY_SENT = "already_sent"
    """This service has the case already, or nobody can send more at once."""
    NOT_RECEIVING = "not_receiving"
    """This service cannot be handed anything now."""
    TAKEN_BACK = "taken_back"
    PASSED_ON = "passed_on"
    """The counsellor will see the answer."""
    SEND_PHONE = "send_phone"
    """The button for the number stands below."""


@dataclass(frozen=True, slots=True)
class Why:
    question: str


@dataclass(frozen=True, slots=True)
class MyAnswers:
    pass


@dataclass(frozen=True, slots=True)
class DoorPage:
    service: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    service: str


@dataclass(frozen=True, slots=True)
class HumanPage:
    danger: bool = False
    """The person wrote an emergency word."""


@dataclass(frozen=True, slots=True)
class MenuPage:
    menu: Menu


@dataclass(frozen=True, slots=True)
class ConsentPage:
    service: str
    code: str
    """Of the case that a yes makes: no other yes is meant."""


Page = Why | MyAnswers | DoorPage | DeskPage | HumanPage | MenuPage | ConsentPage
"""Lies over the questionnaire, the result or another page; `back` takes it away."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A service that has linked a channel."""

    reach: Reach
    people: int
    """Who could read the card in the group."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the service layer finds at each turn; it is never kept with the talk."""

    fresh: str = ""
    """A case code that nobody has; a turn uses at most one."""
    receivers: Mapping[str, Receiver] = field(default_factory=dict)
    cases: tuple[Referral, ...] = ()
    """What this person has handed over, oldest first; ended ones for a while."""


@dataclass(frozen=True, slots=True)
class Conversation:
    language: str
    case: Case = field(default_factory=lambda: {"for_whom": "self"})
    trail: tuple[tuple[str, ...], ...] = ()
    """The facts answered on each screen, oldest first: where `back` leads."""
    asked_again: tuple[str, ...] = ()
    """Facts that the person wants to answer anew, before anything else."""
    marked: frozenset[str] = frozenset()
    """Ticks on a screen with several answers, as facts."""
    candidates: tuple[Candidate, ...] = ()
    outside: str | None = None
    """A known place that is not in the region."""
    wants_more: bool = False
    """Has seen the first door and goes on answering."""
    pages: tuple[Page, ...] = ()
    """Those that lie over each other; the last one is seen."""
    note: Note | None = None
    around: Around = field(default_factory=Around)

    @property
    def open_cases(self) -> tuple[Referral, ...]:
        return tuple(one for one in self.around.cases if one.is_open)

    @property
    def page(self) -> Page | None:
        return self.pages[-1] if self.pages else None


@dataclass(frozen=True, slots=True)
class Show:
    """Show the screen, in the living message."""


@dataclass(frozen=True, slots=True)
class ShowAnew:
    """Show the screen as a new message, so that it is the last one and the phone tells of it."""


@dataclass(frozen=True, slots=True)
class TakeAwayTyped:
    """Delete what the person has just sent: it was understood, or must not stay."""


@dataclass(frozen=True, slots=True)
class ForgetTraces:
    """Quick exit: delete every message, destroy the key, say nothing."""


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Destroy everything that is kept, and say so in the language given."""

    language: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Make a case of it: the person has said yes to this card for this service."""

    code: str
    service: str
    card: Card
    child: bool
    """Nothing of it may be posted in a group."""
    deputy: str | None = None
    """Named on the card that the person has seen."""


@dataclass(frozen=True, slots=True)
class Order:
    """Something happens to a case of this person."""

    code: str
    event: CaseEvent


@dataclass(frozen=True, slots=True)
class AskPhone:
    """Show the button with which the person can send their own number."""


Effect = Show | ShowAnew | TakeAwayTyped | ForgetTraces | ForgetPerson | Offer | Order | AskPhone


@dataclass(frozen=True, slots=True)
class Turn:
    conversation: Conversation
    effects: tuple[Effect, ...]
