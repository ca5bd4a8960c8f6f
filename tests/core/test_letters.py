"""Who reads what of a case, in every state, and at whose phone it rings."""

from collections.abc import Mapping

import pytest

from bot.core import case_events as events
from bot.core.case_events import CaseEvent
from bot.core.knowledge import Book
from bot.core.letters import CardView, Letter, StatusView, ToGroup, ToPerson, letters
from bot.core.move import move
from bot.core.referral import Ended, Referral, Taken
from tests.core.case_lives import (
    CANARIES,
    HIDDEN,
    NOW,
    PERSON,
    PHONE,
    SEEN,
    asked_deputy,
    changes,
    lives,
    offices,
)

PERSONS_DEEDS = (
    events.TakenBack,
    events.Replied,
    events.GavePhone,
    events.Refused,
    events.HandedOver,
    events.Spoke,
    events.Silenced,
    events.Forgotten,
    events.PersonGone,
)
OPENS_DETAILS = (events.Claimed, events.OpenedPrivate, events.LookedUp)
"""After these the counsellor's own phone gets the details anew."""


@pytest.fixture(scope="session")
def office_book(book: Book) -> Book:
    return offices(book)


def _letters(one: Referral, book: Book) -> Mapping[str, Letter]:
    return letters(one, book, NOW)


def test_what_only_the_one_who_takes_it_may_read_stands_nowhere_else(office_book: Book) -> None:
    shown = 0
    for one in lives(office_book):
        by = one.stage.by if isinstance(one.stage, Taken) else None
        for slot, letter in _letters(one, office_book).items():
            secret = {canary for canary in (HIDDEN, PHONE) if canary in repr(letter.view)}
            shown += bool(secret)
            assert not secret or letter.to == ToPerson(by or 0), slot
    assert shown, "the details are shown to somebody"


def test_nobody_reads_the_details_in_a_chat_that_is_not_open(office_book: Book) -> None:
    for one in lives(office_book):
        if isinstance(one.stage, Taken) and one.stage.private_until is not None:
            assert not [slot for slot in _letters(one, office_book) if slot.startswith("details")]


def test_once_taken_or_over_the_card_holds_nothing_of_the_person(office_book: Book) -> None:
    seen = 0
    for one in lives(office_book):
        views = [letter.view for letter in _letters(one, office_book).values()]
        cards = [view for view in views if isinstance(view, CardView)]
        seen += any(SEEN in repr(card) for card in cards)
        if isinstance(one.stage, Taken | Ended):
            for card in cards:
                assert not card.facts
                assert card.waits_since is None
                assert "phone=None" in repr(card) or isinstance(card.stage, Ended)
        if isinstance(one.stage, Ended):
            assert not [canary for canary in CANARIES if canary in repr(views)]
    assert seen, "the card is shown while it waits"


def test_the_group_never_learns_who_has_it(office_book: Book) -> None:
    for one in lives(office_book):
        for letter in _letters(one, office_book).values():
            stage = letter.view.stage if isinstance(letter.view, CardView) else None
            if isinstance(stage, Taken):
                assert stage.by == 0
            if isinstance(stage, Ended):
                assert stage.by is None


def test_of_a_child_nothing_stands_in_a_group(office_book: Book) -> None:
    for one in lives(office_book):
        if one.privately is not None:
            to = [letter.to for letter in _letters(one, office_book).values()]
            assert not [place for place in to if isinstance(place, ToGroup)]


def test_silence_leaves_nothing_on_the_phone_and_rings_nothing(office_book: Book) -> None:
    for one in lives(office_book):
        to_person = [
            letter
            for letter in _letters(one, office_book).values()
            if letter.to == ToPerson(PERSON)
        ]
        assert bool(to_person) is not (one.silent or one.unreachable)
        assert all(isinstance(letter.view, StatusView) for letter in to_person)
        assert len(to_person) <= 1, "one living card"


def test_nobodys_phone_rings_because_of_what_they_did_themselves(office_book: Book) -> None:
    for one, event, then in changes(office_book):
        rung = _rung(_letters(one, office_book), _letters(then, office_book))
        if isinstance(event, PERSONS_DEEDS):
            assert ToPerson(PERSON) not in rung, event
        by = getattr(event, "by", None)
        if by is not None and not isinstance(event, OPENS_DETAILS):
            # A card in private chats rings again for everybody when it waits again.
            assert one.privately is not None or ToPerson(by) not in rung, event


def test_nothing_repeats_in_a_group(office_book: Book) -> None:
    """It is edited; only the deputy gets a new card, once."""
    for one, event, then in changes(office_book):
        rung = _rung(_letters(one, office_book), _letters(then, office_book))
        groups = {to for to in rung if isinstance(to, ToGroup)}
        assert groups == {ToGroup(new) for new in set(then.services) - set(one.services)}, event


def test_what_changes_nothing_rings_nowhere(office_book: Book) -> None:
    for one, event, then in changes(office_book):
        same = (then.stage, then.fired, then.exchange, then.suggestion) == (
            one.stage,
            one.fired,
            one.exchange,
            one.suggestion,
        )
        if same and not isinstance(event, _RINGS_ANYWAY):
            assert not _rung(_letters(one, office_book), _letters(then, office_book)), event


_RINGS_ANYWAY = (
    events.LookedUp,
    events.CameBack,
    events.PersonGone,
    events.ChannelFailed,
    events.GavePhone,
    events.Declined,
    events.ColleagueGone,
)
"""The details again, the status again, or somebody more or less who can take it."""


def test_at_most_one_reads_the_details(office_book: Book) -> None:
    for one in lives(office_book):
        assert len([slot for slot in _letters(one, office_book) if slot.startswith("details")]) <= 1


def test_while_the_deputy_has_it_too_the_person_reads_both_and_then_who_took_it(
    office_book: Book,
) -> None:
    one = asked_deputy()
    status = _status(one, office_book)
    assert (status.service, status.deputy) == ("mbe_prignitz", "jmd_prignitz")
    claimed = _after(one, events.Claimed(21, private=True, deputy=True), office_book)
    status = _status(claimed, office_book)
    assert (status.service, status.deputy) == ("jmd_prignitz", None)


def _status(one: Referral, book: Book) -> StatusView:
    (view,) = (
        letter.view
        for letter in _letters(one, book).values()
        if isinstance(letter.view, StatusView)
    )
    return view


def _after(one: Referral, event: CaseEvent, book: Book) -> Referral:
    return move(one, event, book, NOW).referral


def _rung(before: Mapping[str, Letter], now: Mapping[str, Letter]) -> set[ToGroup | ToPerson]:
    """Where a slot is new, or another phone than before has it."""
    return {
        letter.to
        for slot, letter in now.items()
        if slot not in before or before[slot].to != letter.to
    }
