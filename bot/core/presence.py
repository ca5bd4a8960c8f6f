"""When somebody is there: opening hours without the days on which a service is closed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.core.hours import ClosedUntil, Hours, HoursNow, OpenDay, OpenUntil
from bot.core.knowledge import Service

_DAY: Final = timedelta(days=1)


def hours_now(service: Service, hours: Hours, now: datetime) -> HoursNow:
    """Open or closed at `now` (aware, in the region's zone), and until when."""
    last = service.absent_until(now.date())
    if last is not None:
        return _after(service, hours, _midnight(last + _DAY, now))
    match hours.at(now):
        case ClosedUntil(opens) if opens is not None and service.is_absent(opens.date()):
            return hours_now(service, hours, opens)
        case OpenUntil(until) if service.is_absent(now.date() + _DAY):
            midnight = _midnight(now.date() + _DAY, now)
            return OpenUntil(midnight if until is None else min(until, midnight))
        case unchanged:
            return unchanged


def week(service: Service, hours: Hours, now: datetime) -> tuple[OpenDay, ...]:
    """Today and the six days after it."""
    return tuple(
        replace(one, spans=()) if service.is_absent(one.day) else one for one in hours.week(now)
    )


def _after(service: Service, hours: Hours, back: datetime) -> ClosedUntil:
    """Closed since before `back`, the first midnight after days of absence."""
    match hours_now(service, hours, back):
        case OpenUntil():
            return ClosedUntil(back)
        case closed:
            return closed


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)
