"""`clearing prove` as people and programs use it, on a small knowledge base."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.commands.prove import _after
from bot.commands.proving import _chat
from bot.config import KNOWLEDGE
from bot.content.loader import load
from bot.core.findings import findings
from bot.core.links import REPLAY, answers
from bot.places.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(tmp_path):
    """The small base of the loader's tests, with the places of the region."""
    folder = shutil.copytree(ROOT / "tests" / "content" / "knowledge", tmp_path / "small")
    shutil.copytree(ROOT / "knowledge" / "places", folder / "places")
    return folder


@pytest.mark.parametrize(
    ("today", "span", "last"),
    [
        (date(2026, 11, 23), (12, "m"), date(2027, 11, 23)),
        (date(2026, 11, 30), (3, "m"), date(2027, 2, 28)),
        (date(2028, 2, 29), (1, "y"), date(2029, 2, 28)),
        (date(2026, 12, 31), (2, "m"), date(2027, 2, 28)),
        (date(2026, 11, 23), (2, "w"), date(2026, 12, 7)),
        (date(2026, 11, 23), (90, "d"), date(2027, 2, 21)),
    ],
)
def test_months_are_those_of_the_calendar(today, span, last):
    assert _after(today, *span) == last


@pytest.mark.parametrize("span", ["12", "m", "0m", "12 months", "-3d", "9999999y"])
def test_what_is_no_span_is_said(clearing, span):
    outcome = clearing("prove", f"--until={span}")
    assert outcome.code == 2
    assert "12m" in outcome.err


def test_what_does_not_hold_ends_with_1_and_replays(clearing, small):
    settings = {"KNOWLEDGE": str(small)}
    outcome = clearing("prove", "--json", "--processes", "1", settings=settings)
    assert outcome.code == 1
    told = json.loads(outcome.out)
    assert told["holds"] is False
    assert told["places"] == 433
    assert told["conversations"] > told["situations"] > told["points"] > 0
    fault = next(one for one in told["faults"] if one["claim"] == "lead")
    assert fault["places"] == ["elsewhere"]
    tables = Gazetteer.load(small / "places")
    book = load(small, tables.districts, tables.municipalities)
    (packed,) = (part for part in fault["link"].split("-") if part.startswith(REPLAY))
    replayed = answers(packed, book)
    assert {**replayed, "for_whom": "self"} == replayed
    assert findings(replayed, book).lead is None


def test_people_are_told_in_german_what_holds_and_what_does_not(clearing, small):
    settings = {"KNOWLEDGE": str(small)}
    outcome = clearing("prove", "--language", "de", "--processes", "1", settings=settings)
    assert outcome.code == 1
    assert "✗ Genau eine Art von Stelle führt." in outcome.out
    assert "✓ Keine Behörde und kein Telefon führt." in outcome.out
    assert "außerhalb des Landes" in outcome.out
    assert "elsewhere  (" in outcome.out
    assert "Frauenhaus (shelter_lake) ist für niemanden eine Tür" in outcome.out


def test_who_shadows_others_is_named(clearing, small):
    rules = small / "rules" / "base.yaml"
    text = rules.read_text(encoding="utf-8")
    first = text[: text.index("- id: jobcentre_work")]
    wider = first.replace("mbe_everybody", "mbe_really_all").replace(
        "[18_plus]", "[18_plus, under_18]"
    )
    rules.write_text(wider + text, encoding="utf-8")
    settings = {"KNOWLEDGE": str(small)}
    outcome = clearing("prove", "--json", "--processes", "1", settings=settings)
    (fault,) = (one for one in json.loads(outcome.out)["faults"] if one["claim"] == "rule")
    assert fault["about"] == "mbe_everybody"
    assert fault["instead"] == "mbe_really_all"
    assert fault["link"]


def test_the_months_to_come_are_looked_at(clearing, small):
    services = small / "services" / "lake.yaml"
    text = services.read_text(encoding="utf-8")
    services.write_text(text.replace("to: 2027-12-31", "to: 2999-12-31"), encoding="utf-8")
    settings = {"KNOWLEDGE": str(small)}
    arguments = ("prove", "--json", "--processes", "1", "--until", "12m")
    told = json.loads(clearing(*arguments, settings=settings).out)
    assert told["changes"] == []
    assert not [gap for gap in told["gaps"] if gap["cause"] == "ends"]


def test_an_end_is_told_once_with_each_reason(clearing, small):
    """On a day soon to come, whichever it is today."""
    services = small / "services" / "lake.yaml"
    text = services.read_text(encoding="utf-8")
    soon = date.fromisoformat(json.loads(clearing("coverage", "--json").out)["day"])
    text = text.replace("to: 2027-12-31", f"to: {soon + timedelta(days=30)}")
    services.write_text(text.replace("who: {question: status, is: [permit, none]}", "who: null", 1))
    rules = small / "rules" / "base.yaml"
    first, rest = rules.read_text(encoding="utf-8").split("- id: jobcentre_work", 1)
    first = first.replace("      - {question: place, is: [here]}\n", "")
    young = first.replace("mbe_everybody", "mbe_young").replace("18_plus", "under_18")
    young = young.replace("ab 18 Jahren", "unter 18 Jahren")
    rules.write_text(f"{first}{young}- id: jobcentre_work{rest}", encoding="utf-8")
    settings = {"KNOWLEDGE": str(small)}
    arguments = ("prove", "--language", "de", "--processes", "1", "--until", "3m")
    said = clearing(*arguments, settings=settings).out
    (end,) = (line for line in said.splitlines() if line.startswith("✗ Ab "))
    assert end.endswith("Es endet: MBE am See (mbe_lake).")
    ahead = said[said.index(end) :]
    assert "    ab 18 Jahren (MBE). Zusammenstellungen von Antworten: " in ahead
    assert "    unter 18 Jahren (MBE). Zusammenstellungen von Antworten: " in ahead
    assert ahead.count("Zum Beispiel:") == 1


def test_a_replay_names_the_folder_that_was_proved(clearing, small):
    settings = {"KNOWLEDGE": str(small)}
    outcome = clearing("prove", "--processes", "1", settings=settings)
    assert f"CLEARING_KNOWLEDGE={small} clearing chat --link de-" in outcome.out


def test_the_usual_folder_is_not_named():
    assert _chat("de-R", KNOWLEDGE) == "clearing chat --link de-R"
    named = _chat("de-R", Path("mein Ordner"))
    assert named == "CLEARING_KNOWLEDGE='mein Ordner' clearing chat --link de-R"


@pytest.mark.parametrize("link", ["blah", "de-99-RYmf", "R", "-"])
def test_a_link_that_says_nothing_is_refused(clearing, link):
    outcome = clearing("chat", f"--link={link}")
    assert outcome.line.startswith("--link: ")
    assert "CLEARING_KNOWLEDGE" in outcome.line
