"""How long is too long: deadlines in the opening hours of the service that was asked."""

from datetime import datetime, time, timedelta
from typing import Final

from bot.core import presence
from bot.core.hours import Hours, OpenDay
from bot.core.knowledge import Book, Service

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_LONGEST: Final = 10
"""Weeks: nobody is away for longer without an end in sight."""
_BEFORE_CLOSING: Final = timedelta(hours=1)


def end_of_working_day(service: Service, book: Book, now: datetime) -> datetime:
    """When the first working day that lies wholly after `now` is over.

    Aware, in the zone of `now`, which is the region's. Counts the days on which the service is
    open; where nobody knows its hours, Monday to Friday from 9 to 17 without public holidays.
    """
    return _full_day(service, book, now)[1]


def after_working_days(service: Service, book: Book, now: datetime, count: int) -> datetime:
    """The same for the last of so many working days."""
    end = now
    for _ in range(count):
        end = end_of_working_day(service, book, end)
    return end


def reminder_time(service: Service, book: Book, now: datetime) -> datetime:
    """An hour before that working day is over, or its last opening where that is later."""
    opens, closes = _full_day(service, book, now)
    return max(opens, closes - _BEFORE_CLOSING)


def _full_day(service: Service, book: Book, now: datetime) -> tuple[datetime, datetime]:
    """The last opening and the closing of the first working day after `now`."""
    found = _search(service, _hours(service, book), now)
    if found is None:
        found = _search(service, book.usual_hours, now)
    return found or (now + _DAY, now + _DAY)


def _hours(service: Service, book: Book) -> Hours:
    known = (site.hours for site in service.sites if site.hours is not None and not site.withheld)
    return next(known, book.usual_hours)


def _search(service: Service, hours: Hours, now: datetime) -> tuple[datetime, datetime] | None:
    for week in range(_LONGEST):
        for one in presence.week(service, hours, now + week * _WEEK):
            if one.spans and _begins(one, now) >= now:
                opens, closes = one.spans[-1]
                return _at(one, opens, now), _closing(one, closes, now)
    return None


def _begins(one: OpenDay, now: datetime) -> datetime:
    return _at(one, one.spans[0][0], now)


def _closing(one: OpenDay, closes: time, now: datetime) -> datetime:
    # Midnight is the end of the day, not its beginning.
    return _at(one, closes, now) + (_DAY if closes == time() else timedelta())


def _at(one: OpenDay, clock: time, now: datetime) -> datetime:
    return datetime.combine(one.day, clock, now.tzinfo)
