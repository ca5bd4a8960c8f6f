"""What must hold in every case, whatever happens to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.case_record import pack_case, unpack_case
from bot.core import case_events as events
from bot.core.knowledge import Book
from bot.core.letters import letters
from bot.core.move import Reply, move
from bot.core.referral import Card, Decline, Ended, Ending, Referral, Step, Taken, Waiting
from bot.core.timers import timers
from tests.core.case_lives import (
    ANNA,
    BEN,
    CARLA,
    CHOSEN,
    DEPUTY,
    NOW,
    after,
    asked_deputy,
    beginnings,
    changes,
    child,
    everything,
    handed_over,
    lives,
    offices,
    taken,
)

ANYBODYS = (events.Claimed, events.Declined, events.Turned)
"""What a colleague can do with a case that waits."""


@pytest.fixture(scope="session")
def office_book(book: Book) -> Book:
    return offices(book)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_that_happens_raises_and_every_case_can_be_kept(
    office_book: Book, data: st.DataObject
) -> None:
    one, now = data.draw(st.sampled_from(beginnings(office_book))), NOW
    for event in data.draw(st.lists(st.sampled_from(everything()), max_size=40)):
        now += data.draw(st.sampled_from((timedelta(0), timedelta(hours=5), timedelta(days=2))))
        moved = move(one, event, office_book, now)
        assert isinstance(moved.reply, Reply)
        one = moved.referral
        letters(one, office_book, now)
        timers(one, office_book)
        assert unpack_case(pack_case(one)) == one
        assert one.expires > now or not one.is_open or timers(one, office_book)


def test_nothing_comes_back_from_its_end_and_nobody_takes_what_somebody_has(
    office_book: Book,
) -> None:
    for one, event, then in changes(office_book):
        assert (then.code, then.service, then.offered) == (one.code, one.service, one.offered)
        # What was sent stays as it was sent, until nothing of it stays.
        over = isinstance(then.stage, Ended) or isinstance(event, events.Forgotten)
        assert then.card in ((one.card, Card((), ())) if over else (one.card,))
        if isinstance(one.stage, Ended):
            assert then.stage == one.stage, event
        elif isinstance(one.stage, Taken) and isinstance(then.stage, Taken):
            passed = isinstance(event, events.PassedOn) and event.by == one.stage.by
            assert then.stage.by == (event.to if passed else one.stage.by), event


def test_nobody_but_the_one_who_has_it_changes_a_case_that_is_taken(office_book: Book) -> None:
    for one in lives(office_book):
        if not isinstance(one.stage, Taken):
            continue
        for event in everything():
            by = getattr(event, "by", None)
            if by is not None and by != one.stage.by:
                moved = move(one, event, office_book, NOW)
                assert moved.referral == one, event
                assert moved.reply in (Reply.SOMEBODY_ELSE, Reply.NOT_YOURS)


def test_what_waits_can_only_be_taken_or_declined(office_book: Book) -> None:
    for one in lives(office_book):
        if not isinstance(one.stage, Waiting):
            continue
        for event in everything():
            if getattr(event, "by", None) is not None and not isinstance(event, ANYBODYS):
                moved = move(one, event, office_book, NOW)
                assert moved.referral == one, event
                assert moved.reply is Reply.NOT_YOURS


def test_the_person_can_take_it_back_at_any_time(office_book: Book) -> None:
    for one in lives(office_book):
        then = move(one, events.TakenBack(), office_book, NOW).referral
        assert isinstance(then.stage, Ended)
        if one.is_open:
            assert then.stage.how is Ending.TAKEN_BACK


@given(st.lists(st.sampled_from((ANNA, BEN)), min_size=2, max_size=8), st.data())
@settings(max_examples=60, deadline=None)
def test_of_all_who_tap_at_once_the_first_one_has_it(
    office_book: Book, taps: list[int], data: st.DataObject
) -> None:
    """F46, F57."""
    one, replies = handed_over(), []
    for by in taps:
        private = data.draw(st.booleans())
        moved = move(one, events.Claimed(by, private=private), office_book, NOW)
        one = moved.referral
        replies.append((by, moved.reply))
    assert isinstance(one.stage, Taken)
    assert one.stage.by == taps[0]
    assert all((reply is Reply.SOMEBODY_ELSE) is (by != taps[0]) for by, reply in replies)


@given(st.permutations([events.TakenBack(), events.Claimed(ANNA, private=True)]))
def test_taking_back_and_claiming_at_once_have_one_story(
    office_book: Book, happens: list[events.CaseEvent]
) -> None:
    """Either the counsellor never sees the details, or sees that they are gone. F58."""
    one = after(handed_over(), office_book, *happens)
    assert isinstance(one.stage, Ended)
    assert one.stage.how is Ending.TAKEN_BACK
    assert one.stage.by == (ANNA if isinstance(happens[0], events.Claimed) else None)


def test_a_claim_that_comes_to_nothing_leaves_everything_as_it_was(office_book: Book) -> None:
    for one in (*beginnings(office_book)[:4], after(taken(office_book), office_book, _released())):
        claimed = move(one, events.Claimed(ANNA, private=False), office_book, NOW).referral
        undone = move(claimed, events.Due(Step.UNDO), office_book, NOW).referral
        assert undone == replace(one, rings=one.rings + 1)


def _released() -> events.CaseEvent:
    return events.Released(ANNA)


def test_a_claim_without_private_chat_can_do_nothing_yet(office_book: Book) -> None:
    one = after(handed_over(), office_book, events.Claimed(ANNA, private=False))
    for event in (events.Reached(ANNA), events.LookedUp(ANNA), events.Finished(ANNA)):
        moved = move(one, event, office_book, NOW)
        assert moved.referral == one
        assert moved.reply is Reply.OPEN_PRIVATE


def test_tapping_again_once_the_private_chat_is_open_opens_the_case(office_book: Book) -> None:
    one = after(handed_over(), office_book, events.Claimed(ANNA, private=False))
    moved = move(one, events.Claimed(ANNA, private=True), office_book, NOW)
    assert moved.reply is Reply.YOURS
    assert moved.referral.stage == taken(office_book).stage


def test_what_is_given_back_late_waits_for_a_week_again(office_book: Book) -> None:
    late = NOW + timedelta(days=10)
    back = move(taken(office_book), events.Released(ANNA), office_book, late).referral
    assert back.expires > late + timedelta(days=7)
    assert timers(back, office_book)[Step.EXPIRE] == late + timedelta(days=7)


def test_what_was_written_to_one_counsellor_is_not_for_the_next(office_book: Book) -> None:
    for one in lives(office_book):
        if isinstance(one.stage, Waiting):
            assert not one.exchange
            assert one.suggestion is None


def test_a_deputy_works_at_the_deputys_desk(office_book: Book) -> None:
    one = after(asked_deputy(), office_book, events.Claimed(CARLA, private=True, deputy=True))
    assert one.office == DEPUTY
    assert after(one, office_book, events.Released(CARLA)).office == CHOSEN


def test_nobody_stands_in_for_the_deputy_who_was_not_asked(office_book: Book) -> None:
    one = replace(handed_over(), deputy=DEPUTY)
    assert (
        after(one, office_book, events.Claimed(CARLA, private=True, deputy=True)).office == CHOSEN
    )


def test_the_deputys_no_leaves_it_with_the_chosen_service(office_book: Book) -> None:
    no = events.Declined(CARLA, Decline.NO_CAPACITY, deputy=True)
    one = after(asked_deputy(), office_book, no)
    assert isinstance(one.stage, Waiting)
    assert one.services == (CHOSEN,)
    cut_off = after(asked_deputy(), office_book, events.ChannelFailed(CHOSEN), no)
    assert isinstance(cut_off.stage, Ended)


def test_a_channel_that_fails_twice_ends_nothing_while_the_deputy_has_it(
    office_book: Book,
) -> None:
    failed = events.ChannelFailed(CHOSEN)
    one = after(replace(handed_over(), deputy=DEPUTY), office_book, failed, failed)
    assert one.services == (CHOSEN, DEPUTY)
    assert isinstance(one.stage, Waiting)
    over = after(one, office_book, events.ChannelFailed(DEPUTY))
    assert isinstance(over.stage, Ended)
    assert over.stage.how is Ending.NOT_DELIVERED


def test_a_colleague_who_has_gone_gets_no_card_of_a_child(office_book: Book) -> None:
    one = after(
        child(), office_book, events.Claimed(ANNA, private=True), events.ColleagueGone(ANNA)
    )
    assert one.privately == (0, BEN)


def test_a_timer_that_comes_too_late_ends_nothing(office_book: Book) -> None:
    """The case was taken while the clock struck."""
    for step in (Step.EXPIRE, Step.TELL, Step.TELL_AGAIN, Step.REMIND, Step.UNDO, Step.DROP):
        assert after(taken(office_book), office_book, events.Due(step)) == taken(office_book)


def test_whoever_takes_it_the_second_time_has_to_do_something_too(office_book: Book) -> None:
    wrote = events.Wrote(ANNA, events.Template.LONGER)
    one = after(
        taken(office_book), office_book, wrote, _released(), events.Claimed(BEN, private=True)
    )
    assert Step.REOPEN in timers(one, office_book)


def test_who_suggests_has_done_something(office_book: Book) -> None:
    suggests = events.Suggested(ANNA, DEPUTY, events.Forward.CLOSER)
    for answer in (events.Refused(), events.Due(Step.DROP)):
        one = after(taken(office_book), office_book, suggests, answer)
        assert one.suggestion is None
        assert Step.REOPEN not in timers(one, office_book)


def test_a_second_suggestion_waits_for_three_days_again(office_book: Book) -> None:
    suggests = events.Suggested(ANNA, DEPUTY, events.Forward.CLOSER)
    one = after(taken(office_book), office_book, suggests, events.Due(Step.DROP), suggests)
    assert timers(one, office_book)[Step.DROP] == NOW + timedelta(days=3)


def test_only_the_newest_message_can_be_answered(office_book: Book) -> None:
    for one in lives(office_book):
        for answer in events.Answer:
            then = move(one, events.Replied(answer), office_book, NOW).referral
            if one.awaits is None:
                assert then == one
            else:
                assert then.exchange[:-1] == one.exchange[:-1]
                assert then.awaits is None


def test_a_number_is_only_for_the_one_who_was_asked_to_call(office_book: Book) -> None:
    for one in lives(office_book):
        last = one.exchange[-1] if one.exchange else None
        asked = isinstance(one.stage, Taken) and last and last.answer is events.Answer.CALL_ME
        then = move(one, events.GavePhone("+49 1"), office_book, NOW).referral
        assert (then != one) is bool(asked)


def test_expiry_lies_after_everything_that_is_to_come(office_book: Book) -> None:
    for one in lives(office_book):
        assert all(due <= one.expires for due in timers(one, office_book).values()), _what(one)


def _what(one: Referral) -> str:
    return f"{one.stage} {one.fired}"
