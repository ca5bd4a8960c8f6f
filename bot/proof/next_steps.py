"""Whom to call next: what each entry still lacks, and which white spots that would fill."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.core.knowledge import Book, Service
from bot.core.responsibility import confirmed_of
from bot.proof.coverage import Coverage
from bot.proof.spots import REACHED, Barrier


class Ask(StrEnum):
    CONTACT = "contact"
    """No address, phone or website is known yet."""
    CONFIRM = "confirm"
    LANGUAGES = "languages"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Step:
    service: str
    ask: tuple[Ask, ...]
    fills: tuple[tuple[str, str], ...]
    """District and kind: where nobody can be sent today, and could be after this."""
    members: int
    """How many of these are of the Migrationsfachdienst."""


def next_steps(covered: Coverage, book: Book) -> tuple[Step, ...]:
    """What fills most spots of the Migrationsfachdienst comes first."""
    steps = []
    for service in book.services.values():
        ended = service.valid_to is not None and service.valid_to < covered.day
        ask = () if ended else tuple(_asks(service))
        if ask:
            fills = tuple(_fills(service.id, covered))
            members = sum(book.types[kind].member for _, kind in fills)
            steps.append(Step(service.id, ask, fills, members))
    return tuple(sorted(steps, key=lambda step: (-step.members, -len(step.fills))))


def _asks(service: Service) -> Iterator[Ask]:
    if not any(site.reachable for site in service.sites):
        yield Ask.CONTACT
    if confirmed_of(service) is None:
        yield Ask.CONFIRM
    if not service.languages:
        yield Ask.LANGUAGES
    if any(site.hours is None and not site.by_appointment for site in service.sites):
        yield Ask.HOURS


def _fills(service: str, covered: Coverage) -> Iterator[tuple[str, str]]:
    for where, spot in covered.spots.items():
        barred = (
            entry.barrier in (Barrier.WITHHELD, Barrier.NO_CONTACT)
            for entry in spot.entries
            if entry.service == service
        )
        if any(barred) and spot.standing() not in REACHED:
            yield where
