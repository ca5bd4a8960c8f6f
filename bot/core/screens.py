"""The screens that there are. They carry ids and values, never words."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.events import Menu
from bot.core.hours import HoursNow, OpenDay
from bot.core.knowledge import Hotline, Option, Question, Rule, Service, ServiceType, Site
from bot.core.place import Candidate
from bot.core.questionnaire import Ask
from bot.core.referral import Card as HandedOver
from bot.core.referral import Referral
from bot.core.responsibility import Door
from bot.core.state import Note
from bot.core.why import Explanation


@dataclass(frozen=True, slots=True)
class SiteCard:
    site: Site
    now: HoursNow | None
    week: tuple[OpenDay, ...]


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A known service and how to reach it today."""

    door: Door
    service: Service
    kind: ServiceType
    sites: tuple[SiteCard, ...]
    rule: Rule | None
    absent_until: date | None
    """The last day on which nobody is there; None where somebody is there today."""

    @property
    def can_be_called(self) -> bool:
        return self.absent_until is None and any(one.site.phones for one in self.sites)


@dataclass(frozen=True, slots=True)
class FinderCard:
    """We know no entry: the name of the office, the official directory, one sentence to say."""

    door: Door
    kind: ServiceType
    rule: Rule | None
    district: str | None


@dataclass(frozen=True, slots=True)
class HotlineCard:
    door: Door
    hotline: Hotline
    now: HoursNow
    caution: bool


Card = ServiceCard | FinderCard | HotlineCard


@dataclass(frozen=True, slots=True)
class QuestionBody:
    ask: Ask
    options: tuple[Option, ...]
    marked: frozenset[str]
    given: str | None
    """The answer that stands so far, when the question is asked again."""
    about_other: bool
    is_first: bool
    """Nothing was asked before: the three lines about the bot stand above."""


@dataclass(frozen=True, slots=True)
class WhichPlaceBody:
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class OutsideBody:
    name: str


@dataclass(frozen=True, slots=True)
class ResultBody:
    first: tuple[Card, ...]
    lead: Card | None
    rule: Rule | None
    sure: bool
    call_today: ServiceCard | None
    """Where the first door is only a directory, or nobody is there: who can say more by phone."""
    others: tuple[Door, ...]
    """In the order of showing, without those above."""
    has_offices: bool
    """There are further offices behind a button."""
    has_more_questions: bool
    can_hand_over: bool
    """The first door can be handed the case."""
    old_door: str | None
    """The service that has the case, while the answers now lead to this first door."""


@dataclass(frozen=True, slots=True)
class DoorBody:
    card: Card
    kind: ServiceType
    can_hand_over: bool


@dataclass(frozen=True, slots=True)
class DeskBody:
    """One large German screen to hold up or to read out."""

    card: Card
    kind: ServiceType
    answers: tuple[tuple[Question, str], ...]
    language: str
    """What the person speaks."""


@dataclass(frozen=True, slots=True)
class HumanBody:
    hotlines: tuple[HotlineCard, ...]
    lead: Door | None
    danger: bool


@dataclass(frozen=True, slots=True)
class WhyBody:
    question: Question


@dataclass(frozen=True, slots=True)
class AnswersBody:
    answers: tuple[tuple[Question, str], ...]


@dataclass(frozen=True, slots=True)
class ReasonsBody:
    """Why this first door, and what will lead elsewhere."""

    explanation: Explanation
    reasons: tuple[tuple[Question, str], ...]
    unknown: tuple[Question, ...]
    """What we were not told, and what would make us sure."""
    place: str | None
    """The key of the district, where the place decides which door of this kind it is."""


@dataclass(frozen=True, slots=True)
class OfficesBody:
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class DistrictsBody:
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareBody:
    payload: str
    """For a deep link: language, place and concern, nothing else."""


@dataclass(frozen=True, slots=True)
class ConsentBody:
    """Exactly what a yes sends, to whom, and until when we know more."""

    service: Service
    code: str
    card: HandedOver
    people: int
    """Who can read the part for the group."""
    child: bool
    """Then nothing stands in the group."""
    promised: datetime
    """In the region's zone."""
    deputy: str | None
    replaces: tuple[str, ...]
    """Services whose case ends with it."""


@dataclass(frozen=True, slots=True)
class MenuBody:
    """Languages, privacy, help, my data: the same for everybody."""

    menu: Menu
    answers: tuple[tuple[Question, str], ...]
    cases: tuple[Referral, ...]
    """What the person has handed over, oldest first."""


Body = (
    QuestionBody
    | WhichPlaceBody
    | OutsideBody
    | ResultBody
    | DoorBody
    | DeskBody
    | HumanBody
    | WhyBody
    | AnswersBody
    | ReasonsBody
    | OfficesBody
    | DistrictsBody
    | ShareBody
    | MenuBody
    | ConsentBody
)


@dataclass(frozen=True, slots=True)
class Screen:
    body: Body
    language: str
    note: Note | None
    can_go_back: bool
    has_answers: bool
