"""Which messages of a case stand where: a function of the case, as screens are of the talk.

A letter has a slot. A slot that is new rings at a phone; one that stays is edited; one that is no
longer named is taken away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import assert_never

from bot.core.choices import Choices, choices
from bot.core.knowledge import Book
from bot.core.referral import (
    Back,
    Card,
    Contact,
    Ended,
    Referral,
    Said,
    Stage,
    Step,
    Suggestion,
    Taken,
    Waiting,
)
from bot.core.timers import told_by


class Lane(IntEnum):
    """What goes first where not everything can go at once."""

    ANSWER = 0
    CARD = 1
    REMINDER = 2


@dataclass(frozen=True, slots=True)
class ToGroup:
    """The group of the counsellors of this service."""

    service: str


@dataclass(frozen=True, slots=True)
class ToPerson:
    """A private chat: of the person, or of a counsellor."""

    person: int


@dataclass(frozen=True, slots=True)
class CardView:
    """For all colleagues. Once somebody has it, or it has ended, nothing of the person stays."""

    code: str
    service: str
    facts: tuple[tuple[str, str], ...]
    waits_since: datetime | None
    stage: Stage
    """Without who has it: the group need not know, and the card would say it."""


@dataclass(frozen=True, slots=True)
class DetailsView:
    """For the one who has it."""

    code: str
    service: str
    card: Card
    stage: Taken
    exchange: tuple[Said, ...]
    suggestion: Suggestion | None
    unreachable: bool
    nudged: bool
    choices: Choices


@dataclass(frozen=True, slots=True)
class FarewellView:
    """For the one who had it: how it ended, and nothing of the person."""

    code: str
    stage: Ended


@dataclass(frozen=True, slots=True)
class StatusView:
    """For the person: where the case is, and until when we know more."""

    code: str
    language: str
    service: str
    deputy: str | None
    """The office that has the card too, as long as nobody has taken it."""
    waits: bool
    back: Back | None
    is_late: bool
    """Nobody has answered within the time that was promised."""
    told_by: datetime | None
    """In the region's zone."""
    contact: Contact | None
    """None while nobody has it."""
    said: Said | None
    suggestion: Suggestion | None
    ended: Ended | None


View = CardView | DetailsView | FarewellView | StatusView


@dataclass(frozen=True, slots=True)
class Letter:
    to: ToGroup | ToPerson
    lane: Lane
    view: View


def letters(referral: Referral, book: Book, now: datetime) -> Mapping[str, Letter]:
    """Slot -> what stands there now; `now` is aware, in the region's zone."""
    wished = dict(_cards(referral))
    stage = referral.stage
    if isinstance(stage, Taken) and stage.private_until is None:
        wished[f"details:{referral.calls}"] = Letter(
            ToPerson(stage.by), Lane.CARD, _details(referral, stage, book, now)
        )
    if isinstance(stage, Ended) and stage.by is not None:
        farewell = FarewellView(referral.code, stage)
        wished[f"details:{referral.calls}"] = Letter(ToPerson(stage.by), Lane.CARD, farewell)
    if not referral.silent and not referral.unreachable:
        status = Letter(ToPerson(referral.person), Lane.ANSWER, _status(referral, book))
        wished[f"status:{referral.news}"] = status
    return wished


def _cards(referral: Referral) -> Mapping[str, Letter]:
    if referral.privately is not None:
        return {
            f"card:{referral.rings}:{number}": Letter(
                ToPerson(who), Lane.CARD, _card(referral, referral.service)
            )
            for number, who in enumerate(referral.privately)
            if who
        }
    return {
        f"card:{service}": Letter(ToGroup(service), Lane.CARD, _card(referral, service))
        for service in referral.services
    }


def _card(referral: Referral, service: str) -> CardView:
    match referral.stage:
        case Waiting(since=since):
            return CardView(referral.code, service, referral.card.group, since, referral.stage)
        case Taken(since=since):
            return CardView(referral.code, service, (), None, Taken(0, since))
        case Ended(how, at):
            return CardView(referral.code, service, (), None, Ended(how, at))
        case _:
            assert_never(referral.stage)


def _details(referral: Referral, stage: Taken, book: Book, now: datetime) -> DetailsView:
    return DetailsView(
        referral.code,
        referral.office,
        referral.card,
        stage,
        referral.exchange,
        referral.suggestion,
        referral.unreachable,
        Step.NUDGE in referral.fired,
        choices(referral, stage, book, now),
    )


def _status(referral: Referral, book: Book) -> StatusView:
    stage = referral.stage
    waits = isinstance(stage, Waiting) or (
        isinstance(stage, Taken) and stage.private_until is not None
    )
    return StatusView(
        referral.code,
        referral.language,
        referral.office,
        referral.deputy if referral.asked_deputy and waits else None,
        waits,
        stage.back if isinstance(stage, Waiting) else None,
        referral.overdue,
        told_by(referral, book) if waits else None,
        stage.contact if isinstance(stage, Taken) and not waits else None,
        referral.exchange[-1] if referral.exchange else None,
        referral.suggestion,
        stage if isinstance(stage, Ended) else None,
    )
