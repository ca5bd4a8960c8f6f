"""What a counsellor can choose from under the details: sites, days, times, services."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from bot.core import presence
from bot.core.card import case_of
from bot.core.hours import OpenDay
from bot.core.knowledge import Book, Service
from bot.core.referral import Page, PickDay, PickService, PickTime, Referral, Taken
from bot.core.responsibility import may_report

_DAYS: Final = 8
_WEEKS: Final = 4
_EVERY: Final = timedelta(minutes=30)
_SERVICES: Final = 10
"""More would not fit on a phone without scrolling past the details."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Of one kind at a time; all empty on pages that offer none."""

    sites: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    times: tuple[time, ...] = ()
    services: tuple[str, ...] = ()


def choices(referral: Referral, stage: Taken, book: Book, now: datetime) -> Choices:
    """What the page offers at `now` (aware, in the region's zone)."""
    service = book.services.get(referral.office)
    match stage.desk:
        case Page.SITE if service is not None:
            return Choices(sites=tuple(range(len(service.sites))))
        case PickDay(site) if service is not None:
            days = (one.day for one in _open_days(service, site, book, now))
            return Choices(days=tuple(islice(days, _DAYS)))
        case PickTime(site, day) if service is not None:
            return Choices(times=tuple(_times(service, site, book, day, now)))
        case PickService():
            return Choices(services=_services(referral, book))
        case _:
            return Choices()


def _open_days(service: Service, site: int, book: Book, now: datetime) -> Iterator[OpenDay]:
    known = service.sites[site].hours if site < len(service.sites) else None
    hours = known or book.usual_hours
    for week in range(_WEEKS):
        for one in presence.week(service, hours, now + timedelta(weeks=week)):
            if one.spans and one.day > now.date():
                yield one


def _times(service: Service, site: int, book: Book, day: date, now: datetime) -> Iterator[time]:
    one = next((one for one in _open_days(service, site, book, now) if one.day == day), None)
    for begin, end in one.spans if one else ():
        at, last = datetime.combine(day, begin), datetime.combine(day, end)
        if end <= begin:
            # What comes after midnight is another day.
            last = datetime.combine(day + timedelta(days=1), time())
        while at < last:
            yield at.time()
            at += _EVERY


def _services(referral: Referral, book: Book) -> tuple[str, ...]:
    """The person's own doors first, then the others that serve the district on the card."""
    district = dict(referral.card.group).get("place", "")
    near = (
        service.id
        for (_, served), services in book.offering.items()
        if served == district and district
        for service in services
    )
    every = dict.fromkeys((*referral.doors, *near))
    return tuple(islice((one for one in every if can_suggest(one, referral, book)), _SERVICES))


def can_suggest(service: str, referral: Referral, book: Book) -> bool:
    """Another office, and none that may have to report the person."""
    if service not in book.services or service == referral.office:
        return False
    return not may_report(service, case_of(referral.card, book), book)
