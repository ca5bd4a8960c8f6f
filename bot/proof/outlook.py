"""Which doors a finding opens at every place: the doors of the core, remembered by what decides.

`doors` goes finding by finding, so each finding is looked at once for all people who share it.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Final

from bot.core.case import DONT_KNOW, ELSEWHERE
from bot.core.findings import Finding, Findings
from bot.core.knowledge import Book, Role
from bot.core.logic import Condition, Known, Truth, truth
from bot.core.responsibility import STANDS_IN, Door, Doors, Ground, doors
from bot.proof.places import PlaceClass

LINES: Final = frozenset({"hotline", "online_advice"})
"""Kinds whose doors are hotlines."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What one finding opens. Sets of places are bits, in the order of the classes."""

    doors: tuple[Doors, ...]
    """For each class of places."""
    leads: int
    """Where a first door can be reached."""
    known: int
    """Where a service that we know is the door, not only a directory."""
    shown_public: int
    """Where a public body stands on the result itself."""
    public: int
    """Where a public body stands anywhere, also behind a button."""
    varies: bool
    """Not the same everywhere, so it is worth asking for the place."""
    emergency: bool
    """An emergency number, or a help line, that can be dialled stands before the lead."""

    def ids(self, where: int) -> frozenset[str]:
        """All doors at some classes of places."""
        return frozenset(
            door.id
            for number, one in enumerate(self.doors)
            if where >> number & 1
            for door in one.every()
        )


class Outlook:
    """All that findings open on one day."""

    def __init__(self, book: Book, places: tuple[PlaceClass, ...], day: date) -> None:
        self.book = book
        self.places = places
        self.everywhere = (1 << len(places)) - 1
        self.unsaid = 1 << next(
            number for number, place in enumerate(places) if place.answer == DONT_KNOW
        )
        self.inside = sum(
            1 << number for number, place in enumerate(places) if place.district is not None
        )
        self._day = day
        self._opened: dict[object, Opened] = {}
        self._deciding: dict[tuple[str, Role], tuple[int, tuple[Condition, ...]]] = {}
        self._unsaid: dict[int, Opened] = {}
        self._truths: dict[object, tuple[Truth, ...]] = {}

    def at(self, place: str | None, *, apart: bool) -> int:
        """The classes of places for which an answer on a walk stands, as bits.

        `apart` where the walk tells the region from elsewhere and unknown.
        """
        if place is None or place == DONT_KNOW:
            return self.unsaid
        if place == ELSEWHERE:
            return self.everywhere ^ self.inside ^ self.unsaid
        return self.inside if apart else self.everywhere

    def key(self, finding: Finding, found: Findings) -> Hashable:
        """Equal for findings that open the same doors, on any day."""
        return (
            finding.rule.id,
            finding.role,
            finding.sure,
            finding.before_lead,
            finding.may_report,
            found.public_withheld,
            self._decided(finding, found.known),
        )

    def of(self, finding: Finding, found: Findings) -> Opened:
        key = self.key(finding, found)
        opened = self._opened.get(key)
        if opened is None:
            opened = self._opened[key] = self._open(finding, found)
        return opened

    def unsaid_place(self, opened: Opened) -> Opened:
        """The same for people who were not asked for their place, wherever they are."""
        known = self._unsaid.get(id(opened))
        if known is None:
            there = self.unsaid.bit_length() - 1

            def everywhere(where: int) -> int:
                return self.everywhere if where & self.unsaid else 0

            known = self._unsaid[id(opened)] = Opened(
                (opened.doors[there],) * len(self.places),
                everywhere(opened.leads),
                everywhere(opened.known),
                everywhere(opened.shown_public),
                everywhere(opened.public),
                varies=False,
                emergency=opened.emergency,
            )
        return known

    def whole(self, found: Findings, place: int) -> Doors:
        """All doors of a result at one class of places."""
        return doors(found, {"place": self.places[place].answer}, self.book, self._day)

    def reachable(self, door: Door) -> bool:
        """There is a phone, an address, a website or a directory."""
        service = self.book.services.get(door.id)
        if service is not None:
            return any(site.reachable and not site.withheld for site in service.sites)
        hotline = self.book.hotlines.get(door.id)
        if hotline is not None:
            return bool(hotline.phone or hotline.website)
        return bool(self.book.types[door.service_type].finder.url)

    def public(self, door: Door) -> bool:
        """A public body, by its kind or by its carrier."""
        service = self.book.services.get(door.id)
        return self.book.types[door.service_type].public or bool(service and service.public)

    def own(self, finding: Finding, found: Findings, place: int) -> frozenset[str]:
        """The services that we know among its doors, as far as they are not mere partners."""
        doors = _visible(self.of(finding, found).doors[place])
        return frozenset(door.id for door in doors if self._is_own(door))

    def _is_own(self, door: Door) -> bool:
        """It leads, or belongs to the Migrationsfachdienst."""
        member = self.book.types[door.service_type].member
        return known_door(door) and (member or door.role is not Role.PARTNER)

    def _decided(self, finding: Finding, known: Known) -> tuple[Truth, ...]:
        """Truths of all single doors' conditions on which the doors of the finding can depend."""
        kind = (finding.service_type, finding.role)
        deciding = self._deciding.get(kind)
        if deciding is None:
            conditions = tuple(dict.fromkeys(self._deciders(finding)))
            bits = reduce(or_, (one.mentions() for one in conditions), 0)
            deciding = self._deciding[kind] = (bits, conditions)
        bits, conditions = deciding
        key = (kind, known.true & bits, known.perhaps & bits, known.open & bits)
        truths = self._truths.get(key)
        if truths is None:
            truths = self._truths[key] = tuple(truth(one, known) for one in conditions)
        return truths

    def _deciders(self, finding: Finding) -> Iterator[Condition]:
        kinds = {finding.service_type, STANDS_IN.get(finding.service_type)}
        if finding.role is Role.LEAD:
            kinds |= {kind.id for kind in self.book.types.values() if kind.member}
            kinds |= {"online_advice", "refugee_council"}
        for service in self.book.services.values():
            if service.who is not None and not kinds.isdisjoint(service.offers):
                yield service.who
        for hotline in self.book.hotlines.values():
            if hotline.service_type in kinds:
                yield hotline.when

    def _open(self, finding: Finding, found: Findings) -> Opened:
        alone = Findings(found.known, (finding,), 0, 0, found.public_withheld, found.withheld)
        every = tuple(self.whole(alone, number) for number in range(len(self.places)))
        return Opened(
            every,
            self._where(every, lambda one: any(map(self.reachable, one.lead))),
            self._where(every, lambda one: any(map(self._is_own, _visible(one)))),
            self._where(
                every,
                lambda one: any(
                    map(self.public, (*one.first, *one.lead, *one.also, *one.partners))
                ),
            ),
            self._where(every, lambda one: any(map(self.public, one.every()))),
            any(one != every[0] for one in every),
            all(any(map(self._can_be_called, one.first)) for one in every),
        )

    def _where(self, every: tuple[Doors, ...], holds: Callable[[Doors], bool]) -> int:
        return sum(1 << number for number, one in enumerate(every) if holds(one))

    def _can_be_called(self, door: Door) -> bool:
        hotline = self.book.hotlines.get(door.id)
        return hotline is not None and bool(hotline.phone)


def known_door(door: Door) -> bool:
    """A service of ours is responsible, or stands in; not a directory or a last resort."""
    return door.ground in (Ground.RESPONSIBLE, Ground.STANDS_IN) and door.id != door.service_type


def _visible(doors: Doors) -> tuple[Door, ...]:
    return (*doors.lead, *doors.also, *doors.partners)
