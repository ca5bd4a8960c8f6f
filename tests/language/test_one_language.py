"""A screen speaks one language; of others only names, and words as they stand on German papers."""

import re

import pytest

from bot.core.screens import ConsentBody, DeskBody, MenuBody
from bot.language import formats
from bot.message import Style
from tests.language.views import GONE, of_person

FOREIGN_LETTERS = {
    "de": r"[\u0400-\u04ff\u0590-\u08ff]",
    "en": r"[\u0400-\u04ff\u0590-\u08ff]",
    "uk": r"[ыэёъЫЭЁЪ\u0590-\u08ff]",
    "ru": r"[іїєґІЇЄҐ\u0590-\u08ff]",
    "ar": r"[پچژگکی\u0400-\u04ff]",
    "fa": r"[يكىة\u0400-\u04ff]",
}
"""Letters that a language does not have; `ی` and `ي` look alike."""

GERMAN = (
    r"und|oder|ist|sind|wird|werden|nicht|kein|keine|wenn|auch|mit|eine|einen|Sie|Ihre|Ihnen|bitte"
)
ENGLISH = r"the|and|or|is|are|with|without|not|your|please|this|what|where|they|from"
FOREIGN_WORDS = {
    "de": ENGLISH,
    "en": GERMAN,
    **dict.fromkeys(("uk", "ru", "ar", "fa"), f"{GERMAN}|{ENGLISH}"),
}
"""Words of which every sentence has some: a sentence left in another language shows."""


@pytest.fixture(scope="module")
def german_names(book):
    """What stays German in every language, longest first."""
    kept = re.compile(r"service\.\w+\.(name|provider)|type\.\w+\.(name|say|finder_name)")
    names = {text for key, text in book.texts.items() if kept.fullmatch(key)}
    names |= {place.name for place in (*book.districts.values(), *book.municipalities.values())}
    for service in book.services.values():
        for address in filter(None, (site.address for site in service.sites)):
            names |= {address.name or address.street, address.street, address.town}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def said(one, german_names):
    """The words of a screen without the names in them."""
    labels = [] if isinstance(one.screen.body, MenuBody) else one.message.buttons
    texts = [_own(one), *(button.label for row in labels for button in row)]
    return [german_names.sub("", text) for text in texts]


def _own(one):
    """Without the German that stands beneath each line of what would be sent."""
    if not isinstance(one.screen.body, ConsentBody):
        return one.message.plain
    return _without_german(one.message)


def _without_german(message):
    return "".join(span.text for span in message.text if span.style is not Style.ITALIC)


@pytest.mark.parametrize("language", FOREIGN_LETTERS)
def test_a_screen_speaks_one_language(seen, german_names, language):
    letters = re.compile(FOREIGN_LETTERS[language])
    words = re.compile(rf"\b({FOREIGN_WORDS[language]})\b", re.IGNORECASE)
    for one in seen[language]:
        if isinstance(one.screen.body, DeskBody):
            continue
        for text in said(one, german_names):
            for found in (letters.search(text), words.search(text)):
                assert not found, (one.what, found, text)


@pytest.mark.parametrize("language", FOREIGN_LETTERS)
def test_a_letter_speaks_one_language(renderer, book, german_names, language):
    """Beside the German beneath what a counsellor has written."""
    letters = re.compile(FOREIGN_LETTERS[language])
    words = re.compile(rf"\b({FOREIGN_WORDS[language]})\b", re.IGNORECASE)
    for view in of_person(language, book):
        message = renderer.letter(view, book)
        labels = (button.label for row in message.buttons for button in row)
        for text in (_without_german(message), *labels):
            rest = german_names.sub("", text.replace(GONE, ""))
            for found in (letters.search(rest), words.search(rest)):
                assert not found, (view, found, rest)


def test_the_desk_reads_german_whatever_the_person_speaks(seen):
    """Only the line above it, on what to do with the screen, is for the person."""
    screens = {
        language: {
            one.what: one.message.plain.split("\n")
            for one in shown
            if isinstance(one.screen.body, DeskBody)
        }
        for language, shown in seen.items()
    }
    for language, desks in screens.items():
        assert desks.keys() == screens["de"].keys()
        spoken = f"• Ich spreche {formats.language_names([language], 'de')}."
        for what, (_hint, *lines) in desks.items():
            assert spoken in lines, what
            in_german = [line.replace(spoken, "• Ich spreche Deutsch.") for line in lines]
            assert in_german == screens["de"][what][1:], what
            assert not re.search(r"[\u0400-\u08ff\u2066-\u2069]", "".join(lines)), what
    hints = {next(iter(desks.values()))[0] for desks in screens.values()}
    assert len(hints) == len(screens)
