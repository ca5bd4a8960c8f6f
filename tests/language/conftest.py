"""Where people may stand in a talk, and what they see there in every language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.core import buttons, events
from bot.core.card import card
from bot.core.conversation import step
from bot.core.events import Menu
from bot.core.knowledge import Book
from bot.core.place import Candidate
from bot.core.referral import Card, Referral, Waiting
from bot.core.screen import screen
from bot.core.screens import Screen
from bot.core.state import Around, Conversation, HumanPage, Note, Receiver
from bot.core.team import Reach
from bot.facts import facts
from bot.language import catalogues
from bot.language.catalogues import Catalogue
from bot.language.rendering import Renderer
from bot.message import Message
from bot.talk import describe, taps

OFFICE_HOURS = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
"""A Tuesday."""
OTHER_TIMES = tuple(
    datetime.fromisoformat(moment)
    for moment in (
        "2026-11-23T07:00:00+01:00",  # a Monday, before anything opens
        "2026-11-27T23:59:00+01:00",  # the last minute of a Friday
        "2026-10-31T11:00:00+01:00",  # Reformation Day, a holiday in Brandenburg
    )
)

CASES = (
    "concern=work age=27_plus status=tolerated",
    "concern=health age=18_to_26 status=none needs=violence",
    "concern=wellbeing age=under_12 status=? needs=unaccompanied,trauma",
    "concern=arrival age=27_plus status=admitted stay=first_weeks home=shared",
    "concern=german age=18_to_26 status=permit stay=under_3_years course=yes",
    "concern=housing for_whom=helper age=27_plus status=eu stay=over_3_years crisis=yes",
    "concern=school for_whom=child age=12_to_17 status=recognised stay=over_3_years",
    "concern=? age=? status=? stay=? needs=?",
)
TALKATIVE = (
    (
        "concern=housing for_whom=helper age=27_plus status=admitted stay=first_weeks crisis=yes "
        "home=shared course=yes needs=trauma,violence,disability,jewish,attacked,special"
    ),
    "concern=school for_whom=child age=12_to_17 status=temporary needs=unaccompanied,trauma",
)
"""Who says everything, and a child: of whom nothing stands in a group."""
SMALL_TOWN = "12061316"


@dataclass(frozen=True, slots=True)
class Seen:
    what: str
    """In ids, as in the scripts of talks."""
    screen: Screen
    message: Message


@pytest.fixture(scope="session")
def catalogue(book: Book, locales: Path) -> Mapping[str, Catalogue]:
    return catalogues.load(locales, book.region.languages)


@pytest.fixture(scope="session")
def renderer(catalogue: Mapping[str, Catalogue]) -> Renderer:
    return Renderer(catalogue, "clearing_bot")


@pytest.fixture(scope="session")
def seen(book: Book, renderer: Renderer) -> Mapping[str, list[Seen]]:
    """Language -> every screen of the walk, each message once."""
    stands = list(_stands(book))
    return {
        language: list(_seen(stands, language, book, renderer))
        for language in book.region.languages
    }


def _seen(
    stands: list[tuple[Conversation, datetime]], language: str, book: Book, renderer: Renderer
) -> Iterator[Seen]:
    known = set()
    for talk, now in stands:
        shown = screen(replace(talk, language=language), book, now)
        message = renderer.render(shown, book)
        if (message.plain, message.buttons) not in known:
            known.add((message.plain, message.buttons))
            yield Seen(describe(shown), shown, message)


def _stands(book: Book) -> Iterator[tuple[Conversation, datetime]]:
    for talk in _questionnaires(book):
        yield talk, OFFICE_HOURS
    for talk in _pages(book):
        yield talk, OFFICE_HOURS
    results = [talk for given in CASES for talk in _results(given, book)]
    for talk in results:
        yield talk, OFFICE_HOURS
    for talk in _doors(results, book):
        yield talk, OFFICE_HOURS
    for talk in _handing_over(results, book):
        yield talk, OFFICE_HOURS
    for door in (*book.services, *book.hotlines):
        for now in OTHER_TIMES:
            yield step(results[0], events.OpenedDoor(door), book).conversation, now


def _questionnaires(book: Book) -> Iterator[Conversation]:
    """Each question of each case, on the way and asked again."""
    for given in CASES:
        yield from _answered(given, SMALL_TOWN, book)
    *_, done = _answered(CASES[4], SMALL_TOWN, book)
    for question in book.questions:
        again = step(done, events.Reopened(question), book).conversation
        yield again
        yield replace(again, marked=frozenset(book.questions[question].facts[:2]))
        yield step(done, events.AskedWhy(question), book).conversation


def _pages(book: Book) -> Iterator[Conversation]:
    """The menus, help and answers of several people; what typed text leads to; every note."""
    for given in CASES[:3]:
        *_, done = _answered(given, SMALL_TOWN, book)
        yield step(done, events.AskedForAnswers(), book).conversation
        yield step(done, events.AskedForHuman(), book).conversation
        yield replace(done, pages=(HumanPage(danger=True),))
        yield step(done, events.WantsMoreQuestions(), book).conversation
        for menu in Menu:
            yield step(done, events.OpenedMenu(menu), book).conversation
    fresh = Conversation("de")
    yield step(fresh, events.AskedForAnswers(), book).conversation
    yield step(fresh, events.AskedForHuman(), book).conversation
    candidates = (Candidate("12054000", "Neuendorf"), Candidate("12069076"))
    yield replace(fresh, outside="Berlin", note=Note.PLACE_OUTSIDE)
    yield replace(fresh, candidates=candidates, note=Note.WHICH_PLACE)
    for note in Note:
        yield replace(fresh, note=note)


def _results(given: str, book: Book) -> Iterator[Conversation]:
    """What a person is told in each district, in a small town, outside, and without a place."""
    for place in (*book.districts, SMALL_TOWN, "elsewhere", "?"):
        *_, done = _answered(given, place, book)
        yield done


def _doors(results: list[Conversation], book: Book) -> Iterator[Conversation]:
    """Every door of the knowledge base, and every kind of way in which a result names one."""
    for door in (*book.types, *book.services, *book.hotlines):
        yield step(results[0], events.OpenedDoor(door), book).conversation
        yield step(results[0], events.OpenedDesk(door), book).conversation
    for talk in results[:: len(book.districts) // 3]:
        for row in _buttons(talk, book):
            for data in row:
                if data.startswith(("s:", "g:")):
                    yield step(talk, buttons.decode(data), book).conversation


def _handing_over(results: list[Conversation], book: Book) -> Iterator[Conversation]:
    """Every service as one that can be handed the case, and a case that is elsewhere."""
    receivers = {service: Receiver(Reach.BOTH, 4) for service in book.services}
    elsewhere = Referral(
        "K7QXM3D9P",
        1,
        "de",
        "gone_from_the_book",
        Card((), ()),
        OFFICE_HOURS,
        Waiting(OFFICE_HOURS),
    )
    for talk in results[:: len(book.districts) // 3]:
        same = replace(elsewhere, card=card(talk.case, talk.language, book))
        yield replace(talk, around=Around("R4TZ8WK2C", receivers, (same,)))
    around = Around("R4TZ8WK2C", receivers)
    for given in TALKATIVE:
        case = facts(_pairs(given, SMALL_TOWN), book)
        told = Conversation("de", case, (tuple(case),), around=around)
        for service in book.services:
            yield step(told, events.OpenedDoor(service), book).conversation
            yield step(told, events.AskedToHandOver(service), book).conversation


def _buttons(talk: Conversation, book: Book) -> Iterator[list[str]]:
    bare = Renderer({"en": Catalogue("en", {"interface": {}, "knowledge": {}}, {})}, "clearing_bot")
    message = bare.render(screen(replace(talk, language="en"), book, OFFICE_HOURS), book)
    for row in message.buttons:
        yield [button.data for button in row]


def _answered(given: str, place: str, book: Book) -> Iterator[Conversation]:
    """The talk before the first answer, and after each."""
    talk = Conversation("de")
    yield talk
    for tap in taps(facts(_pairs(given, place), book), book):
        talk = step(talk, tap, book).conversation
        yield talk


def _pairs(given: str, place: str) -> Mapping[str, str]:
    return dict(word.split("=", 1) for word in given.split()) | {"place": place}
