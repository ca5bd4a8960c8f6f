"""In every district: a child alone, somebody who says nothing, somebody without papers."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.core import events
from bot.core.case import DONT_KNOW
from bot.core.conversation import current_question, step
from bot.core.findings import findings
from bot.core.knowledge import Book
from bot.core.responsibility import doors
from bot.core.screen import screen
from bot.core.screens import Card, FinderCard, HotlineCard, ResultBody, ServiceCard
from bot.core.state import Conversation
from bot.facts import facts
from bot.talk import taps

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")

DISTRICTS = (
    *("12051", "12052", "12053", "12054", "12060", "12061", "12062", "12063", "12064"),
    *("12065", "12066", "12067", "12068", "12069", "12070", "12071", "12072", "12073"),
)


def result(book: Book, given: dict[str, str]) -> ResultBody:
    """The result of a talk in which everything not given is answered with `?`."""
    talk = Conversation("de")
    for event in taps(facts(given, book), book):
        talk = step(talk, event, book).conversation
    talk = step(talk, events.WantsMoreQuestions(), book).conversation
    for _ in range(20):
        ask = current_question(talk, book)
        if ask is None:
            break
        talk = step(talk, events.Answered(ask.question.id, DONT_KNOW), book).conversation
    body = screen(talk, book, NOW).body
    assert isinstance(body, ResultBody)
    return body


def ways(card: Card) -> Iterator[str]:
    """Numbers, addresses and links on a card."""
    match card:
        case HotlineCard(hotline=hotline):
            yield from filter(None, (hotline.phone, hotline.website))
        case FinderCard(kind=kind):
            yield kind.finder.url
        case ServiceCard(sites=sites):
            for one in sites:
                yield from one.site.phones
                if one.site.address:
                    yield one.site.address.street
                if one.site.website:
                    yield one.site.website


@pytest.mark.parametrize("district", DISTRICTS)
@pytest.mark.parametrize("concern", ["?", "housing", "health", "protection", "work"])
def test_an_unaccompanied_minor_gets_the_help_line_the_youth_office_and_a_door(
    book: Book, district: str, concern: str
) -> None:
    given = {"concern": concern, "place": district, "age": "12_to_17", "needs": "unaccompanied"}
    body = result(book, given)
    assert body.lead is not None
    assert list(ways(body.lead))
    first = [card.door.id for card in body.first]
    assert book.hotlines[first[0]].phone == "116 111"
    assert any(card.door.service_type == "youth_office" for card in body.first)


@pytest.mark.parametrize("district", [*DISTRICTS, "?", "elsewhere"])
def test_who_answers_nothing_still_gets_a_door(book: Book, district: str) -> None:
    body = result(book, {"place": district})
    assert body.lead is not None
    assert list(ways(body.lead))


@pytest.mark.parametrize("district", [*DISTRICTS, "?", "elsewhere"])
@pytest.mark.parametrize("concern", ["?", "health", "work", "housing", "debts"])
def test_who_has_no_papers_gets_a_door_that_tells_nobody(
    book: Book, district: str, concern: str
) -> None:
    given = {"concern": concern, "place": district, "status": "none"}
    body = result(book, given)
    assert body.lead is not None
    assert list(ways(body.lead))
    case = facts(given, book)
    for door in doors(findings(case, book), case, book, NOW.date()).every():
        service = book.services.get(door.id)
        assert service is None or not service.public
        assert not book.types[door.service_type].public
