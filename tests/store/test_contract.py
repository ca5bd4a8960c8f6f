"""What every store does, whatever the engine."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.store.errors import Conflict, StoreError, Unreadable
from bot.store.transaction import Kept

PERSON = 4_711
OTHER = -4_712


def test_what_is_kept_comes_back_after_a_restart(any_house):
    with any_house.open().turn(any_house.now) as turn:
        assert turn.conversation(PERSON) is None
        assert turn.keep(PERSON, b"first", None, any_house.tomorrow) == 1
        assert turn.conversation(PERSON) == Kept(b"first", 1)
    any_house.close()
    with any_house.open().turn(any_house.now) as turn:
        assert turn.conversation(PERSON) == Kept(b"first", 1)
        assert turn.conversation(OTHER) is None


@pytest.mark.parametrize("size", [0, 1, 238, 239, 240, 241, 255, 256, 70_000])
def test_a_body_of_any_size_comes_back_as_it_was(any_house, size):
    body = b"\x80\x00" * (size // 2) + b"\x00" * (size % 2)
    with any_house.open().turn(any_house.now) as turn:
        turn.keep(PERSON, body, 0, any_house.tomorrow)
        assert turn.conversation(PERSON) == Kept(body, 1)


def test_only_the_version_that_was_read_can_be_replaced(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"one", 0, any_house.tomorrow)
        assert turn.keep(PERSON, b"two", 1, any_house.tomorrow) == 2
    for stale in (None, 0, 1, 3):
        with pytest.raises(Conflict), store.turn(any_house.now) as turn:
            turn.keep(PERSON, b"stale", stale, any_house.tomorrow)
    with pytest.raises(Conflict), store.turn(any_house.now) as turn:
        turn.keep(OTHER, b"never there", 1, any_house.tomorrow)
    with store.turn(any_house.now) as turn:
        assert turn.conversation(PERSON) == Kept(b"two", 2)
        assert turn.conversation(OTHER) is None


def test_a_version_read_by_one_store_is_stale_once_another_has_written(any_house):
    first, second = any_house.open(), any_house.open()
    with first.turn(any_house.now) as turn:
        turn.keep(PERSON, b"one", 0, any_house.tomorrow)
    with second.turn(any_house.now) as turn:
        turn.keep(PERSON, b"two", 1, any_house.tomorrow)
    with pytest.raises(Conflict), first.turn(any_house.now) as turn:
        turn.keep(PERSON, b"late", 1, any_house.tomorrow)


def test_an_update_is_unseen_once_in_48_hours(any_house):
    """F43, F44."""
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        assert turn.unseen(9)
        assert not turn.unseen(9)
        assert turn.unseen(8)
    with store.turn(any_house.now + timedelta(hours=48)) as turn:
        assert not turn.unseen(9)
    with store.turn(any_house.now + timedelta(hours=49)) as turn:
        assert turn.unseen(9)
        assert not turn.unseen(9)


def test_an_exception_takes_the_whole_turn_back(any_house):
    store = any_house.open()
    with suppress(ZeroDivisionError), store.turn(any_house.now) as turn:
        turn.unseen(1)
        turn.keep(PERSON, b"body", 0, any_house.tomorrow)
        turn.quarantine(1, "ValueError")
        raise ZeroDivisionError
    assert any_house.key_count() == 0
    with store.turn(any_house.now) as turn:
        assert turn.unseen(1)
        assert turn.conversation(PERSON) is None


def test_a_savepoint_is_taken_back_alone(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"old", 0, any_house.tomorrow)
    with store.turn(any_house.now) as turn:
        assert turn.unseen(1)
        with suppress(ZeroDivisionError), turn.savepoint():
            turn.keep(OTHER, b"other", 0, any_house.tomorrow)
            turn.forget(PERSON)
            turn.keep(PERSON, b"new", 0, any_house.tomorrow)
            raise ZeroDivisionError
        turn.quarantine(1, "ZeroDivisionError")
        assert turn.unseen(2)
        with turn.savepoint():
            assert turn.keep(PERSON, b"next", 1, any_house.tomorrow) == 2
    assert any_house.key_count() == 1
    with store.turn(any_house.now) as turn:
        assert not turn.unseen(1)
        assert not turn.unseen(2)
        assert turn.conversation(PERSON) == Kept(b"next", 2)
        assert turn.conversation(OTHER) is None


def test_savepoints_within_savepoints(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn, turn.savepoint():
        turn.keep(PERSON, b"outer", 0, any_house.tomorrow)
        with suppress(ZeroDivisionError), turn.savepoint():
            turn.forget(PERSON)
            raise ZeroDivisionError
    with store.turn(any_house.now) as turn:
        assert turn.conversation(PERSON) == Kept(b"outer", 1)


def test_forgetting_destroys_the_key_with_the_row(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"one", 0, any_house.tomorrow)
        turn.keep(OTHER, b"two", 0, any_house.tomorrow)
    with store.turn(any_house.now) as turn:
        turn.forget(PERSON)
        turn.forget(PERSON)
        assert turn.conversation(PERSON) is None
    assert any_house.key_count() == 1
    with store.turn(any_house.now) as turn:
        assert turn.conversation(PERSON) is None
        assert turn.conversation(OTHER) == Kept(b"two", 1)
        assert turn.keep(PERSON, b"again", None, any_house.tomorrow) == 1


def test_an_expired_conversation_is_gone_before_it_is_swept(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"old", 0, any_house.now + timedelta(minutes=10))
    with store.turn(any_house.now + timedelta(minutes=9, seconds=59)) as turn:
        assert turn.conversation(PERSON) == Kept(b"old", 1)
    later = any_house.now + timedelta(minutes=10)
    with store.turn(later) as turn:
        assert turn.conversation(PERSON) is None
        assert list(turn.kept_since(any_house.now)) == []
        with pytest.raises(Conflict):
            turn.keep(PERSON, b"stale", 1, any_house.tomorrow)
        assert turn.keep(PERSON, b"new", 0, any_house.tomorrow) == 1
    assert any_house.key_count() == 1
    with store.turn(later) as turn:
        assert turn.conversation(PERSON) == Kept(b"new", 1)


def test_a_sweep_erases_what_has_had_its_time(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"short", 0, any_house.now + timedelta(hours=1))
        turn.keep(OTHER, b"long", 0, any_house.now + timedelta(days=30))
        turn.unseen(1)
        turn.quarantine(1, "KeyError")
    with store.turn(any_house.now + timedelta(minutes=59)) as turn:
        assert turn.sweep() == 0
    with store.turn(any_house.now + timedelta(hours=2)) as turn:
        assert turn.sweep() == 1
        assert not turn.unseen(1)
    assert any_house.key_count() == 1
    with store.turn(any_house.now + timedelta(days=8)) as turn:
        assert turn.sweep() == 0
        assert turn.unseen(1)
        assert turn.conversation(OTHER) == Kept(b"long", 1)


def test_more_than_a_sweep_takes_goes_in_the_next(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        for person in range(3):
            turn.keep(person, b"", 0, any_house.now)
    with store.turn(any_house.tomorrow) as turn:
        assert turn.sweep() == 3
        assert turn.sweep() == 0
    assert any_house.key_count() == 0


def test_the_open_conversations_since_a_moment_come_back(any_house):
    store = any_house.open()
    for minutes, person in ((0, 1), (20, 2), (90, 3), (91, 4), (92, 5)):
        now = any_house.now + timedelta(minutes=minutes)
        with store.turn(now) as turn:
            turn.keep(person, b"%d" % person, 0, now + timedelta(minutes=60))
    with store.turn(any_house.now + timedelta(minutes=92)) as turn:
        turn.forget(5)
        late = any_house.now + timedelta(minutes=20)
        assert {kept.body for kept in turn.kept_since(late)} == {b"3", b"4"}
    with store.turn(any_house.now + timedelta(minutes=30)) as turn:
        assert Kept(b"2", 1) in list(turn.kept_since(late))
        assert Kept(b"1", 1) not in list(turn.kept_since(late))


def test_more_open_conversations_than_a_page_all_come_back(any_house, monkeypatch):
    monkeypatch.setattr("bot.store.shelf.PAGE", 50)
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        for person in range(123):
            with turn.savepoint():
                turn.keep(person, b"%d" % person, 0, any_house.tomorrow)
        found = sorted(int(kept.body) for kept in turn.kept_since(any_house.now))
    assert found == list(range(123))


def test_a_moment_without_a_zone_is_refused(any_house):
    with pytest.raises(TypeError), any_house.open().turn(any_house.now.replace(tzinfo=None)):
        pass


def test_a_body_in_another_persons_row_is_not_opened(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"one", 0, any_house.tomorrow)
        turn.keep(OTHER, b"two", 0, any_house.tomorrow)
    swap = "UPDATE conversation SET body = (SELECT body FROM conversation ORDER BY body LIMIT 1)"
    any_house.execute(swap)
    unreadable = 0
    with store.turn(any_house.now) as turn:
        assert len(list(turn.kept_since(any_house.now))) == 1
        for person in (PERSON, OTHER):
            try:
                turn.conversation(person)
            except Unreadable:
                unreadable += 1
                turn.forget(person)
                assert turn.keep(person, b"new", 0, any_house.tomorrow) == 1
    assert unreadable == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE conversation SET version = version + 1",
        "UPDATE conversation SET key = (SELECT key FROM conversation ORDER BY key LIMIT 1)",
        "UPDATE conversation SET (key, body) = (SELECT key, body FROM conversation LIMIT 1)",
    ],
)
def test_a_body_opens_for_its_own_person_version_and_key_only(any_house, change):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        for person in (1, 2):
            turn.keep(person, b"body", 0, any_house.tomorrow)
    any_house.execute(change)
    with store.turn(any_house.now) as turn:
        assert len(list(turn.kept_since(any_house.now))) < 2


def test_after_a_lost_connection_the_turns_go_on(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"body", 0, any_house.tomorrow)
    any_house.lose_connection()
    failures = []
    try:
        with store.turn(any_house.now) as turn:
            turn.unseen(1)
    except StoreError as error:
        failures.append(error.retryable)
    assert all(failures)
    with store.turn(any_house.now) as turn:
        assert turn.unseen(1) == bool(failures)
        assert turn.conversation(PERSON) == Kept(b"body", 1)


def test_a_row_whose_key_is_destroyed_stays_erased(any_house):
    """As after restoring an old copy of the database."""
    with any_house.open().turn(any_house.now) as turn:
        turn.keep(PERSON, b"erased", 0, any_house.tomorrow)
    any_house.close()
    any_house.execute_keys("DELETE FROM keys")
    with any_house.open().turn(any_house.now) as turn:
        assert turn.conversation(PERSON) is None
        assert list(turn.kept_since(any_house.now)) == []
        assert turn.keep(PERSON, b"new", 0, any_house.tomorrow) == 1


def test_a_newer_bots_database_is_refused(any_house):
    any_house.open()
    any_house.close()
    any_house.execute("UPDATE about SET value = '1000' WHERE name = 'version'")
    with pytest.raises(StoreError, match=r"A newer bot wrote this database \(version 1000") as info:
        any_house.open()
    assert not info.value.retryable
