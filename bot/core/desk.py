"""What counsellors can do: buttons, and who may do what. A button carries meaning, no authority."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeVar

from bot.core import case_events
from bot.core.case_events import CaseEvent
from bot.core.knowledge import Book
from bot.core.move import Reply
from bot.core.referral import (
    Decline,
    Forward,
    Page,
    PickDay,
    PickService,
    PickTime,
    Referral,
    Stage,
    Taken,
    Template,
)
from bot.core.team import Team

E = TypeVar("E", bound=StrEnum)

MOST_TAKEN: Final = 5
"""Open cases of one counsellor: whoever takes more keeps somebody waiting; security.md T3."""


BACK: Final = "back"
"""The value of `decline` that takes the question why away again."""


class Verb(StrEnum):
    JOIN = "join"
    CLAIM = "claim"
    RELEASE = "release"
    DECLINE = "decline"
    REACHED = "reached"
    UNREACHED = "unreached"
    DONE = "done"
    SAY = "say"
    DAY = "day"
    AT = "at"
    FORWARD = "forward"
    TO = "to"
    AWAY = "away"
    """What happens to the open cases of somebody who is away; or who stands in for them."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A counsellor's button: on a case, or on a service for what concerns the whole team."""

    subject: str
    verb: Verb
    value: str = ""


class Refusal(StrEnum):
    """Why nothing happens."""

    NOT_A_COLLEAGUE = "not_a_colleague"
    UNKNOWN_CASE = "unknown_case"
    TOO_MANY = "too_many"
    NOT_POSSIBLE = "not_possible"
    """The button is older than what the case has become."""
    ANONYMOUS = "anonymous"


def encode(tap: Tap) -> str:
    """The `callback_data` of a counsellor's button, at most 64 bytes."""
    return ":".join(("k", tap.subject, tap.verb, *((tap.value,) if tap.value else ())))


def decode(data: str) -> Tap | None:
    """None for anything that no button of ours says."""
    match data.split(":") if len(data) <= _LONGEST else ():
        case ["k", subject, verb, *value] if verb in _VERBS and len(value) <= 1:
            return Tap(subject, Verb(verb), *value)
        case _:
            return None


def event(tap: Tap, by: int, referral: Referral, team: Team, book: Book) -> CaseEvent | Refusal:
    """What the tap means for this case, or why it means nothing."""
    colleague = team.colleague(by)
    if colleague is None or not set(team.services) & set(referral.services):
        return Refusal.NOT_A_COLLEAGUE
    deputy = referral.service not in team.services
    stage = referral.stage
    match tap.verb:
        case Verb.CLAIM if isinstance(stage, Taken) and stage.by == by and not stage.private_until:
            return case_events.Turned(by, Page.MAIN)
        case Verb.CLAIM:
            return case_events.Claimed(by, colleague.private, deputy)
        case Verb.RELEASE:
            return case_events.Released(by)
        case Verb.REACHED:
            return case_events.Reached(by)
        case Verb.UNREACHED:
            return case_events.Unreached(by)
        case Verb.DONE:
            return case_events.Finished(by)
        case Verb.DECLINE:
            return _decline(tap.value, by, deputy=deputy)
        case Verb.SAY:
            return _say(tap.value, by, referral, book)
        case Verb.DAY:
            return _day(tap.value, by, stage)
        case Verb.AT:
            return _at(tap.value, by, stage)
        case Verb.FORWARD:
            return _forward(tap.value, by)
        case Verb.TO:
            return _to(tap.value, by, stage)
        case _:
            return Refusal.NOT_POSSIBLE


def may_claim(by: int, cases: tuple[Referral, ...]) -> bool:
    """Whether this counsellor has room for one more."""
    mine = (one for one in cases if isinstance(one.stage, Taken) and one.stage.by == by)
    return sum(1 for _ in mine) < MOST_TAKEN


def _decline(value: str, by: int, *, deputy: bool) -> CaseEvent | Refusal:
    """`back` from the question why."""
    if value in _PAGES_OF_DECLINING:
        return case_events.Turned(by, _PAGES_OF_DECLINING[value])
    reason = _one_of(Decline, value)
    return Refusal.NOT_POSSIBLE if reason is None else case_events.Declined(by, reason, deputy)


_PAGES_OF_DECLINING: Final = {"": Page.DECLINE, BACK: Page.MAIN}


def _say(value: str, by: int, referral: Referral, book: Book) -> CaseEvent | Refusal:
    """`appointment` asks for a site where there are several; `appointment.1` names one."""
    if not value:
        return case_events.Turned(by, Page.SAY)
    name, _, site = value.partition(".")
    template = _one_of(Template, name)
    if template is None:
        return Refusal.NOT_POSSIBLE
    if not _has_opened(referral.stage, by, Page.SAY, Page.SITE):
        return Refusal.NOT_POSSIBLE
    if template is not Template.APPOINTMENT:
        return case_events.Wrote(by, template)
    service = book.services.get(referral.office)
    several = service is not None and len(service.sites) > 1
    if not site:
        return case_events.Turned(by, Page.SITE if several else PickDay(0))
    if not site.isdecimal() or service is None or int(site) >= len(service.sites):
        return Refusal.NOT_POSSIBLE
    return case_events.Turned(by, PickDay(int(site)))


def _has_opened(stage: Stage, by: int, *pages: Page) -> bool:
    """Not a second tap on a choice that was made; who has not taken it, the case itself refuses."""
    return not isinstance(stage, Taken) or stage.by != by or stage.desk in pages


def _day(value: str, by: int, stage: object) -> CaseEvent | Refusal:
    if not isinstance(stage, Taken) or not isinstance(stage.desk, PickDay | PickTime):
        return Refusal.NOT_POSSIBLE
    try:
        return case_events.Turned(by, PickTime(stage.desk.site, date.fromisoformat(value)))
    except ValueError:
        return Refusal.NOT_POSSIBLE


def _at(value: str, by: int, stage: object) -> CaseEvent | Refusal:
    if not isinstance(stage, Taken) or not isinstance(stage.desk, PickTime):
        return Refusal.NOT_POSSIBLE
    try:
        clock = datetime.strptime(value, "%H%M").time()  # noqa: DTZ007 - a time of day only
    except ValueError:
        return Refusal.NOT_POSSIBLE
    desk = stage.desk
    return case_events.Wrote(by, Template.APPOINTMENT, desk.day, clock, desk.site)


def at_value(clock: time) -> str:
    """A time of day as a button carries it: a colon would part it."""
    return clock.strftime("%H%M")


def _forward(value: str, by: int) -> CaseEvent | Refusal:
    if not value:
        return case_events.Turned(by, Page.FORWARD)
    reason = _one_of(Forward, value)
    return Refusal.NOT_POSSIBLE if reason is None else case_events.Turned(by, PickService(reason))


def _to(value: str, by: int, stage: object) -> CaseEvent | Refusal:
    if not isinstance(stage, Taken) or not isinstance(stage.desk, PickService):
        return Refusal.NOT_POSSIBLE
    return case_events.Suggested(by, value, stage.desk.reason)


def _one_of(kind: type[E], value: str) -> E | None:
    return kind(value) if value in {str(one) for one in kind} else None


_VERBS: Final = frozenset(str(verb) for verb in Verb)
_LONGEST: Final = 64

Said = Reply | Refusal
"""What a counsellor is told on a tap."""
