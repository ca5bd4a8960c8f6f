"""What a person can hand over, to whom, and which case it takes the place of."""

from dataclasses import replace
from datetime import date
from typing import Final

from bot.core import case_events, events
from bot.core.card import card, case_of, may_be_child
from bot.core.case_events import CaseEvent
from bot.core.findings import findings
from bot.core.knowledge import Book
from bot.core.questionnaire import next_question
from bot.core.referral import Answer, Card, Ended, Ending, Referral, Taken, Waiting
from bot.core.responsibility import Door, Doors, doors, may_report
from bot.core.state import (
    AskPhone,
    ConsentPage,
    Conversation,
    Note,
    Offer,
    Order,
    Receiver,
    Show,
    ShowAnew,
    TakeAwayTyped,
    Turn,
)
from bot.core.team import Reach

MOST_OPEN: Final = 3
"""Cases of one person at once: enough for lead and partners, too few for a flood. What the person
has taken back counts too, as long as it is kept; what the counsellors have ended does not."""


def receiver(service: str, talk: Conversation, book: Book) -> Receiver | None:
    """Who would get the card of this talk; None where nothing can be handed over."""
    known = talk.around.receivers.get(service)
    if known is None or service not in book.services or may_report(service, talk.case, book):
        return None
    enough = (Reach.BOTH,) if may_be_child(talk.case) else (Reach.GROUP, Reach.BOTH)
    return known if known.reach in enough else None


def about(service: str, talk: Conversation, book: Book) -> Conversation:
    """The talk whose card this service would get.

    Where a counsellor suggests the service it is the case's own matter, although the answers may
    be forgotten by now, or the talk is about something else.
    """
    for one in talk.open_cases:
        if _is_suggested(service, one):
            sent = case_of(one.card, book)
            same = _is_about(one, talk, book)
            return replace(talk, case={**sent, **talk.case} if same else sent)
    return talk


def deputy_of(service: str, talk: Conversation, book: Book) -> str | None:
    """Who gets the card of this talk too when nobody answers in time: it stands on the card."""
    deputy = book.services[service].deputy if service in book.services else None
    if deputy is None or may_be_child(talk.case) or _has_it(deputy, talk):
        return None
    return deputy if receiver(deputy, talk, book) is not None else None


def offers(door: Door, talk: Conversation, book: Book) -> bool:
    """Whether this door gets a button for it: it can receive, and does not have the case yet."""
    free = not door.may_report and not _has_it(door.id, talk)
    return free and _is_told(talk, book) and receiver(door.id, talk, book) is not None


def replaced(service: str, talk: Conversation, book: Book, today: date) -> tuple[Referral, ...]:
    """The open cases that end when the person hands over to this service.

    Where a counsellor suggested it; and of this very matter, where nobody answered in time, and
    where the answers have changed so that the old door does not lead any more (Übergabe,
    Handreichung 2006, 1.4 b).
    """
    every = doors(findings(talk.case, book), talk.case, book, today)
    gone = outgrown(talk, every, book)
    return tuple(
        one
        for one in talk.open_cases
        if one.office != service
        and (
            _is_suggested(service, one)
            or (one.overdue and isinstance(one.stage, Waiting) and _is_about(one, talk, book))
            or one in gone
        )
    )


def outgrown(talk: Conversation, every: Doors, book: Book) -> tuple[Referral, ...]:
    """Open cases of this very matter whose office is not among these doors any more."""
    here = {door.id for door in every.every()}
    return tuple(
        one for one in talk.open_cases if one.office not in here and _is_about(one, talk, book)
    )


def asked(now: Conversation, event: events.AskedToHandOver, book: Book) -> Turn:
    """Show exactly what would be sent."""
    service = event.service
    suggested = any(_is_suggested(service, one) for one in now.open_cases)
    if _has_it(service, now) or (_has_enough(now) and not suggested):
        return _said(now, Note.ALREADY_SENT)
    if not suggested and not _is_told(now, book):
        return Turn(now, (Show(),))
    if receiver(service, about(service, now, book), book) is None or not now.around.fresh:
        return _said(now, Note.NOT_RECEIVING)
    page = ConsentPage(service, now.around.fresh)
    return Turn(replace(now, pages=(page,)), (Show(),))


def consented(now: Conversation, event: events.Consented, book: Book) -> Turn:
    """Only the yes that stands on the page now sends anything."""
    if now.page != ConsentPage(event.service, event.code):
        return Turn(now, (Show(),))
    talk = about(event.service, now, book)
    if receiver(event.service, talk, book) is None:
        return _said(replace(now, pages=()), Note.NOT_RECEIVING)
    offer = Offer(
        event.code,
        event.service,
        card(talk.case, talk.language, book),
        may_be_child(talk.case),
        deputy_of(event.service, talk, book),
    )
    return Turn(replace(now, pages=(), note=Note.SENT), (offer, Show()))


def refused(now: Conversation, event: events.Refused) -> Turn:
    """No to the page, and to the counsellor who suggested this service."""
    orders = tuple(
        Order(one.code, case_events.Refused())
        for one in now.open_cases
        if _is_suggested(event.service, one)
    )
    if isinstance(now.page, ConsentPage) and now.page.service == event.service:
        return Turn(replace(now, pages=(), note=Note.NOT_SENT), (*orders, Show()))
    return Turn(replace(now, note=Note.NOT_SENT if orders else None), (*orders, Show()))


def took_back(now: Conversation, event: events.TookBack) -> Turn:
    if not any(one.code == event.code for one in now.open_cases):
        return Turn(now, (Show(),))
    order = Order(event.code, case_events.TakenBack())
    return Turn(replace(now, note=Note.TAKEN_BACK), (order, Show()))


def replied(now: Conversation, event: events.Replied) -> Turn:
    """An answer to the newest message of a case, if it waits for one."""
    waiting = any(one.code == event.code and one.awaits is not None for one in now.open_cases)
    if not waiting or event.answer not in {str(known) for known in Answer}:
        return Turn(now, (Show(),))
    answer = Answer(event.answer)
    order = Order(event.code, case_events.Replied(answer))
    if answer is Answer.CALL_ME:
        return Turn(replace(now, note=Note.SEND_PHONE), (order, Show(), AskPhone()))
    return Turn(replace(now, note=Note.PASSED_ON), (order, Show()))


def gave_phone(now: Conversation, event: events.GavePhone) -> Turn:
    """Goes to whoever asked for it; otherwise it is taken away unread, like any other thing."""
    for one in reversed(now.open_cases):
        if awaits_phone(one):
            order = Order(one.code, case_events.GavePhone(event.phone))
            after = replace(now, note=Note.PASSED_ON)
            return Turn(after, (TakeAwayTyped(), order, ShowAnew()))
    return Turn(replace(now, note=Note.BUTTONS_ONLY), (TakeAwayTyped(), ShowAnew()))


def awaits_phone(one: Referral) -> bool:
    """The person has asked to be called, and whoever does it has no number yet."""
    last = one.exchange[-1] if one.exchange else None
    return (
        last is not None
        and last.answer is Answer.CALL_ME
        and isinstance(one.stage, Taken)
        and one.stage.phone is None
    )


def is_sent(talk: Conversation) -> bool:
    """Something has been sent and is not over: old buttons answer nothing any more."""
    return bool(talk.open_cases)


def to_all(talk: Conversation, event: CaseEvent) -> tuple[Order, ...]:
    """Also to those that are over: how they ended can still be read on the phone."""
    return tuple(Order(one.code, event) for one in talk.around.cases)


def all_taken_back(talk: Conversation) -> tuple[Order, ...]:
    """Not even that it was taken back stays on the phone."""
    forgotten = to_all(talk, case_events.Forgotten())
    return (*to_all(talk, case_events.TakenBack()), *forgotten)


def _has_it(service: str, talk: Conversation) -> bool:
    return any(
        service in one.services if isinstance(one.stage, Waiting) else service == one.office
        for one in talk.open_cases
    )


def _is_told(talk: Conversation, book: Book) -> bool:
    """What decides about the door, and who is a child, was asked."""
    return next_question(talk.case, book) is None


def _has_enough(talk: Conversation) -> bool:
    counted = (
        one
        for one in talk.around.cases
        if not isinstance(one.stage, Ended) or one.stage.how is Ending.TAKEN_BACK
    )
    return sum(1 for _ in counted) >= MOST_OPEN


def _is_suggested(service: str, one: Referral) -> bool:
    return one.suggestion is not None and one.suggestion.service == service


def _is_about(one: Referral, talk: Conversation, book: Book) -> bool:
    return _matter(one.card) == _matter(card(talk.case, talk.language, book))


def _matter(of: Card) -> tuple[str | None, str | None]:
    """What it is about, and for whom: another matter is a case of its own, and ends nothing."""
    return dict(of.group).get("concern"), dict(of.claimer).get("for_whom")


def _said(now: Conversation, note: Note) -> Turn:
    return Turn(replace(now, note=note), (Show(),))
