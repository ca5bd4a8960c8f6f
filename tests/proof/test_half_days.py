"""Open in the morning or in the afternoon, as far as somebody has told us."""

from datetime import date, timedelta

import pytest

from bot.proof.half_days import Half, HalfDay
from bot.proof.spots import Standing, Wish

MONDAY, FRIDAY = 0, 4
HERE = ("12061", "mbe")
HOURS = "hours: Mo-Th 09:00-16:00; PH off\n      by_appointment: true"


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
