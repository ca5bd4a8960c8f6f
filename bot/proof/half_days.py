"""On which mornings and afternoons a door is open, as far as somebody has told us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from bot.core.hours import Hours

NOON: Final = time(12, 30)
"""What is before is the morning, what is after is the afternoon."""
LEAST: Final = timedelta(hours=1)
"""Open for less is no half day: a door that closes on Friday at 13:00 has no Friday afternoon."""
WEEKS: Final = 4
"""So many from the day of the report are looked at: a holiday takes no half day away, and a door
that opens on every first Thursday is seen."""
WORKING_DAYS: Final = 5


class Half(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


class HalfDay(NamedTuple):
    weekday: int
    """0 is Monday; never above 4."""
    half: Half


@dataclass(frozen=True, slots=True)
class Opening:
    half_days: frozenset[HalfDay]
    """Monday to Friday, open at least once in the next weeks."""
    by_appointment: bool
    unsaid: bool
    """Of some door nobody has said when it is open, not even by appointment."""

    def has(self, half: Half) -> bool:
        return any(one.half is half for one in self.half_days)


def opening(doors: Iterable[tuple[Hours | None, bool]], now: datetime) -> Opening:
    """Of doors with their hours and whether they are open by appointment."""
    half_days: set[HalfDay] = set()
    by_appointment = unsaid = False
    for hours, appointment in doors:
        by_appointment |= appointment
        unsaid |= hours is None and not appointment
        if hours is not None:
            half_days |= _half_days(hours, now)
    return Opening(frozenset(half_days), by_appointment, unsaid)


def _half_days(hours: Hours, now: datetime) -> set[HalfDay]:
    found: set[HalfDay] = set()
    for number in range(WEEKS):
        for day in hours.week(now + timedelta(weeks=number)):
            if day.day.weekday() < WORKING_DAYS:
                found.update(
                    HalfDay(day.day.weekday(), half) for half in Half if _open(day.spans, half)
                )
    return found


def _open(spans: tuple[tuple[time, time], ...], half: Half) -> bool:
    noon = _minutes(NOON)
    open_for = timedelta()
    for start, end in spans:
        begin, stop = _minutes(start), _minutes(end)
        if stop <= begin:
            stop = _minutes(time.max) + timedelta(minutes=1)
        if half is Half.MORNING:
            stop = min(stop, noon)
        else:
            begin = max(begin, noon)
        open_for += max(stop - begin, timedelta())
    return open_for >= LEAST


def _minutes(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)
