"""Teams: found by group, service and person; one team a service; invited once."""

from contextlib import suppress
from datetime import timedelta
from enum import StrEnum

import pytest

from bot.store.errors import Conflict, Unreadable
from bot.store.transaction import Kept

GROUP, OTHER_GROUP, SUPERGROUP = -4_711, -4_712, -1_001_234_567_890
ANNA, BORYS, CEM = 11, 12, 13
MBE, JMD = "mbe_luebben", "jmd_luebben"


class Reach(StrEnum):
    GROUP = "group"
    BOTH = "both_ways"


@pytest.fixture
def store(any_house):
    return any_house.open()


def keep(turn, group=GROUP, version=0, *, services=(MBE,), people=(ANNA, BORYS)):
    reach = dict.fromkeys(services, Reach.GROUP)
    body = b"team %d" % group
    return turn.teams.keep(group, body, version, reach=reach, people=people)


def test_a_team_is_found_by_group_service_and_person_for_years(any_house):
    with any_house.open().turn(any_house.now) as turn:
        assert keep(turn) == 1
        assert keep(turn, OTHER_GROUP, None, services=(JMD,), people=(BORYS,)) == 1
    any_house.close()
    one, other = Kept(b"team -4711", 1), Kept(b"team -4712", 1)
    with any_house.open().turn(any_house.now + timedelta(days=4_000)) as turn:
        assert turn.sweep() == 0
        assert turn.teams.find(GROUP) == turn.teams.of_service(MBE) == one
        assert turn.teams.of_service(JMD) == other
        assert turn.teams.of_person(ANNA) == [one]
        assert {kept.body for kept in turn.teams.of_person(BORYS)} == {one.body, other.body}
        assert {kept.body for kept in turn.teams.all()} == {one.body, other.body}
        assert turn.teams.linked() == {JMD: "group", MBE: "group"}
        assert turn.teams.find(SUPERGROUP) is turn.teams.of_service("none") is None
        assert turn.teams.of_person(CEM) == []


def test_keeping_names_all_services_and_people(store, any_house):
    with store.turn(any_house.now) as turn:
        keep(turn)
        reach = {JMD: Reach.BOTH}
        assert turn.teams.keep(GROUP, b"new", 1, reach=reach, people=[BORYS, CEM, CEM]) == 2
        assert turn.teams.linked() == {JMD: "both_ways"}
        assert turn.teams.of_service(MBE) is None
        assert turn.teams.of_person(ANNA) == []
        assert turn.teams.of_person(CEM) == turn.teams.of_person(BORYS) == [Kept(b"new", 2)]


def test_only_the_version_that_was_read_can_be_replaced(store, any_house):
    with store.turn(any_house.now) as turn:
        keep(turn)
        keep(turn, version=1)
    for stale in (None, 0, 1, 3):
        with pytest.raises(Conflict), store.turn(any_house.now) as turn:
            keep(turn, version=stale)
    with store.turn(any_house.now) as turn:
        assert turn.teams.find(GROUP).version == 2
    assert any_house.key_count() == 1


def test_a_service_has_one_team(store, any_house):
    with store.turn(any_house.now) as turn:
        keep(turn)
        keep(turn, OTHER_GROUP, services=(JMD,), people=())
        for version, services in ((1, (JMD, MBE)), (1, (MBE,))):
            with suppress(Conflict):
                keep(turn, OTHER_GROUP, version, services=services, people=(CEM,))
                pytest.fail("two teams have one service")
        with suppress(Conflict):
            keep(turn, SUPERGROUP, services=(MBE,))
            pytest.fail("two teams have one service")
    with store.turn(any_house.now) as turn:
        assert turn.teams.of_service(MBE) == Kept(b"team -4711", 1)
        assert turn.teams.of_service(JMD) == Kept(b"team -4712", 1)
        assert turn.teams.find(SUPERGROUP) is None
        assert turn.teams.of_person(CEM) == []
    assert any_house.key_count() == 2


def test_a_team_that_is_forgotten_leaves_room(store, any_house):
    with store.turn(any_house.now) as turn:
        keep(turn)
    with store.turn(any_house.now) as turn:
        turn.teams.forget(GROUP)
        turn.teams.forget(GROUP)
        assert turn.teams.find(GROUP) is turn.teams.of_service(MBE) is None
        assert turn.teams.of_person(ANNA) == turn.teams.all() == []
        assert turn.teams.linked() == {}
    assert any_house.key_count() == 0
    with store.turn(any_house.now) as turn:
        assert keep(turn, OTHER_GROUP) == 1


def test_a_team_moves_with_its_group_also_when_told_twice(store, any_house):
    with store.turn(any_house.now) as turn:
        keep(turn, services=(MBE, JMD))
    for _ in range(2):
        with store.turn(any_house.now) as turn:
            turn.teams.moved(GROUP, SUPERGROUP)
            turn.teams.moved(SUPERGROUP, SUPERGROUP)
    with store.turn(any_house.now) as turn:
        assert turn.teams.find(GROUP) is None
        moved = Kept(b"team -4711", 1)
        assert turn.teams.find(SUPERGROUP) == turn.teams.of_service(JMD) == moved
        assert turn.teams.of_person(ANNA) == turn.teams.all() == [moved]
        assert keep(turn, SUPERGROUP, 1) == 2
    assert any_house.key_count() == 1


def test_a_team_does_not_move_where_another_is(store, any_house):
    with store.turn(any_house.now) as turn:
        keep(turn)
        keep(turn, SUPERGROUP, services=(JMD,))
    with pytest.raises(Conflict), store.turn(any_house.now) as turn:
        turn.teams.moved(GROUP, SUPERGROUP)
    with store.turn(any_house.now) as turn:
        assert turn.teams.of_service(MBE) == Kept(b"team -4711", 1)


@pytest.mark.parametrize(
    "alteration",
    [
        "UPDATE team SET version = version + 1",
        "UPDATE team SET body = (SELECT body FROM team ORDER BY body LIMIT 1)",
        "UPDATE team SET (key, body) = (SELECT key, body FROM team ORDER BY key LIMIT 1)",
    ],
)
def test_a_team_opens_in_its_own_row_only(store, any_house, alteration):
    with store.turn(any_house.now) as turn:
        keep(turn)
        keep(turn, OTHER_GROUP, services=(JMD,), people=(CEM,))
    any_house.execute(alteration)
    unreadable = 0
    with store.turn(any_house.now) as turn:
        assert len(turn.teams.all()) < 2
        for group, service in ((GROUP, MBE), (OTHER_GROUP, JMD)):
            try:
                turn.teams.find(group)
            except Unreadable:
                unreadable += 1
                with pytest.raises(Unreadable, match="A stored team"):
                    turn.teams.of_service(service)
                turn.teams.forget(group)
                assert keep(turn, group, services=(service,)) == 1
    assert unreadable


def test_what_was_sealed_for_another_table_is_no_team(store, any_house):
    with store.turn(any_house.now) as turn:
        turn.keep(ANNA, b"talk", 0, any_house.tomorrow)
    any_house.execute("INSERT INTO team SELECT person, key, version, body FROM conversation")
    with store.turn(any_house.now) as turn:
        assert turn.teams.all() == []


def test_a_team_whose_key_is_destroyed_can_be_kept_anew(any_house):
    """As after restoring an old copy of the database."""
    with any_house.open().turn(any_house.now) as turn:
        keep(turn)
    any_house.close()
    any_house.execute_keys("DELETE FROM keys")
    with any_house.open().turn(any_house.now) as turn:
        assert turn.teams.find(GROUP) is turn.teams.of_service(MBE) is None
        assert turn.teams.all() == []
        assert keep(turn, people=(CEM,)) == 1
        assert turn.teams.of_person(ANNA) == []
        assert turn.teams.of_service(MBE) == Kept(b"team -4711", 1)


def test_an_invitation_is_good_once_and_in_its_time(any_house, store):
    until = any_house.tomorrow
    with store.turn(any_house.now) as turn:
        for secret in ("s3cret", "late", "in time"):
            turn.teams.invite(secret, MBE, until)
        turn.teams.invite("s3cret", JMD, until)
    with store.turn(any_house.now) as turn:
        assert turn.teams.redeem("S3CRET") is None
        assert turn.teams.redeem("s3cret") == MBE
        assert turn.teams.redeem("s3cret") is None
    with store.turn(any_house.now) as turn:
        assert turn.teams.redeem("s3cret") is None
    with store.turn(until - timedelta(microseconds=1)) as turn:
        turn.sweep()
        assert turn.teams.redeem("in time") == MBE
    with store.turn(until) as turn:
        assert turn.teams.redeem("late") is None
        turn.sweep()
    with store.turn(any_house.now) as turn:
        assert turn.teams.redeem("late") is None


def test_an_invitation_is_still_good_when_its_turn_was_taken_back(any_house, store):
    with store.turn(any_house.now) as turn:
        turn.teams.invite("s3cret", MBE, any_house.tomorrow)
    with suppress(ZeroDivisionError), store.turn(any_house.now) as turn:
        assert turn.teams.redeem("s3cret") == MBE
        raise ZeroDivisionError
    with store.turn(any_house.now) as turn:
        assert turn.teams.redeem("s3cret") == MBE
