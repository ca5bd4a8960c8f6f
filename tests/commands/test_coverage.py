"""`clearing coverage`: a table for people, an object for programs, a page for the state."""

import json
import re

import pytest

from bot.proof.coverage_words import SIGNS

DAY = ("--day", "2026-11-23")


def test_the_table_has_a_row_for_each_district(clearing, book):
    outcome = clearing("coverage", *DAY)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0].startswith("Weiße Flecken am 23. November 2026")
    assert max(map(len, lines)) <= 100
    rows = {line[:32].strip(): line[32:] for line in lines}
    for district in book.districts.values():
        assert len(re.findall(f"[{''.join(SIGNS.values())}]", rows[district.name])) == 20
    assert "für das ganze Land" in rows
    assert any(line.startswith(" 2  Jugendmigrationsdienst (JMD)") for line in lines)
    (asylum,) = (line for line in lines if line.startswith(" 7  Asylverfahrensberatung"))
    assert asylum.endswith("5 von 18 (4 zum Teil)")


def test_a_district_with_a_door_in_one_municipality_only_is_told_apart(clearing, knowledge):
    services = knowledge / "services" / "barnim.yaml"
    text = services.read_text(encoding="utf-8")
    part = re.sub(r"districts: \['?12060'?\]", "municipalities: ['12060020']", text)
    assert part != text
    services.write_text(part, encoding="utf-8")
    here = {"KNOWLEDGE": str(knowledge)}
    said = clearing("coverage", *DAY, settings=here).out
    assert (
        "In 1 weiteren kennen wir eine nur in einem Teil der Gemeinden: Barnim (1 von 25)." in said
    )
    found = json.loads(clearing("coverage", *DAY, "--json", settings=here).out)
    assert found["migration_service"]["in_part"] == [
        {"district": "12060", "municipalities_reached": 1, "municipalities": 25}
    ]
    assert "12060" not in found["migration_service"]["without"]
    assert len(found["migration_service"]["without"]) == 13
    mbe = next(kind for kind in found["types"] if kind["id"] == "mbe")
    assert (mbe["districts_reached"], mbe["districts_in_part"]) == (2, 1)


def test_it_speaks_english_too(clearing):
    said = clearing("coverage", *DAY, "--language", "en").out
    assert said.startswith("White spots on 23 November 2026")
    assert "white spot: no entry" in said


def test_a_wish_is_said_and_counted(clearing):
    everywhere = clearing("coverage", *DAY).out
    wished = clearing("coverage", *DAY, "--speaks", "ru", "--open", "morning").out
    assert "Gesucht: Beratung auf Russisch, vormittags." in wished
    assert SIGNS["unsaid"] not in everywhere
    assert SIGNS["unsaid"] in wished


def test_programs_get_what_is_documented(clearing, book):
    found = json.loads(clearing("coverage", *DAY, "--json", "--speaks", "ru").out)
    assert set(found) == {
        *("day", "edition", "wish", "districts", "types", "statewide", "hotlines", "next"),
        "migration_service",
    }
    assert found["day"] == "2026-11-23"
    assert found["wish"] == {"language": "ru", "half": None}
    assert {one["key"] for one in found["districts"]} == set(book.districts)
    spots = [spot for one in found["districts"] for spot in one["spots"]]
    assert len(spots) == 18 * 20
    assert all(spot["municipalities_reached"] <= spot["municipalities"] for spot in spots)
    for kind in found["types"]:
        reached = [spot for spot in spots if spot["type"] == kind["id"]]
        reached = [spot for spot in reached if spot["standing"] in {"unconfirmed", "confirmed"}]
        assert kind["districts_reached"] == len(reached)
    assert {line["hotline"] for line in found["hotlines"]} == set(book.hotlines)


def test_the_page_is_one_file(clearing, tmp_path):
    file = tmp_path / "flecken.html"
    outcome = clearing("coverage", *DAY, "--html", str(file))
    assert outcome.code == 0
    assert str(file) in outcome.out
    text = file.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "</html>" in text


def test_the_page_begins_with_the_wish(clearing, tmp_path):
    file = tmp_path / "flecken.html"
    clearing("coverage", *DAY, "--html", str(file), "--speaks", "ar", "--open", "afternoon")
    text = file.read_text(encoding="utf-8")
    assert '<option value="ar" selected>' in text
    assert "(MBE) · Arabisch · nachmittags" in text


def test_what_cannot_be_done_is_said(clearing, tmp_path, knowledge):
    file = str(tmp_path / "missing" / "flecken.html")
    assert f"--html: {file} cannot be written" in clearing("coverage", "--html", file).line
    said = clearing("coverage", "--speaks", "xx").line
    assert said.startswith("--speaks: Neither the bot nor any service speaks `xx`. Take en, uk")
    outlines = knowledge / "places" / "outlines.json"
    outlines.write_text("{")
    here = {"KNOWLEDGE": str(knowledge)}
    page = ("coverage", "--html", str(tmp_path / "page.html"))
    assert clearing(*page, settings=here).line.startswith("places/outlines.json: ")
    outlines.unlink()
    assert clearing(*page, settings=here).code == 0


@pytest.mark.parametrize(
    "wrong", [("--day", "tomorrow"), ("--open", "night"), ("--json", "--html", "x")]
)
def test_what_makes_no_sense_ends_with_2(clearing, wrong):
    assert clearing("coverage", *wrong).code == 2
