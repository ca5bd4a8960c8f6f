"""White spots: what fills one, and what does not."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.core.knowledge import Reach
from bot.proof import coverage_words as words
from bot.proof.coverage import Coverage, coverage
from bot.proof.half_days import Half
from bot.proof.next_steps import Ask, next_steps
from bot.proof.spots import Answer, Barrier, Share, Standing, Wish

DAY = date(2026, 11, 23)
HERE, THERE = ("12061", "mbe"), ("12070", "mbe")
SERVES = "  serves:\n    districts: ['12061']\n    municipalities: ['12061316']\n"
WHO = "    who: {question: status, is: [permit, none]}\n"
CONFIRMED = "confirmed: {date: 2026-10-01, by: Leitung MBE}"
HOURS = "hours: Mo-Th 09:00-16:00; PH off\n      by_appointment: true"
VALID = "valid: {from: 2024-01-01, to: 2027-12-31}"


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


def test_a_district_that_is_reached_in_part_is_not_reached(folder):
    folder.edit(SERVES, "  serves:\n    municipalities: ['12061316']\n")
    covered = folder.covered()
    assert covered.without(["mbe"]) == ("12070",)
    assert covered.in_part_only(["mbe"]) == {"12061": Share(1, 4)}
    assert str(words.headline(covered, folder.load())).startswith("In 1 of 2 districts and cities")
    part = str(words.headline_in_part(covered, folder.load()))
    assert part.endswith("in some of the municipalities only: Dahme-Spreewald (1 of 4).")
    folder.edit("['12061316']", "['12061316', '12061217', '12061332']")
    folder.add(serves="{municipalities: ['12061433', '12070296']}")
    covered = folder.covered()
    # Two doors for the whole of it together.
    assert covered.in_part_only(["mbe"]) == {}
    assert not str(words.headline_in_part(covered, folder.load()))


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


def test_a_district_without_municipalities_counts_as_one(folder):
    covered = coverage(folder.load(places={"12061316"}), DAY)
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
