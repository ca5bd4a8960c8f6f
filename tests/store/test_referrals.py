"""Cases: found by code, person and service; erased with all that belongs to them."""

from datetime import timedelta

import pytest

from bot.store.errors import Conflict
from bot.store.letters import Wish
from bot.store.transaction import Kept

ANNA, BORYS = 4_711, 4_712
MBE, JMD = "mbe_luebben", "jmd_luebben"


def add(turn, house, code="K7M3QX9PT", person=ANNA):
    turn.referrals.add(code, person, frozenset({MBE}), b"card", house.tomorrow)
    return code


def test_a_case_is_found_by_code_person_and_service(any_house):
    with any_house.open().turn(any_house.now) as turn:
        add(turn, any_house)
    any_house.close()
    with any_house.open().turn(any_house.now) as turn:
        kept = Kept(b"card", 1)
        assert turn.referrals.find("K7M3QX9PT") == kept
        assert turn.referrals.of(ANNA) == [("K7M3QX9PT", kept)]
        assert turn.referrals.at(MBE) == [("K7M3QX9PT", kept)]
        assert turn.referrals.find("OTHER") is None
        assert turn.referrals.of(BORYS) == turn.referrals.at(JMD) == []
        with pytest.raises(Conflict):
            add(turn, any_house, person=BORYS)
        turn.letters.want("K7M3QX9PT", {"card": Wish(-100, 1, "f1")}, any_house.now)
        (due,) = turn.letters.due(any_house.now, 10)
        assert due.chat == -100
        turn.timers.replace("K7M3QX9PT", {"remind": any_house.now + timedelta(hours=1)})
        assert turn.timers.due(any_house.now, 10) == []
