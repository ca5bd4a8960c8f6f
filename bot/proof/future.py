"""Who will be without a known door, and when: the proof on every day on which something changes.

Findings follow from the answers alone, so one walk serves all days; only the doors change.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.case import Case
from bot.core.findings import Findings, findings
from bot.core.knowledge import Book, Service, Site
from bot.proof.example import settled
from bot.proof.outlook import Outlook
from bot.proof.places import PlaceClass
from bot.proof.proof import Proof
from bot.proof.verdict import Group

_DAY: Final = timedelta(days=1)

LONG: Final = 5
"""Days without an open door that are worth a word: more than Easter has."""


class Cause(StrEnum):
    ENDS = "ends"
    """The last service that we know ends; only the directory is left."""
    AWAY = "away"
    """All services that we know are closed for days on end."""


@dataclass(frozen=True, slots=True)
class Gap:
    """People who have a known door today and will have none."""

    day: date
    """The first day without."""
    until: date | None
    """The last one; None where nobody comes back."""
    cause: Cause
    service_type: str
    """The kind of their door."""
    because: str
    """Why it was theirs, in German: what they have in common."""
    services: tuple[str, ...]
    """Those who end, or are away."""
    case: Case
    """Of one of them."""
    situations: int
    places: int
    """Classes of places, as bits."""


@dataclass(frozen=True, slots=True)
class Days:
    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    def every(self) -> Iterator[date]:
        return (self.first + _DAY * number for number in range(self.count))


@dataclass(frozen=True, slots=True)
class Future:
    days: Days
    changes: tuple[date, ...]
    """Days on which other services exist than the day before."""
    gaps: tuple[Gap, ...]
    """In the order of days."""
    stale: Mapping[date, tuple[str, ...]]
    """Day -> services of which we know nothing younger from then on."""

    @property
    def leaves_somebody_alone(self) -> bool:
        return any(gap.cause is Cause.ENDS for gap in self.gaps)


def foresee(
    proof: Proof, book: Book, days: Days, holidays: Container[date], stale_after: timedelta
) -> Future:
    """What changes within these days, and for whom."""
    people = [_People(group, book) for group in proof.verdict.groups.values()]
    changes = tuple(_changes(book, days))
    outlooks = {day: Outlook(book, proof.places, day) for day in (days.first, *changes)}
    open_on = _open_days(book, days, holidays)
    found = _together(
        (*_ends(people, outlooks), *_closures(people, outlooks, open_on, days)), proof.places
    )
    return Future(
        days,
        changes,
        tuple(sorted(found, key=lambda gap: (gap.day, gap.cause, gap.service_type, gap.because))),
        _stale(book, days, stale_after),
    )


def _changes(book: Book, days: Days) -> list[date]:
    """The days after the first on which other services exist than the day before."""
    begins = (service.valid_from for service in book.services.values())
    ends = (service.valid_to for service in book.services.values())
    changes = {day for day in begins if day} | {day + _DAY for day in ends if day}
    return sorted(day for day in changes if days.first < day <= days.last)


def _stale(book: Book, days: Days, after: timedelta) -> Mapping[date, tuple[str, ...]]:
    """What is stale already is not in it."""
    found: dict[date, list[str]] = {}
    for service in book.services.values():
        aging = [_last_known(site) for site in service.sites]
        day = min((day + after + _DAY for day in aging if day is not None), default=None)
        if day is not None and days.first < day <= days.last:
            found.setdefault(day, []).append(service.id)
    return {day: tuple(found[day]) for day in sorted(found)}


def _last_known(site: Site) -> date | None:
    """The day on which it was confirmed, or the last one of which the evidence may speak."""
    if site.confirmed is not None:
        return site.confirmed.date
    said = site.evidence.date
    match [int(part) for part in said.split("-")] if said[:1].isdigit() else []:
        case [year]:
            return date(year, 12, 31)
        case [year, month]:
            return date(year + month // 12, month % 12 + 1, 1) - _DAY
        case [year, month, day]:
            return date(year, month, day)
        case _:
            return None


class _People:
    """Some who share their doors, and the services that they know of."""

    def __init__(self, group: Group, book: Book) -> None:
        self.group = group
        self.found: Findings = findings(group.case, book)

    def known(self, outlook: Outlook, place: int) -> frozenset[str]:
        own = (outlook.own(finding, self.found, place) for finding in self.found.shown)
        return frozenset().union(*own)

    def gap(self, day: date, until: date | None, before: Outlook, place: int) -> Gap:
        """They lose the services that they know of, for some days or for good."""
        group, services = self.group, self.known(before, place)
        door = next(
            finding
            for finding in self.found.shown
            if services & before.own(finding, self.found, place)
        )
        return Gap(
            day,
            until,
            Cause.ENDS if until is None else Cause.AWAY,
            door.service_type,
            door.rule.because,
            tuple(sorted(services)),
            group.case,
            group.situations,
            1 << place,
        )


def _ends(people: list[_People], outlooks: Mapping[date, Outlook]) -> Iterator[Gap]:
    for (_, before), (day, now) in pairwise(outlooks.items()):
        for some in people:
            for place in _bits(some.group.where):
                if some.known(before, place) and not some.known(now, place):
                    yield some.gap(day, None, before, place)


def _closures(
    people: list[_People], outlooks: Mapping[date, Outlook], open_on: Mapping[str, int], days: Days
) -> Iterator[Gap]:
    """Long stretches in which all who are known are closed, or away.

    As long as the same services exist: an end is no closure.
    """
    closed: dict[object, tuple[tuple[int, int], ...]] = {}
    changes = pairwise((*outlooks, days.last + _DAY))
    spans = tuple(((day - days.first).days, (after - days.first).days) for day, after in changes)
    for some in people:
        for place in _bits(some.group.where):
            for span, outlook in zip(spans, outlooks.values(), strict=True):
                known = some.known(outlook, place)
                if not known:
                    continue
                if (known, span) not in closed:
                    opened = reduce(or_, (open_on[service] for service in known))
                    closed[known, span] = tuple(_runs(opened, *span))
                for begin, end in closed[known, span]:
                    day, until = days.first + _DAY * begin, days.first + _DAY * end
                    yield some.gap(day, until, outlook, place)


def _runs(opened: int, first: int, after: int) -> Iterator[tuple[int, int]]:
    """First and last day of each long stretch of days that are not open."""
    begin = None
    for number in range(first, after + 1):
        if number < after and not opened >> number & 1:
            begin = number if begin is None else begin
        elif begin is not None:
            if number - begin >= LONG:
                yield begin, number - 1
            begin = None


def _open_days(book: Book, days: Days, holidays: Container[date]) -> dict[str, int]:
    """For each service the days on which it is open, as bits.

    Where nobody knows the hours it counts as open from Monday to Friday without holidays.
    """
    zone = ZoneInfo(book.region.time_zone)
    return {
        service.id: sum(
            1 << number
            for number, day in enumerate(days.every())
            if _is_open(service, day, zone, holidays)
        )
        for service in book.services.values()
    }


def _is_open(service: Service, day: date, zone: ZoneInfo, holidays: Container[date]) -> bool:
    if not service.is_valid(day) or service.is_absent(day):
        return False
    weekday = day.weekday() < _SATURDAY and day not in holidays
    noon = datetime.combine(day, _NOON, zone)
    return any(
        bool(site.hours.week(noon)[0].spans) if site.hours else weekday for site in service.sites
    )


_SATURDAY: Final = 5
_NOON: Final = time(12)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _together(found: Iterable[Gap], places: tuple[PlaceClass, ...]) -> Iterator[Gap]:
    """One gap for all people and places that are left alone by the same services."""
    same: dict[object, Gap] = {}
    counted: set[tuple[object, int]] = set()
    for gap in found:
        key = (gap.day, gap.until, gap.service_type, gap.because, gap.services)
        known = same.get(key)
        if known is None:
            same[key] = replace(gap, case=settled(gap.case, places, gap.places))
        else:
            # The same people at another place are no further set of answers.
            new = 0 if (key, id(gap.case)) in counted else gap.situations
            same[key] = replace(
                known, situations=known.situations + new, places=known.places | gap.places
            )
        counted.add((key, id(gap.case)))
    return iter(same.values())
