"""What somebody confirms, as people read it, so that she sees it; and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.content.confirmation import Spot
from bot.content.german_holidays import german_holidays
from bot.content.opening import OsmHours
from bot.content.problems import Problem
from bot.core.hours import Hours
from bot.core.knowledge import Address, Book, Confirmed, Evidence, Service
from bot.language import formats
from bot.sentence import Sentence, Translate, said


@dataclass(frozen=True, slots=True)
class Door:
    """One site of a service, or a hotline, as it is now confirmed."""

    spot: Spot
    address: Address | None
    phones: tuple[str, ...]
    email: str | None
    website: str | None
    hours: Hours | None
    by_appointment: bool
    evidence: Evidence
    before: Confirmed | None

    @property
    def was_withheld(self) -> bool:
        return self.before is None and self.evidence.confidence == "low"


@dataclass(frozen=True, slots=True)
class Confirmation:
    name: str
    """The id."""
    confirmed: Confirmed
    doors: tuple[Door, ...]
    left: tuple[Problem, ...]
    """Warnings about this entry that are still open."""


def door(name: str, spot: Spot, book: Book) -> Door:
    """As it is in the book, before it is confirmed."""
    hotline = book.hotlines.get(name)
    if hotline is not None:
        phones = (hotline.phone,) if hotline.phone else ()
        known = (hotline.website, hotline.hours, False, hotline.evidence, hotline.confirmed)
        return Door(spot, None, phones, None, *known)
    site = book.services[name].sites[spot.site - 1]
    reach = (site.address, site.phones, site.email, site.website)
    return Door(spot, *reach, site.hours, site.by_appointment, site.evidence, site.confirmed)


def as_dict(one: Confirmation, translate: Translate) -> dict[str, Any]:
    """The contract of `clearing confirm --json`; null is what nobody knows."""
    return {
        "door": one.name,
        "file": one.doors[0].spot.file,
        "confirmed": _as_dict(one.confirmed),
        "sites": [_site(door) for door in one.doors],
        "warnings": [problem.as_dict(translate) for problem in one.left],
    }


def _site(door: Door) -> dict[str, Any]:
    return {
        "site": door.spot.site,
        "line": door.spot.line,
        "address": _in_one_line(door.address) if door.address else None,
        "phones": list(door.phones),
        "email": door.email,
        "website": door.website,
        "hours": door.hours.text if isinstance(door.hours, OsmHours) else None,
        "by_appointment": door.by_appointment,
        "before": _as_dict(door.before) if door.before else None,
    }


def _as_dict(confirmed: Confirmed) -> dict[str, str]:
    return {"date": confirmed.date.isoformat(), "by": confirmed.by}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it, and when."""

    language: str
    """de or en."""
    translate: Translate
    now: datetime
    """Aware, in the region's zone."""


def as_text(one: Confirmation, book: Book, reader: Reader) -> Iterator[str]:
    """Everything that was confirmed, site by site; then what is still open."""
    translate = reader.translate
    title = Sentence(
        "Confirmed on {day} by {role}: {name}",
        day=_day(one.confirmed.date),
        role=one.confirmed.by,
        name=one.name,
    )
    yield title.in_(translate)
    yield _named(one.name, book)
    for door in one.doors:
        yield ""
        yield f"{door.spot.file}:{door.spot.line}"
        rows = [(label.in_(translate), said(text, translate)) for label, text in _rows(door)]
        rows += _hours(door.hours, book, reader)
        service = book.services.get(one.name)
        rows += _closures(service, reader) if service else ()
        width = max(len(label) for label, _ in rows)
        yield from (f"  {label:{width}}  {text}" for label, text in rows)
        if door.was_withheld:
            yield f"  {_SHOWN.in_(translate)}"
    yield ""
    yield _CURE.in_(translate)
    if one.left:
        yield Sentence("Still open in this entry:").in_(translate)
        yield from (f"  {problem.in_(translate)}" for problem in one.left)


_SHOWN: Final = Sentence("The bot has withheld it so far; from now on it is shown.")
_CURE: Final = Sentence(
    "Is something of this not right? Correct it in the file, and confirm it once more."
)


def _rows(door: Door) -> Iterator[tuple[Sentence, str | Sentence]]:
    """Also what nobody knows: somebody who calls there can ask."""
    unknown = Sentence("not known")
    if door.address is not None:
        yield Sentence("Address"), _in_one_line(door.address)
    yield Sentence("Phone"), ", ".join(door.phones) or unknown
    if door.email:
        yield Sentence("E-mail"), door.email
    yield Sentence("Website"), door.website or unknown
    if door.by_appointment:
        yield Sentence("Appointment"), Sentence("needed")


def _hours(hours: Hours | None, book: Book, reader: Reader) -> Iterator[tuple[str, str]]:
    label = Sentence("Opening hours").in_(reader.translate)
    if not isinstance(hours, OsmHours):
        yield label, Sentence("not known").in_(reader.translate)
        return
    if hours.always():
        yield label, Sentence("open day and night").in_(reader.translate)
        return
    for days, spans in formats.week(hours.week(_plain_week(book, reader.now)), reader.language):
        yield label, f"{days}: {spans}"
        label = ""
    holiday = hours.next_holiday(reader.now)
    spans = ", ".join(f"{formats.clock(a)}\u2013{formats.clock(b)}" for a, b in holiday.spans)
    then = Sentence(
        "next public holiday, {day}: {then}",
        day=_day(holiday.day),
        then=spans or Sentence("closed"),
    )
    yield label, then.in_(reader.translate)


def _plain_week(book: Book, now: datetime) -> datetime:
    """The Monday of the next week without a public holiday."""
    holidays = german_holidays(book.region.holidays, (now.year, now.year + 1))
    monday = now.date() - timedelta(days=now.weekday())
    while any(monday <= day < monday + _WEEK for day in holidays):
        monday += _WEEK
    return datetime.combine(monday, time(12), now.tzinfo)


_WEEK: Final = timedelta(days=7)


def _closures(service: Service, reader: Reader) -> Iterator[tuple[str, str]]:
    label = Sentence("Closed").in_(reader.translate)
    for absence in service.absences:
        if absence.end >= reader.now.date():
            yield label, f"{_day(absence.begin)}\u2013{_day(absence.end)}"


def _named(name: str, book: Book) -> str:
    service = book.services.get(name)
    if service is not None:
        return f"{service.name} ({service.provider})"
    return book.texts[f"hotline.{name}.name"]


def _in_one_line(address: Address) -> str:
    town = " ".join(part for part in (address.postcode, address.town) if part)
    return ", ".join(part for part in (address.name, address.street, town) if part)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
