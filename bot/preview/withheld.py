"""A service that the bot keeps back, and how it will look once somebody has confirmed it."""

from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.knowledge import Book, Confirmed
from bot.preview.stands import can_be_reached
from bot.sentence import Sentence

WITHHELD: Final = Sentence(
    "Nobody sees this yet: the source is weak, and nobody has confirmed it. It will look like this "
    "once somebody has: clearing confirm {service} --by ROLE"
)
NO_WAY: Final = Sentence(
    "Nobody is led here: no phone, no address and no website is known. Until there is one, people "
    "see where to search."
)


def why_not_shown(entry: str, book: Book) -> Sentence | None:
    """Where the bot offers the service to nobody, whatever they answer."""
    if is_withheld(entry, book):
        return WITHHELD.about(service=entry)
    if entry in book.services and not can_be_reached(entry, book):
        return NO_WAY
    return None


def is_withheld(entry: str, book: Book) -> bool:
    """All that is known of it waits for somebody to confirm it."""
    service = book.services.get(entry)
    if service is None or can_be_reached(entry, book):
        return False
    return any(site.reachable for site in service.sites)


def as_confirmed(service: str, book: Book, day: date) -> Book:
    """The same book, had somebody confirmed all sites of the service on that day."""
    known = book.services[service]
    sites = tuple(
        replace(one, confirmed=one.confirmed or Confirmed(day, "")) for one in known.sites
    )
    return replace(book, services={**book.services, service: replace(known, sites=sites)})
