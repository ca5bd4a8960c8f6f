"""`clearing check` in German, and its reports: hours, stale, launch."""

import json
import os
import re
from datetime import UTC, datetime

import pytest

from bot import app

NOW = datetime(2026, 11, 23, 12, 20, tzinfo=UTC)


@pytest.fixture
def _today(monkeypatch):
    monkeypatch.setattr(app, "clock", lambda: NOW)


@pytest.fixture
def broken(knowledge):
    path = knowledge / "rules" / "base.yaml"
    path.write_text(path.read_text().replace("question: age", "question: aeg", 1))
    return {"KNOWLEDGE": str(knowledge)}


@pytest.mark.parametrize(
    ("environment", "german"),
    [
        ({"LANG": "de_DE.UTF-8"}, True),
        ({"LANG": "de"}, True),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "uk_UA.UTF-8"}, False),
        ({"LANG": "C"}, False),
        ({}, False),
        ({"LANG": "en", "LC_MESSAGES": "de_AT"}, True),
        ({"LANG": "de", "LC_ALL": "C"}, False),
        ({"LANG": "de", "LC_ALL": ""}, True),
    ],
)
def test_a_machine_that_speaks_german_is_answered_in_german(
    clearing, broken, monkeypatch, environment, german
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said = clearing("check", settings=broken).out
    assert said.startswith("rules/base.yaml:")
    assert ("Es gibt keine Frage `aeg`. Meinten Sie `age`?" in said) is german
    assert ("There is no question `aeg`. Did you mean `age`?" in said) is not german


def test_the_language_that_is_asked_for_goes_first(clearing, broken, monkeypatch):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    english = clearing("check", "--language", "en", settings=broken)
    german = clearing("check", "--language", "de")
    assert "Did you mean" in english.out
    assert "Meinten Sie" in german.out
    assert (english.code, german.code) == (1, 1)
    (row,) = json.loads(clearing("check", "--json").out)
    assert row["problem"] == "Es gibt keine Frage `aeg`."
    assert os.environ["LANG"] == "de_DE.UTF-8"


def test_only_german_and_english_are_spoken_to_editors(clearing):
    outcome = clearing("check", "--language", "uk")
    assert outcome.code == 2
    assert "de" in outcome.err


@pytest.mark.usefixtures("_today")
def test_warnings_and_the_closing_line_are_german(clearing):
    lines = clearing("check", "--language", "de").out.splitlines()
    assert re.fullmatch(r"Die Wissensbasis ist in Ordnung\. Hinweise: \d+\.", lines[-1])
    assert all(line.endswith("(Hinweis)") for line in lines[:-1])
    assert not any(re.search(r"\b(the|is|waits|since)\b", line) for line in lines)


@pytest.mark.usefixtures("_today")
@pytest.mark.parametrize(
    ("language", "police", "form"),
    [
        (
            "en",
            "police: today 13:20 open day and night; 25.12. open day and night (public holiday)",
            r"today 13:20 (open|closed)",
        ),
        (
            "de",
            "police: heute 13:20 Tag und Nacht offen; 25.12. Tag und Nacht offen (Feiertag)",
            r"heute 13:20 (offen|geschlossen|Tag und Nacht offen|in den nächsten)",
        ),
    ],
)
def test_hours_are_said_for_every_door_that_has_some(clearing, book, language, police, form):
    outcome = clearing("check", "--hours", "--language", language)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert police in lines
    assert all(re.search(form, line) for line in lines)
    sites = [site for service in book.services.values() for site in service.sites if site.hours]
    assert len(lines) == len(sites) + len(book.hotlines)
    rows = json.loads(clearing("check", "--hours", "--json").out)
    assert len(rows) == len(lines)
    assert {row["holiday"] for row in rows} == {"2026-12-25"}


@pytest.mark.usefixtures("_today")
def test_what_is_stale_is_a_report_and_no_error(clearing, translations):
    path = translations / "uk" / "LC_MESSAGES" / "interface.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(msgid "not known"\nmsgstr) ".*"', r'\1 ""', text), encoding="utf-8")
    path = translations / "ru" / "LC_MESSAGES" / "knowledge.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(msgid "Arbeit"\nmsgstr) ".*"', r'\1 ""', text), encoding="utf-8")
    outcome = clearing("check", "--stale", settings={"LOCALES": str(translations)})
    assert outcome.code == 0
    assert "on evidence over a year old or undated (" in outcome.out
    rows = json.loads(clearing("check", "--stale", "--json").out)
    assert {row["level"] for row in rows} == {"report"}
    missing = {row["file"]: row["problem"] for row in rows if row["group"] == "untranslated"}
    assert "`not known`" in missing["locales/uk/LC_MESSAGES/interface.po"]
    assert "1 texts are missing in `ru`" in missing["locales/ru/LC_MESSAGES/knowledge.po"]
    assert "`option.concern.work.text`" in missing["locales/ru/LC_MESSAGES/knowledge.po"]


@pytest.mark.usefixtures("_today")
def test_launch_ends_with_1_while_something_must_be_done(clearing, knowledge):
    here = {"KNOWLEDGE": str(knowledge)}
    outcome = clearing("check", "--launch", settings=here)
    assert outcome.code == 1
    for title in ("Who answers for the data (6)", "Services that nobody can reach", "Barnim"):
        assert title in outcome.out
    rows = json.loads(clearing("check", "--launch", "--json").out)
    musts = {row["group"] for row in rows if row["level"] == "must"}
    assert musts == {"operator", "emergency", "rules", "members"}
    _answer(knowledge)
    outcome = clearing("check", "--launch")
    assert outcome.code == 0
    assert outcome.out.startswith("All is done that must be")
    assert "Translations that no speaker has checked" in outcome.out


def _answer(knowledge):
    """Everything that must be done, as somebody would do it."""
    confirmed = "confirmed: {date: 2026-11-20, by: Leitung}"
    for path in knowledge.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "region.yaml":
            text = text.replace(': ""', ": Verein Beispiel")
        if path.parent.name == "rules":
            text = text.replace("  review: needed\n", "")
        text = text.replace("confirmed: null", confirmed)
        path.write_text(text, encoding="utf-8")


def test_a_speaker_who_has_checked_a_translation_says_so_in_its_head(clearing, translations):
    path = translations / "ar" / "LC_MESSAGES" / "interface.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"# Checked by a translator, 2026-11-22.\n{text}", encoding="utf-8")
    clearing("check", "--launch", settings={"LOCALES": str(translations)})
    rows = json.loads(clearing("check", "--launch", "--json").out)
    unchecked = {row["file"] for row in rows if row["group"] == "translations"}
    assert "locales/ar/LC_MESSAGES/interface.po" not in unchecked
    assert "locales/ar/LC_MESSAGES/knowledge.po" in unchecked


def test_a_language_that_nobody_has_listed_words_for_is_named(clearing, translations):
    (translations / "fa" / "words.yaml").unlink()
    clearing("check", "--launch", settings={"LOCALES": str(translations)})
    rows = json.loads(clearing("check", "--launch", "--json").out)
    assert [row["file"] for row in rows if row["group"] == "words"] == ["locales/fa/words.yaml"]


def test_reports_need_a_good_base(clearing, broken):
    for report in ("--hours", "--stale", "--launch"):
        outcome = clearing("check", report, settings=broken)
        assert (outcome.code, "aeg" in outcome.out) == (1, True)
    assert clearing("check", "--hours", "--stale").code == 2


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("districts.csv", None, "places/districts.csv: Diese Datei gibt es nicht. Rufen Sie `"),
        ("postcodes.csv", "a,b\n", "places/postcodes.csv:1:1: Die erste Zeile soll `postcode,ags`"),
        ("points.csv", "latitude,longitude,place\nx,y,z\n", "places/points.csv:2:1: Das ist keine"),
        ("names.csv", "ags,name\n99999999,Nirgends\n", "places: Eine Tabelle ist beschädigt: `N"),
    ],
)
def test_a_broken_table_is_told_in_german(clearing, knowledge, table, text, said):
    path = knowledge / "places" / table
    path.unlink()
    if text is not None:
        path.write_text(text)
    outcome = clearing("check", "--language", "de", settings={"KNOWLEDGE": str(knowledge)})
    assert outcome.code == 1
    assert outcome.out.startswith(said)
    assert "oder nehmen Sie die Datei aus der letzten guten Fassung." in outcome.out


def test_every_command_tells_of_broken_files_in_the_language_of_the_machine(
    clearing, broken, translations, monkeypatch
):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert "Meinten Sie `age`?" in clearing("route", settings=broken).line
    monkeypatch.delenv("CLEARING_KNOWLEDGE")
    (translations / "ar" / "LC_MESSAGES" / "interface.po").unlink()
    line = clearing("chat", settings={"LOCALES": str(translations)}).line
    assert "Diese Übersetzung fehlt. Holen Sie sie zurück, oder nehmen Sie `ar`" in line
    # Without the catalogue that holds the German, English is better than nothing.
    (translations / "de" / "LC_MESSAGES" / "editing.po").unlink()
    assert "This catalogue is missing." in clearing("chat").line


def test_a_language_without_translations_is_named_where_it_is_listed(clearing, knowledge):
    path = knowledge / "region.yaml"
    text = path.read_text().replace("languages: [de, en, uk,", "languages: [de, en, uk, ua,", 1)
    path.write_text(text)
    outcome = clearing("check", settings={"KNOWLEDGE": str(knowledge)})
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.startswith("languages"))
    expected = f"region.yaml:{line}:25: There are no translations for `ua`. There are `ar`, `de`"
    assert outcome.code == 1
    assert outcome.out.startswith(expected)


def test_words_and_translations_are_named_at_once(clearing, translations):
    (translations / "uk" / "words.yaml").write_text("concern: {wrok: [робота]}\n")
    (translations / "ar" / "LC_MESSAGES" / "interface.po").unlink()
    (translations / "fa" / "LC_MESSAGES" / "interface.po").unlink()
    outcome = clearing("check", settings={"LOCALES": str(translations)})
    assert outcome.code == 1
    for named in ("locales/uk/words.yaml:1:11", "/ar/LC_MESSAGES/", "/fa/LC_MESSAGES/"):
        assert named in outcome.out
