"""Every screen in every language is whole: short enough, without gaps, with buttons that work."""

import re
from collections import Counter

import pytest

from bot.core import buttons
from bot.core.screens import ResultBody
from bot.language.pages import profile
from bot.language.rendering import Renderer
from bot.message import Message

LANGUAGES = ("de", "en", "uk", "ar", "fa", "ru")

COMFORTABLE = 2_800
"""UTF-16 units, of the 4,096 that Telegram takes: longer screens lose the people we write for."""
LONGEST_LABEL = 110
"""Characters; phones show some forty of them."""

RIGHT_TO_LEFT_MARK = "\u200f"
GAP = re.compile(r"\( ?\)|\( | \)|„ ?“|\u2066\s*\u2069| [,;!?]( |$)|[:,;] ?[.,;]|^[,.:;]")
"""Empty brackets, quotes or isolates, or a mark of punctuation without its word."""

every_language = pytest.mark.parametrize("language", LANGUAGES)


def texts(message: Message) -> list[str]:
    return [message.plain, *(button.label for row in message.buttons for button in row)]


def test_the_walk_visits_every_kind_of_screen_in_every_language(seen, book):
    assert set(seen) == set(LANGUAGES) == set(book.region.languages)
    for shown in seen.values():
        kinds = Counter(type(one.screen.body).__name__ for one in shown)
        assert len(kinds) == 15
        visited = {one.what for one in shown}
        assert {f"asks {question}" for question in book.questions} <= visited
        assert {f"says why {question}" for question in book.questions} <= visited
        for door in (*book.types, *book.services, *book.hotlines):
            assert {f"opens {door}", f"shows at the desk {door}"} <= visited
        assert {one.screen.note for one in shown} > {None}


def test_the_walk_visits_whoever_can_hand_over_and_whose_case_is_elsewhere(seen):
    for shown in seen.values():
        results = [one.screen.body for one in shown if isinstance(one.screen.body, ResultBody)]
        assert {(one.can_hand_over, bool(one.old_door)) for one in results} >= {
            (False, False),
            (True, True),
        }


@every_language
def test_no_screen_is_long(seen, language):
    for one in seen[language]:
        assert 0 < len(one.message.plain.encode("utf-16-le")) // 2 <= COMFORTABLE, one.what


@every_language
def test_every_text_is_there_and_whole(seen, language):
    """F33, F35: longer or emptier, Telegram would not take it."""
    for one in seen[language]:
        assert len(one.message.plain.encode("utf-16-le")) // 2 <= 4_096, one.what
        for text in texts(one.message):
            assert not re.search(r"[{}]|\((EN|DE)\)|\bNone\b(?! of)", text), one.what
            assert not re.search(r"[\u202a-\u202e]", text), one.what
            assert text.strip(), one.what


@every_language
def test_no_gap_stands_where_something_is_missing(seen, language):
    for one in seen[language]:
        for text in texts(one.message):
            for line in text.replace(RIGHT_TO_LEFT_MARK, "").split("\n"):
                assert line == line.rstrip(), (one.what, line)
                assert "  " not in line.lstrip(), (one.what, line)
                assert not GAP.search(line), (one.what, line)
            assert "\n\n\n" not in text.replace(RIGHT_TO_LEFT_MARK, ""), one.what
        for line in filter(None, one.message.plain.replace(RIGHT_TO_LEFT_MARK, "").split("\n")):
            assert re.search(r"\w", line) or line == "…", (one.what, line)


@every_language
def test_every_button_says_something_and_comes_back(seen, language):
    for one in seen[language]:
        rows = one.message.buttons
        assert rows
        for button in (button for row in rows for button in row):
            assert 0 < len(button.label.strip()) <= LONGEST_LABEL, one.what
            assert bool(button.data) != bool(button.url), one.what
            assert len(button.data.encode()) <= 64
            if button.data:
                assert buttons.encode(buttons.decode(button.data)) == button.data
            else:
                assert re.fullmatch(r"https?://[^\s\u2066-\u2069]+", button.url), one.what


@every_language
def test_help_another_language_and_the_way_out_are_on_every_screen(seen, language):
    for one in seen[language]:
        last = {button.data for row in one.message.buttons[-2:] for button in row}
        assert {"m:languages", "h", "x"} <= last, one.what
        assert all(1 <= len(row) <= 4 for row in one.message.buttons)


def test_i_do_not_know_names_the_option_that_is_asked_alone(seen):
    """Tapped twice, it must not answer the other options, which are asked next."""
    (alone,) = (one for one in seen["de"] if one.what == "asks needs.unaccompanied")
    carried = [button.data for row in alone.message.buttons for button in row]
    assert "a:needs.unaccompanied:?" in carried
    assert "a:needs:?" not in carried


def test_a_village_is_told_by_its_municipality(seen):
    (one,) = (one for one in seen["ar"] if one.what.startswith("asks which place"))
    labels = {button.data: button.label for row in one.message.buttons for button in row}
    assert "\u2066Neuendorf (Potsdam)\u2069" in labels["a:place:12054000"]
    assert "\u2066Brück – Potsdam-Mittelmark\u2069" in labels["a:place:12069076"]


def test_the_same_buttons_stand_on_a_screen_in_every_language(seen):
    """Only how they are laid out may differ, as the words are longer or shorter."""
    for shown in zip(*seen.values(), strict=True):
        data = {
            tuple(button.data for row in one.message.buttons for button in row) for one in shown
        }
        assert len(data) == 1 or "shares" in shown[0].what, shown[0].what


@every_language
def test_telegram_takes_what_the_bot_says_about_itself(renderer: Renderer, book, language):
    about = profile(renderer.speaker(language, book))
    assert 0 < len(about.description) <= 512
    assert 0 < len(about.short_description) <= 120
    for command, says in about.commands:
        assert re.fullmatch(r"[a-z]{1,32}", command)
        assert 3 <= len(says) <= 256
    assert len({says for _, says in about.commands}) == len(about.commands)


@every_language
def test_the_last_word_is_said_in_the_language_of_the_person(renderer: Renderer, book, language):
    for stopped in (False, True):
        last = renderer.forgotten(language, book, stopped=stopped).plain
        assert "/start" in last
        assert not re.search(r"[{}]|\((EN|DE)\)", last)
