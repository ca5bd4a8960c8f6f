"""White spots: in which district which kind of service is known, and what is known about it.

Absence here means absence in our data, never in the world. What a service does not say about
itself, its languages or its hours, is unknown and never counts as no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.knowledge import Book, Hotline, Reach, Service, Site
from bot.core.responsibility import confirmed_of
from bot.proof.half_days import Half, Opening, opening

GERMAN: Final = "de"
"""Spoken everywhere, so it is no language to look for."""

WHOLE_STATE: Final = ""
"""Stands for the district of what serves the whole state, as in `Book.offering`."""


class Standing(StrEnum):
    """What we know of one kind of service in one district, from nothing to the best."""

    MISSING = "missing"
    """No entry at all: the white spot."""
    OUT_OF_REACH = "out_of_reach"
    """Entries, but none to which anybody can be sent today."""
    OTHERWISE = "otherwise"
    """Can be reached, but surely not in this language or at this time."""
    UNSAID = "unsaid"
    """Can be reached; nobody has told us whether in this language or at this time."""
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


REACHED: Final = frozenset({Standing.UNCONFIRMED, Standing.CONFIRMED})


class Barrier(StrEnum):
    """Why nobody is sent to an entry."""

    WITHHELD = "withheld"
    """The evidence is weak, and nobody has confirmed it."""
    NO_CONTACT = "no_contact"
    """Neither address nor phone nor website."""
    NOT_YET = "not_yet"
    ENDED = "ended"


class Answer(StrEnum):
    NO = "no"
    UNKNOWN = "unknown"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person may need beside the kind of service; None where it does not matter."""

    language: str | None = None
    half: Half | None = None


ANY: Final = Wish()


@dataclass(frozen=True, slots=True)
class Entry:
    """A service, as far as it concerns one district."""

    service: str
    barrier: Barrier | None
    confirmed: date | None
    for_some: bool
    """Only for certain people: it says for whom."""
    municipalities: frozenset[str]
    """Those that it serves there."""
    languages: frozenset[str] | None
    """Beside German; None where the entry says nothing about languages."""
    opening: Opening

    def fits(self, wish: Wish) -> Answer:
        """Whether the entry can be reached in this language and at this time by the same person."""
        if self.barrier is not None:
            return Answer.NO
        return _all((self._speaks(wish.language), self._opens(wish.half)))

    def _speaks(self, language: str | None) -> Answer:
        if language is None or language == GERMAN:
            return Answer.YES
        if self.languages is None:
            return Answer.UNKNOWN
        return Answer.YES if language in self.languages else Answer.NO

    def _opens(self, half: Half | None) -> Answer:
        if half is None or self.opening.has(half):
            return Answer.YES
        return Answer.UNKNOWN if self.opening.unsaid or self.opening.by_appointment else Answer.NO


@dataclass(frozen=True, slots=True)
class Spot:
    """One kind of service in one district."""

    district: str
    service_type: str
    entries: tuple[Entry, ...]
    of: int
    """How many municipalities there are."""

    def standing(self, wish: Wish = ANY) -> Standing:
        """Confirmed only where every municipality that is reached has a confirmed door."""
        if not self.entries:
            return Standing.MISSING
        if all(entry.barrier for entry in self.entries):
            return Standing.OUT_OF_REACH
        answers = {entry.fits(wish) for entry in self.entries if not entry.barrier}
        if Answer.YES not in answers:
            return Standing.UNSAID if Answer.UNKNOWN in answers else Standing.OTHERWISE
        sound = _served(entry for entry in self._fitting(wish) if entry.confirmed)
        return Standing.CONFIRMED if sound == self._reached(wish) else Standing.UNCONFIRMED

    def reached(self, wish: Wish = ANY) -> int:
        """In how many of the municipalities somebody is sent to a door."""
        return len(self._reached(wish))

    def in_part(self, wish: Wish = ANY) -> bool:
        """Somebody is sent to a door, but not from every municipality."""
        return 0 < self.reached(wish) < self.of

    def for_some(self) -> bool:
        """Every door that can be reached is for certain people only."""
        open_to = [entry.for_some for entry in self.entries if not entry.barrier]
        return bool(open_to) and all(open_to)

    def _reached(self, wish: Wish) -> frozenset[str]:
        return _served(self._fitting(wish))

    def _fitting(self, wish: Wish) -> Iterable[Entry]:
        return (entry for entry in self.entries if entry.fits(wish) is Answer.YES)


@dataclass(frozen=True, slots=True)
class Line:
    """A phone number or a website for everybody."""

    hotline: str
    confirmed: date | None
    languages: frozenset[str] | None
    always: bool
    opening: Opening


@dataclass(frozen=True, slots=True)
class Coverage:
    day: date
    edition: str
    types: tuple[str, ...]
    """The regional kinds, in the order of the knowledge base."""
    districts: tuple[str, ...]
    complete: frozenset[str]
    """Districts of which somebody has said: what is not in the data does not exist there."""
    spots: Mapping[tuple[str, str], Spot]
    """District and kind -> what is known."""
    statewide: Mapping[str, Spot]
    """Kind -> what is there for the whole state, beside the districts; only kinds that have it."""
    hotlines: tuple[Line, ...]
    languages: tuple[str, ...]
    """Those of the bot and those that any service speaks, without German."""

    def counts(self, service_type: str, wish: Wish = ANY) -> Counter[Standing]:
        """In how many districts each standing is found."""
        return Counter(self.spots[key, service_type].standing(wish) for key in self.districts)

    def reached(self, service_type: str, wish: Wish = ANY) -> int:
        """In how many districts somebody can be sent to a door, if only in part of them."""
        return sum(self.counts(service_type, wish)[standing] for standing in REACHED)

    def in_part(self, service_type: str, wish: Wish = ANY) -> int:
        """In how many of these only some of the municipalities are reached."""
        return sum(self.spots[key, service_type].in_part(wish) for key in self.districts)

    def without(self, types: Iterable[str], wish: Wish = ANY) -> tuple[str, ...]:
        """Districts in which nobody can be sent to any of these kinds."""
        kinds = tuple(types)
        return tuple(
            key
            for key in self.districts
            if not any(self.spots[key, kind].standing(wish) in REACHED for kind in kinds)
        )


def coverage(book: Book, day: date) -> Coverage:
    """What the book knows on this day."""
    now = datetime.combine(day, time(12), ZoneInfo(book.region.time_zone))
    places = _places(book)
    types = tuple(one.id for one in book.types.values() if one.reach is Reach.REGIONAL)
    spots: dict[tuple[str, str], list[Entry]] = {
        (district, kind): [] for district in places for kind in types
    }
    statewide: dict[str, list[Entry]] = {}
    for service in book.services.values():
        served = {key: there for key in places if (there := _there(service, key, places[key]))}
        for kind in service.offers:
            if service.statewide or book.types[kind].reach is not Reach.REGIONAL:
                everywhere = frozenset[str]().union(*served.values())
                statewide.setdefault(kind, []).append(_entry(service, everywhere, now))
                continue
            for district, there in served.items():
                spots[district, kind].append(_entry(service, there, now))
    return Coverage(
        day,
        book.edition,
        types,
        tuple(places),
        book.region.complete,
        {
            (district, kind): Spot(district, kind, tuple(entries), len(places[district]))
            for (district, kind), entries in spots.items()
        },
        {
            kind: Spot(WHOLE_STATE, kind, tuple(statewide[kind]), sum(map(len, places.values())))
            for kind in book.types
            if kind in statewide
        },
        tuple(_line(hotline, now) for hotline in book.hotlines.values()),
        _languages(book),
    )


def _places(book: Book) -> Mapping[str, frozenset[str]]:
    """The municipalities of each district; a district of which none is known counts as one."""
    places: dict[str, set[str]] = {key: set() for key in book.districts}
    for municipality in book.municipalities.values():
        places[municipality.district].add(municipality.ags)
    return {key: frozenset(there or {key}) for key, there in places.items()}


def _there(service: Service, district: str, municipalities: frozenset[str]) -> frozenset[str]:
    if service.statewide or district in service.districts:
        return municipalities
    return municipalities & service.municipalities


def _entry(service: Service, municipalities: frozenset[str], now: datetime) -> Entry:
    shown = tuple(site for site in service.sites if site.reachable and not site.withheld)
    return Entry(
        service.id,
        _barrier(service, shown, now.date()),
        confirmed_of(service),
        service.who is not None,
        municipalities,
        _spoken(service.languages),
        opening(((site.hours, site.by_appointment) for site in shown), now),
    )


def _barrier(service: Service, shown: tuple[Site, ...], day: date) -> Barrier | None:
    if service.valid_to is not None and service.valid_to < day:
        return Barrier.ENDED
    if service.valid_from is not None and day < service.valid_from:
        return Barrier.NOT_YET
    if shown:
        return None
    reachable = any(site.reachable for site in service.sites)
    return Barrier.WITHHELD if reachable else Barrier.NO_CONTACT


def _line(hotline: Hotline, now: datetime) -> Line:
    return Line(
        hotline.id,
        hotline.confirmed.date if hotline.confirmed else None,
        _spoken(hotline.languages),
        hotline.hours.always(),
        opening([(hotline.hours, False)], now),
    )


def _spoken(languages: tuple[str, ...]) -> frozenset[str] | None:
    return frozenset(languages) - {GERMAN} if languages else None


def _languages(book: Book) -> tuple[str, ...]:
    spoken = (one for service in book.services.values() for one in sorted(service.languages))
    every = dict.fromkeys((*book.region.languages, *spoken))
    return tuple(language for language in every if language != GERMAN)


def _served(entries: Iterable[Entry]) -> frozenset[str]:
    return frozenset(place for entry in entries for place in entry.municipalities)


def _all(answers: tuple[Answer, ...]) -> Answer:
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES
