"""A button from before the person said what they said opens a door with today's caution."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.core import buttons
from bot.core.conversation import step
from bot.core.knowledge import Book
from bot.core.screen import screen
from bot.core.screens import DoorBody
from bot.core.state import Conversation

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
SILENT = ("a:concern:meeting", "a:place:12052000", "a:age:27_plus", "a:status:?")


@pytest.mark.parametrize(
    "office", ["foreigners_office", "jobcentre", "social_office", "school_office"]
)
def test_an_authority_carries_its_warning_for_who_did_not_name_a_paper(
    book: Book, office: str
) -> None:
    talk = Conversation("de")
    for tap in (*SILENT, f"s:{office}"):
        talk = step(talk, buttons.decode(tap), book).conversation
    body = screen(talk, book, NOW).body
    assert isinstance(body, DoorBody)
    assert body.card.door.may_report


def test_a_service_that_has_ended_is_not_opened_by_an_old_button(book: Book) -> None:
    ended = replace(book.services["fluechtlingsrat"], valid_to=date(2026, 10, 31))
    later = replace(book, services={**book.services, ended.id: ended})
    talk = Conversation("de")
    for tap in (*SILENT, "s:fluechtlingsrat"):
        talk = step(talk, buttons.decode(tap), later).conversation
    assert not isinstance(screen(talk, later, NOW).body, DoorBody)
