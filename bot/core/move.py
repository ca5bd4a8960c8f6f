"""The life of a case: everything that decides what becomes of a referral lives in this file.

`move` is total: no event raises, in no stage. What does not fit changes nothing and is told.
Letters (`letters`) and timers (`timers`) follow from the case as it then stands.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from bot.core import case_events as events
from bot.core.case_events import CaseEvent
from bot.core.knowledge import Book
from bot.core.referral import (
    Answer,
    Back,
    Contact,
    Decline,
    Ended,
    Ending,
    Page,
    Referral,
    Said,
    Step,
    Suggestion,
    Taken,
    Template,
    Waiting,
)
from bot.core.timers import PRIVATE_WITHIN


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
            return Move(_ended(referral, Ending.TAKEN_BACK, now), Reply.DONE)
        case events.HandedOver():
            return Move(_ended(referral, Ending.FORWARDED, now), Reply.DONE)
        case events.Refused():
            return Move(replace(referral, suggestion=None), Reply.DONE)
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
        case events.Declined(by, reason):
            if isinstance(stage, Taken) and stage.by != by:
                return Move(referral, Reply.NOT_YOURS)
            return Move(_ended(referral, Ending.DECLINED, now, reason), Reply.DONE)
        case events.Due(step):
            return Move(_due(referral, step, now), Reply.DONE)
        case _:
            if not isinstance(stage, Taken) or stage.by != event.by:
                return Move(referral, Reply.NOT_YOURS)
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


def _at_the_desk(
    referral: Referral, stage: Taken, event: Deed, book: Book, now: datetime
) -> Referral:
    main = replace(stage, desk=Page.MAIN)
    match event:
        case events.OpenedPrivate():
            if stage.private_until is None:
                return referral
            opened = replace(referral, stage=replace(stage, private_until=None))
            return _told(_called(opened))
        case events.Released():
            return _waiting(referral, Back.GIVEN_BACK, now)
        case events.Finished():
            return _ended(referral, Ending.DONE, now)
        case events.PassedOn(to=to):
            passed = Taken(to, now, contact=stage.contact, phone=stage.phone)
            return _called(replace(referral, stage=passed, fired=frozenset()))
        case events.Reached():
            return replace(referral, stage=replace(main, contact=Contact.REACHED))
        case events.Unreached():
            if stage.contact is Contact.UNREACHED:
                return referral
            unreached = replace(referral, stage=replace(main, contact=Contact.UNREACHED))
            return _told(unreached)
        case events.Turned(to=page):
            return replace(referral, stage=replace(stage, desk=page))
        case events.LookedUp():
            return _called(replace(referral, stage=main))
        case events.Wrote(_, template, day, clock, site):
            if template is Template.APPOINTMENT and (day is None or clock is None):
                return referral
            said = Said(template, now, day, clock, site)
            # Who writes has found the way to the person: nobody need ask whether they are reached.
            stage_after = replace(main, phone=None)
            return _told(replace(referral, stage=stage_after, exchange=(*referral.exchange, said)))
        case events.Suggested(_, service, reason):
            if service not in book.services or service in referral.services:
                return referral
            suggestion = Suggestion(service, reason, now)
            fired = referral.fired - {Step.DROP}
            return _told(replace(referral, stage=main, suggestion=suggestion, fired=fired))
        case _:
            assert_never(event)


def _claimed(referral: Referral, event: events.Claimed, now: datetime) -> Move:
    stage = referral.stage
    if isinstance(stage, Taken):
        mine = stage.by == event.by
        return Move(referral, Reply.ALREADY_YOURS if mine else Reply.SOMEBODY_ELSE)
    until = None if event.private else now + PRIVATE_WITHIN
    taken = replace(referral, stage=Taken(event.by, now, until), fired=frozenset())
    # The person hears of it once the details have arrived, so that it is true.
    after = _told(_called(taken)) if event.private else taken
    return Move(after, Reply.YOURS if event.private else Reply.OPEN_PRIVATE)


def _replied(referral: Referral, answer: Answer) -> Referral:
    if referral.awaits is None:
        return referral
    *earlier, last = referral.exchange
    answered = replace(referral, exchange=(*earlier, replace(last, answer=answer)))
    return _called(answered)


def _with_phone(referral: Referral, phone: str) -> Referral:
    """Only for whoever has the case now, and only after `call me`."""
    last = referral.exchange[-1] if referral.exchange else None
    asked = last is not None and last.answer is Answer.CALL_ME
    if not asked or not isinstance(referral.stage, Taken):
        return referral
    return _called(replace(referral, stage=replace(referral.stage, phone=phone)))


def _due(referral: Referral, step: Step, now: datetime) -> Referral:
    if step in referral.fired:
        return referral
    fired = replace(referral, fired=referral.fired | {step})
    match step:
        case Step.REMIND:
            return replace(fired, rings=fired.rings + 1)
        case Step.TELL:
            if fired.deputy is not None and not fired.asked_deputy:
                fired = replace(fired, asked_deputy=True)
            return _told(fired)
        case Step.EXPIRE:
            return _ended(fired, Ending.EXPIRED, now)
        case Step.UNDO | Step.REOPEN:
            # Nobody is told of a claim that never was.
            why = Back.LEFT if step is Step.UNDO else Back.SILENT
            return _waiting(fired, why, now)
        case Step.NUDGE:
            return _called(fired)
        case Step.DROP:
            return replace(fired, suggestion=None)
        case Step.FORGET:
            return _ended(fired, Ending.FORGOTTEN, now)
        case _:
            assert_never(step)


def _channel_failed(referral: Referral, service: str, now: datetime) -> Referral:
    if isinstance(referral.stage, Taken) or service not in referral.services:
        # Whoever has it goes on in private; the group is only where it was read.
        return referral
    if service == referral.service and referral.deputy is not None and not referral.asked_deputy:
        return _told(replace(referral, asked_deputy=True))
    if service != referral.service:
        return replace(referral, deputy=None, asked_deputy=False)
    return _ended(referral, Ending.NOT_DELIVERED, now)


def _colleague_gone(referral: Referral, who: int, now: datetime) -> Referral:
    stage = referral.stage
    if isinstance(stage, Taken) and stage.by == who:
        return _waiting(referral, Back.LEFT, now)
    if referral.privately is None or who not in referral.privately:
        return referral
    # The others keep their places, by which their letters are known.
    rest = tuple(0 if one == who else one for one in referral.privately)
    if any(rest) or isinstance(stage, Taken):
        return replace(referral, privately=rest)
    return _ended(replace(referral, privately=rest), Ending.NOT_DELIVERED, now)


def _person_gone(referral: Referral) -> Referral:
    if referral.unreachable:
        return referral
    gone = replace(referral, unreachable=True)
    return _called(gone) if isinstance(gone.stage, Taken) else gone


def _awake(referral: Referral) -> Referral:
    if not referral.silent and not referral.unreachable:
        return referral
    return _told(replace(referral, silent=False, unreachable=False))


def _waiting(referral: Referral, why: Back, now: datetime) -> Referral:
    stage = referral.stage
    never_was = isinstance(stage, Taken) and stage.private_until is not None
    back = replace(
        referral,
        stage=Waiting(referral.offered if never_was else now, None if never_was else why),
        suggestion=None,
        fired=frozenset(),
        rings=referral.rings + 1,
    )
    return back if never_was else _told(back)


def _ended(
    referral: Referral, how: Ending, now: datetime, reason: Decline | None = None
) -> Referral:
    by = referral.stage.by if isinstance(referral.stage, Taken) else None
    stage = Ended(how, now, reason, by)
    ended = replace(referral, stage=stage, suggestion=None, exchange=())
    if how not in _OWN_DEEDS:
        return _told(ended)
    return ended if by is None else _called(ended)


_OWN_DEEDS: Final = frozenset({Ending.TAKEN_BACK, Ending.FORWARDED})
"""The person has just tapped: the phone that rings is the counsellor's."""


def _told(referral: Referral) -> Referral:
    """A new letter, at which the person's phone rings."""
    return replace(referral, news=referral.news + 1)


def _called(referral: Referral) -> Referral:
    """A new letter, at which the phone of whoever took the case rings."""
    return replace(referral, calls=referral.calls + 1)
