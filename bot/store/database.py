"""One connection to SQLite or PostgreSQL, held open, with every failure in words.

Statements are written once, with `:names`, and translated once for the engine's driver; they run
on the driver's own cursor, which costs a third of the way through the whole of SQLAlchemy.
"""

import sqlite3
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool, PoolProxiedConnection

from bot.store import postgres
from bot.store.errors import StoreError, sqlite_error
from bot.store.keys import sound, unwritable

PATIENCE = 5.0
"""Seconds to wait for another program's lock; `?timeout=` in SQLite's URL overrides it."""

_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    # NORMAL may lose the last commits in a power cut, and they have been acknowledged.
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
)
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

Parameters: TypeAlias = dict[str, object] | tuple[object, ...]


class Database:
    """For one thread. After a failure nothing more is stored until the next `begin`."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.place = place
        self._engine = engine
        self._failures: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._lost: type[Exception] = engine.dialect.loaded_dbapi.OperationalError
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None]] = {}
        self._held: PoolProxiedConnection | None = None
        self._failed: StoreError | None = None
        self._sqlite = engine.dialect.name == "sqlite"

    @classmethod
    def open(cls, address: str) -> "Database":
        """Raises StoreError when the address is wrong, or the database cannot be used."""
        url = _url(address)
        if url.get_backend_name() != "sqlite":
            engine = _engine(url.set(query={**postgres.ARGUMENTS, **url.query}))
            event.listen(engine, "connect", postgres.prepare)
            database = cls(engine, postgres.place(url))
            database._connection()
            return database
        place = Path(url.database or "")
        if not place.name or place.name == ":memory:":
            raise _wrong(address, "The address names no file.")
        engine = _engine(url.update_query_dict({"timeout": str(patience(address))}))
        try:
            place.touch(mode=0o600)
        except OSError as error:
            raise unwritable(place, error) from error
        event.listen(engine, "connect", _prepare)
        database = cls(engine, str(place))
        try:
            sound(database.place, database.rows("PRAGMA quick_check(1)")[0])
        except BaseException:
            database.close()
            raise
        return database

    @property
    def bytes_type(self) -> str:
        return "BLOB" if self._sqlite else "BYTEA"

    def begin(self) -> None:
        """Begin a transaction that may write, so that it never fails half-way for a lock."""
        self._failed = None
        connection = self._connection()
        if self._sqlite:
            self._execute(connection, "BEGIN IMMEDIATE")

    def alone(self) -> None:
        """Wait until no other process is within a transaction that writes; until this one ends."""
        if not self._sqlite:
            self.rows("SELECT pg_advisory_xact_lock(2006)")

    def together(self) -> None:
        """Keep those who want to be alone waiting until this transaction ends."""
        if not self._sqlite:
            self.rows("SELECT pg_advisory_xact_lock_shared(2006)")

    def rows(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        cursor = self._run(statement, values)
        try:
            return list(cursor.fetchall())
        except self._failures as error:
            raise self._fail(error) from error

    def change(self, statement: str, **values: object) -> int:
        """How many rows it changed."""
        return self._run(statement, values).rowcount

    def commit(self) -> None:
        """Raises StoreError, also for an earlier failure that somebody swallowed."""
        if self._failed is not None:
            raise self._failed
        try:
            self._connection().commit()
        except self._failures as error:
            raise self._fail(error) from error

    def rollback(self) -> None:
        """Never raises: what cannot be rolled back is dropped with its connection."""
        if self._held is None:
            return
        try:
            self._held.rollback()
        except self._failures:
            self._drop()

    def spoil(self, failure: StoreError) -> None:
        """Let nothing more be stored in this transaction: what belongs to it has failed."""
        self._failed = failure

    def close(self) -> None:
        self._drop()
        self._engine.dispose()

    def _connection(self) -> DBAPIConnection:
        if self._held is None:
            try:
                self._held = self._engine.raw_connection()
            except DBAPIError as error:
                raise self._unopened(error.orig or error) from error
            except self._failures as error:
                raise self._unopened(error) from error
        return self._held.dbapi_connection  # type: ignore[return-value]  # held, so connected

    def _drop(self) -> None:
        if self._held is not None:
            self._held.invalidate()
            self._held = None

    def _run(self, statement: str, values: dict[str, object]) -> DBAPICursor:
        if self._failed is not None:
            raise self._failed
        line, order = self._compiled.get(statement) or self._compile(statement)
        parameters = values if order is None else tuple(values[name] for name in order)
        return self._execute(self._connection(), line, parameters)

    def _execute(
        self, connection: DBAPIConnection, line: str, parameters: Parameters = ()
    ) -> DBAPICursor:
        try:
            cursor = connection.cursor()
            cursor.execute(line, parameters)
        except self._failures as error:
            raise self._fail(error) from error
        return cursor

    def _compile(self, statement: str) -> tuple[str, tuple[str, ...] | None]:
        compiled = text(statement).compile(dialect=self._engine.dialect)
        order = tuple(compiled.positiontup or ()) if compiled.positional else None
        self._compiled[statement] = str(compiled), order
        return self._compiled[statement]

    def _fail(self, error: Exception) -> StoreError:
        self._failed = self._words(error)
        return self._failed

    def _words(self, error: BaseException) -> StoreError:
        if isinstance(error, sqlite3.Error):
            return sqlite_error(self.place, error)
        state = getattr(error, "sqlstate", None)
        if state is None and isinstance(error, self._lost):
            return postgres.lost(self.place)
        return postgres.failure(self.place, state or type(error).__name__)

    def _unopened(self, error: BaseException) -> StoreError:
        if self._sqlite:
            return self._words(error)
        return postgres.unreachable(self.place, error, passes=isinstance(error, self._lost))


def patience(address: str) -> float:
    """Seconds to wait for a lock, as the address says."""
    url = make_url(address)
    asked = url.query.get("timeout", PATIENCE) if url.get_backend_name() == "sqlite" else PATIENCE
    try:
        return float(str(asked))
    except ValueError as error:
        raise _wrong(address, "`timeout` is not a number of seconds.") from error


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        # The address may hold a password: it is not repeated.
        raise _wrong("CLEARING_DATABASE_URL", "This is not an address of a database.") from error
    if "@" in (url.host or ""):
        problem = "A part of the password was taken for the host: write @ in it as %40, / as %2F."
        raise _wrong("CLEARING_DATABASE_URL", problem)
    for engine, drivername in _DRIVERS.items():
        if url.get_backend_name() == engine:
            return url.set(drivername=drivername)
    raise _wrong(url.drivername, "This kind of database is not known.")


def _engine(url: URL) -> Engine:
    try:
        return create_engine(url, poolclass=NullPool)
    except ModuleNotFoundError as error:
        raise StoreError(
            url.drivername,
            f"The driver {error.name} is not installed.",
            "Install it with the bot: pip install '.[postgres]'.",
            retryable=False,
        ) from error


def _wrong(place: str, problem: str) -> StoreError:
    cure = "Write it like sqlite:///data/clearing.db or postgresql://user@host/name."
    return StoreError(place, problem, cure, retryable=False)


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    # The bot begins transactions itself; the driver's own way would begin them too late.
    connection.isolation_level = None
    try:
        for line in _SETTINGS:
            connection.cursor().execute(line)
    except BaseException:
        connection.close()
        raise
