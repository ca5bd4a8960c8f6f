"""Cases in every state that somebody can bring them into, for what must hold in all of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache

from bot.core import case_events as events
from bot.core.case_events import CaseEvent
from bot.core.knowledge import Book
from bot.core.move import move
from bot.core.referral import (
    Answer,
    Card,
    Decline,
    Forward,
    Page,
    PickDay,
    PickService,
    PickTime,
    Referral,
    Step,
    Template,
    Waiting,
)
from tests.core.case_player import as_scripted

PERSON, ANNA, BEN, CARLA = 1, 11, 12, 21
"""Anna and Ben work at the service that was chosen, Carla at its deputy."""
CHOSEN, DEPUTY, PUBLIC = "mbe_prignitz", "jmd_prignitz", "msa_prignitz"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday, 10 o'clock on the wall."""
DAY, CLOCK = date(2026, 12, 1), time(10, 30)
HIDDEN = "CANARY_DETAIL"
"""An answer that only the one who takes it may read."""
SEEN = "CANARY_SEEN"
"""An answer that all colleagues may read, while nobody has taken it."""
PHONE = "CANARY_PHONE"
CANARIES = (HIDDEN, SEEN, PHONE)


@lru_cache(maxsize=1)
def offices(book: Book) -> Book:
    script = {
        "confirmed": [CHOSEN, DEPUTY, PUBLIC],
        "hours": {CHOSEN: "Mo-Fr 09:00-16:00; PH off", DEPUTY: "Mo-Th 10:00-18:00; PH off"},
        "deputies": {CHOSEN: DEPUTY},
    }
    return as_scripted(book, script)


def handed_over() -> Referral:
    card = Card(
        (("language", "de"), ("place", "12070"), ("concern", SEEN)),
        (("age", "27_plus"), ("status", "recognised"), ("needs", HIDDEN)),
    )
    return Referral("R1", PERSON, "de", CHOSEN, card, NOW, Waiting(NOW), doors=(CHOSEN, DEPUTY))


def child() -> Referral:
    return replace(handed_over(), privately=(ANNA, BEN))


def asked_deputy() -> Referral:
    """Nobody has answered; now the deputy has the card, too."""
    known = replace(handed_over(), deputy=DEPUTY)
    return replace(known, deputy_since=NOW, fired=frozenset({Step.REMIND, Step.TELL}))


def taken(book: Book) -> Referral:
    return after(handed_over(), book, events.Claimed(ANNA, private=True))


def called(book: Book) -> Referral:
    """The person has asked for a call, and sent the number."""
    wrote = events.Wrote(ANNA, Template.APPOINTMENT, DAY, CLOCK)
    return after(taken(book), book, wrote, events.Replied(Answer.CALL_ME), events.GavePhone(PHONE))


def suggested(book: Book) -> Referral:
    return after(taken(book), book, events.Suggested(ANNA, DEPUTY, Forward.CLOSER))


def beginnings(book: Book) -> tuple[Referral, ...]:
    plain = (handed_over(), replace(handed_over(), deputy=DEPUTY), asked_deputy(), child())
    return (*plain, taken(book), called(book), suggested(book))


def after(one: Referral, book: Book, *happens: CaseEvent) -> Referral:
    for event in happens:
        one = move(one, event, book, NOW).referral
    return one


def everything() -> tuple[CaseEvent, ...]:
    return tuple(_everything())


def _everything() -> Iterator[CaseEvent]:
    for by in (ANNA, BEN, CARLA):
        deputy = by == CARLA
        yield from (events.Claimed(by, private=True, deputy=deputy),)
        yield from (events.Claimed(by, private=False, deputy=deputy),)
        yield from (events.OpenedPrivate(by), events.Released(by), events.LookedUp(by))
        yield from (events.Reached(by), events.Unreached(by), events.Finished(by))
        yield events.Declined(by, Decline.NO_CAPACITY, deputy)
        yield from (events.Turned(by, page) for page in Page)
        yield from (events.Turned(by, PickDay(0)), events.Turned(by, PickDay(9)))
        yield from (events.Turned(by, PickTime(0, DAY)), events.Turned(by, PickTime(9, DAY)))
        yield events.Turned(by, PickService(Forward.CLOSER))
        yield from (events.Wrote(by, template) for template in Template)
        yield events.Wrote(by, Template.APPOINTMENT, DAY, CLOCK)
        yield events.Wrote(by, Template.APPOINTMENT, date(2020, 1, 1), CLOCK)
        for service in (CHOSEN, DEPUTY, PUBLIC, "gone"):
            yield events.Suggested(by, service, Forward.CLOSER)
        yield events.PassedOn(by, BEN if by == ANNA else ANNA)
    yield from (events.TakenBack(), events.HandedOver(), events.Refused(), events.GavePhone(PHONE))
    yield from (events.Replied(answer) for answer in Answer)
    yield from (events.Spoke("ar"), events.Silenced(), events.CameBack(), events.PersonGone())
    yield events.Forgotten()
    yield from (events.ColleagueGone(who) for who in (ANNA, BEN, CARLA, 99))
    yield from (events.ChannelFailed(service) for service in (CHOSEN, DEPUTY, "gone"))
    yield from (events.Due(step) for step in Step)


@lru_cache(maxsize=2)
def lives(book: Book, depth: int = 2) -> tuple[Referral, ...]:
    """Every case that so many events can lead to, from each of the beginnings."""
    found: dict[Referral, Referral] = {}
    edge = list(beginnings(book))
    for _ in range(depth):
        reached = []
        for one in edge:
            for event in everything():
                then = move(one, event, book, NOW).referral
                if _alike(then) not in found:
                    found[_alike(then)] = then
                    reached.append(then)
        edge = reached
    return (*beginnings(book), *found.values())


def changes(book: Book) -> Iterator[tuple[Referral, CaseEvent, Referral]]:
    """Whatever changes a case: before, what happens, and after."""
    for one in lives(book, depth=1):
        for event in everything():
            then = move(one, event, book, NOW).referral
            if then != one:
                yield one, event, then


def _alike(one: Referral) -> Referral:
    """How often a phone rang makes no other case."""
    return replace(one, news=1, calls=0, rings=0)
