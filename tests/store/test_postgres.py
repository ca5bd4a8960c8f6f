"""What only PostgreSQL can do: be away, end in the middle, lose an answer, serve many workers."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
import sqlalchemy

from bot.store.errors import Conflict, StoreError
from bot.store.store import Store
from bot.store.transaction import Kept
from tests.postgres import PASSWORD

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

PERSON = 9
CANARY = b"Kanarienvogel-1"


@pytest.fixture
def engine() -> str:
    return "postgres"


def told(house, address: str) -> StoreError:
    """The one line with which a start ends."""
    with pytest.raises(StoreError) as info:
        Store.open(address, house.keys, house.fresh)
    assert PASSWORD not in str(info.value)
    assert "\n" not in str(info.value)
    assert not house.keys.exists()
    return info.value


def test_a_server_that_is_away_is_told_in_one_line(any_house):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        error = told(any_house, f"postgresql://bot:{PASSWORD}@127.0.0.1:{port}/clearing")
    assert str(error) == (
        f"postgresql://bot@127.0.0.1:{port}/clearing: PostgreSQL cannot be reached "
        "(Connection refused). Start it, or correct CLEARING_DATABASE_URL."
    )
    assert error.retryable


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((PASSWORD, "wr0ng"), 'password authentication failed for user "bot"'),
        (("bot:", "eve:"), 'password authentication failed for user "eve"'),
        (("/postgres?", "/missing?"), 'database "missing" does not exist'),
        (("host=", "timeout=1&host="), 'invalid connection option "timeout"'),
        (("host=", "host=/nowhere"), "No such file or directory"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(any_house, postgres_server, change, said):
    error = told(any_house, postgres_server.url().replace(*change))
    assert "PostgreSQL cannot be reached (" in str(error)
    assert said in str(error)
    assert "wr0ng" not in str(error)


def test_a_password_among_the_options_is_not_told_either(any_house, postgres_server):
    address = postgres_server.url().replace(f":{PASSWORD}", "") + f"&password={PASSWORD}"
    assert "does not exist" in str(told(any_house, address.replace("/postgres?", "/missing?")))
    Store.open(address, any_house.keys, any_house.fresh).close()


def test_a_password_that_must_be_written_otherwise_is_not_taken_for_a_host(any_house):
    error = told(any_house, "postgresql://bot:half@half@db.example.org/clearing")
    assert "write @ in it as %40" in str(error)
    assert "half" not in str(error)


def test_a_user_without_rights_is_told(any_house):
    name = any_house.schema
    any_house.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    any_house.execute(f"GRANT USAGE ON SCHEMA {name} TO {name}")
    error = told(any_house, any_house.url.replace("//bot:", f"//{name}:"))
    assert "may not make or change its tables. Make the bot's user the owner" in str(error)
    assert not error.retryable


def test_the_turns_go_on_when_the_server_is_back(any_house, postgres_server):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(PERSON, b"before", 0, any_house.tomorrow)

    def cut_off():
        with store.turn(any_house.now) as turn:
            assert turn.unseen(1)
            turn.keep(PERSON, b"never", 1, any_house.tomorrow)
            turn.keep(PERSON + 1, b"never", 0, any_house.tomorrow)
            postgres_server.stop()

    def refused():
        with store.turn(any_house.now) as turn:
            turn.unseen(1)

    try:
        for trial in (cut_off, refused, refused):
            with pytest.raises(StoreError) as info:
                trial()
            assert info.value.retryable
            assert PASSWORD not in str(info.value)
    finally:
        postgres_server.start()
    with store.turn(any_house.now) as turn:
        assert turn.unseen(1)
        assert turn.conversation(PERSON) == Kept(b"before", 1)
        assert turn.conversation(PERSON + 1) is None
    assert any_house.key_count() == 1


class Wire:
    """Between a store and its server; it can lose the answer to a commit, or the commit itself."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.loses = ""
        self._server = str(server / ".s.PGSQL.5432")
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / ".s.PGSQL.5432"))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=[client], daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        server.connect(self._server)
        threading.Thread(target=self._back, args=[server, client], daemon=True).start()
        with client, server, suppress(OSError):
            while sent := client.recv(65_536):
                if b"COMMIT" in sent and self.loses == "commit":
                    break
                server.sendall(sent)
            self._cut(client, server)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while got := server.recv(65_536):
                if b"COMMIT" in got and self.loses == "answer":
                    break
                client.sendall(got)
            self._cut(client, server)

    def _cut(self, *ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(house, server):
    between = Wire(house.folder, server.folder)
    url = sqlalchemy.make_url(house.url).update_query_dict({"host": str(house.folder)})
    house.url = url.render_as_string(hide_password=False)
    try:
        yield between
    finally:
        house.close()
        between.close()


@pytest.mark.parametrize(("loses", "stored"), [("answer", True), ("commit", False)])
def test_a_commit_whose_answer_is_lost_loses_no_key(any_house, postgres_server, loses, stored):
    """F07: the number of the update says afterwards whether it was stored."""
    with wire(any_house, postgres_server) as between:
        store = any_house.open()
        with store.turn(any_house.now) as turn:
            turn.keep(PERSON, b"old", 0, any_house.tomorrow)

        def turn_that_fails():
            with store.turn(any_house.now) as turn:
                assert turn.unseen(1)
                turn.forget(PERSON)
                turn.keep(PERSON + 1, b"new", 0, any_house.tomorrow)
                between.loses = loses

        with pytest.raises(StoreError) as info:
            turn_that_fails()
        assert info.value.retryable
        between.loses = ""
        with store.turn(any_house.now) as turn:
            assert turn.unseen(1) != stored
            assert turn.conversation(PERSON) == (None if stored else Kept(b"old", 1))
            assert turn.conversation(PERSON + 1) == (Kept(b"new", 1) if stored else None)
        assert any_house.key_count() == 1


def together(count: int, work):
    """What each of so many workers returns; they begin at the same moment."""
    ready = threading.Barrier(count)

    def one(number: int):
        ready.wait()
        return work(number)

    with ThreadPoolExecutor(count) as workers:
        return list(workers.map(one, range(count)))


def test_workers_that_start_together_make_one_database(any_house):
    stores = together(4, lambda _: any_house.open())
    for person, store in enumerate(stores):
        with store.turn(any_house.now) as turn:
            turn.keep(person, b"%d" % person, 0, any_house.tomorrow)
    with stores[0].turn(any_house.now) as turn:
        assert len(list(turn.kept_since(any_house.now))) == 4


def test_of_workers_that_write_one_conversation_one_wins(any_house):
    stores = [any_house.open() for _ in range(4)]

    def write(number: int) -> bool:
        try:
            with stores[number].turn(any_house.now) as turn:
                turn.keep(PERSON, b"%d" % number, version, any_house.tomorrow)
        except Conflict:
            return False
        return True

    for version in range(10):
        won = together(4, write)
        assert sum(won) == 1
        with stores[0].turn(any_house.now) as turn:
            assert turn.conversation(PERSON) == Kept(b"%d" % won.index(True), version + 1)
    assert any_house.key_count() == 1


def test_an_update_is_unseen_for_one_worker_only(any_house):
    """F43: in parallel."""
    stores = [any_house.open() for _ in range(4)]

    def see(number: int) -> list[int]:
        news = []
        for update in range(20):
            with stores[number].turn(any_house.now) as turn:
                if turn.unseen(update):
                    news.append(update)
        return news

    assert sorted(chain.from_iterable(together(4, see))) == list(range(20))


def test_workers_that_sweep_together_are_not_in_each_others_way(any_house):
    stores = [any_house.open() for _ in range(3)]
    with stores[0].turn(any_house.now) as turn:
        for person in range(100):
            turn.keep(person, b"", 0, any_house.now + timedelta(minutes=person))

    def sweep(number: int) -> None:
        with stores[number].turn(any_house.tomorrow) as turn:
            turn.sweep()

    together(3, sweep)
    with stores[0].turn(any_house.now) as turn:
        assert list(turn.kept_since(any_house.now)) == []
    assert any_house.key_count() == 0


def test_a_worker_of_another_machine_with_keys_of_its_own_is_refused(any_house):
    any_house.open()
    other = any_house.folder / "other.db"
    with pytest.raises(StoreError, match=r"other\.db: This file is missing or does not belong"):
        Store.open(any_house.url, other, any_house.fresh)
    assert not other.exists()


def test_a_worker_that_hangs_does_not_hold_up_the_start_of_another(any_house, monkeypatch):
    any_house.open()
    with psycopg.connect(any_house.url, application_name="") as hanging:
        hanging.execute("SELECT pg_advisory_xact_lock_shared(2006)")
        waiting = any_house.url.replace("options=", "options=-clock_timeout%3D10ms%20")
        monkeypatch.setattr("bot.store.postgres._SETTINGS", "SELECT 1")
        with pytest.raises(StoreError, match="Another worker or program holds") as info:
            Store.open(waiting, any_house.keys, any_house.fresh)
    assert info.value.retryable


def test_what_is_acknowledged_is_on_the_disk(any_house):
    """Also where the server would rather be fast."""
    any_house.url = any_house.url.replace("options=", "options=-csynchronous_commit%3Doff%20")
    with psycopg.connect(any_house.url) as plain:
        assert plain.execute("SHOW synchronous_commit").fetchone() == ("off",)
    database = any_house.open()._database  # noqa: SLF001 - nothing else can see it without a power cut
    assert database.rows("SHOW synchronous_commit") == [("on",)]


def test_neither_body_nor_key_nor_person_is_anywhere_in_the_servers_files(
    any_house, postgres_server
):
    store = any_house.open()
    with store.turn(any_house.now) as turn:
        turn.keep(987_654_321_012, CANARY, 0, any_house.tomorrow)
    keys = [drawn for drawn in any_house.drawn if len(drawn) == 32]
    postgres_server.stop()
    try:
        files = [path for path in postgres_server.folder.glob("data/**/*") if path.is_file()]
        found = b"".join(path.read_bytes() for path in files)
    finally:
        postgres_server.start()
    assert any_house.schema.encode() in found
    for secret in (CANARY, b"987654321012", *keys):
        assert secret not in found
