"""White spots: in which district which kind of service is known, and what is known about it.

Absence here means absence in our data, never in the world. What a service does not say about
itself, its languages or its hours, is unknown and never counts as no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.knowledge import Book, Hotline, Reach, Service, Site
from bot.core.responsibility import confirmed_of
from bot.proof.half_days import Opening, opening
from bot.proof.spots import ANY, GERMAN, REACHED, Barrier, Entry, Share, Spot, Standing, Wish

WHOLE_STATE: Final = ""
"""Stands for the district of what serves the whole state, as in `Book.offering`."""


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

    def without(self, types: Iterable[str]) -> tuple[str, ...]:
        """Districts in which nobody can be sent to any of these kinds, from no municipality."""
        kinds = tuple(types)
        return tuple(key for key in self.districts if self._share(key, kinds).reached == 0)

    def in_part_only(self, types: Iterable[str]) -> Mapping[str, Share]:
        """Districts from only some of whose municipalities somebody can be sent to one of these."""
        kinds = tuple(types)
        shares = {key: self._share(key, kinds) for key in self.districts}
        return {key: share for key, share in shares.items() if 0 < share.reached < share.of}

    def _share(self, district: str, kinds: tuple[str, ...]) -> Share:
        spots = [self.spots[district, kind] for kind in kinds]
        reached = frozenset[str]().union(*(spot.municipalities() for spot in spots))
        return Share(len(reached), max((spot.of for spot in spots), default=0))


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
