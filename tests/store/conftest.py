"""A house for a store: its two files, a clock and chance that the test owns."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy

from bot.store.store import Store


@dataclass
class House:
    folder: Path
    url: str
    now: datetime = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
    day: timedelta = timedelta(hours=24)
    drawn: list[bytes] = field(default_factory=list)
    opened: list[Store] = field(default_factory=list)

    @property
    def keys(self) -> Path:
        return self.folder / "keys.db"

    @property
    def database(self) -> Path:
        return self.folder / "clearing.db"

    @property
    def tomorrow(self) -> datetime:
        return self.now + self.day

    @property
    def schema(self) -> str:
        """PostgreSQL's name for this house; none for a file."""
        return str(sqlalchemy.make_url(self.url).query.get("application_name", ""))

    def fresh(self, size: int) -> bytes:
        assert size <= 32
        self.drawn.append(hashlib.sha256(b"%d" % len(self.drawn)).digest()[:size])
        return self.drawn[-1]

    def open(self) -> Store:
        store = Store.open(self.url, self.keys, self.fresh)
        self.opened.append(store)
        return store

    def close(self) -> None:
        while self.opened:
            self.opened.pop().close()

    def key_count(self) -> int:
        with closing(sqlite3.connect(self.keys)) as keys:
            (number,) = keys.execute("SELECT count(*) FROM keys").fetchone()
        return int(number)

    def execute(self, line: str) -> None:
        """Change the database behind the store's back."""
        url = sqlalchemy.make_url(self.url)
        if url.get_backend_name() == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = sqlalchemy.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text(line))
        engine.dispose()

    def lose_connection(self) -> None:
        """As when PostgreSQL restarts; a file is not lost."""
        if self.schema:
            self.execute(
                "DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity"
                f" WHERE application_name = '{self.schema}' AND pid <> pg_backend_pid(); END $$"
            )

    def execute_keys(self, line: str) -> None:
        with closing(sqlite3.connect(self.keys)) as keys, keys:
            keys.execute(line)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Two files of SQLite."""
    house = House(tmp_path, f"sqlite:///{tmp_path}/clearing.db?timeout=0.01")
    yield house
    house.close()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request) -> str:
    return request.param


@pytest.fixture
def new_house(request, engine: str, tmp_path: Path) -> Iterator[Callable[[], House]]:
    """Makes houses on SQLite, and on a real PostgreSQL."""
    schemas = request.getfixturevalue("postgres") if engine == "postgres" else None
    number = count()
    houses: list[House] = []

    def make() -> House:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        url = schemas.new() if schemas else f"sqlite:///{folder}/clearing.db"
        houses.append(House(folder, url))
        return houses[-1]

    yield make
    for house in houses:
        house.close()


@pytest.fixture
def any_house(new_house: Callable[[], House]) -> House:
    return new_house()
