"""Every letter that people and counsellors can be shown, as far as words depend on it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

from bot.core.choices import Choices
from bot.core.knowledge import Book, Service
from bot.core.letters import CardView, DetailsView, FarewellView, StatusView
from bot.core.referral import (
    Back,
    Card,
    Contact,
    Decline,
    Ended,
    Ending,
    Forward,
    Page,
    PickDay,
    PickService,
    PickTime,
    Said,
    Suggestion,
    Taken,
    Template,
    Waiting,
)
from bot.core.team import Caution, Danger
from bot.core.team_views import (
    AwayView,
    DigestView,
    Line,
    QueueView,
    StandInView,
    TeamView,
    WelcomeView,
    Word,
)
from bot.language.exchange import ANSWERS

CODE = "K7QXM3D9P"
COUNSELLOR = 987_654_321
PHONE = "+49 3546 7654321"
GONE = "gone_from_the_book"
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
"""A Tuesday, at 14:00 in Brandenburg."""
APPOINTMENT = Said(Template.APPOINTMENT, NOW, date(2026, 11, 30), time(9, 30))
WAITING = StatusView(
    CODE,
    "de",
    GONE,
    deputy=None,
    waits=True,
    back=None,
    is_late=False,
    told_by=None,
    contact=None,
    said=None,
    suggestion=None,
    ended=None,
)


def services(book: Book) -> tuple[str, ...]:
    """One with much to say, one with little, one that a newer knowledge base has lost."""
    every = sorted(book.services.values(), key=_says, reverse=True)
    return every[0].id, every[-1].id, GONE


def _says(service: Service) -> int:
    return sum(len(site.phones) + bool(site.address) - site.withheld for site in service.sites)


def of_person(language: str, book: Book) -> Iterator[StatusView]:
    for service in services(book):
        for view in (*_waiting(service), *_taken(service), *_ended()):
            yield replace(view, language=language, service=service)


def _waiting(service: str) -> Iterator[StatusView]:
    clocks = (None, NOW + timedelta(days=1))
    for back, is_late, told_by, deputy in product(
        (None, *Back), (False, True), clocks, (None, service, GONE)
    ):
        yield replace(WAITING, back=back, is_late=is_late, told_by=told_by, deputy=deputy)


def _taken(service: str) -> Iterator[StatusView]:
    taken = replace(WAITING, waits=False, contact=Contact.NONE)
    for contact in Contact:
        yield replace(taken, contact=contact)
        for said in messages():
            yield replace(taken, contact=contact, said=said)
    for reason, suggested in product(Forward, (service, GONE)):
        yield replace(taken, said=APPOINTMENT, suggestion=Suggestion(suggested, reason, NOW))


def messages() -> Iterator[Said]:
    for template in Template:
        said = Said(template, NOW)
        for site in (0, 1, 7):
            if template is Template.APPOINTMENT:
                said = replace(APPOINTMENT, site=site)
            yield from (replace(said, answer=answer) for answer in (None, *ANSWERS[template]))


def _ended() -> Iterator[StatusView]:
    yield from (replace(WAITING, waits=False, ended=ended) for ended in endings())


def endings() -> Iterator[Ended]:
    for how in Ending:
        yield Ended(how, NOW)
    yield from (Ended(Ending.DECLINED, NOW, reason, COUNSELLOR) for reason in Decline)


def whole_card(book: Book) -> Card:
    """Everything that can stand on one, and something that nobody knows any more."""
    group = (
        ("language", "uk"),
        ("place", "12061"),
        ("concern", "work"),
        *((fact, "yes") for fact in ("crisis", "needs.violence", "needs.unaccompanied")),
    )
    shown = {"violence", "unaccompanied"}
    claimer = tuple(
        (question.id, option.id)
        for question in book.questions.values()
        if question.id not in ("concern", "crisis")
        for option in question.options
        if not (question.id == "needs" and option.id in shown)
    )
    return Card(group, (*claimer, ("gone", "option")))


def of_case(book: Book) -> Iterator[CardView | DetailsView | FarewellView]:
    card = whole_card(book)
    for service in services(book):
        for back, declining in product((None, *Back), (False, True)):
            stage = Waiting(NOW, back, declining)
            yield CardView(CODE, service, card.group, NOW, stage)
        yield CardView(CODE, service, (), None, Taken(0, NOW))
        yield from (CardView(CODE, service, (), None, ended) for ended in endings())
        yield from details(service, book)
    yield from (FarewellView(CODE, ended) for ended in endings())


def details(service: str, book: Book) -> Iterator[DetailsView]:
    some = tuple(book.services)[:10]
    day = date(2026, 12, 1)
    clocks = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))
    pages = (
        *((page, Choices()) for page in Page),
        (Page.SITE, Choices(sites=(0, 1, 7))),
        (PickDay(0), Choices(days=tuple(day + timedelta(days=n) for n in range(8)))),
        (PickDay(7), Choices()),
        (PickTime(1, day), Choices(times=clocks)),
        (PickTime(0, day), Choices()),
        *((PickService(reason), Choices(services=some)) for reason in Forward),
        (PickService(Forward.CLOSER), Choices()),
    )
    bare = DetailsView(
        CODE,
        service,
        whole_card(book),
        Taken(COUNSELLOR, NOW),
        exchange=(),
        suggestion=None,
        unreachable=False,
        nudged=False,
        choices=Choices(),
    )
    for desk, choices in pages:
        taken = Taken(COUNSELLOR, NOW, None, Contact.NONE, desk)
        here = replace(bare, stage=taken, choices=choices)
        yield here
        suggestion = Suggestion(service, Forward.SPECIAL, NOW)
        exchange = tuple(messages())
        yield replace(here, nudged=True, unreachable=True, suggestion=suggestion)
        for contact in Contact:
            stage = replace(taken, contact=contact, phone=PHONE)
            yield replace(here, stage=stage, exchange=exchange, nudged=True)


def of_team(book: Book) -> Iterator[TeamView]:
    known = services(book)
    for danger, cautions, demonstration in product(
        (None, *Danger), ((), tuple(Caution)), (False, True)
    ):
        yield WelcomeView(known, 3, 1, danger, cautions, demonstration)
    yield WelcomeView((), 0, 0, None, (), demonstration=False)
    for count in (0, 1, 3, 200):
        lines = tuple(
            Line(CODE, known[n % 3], NOW - timedelta(hours=5 * n), n % 3 == 1, n % 3 > 0)
            for n in range(count)
        )
        yield DigestView(lines)
        yield QueueView(lines, NOW + timedelta(minutes=1))
    for service, count, deputy in product(known, (0, 2), (False, True)):
        yield AwayView(service, date(2026, 12, 4), count, deputy)
        yield StandInView(service, count, date(2026, 12, 4), deputy)
    yield from Word
