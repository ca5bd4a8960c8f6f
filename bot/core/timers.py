"""Which instants a case waits for: a function of where it stands. Each step fires once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
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
    """When the person hears from us at the latest: the honest clock. In the region's zone.

    None when nothing was promised, or what was promised has come.
    """
    to_come = timers(referral, book)
    due = to_come.get(Step.TELL) or to_come.get(Step.TELL_AGAIN)
    if due is None:
        return None
    return min(due, to_come.get(Step.EXPIRE, due)).astimezone(ZoneInfo(book.region.time_zone))


def promised(service: Service, book: Book, now: datetime) -> datetime:
    """The same for a case that would be handed over now; `now` in the region's zone."""
    return end_of_working_day(service, book, now)


def _steps(referral: Referral, book: Book) -> Mapping[Step, datetime]:
    stage = referral.stage
    match stage:
        case Waiting(since=since):
            return {
                Step.EXPIRE: since + OPEN_FOR,
                **_reminder(referral, since, book),
                **_promise(referral, since, book),
            }
        case Taken(private_until=until) if until is not None:
            since = stage.waited.since if stage.waited else stage.since
            # What the person was promised holds, whoever is about to take it.
            return {Step.UNDO: until, **_promise(referral, since, book)}
        case Taken():
            return _taken_steps(referral, stage, book)
        case Ended():
            return {}
        case _:
            assert_never(stage)


def _reminder(referral: Referral, since: datetime, book: Book) -> Mapping[Step, datetime]:
    service = book.services.get(referral.service)
    if service is None or referral.cut_off:
        return {}
    here = since.astimezone(ZoneInfo(book.region.time_zone))
    return {Step.REMIND: reminder_time(service, book, here).astimezone(UTC)}


def _promise(referral: Referral, since: datetime, book: Book) -> Mapping[Step, datetime]:
    """When the person is told, of whoever was asked last."""
    if referral.deputy is not None and referral.deputy_since is not None:
        return {Step.TELL_AGAIN: _told(referral.deputy, referral.deputy_since, book)}
    return {Step.TELL: _told(referral.service, since, book)}


def _told(asked: str, since: datetime, book: Book) -> datetime:
    service = book.services.get(asked)
    if service is None:
        # The knowledge base has lost it: then nobody there will answer.
        return since
    here = since.astimezone(ZoneInfo(book.region.time_zone))
    return end_of_working_day(service, book, here).astimezone(UTC)


def _taken_steps(referral: Referral, stage: Taken, book: Book) -> Mapping[Step, datetime]:
    service = book.services.get(referral.office)
    steps = {Step.FORGET: stage.since + TAKEN_FOR}
    done_nothing = stage.contact is Contact.NONE and not referral.exchange
    untouched = done_nothing and Step.REOPEN not in referral.fired
    if untouched and service is not None:
        here = stage.since.astimezone(ZoneInfo(book.region.time_zone))
        steps[Step.NUDGE] = end_of_working_day(service, book, here).astimezone(UTC)
        reopen = after_working_days(service, book, here, _SILENT_FOR)
        steps[Step.REOPEN] = reopen.astimezone(UTC)
    if referral.suggestion is not None:
        steps[Step.DROP] = referral.suggestion.since + SUGGESTION_FOR
    return steps
