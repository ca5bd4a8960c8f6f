"""A button from before the person said what they said opens a door with today's caution."""

from datetime import datetime

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
