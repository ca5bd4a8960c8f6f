"""Cases: found by code, person and service; erased with all that belongs to them."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.store.errors import Conflict, Unreadable
from bot.store.letters import Wish
from bot.store.transaction import Kept

ANNA, BORYS = 4_711, 4_712
CODE, OTHER = "K7M3QX9PT", "A2B3C4D5E"
MBE, JMD = "mbe_luebben", "jmd_luebben"


def add(turn, house, code=CODE, person=ANNA, *services):
    turn.referrals.add(code, person, frozenset(services or {MBE}), b"card", house.tomorrow)


def change(turn, house, version, body=b"taken", services=frozenset({MBE})):
    return turn.referrals.change(
        CODE, body, version, house.tomorrow, services=services, is_open=True
    )


def close(turn, house, version):
    return turn.referrals.change(
        CODE, b"closed", version, house.tomorrow, services=frozenset({MBE}), is_open=False
    )


def test_a_case_is_found_by_code_person_and_service_after_a_restart(any_house):
    with any_house.open().turn(any_house.now) as turn:
        add(turn, any_house)
    any_house.close()
    with any_house.open().turn(any_house.now) as turn:
        kept = Kept(b"card", 1)
        assert turn.referrals.find(CODE) == kept
        assert turn.referrals.of(ANNA) == [(CODE, kept)]
        assert turn.referrals.at(MBE) == [(CODE, kept)]
        assert turn.referrals.find(OTHER) is None
        assert turn.referrals.of(BORYS) == turn.referrals.at(JMD) == []


def test_a_code_that_is_in_use_is_not_given_again(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
    with pytest.raises(Conflict), store.turn(any_house.now) as turn:
        add(turn, any_house, CODE, BORYS)
    with store.turn(any_house.now) as turn:
        assert turn.referrals.of(BORYS) == []
        assert turn.referrals.of(ANNA) == [(CODE, Kept(b"card", 1))]
    assert any_house.key_count() == 1


def test_cases_come_oldest_first_whatever_their_codes(any_house):
    store = any_house.open()
    codes = ["M", "B", "Z", "A"]
    for code in codes:
        with store.turn(any_house.now) as turn:
            add(turn, any_house, code)
    with store.turn(any_house.now + timedelta(minutes=1)) as turn:
        turn.referrals.change(
            "B", b"card", 1, any_house.tomorrow, services=frozenset({MBE}), is_open=True
        )
        assert [code for code, _ in turn.referrals.of(ANNA)] == codes
        assert [code for code, _ in turn.referrals.at(MBE)] == codes
        turn.referrals.erase("A")
        add(turn, any_house, "C")
        assert [code for code, _ in turn.referrals.at(MBE)] == ["M", "B", "Z", "C"]


def test_only_the_version_that_was_read_can_be_replaced(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
        assert change(turn, any_house, 1) == 2
    for stale in (0, 1, 3):
        with pytest.raises(Conflict), store.turn(any_house.now) as turn:
            change(turn, any_house, stale, b"stale")
    with store.turn(any_house.now) as turn:
        assert turn.referrals.find(CODE) == Kept(b"taken", 2)
    with pytest.raises(Conflict), store.turn(any_house.now) as turn:
        turn.referrals.change(
            OTHER, b"never", 1, any_house.tomorrow, services=frozenset(), is_open=True
        )


def test_of_two_who_read_the_same_version_one_wins(any_house):
    first, second = any_house.open(), any_house.open()
    with first.turn(any_house.now) as turn:
        add(turn, any_house)
    for store in (first, second):
        with store.turn(any_house.now) as turn:
            assert turn.referrals.find(CODE).version == 1
    with second.turn(any_house.now) as turn:
        change(turn, any_house, 1, b"second")
    with pytest.raises(Conflict), first.turn(any_house.now) as turn:
        change(turn, any_house, 1, b"first")
    with first.turn(any_house.now) as turn:
        assert turn.referrals.find(CODE) == Kept(b"second", 2)


def test_a_service_finds_open_cases_only_and_the_person_all(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
        assert close(turn, any_house, 1) == 2
        assert turn.referrals.at(MBE) == []
        assert turn.referrals.of(ANNA) == [(CODE, Kept(b"closed", 2))]
    with store.turn(any_house.now) as turn:
        assert change(turn, any_house, 2) == 3
        assert turn.referrals.at(MBE) == [(CODE, Kept(b"taken", 3))]


def test_a_deputy_finds_the_case_once_it_has_it_too(any_house):
    with any_house.open().turn(any_house.now) as turn:
        add(turn, any_house)
        change(turn, any_house, 1, services=frozenset({MBE, JMD}))
        assert turn.referrals.at(JMD) == turn.referrals.at(MBE) == [(CODE, Kept(b"taken", 2))]
        add(turn, any_house, OTHER, BORYS, JMD)
        assert len(turn.referrals.at(JMD)) == 2
        assert len(turn.referrals.at(MBE)) == 1


def test_an_expired_case_is_gone_before_it_is_swept(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
    with store.turn(any_house.tomorrow - timedelta(seconds=1)) as turn:
        assert turn.referrals.find(CODE) == Kept(b"card", 1)
    with store.turn(any_house.tomorrow) as turn:
        assert turn.referrals.find(CODE) is None
        assert turn.referrals.of(ANNA) == turn.referrals.at(MBE) == []
        with pytest.raises(Conflict), turn.savepoint():
            change(turn, any_house, 1)


def stand(turn, house, code=CODE):
    """A card that stands, one on its way, one not begun; and two steps to come."""
    turn.letters.want(code, {slot: Wish(-100, 1, slot) for slot in ("a", "b", "c")}, house.now)
    for slot in ("a", "b"):
        assert turn.letters.sending(code, slot)
    turn.letters.reserved(code, "a", 17)
    turn.letters.filled(code, "a", "a")
    turn.timers.replace(code, {"remind": house.now, "expire": house.tomorrow})


def test_erasing_leaves_only_what_must_be_taken_away(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
        add(turn, any_house, OTHER, BORYS)
        stand(turn, any_house)
        stand(turn, any_house, OTHER)
    with store.turn(any_house.now) as turn:
        turn.referrals.erase(CODE)
        turn.referrals.erase(CODE)
        assert turn.referrals.find(CODE) is None
        assert [code for code, _ in turn.referrals.at(MBE)] == [OTHER]
        assert turn.timers.due(any_house.tomorrow, 9) == [(OTHER, "remind"), (OTHER, "expire")]
        left = [due.letter for due in turn.letters.of(CODE)]
        assert [(one.slot, one.message, one.attempts) for one in left] == [
            ("a", 17, 0),
            ("b", None, 1),
        ]
        assert {(one.wanted, one.shown) for one in left} == {("", "")}
        assert len(turn.letters.of(OTHER)) == 3
    assert any_house.key_count() == 1
    with store.turn(any_house.now) as turn:
        assert {one.letter.slot for one in turn.letters.due(any_house.now, 9)} == {"a", "b", "c"}
        assert turn.referrals.of(ANNA) == []


def test_a_sweep_erases_expired_cases_with_all_that_belongs_to_them(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
        stand(turn, any_house)
        turn.keep(BORYS, b"talk", 0, any_house.now + timedelta(days=9))
    with store.turn(any_house.tomorrow) as turn:
        assert turn.sweep() == 0
    with store.turn(any_house.tomorrow + timedelta(hours=1)) as turn:
        assert turn.sweep() == 1
        assert turn.timers.next_due() is None
        assert [one.letter.slot for one in turn.letters.of(CODE)] == ["a", "b"]
        assert turn.sweep() == 0
    assert any_house.key_count() == 1


def test_a_savepoint_takes_a_case_back_with_its_key(any_house):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
        stand(turn, any_house)
    with store.turn(any_house.now) as turn:
        with suppress(ZeroDivisionError), turn.savepoint():
            change(turn, any_house, 1)
            turn.referrals.erase(CODE)
            add(turn, any_house, OTHER, BORYS)
            raise ZeroDivisionError
        assert turn.referrals.find(OTHER) is None
        assert change(turn, any_house, 1) == 2
    assert any_house.key_count() == 1
    with store.turn(any_house.now) as turn:
        assert turn.referrals.at(MBE) == [(CODE, Kept(b"taken", 2))]
        assert len(turn.letters.of(CODE)) == 3


@pytest.mark.parametrize(
    "alteration",
    [
        "UPDATE referral SET version = version + 1",
        "UPDATE referral SET person = (SELECT person FROM referral WHERE code = 'A2B3C4D5E')",
        "UPDATE referral SET code = 'FORGED' WHERE code = 'K7M3QX9PT'",
        "UPDATE referral SET key = (SELECT key FROM referral WHERE code = 'A2B3C4D5E')",
        "UPDATE referral SET body = (SELECT body FROM referral WHERE code = 'A2B3C4D5E')",
        "UPDATE referral SET (key, body) = (SELECT key, body FROM referral WHERE code LIKE 'A%')",
    ],
)
def test_a_case_opens_for_its_own_person_code_version_and_key_only(any_house, alteration):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
        add(turn, any_house, OTHER, BORYS)
    any_house.execute(alteration)
    with store.turn(any_house.now) as turn:
        assert "K" not in {code[0] for code, _ in turn.referrals.at(MBE)}
        for person in (ANNA, BORYS):
            assert {CODE, "FORGED"}.isdisjoint(code for code, _ in turn.referrals.of(person))
        if "FORGED" in alteration:
            assert turn.referrals.find(CODE) is None
            return
        with pytest.raises(Unreadable, match="A stored referral"):
            turn.referrals.find(CODE)
        turn.referrals.erase(CODE)
        assert turn.referrals.find(CODE) is None


def test_a_case_whose_key_is_destroyed_stays_erased(any_house):
    """As after restoring an old copy of the database."""
    with any_house.open().turn(any_house.now) as turn:
        add(turn, any_house)
    any_house.close()
    any_house.execute_keys("DELETE FROM keys")
    with any_house.open().turn(any_house.now) as turn:
        assert turn.referrals.find(CODE) is None
        assert turn.referrals.of(ANNA) == turn.referrals.at(MBE) == []
        with pytest.raises(Conflict), turn.savepoint():
            change(turn, any_house, 1)


def test_a_case_that_was_erased_elsewhere_since_it_was_read_is_not_changed(any_house, monkeypatch):
    monkeypatch.setattr("bot.store.keys.REMEMBERED", 0)
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        add(turn, any_house)
    with store.turn(any_house.now) as turn:
        assert turn.referrals.find(CODE) == Kept(b"card", 1)
        any_house.execute_keys("DELETE FROM keys")
        with pytest.raises(Conflict), turn.savepoint():
            change(turn, any_house, 1)


def test_more_cases_than_a_page_all_come_back(any_house, monkeypatch):
    monkeypatch.setattr("bot.store.shelf.PAGE", 3)
    store = any_house.open()
    codes = [f"C{number}" for number in range(8)]
    with store.turn(any_house.now) as turn:
        for code in codes:
            add(turn, any_house, code)
    any_house.close()
    with any_house.open().turn(any_house.now) as turn:
        assert [code for code, _ in turn.referrals.of(ANNA)] == codes
