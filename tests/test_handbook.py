"""The handbook shows what the bot does today, and what it tells people to write is right."""

import re
from pathlib import Path
from tempfile import gettempdir

import pytest
import yaml

from tests.core.test_conversations import Player
from tools.handbook.book import pages
from tools.handbook.tasks import NEW_RULE, RULES, TASKS, scripts
from tools.handbook.workshop import workshop

HANDBOOK = Path(__file__).resolve().parents[1] / "docs" / "handbook"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages()


def test_the_handbook_is_as_the_program_makes_it(made):
    """Where this fails: `make handbook`, and read what has changed."""
    there = {path.name: path.read_text(encoding="utf-8") for path in HANDBOOK.iterdir()}
    assert there.keys() == made.keys()
    stale = [name for name, text in made.items() if there[name] != text]
    assert not stale, "out of date: run `make handbook`"


def test_every_task_has_its_page(made):
    assert made.keys() == {"index.html", *(f"{name}.html" for name in TASKS)}
    for name in TASKS:
        assert f'href="{name}.html"' in made["index.html"]


def test_every_link_inside_leads_somewhere(made):
    for name, text in made.items():
        for link in re.findall(r'href="([^":#]+)"', text):
            assert (HANDBOOK / link).exists(), (name, link)


def test_pages_fetch_nothing_and_tell_nothing_of_the_machine(made):
    for name, text in made.items():
        assert not re.search(r"<(script|link|img|iframe)\b(?![^>]*data:)|@import|url\(", text), name
        assert gettempdir() not in text, name
        assert str(HANDBOOK.parents[1]) not in text, name


def test_a_page_shows_what_is_typed_and_what_is_seen(made):
    """Words that only come from the real files, messages and screens."""
    for name, words in {
        "add_service": (
            "jmd_beispiel",
            "Die Wissensbasis ist in Ordnung",
            "bis 15:00 Uhr",
        ),
        "change_hours": ("Tu,Th 13:00-18:00", "geschlossen bis 13:00", "Öffnet am Dienstag"),
        "closure": ("from: 2026-12-21", "Geschlossen bis einschließlich Samstag", "ist vorbei"),
        "confirm": ("by: Leitung JMD", "Bestätigt am 24.11.2026", "Das hat noch niemand bestätigt"),
        "add_rule": ("meeting_german", "applies not: meeting_german", "Begegnungsstätte"),
        "messages": ("services/havelland.yaml:9:12", "Meinten Sie `mbe`?", "deutsche Wochentage"),
        "back": ("19:00-20:00", "Der Ordner ist wieder so wie Stand 1."),
        "prove": ("✗ Jeder Mensch bekommt eine erste Tür", "Fragen: im Mittel"),
        "diff": ("verlieren die letzte Stelle", "clearing chat --link"),
    }.items():
        assert not [word for word in words if word not in made[f"{name}.html"]], name


def test_the_two_talks_of_the_new_rule_hold(ears):
    with workshop() as shop:
        shop.add(RULES, NEW_RULE)
        for excerpt in scripts(shop):
            script = yaml.safe_load("\n".join(line.text for line in excerpt.lines))
            assert len(script["talk"]) > 8
            Player(shop.kit().book, ears, script).play()
