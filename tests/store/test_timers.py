"""Steps to come: replaced as a whole, due exactly, taken by one."""

from datetime import timedelta
from enum import StrEnum


class Step(StrEnum):
    REMIND = "remind"
    EXPIRE = "expire_step"


SECOND = timedelta(microseconds=1)


def test_steps_are_due_to_the_microsecond_oldest_first(any_house):
    now = any_house.now
    with any_house.open().turn(now) as turn:
        assert turn.timers.next_due() is None
        turn.timers.replace("B", {Step.EXPIRE: now, Step.REMIND: now - SECOND})
        turn.timers.replace("A", {"tell": now, "late": now + SECOND})
    any_house.close()
    with any_house.open().turn(now) as turn:
        due = [("B", "remind"), ("A", "tell"), ("B", "expire_step")]
        assert turn.timers.due(now, 9) == due
        assert turn.timers.due(now, 2) == due[:2]
        assert turn.timers.due(now + SECOND, 9) == [*due, ("A", "late")]
        assert turn.timers.due(now - 2 * SECOND, 9) == []
        assert turn.timers.next_due() == now - SECOND


def test_replacing_names_all_steps_of_an_owner(any_house):
    now = any_house.now
    with any_house.open().turn(now) as turn:
        turn.timers.replace("A", {"remind": now, "tell": now})
        turn.timers.replace("B", {"remind": now})
        turn.timers.replace("A", {"tell": now + SECOND, "expire": now})
        assert turn.timers.due(now, 9) == [("A", "expire"), ("B", "remind")]
        assert turn.timers.due(now + SECOND, 9)[-1] == ("A", "tell")
        turn.timers.replace("A", {})
        assert turn.timers.due(any_house.tomorrow, 9) == [("B", "remind")]


def test_a_step_is_taken_once(any_house):
    first, second = any_house.open(), any_house.open()
    with first.turn(any_house.now) as turn:
        turn.timers.replace("A", {"remind": any_house.now})
    with first.turn(any_house.now) as turn:
        assert turn.timers.drop("A", "remind")
    with second.turn(any_house.now) as turn:
        assert not turn.timers.drop("A", "remind")
        assert turn.timers.due(any_house.tomorrow, 9) == []


def test_a_step_that_was_put_off_meanwhile_is_not_taken(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.timers.replace("A", {"remind": any_house.tomorrow})
    with store.turn(any_house.now) as turn:
        assert not turn.timers.drop("A", "remind")
        assert turn.timers.next_due() == any_house.tomorrow
    with store.turn(any_house.tomorrow) as turn:
        assert turn.timers.drop("A", "remind")
