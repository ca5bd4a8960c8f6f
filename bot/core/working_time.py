"""How long is too long: deadlines in the opening hours of the service that was asked."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.core import presence
from bot.core.hours import Hours, OpenDay
from bot.core.knowledge import Book, Service

_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=6)
"""A case waits for seven: whoever is told on the last one can still decide something. Over Easter
an office is closed for so long, and hardly any other is closed for longer without saying so."""
_BEFORE_CLOSING: Final = timedelta(hours=1)


def end_of_working_day(service: Service, book: Book, now: datetime) -> datetime:
    """When the first working day that lies wholly after `now` is over; within six days.

    Aware, in the zone of `now`, which is the region's. Counts the days on which the service is
    open; where nobody knows its hours, or it is closed for longer, Monday to Friday from 9 to 17
    without public holidays.
    """
    return _full_day(service, book, now)[1].astimezone(now.tzinfo)


def after_working_days(service: Service, book: Book, now: datetime, count: int) -> datetime:
    """The same for the last of so many working days."""
    end = now
    for _ in range(count):
        end = end_of_working_day(service, book, end)
    return end


def reminder_time(service: Service, book: Book, now: datetime) -> datetime:
    """An hour before that working day is over, or its last opening where that is later."""
    opens, closes = _full_day(service, book, now)
    return max(opens, closes - _BEFORE_CLOSING).astimezone(now.tzinfo)


def _full_day(service: Service, book: Book, now: datetime) -> tuple[datetime, datetime]:
    """The last opening and the closing of the first working day after `now`; UTC."""
    own = presence.week(service, _hours(service, book), now)
    # Nobody is there for days: the person need not wait for that.
    for week in (own, book.usual_hours.week(now)):
        for one in week:
            if one.spans and _at(one, one.spans[0][0], now) >= now:
                opens, closes = _last_span(one, service, now)
                if closes <= now + _LONGEST:
                    return opens, closes
    return (now + _DAY).astimezone(UTC), (now + _DAY).astimezone(UTC)


def _hours(service: Service, book: Book) -> Hours:
    known = (site.hours for site in service.sites if site.hours is not None and not site.withheld)
    return next(known, book.usual_hours)


def _last_span(one: OpenDay, service: Service, now: datetime) -> tuple[datetime, datetime]:
    begin, end = one.spans[-1]
    opens, closes = _at(one, begin, now), _at(one, end, now)
    if end <= begin:
        # Midnight is the end of the day; a night ends in the morning, if anybody is there then.
        morning = time() if service.is_absent(one.day + _DAY) else end
        closes = _at(one, morning, now, _DAY)
    return opens, max(opens, closes)


def _at(one: OpenDay, clock: time, now: datetime, later: timedelta = timedelta()) -> datetime:
    # In UTC, since on two nights of the year the clock of the wall goes wrong.
    return datetime.combine(one.day + later, clock, now.tzinfo).astimezone(UTC)
