"""What somebody who takes the files can read: nothing, and after erasing not even with the keys."""

import base64
import hmac
import sqlite3
from contextlib import closing

PERSON = 987_654_321_012
CANARY = "Kanarienvogel-ÄÖ-жовтий"


def traces(secret: str) -> list[bytes]:
    """Forms in which a text may have been written."""
    plain = [secret.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    # Within base64 a text looks different at each of three offsets; the ends depend on neighbours.
    coded = [base64.b64encode(b"\0" * shift + form)[4:-4] for form in plain for shift in range(3)]
    return [*plain, *coded, plain[0].hex().encode(), secret.encode("unicode-escape")]


def bytes_of(house) -> bytes:
    files = [path for path in house.folder.iterdir() if path.is_file()]
    assert {"clearing.db", "keys.db"} <= {path.name for path in files}
    return b"\n".join(path.read_bytes() for path in files)


def test_neither_body_nor_person_can_be_read_while_it_is_kept_or_after(house):
    store = house.open()
    body = f'{{"place": "{CANARY}", "person": {PERSON}}}'.encode()
    secrets = [
        *traces(CANARY),
        *traces(str(PERSON)),
        PERSON.to_bytes(8, "big"),
        PERSON.to_bytes(8, "little"),
    ]
    for version in range(5):
        with store.turn(house.now) as turn:
            turn.keep(PERSON, body, version, house.tomorrow)
        assert (house.folder / "clearing.db-wal").exists()
        assert not [secret for secret in secrets if secret in bytes_of(house)]
    with store.turn(house.now) as turn:
        turn.forget(PERSON)
    assert not [secret for secret in secrets if secret in bytes_of(house)]


def test_a_forgotten_key_is_nowhere_on_the_disk(house):
    store = house.open()
    with store.turn(house.now) as turn:
        for person in range(200):
            turn.keep(person, b"body", 0, house.tomorrow)
    keys = [drawn for drawn in house.drawn[1:] if len(drawn) == 32]
    assert len(keys) == 200
    assert all(key in bytes_of(house) for key in keys)
    with store.turn(house.now) as turn:
        for person in range(100):
            turn.forget(person)
    left = bytes_of(house)
    assert [key in left for key in keys] == [False] * 100 + [True] * 100
    with store.turn(house.tomorrow + house.day) as turn:
        assert turn.sweep() == 100
    left = bytes_of(house)
    assert not [key for key in keys if key in left]


def test_keys_and_bodies_lie_in_different_files(house):
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(PERSON, b"body", 0, house.tomorrow)
    keys = [drawn for drawn in house.drawn if len(drawn) == 32]
    database = house.database.read_bytes() + (house.folder / "clearing.db-wal").read_bytes()
    assert not [key for key in keys if key in database]


def test_only_the_bots_user_may_read_the_files(house):
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(PERSON, b"body", 0, house.tomorrow)
    assert {path.stat().st_mode & 0o777 for path in house.folder.iterdir()} == {0o600}


def test_a_row_shows_hours_and_a_padded_length_only(house):
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(1, b"Duldung", 0, house.tomorrow)
        turn.keep(2, b"Aufenthaltsgestattung", 0, house.tomorrow)
    with closing(sqlite3.connect(house.database)) as database:
        rows = database.execute(
            "SELECT length(body), touched_hour, expires_hour FROM conversation"
        ).fetchall()
    hour = int(house.now.timestamp()) // 3600
    assert rows == [(12 + 256 + 16, hour, hour + 25)] * 2


def test_a_person_is_found_by_a_keyed_hash(house):
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(PERSON, b"body", 0, house.tomorrow)
    with closing(sqlite3.connect(house.keys)) as keys:
        (pepper,) = keys.execute("SELECT value FROM pepper").fetchone()
    with closing(sqlite3.connect(house.database)) as database:
        (name,) = database.execute("SELECT person FROM conversation").fetchone()
    assert len(pepper) == 32
    assert name == hmac.digest(pepper, str(PERSON).encode(), "sha256")


def test_the_same_body_is_never_sealed_alike(house):
    store = house.open()
    bodies = set()
    for version in range(5):
        with store.turn(house.now) as turn:
            turn.keep(PERSON, b"body", version, house.tomorrow)
        with closing(sqlite3.connect(house.database)) as database:
            bodies.add(database.execute("SELECT body FROM conversation").fetchone())
    assert len(bodies) == 5
