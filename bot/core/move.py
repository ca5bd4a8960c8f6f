"""The life of a case: everything that decides what becomes of a referral lives in this file.

`move` is total: no event raises, in no stage. What does not fit changes nothing and is told.
Letters (`letters`) and timers (`timers`) follow from the case as it then stands.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.core import case_events as events
from bot.core.case_events import CaseEvent
from bot.core.choices import can_suggest
from bot.core.knowledge import Book
from bot.core.referral import (
    NOBODY,
    Answer,
    Back,
    Card,
    Contact,
    Ended,
    Ending,
    Page,
    PickDay,
    Referral,
    Said,
    Step,
    Suggestion,
    Taken,
    Template,
    Waiting,
)
from bot.core.stages import called, ended, opened, told, waiting_again
from bot.core.timers import PRIVATE_WITHIN, timers


class Reply(StrEnum):
    """What whoever acted is told at once."""

    DONE = "done"
    YOURS = "yours"
    OPEN_PRIVATE = "open_private"
    """Taken; the details come once the private chat is open."""
    ALREADY_YOURS = "already_yours"
    SOMEBODY_ELSE = "somebody_else"
    """A colleague was faster."""
    NOT_YOURS = "not_yours"
    """Only the one who has taken it can do this."""
    ENDED = "ended"
    TAKEN_BACK = "taken_back"
    """The person was faster."""


@dataclass(frozen=True, slots=True)
class Move:
    referral: Referral
    reply: Reply


def move(referral: Referral, event: CaseEvent, book: Book, now: datetime) -> Move:
    """What becomes of the case; `now` is aware, UTC."""
    match event:
        case events.Spoke(language):
            return Move(replace(referral, language=language), Reply.DONE)
        case events.Silenced():
            return Move(replace(referral, silent=True), Reply.DONE)
        case events.Forgotten():
            return Move(_forgotten(referral), Reply.DONE)
        case events.CameBack():
            return Move(_awake(referral), Reply.DONE)
        case events.PersonGone():
            return Move(_person_gone(referral), Reply.DONE)
        case _:
            pass
    stage = referral.stage
    if isinstance(stage, Ended):
        taken_back = stage.how is Ending.TAKEN_BACK
        return Move(referral, Reply.TAKEN_BACK if taken_back else Reply.ENDED)
    match event:
        case events.TakenBack():
            return Move(ended(referral, Ending.TAKEN_BACK, now), Reply.DONE)
        case events.HandedOver():
            return Move(ended(referral, Ending.FORWARDED, now), Reply.DONE)
        case events.Refused():
            return Move(_without_suggestion(referral), Reply.DONE)
        case events.Replied(answer):
            return Move(_replied(referral, answer), Reply.DONE)
        case events.GavePhone(phone):
            return Move(_with_phone(referral, phone), Reply.DONE)
        case events.Claimed():
            return _claimed(referral, event, now)
        case events.ChannelFailed(service):
            return Move(_channel_failed(referral, service, now), Reply.DONE)
        case events.ColleagueGone(who):
            return Move(_colleague_gone(referral, who, now), Reply.DONE)
        case events.Declined():
            if isinstance(stage, Taken) and stage.by != event.by:
                return Move(referral, Reply.NOT_YOURS)
            return Move(_declined(referral, event, now), Reply.DONE)
        case events.Turned(to=Page.DECLINE | Page.MAIN as page) if isinstance(stage, Waiting):
            # Whoever it does not fit need not take it first.
            asks = replace(stage, declining=page is Page.DECLINE)
            return Move(replace(referral, stage=asks), Reply.DONE)
        case events.Due(step):
            return Move(_due(referral, step, book, now), Reply.DONE)
        case _:
            if not isinstance(stage, Taken) or stage.by != event.by:
                return Move(referral, Reply.NOT_YOURS)
            if stage.private_until is not None and not isinstance(event, _WITHOUT_DETAILS):
                return Move(referral, Reply.OPEN_PRIVATE)
            return Move(_at_the_desk(referral, stage, event, book, now), Reply.DONE)


Deed = (
    events.OpenedPrivate
    | events.Released
    | events.Reached
    | events.Unreached
    | events.Finished
    | events.Turned
    | events.LookedUp
    | events.Wrote
    | events.Suggested
    | events.PassedOn
)
"""What only the counsellor who has taken the case can do."""

_WITHOUT_DETAILS: Final = (events.OpenedPrivate, events.Released, events.PassedOn)
"""What makes sense before the details can be read."""


def _at_the_desk(
    referral: Referral, stage: Taken, event: Deed, book: Book, now: datetime
) -> Referral:
    main = replace(stage, desk=Page.MAIN)
    match event:
        case events.OpenedPrivate():
            return referral if stage.private_until is None else opened(referral, stage)
        case events.Released():
            return waiting_again(referral, Back.GIVEN_BACK, now)
        case events.Finished():
            return ended(referral, Ending.DONE, now)
        case events.PassedOn(to=to):
            passed = replace(main, by=to, since=now)
            if stage.private_until is not None:
                return opened(referral, passed)
            return called(replace(referral, stage=passed, fired=frozenset()))
        case events.Reached():
            return replace(referral, stage=replace(main, contact=Contact.REACHED))
        case events.Unreached():
            if stage.contact is Contact.UNREACHED:
                return referral
            unreached = replace(referral, stage=replace(main, contact=Contact.UNREACHED))
            return told(unreached)
        case events.Turned(to=page):
            return replace(referral, stage=replace(stage, desk=page))
        case events.LookedUp():
            return called(replace(referral, stage=main))
        case events.Wrote():
            return _wrote(referral, stage, event, book, now)
        case events.Suggested(_, service, reason):
            if not can_suggest(service, referral, book):
                return referral
            if referral.suggestion is not None and referral.suggestion.service == service:
                return replace(referral, stage=main)
            suggestion = Suggestion(service, reason, now)
            # Who suggests something has done something, whatever the person answers.
            fired = (referral.fired - {Step.DROP}) | {Step.REOPEN}
            return told(replace(referral, stage=main, suggestion=suggestion, fired=fired))
        case _:
            assert_never(event)


def _claimed(referral: Referral, event: events.Claimed, now: datetime) -> Move:
    stage = referral.stage
    office = referral.deputy if event.deputy and referral.asked_deputy else None
    match stage:
        case Taken(by=by) if by != event.by:
            return Move(referral, Reply.SOMEBODY_ELSE)
        case Taken(private_until=until) if until is None:
            return Move(referral, Reply.ALREADY_YOURS)
        case Taken() if not event.private:
            return Move(referral, Reply.OPEN_PRIVATE)
        case Taken():
            return Move(opened(referral, stage), Reply.YOURS)
        case Waiting() if event.private:
            return Move(opened(referral, Taken(event.by, now, office=office)), Reply.YOURS)
        case Waiting():
            until = now + PRIVATE_WITHIN
            waited = replace(stage, declining=False)
            claim = Taken(event.by, now, until, office=office, waited=waited)
            return Move(replace(referral, stage=claim), Reply.OPEN_PRIVATE)
        case _:
            return Move(referral, Reply.ENDED)


def _declined(referral: Referral, event: events.Declined, now: datetime) -> Referral:
    by_deputy = event.deputy and referral.asked_deputy and isinstance(referral.stage, Waiting)
    if by_deputy and not referral.cut_off:
        # The service that the person chose can still answer.
        return told(replace(referral, deputy=None, deputy_since=None))
    return ended(referral, Ending.DECLINED, now, event.reason)


def _wrote(
    referral: Referral, stage: Taken, event: events.Wrote, book: Book, now: datetime
) -> Referral:
    if event.template is Template.APPOINTMENT:
        if event.day is None or event.clock is None:
            return referral
        if event.day <= now.astimezone(ZoneInfo(book.region.time_zone)).date():
            # A choice from days ago: then there are other days to choose from.
            return replace(referral, stage=replace(stage, desk=PickDay(event.site)))
    said = Said(event.template, now, event.day, event.clock, event.site)
    # Who writes has found the way to the person: nobody need ask whether they are reached.
    after = replace(stage, desk=Page.MAIN, phone=None)
    return told(replace(referral, stage=after, exchange=(*referral.exchange, said)))


def _replied(referral: Referral, answer: Answer) -> Referral:
    if referral.awaits is None:
        return referral
    *earlier, last = referral.exchange
    answered = replace(referral, exchange=(*earlier, replace(last, answer=answer)))
    return called(answered)


def _without_suggestion(referral: Referral) -> Referral:
    """It stays where it is."""
    return called(replace(referral, suggestion=None)) if referral.suggestion else referral


def _with_phone(referral: Referral, phone: str) -> Referral:
    """Only for whoever has the case now, and only after `call me`."""
    last = referral.exchange[-1] if referral.exchange else None
    asked = last is not None and last.answer is Answer.CALL_ME
    if not asked or not isinstance(referral.stage, Taken):
        return referral
    return called(replace(referral, stage=replace(referral.stage, phone=phone)))


def _due(referral: Referral, step: Step, book: Book, now: datetime) -> Referral:
    if step not in timers(referral, book):
        # What became due has happened already, or does not matter any more.
        return referral
    fired = replace(referral, fired=referral.fired | {step})
    match step:
        case Step.REMIND:
            return replace(fired, rings=fired.rings + 1)
        case Step.TELL:
            known = fired.deputy in book.services
            return told(replace(fired, deputy_since=now) if known else fired)
        case Step.TELL_AGAIN:
            return told(fired)
        case Step.EXPIRE:
            return ended(fired, Ending.EXPIRED, now)
        case Step.UNDO | Step.REOPEN:
            # Nobody is told of a claim that never was.
            return waiting_again(referral if step is Step.UNDO else fired, Back.SILENT, now)
        case Step.NUDGE:
            return called(fired)
        case Step.DROP:
            return _without_suggestion(fired)
        case Step.FORGET:
            return ended(fired, Ending.FORGOTTEN, now)
        case _:
            assert_never(step)


def _channel_failed(referral: Referral, service: str, now: datetime) -> Referral:
    if isinstance(referral.stage, Taken) or service not in referral.services:
        # Whoever has it goes on in private; the group is only where it was read.
        return referral
    if service == referral.service and referral.deputy is not None and not referral.asked_deputy:
        return told(replace(referral, deputy_since=now, cut_off=True))
    if service == referral.service and referral.asked_deputy:
        return replace(referral, cut_off=True)
    if service != referral.service and not referral.cut_off:
        return told(replace(referral, deputy=None, deputy_since=None))
    return ended(referral, Ending.NOT_DELIVERED, now)


def _colleague_gone(referral: Referral, who: int, now: datetime) -> Referral:
    stage = referral.stage
    if isinstance(stage, Taken) and stage.by == who:
        referral = waiting_again(referral, Back.LEFT, now)
    if referral.privately is None or who not in referral.privately:
        return referral
    # The others keep their places, by which their letters are known.
    rest = tuple(0 if one == who else one for one in referral.privately)
    left = replace(referral, privately=rest)
    if any(rest) or isinstance(left.stage, Taken):
        return left
    return ended(left, Ending.NOT_DELIVERED, now)


def _person_gone(referral: Referral) -> Referral:
    if referral.unreachable:
        return referral
    gone = replace(referral, unreachable=True)
    return called(gone) if isinstance(gone.stage, Taken) else gone


def _forgotten(referral: Referral) -> Referral:
    """Nothing that leads to the person."""
    return replace(referral, person=NOBODY, silent=True, card=Card((), ()), doors=())


def _awake(referral: Referral) -> Referral:
    forgotten = referral.person == NOBODY
    if forgotten or not (referral.silent or referral.unreachable):
        return referral
    return told(replace(referral, silent=False, unreachable=False))
