"""Which instants a case waits for: a function of where it stands. Each step fires once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.core.knowledge import Book, Service
from bot.core.referral import (
    OPEN_FOR,
    TAKEN_FOR,
    Contact,
    Ended,
    Referral,
    Step,
    Taken,
    Waiting,
)
from bot.core.working_time import after_working_days, end_of_working_day, reminder_time

PRIVATE_WITHIN: Final = timedelta(minutes=15)
"""For so long a claim stands while the private chat is closed."""
SUGGESTION_FOR: Final = timedelta(days=3)
_SILENT_FOR: Final = 3
"""Working days after which a case that nobody has touched is given to the others again."""


def timers(referral: Referral, book: Book) -> Mapping[Step, datetime]:
    """What is still to come; aware, UTC."""
    every = dict(_steps(referral, book))
    return {step: due for step, due in every.items() if step not in referral.fired}


def told_by(referral: Referral, book: Book) -> datetime | None:
    """When the person hears from us at the latest: the honest clock. In the region's zone."""
    due = timers(referral, book).get(Step.TELL)
    return None if due is None else due.astimezone(ZoneInfo(book.region.time_zone))


def promised(service: Service, book: Book, now: datetime) -> datetime:
    """The same for a case that would be handed over now; `now` in the region's zone."""
    return end_of_working_day(service, book, now)


def _steps(referral: Referral, book: Book) -> Mapping[Step, datetime]:
    stage = referral.stage
    service = book.services.get(referral.service)
    match stage:
        case Waiting(since=since):
            steps = {Step.EXPIRE: referral.offered + OPEN_FOR}
            if service is None:
                # The knowledge base has lost it: then nobody there will answer.
                return steps | {Step.TELL: since}
            here = since.astimezone(ZoneInfo(book.region.time_zone))
            return steps | {
                Step.REMIND: reminder_time(service, book, here),
                Step.TELL: end_of_working_day(service, book, here),
            }
        case Taken():
            return _taken_steps(referral, stage, service, book)
        case Ended():
            return {}
        case _:
            assert_never(stage)


def _taken_steps(
    referral: Referral, stage: Taken, service: Service | None, book: Book
) -> Mapping[Step, datetime]:
    if stage.private_until is not None:
        return {Step.UNDO: stage.private_until}
    steps = {Step.FORGET: stage.since + TAKEN_FOR}
    untouched = stage.contact is Contact.NONE and not referral.exchange
    if untouched and service is not None:
        here = stage.since.astimezone(ZoneInfo(book.region.time_zone))
        steps[Step.NUDGE] = end_of_working_day(service, book, here)
        steps[Step.REOPEN] = after_working_days(service, book, here, _SILENT_FOR)
    if referral.suggestion is not None:
        steps[Step.DROP] = referral.suggestion.since + SUGGESTION_FOR
    return steps
