"""White spots: what fills one, and what does not."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.content.loader import load
from bot.core.knowledge import Reach
from bot.core.place import District, Municipality
from bot.proof.coverage import Coverage, coverage
from bot.proof.half_days import Half, HalfDay
from bot.proof.next_steps import Ask, next_steps
from bot.proof.spots import Answer, Barrier, Standing, Wish

if TYPE_CHECKING:
    from bot.core.knowledge import Book

SMALL = Path(__file__).parents[1] / "content" / "knowledge"
DAY = date(2026, 11, 23)
MONDAY, FRIDAY = 0, 4
DISTRICTS = {"12061": District("12061", "Dahme-Spreewald"), "12070": District("12070", "Prignitz")}
MUNICIPALITIES = {
    ags: Municipality(ags, name)
    for ags, name in (
        ("12061316", "Lübben"),
        ("12061217", "Königs Wusterhausen"),
        ("12061332", "Luckau"),
        ("12061433", "Schönefeld"),
        ("12070296", "Perleberg"),
    )
}
HERE, THERE = ("12061", "mbe"), ("12070", "mbe")
SERVES = "  serves:\n    districts: ['12061']\n    municipalities: ['12061316']\n"
WHO = "    who: {question: status, is: [permit, none]}\n"
CONFIRMED = "confirmed: {date: 2026-10-01, by: Leitung MBE}"
HOURS = "hours: Mo-Th 09:00-16:00; PH off\n      by_appointment: true"
VALID = "valid: {from: 2024-01-01, to: 2027-12-31}"


class Folder:
    """A copy of the small knowledge base in which one thing after another is edited."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path / "services" / "lake.yaml"

    def edit(self, old: str, new: str) -> Folder:
        text = self.file.read_text()
        assert old in text
        self.file.write_text(text.replace(old, new, 1))
        return self

    def add(self, **changed: str) -> Folder:
        """A second MBE, for the whole of Prignitz unless it is said otherwise."""
        entry = {
            "offers": "[mbe]",
            "serves": "{districts: ['12070']}",
            "contact": "phone: [+49 3876 1234]",
            "hours": "by_appointment: true",
            "confidence": "medium",
            "more": "languages: [de]",
        } | changed
        self.file.write_text(
            f"{self.file.read_text()}\n"
            f"- id: mbe_second\n  name: Zweite\n  provider: Verein\n  carrier: independent\n"
            f"  offers: {entry['offers']}\n  serves: {entry['serves']}\n  {entry['more']}\n"
            f"  sites:\n    - {entry['contact']}\n      {entry['hours']}\n"
            "      evidence:\n        source: Beispiel\n        date: '2025'\n"
            f"        confidence: {entry['confidence']}\n"
        )
        return self

    def load(self) -> Book:
        return load(self.path, DISTRICTS, MUNICIPALITIES)

    def covered(self, day: date = DAY) -> Coverage:
        return coverage(self.load(), day)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(SMALL, tmp_path / "knowledge")
    return Folder(tmp_path / "knowledge")


def standings(covered: Coverage, wish: Wish) -> dict[tuple[str, str], Standing]:
    return {where: spot.standing(wish) for where, spot in covered.spots.items()}


def test_every_district_has_a_spot_for_every_regional_kind(book):
    covered = coverage(book, DAY)
    regional = {kind.id for kind in book.types.values() if kind.reach is Reach.REGIONAL}
    assert set(covered.types) == regional
    assert set(covered.spots) == {(key, kind) for key in book.districts for kind in regional}
    assert all(sum(covered.counts(kind).values()) == 18 for kind in regional)


def test_what_can_be_reached_is_what_the_bot_offers(book):
    covered = coverage(book, DAY)
    for (district, kind), spot in covered.spots.items():
        offered = {s.id for s in book.offering.get((kind, district), ()) if s.is_valid(DAY)}
        assert {entry.service for entry in spot.entries if not entry.barrier} == offered


def test_a_new_service_fills_its_spot_and_no_other(folder):
    before = standings(folder.covered(), Wish())
    after = standings(folder.add().covered(), Wish())
    assert before[THERE] is Standing.MISSING
    assert {where for where in before if before[where] != after[where]} == {THERE}
    assert after[THERE] is Standing.UNCONFIRMED


def test_confirming_it_makes_the_spot_confirmed(folder):
    assert folder.covered().spots[HERE].standing() is Standing.CONFIRMED
    folder.edit(CONFIRMED, "confirmed: null")
    assert folder.covered().spots[HERE].standing() is Standing.UNCONFIRMED


def test_a_service_of_one_municipality_reaches_a_share(folder):
    folder.edit(SERVES, "  serves:\n    municipalities: ['12061316']\n")
    spot = folder.covered().spots[HERE]
    assert (spot.reached(), spot.of) == (1, 4)
    folder.add(serves="{municipalities: ['12061332', '12070296']}")
    covered = folder.covered()
    assert (covered.spots[HERE].reached(), covered.spots[THERE].reached()) == (2, 1)
    # Luckau's door is not confirmed, so the spot as a whole is not.
    assert covered.spots[HERE].standing() is Standing.UNCONFIRMED


def test_two_services_of_one_municipality_count_once(folder):
    folder.edit(SERVES, "  serves:\n    municipalities: ['12061316']\n")
    folder.add(serves="{municipalities: ['12061316']}")
    assert folder.covered().spots[HERE].reached() == 1


def test_what_is_withheld_is_no_door(folder):
    folder.add(confidence="low")
    spot = folder.covered().spots[THERE]
    assert spot.standing() is Standing.OUT_OF_REACH
    assert (spot.reached(), spot.entries[0].barrier) == (0, Barrier.WITHHELD)
    assert spot.entries[0].fits(Wish()) is Answer.NO


def test_an_entry_without_contact_is_no_door(folder):
    folder.add(contact="email: a@example.org")
    spot = folder.covered().spots[THERE]
    assert spot.standing() is Standing.OUT_OF_REACH
    assert spot.entries[0].barrier is Barrier.NO_CONTACT


@pytest.mark.parametrize(
    ("day", "standing", "barrier"),
    [
        (date(2023, 12, 31), Standing.OUT_OF_REACH, Barrier.NOT_YET),
        (date(2024, 1, 1), Standing.CONFIRMED, None),
        (date(2027, 12, 31), Standing.CONFIRMED, None),
        (date(2028, 1, 1), Standing.OUT_OF_REACH, Barrier.ENDED),
    ],
)
def test_a_service_counts_on_the_days_on_which_it_exists(folder, day, standing, barrier):
    spot = folder.covered(day).spots[HERE]
    assert (spot.standing(), spot.entries[0].barrier) == (standing, barrier)


def test_a_statewide_service_fills_no_district(folder):
    covered = folder.covered()
    assert covered.spots["12061", "victim_support"].standing() is Standing.MISSING
    spot = covered.statewide["victim_support"]
    assert [entry.service for entry in spot.entries] == ["shelter_lake"]
    assert (spot.reached(), spot.of) == (5, 5)


def test_who_is_let_in_is_said(folder):
    assert folder.covered().spots[HERE].for_some()
    folder.add(serves="{districts: ['12061']}")
    assert not folder.covered().spots[HERE].for_some()


def test_a_door_for_everybody_is_not_for_some(folder):
    folder.edit(WHO, "")
    assert not folder.covered().spots[HERE].for_some()


def test_silence_about_languages_is_not_no(folder):
    spoken = folder.covered().spots[HERE]
    assert spoken.standing(Wish(language="ru")) is Standing.CONFIRMED
    assert spoken.standing(Wish(language="ar")) is Standing.OTHERWISE
    assert spoken.standing(Wish(language="de")) is Standing.CONFIRMED
    silent = folder.edit("languages: [de, ru]", "languages: []").covered().spots[HERE]
    assert silent.entries[0].languages is None
    assert silent.standing(Wish(language="ru")) is Standing.UNSAID
    assert silent.standing() is Standing.CONFIRMED


def test_german_only_is_an_answer(folder):
    spot = folder.edit("languages: [de, ru]", "languages: [de]").covered().spots[HERE]
    assert spot.standing(Wish(language="ar")) is Standing.OTHERWISE


def test_language_and_time_must_be_of_the_same_door(folder):
    folder.edit(HOURS, "hours: Mo-Th 09:00-12:00")
    folder.add(
        serves="{districts: ['12061']}", hours="hours: Mo 14:00-16:00", more="languages: [ar]"
    )
    spot = folder.covered().spots[HERE]
    for wish in (
        Wish(language="ru"),
        Wish(language="ar"),
        Wish(language="ru", half=Half.MORNING),
        Wish(language="ar", half=Half.AFTERNOON),
    ):
        assert spot.standing(wish) in (Standing.CONFIRMED, Standing.UNCONFIRMED)
    assert spot.standing(Wish("ru", Half.AFTERNOON)) is Standing.OTHERWISE
    assert spot.standing(Wish("ar", Half.MORNING)) is Standing.OTHERWISE


@pytest.mark.parametrize(
    ("hours", "morning", "afternoon"),
    [
        ("hours: Mo-Fr 09:00-12:30", Standing.CONFIRMED, Standing.OTHERWISE),
        ("hours: Mo-Fr 12:30-16:00", Standing.OTHERWISE, Standing.CONFIRMED),
        ("hours: Mo-Th 09:00-16:00", Standing.CONFIRMED, Standing.CONFIRMED),
        # Half an hour after noon is no afternoon.
        ("hours: Fr 08:00-13:00", Standing.CONFIRMED, Standing.OTHERWISE),
        ("hours: Fr 08:00-13:30", Standing.CONFIRMED, Standing.CONFIRMED),
        ("hours: Mo 20:00-02:00", Standing.OTHERWISE, Standing.CONFIRMED),
        ("hours: 24/7", Standing.CONFIRMED, Standing.CONFIRMED),
        ("hours: Th[1] 09:00-11:00", Standing.CONFIRMED, Standing.OTHERWISE),
        ("hours: Sa 09:00-17:00", Standing.OTHERWISE, Standing.OTHERWISE),
        ("by_appointment: true", Standing.UNSAID, Standing.UNSAID),
        (
            "hours: Mo 09:00-12:00\n      by_appointment: true",
            Standing.CONFIRMED,
            Standing.UNSAID,
        ),
        ("by_appointment: false", Standing.UNSAID, Standing.UNSAID),
    ],
)
def test_mornings_and_afternoons(folder, hours, morning, afternoon):
    spot = folder.edit(HOURS, hours).covered().spots[HERE]
    assert spot.standing(Wish(half=Half.MORNING)) is morning
    assert spot.standing(Wish(half=Half.AFTERNOON)) is afternoon


def test_unknown_hours_and_by_appointment_are_two_facts(folder):
    (silent,) = folder.edit(HOURS, "by_appointment: false").covered().spots[HERE].entries
    assert (silent.opening.unsaid, silent.opening.by_appointment) == (True, False)
    folder.edit("by_appointment: false", "by_appointment: true")
    (asked,) = folder.covered().spots[HERE].entries
    assert (asked.opening.unsaid, asked.opening.by_appointment) == (False, True)
    assert not asked.opening.half_days


def test_the_very_half_days_are_known(folder):
    folder.edit(HOURS, "hours: Mo 09:00-12:00; Fr 10:00-15:00")
    (entry,) = folder.covered().spots[HERE].entries
    assert entry.opening.half_days == {
        HalfDay(MONDAY, Half.MORNING),
        HalfDay(FRIDAY, Half.MORNING),
        HalfDay(FRIDAY, Half.AFTERNOON),
    }


def test_a_holiday_takes_no_half_day_away(folder):
    """Whoever makes the report before Christmas finds the same as in any other week."""
    folder.edit(HOURS, "hours: Mo-Th 09:00-16:00; PH off")
    found = {
        folder.covered(date(2026, 12, 14) + timedelta(days=number)).spots[HERE].entries[0].opening
        for number in range(21)
    }
    assert len(found) == 1


def test_a_district_without_municipalities_counts_as_one(folder):
    covered = coverage(load(folder.path, DISTRICTS, {"12061316": MUNICIPALITIES["12061316"]}), DAY)
    assert covered.spots[THERE].of == 1


def test_hotlines_stand_for_themselves(folder):
    covered = folder.covered()
    assert {line.hotline for line in covered.hotlines} == set(folder.load().hotlines)
    assert all(line.always or line.opening.half_days for line in covered.hotlines)


def test_the_next_step_is_the_call_that_fills_most(folder):
    folder.add(serves="{districts: ['12061', '12070']}", confidence="low", more="")
    book = folder.load()
    first, *others = next_steps(coverage(book, DAY), book)
    assert first.service == "mbe_second"
    # In Dahme-Spreewald another MBE can be reached already.
    assert first.fills == (THERE,)
    assert first.ask == (Ask.CONFIRM, Ask.LANGUAGES)
    assert [step.service for step in others] == ["shelter_lake"]
    assert not others[0].fills


def test_what_has_ended_needs_no_call(folder):
    folder.edit(CONFIRMED, "confirmed: null")
    book = folder.load()
    assert "mbe_lake" in {step.service for step in next_steps(coverage(book, DAY), book)}
    folder.edit(VALID, re.sub("2027", "2025", VALID))
    book = folder.load()
    assert "mbe_lake" not in {step.service for step in next_steps(coverage(book, DAY), book)}
