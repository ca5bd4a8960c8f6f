"""From findings to doors: which site is responsible here, and what to do where none is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from bot.core.case import DONT_KNOW, ELSEWHERE, Case
from bot.core.findings import Finding, Findings, findings
from bot.core.knowledge import Book, Hotline, Role, Service
from bot.core.logic import Truth, truth


class Ground(StrEnum):
    """Why this door is offered."""

    RESPONSIBLE = "responsible"
    STANDS_IN = "stands_in"
    """The only migration service of the region covers everybody, as far as it can."""
    FINDER = "finder"
    """We know no entry: the official directory does."""
    CLEARING_POINT = "clearing_point"
    """A migration service of the district, which can say who is responsible."""
    LAST_RESORT = "last_resort"
    """Statewide services, online advice and hotlines, so that nobody ends at nothing."""


class Door(NamedTuple):
    id: str
    """Of a service or a hotline; of the kind of service itself where the directory is the door."""
    service_type: str
    role: Role
    ground: Ground
    sure: bool
    confirmed: date | None = None
    may_report: bool = False


@dataclass(frozen=True, slots=True)
class Doors:
    first: tuple[Door, ...]
    """Help in danger and whatever else stands before the lead."""
    lead: tuple[Door, ...]
    """Best first; never empty for a complete case."""
    also: tuple[Door, ...]
    partners: tuple[Door, ...]
    behind: tuple[Door, ...]
    """Only on request: what may or may not fit, and public bodies while the status is unknown."""

    def every(self) -> tuple[Door, ...]:
        return self.first + self.lead + self.also + self.partners + self.behind


STANDS_IN: Final[Mapping[str, str]] = {
    "mbe": "settled_advice",
    "settled_advice": "mbe",
    "jmd": "mbe",
    "special_advice": "refugee_advice",
    "refugee_advice": "special_advice",
}
"""Who covers for whom where a district is known to have nobody else; Handreichung 2006,
1.2 a, 1.3, 1.4 b and c."""

FOR_REFUGEES: Final = frozenset({"refugee_advice", "special_advice", "asylum_procedure_advice"})
"""Whose last resort the statewide refugee council is."""


def doors(found: Findings, case: Case, book: Book, today: date) -> Doors:
    """Every door for this place and these findings; each has a phone, an address or a link."""
    place = case.get("place", DONT_KNOW)
    known_place = "" if place in (DONT_KNOW, ELSEWHERE) else place
    region = _Region(found, book, today, known_place, place == ELSEWHERE)
    first: list[Door] = []
    lead: list[Door] = []
    also: list[Door] = []
    partners: list[Door] = []
    behind: list[Door] = []
    for finding in found.shown:
        if finding.may_report or (finding.role is Role.PARTNER and not finding.sure):
            behind.extend(region.doors_of(finding))
        elif finding.before_lead:
            first.extend(region.doors_of(finding))
        elif finding.role is Role.LEAD:
            lead.extend(region.doors_of(finding))
            lead.extend(region.last_resorts(finding, lead))
        elif finding.role is Role.ALSO:
            also.extend(region.doors_of(finding))
        else:
            partners.extend(region.doors_of(finding))
    for kind in (lead, also, partners):
        careful = [door for door in kind if door.may_report]
        behind.extend(careful)
        kind[:] = [door for door in kind if not door.may_report]
    return Doors(*(_once(kind) for kind in (first, lead, also, partners, behind)))


def _once(kind: list[Door]) -> tuple[Door, ...]:
    """Each door where it comes first: the reason given there is the best."""
    first: dict[str, Door] = {}
    for door in kind:
        first.setdefault(door.id, door)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _Region:
    """What is known at one place, for one case."""

    found: Findings
    book: Book
    today: date
    place: str
    """The key of a municipality or a district; empty where unknown."""
    outside: bool

    def doors_of(self, finding: Finding) -> Iterator[Door]:
        if finding.service_type in {"hotline", "online_advice"}:
            yield from self.hotlines(finding)
            return
        service_type = finding.service_type
        yield from (known := tuple(self.services(service_type, finding, Ground.RESPONSIBLE)))
        if any(not door.may_report for door in known):
            return
        stand_in = STANDS_IN.get(service_type)
        if stand_in and self.place and self.place[:5] in self.book.region.complete:
            yield from self.services(stand_in, finding, Ground.STANDS_IN)
        yield Door(
            service_type,
            service_type,
            finding.role,
            Ground.FINDER,
            finding.sure,
            may_report=finding.may_report,
        )

    def hotlines(self, finding: Finding) -> Iterator[Door]:
        for hotline in self.book.hotlines.values():
            if hotline.service_type != finding.service_type:
                continue
            holds = truth(hotline.when, self.found.known)
            if holds in (Truth.YES, Truth.PERHAPS):
                sure = finding.sure and holds is Truth.YES
                yield _hotline_door(hotline, finding.role, Ground.RESPONSIBLE, sure=sure)

    def services(self, service_type: str, finding: Finding, ground: Ground) -> Iterator[Door]:
        """Known services that serve this place: of the municipality, the district, the state."""
        if self.outside:
            return
        local = self.book.offering.get((service_type, self.place[:5]), ()) if self.place else ()
        near = [one for one in local if self._is_near(one)]
        district = [one for one in local if self.place[:5] in one.districts and one not in near]
        for service in (*near, *district, *self.book.offering.get((service_type, ""), ())):
            if self._open_to(service, service_type):
                yield Door(
                    service.id,
                    finding.service_type,
                    finding.role,
                    ground,
                    finding.sure and ground is Ground.RESPONSIBLE,
                    confirmed_of(service),
                    finding.may_report or self._may_report(service, service_type),
                )

    def _is_near(self, service: Service) -> bool:
        """Serves this very municipality; or, where only the district is known, one in it."""
        return self.place in service.municipalities or (
            self.place in self.book.districts and bool(service.municipalities)
        )

    def last_resorts(self, finding: Finding, already: list[Door]) -> Iterator[Door]:
        """Who can at least say who is responsible, where no known door is open to them today."""
        if any(self._is_enough(door) for door in already):
            return
        if self.place:
            yield from self.clearing_points(finding)
        if finding.service_type in FOR_REFUGEES:
            yield from self.services("refugee_council", finding, Ground.LAST_RESORT)
        for hotline in self.book.hotlines.values():
            # An age that nobody asked for must not hide online advice.
            holds = truth(hotline.when, self.found.known)
            if hotline.service_type == "online_advice" and holds is not Truth.NO:
                yield _hotline_door(hotline, finding.role, Ground.LAST_RESORT, sure=False)

    def _is_enough(self, door: Door) -> bool:
        """Responsible and safe, and not closed for days."""
        away = is_away(door, self.book, self.today)
        return door.ground is Ground.RESPONSIBLE and not door.may_report and not away

    def clearing_points(self, finding: Finding) -> Iterator[Door]:
        """Each member of the Migrationsfachdienst can say who is responsible; 1.3."""
        for member in (kind.id for kind in self.book.types.values() if kind.member):
            for door in self.services(member, finding, Ground.CLEARING_POINT):
                if not self.book.services[door.id].statewide:
                    yield door

    def _may_report(self, service: Service, service_type: str) -> bool:
        """A public body runs it, and whether that is a danger depends on an answer `?`."""
        return (
            service.public
            and not self.book.types[service_type].public
            and self.found.public_withheld is Truth.PERHAPS
        )

    def _open_to(self, service: Service, service_type: str) -> bool:
        """Valid today, for such people, and safe for them."""
        if not service.is_valid(self.today):
            return False
        # Of a public kind, such as the youth office, the rules have decided already.
        withheld = self.found.public_withheld in (Truth.YES, Truth.OPEN)
        if service.public and withheld and not self.book.types[service_type].public:
            return False
        if service.who is None:
            return True
        # What nobody asked about is no reason to send somebody to a door for the few.
        return truth(service.who, self.found.known) in (Truth.YES, Truth.PERHAPS)


def may_report(service: str, case: Case, book: Book) -> bool:
    """Whether this person must not be sent there, unless we know more: a public body reports."""
    found = findings(case, book)
    known = book.services[service]
    kinds = [book.types[kind] for kind in known.offers if kind not in found.withheld]
    if found.public_withheld is Truth.NO:
        return not kinds
    # Whether a public kind of service is safe, such as the youth office, the rules have decided.
    safe = {finding.service_type for finding in found.shown if not finding.may_report}
    return not any(kind.id in safe if kind.public else not known.public for kind in kinds)


def is_away(door: Door, book: Book, day: date) -> bool:
    """A service that has closed for some days, this one among them."""
    service = book.services.get(door.id)
    return service is not None and service.is_absent(day)


def confirmed_of(service: Service) -> date | None:
    """The oldest confirmation of the sites that are shown; None as soon as one has none."""
    shown = [site for site in service.sites if site.reachable and not site.withheld]
    dates = [site.confirmed.date if site.confirmed else None for site in shown]
    return min((day for day in dates if day), default=None) if all(dates) else None


def _hotline_door(hotline: Hotline, role: Role, ground: Ground, *, sure: bool) -> Door:
    confirmed = hotline.confirmed.date if hotline.confirmed else None
    return Door(hotline.id, hotline.service_type, role, ground, sure, confirmed)
