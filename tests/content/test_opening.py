from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.notation import lint, with_dates
from bot.content.opening import OsmHours, PublicHolidays
from bot.core.hours import ClosedUntil, OpenUntil

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = PublicHolidays("BB", BERLIN)
OFFICE = "Mo-Th 09:00-16:00; PH off"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def hours(text: str) -> OsmHours:
    assert not list(lint(text))
    return OsmHours(text, CALENDAR)


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        (OFFICE, "2026-03-02 09:00", OpenUntil(at("2026-03-02 16:00"))),
        (OFFICE, "2026-03-02 08:59", ClosedUntil(at("2026-03-02 09:00"))),
        (OFFICE, "2026-03-02 16:00", ClosedUntil(at("2026-03-03 09:00"))),
        (OFFICE, "2026-03-05 17:00", ClosedUntil(at("2026-03-09 09:00"))),
        # 31 October is a holiday in Brandenburg, not in Berlin; in 2028 it is a Tuesday.
        (OFFICE, "2028-10-31 10:00", ClosedUntil(at("2028-11-01 09:00"))),
        # Good Friday and Easter Monday.
        ("Mo-Fr 09:00-16:00; PH off", "2026-04-02 16:30", ClosedUntil(at("2026-04-07 09:00"))),
        # From one year into the next.
        ("Th,Fr 10:00-12:00; PH off", "2026-12-31 13:00", ClosedUntil(at("2027-01-07 10:00"))),
        ("Mo-Fr,PH 10:00-12:00", "2026-10-31 11:00", OpenUntil(at("2026-10-31 12:00"))),
        ("PH,Su 10:00-12:00", "2026-10-31 11:00", OpenUntil(at("2026-10-31 12:00"))),
        ("PH,Su 10:00-12:00", "2026-10-30 11:00", ClosedUntil(at("2026-10-31 10:00"))),
        ("24/7", "2026-03-02 03:00", OpenUntil(None)),
        ("Mo-Su 00:00-24:00", "2026-03-02 03:00", OpenUntil(None)),
        ("24/7; PH off", "2026-10-29 03:00", OpenUntil(at("2026-10-31 00:00"))),
        ("24/7; PH off", "2026-11-02 03:00", OpenUntil(at("2026-12-25 00:00"))),
        ("off", "2026-03-02 03:00", ClosedUntil(None)),
        ("2020 Mo 10:00-12:00", "2026-03-02 10:00", ClosedUntil(None)),
        # The first Thursday of April is more than 14 days away.
        ("Th[1] 09:30-11:30", "2026-03-05 12:00", ClosedUntil(None)),
        ("Fr 22:00-02:00", "2026-03-07 01:00", OpenUntil(at("2026-03-07 02:00"))),
        ('Mo 10:00-12:00; Tu unknown "by appointment"', "2026-03-03 10:30",
         ClosedUntil(at("2026-03-09 10:00"))),
        ("Mo 10:00-12:00,12:00-14:00", "2026-03-02 10:30", OpenUntil(at("2026-03-02 14:00"))),
    ],
)  # fmt: skip
def test_a_door_is_open_when_its_hours_say_so(text: str, now: str, expected):
    assert hours(text).at(at(now)) == expected


def test_a_local_time_that_does_not_exist_becomes_the_next_one():
    """In the night of 29 March 2026 the clock goes from 02:00 to 03:00."""
    assert hours("Su 02:30-04:00").at(at("2026-03-29 00:30")) == ClosedUntil(at("2026-03-29 03:30"))


def test_times_of_any_zone_are_understood():
    now = datetime(2026, 7, 6, 7, 30, tzinfo=UTC)
    assert hours(OFFICE).at(now) == OpenUntil(at("2026-07-06 16:00"))


def test_only_day_and_night_is_always():
    assert hours("24/7").always()
    assert hours("Mo-Su 00:00-24:00").always()
    assert not hours("24/7; PH off").always()
    assert not hours(OFFICE).always()


def test_a_week_shows_seven_days_with_holidays_closed():
    week = hours("Mo-Fr 09:00-12:00,13:00-16:00; PH off").week(at("2026-04-03 23:00"))
    assert [day.day for day in week] == [date(2026, 4, 3) + timedelta(days=n) for n in range(7)]
    spans = ((time(9), time(12)), (time(13), time(16)))
    assert [day.spans for day in week] == [(), (), (), (), spans, spans, spans]


def test_a_night_belongs_to_the_evening_on_which_it_begins():
    week = hours("Fr 22:00-02:00").week(at("2026-03-07 10:00"))
    assert [day.spans for day in week] == [(), (), (), (), (), (), ((time(22), time(2)),)]


def test_a_week_of_day_and_night_is_cut_at_midnight():
    for day in hours("24/7").week(at("2026-03-07 10:00")):
        assert day.spans == ((time(0), time(0)),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SH 10:00-12:00",
        "Sa",
        "Mo-Fr 09:00-12:00; Sa",
        '"nach Vereinbarung"',
        'Mo 10:00-12:00; "nach Vereinbarung"',
        'Mo 10:00-12:00 || "anrufen"',
        "Mo 16:00-09:00",
        "Di 09:00-12:00",
        "Mo 9-12",
        "Apr-Oct PH 10:00-12:00",
        "Apr-Oct",
        "sunrise-sunset",
        "Mo 09:00+",
        "morgens",
    ],
)
def test_hours_that_would_mislead_are_refused(text: str):
    assert list(lint(text))


def test_hours_of_the_shipped_kind_are_fine():
    for text in (
        "24/7",
        "Mo,Fr 09:00-12:00; Tu 09:00-12:00,13:00-18:00; PH off",
        "Th[2,4] 09:30-11:30; PH off",
        'Mo-Fr 09:00-12:00 "Bitte klingeln"; PH off',
        'unknown "nach Vereinbarung"',
        "week 2-52/2 Mo 10:00-12:00",
        "Dec 24-31 off; Mo-Fr 09:00-12:00",
        "Fr 20:00-04:00",
    ):
        assert not list(lint(text)), text


def test_holidays_become_dates():
    days = (date(2026, 5, 1), date(2026, 10, 31))
    assert with_dates(OFFICE, days) == "Mo-Th 09:00-16:00; 2026 May 01,2026 Oct 31 off"
    assert with_dates("Mo-Fr,PH 10:00-12:00", ()) == "Mo-Fr 10:00-12:00"
    assert with_dates('Mo 10:00-12:00 "PH; off"', days) == 'Mo 10:00-12:00 "PH; off"'


PIECES = st.sampled_from(
    [
        "Mo",
        "Fr",
        "Su",
        "PH",
        "SH",
        "24/7",
        "off",
        "unknown",
        "10:00-12:00",
        "22:00-03:00",
        "00:00-24:00",
        "Th[1]",
        ",",
        ";",
        "-",
        " ",
        "Dec 24",
        "2026",
        "week 1",
        "easter",
        "+",
        '"x"',
    ]
)


SEVEN_YEARS = 7 * 365 * 24 * 60
"""Minutes from the start of 2024."""


@given(
    st.lists(PIECES, max_size=8).map("".join) | st.lists(PIECES, max_size=8).map(" ".join),
    st.integers(0, SEVEN_YEARS),
)
def test_whatever_the_lint_lets_through_has_hours(text: str, minutes: int):
    now = at("2024-01-01") + timedelta(minutes=minutes)
    if list(lint(text)):
        return
    door = OsmHours(text, CALENDAR)
    match door.at(now):
        case OpenUntil(until):
            assert until is None or until > now
        case ClosedUntil(opens):
            assert opens is None or now < opens <= now + timedelta(days=15)
    assert len(door.week(now)) == 7
