"""What a person can hand over, to whom, and which case it takes the place of."""

from dataclasses import replace
from datetime import date
from typing import Final

from bot.core import case_events, events
from bot.core.card import card, is_child
from bot.core.case_events import CaseEvent
from bot.core.findings import findings
from bot.core.knowledge import Book
from bot.core.referral import Answer, Referral, Step, Taken, Waiting
from bot.core.responsibility import Door, doors
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
"""Cases of one person that are kept at once: enough for lead and partners, too few for a flood."""


def receiver(service: str, talk: Conversation, book: Book) -> Receiver | None:
    """Who would get the card of this talk; None where nothing can be handed over."""
    known = talk.around.receivers.get(service)
    if known is None or service not in book.services:
        return None
    enough = (Reach.BOTH,) if is_child(talk.case) else (Reach.GROUP, Reach.BOTH)
    return known if known.reach in enough else None


def offers(door: Door, talk: Conversation, book: Book) -> bool:
    """Whether this door gets a button for it: it can receive, and does not have the case yet."""
    # Nothing is sent to a body that may have to report, while we do not know about the papers.
    free = not door.may_report and not _has_it(door.id, talk)
    return free and receiver(door.id, talk, book) is not None


def replaced(service: str, talk: Conversation, book: Book, today: date) -> tuple[Referral, ...]:
    """The open cases that end when the person hands over to this service.

    Where a counsellor suggested it, where nobody answered in time, and where the answers have
    changed so that the old door does not lead any more (Übergabe, Handreichung 2006, 1.4 b).
    """
    here = {door.id for door in doors(findings(talk.case, book), talk.case, book, today).every()}
    return tuple(
        one
        for one in talk.open_cases
        if one.service != service
        and (
            (one.suggestion is not None and one.suggestion.service == service)
            or (isinstance(one.stage, Waiting) and Step.TELL in one.fired)
            or one.service not in here
        )
    )


def asked(now: Conversation, event: events.AskedToHandOver, book: Book) -> Turn:
    """Show exactly what would be sent."""
    service = event.service
    if _has_it(service, now) or len(now.around.cases) >= MOST_OPEN:
        return _said(now, Note.ALREADY_SENT)
    if receiver(service, now, book) is None or not now.around.fresh:
        return _said(now, Note.NOT_RECEIVING)
    page = ConsentPage(service, now.around.fresh)
    return Turn(replace(now, pages=(page,)), (Show(),))


def consented(now: Conversation, event: events.Consented, book: Book) -> Turn:
    """Only the yes that stands on the page now sends anything."""
    if now.page != ConsentPage(event.service, event.code):
        return Turn(now, (Show(),))
    if receiver(event.service, now, book) is None:
        return _said(replace(now, pages=()), Note.NOT_RECEIVING)
    offer = Offer(event.code, event.service, card(now.case, now.language, book), is_child(now.case))
    return Turn(replace(now, pages=(), note=Note.SENT), (offer, Show()))


def refused(now: Conversation, event: events.Refused) -> Turn:
    """No to the page, or to a service that a counsellor suggested."""
    if isinstance(now.page, ConsentPage) and now.page.service == event.service:
        return _said(replace(now, pages=()), Note.NOT_SENT)
    orders = tuple(
        Order(one.code, case_events.Refused())
        for one in now.open_cases
        if one.suggestion is not None and one.suggestion.service == event.service
    )
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
    return tuple(Order(one.code, event) for one in talk.open_cases)


def _has_it(service: str, talk: Conversation) -> bool:
    return any(service in one.services for one in talk.open_cases)


def _said(now: Conversation, note: Note) -> Turn:
    return Turn(replace(now, note=note), (Show(),))
