"""What the opening hours of every door mean today, and on the next public holiday."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.content.opening import OsmHours
from bot.core import presence
from bot.core.hours import ClosedUntil, HoursNow, OpenDay, OpenUntil
from bot.core.knowledge import Book, Service
from bot.sentence import Sentence


@dataclass(frozen=True, slots=True)
class DoorTimes:
    door: str
    """The id of a service or a hotline."""
    site: int
    """From 1; 0 where there is only one."""
    now: datetime
    state: HoursNow
    always: bool
    holiday: OpenDay

    def sentence(self) -> Sentence:
        return Sentence(
            "{door}: today {time} {now}; {day} {then} (public holiday)",
            door=Sentence("{door}, site {number}", door=self.door, number=self.site)
            if self.site
            else self.door,
            time=f"{self.now:%H:%M}",
            now=self._now(),
            day=f"{self.holiday.day:%d.%m.}",
            then=self._then(),
        )

    def as_dict(self) -> dict[str, object]:
        """For programs; times are aware, in the region's zone, and null where nothing changes."""
        match self.state:
            case OpenUntil(change):
                state = "open"
            case ClosedUntil(change):
                state = "closed"
        return {
            "door": self.door,
            "site": self.site,
            "now": self.now.isoformat(timespec="minutes"),
            "state": state,
            "until": change.isoformat() if change else None,
            "holiday": self.holiday.day.isoformat(),
            "holiday_hours": [
                [begin.isoformat("minutes"), end.isoformat("minutes")]
                for begin, end in self.holiday.spans
            ],
        }

    def _now(self) -> Sentence:
        match self.state:
            case OpenUntil(until):
                return (
                    Sentence("open until {time}", time=self._time(until))
                    if until
                    else Sentence("open day and night")
                )
            case ClosedUntil(opens):
                return (
                    Sentence("closed until {time}", time=self._time(opens))
                    if opens
                    else Sentence("closed for the next two weeks")
                )

    def _time(self, moment: datetime) -> str:
        """With its day where that is not today."""
        return f"{moment:%H:%M}" if moment.date() == self.now.date() else f"{moment:%d.%m. %H:%M}"

    def _then(self) -> Sentence:
        if self.always:
            return Sentence("open day and night")
        spans = ", ".join(f"{begin:%H:%M}\u2013{end:%H:%M}" for begin, end in self.holiday.spans)
        return Sentence("open {spans}", spans=spans) if spans else Sentence("closed")


def door_times(book: Book, now: datetime) -> Iterator[DoorTimes]:
    """Of every door whose hours are known; `now` is aware, in the region's zone."""
    for service in book.services.values():
        for number, site in enumerate(service.sites, 1):
            shown = number if len(service.sites) > 1 else 0
            if isinstance(hours := site.hours, OsmHours):
                yield _without_absences(_times(service.id, shown, hours, now), service, hours)
    for hotline in book.hotlines.values():
        if isinstance(hours := hotline.hours, OsmHours):
            yield _times(hotline.id, 0, hours, now)


def _times(door: str, site: int, hours: OsmHours, now: datetime) -> DoorTimes:
    holiday = hours.next_holiday(now)
    return DoorTimes(door, site, now, hours.at(now), hours.always(), holiday)


def _without_absences(times: DoorTimes, service: Service, hours: OsmHours) -> DoorTimes:
    if not service.absences:
        return times
    away = service.is_absent(times.holiday.day)
    return replace(
        times,
        state=presence.hours_now(service, hours, times.now),
        always=times.always and not away,
        holiday=replace(times.holiday, spans=()) if away else times.holiday,
    )
