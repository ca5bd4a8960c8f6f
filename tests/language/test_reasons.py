"""The page that says why this office, and who will help later: in words, in every language."""

import re
from datetime import datetime

import pytest

from bot.core.conversation import step
from bot.core.events import Menu, OpenedMenu
from bot.core.screen import screen
from bot.core.state import Conversation
from bot.facts import facts
from bot.language.rendering import Renderer
from bot.talk import taps

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
LANGUAGES = ("de", "en", "uk", "ar", "fa", "ru")
YOUNG = "concern=work place=12061316 age=18_to_26 status=permit"
SEEKING = "concern=wellbeing place=12061316 age=27_plus status=asylum needs=violence,trauma"
UNSURE = "concern=work place=12061316 age=18_to_26 status=? needs="
ELSEWHERE = "concern=health place=elsewhere age=27_plus status=german home=own needs="

REFUSAL = re.compile(
    r"berechtigt|Anspruch|kein Recht|eligible|entitled|no right|прав[ао]|يحق|مؤهل|حق ندار",
    re.IGNORECASE,
)

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def page(book, renderer: Renderer):
    def rendered(given: str, language: str) -> str:
        case = facts(dict(word.split("=", 1) for word in given.split()), book)
        talk = step(Conversation(language, case), OpenedMenu(Menu.WHY), book).conversation
        return renderer.render(screen(talk, book, NOW), book).plain

    return rendered


def test_it_names_the_answers_and_the_nearest_change_and_nothing_else(page):
    assert page(YOUNG, "en").split("\n") == [
        "Why this office?",
        "🧑‍🎓 Advice for young people from 12 to 26 years",
        "",
        "These answers led here:",
        "• work and recognition of qualifications",
        "• 18 to 26 years",
        "• visa or residence permit for work, study, family",
        "",
        "Your place decides which address it is: Dahme-Spreewald",
        "",
        "🔜 Later another office may help:",
        "• From the 27th birthday: Advice for adults who have come to Germany",
        "Ask me again then. Until then this office is there for you.",
    ]


def test_danger_that_decided_nothing_is_not_named(page):
    text = page(SEEKING, "de")
    assert "Gewalt" not in text
    assert "belastende" not in text
    assert "Ihre anderen Antworten ändern daran nichts." in text
    assert "• Wenn der Asylantrag Erfolg hat: Migrationsberatung" in text


def test_what_nobody_said_is_named_as_not_known(page):
    text = page(UNSURE, "en")
    assert "• Paper for Germany: not known" in text
    assert "I am not quite sure." in text
    assert "• From the 27th birthday, perhaps: Advice for adults" in text


def test_where_the_place_and_time_decide_nothing_nothing_is_said_of_them(page):
    text = page(ELSEWHERE, "en")
    assert "place" not in text
    assert "Later" not in text
    assert not text.endswith("\n")


@pytest.mark.parametrize(("status", "times"), [("?", 0), ("asylum", 1)])
def test_the_result_gives_reasons_for_what_was_said_and_not_for_what_was_not(
    book, renderer: Renderer, status, times
):
    talk = Conversation("de")
    given = {"concern": "protection", "place": "12052000", "age": "27_plus", "status": status}
    for event in taps(facts(given, book), book):
        talk = step(talk, event, book).conversation
    assert renderer.render(screen(talk, book, NOW), book).plain.count("Warum diese Stelle") == times


@every_language
def test_it_never_says_what_somebody_has_no_right_to(page, language):
    for given in (YOUNG, SEEKING, UNSURE, ELSEWHERE, f"{YOUNG.rpartition('=')[0]}=none"):
        assert not REFUSAL.search(page(given, language)), given


@every_language
def test_the_button_needs_no_row_of_its_own(seen, language):
    """It stands beside another one, however long the words of the language are."""
    rows = [row for one in seen[language] for row in one.message.buttons]
    found = [row for row in rows if any(button.data == "m:why" for button in row)]
    assert found
    assert {len(row) for row in found} == {2}
