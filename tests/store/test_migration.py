"""A database of the first version, with people in it, becomes today's and loses nobody."""

import shutil
import sqlite3
import sys
from contextlib import closing

import pytest

from bot.store import schema
from bot.store.errors import StoreError
from bot.store.letters import Wish
from bot.store.transaction import Kept
from tests.store.test_crashes import Breaks

PERSON = 4_711

# As the first version wrote them.
MARK = "70afcca5b9db4383d5b3424f4a7ed63aa1c9e2cf12202c32517311a385439060"
PEPPER = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"
NAME = "a96259c4167568f01fc11409860f424257b8d4bde621fa156a918647b624b570"
KEY_NAME = "6b86b273ff34fce19d6b804eff5a3f57"
KEY = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
BODY = (
    "4b227777d4dd1fc61c6f884ffcb7eaad705d1022641e8d2048af714c4f935f5596cc41bec0cbd018dbaf2270"
    "fbd086b7b0adaee90c79baac61e19bc42a63f96ee432eef1e11610393902a66e7a9d8347535311e645a23e97"
    "b78622fb357969eb70113ea636a733138aff509b61d3d45c231b8fa2afe13e8cd45906fcc0af64dc00016b34"
    "9f84910e296d0df17f65b1d8da77b1eff9070a34abece878d7da575e6d5ae11ece3f21c0c8e6b79063f4f472"
    "9b3524dfbea60b3caced32c2a6c8dadc8243d1d4a572cba144a96b0238c35bd9e98b8a7fa349a8dabce53d80"
    "df3ab4856739b9313e0abfa6318d06ced32359796053ece2e22778567bb38335307386ce3826a18d518f8692"
    "c87b21dd040d5fc499dfde2b35faebe354290ed7"
)


LINES = (
    *schema.MIGRATIONS[0],
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "INSERT INTO about VALUES ('version', '1'), ('keys', '{mark}')",
    "INSERT INTO seen VALUES (1, 498708)",
    "INSERT INTO conversation VALUES ({name}, {key}, 2, {body}, 498708, 498733)",
)


def make_old(house):
    """A house that nobody has entered since the first version."""
    # The bytes that chance gave then must not come again.
    house.drawn += [b""] * 5
    with closing(sqlite3.connect(house.keys)) as keys, keys:
        keys.execute("CREATE TABLE pepper (value BLOB NOT NULL)")
        keys.execute("INSERT INTO pepper VALUES (?)", [bytes.fromhex(PEPPER)])
        keys.execute("CREATE TABLE keys (name BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
        row = bytes.fromhex(KEY_NAME), bytes.fromhex(KEY)
        keys.execute("INSERT INTO keys VALUES (?, ?)", row)
    blob, kind = ("decode('{}', 'hex')", "BYTEA") if house.schema else ("X'{}'", "BLOB")
    name, key, body = (blob.format(value) for value in (NAME, KEY_NAME, BODY))
    for line in LINES:
        house.execute(line.format(bytes=kind, mark=MARK, name=name, key=key, body=body))
    return house


def test_who_was_there_before_the_update_is_there_after_it(any_house):
    house = make_old(any_house)
    with house.open().turn(house.now) as turn:
        assert turn.conversation(PERSON) == Kept(b"before the update", 2)
        assert not turn.unseen(1)
        assert list(turn.kept_since(house.now)) == [Kept(b"before the update", 2)]
        assert turn.keep(PERSON, b"after", 2, house.tomorrow) == 3
        turn.referrals.add("K7M3QX9PT", PERSON, frozenset({"mbe"}), b"card", house.tomorrow)
        turn.letters.want("K7M3QX9PT", {"card": Wish(-1, 1, "f")}, house.now)
        turn.timers.replace("K7M3QX9PT", {"remind": house.now})
        turn.teams.keep(-1, b"team", 0, reach={"mbe": "group"}, people=[1])
        turn.teams.invite("s3cret", "jmd", house.tomorrow)
    house.close()
    with house.open().turn(house.now) as turn:
        assert turn.conversation(PERSON) == Kept(b"after", 3)
        assert turn.referrals.find("K7M3QX9PT") == Kept(b"card", 1)
        assert turn.teams.find(-1) == Kept(b"team", 1)
    assert house.key_count() == 3


def test_what_was_lost_sight_of_before_the_update_is_looked_for_after_it(any_house):
    """The second version kept one number for all attempts of a letter."""
    with any_house.open().turn(any_house.now) as turn:
        for slot in ("calm", "once", "twice"):
            turn.letters.want(f"case {slot}", {slot: Wish(-1, 1, "f")}, any_house.now)
    any_house.close()
    for line in (
        "UPDATE about SET value = '2' WHERE name = 'version'",
        "ALTER TABLE letter DROP COLUMN above",
        "ALTER TABLE letter ADD COLUMN above BIGINT",
        "UPDATE letter SET attempts = 1 WHERE slot = 'once'",
        "UPDATE letter SET attempts = 2, above = 11 WHERE slot = 'twice'",
    ):
        any_house.execute(line)
    with any_house.open().turn(any_house.now) as turn:
        found = {due.letter.slot: due.letter.above for due in turn.letters.due(any_house.now, 9)}
        assert found == {"calm": (), "once": (0,), "twice": (11, 11)}


def test_an_update_that_fails_half_way_leaves_the_first_version(any_house):
    house = make_old(any_house)
    # The last of its tables cannot be made.
    house.execute("CREATE TABLE invitation (strange BIGINT)")
    with pytest.raises(StoreError):
        house.open()
    # The first of its tables is not there.
    house.execute("CREATE TABLE referral (strange BIGINT)")
    for table in ("referral", "invitation"):
        house.execute(f"DROP TABLE {table}")
    with house.open().turn(house.now) as turn:
        assert turn.conversation(PERSON) == Kept(b"before the update", 2)
        assert turn.teams.redeem("s3cret") is None


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_update_that_fails_at_any_call_begins_again(new_house):
    after, failed, old = 0, 0, make_old(new_house())
    while True:
        house = new_house()
        for file in (old.keys, old.database):
            shutil.copy(file, house.folder)
        house.drawn += old.drawn
        breaks = Breaks(after)
        sys.setprofile(breaks)
        try:
            house.open()
        except StoreError:
            failed += 1
        finally:
            sys.setprofile(None)
        house.close()
        with house.open().turn(house.now) as turn:
            assert turn.conversation(PERSON) == Kept(b"before the update", 2)
            assert turn.teams.all() == []
        house.close()
        if breaks.left >= 0:
            break
        after += 1
    assert failed > 30
