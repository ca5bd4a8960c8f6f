"""Every screen in every language: whole, short enough, with buttons that come back."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from bot.core import buttons, events
from bot.core.conversation import step
from bot.core.events import Menu
from bot.core.knowledge import Book
from bot.core.screen import screen
from bot.core.screens import ResultBody
from bot.core.state import Conversation, Note
from bot.language import catalogues
from bot.language.catalogues import DOMAINS, SOURCE_LANGUAGE, Catalogue
from bot.language.rendering import Renderer, note
from bot.message import Message
from bot.talk import facts, taps

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
LANGUAGES = ("de", "en", "uk", "ar", "fa", "ru")
LONGEST = 4096
"""UTF-16 units of a message."""

CASES = (
    "concern=work place=12052000 age=27_plus status=tolerated",
    "concern=health place=12066304 age=18_to_26 status=none needs=violence",
    "concern=wellbeing place=12070 age=12_to_17 status=? needs=unaccompanied",
    "concern=arrival place=12060020 age=27_plus status=admitted stay=first_weeks home=shared",
    "concern=? place=elsewhere age=? status=?",
    "concern=german place=12054000 age=18_to_26 status=permit course=yes",
)


@pytest.fixture(scope="session")
def catalogue(book: Book, locales: Path) -> Mapping[str, Catalogue]:
    return catalogues.load(locales, book.region.languages)


def talks(book: Book, language: str) -> Iterator[Conversation]:
    """Many places where a person may stand."""
    for given in CASES:
        talk = Conversation(language)
        yield talk
        pairs = dict(word.split("=", 1) for word in given.split())
        for event in taps(facts(pairs, book), book):
            talk = step(talk, event, book).conversation
            yield talk
        for event in (
            *(events.OpenedMenu(menu) for menu in Menu),
            *(events.AskedWhy(question) for question in book.questions),
            *(events.OpenedDoor(door) for door in (*book.types, *book.services, *book.hotlines)),
            *(events.OpenedDesk(kind) for kind in book.types),
            *(events.Reopened(question) for question in book.questions),
            events.AskedForHuman(),
            events.AskedForAnswers(),
            events.WantsMoreQuestions(),
        ):
            yield step(talk, event, book).conversation


def messages(book: Book, known: Mapping[str, Catalogue], language: str) -> Iterator[Message]:
    renderer = Renderer(known, "clearing_bot")
    for talk in talks(book, language):
        yield renderer.render(screen(talk, book, NOW), book)
    speaker = renderer.speaker(language, book)
    for kind in Note:
        assert note(kind, speaker)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_whole_and_its_buttons_come_back(
    book: Book, catalogue: Mapping[str, Catalogue], language: str
) -> None:
    for message in messages(book, catalogue, language):
        text = message.plain
        assert 0 < len(text.encode("utf-16-le")) // 2 <= LONGEST
        assert not re.search(r"\((EN|DE)\)|[{}\u202a-\u202e]", text), text
        for button in (button for row in message.buttons for button in row):
            assert button.label.strip()
            assert len(button.data.encode()) <= 64
            if button.data:
                assert buttons.encode(buttons.decode(button.data)) == button.data


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_numbers_and_addresses_stand_in_isolates(
    book: Book, catalogue: Mapping[str, Catalogue], language: str
) -> None:
    for message in messages(book, catalogue, language):
        assert message.plain.count("\u2066") == message.plain.count("\u2069")
        for phone in re.finditer(r"\+49[\d ]+", message.plain):
            before = message.plain[: phone.start()]
            assert before.count("\u2066") > before.count("\u2069")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_both_catalogues_are_complete(
    catalogue: Mapping[str, Catalogue], language: str, domain: str
) -> None:
    if language == SOURCE_LANGUAGE[domain]:
        return
    others = [one for one in LANGUAGES if one not in (language, SOURCE_LANGUAGE[domain])]
    texts = {text for one in others for text in catalogue[one].texts[domain] if text}
    assert not catalogue[language].missing(domain, texts)
    for source, said in catalogue[language].texts[domain].items():
        if source:
            assert set(re.findall(r"\{\w+\}", source)) == set(re.findall(r"\{\w+\}", said))


def test_what_is_missing_comes_from_english_then_german_with_a_mark() -> None:
    bare = Catalogue("uk", {"interface": {}, "knowledge": {}}, {"Guten Tag": "Hello"})
    assert bare.interface("Back") == "Back (EN)"
    assert bare.knowledge("Guten Tag") == "Hello (EN)"
    assert bare.knowledge("Tür") == "Tür (DE)"


@pytest.mark.parametrize(("status", "times"), [("?", 0), ("asylum", 1)])
def test_reasons_are_given_for_what_was_said_and_not_for_what_was_not(
    book: Book, catalogue: Mapping[str, Catalogue], status: str, times: int
) -> None:
    talk = Conversation("de")
    given = {"concern": "protection", "place": "12052000", "age": "27_plus", "status": status}
    for event in taps(facts(given, book), book):
        talk = step(talk, event, book).conversation
    seen = screen(talk, book, NOW)
    assert isinstance(seen.body, ResultBody) or status == "?"
    text = Renderer(catalogue, "clearing_bot").render(seen, book).plain
    assert text.count("Warum diese Stelle") == times
