"""`clearing preview`: what people will see of an edit."""

import json
import shutil

import pytest

from bot import config
from bot.commands.edits import begin

LANGUAGES = ["de", "en", "uk", "ar", "fa", "ru"]


def edit(knowledge, name: str, old: str, new: str) -> None:
    text = (knowledge / name).read_text(encoding="utf-8")
    assert old in text
    (knowledge / name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def house(knowledge, tmp_path):
    return {"KNOWLEDGE": str(knowledge), "DATA": str(tmp_path / "data")}


def test_a_page_is_written_for_an_entry(clearing, tmp_path):
    outcome = clearing("preview", "age", "jmd_niederlausitz", "--language", "de")
    assert outcome.code == 0
    assert outcome.out.startswith("preview.html: geschrieben. Einträge: 2, ")
    text = (tmp_path / "here" / "preview.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert "Was die Menschen sehen" in text
    assert all(f'lang="{language}" dir="' in text for language in LANGUAGES)


def test_what_is_withheld_is_said_with_how_it_will_look(clearing):
    said = clearing("preview", "mbe_cottbus", "--language", "de").out.splitlines()
    assert said[1].startswith("mbe_cottbus: Das sieht noch niemand: Die Quelle ist schwach")
    assert "clearing confirm mbe_cottbus --by ROLLE" in said[1]
    rows = json.loads(clearing("preview", "mbe_cottbus", "--json").out)
    assert {row["withheld"] for row in rows} == {True}
    assert any(row["screen"] == "The result" for row in rows)
    rows = json.loads(clearing("preview", "jmd_niederlausitz", "--json").out)
    assert {row["withheld"] for row in rows} == {False}


def test_what_differs_from_another_folder_is_shown(clearing, knowledge, house, tmp_path):
    before = shutil.copytree(knowledge, tmp_path / "before")
    edit(knowledge, "questions.yaml", "Wie alt sind Sie?", "Wie viele Jahre sind Sie alt?")
    edit(knowledge, "services/cottbus.yaml", "id: abh_cottbus", "id: abh_neu")
    rows = json.loads(clearing("preview", "--against", str(before), "--json", settings=house).out)
    assert {(row["entry"], row["change"]) for row in rows} == {
        ("age", "changed"),
        ("abh_neu", "new"),
    }
    own = [row for row in rows if row["entry"] == "age" and row["screen"] == "The question"]
    assert [row["language"] for row in own] == LANGUAGES
    assert own[0]["text"] == "Wie viele Jahre sind Sie alt?"
    page = clearing("preview", "--against", str(before), settings=house)
    assert "Entries: 3, " in page.out
    assert "abh_cottbus" in (tmp_path / "here" / "preview.html").read_text(encoding="utf-8")


def test_without_more_it_shows_what_differs_from_the_edition_before(clearing, knowledge, house):
    settings = config.read({f"CLEARING_{name}": value for name, value in house.items()})
    begin(settings).keep()
    edit(knowledge, "questions.yaml", "Wie alt sind Sie?", "Wie viele Jahre sind Sie alt?")
    # Also after the bot has begun to use the edit.
    for _ in range(2):
        rows = json.loads(clearing("preview", "--json", settings=house).out)
        assert {row["entry"] for row in rows} == {"age"}
        begin(settings).keep()


def test_without_an_edition_it_says_what_to_compare_with(clearing, house):
    line = clearing("preview", settings=house).line
    assert "No earlier edition is kept" in line
    assert "--rev HEAD" in line


def test_an_entry_that_does_not_exist_is_said(clearing):
    line = clearing("preview", "jmd_niederlausits").line
    assert line == "There is no entry `jmd_niederlausits`. Did you mean `jmd_niederlausitz`?"


def test_a_page_that_cannot_be_written_is_said(clearing):
    line = clearing("preview", "age", "--html", "no/where.html").line
    assert line.startswith("--html: no/where.html cannot be written")


def test_a_folder_that_does_not_exist_is_said(clearing):
    assert "There is no folder" in clearing("preview", "--against", "nowhere").line


def test_entries_and_something_to_compare_with_are_not_mixed(clearing):
    assert "not both" in clearing("preview", "age", "--rev", "HEAD").line


def test_an_option_is_seen_with_its_question(clearing):
    rows = json.loads(clearing("preview", "age.27_plus", "--json").out)
    assert {row["entry"] for row in rows} == {"age"}
