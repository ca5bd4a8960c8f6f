"""The card of a door that is closed for some days, in every language."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.content.opening import OsmHours, PublicHolidays
from bot.core import buttons
from bot.core.conversation import step
from bot.core.knowledge import Absence, Book, Service
from bot.core.screen import screen
from bot.core.state import Conversation
from bot.language.catalogues import load
from bot.language.rendering import Renderer

NOW = datetime.fromisoformat("2026-12-22T10:00:00+01:00")
SAID = {
    "de": ("Geschlossen bis einschließlich Samstag, 2. Januar 2027", "Öffnet wieder am Montag, 4."),
    "en": ("Closed up to and including Saturday", "Opens again Monday, "),
    "uk": ("включно: субота, 2 січня 2027", "Знову відкриється: понеділок, 4 січня 2027"),
    "ar": ("مغلق حتى نهاية يوم السبت، 2 يناير 2027", "يفتح من جديد يوم الاثنين، 4 يناير 2027"),
    "fa": ("تا پایان روز شنبه، 2 ژانویهٔ 2027 بسته است", "دوباره باز می‌شود: دوشنبه، 4 ژانویهٔ"),
    "ru": ("включительно: суббота, 2 января 2027", "Снова откроется: понедельник, 4 января 2027"),
}


@pytest.fixture(scope="module")
def renderer(locales) -> Renderer:
    return Renderer(load(locales, SAID), "clearing_bot")


@pytest.fixture
def away(book: Book) -> Service:
    known = book.services["fluechtlingsrat"]
    hours = OsmHours("Mo-Fr 09:00-16:00; PH off", PublicHolidays("BB", ZoneInfo("Europe/Berlin")))
    site = replace(known.sites[0], hours=hours)
    absences = (Absence(date(2026, 12, 21), date(2027, 1, 2)),)
    return replace(known, sites=(site,), absences=absences)


def shown(service: Service, book: Book, language: str, renderer: Renderer) -> str:
    later = replace(book, services={**book.services, service.id: service})
    talk = Conversation(language)
    for tap in ("a:concern:meeting", f"s:{service.id}"):
        talk = step(talk, buttons.decode(tap), later).conversation
    return renderer.render(screen(talk, later, NOW), later).plain


@pytest.mark.parametrize("language", SAID)
def test_a_closed_door_says_until_when(away, book, language, renderer):
    text = shown(away, book, language, renderer)
    assert not [said for said in SAID[language] if said not in text], text
    assert "🟢" not in text
    assert "09:00" in text


@pytest.mark.parametrize("language", SAID)
def test_where_the_hours_are_unknown_it_says_only_until_when(away, book, language, renderer):
    (site,) = away.sites
    text = shown(replace(away, sites=(replace(site, hours=None),)), book, language, renderer)
    first, again = SAID[language]
    assert first in text
    assert again not in text
