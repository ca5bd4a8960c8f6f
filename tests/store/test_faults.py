"""Locks, full disks and wrong files: nothing is half-stored, nothing reset, and a way out named."""

import os
import re
import resource
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from bot.store.errors import StoreError, sqlite_error
from bot.store.store import Store
from bot.store.transaction import Kept

PERSON = 5
FULL = 2


@contextmanager
def locked(path: Path):
    """Another program holds the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full_disk(room: int):
    """No file can grow beyond `room` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def as_nobody():
    """For root no folder is read-only."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_locked_database_stores_nothing_and_may_be_tried_again(house):
    """F06."""
    store = house.open()
    with locked(house.database):
        with pytest.raises(StoreError, match="locked") as info, store.turn(house.now):
            pytest.fail("the turn must not begin")
        assert info.value.retryable
    with store.turn(house.now) as turn:
        assert turn.unseen(1)
        turn.keep(PERSON, b"body", 0, house.tomorrow)


def test_locked_keys_take_the_turn_back_whoever_catches_the_error(house):
    store = house.open()

    def careless_turn():
        with store.turn(house.now) as turn:
            turn.unseen(1)
            with suppress(StoreError), turn.savepoint():
                turn.keep(PERSON, b"body", 0, house.tomorrow)
            with pytest.raises(StoreError):
                turn.unseen(2)

    with locked(house.keys), pytest.raises(StoreError, match=r"keys\.db: .*locked") as info:
        careless_turn()
    assert info.value.retryable
    with store.turn(house.now) as turn:
        assert turn.unseen(1)
        assert turn.conversation(PERSON) is None
        assert turn.keep(PERSON, b"body", 0, house.tomorrow) == 1
    assert house.key_count() == 1


def test_while_a_key_cannot_be_destroyed_nobody_is_served(house):
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(PERSON, b"body", 0, house.tomorrow)
    with locked(house.keys):
        with store.turn(house.now) as turn:
            turn.forget(PERSON)
        with pytest.raises(StoreError) as info, store.turn(house.now):
            pytest.fail("the turn must not begin")
        assert info.value.retryable
    with store.turn(house.now) as turn:
        assert turn.conversation(PERSON) is None
    assert house.key_count() == 0


def test_a_key_that_was_not_destroyed_goes_at_the_next_start(house):
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(PERSON, b"body", 0, house.tomorrow)
        turn.keep(PERSON + 1, b"stays", 0, house.tomorrow)
    with locked(house.keys), store.turn(house.now) as turn:
        turn.forget(PERSON)
    assert house.key_count() == 2
    with house.open().turn(house.now) as turn:
        assert turn.conversation(PERSON + 1) == Kept(b"stays", 1)
    assert house.key_count() == 1


def test_on_a_full_disk_nothing_is_stored_until_there_is_room(house):
    """F08."""
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(PERSON, b"before", 0, house.tomorrow)
    room = (house.folder / "clearing.db-wal").stat().st_size + 10_000

    def large_turn():
        with store.turn(house.now) as turn:
            turn.unseen(1)
            turn.keep(PERSON, bytes(100_000), 1, house.tomorrow)
            turn.keep(PERSON + 1, b"other", 0, house.tomorrow)

    with full_disk(room), pytest.raises(StoreError, match="disk") as info:
        large_turn()
    assert info.value.retryable
    with store.turn(house.now) as turn:
        assert turn.unseen(1)
        assert turn.conversation(PERSON) == Kept(b"before", 1)
        assert turn.conversation(PERSON + 1) is None
        assert turn.keep(PERSON, bytes(100_000), 1, house.tomorrow) == 2
    assert house.key_count() == 1


def test_a_full_disk_at_the_first_start_is_told(house):
    with full_disk(2_000), pytest.raises(StoreError, match="disk"):
        house.open()
    with house.open().turn(house.now) as turn:
        assert turn.unseen(1)


def test_a_full_file_system_is_told_in_words():
    """F08."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as info:
            database.executescript("CREATE TABLE one (a); CREATE TABLE two (a);")
    error = sqlite_error("data/clearing.db", info.value)
    assert str(error).startswith("data/clearing.db: The disk is full. Make room")
    assert error.retryable


def test_what_is_acknowledged_is_on_the_disk(house):
    """F09: each commit waits for the disk, whatever the system would rather do."""
    store = house.open()
    ask = "PRAGMA synchronous"
    assert store._database.rows(ask) == [(FULL,)]  # noqa: SLF001 - nothing else can see it without a power cut
    assert store._keys._connection.execute(ask).fetchone() >= (FULL,)  # noqa: SLF001 - likewise


@pytest.mark.parametrize("name", ["clearing.db", "keys.db"])
@pytest.mark.parametrize("damage", ["overwritten", "page"])
def test_a_damaged_file_is_refused_and_left_as_it_is(house, name, damage):
    """F10."""
    store = house.open()
    with store.turn(house.now) as turn:
        for person in range(300):
            turn.keep(person, b"body", 0, house.tomorrow)
    house.close()
    path = house.folder / name
    content = bytearray(path.read_bytes())
    if damage == "overwritten":
        content[:100] = b"#" * 100
    else:
        content[4_096:] = b"\xff" * (len(content) - 4_096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=rf"{re.escape(name)}: .*Restore") as info:
        house.open()
    assert not info.value.retryable
    assert path.read_bytes() == content


def test_a_folder_that_may_not_be_written_is_told(house):
    house.folder.chmod(0o555)
    with as_nobody(), pytest.raises(StoreError, match=r"right to write") as info:
        house.open()
    house.folder.chmod(0o755)
    assert not info.value.retryable
    assert list(house.folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(house):
    address = f"sqlite:///{house.folder}/missing/clearing.db"
    with pytest.raises(StoreError, match=r"missing/clearing\.db: .* Create its folder"):
        Store.open(address, house.keys, house.fresh)
    with pytest.raises(StoreError, match=r"missing/keys\.db: .* Create its folder"):
        Store.open(house.url, house.folder / "missing" / "keys.db", house.fresh)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "clearing.db",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://bot:s3cret@host/name",
        "sqlite:///x.db?timeout=soon",
        "postgresql://bot:s3cret@host:door/name",
    ],
)
def test_a_wrong_address_is_told_without_its_password(house, monkeypatch, address):
    monkeypatch.chdir(house.folder)
    with pytest.raises(StoreError, match="Write it like sqlite:///") as info:
        Store.open(address, house.keys, house.fresh)
    assert "s3cret" not in str(info.value)
    assert list(house.folder.iterdir()) == []


def test_a_database_without_its_keys_is_refused(house):
    house.open()
    house.close()
    house.keys.unlink()
    with pytest.raises(StoreError, match=r"keys\.db: This file is missing"):
        house.open()
    assert not house.keys.exists()


def test_keys_of_another_database_are_refused(house):
    store = house.open()
    with store.turn(house.now) as turn:
        turn.keep(PERSON, b"body", 0, house.tomorrow)
    house.close()
    other = house.folder / "other.db"
    with pytest.raises(StoreError, match=r"does not belong to the database .*other\.db"):
        Store.open(f"sqlite:///{other}", house.keys, house.fresh)
    strange = house.folder / "strange.db"
    Store.open(f"sqlite:///{house.folder}/third.db", strange, house.fresh).close()
    with pytest.raises(StoreError, match=r"strange\.db: .*does not belong"):
        Store.open(house.url, strange, house.fresh)
    assert house.key_count() == 1
