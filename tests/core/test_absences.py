"""A door that is closed for days stays the door, says until when, and names who is there."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.opening import OsmHours, PublicHolidays
from bot.core import presence
from bot.core.hours import ClosedUntil, OpenUntil
from bot.core.knowledge import Absence, Book, Service

ZONE = ZoneInfo("Europe/Berlin")
HOLIDAYS = PublicHolidays("BB", ZONE)
WEEKDAYS = OsmHours("Mo-Fr 09:00-16:00; PH off", HOLIDAYS)
CHRISTMAS = Absence(date(2026, 12, 21), date(2027, 1, 2))
MOVE = Absence(date(2027, 1, 3), date(2027, 1, 5))


@pytest.fixture(scope="module")
def away(book: Book) -> Service:
    """Closed over Christmas, and right after it for a move."""
    return replace(book.services["fluechtlingsrat"], absences=(CHRISTMAS, MOVE))


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 12, 20), None),
        (date(2026, 12, 21), MOVE.end),
        (date(2027, 1, 2), MOVE.end),
        (date(2027, 1, 5), MOVE.end),
        (date(2027, 1, 6), None),
    ],
)
def test_absences_that_touch_are_one(away: Service, day: date, until: date | None) -> None:
    assert away.absent_until(day) == until
    assert away.is_absent(day) is (until is not None)


def test_who_is_away_opens_on_the_first_day_after_it(away: Service) -> None:
    now = at("2026-12-23T10:00")
    assert WEEKDAYS.at(now) == OpenUntil(at("2026-12-23T16:00"))
    assert presence.hours_now(away, WEEKDAYS, now) == ClosedUntil(at("2027-01-06T09:00"))


def test_the_evening_before_already_names_the_day_after_it(away: Service) -> None:
    now = at("2026-12-18T18:00")
    assert presence.hours_now(away, WEEKDAYS, now) == ClosedUntil(at("2027-01-06T09:00"))


def test_where_it_is_always_open_it_closes_and_opens_at_midnight(away: Service) -> None:
    always = OsmHours("24/7", HOLIDAYS)
    last_evening, away_now = at("2026-12-20T20:00"), at("2026-12-24T20:00")
    assert presence.hours_now(away, always, at("2026-12-19T20:00")) == OpenUntil(None)
    assert presence.hours_now(away, always, last_evening) == OpenUntil(at("2026-12-21T00:00"))
    assert presence.hours_now(away, always, away_now) == ClosedUntil(at("2027-01-06T00:00"))


def test_the_week_has_no_hours_on_days_of_absence(away: Service) -> None:
    week = presence.week(away, WEEKDAYS, at("2026-12-17T10:00"))
    assert [day.day.isoformat() for day in week if day.spans] == ["2026-12-17", "2026-12-18"]


@given(
    st.integers(0, 500 * 24 * 60),
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 30)), max_size=4),
    st.sampled_from(["24/7", "Mo-Fr 09:00-16:00; PH off", "Fr,Sa 20:00-04:00", "We 10:00-12:00"]),
)
def test_nobody_is_sent_to_a_closed_door(
    book: Book, minutes: int, drawn: list[tuple[int, int]], text: str
) -> None:
    """Whatever is said to be open, or to open, lies on a day on which somebody is there."""
    first = date(2026, 1, 1)
    now = datetime.combine(first, time(), ZONE) + timedelta(minutes=minutes)
    absences = [Absence(first + timedelta(a), first + timedelta(a + n)) for a, n in sorted(drawn)]
    service = replace(book.services["fluechtlingsrat"], absences=tuple(absences))
    match presence.hours_now(service, OsmHours(text, HOLIDAYS), now):
        case OpenUntil(until):
            assert not service.is_absent(now.date())
            # A night that began before midnight is closed at midnight.
            midnight = datetime.combine(now.date() + timedelta(1), time(), ZONE)
            closed_tomorrow = service.is_absent(now.date() + timedelta(1))
            assert not closed_tomorrow or (until is not None and until <= midnight)
        case ClosedUntil(opens):
            assert opens is None or (opens > now and not service.is_absent(opens.date()))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
