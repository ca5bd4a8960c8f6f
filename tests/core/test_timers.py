"""What a case waits for: once each, never for ever, in the hours of the service."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core import case_events as events
from bot.core.knowledge import Book
from bot.core.letters import StatusView, letters
from bot.core.move import move
from bot.core.referral import Back, Ended, Referral, Step, Taken, Waiting
from bot.core.timers import timers, told_by
from tests.core.case_lives import (
    ANNA,
    CHOSEN,
    DEPUTY,
    NOW,
    after,
    asked_deputy,
    handed_over,
    lives,
    offices,
    taken,
)

BERLIN_16 = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
"""Wednesday, 16 o'clock on the wall: the office closes."""


@pytest.fixture(scope="session")
def office_book(book: Book) -> Book:
    return offices(book)


def test_each_step_fires_once(office_book: Book) -> None:
    for one in lives(office_book, depth=1):
        for step, due in timers(one, office_book).items():
            then = move(one, events.Due(step), office_book, max(due, NOW)).referral
            assert then != one, step
            assert step not in timers(then, office_book), step
            again = move(then, events.Due(step), office_book, max(due, NOW)).referral
            assert again == then, step


def test_a_step_that_is_not_waited_for_changes_nothing(office_book: Book) -> None:
    for one in lives(office_book, depth=1):
        for step in set(Step) - set(timers(one, office_book)):
            assert move(one, events.Due(step), office_book, NOW).referral == one


def test_everything_ends_when_nobody_does_anything(office_book: Book) -> None:
    """Nothing waits in the past for ever, and nothing that becomes due makes something overdue."""
    for one in lives(office_book, depth=1):
        fired, now, then = 0, NOW, one
        while to_come := timers(then, office_book):
            step, due = min(to_come.items(), key=lambda item: item[1])
            assert due >= now or fired == 0, (step, then)
            now = max(now, due)
            then = move(then, events.Due(step), office_book, now).referral
            fired += 1
            assert fired <= len(Step) + 3, (step, then)
        assert isinstance(then.stage, Ended)
        assert now <= NOW + timedelta(days=22)


def test_the_colleagues_are_reminded_before_the_person_is_told(office_book: Book) -> None:
    for one in lives(office_book):
        to_come = timers(one, office_book)
        if Step.REMIND in to_come and Step.TELL in to_come:
            assert to_come[Step.REMIND] <= to_come[Step.TELL] < to_come[Step.EXPIRE]
        if Step.NUDGE in to_come and Step.REOPEN in to_come:
            assert to_come[Step.NUDGE] < to_come[Step.REOPEN] < to_come[Step.FORGET]


def test_every_instant_is_utc(office_book: Book) -> None:
    for one in lives(office_book):
        assert all(due.tzinfo is UTC for due in timers(one, office_book).values())


def test_the_clock_that_the_person_reads_is_the_one_that_strikes(office_book: Book) -> None:
    for one in lives(office_book):
        status = [
            letter.view
            for letter in letters(one, office_book, NOW).values()
            if isinstance(letter.view, StatusView)
        ]
        for view in status:
            if view.told_by is not None:
                assert view.told_by == told_by(one, office_book)
                assert view.told_by in timers(one, office_book).values()
                assert view.waits


def test_the_person_is_told_at_the_end_of_the_first_full_working_day(office_book: Book) -> None:
    to_come = timers(handed_over(), office_book)
    assert to_come == {
        Step.REMIND: BERLIN_16 - timedelta(hours=1),
        Step.TELL: BERLIN_16,
        Step.EXPIRE: NOW + timedelta(days=7),
    }


def test_the_deputys_time_is_a_day_of_the_deputy(office_book: Book) -> None:
    """From Monday to Thursday, 10 to 18."""
    told = move(
        replace(handed_over(), deputy=DEPUTY), events.Due(Step.TELL), office_book, BERLIN_16
    ).referral
    assert told.deputy_since == BERLIN_16
    thursday_18 = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
    assert timers(told, office_book)[Step.TELL_AGAIN] == thursday_18
    assert Step.TELL not in timers(told, office_book)
    again = move(told, events.Due(Step.TELL_AGAIN), office_book, thursday_18).referral
    assert again.news == told.news + 1
    assert told_by(again, office_book) is None


def test_nobody_is_promised_more_than_the_case_lives(office_book: Book) -> None:
    late = asked_deputy()
    since = NOW + timedelta(days=6, hours=20)
    late = replace(late, deputy_since=since)
    promise = told_by(late, office_book)
    assert promise == NOW + timedelta(days=7)


def test_a_service_that_the_knowledge_base_has_lost_answers_nobody(office_book: Book) -> None:
    """F63."""
    rest = {name: one for name, one in office_book.services.items() if name != CHOSEN}
    without = replace(office_book, services=rest)
    to_come = timers(handed_over(), without)
    assert to_come == {Step.TELL: NOW, Step.EXPIRE: NOW + timedelta(days=7)}
    told = move(handed_over(), events.Due(Step.TELL), without, NOW).referral
    assert set(timers(told, without)) == {Step.EXPIRE}
    assert set(timers(taken(without), without)) == {Step.FORGET}


def test_a_deputy_that_the_knowledge_base_has_lost_is_not_asked(office_book: Book) -> None:
    rest = {name: one for name, one in office_book.services.items() if name != DEPUTY}
    told = move(
        replace(handed_over(), deputy=DEPUTY),
        events.Due(Step.TELL),
        replace(office_book, services=rest),
        BERLIN_16,
    ).referral
    assert told.services == (CHOSEN,)


def test_a_claim_whose_private_chat_is_closed_is_undone_after_a_quarter_of_an_hour(
    office_book: Book,
) -> None:
    """F20, F62."""
    one = after(handed_over(), office_book, events.Claimed(ANNA, private=False))
    assert isinstance(one.stage, Taken)
    assert timers(one, office_book) == {
        Step.UNDO: NOW + timedelta(minutes=15),
        Step.TELL: BERLIN_16,
    }


def test_whoever_has_done_something_is_not_reminded(office_book: Book) -> None:
    one = taken(office_book)
    assert set(timers(one, office_book)) == {Step.NUDGE, Step.REOPEN, Step.FORGET}
    for event in (
        events.Reached(ANNA),
        events.Unreached(ANNA),
        events.Wrote(ANNA, events.Template.BRING),
    ):
        assert set(timers(after(one, office_book, event), office_book)) == {Step.FORGET}


def test_three_working_days_without_a_sign_are_on_friday(office_book: Book) -> None:
    """F61."""
    friday_16 = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    to_come = timers(taken(office_book), office_book)
    assert to_come[Step.NUDGE] == BERLIN_16
    assert to_come[Step.REOPEN] == friday_16
    silent = move(taken(office_book), events.Due(Step.REOPEN), office_book, friday_16).referral
    assert silent.stage == Waiting(friday_16, Back.SILENT)


def test_what_is_over_waits_for_nothing(office_book: Book) -> None:
    for one in lives(office_book):
        assert bool(timers(one, office_book)) is one.is_open, _where(one)


def _where(one: Referral) -> str:
    return f"{one.stage}"
