"""What somebody who takes the files can read of cases, letters and teams: codes and services."""

import shutil
import sqlite3
from contextlib import closing

from bot.store.letters import Wish
from tests.store.test_secrecy import CANARY, PERSON, bytes_of, traces

CODE, SERVICE = "K7M3QX9PT", "mbe_luebben"
GROUP, COUNSELLOR = -1_009_876_543_210, 123_456_789_012
FINGERPRINT, LINK = "Kanarienabdruck", "Kanarieneinladung"
NUMBERS = (PERSON, COUNSELLOR, -GROUP, GROUP)
SECRETS = [
    *(trace for word in (CANARY, FINGERPRINT, LINK) for trace in traces(word)),
    *(trace for number in NUMBERS for trace in traces(str(number))),
    *(number.to_bytes(8, order, signed=True) for number in NUMBERS for order in ("big", "little")),
]
BODY = f'{{"sees": "{CANARY}", "person": {PERSON}, "group": {GROUP}}}'.encode()


def begin(turn, house):
    turn.keep(PERSON, BODY, 0, house.tomorrow)
    turn.teams.invite(LINK, SERVICE, house.tomorrow)
    assert turn.teams.redeem(LINK) == SERVICE
    turn.teams.invite(LINK, SERVICE, house.tomorrow)
    reach = {SERVICE: "group"}
    turn.teams.keep(GROUP, BODY, 0, reach=reach, people=[COUNSELLOR, PERSON])


def offer(turn, house):
    turn.referrals.add(CODE, PERSON, frozenset({SERVICE}), BODY, house.tomorrow)
    wished = {
        "card": Wish(GROUP, 1, FINGERPRINT),
        "details:1": Wish(COUNSELLOR, 1, FINGERPRINT),
        "status:0": Wish(PERSON, 0, FINGERPRINT),
    }
    turn.letters.want(CODE, wished, house.now)
    turn.timers.replace(CODE, {"remind": house.tomorrow})


def deliver(turn, house):
    for number, due in enumerate(turn.letters.due(house.now, 9)):
        letter = due.letter
        assert turn.letters.sending(letter.owner, letter.slot)
        turn.letters.reserved(letter.owner, letter.slot, number)
        turn.letters.filled(letter.owner, letter.slot, letter.wanted)
    services = frozenset({SERVICE})
    turn.referrals.change(CODE, BODY, 1, house.tomorrow, services=services, is_open=True)


def erase(turn, _house):
    turn.referrals.erase(CODE)


def take_away(turn, house):
    for due in turn.letters.due(house.now, 9):
        turn.letters.gone(due.letter.owner, due.letter.slot)
    turn.teams.forget(GROUP)
    turn.forget(PERSON)


STEPS = (begin, offer, deliver, erase, take_away)


def test_neither_body_nor_person_nor_chat_can_be_read_at_any_step(house):
    store = house.open()
    for step in STEPS:
        with store.turn(house.now) as turn:
            step(turn, house)
        found = bytes_of(house)
        assert CODE.encode() in found or step is begin
        assert not [secret for secret in SECRETS if secret in found]
    with closing(sqlite3.connect(house.database)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in set(tables) - {("about",), ("invitation",)}:
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - its own names
    assert house.key_count() == 0


def test_an_erased_case_cannot_be_read_with_an_old_copy_of_the_database(house):
    store = house.open()
    for step in STEPS[:3]:
        with store.turn(house.now) as turn:
            step(turn, house)
    keys = [drawn for drawn in house.drawn[1:] if len(drawn) == 32]
    assert len(keys) == 3
    house.close()
    copy = shutil.copy(house.database, house.folder / "copy.db")
    with house.open().turn(house.now) as turn:
        erase(turn, house)
    assert [key in bytes_of(house) for key in keys] == [True, True, False]
    house.close()
    shutil.copy(copy, house.database)
    with house.open().turn(house.now) as turn:
        assert turn.referrals.find(CODE) is None
        assert turn.referrals.of(PERSON) == turn.referrals.at(SERVICE) == []
        assert turn.teams.find(GROUP) is not None


def test_rows_of_one_person_in_different_tables_cannot_be_told_to_be_of_one(house):
    with house.open().turn(house.now) as turn:
        begin(turn, house)
        offer(turn, house)
    with closing(sqlite3.connect(house.database)) as database:
        names = [
            *database.execute("SELECT person FROM conversation"),
            *database.execute("SELECT person FROM referral"),
            *database.execute("SELECT person FROM team_person"),
            *database.execute("SELECT chat FROM letter"),
            *database.execute("SELECT team FROM team"),
        ]
        hidden = database.execute("SELECT wanted FROM letter").fetchall()
    assert len(names) == len(set(names)) == 8
    # The same content in two letters does not look the same.
    assert len(set(hidden)) == 3


def test_what_outlives_its_case_holds_nothing_of_its_content(house):
    store = house.open()
    for step in STEPS[:4]:
        with store.turn(house.now) as turn:
            step(turn, house)
    with closing(sqlite3.connect(house.database)) as database:
        rows = database.execute("SELECT owner, wanted, shown FROM letter").fetchall()
    assert rows == [(CODE, "", "")] * 3
