"""Doors as cards: what stands on them today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core import presence
from bot.core.case import Case
from bot.core.findings import Findings, findings
from bot.core.knowledge import Book, Hotline, Role, Service, ServiceType
from bot.core.logic import Truth, truth
from bot.core.responsibility import Door, Doors, Ground, doors
from bot.core.screens import Card, FinderCard, HotlineCard, ServiceCard, SiteCard


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of one case, at one time."""

    case: Case
    book: Book
    now: datetime
    """Aware, in the region's zone."""

    def found(self) -> tuple[Findings, Doors]:
        found = findings(self.case, self.book)
        return found, doors(found, self.case, self.book, self.now.date())

    def card_of(self, service: str) -> Card | None:
        """The card of a door by its id, unless this person must not be sent there."""
        found, every = self.found()
        door = next((door for door in every.every() if door.id == service), None)
        if door is None:
            door = self.plain_door(service, found)
        return next(self.cards((door,), found), None) if door else None

    def plain_door(self, service: str, found: Findings) -> Door | None:
        """A door that did not follow from the answers: an old button, or a link."""
        known = self.book.services.get(service)
        if known is not None:
            hidden = (
                found.withheld.issuperset(known.offers)
                or (known.public and found.public_withheld is not Truth.NO)
                or not known.is_valid(self.now.date())
            )
            if hidden:
                return None
            return Door(service, known.offers[0], Role.PARTNER, Ground.RESPONSIBLE, sure=False)
        hotline = self.book.hotlines.get(service)
        if hotline is not None:
            return plain(hotline)
        kind_of = self.book.types.get(service)
        if kind_of is None or service in found.withheld:
            return None
        careful = kind_of.public and found.public_withheld is Truth.PERHAPS
        return Door(service, service, Role.PARTNER, Ground.FINDER, sure=False, may_report=careful)

    def cards(self, some: tuple[Door, ...], found: Findings) -> Iterator[Card]:
        rules = {finding.service_type: finding.rule for finding in found.shown}
        for door in some:
            rule = rules.get(door.service_type)
            hotline = self.book.hotlines.get(door.id)
            service = self.book.services.get(door.id)
            if hotline is not None:
                yield self.hotline_card(door, hotline, found)
                continue
            sites = tuple(self.sites(service)) if service else ()
            kind = self.book.types[door.service_type]
            if service is None or not sites:
                place = self.case.get("place", "")[:5]
                district = place if place in self.book.districts else None
                yield FinderCard(door, kind, rule, district)
            else:
                absent_until = service.absent_until(self.now.date())
                yield ServiceCard(door, service, kind, sites, rule, absent_until)

    def sites(self, service: Service) -> Iterator[SiteCard]:
        for site in service.sites:
            if site.reachable and not site.withheld:
                hours = site.hours
                state = presence.hours_now(service, hours, self.now) if hours else None
                yield SiteCard(
                    site, state, presence.week(service, hours, self.now) if hours else ()
                )

    def hotline_card(self, door: Door, hotline: Hotline, found: Findings) -> HotlineCard:
        caution = hotline.caution_when
        warn = caution is not None and truth(caution, found.known) is not Truth.NO
        return HotlineCard(door, hotline, hotline.hours.at(self.now), warn)

    def kind(self, card: Card) -> ServiceType:
        return self.book.types[card.door.service_type]


def plain(hotline: Hotline) -> Door:
    """A hotline that did not follow from the answers."""
    return Door(hotline.id, hotline.service_type, Role.PARTNER, Ground.LAST_RESORT, sure=False)
