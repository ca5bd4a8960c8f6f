"""`clearing confirm`: somebody has called there, and what the file says is right."""

import difflib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.content import confirmation, files
from bot.content.loader import load
from bot.content.problems import ContentError
from bot.core.knowledge import Confirmed

ROOT = Path(__file__).resolve().parents[2]
CONFIRMED = Confirmed(date(2026, 11, 20), "Leitung, „Büro“ & Co.: #1")
MBE = "Leitung MBE"
ROLE = ("--by", MBE)
STATEWIDE = "services/statewide.yaml"
HAVELLAND = "services/havelland.yaml"


@pytest.fixture
def confirm(clearing, knowledge):
    """`clearing confirm …` on a copy of the folder."""

    def run(*arguments: str):
        return clearing("confirm", *arguments, settings={"KNOWLEDGE": str(knowledge)})

    return run


def changed(knowledge: Path) -> list[str]:
    """Lines that differ from what is shipped, as a comparison shows them."""
    return [
        line
        for path in sorted(knowledge.rglob("*.yaml"))
        for line in difflib.ndiff(*(lines(one) for one in (shipped(path, knowledge), path)))
        if line[0] in "+-"
    ]


def edit(path: Path, old: str, new: str) -> None:
    """The first place where it stands."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def shipped(path: Path, knowledge: Path) -> Path:
    return ROOT / "knowledge" / path.relative_to(knowledge)


def lines(path: Path) -> list[str]:
    return path.read_bytes().decode().split("\n")


def test_whatever_is_confirmed_is_read_so_and_only_these_lines_change(knowledge, gazetteer):
    """Every service and every hotline that is shipped and can be reached."""
    sources = files.read(knowledge)
    before = load(knowledge, gazetteer.districts, gazetteer.municipalities)
    done = []
    for name in (*before.services, *before.hotlines):
        try:
            spots = confirmation.spots(sources, name, None)
        except ContentError:
            assert not all(site.reachable for site in before.services[name].sites)
            continue
        confirmation.write(confirmation.edit(sources, spots, CONFIRMED), spots[0].file)
        done.append(name)
    assert len(done) > 50
    after = load(knowledge, gazetteer.districts, gazetteer.municipalities)
    for name in done:
        if name in after.services:
            assert {site.confirmed for site in after.services[name].sites} == {CONFIRMED}, name
        else:
            assert after.hotlines[name].confirmed == CONFIRMED, name
    written = changed(knowledge)
    assert written
    assert all(line[1:].strip().startswith("confirmed: ") for line in written)


def test_it_shows_what_was_confirmed(confirm, knowledge):
    outcome = confirm("fluechtlingsrat", *ROLE, "--on", "2026-11-20", "--language", "de")
    assert outcome.code == 0, outcome
    for said in (
        "Bestätigt am 20.11.2026 von Leitung MBE: fluechtlingsrat",
        "Flüchtlingsrat Brandenburg",
        "Rudolf-Breitscheid-Str. 164, 14482 Potsdam",
        "+49 331 716499",
        "Di.: 11:00–13:00",
        "Do.: 11:00–13:00",
        "nächster Feiertag",
    ):
        assert said in outcome.out
    assert changed(knowledge) == [
        "-       confirmed: null",
        "+       confirmed: {date: 2026-11-20, by: Leitung MBE}",
    ]


def test_a_hotline_and_a_german_date(confirm, knowledge):
    outcome = confirm("police", "--by", "Redaktion", "--on", "20.11.2026", "--language", "en")
    assert outcome.out.startswith("Confirmed on 20.11.2026 by Redaktion: police\n")
    assert "open day and night" in outcome.out
    assert "+   confirmed: {date: 2026-11-20, by: Redaktion}" in changed(knowledge)


def test_one_site_of_several(confirm, knowledge):
    outcome = confirm("abh_havelland", *ROLE, "--site", "2", "--json")
    (site,) = json.loads(outcome.out)["sites"]
    assert site["site"] == 2
    written = [number for number, line in enumerate(lines(knowledge / HAVELLAND), 1) if MBE in line]
    assert len(written) == 1
    assert written[0] > site["line"]
    assert len(changed(knowledge)) == 2


def test_all_sites_where_none_is_named(confirm, knowledge, gazetteer):
    told = json.loads(confirm("abh_havelland", *ROLE, "--on", "2026-11-20", "--json").out)
    assert [site["site"] for site in told["sites"]] == [1, 2]
    assert told["confirmed"] == {"date": "2026-11-20", "by": "Leitung MBE"}
    assert told["file"] == HAVELLAND
    book = load(knowledge, gazetteer.districts, gazetteer.municipalities)
    known = {site.confirmed for site in book.services["abh_havelland"].sites}
    assert known == {Confirmed(date(2026, 11, 20), "Leitung MBE")}


def test_confirming_again_replaces_the_day(confirm, knowledge):
    confirm("fluechtlingsrat", *ROLE, "--on", "2026-11-01")
    told = json.loads(confirm("fluechtlingsrat", *ROLE, "--on", "2026-11-20", "--json").out)
    assert told["sites"][0]["before"] == {"date": "2026-11-01", "by": "Leitung MBE"}
    assert len(changed(knowledge)) == 2


REFUSED = {
    "a misspelt id": (
        ("fluechtlingsrad", *ROLE),
        (
            "fluechtlingsrad: There is no service and no hotline `fluechtlingsrad`. "
            "Did you mean `fluechtlingsrat`?"
        ),
    ),
    "a name": (
        ("fluechtlingsrat", "--by", "Anna Schmidt"),
        (
            "--by: `Anna Schmidt` looks like the name of a person. "
            'Write the role, not the name: --by "Leitung MBE".'
        ),
    ),
    "nobody": (("fluechtlingsrat", "--by", " "), "--by: It is not said who confirms it."),
    "no date": (
        ("fluechtlingsrat", *ROLE, "--on", "31.11.2026"),
        "--on: `31.11.2026` is not a date.",
    ),
    "no such site": (
        ("abh_havelland", *ROLE, "--site", "3"),
        "--site: `abh_havelland` has 2 sites, and none of number 3. ",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(confirm, knowledge, case: str):
    arguments, expected = REFUSED[case]
    assert confirm(*arguments).line.startswith(expected)
    assert changed(knowledge) == []


def test_a_day_to_come_is_refused(confirm, knowledge):
    """Whatever day it is: some year is always to come."""
    assert " is in the future. " in confirm("police", *ROLE, "--on", "2999-01-01").line
    assert changed(knowledge) == []


def test_what_was_confirmed_since_is_left(confirm, knowledge):
    confirm("police", *ROLE, "--on", "2026-11-20")
    before = changed(knowledge)
    refused = confirm("police", *ROLE, "--on", "2026-11-19").line
    assert refused.startswith("--on: Somebody has confirmed it since, on 2026-11-20.")
    assert changed(knowledge) == before


def test_a_site_that_nobody_can_reach_is_refused(confirm, knowledge):
    path = knowledge / STATEWIDE
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("address:"), text.index("email:")
    text = text[:begin] + text[end:].replace("website:", "# website:", 1)
    path.write_text(text, encoding="utf-8")
    refused = confirm("fluechtlingsrat", *ROLE)
    assert refused.line.startswith("services/statewide.yaml:12:1: `fluechtlingsrat` has no phone,")
    assert "Ask how one can reach it" in refused.line
    assert path.read_text(encoding="utf-8") == text


def test_a_folder_with_a_mistake_stays_as_it_is(confirm, knowledge):
    edit(knowledge / "services/cottbus.yaml", "offers: [mbe]", "offers: [mbee]")
    before = changed(knowledge)
    refused = confirm("police", *ROLE)
    assert refused.line.startswith("services/cottbus.yaml:8:")
    assert changed(knowledge) == before


def test_a_role_that_the_file_cannot_hold_is_refused(confirm, knowledge):
    refused = confirm("fluechtlingsrat", "--by", "Leitung " + "x" * 160)
    assert "characters long" in refused.line
    assert changed(knowledge) == []


def test_what_is_open_in_the_entry_is_said(confirm, knowledge):
    edit(knowledge / STATEWIDE, "Tu,Th 11:00-13:00; PH off", "Tu,Th 11:00-13:00")
    outcome = confirm("fluechtlingsrat", *ROLE)
    assert "Still open in this entry:\n  services/statewide.yaml:" in outcome.out
    assert "Add `; PH off`." in outcome.out
    assert "Still open" not in confirm("police", *ROLE).out


def test_what_was_withheld_is_shown_from_now_on(confirm, knowledge):
    edit(knowledge / STATEWIDE, "confidence: medium", "confidence: low")
    assert "from now on it is shown" in confirm("fluechtlingsrat", *ROLE).out
    assert "from now on it is shown" not in confirm("fluechtlingsrat", *ROLE).out


@pytest.mark.parametrize(
    "by",
    ["Leitung", "Leitung der MBE", "Büro", "AWO Kreisverband", "Caritas Cottbus", "Team Migration"],
)
def test_a_role_is_taken(by: str):
    assert confirmation.role(f" {by} ") == by


@pytest.mark.parametrize(
    "by",
    ["Frau Noack", "Anna Noack", "A. Noack", "Dr. Leitner", "anna@example.org", "Jan Ole Böhm"],
)
def test_a_name_is_not(by: str):
    with pytest.raises(ContentError, match="looks like the name of a person"):
        confirmation.role(by)


def test_a_file_that_somebody_saves_meanwhile_is_left(knowledge):
    sources = files.read(knowledge)
    spots = confirmation.spots(sources, "fluechtlingsrat", None)
    edited = confirmation.edit(sources, spots, CONFIRMED)
    with edited.path.open("ab") as file:
        file.write(b"# gerade gespeichert\n")
    with pytest.raises(ContentError, match="saved this file in this moment"):
        confirmation.write(edited, spots[0].file)
    assert edited.path.read_bytes().endswith(b"# gerade gespeichert\n")


def test_today_is_the_day_where_none_is_said(confirm):
    told = json.loads(confirm("police", *ROLE, "--json").out)
    then = date.fromisoformat(told["confirmed"]["date"])
    refused = confirm("police", *ROLE, "--on", (then - timedelta(1)).isoformat()).line
    assert "Somebody has confirmed it since" in refused
