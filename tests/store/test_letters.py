"""Letters: what should stand, what stands, and the trace of everything that went out."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from bot.store import letters
from bot.store.letters import Due, Letter, Wish

CODE, OTHER = "K7M3QX9PT", "A2B3C4D5E"
GROUP, PERSON, NEW_GROUP = -1_001_234_567_890, 4_711, -1_009_876_543_210


@pytest.fixture
def store(any_house):
    return any_house.open()


def want(turn, house, content="c1", chat=GROUP):
    turn.letters.want(CODE, {"card": Wish(chat, 1, content)}, house.now)


def place(turn, message=17, slot="card", owner=CODE):
    assert turn.letters.sending(owner, slot)
    turn.letters.reserved(owner, slot, message)


def only(turn, owner=CODE) -> Letter:
    (due,) = turn.letters.of(owner)
    return due.letter


def slots(found) -> list[str]:
    return [due.letter.slot for due in found]


def test_a_letter_goes_its_way_through_restarts(any_house):
    now = any_house.now

    def turn(act):
        with any_house.open().turn(now) as transaction:
            result = act(transaction)
        any_house.close()
        return result

    turn(lambda turn: turn.letters.want(CODE, {"card": Wish(GROUP, 1, "c1")}, now))
    letter = Letter(CODE, "card", 1, None, "c1", "", 0, now)
    assert turn(lambda turn: turn.letters.due(now, 9)) == [Due(letter, GROUP)]
    assert turn(lambda turn: turn.letters.sending(CODE, "card"))
    assert turn(only).attempts == 1
    turn(lambda turn: turn.letters.reserved(CODE, "card", 17))
    assert turn(only) == Letter(CODE, "card", 1, 17, "c1", "", 0, now)
    turn(lambda turn: turn.letters.filled(CODE, "card", "c1"))
    assert turn(only) == Letter(CODE, "card", 1, 17, "c1", "c1", 0, now)
    assert turn(lambda turn: turn.letters.due(any_house.tomorrow, 9)) == []
    assert turn(lambda turn: turn.letters.next_due()) is None


def test_what_is_so_already_stays_as_it_is(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        place(turn)
        turn.letters.filled(CODE, "card", "c1")
        before = only(turn)
        turn.letters.want(CODE, {"card": Wish(GROUP, 2, "c1")}, any_house.tomorrow)
        assert only(turn) == before


def test_other_content_is_due_and_filled_into_the_same_message(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        place(turn)
        turn.letters.filled(CODE, "card", "c1")
        turn.letters.want(CODE, {"card": Wish(GROUP, 2, "c2")}, any_house.tomorrow)
        assert turn.letters.due(any_house.now, 9) == []
        (due,) = turn.letters.due(any_house.tomorrow, 9)
        assert due.letter == Letter(CODE, "card", 2, 17, "c2", "c1", 0, any_house.tomorrow)
        turn.letters.filled(CODE, "card", "c2")
        assert turn.letters.due(any_house.tomorrow, 9) == []


def test_what_was_filled_with_older_content_is_still_due(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        place(turn)
        want(turn, any_house, "c2")
        turn.letters.filled(CODE, "card", "c1")
        assert [
            (one.letter.wanted, one.letter.shown) for one in turn.letters.due(any_house.now, 9)
        ] == [("c2", "c1")]


def test_what_is_no_longer_wanted_is_due_until_it_is_gone(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        place(turn)
        turn.letters.filled(CODE, "card", "c1")
        turn.letters.want(CODE, {"details": Wish(PERSON, 0, "d1")}, any_house.now)
        assert slots(turn.letters.due(any_house.now, 9)) == ["details", "card"]
        card = turn.letters.due(any_house.now, 9)[1]
        assert card == Due(Letter(CODE, "card", 1, 17, "", "", 0, any_house.now), GROUP)
        turn.letters.filled(CODE, "card", "c1")
        assert card in turn.letters.due(any_house.now, 9)
        turn.letters.gone(CODE, "card")
        assert slots(turn.letters.of(CODE)) == ["details"]


def test_what_never_went_out_goes_without_a_trace(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        turn.letters.want(CODE, {}, any_house.now)
        assert turn.letters.of(CODE) == []
        assert not turn.letters.sending(CODE, "card")


def test_what_may_have_gone_out_is_looked_for_when_it_is_no_longer_wanted(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert turn.letters.sending(CODE, "card")
        turn.letters.want(CODE, {}, any_house.now)
    with store.turn(any_house.now) as turn:
        (due,) = turn.letters.due(any_house.now, 9)
        assert due == Due(Letter(CODE, "card", 1, None, "", "", 1, any_house.now, (0,)), GROUP)
        turn.letters.swept(CODE, "card")
        assert turn.letters.of(CODE) == []


def test_an_answer_that_comes_late_names_what_must_be_taken_away(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert turn.letters.sending(CODE, "card")
        turn.letters.want(CODE, {}, any_house.now)
        turn.letters.reserved(CODE, "card", 17)
        (due,) = turn.letters.due(any_house.now, 9)
        assert (due.letter.message, due.letter.attempts) == (17, 0)


@pytest.mark.parametrize("act", ["unwanted", "standing", "held up", "another slot"])
def test_a_placeholder_goes_out_only_where_one_is_missing(any_house, store, act):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        match act:
            case "unwanted":
                assert turn.letters.sending(CODE, "card")
                turn.letters.want(CODE, {}, any_house.now)
            case "standing":
                place(turn)
            case "held up":
                turn.letters.later(CODE, "card", any_house.tomorrow)
        before = only(turn)
        assert not turn.letters.sending(CODE, "other" if act == "another slot" else "card")
        assert only(turn) == before


def test_attempts_count_placeholders_of_which_nobody_knows(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert turn.letters.sending(CODE, "card")
        assert turn.letters.sending(CODE, "card")
        assert only(turn).attempts == 2
        turn.letters.unsent(CODE, "card", any_house.now + timedelta(seconds=30))
        assert only(turn).attempts == 1
        assert turn.letters.due(any_house.now, 9) == []
    with store.turn(any_house.now + timedelta(seconds=30)) as turn:
        place(turn)
        assert (only(turn).message, only(turn).attempts) == (17, 1)
        turn.letters.swept(CODE, "card")
        assert (only(turn).message, only(turn).attempts) == (17, 0)
        turn.letters.unsent(CODE, "card", any_house.now)
        turn.letters.reserved(CODE, "card", 17)
        assert only(turn).attempts == 0


def test_what_waits_goes_on_waiting_whatever_is_wanted(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        place(turn)
        turn.letters.later(CODE, "card", any_house.tomorrow)
        want(turn, any_house, "c2")
        assert turn.letters.next_due() == any_house.tomorrow
        turn.letters.want(CODE, {}, any_house.now)
        assert turn.letters.due(any_house.now, 9) == []
        assert turn.letters.next_due() == any_house.tomorrow


def test_in_another_chat_a_letter_begins_anew(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        place(turn)
        turn.letters.filled(CODE, "card", "c1")
        turn.letters.later(CODE, "card", any_house.tomorrow)
        want(turn, any_house, chat=NEW_GROUP)
        letter = Letter(CODE, "card", 1, None, "c1", "", 0, any_house.now)
        assert turn.letters.due(any_house.now, 9) == [Due(letter, NEW_GROUP)]
        assert turn.letters.newest_in(GROUP) is None


def test_what_was_on_its_way_to_another_chat_counts_no_more(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert turn.letters.sending(CODE, "card")
        assert turn.letters.sending(CODE, "card")
        turn.letters.reserved(CODE, "card", 17)
        want(turn, any_house, chat=NEW_GROUP)
        turn.letters.filled(CODE, "card", "c1")
        assert only(turn) == Letter(CODE, "card", 1, None, "c1", "", 0, any_house.now)


def test_a_lost_message_is_placed_again(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        place(turn)
        turn.letters.filled(CODE, "card", "c1")
        turn.letters.lost(CODE, "card")
        assert slots(turn.letters.due(any_house.now, 9)) == ["card"]
        place(turn, 18)
        turn.letters.want(CODE, {}, any_house.now)
        turn.letters.lost(CODE, "card")
        assert turn.letters.of(CODE) == []


def test_what_is_wanted_again_while_it_is_taken_away_is_placed_again(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert turn.letters.sending(CODE, "card")
        place(turn)
        turn.letters.want(CODE, {}, any_house.now)
        want(turn, any_house)
        turn.letters.gone(CODE, "card")
        assert only(turn) == Letter(CODE, "card", 1, None, "c1", "", 0, any_house.now)


def test_the_dead_are_left_in_peace_until_something_else_is_wanted(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        turn.letters.dead(CODE, "card")
        want(turn, any_house)
        assert turn.letters.due(any_house.tomorrow, 9) == []
        want(turn, any_house, "c2")
        assert slots(turn.letters.due(any_house.now, 9)) == ["card"]
        place(turn)
        turn.letters.want(CODE, {}, any_house.now)
        turn.letters.dead(CODE, "card")
        assert turn.letters.of(CODE) == []


def test_a_filled_letter_is_due_until_what_was_lost_is_swept(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert turn.letters.sending(CODE, "card", 11)
        assert turn.letters.sending(CODE, "card", 14)
        turn.letters.reserved(CODE, "card", 17)
        turn.letters.filled(CODE, "card", "c1")
        (due,) = turn.letters.due(any_house.now, 9)
        assert (due.letter.attempts, due.letter.above) == (1, (11,))
        turn.letters.swept(CODE, "card")
        assert turn.letters.due(any_house.tomorrow, 9) == []
        assert turn.letters.next_due() is None


def test_where_nobody_can_be_reached_nothing_is_swept(any_house, store):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert turn.letters.sending(CODE, "card", 11)
        turn.letters.dead(CODE, "card")
        assert turn.letters.due(any_house.tomorrow, 9) == []


def test_due_letters_come_by_lane_then_by_age(any_house, store):
    now = any_house.now
    earlier = now - timedelta(microseconds=1)
    with store.turn(now) as turn:
        turn.letters.want("B", {"x": Wish(1, 1, "f"), "w": Wish(1, 1, "f")}, now)
        turn.letters.want("A", {"y": Wish(1, 1, "f"), "z": Wish(1, 0, "f")}, now)
        turn.letters.want("C", {"old": Wish(1, 1, "f")}, earlier)
        turn.letters.want("D", {"later": Wish(1, 0, "f")}, now + timedelta(microseconds=1))
        assert slots(turn.letters.due(now, 9)) == ["z", "old", "y", "w", "x"]
        assert slots(turn.letters.due(now, 2)) == ["z", "old"]
        assert slots(turn.letters.due(earlier, 9)) == ["old"]
        assert turn.letters.next_due() == earlier


def test_the_newest_message_in_a_chat_is_known_across_cases(any_house, store):
    with store.turn(any_house.now) as turn:
        assert turn.letters.newest_in(GROUP) is None
        for owner, chat, message in ((CODE, GROUP, 30), (OTHER, GROUP, 29), ("C", PERSON, 99)):
            turn.letters.want(owner, {"card": Wish(chat, 1, "f")}, any_house.now)
            place(turn, message, owner=owner)
        assert turn.letters.newest_in(GROUP) == 30
        assert turn.letters.numbers_in(GROUP) == {29, 30}
        assert set(turn.letters.standing()) == {(GROUP, 29), (GROUP, 30), (PERSON, 99)}
        turn.letters.lost(CODE, "card")
        assert turn.letters.newest_in(GROUP) == 29
        assert turn.letters.numbers_in(GROUP) == {29}


@pytest.mark.parametrize(
    "alteration",
    [
        "UPDATE letter SET place = (SELECT max(place) FROM letter WHERE slot = 'x') WHERE lane = 1",
        "UPDATE letter SET wanted = (SELECT max(wanted) FROM letter WHERE lane = 0) WHERE lane = 1",
        "UPDATE letter SET shown = 'no fingerprint' WHERE lane = 1",
        "UPDATE letter SET owner = 'FORGED' WHERE lane = 1",
        "UPDATE letter SET slot = 'forged' WHERE lane = 1",
    ],
)
def test_an_altered_letter_goes_and_holds_up_no_other(any_house, store, alteration):
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        turn.letters.want(OTHER, {"x": Wish(PERSON, 0, "c1")}, any_house.now)
    any_house.execute(alteration)
    with store.turn(any_house.now) as turn:
        assert slots(turn.letters.due(any_house.now, 9)) == ["x"]
    with store.turn(any_house.now) as turn:
        want(turn, any_house)
        assert slots(turn.letters.due(any_house.now, 9)) == ["x", "card"]


@pytest.mark.parametrize("statement", ["_DUE", "_NEXT", "_NEWEST", "_NUMBERS"])
def test_among_many_letters_only_those_with_work_are_looked_at(house, statement):
    house.open()
    values = {"now": 1, "limit": 1, "chat": b""}
    line = f"EXPLAIN QUERY PLAN {getattr(letters, statement)}"
    with closing(sqlite3.connect(house.database)) as database:
        plan = [step for *_, step in database.execute(line, values)]
    assert " INDEX letter_" in plan[0]
