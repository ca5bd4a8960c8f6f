"""Opening hours in OpenStreetMap's syntax, with the public holidays of the region.

The library knows no German state, so `PH` is replaced by dates before it sees the text. It is asked
in local time without a zone, since it refuses local times that a change of the clock skips.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from bot.content.german_holidays import german_holidays
from bot.content.notation import with_dates
from bot.core.hours import ClosedUntil, HoursNow, OpenDay, OpenUntil

HORIZON: Final = timedelta(days=14)
"""Who opens later than this is simply closed."""
_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=366)
_SOME_HOLIDAY: Final = (date(2026, 1, 1),)
"""To find out whether holidays matter at all."""
_YEARS_KEPT: Final = 2
"""Around New Year two editions of the holidays are in use."""


class PublicHolidays:
    """The public holidays of one state, and its zone; shared by all doors of a book."""

    def __init__(self, state: str, zone: ZoneInfo) -> None:
        """Raises NotImplementedError for a state that does not exist."""
        self.zone = zone
        self.state = state
        self._years: dict[int, tuple[date, ...]] = {}
        german_holidays(state, ())

    def around(self, year: int) -> tuple[date, ...]:
        """Those of a year and its neighbours, since a look may cross New Year."""
        days = self._years.get(year)
        if days is None:
            years = range(year - 1, year + 2)
            days = german_holidays(self.state, years)
            if len(self._years) >= _YEARS_KEPT:
                self._years.clear()
            self._years[year] = days
        return days


class OsmHours:
    """When one door is open. The text is one in which `lint` found nothing."""

    __slots__ = ("_always", "_compiled", "_holidays", "_week", "text")

    def __init__(self, text: str, holidays: PublicHolidays) -> None:
        self.text = text
        self._holidays = holidays
        self._always = str(OpeningHours(with_dates(text, _SOME_HOLIDAY)).normalize()) == "24/7"
        self._compiled: tuple[int, OpeningHours] | None = None
        self._week: tuple[OpenDay, ...] = ()

    def __repr__(self) -> str:
        return f"OsmHours({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, OsmHours)
            and self.text == other.text
            and self._holidays.state == other._holidays.state
        )

    def __hash__(self) -> int:
        return hash((self.text, self._holidays.state))

    def at(self, now: datetime) -> HoursNow:
        if self._always:
            return OpenUntil(None)
        local = self._local(now)
        for begin, end in self._spans(local, local + HORIZON):
            if begin > local:
                return ClosedUntil(self._aware(begin))
            if end < local + HORIZON:
                return OpenUntil(self._aware(end))
            return OpenUntil(self._closes(local))
        return ClosedUntil(None)

    def always(self) -> bool:
        return self._always

    def week(self, now: datetime) -> tuple[OpenDay, ...]:
        first = self._local(now).date()
        kept = self._week  # today's, as a rule: everybody sees the same week
        if not kept or kept[0].day != first:
            kept = self._week = self._from(first)
        return kept

    def next_holiday(self, now: datetime) -> OpenDay:
        """The first public holiday after today, and when the door is open then."""
        today = self._local(now).date()
        day = next(day for day in self._holidays.around(today.year) if day > today)
        return self._from(day)[0]

    def _from(self, first: date) -> tuple[OpenDay, ...]:
        days: dict[date, list[tuple[time, time]]] = {
            first + _DAY * number: [] for number in range(7)
        }
        midnight = datetime.combine(first, time())
        # A night that began yesterday belongs to yesterday.
        for begin, end in self._spans(midnight - _DAY, midnight + 8 * _DAY):
            for start, stop in _by_day(begin, end):
                if start.date() in days:
                    days[start.date()].append((start.time(), stop.time()))
        return tuple(OpenDay(day, tuple(spans)) for day, spans in days.items())

    def _closes(self, local: datetime) -> datetime | None:
        for _, end in self._spans(local, local + _YEAR):
            return self._aware(end) if end < local + _YEAR else None
        return None

    def _spans(self, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open from, open until, those that touch in one; local, without a zone."""
        open_from = open_until = None
        for start, stop, state, _ in self._hours(begin.year).intervals(begin, end):
            if state != State.OPEN:
                continue
            if open_until == start:
                open_until = stop
                continue
            if open_from is not None and open_until is not None:
                yield open_from, open_until
            open_from, open_until = start, stop
        if open_from is not None and open_until is not None:
            yield open_from, open_until

    def _hours(self, year: int) -> OpeningHours:
        compiled = self._compiled
        if compiled is None or compiled[0] != year:
            text = with_dates(self.text, self._holidays.around(year))
            compiled = self._compiled = (year, OpeningHours(text))
        return compiled[1]

    def _local(self, now: datetime) -> datetime:
        return now.astimezone(self._holidays.zone).replace(tzinfo=None, second=0, microsecond=0)

    def _aware(self, local: datetime) -> datetime:
        zone = self._holidays.zone
        # Through UTC: 02:30 does not exist in the night in which the clock is put forward.
        return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _by_day(begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """A night is one span of the day on which it begins; what is longer is cut at midnight."""
    while end - begin >= _DAY and end.date() > begin.date():
        midnight = datetime.combine(begin.date() + _DAY, time())
        yield begin, midnight
        begin = midnight
    if end > begin:
        yield begin, end
