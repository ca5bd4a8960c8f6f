"""How long is too long, in the hours of an office: holidays, nights, and when the clock changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.opening import OsmHours, PublicHolidays
from bot.core import presence
from bot.core.hours import OpenUntil
from bot.core.knowledge import Absence, Book, Service
from bot.core.working_time import after_working_days, end_of_working_day, reminder_time

BERLIN = ZoneInfo("Europe/Berlin")
HOLIDAYS = PublicHolidays("BB", BERLIN)
OFFICE = "Mo-Fr 09:00-16:00; PH off"
SPECS = (
    OFFICE,
    "24/7",
    "Mo-Fr 08:00-12:00,14:00-18:00; PH off",
    "Tu 14:00-18:00; PH off",
    "Tu,Th 10:00-11:00; PH off",
    "Fr-Sa 20:00-04:00",
    "Mo-Su 00:00-24:00; PH off",
    "Su 01:00-05:00",
    "We[1] 09:00-12:00",
    "off",
)
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 5, 1)).map(  # noqa: DTZ001 - the wall
    lambda wall: wall.replace(second=0, microsecond=0, tzinfo=BERLIN)
)


def office(book: Book, hours: str | None, *absences: Absence) -> Service:
    known = book.services["mbe_prignitz"]
    site = replace(known.sites[0], hours=OsmHours(hours, HOLIDAYS) if hours else None)
    return replace(known, sites=(site,), absences=absences)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@given(
    st.sampled_from((*SPECS, None)),
    MOMENTS,
    st.none() | st.tuples(st.integers(-5, 5), st.integers(0, 30)),
)
@settings(max_examples=300, deadline=None)
def test_whoever_waits_is_told_within_six_days_and_while_somebody_is_there(
    book: Book, hours: str | None, now: datetime, away: tuple[int, int] | None
) -> None:
    absences = ()
    if away is not None:
        begin = now.date() + timedelta(days=away[0])
        absences = (Absence(begin, begin + timedelta(days=away[1])),)
    service = office(book, hours, *absences)
    remind, tell = reminder_time(service, book, now), end_of_working_day(service, book, now)
    assert tell.tzinfo is BERLIN
    assert now.astimezone(UTC) < remind.astimezone(UTC) <= tell.astimezone(UTC)
    assert tell.astimezone(UTC) <= now.astimezone(UTC) + timedelta(days=6, hours=1)
    known = OsmHours(hours, HOLIDAYS) if hours else book.usual_hours
    last = tell.astimezone(UTC) - timedelta(minutes=1)
    there = presence.hours_now(service, known, last.astimezone(BERLIN))
    usual = book.usual_hours.at(last.astimezone(BERLIN))
    assert isinstance(there, OpenUntil) or isinstance(usual, OpenUntil)
    if isinstance(there, OpenUntil):
        assert isinstance(presence.hours_now(service, known, remind), OpenUntil)


@given(st.sampled_from((*SPECS, None)), MOMENTS, st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_more_days_end_later(book: Book, hours: str | None, now: datetime, count: int) -> None:
    service = office(book, hours)
    ends = [after_working_days(service, book, now, n).astimezone(UTC) for n in range(count + 1)]
    assert ends == sorted(set(ends))


@pytest.mark.parametrize(
    ("hours", "now", "told"),
    [
        pytest.param(OFFICE, "2026-11-24T10:00", "2026-11-25T16:00", id="on a working day"),
        pytest.param(OFFICE, "2026-11-24T07:00", "2026-11-24T16:00", id="before it opens"),
        pytest.param(OFFICE, "2026-11-24T09:00", "2026-11-24T16:00", id="as it opens"),
        pytest.param(OFFICE, "2026-11-24T09:01", "2026-11-25T16:00", id="a minute later"),
        pytest.param(OFFICE, "2026-11-27T10:00", "2026-11-30T16:00", id="on a Friday"),
        pytest.param(OFFICE, "2026-11-28T10:00", "2026-11-30T16:00", id="on a Saturday"),
        pytest.param(OFFICE, "2026-10-30T10:00", "2026-11-02T16:00", id="before Reformation Day"),
        pytest.param(OFFICE, "2026-12-24T10:00", "2026-12-28T16:00", id="over Christmas"),
        pytest.param(OFFICE, "2027-03-25T10:00", "2027-03-30T16:00", id="over Easter"),
        pytest.param(OFFICE, "2026-10-23T10:00", "2026-10-26T16:00", id="back to winter time"),
        pytest.param(OFFICE, "2027-03-26T10:00", "2027-03-30T16:00", id="into summer time"),
        pytest.param(None, "2026-11-24T10:00", "2026-11-25T17:00", id="hours unknown"),
        pytest.param(None, "2026-11-27T10:00", "2026-11-30T17:00", id="unknown, over a weekend"),
        pytest.param("off", "2026-11-24T10:00", "2026-11-25T17:00", id="never open"),
        pytest.param("24/7", "2026-11-24T10:00", "2026-11-26T00:00", id="always open"),
        pytest.param("24/7", "2026-10-24T10:00", "2026-10-26T00:00", id="a day of 25 hours"),
        pytest.param("24/7", "2027-03-27T10:00", "2027-03-29T00:00", id="a day of 23 hours"),
        pytest.param("Fr-Sa 20:00-04:00", "2026-11-26T10:00", "2026-11-28T04:00", id="a night"),
        pytest.param("Fr-Sa 20:00-02:30", "2026-10-24T10:00", "2026-10-25T02:30", id="doubled"),
        pytest.param("Fr-Sa 20:00-02:30", "2027-03-27T10:00", "2027-03-28T03:30", id="skipped"),
        pytest.param(
            "Mo-Fr 08:00-12:00,14:00-18:00", "2026-11-24T13:00", "2026-11-25T18:00", id="at noon"
        ),
        pytest.param("Tu 14:00-18:00", "2026-11-24T15:00", "2026-11-25T17:00", id="once a week"),
    ],
)
def test_the_first_full_working_day_ends(
    book: Book, hours: str | None, now: str, told: str
) -> None:
    tell = end_of_working_day(office(book, hours), book, at(now))
    assert tell.isoformat()[:16] == told


@pytest.mark.parametrize(
    ("hours", "now", "reminded"),
    [
        (OFFICE, "2026-11-24T10:00", "2026-11-25T15:00"),
        ("Mo-Fr 08:00-12:00,14:00-14:30", "2026-11-24T10:00", "2026-11-25T14:00"),
        ("Fr-Sa 20:00-04:00", "2026-11-26T10:00", "2026-11-28T03:00"),
        ("Fr-Sa 20:00-03:30", "2027-03-27T10:00", "2027-03-28T01:30"),
    ],
)
def test_the_colleagues_are_reminded_an_hour_earlier(
    book: Book, hours: str, now: str, reminded: str
) -> None:
    assert reminder_time(office(book, hours), book, at(now)).isoformat()[:16] == reminded


def test_nobody_waits_for_an_office_that_is_closed_for_weeks(book: Book) -> None:
    closed = Absence(date(2026, 12, 21), date(2027, 1, 8))
    service = office(book, OFFICE, closed)
    tell = end_of_working_day(service, book, at("2026-12-22T10:00"))
    assert tell == at("2026-12-23T17:00")


def test_an_office_that_is_closed_for_days_is_waited_for(book: Book) -> None:
    service = office(book, OFFICE, Absence(date(2026, 11, 25), date(2026, 11, 26)))
    tell = end_of_working_day(service, book, at("2026-11-24T10:00"))
    assert tell == at("2026-11-27T16:00")


def test_hours_that_nobody_should_act_on_do_not_count(book: Book) -> None:
    known = office(book, "Tu 14:00-18:00")
    doubtful = replace(known.sites[0].evidence, confidence="low")
    site = replace(known.sites[0], evidence=doubtful, confirmed=None)
    tell = end_of_working_day(replace(known, sites=(site,)), book, at("2026-11-23T10:00"))
    assert tell == at("2026-11-24T17:00")
