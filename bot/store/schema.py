"""The tables, and how an older database becomes today's. Times outside a seal are whole hours."""

from bot.store.database import Database
from bot.store.errors import StoreError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # The set of seen ids is the inbox: Telegram keeps what is not acknowledged.
        "CREATE TABLE seen (update_id BIGINT PRIMARY KEY, hour BIGINT NOT NULL)",
        "CREATE INDEX seen_hour ON seen (hour)",
        """
        CREATE TABLE quarantine (
            update_id BIGINT PRIMARY KEY,
            kind TEXT NOT NULL,
            hour BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE conversation (
            person {bytes} PRIMARY KEY,
            key {bytes} NOT NULL,
            version BIGINT NOT NULL,
            body {bytes} NOT NULL,
            touched_hour BIGINT NOT NULL,
            expires_hour BIGINT NOT NULL
        )
        """,
        "CREATE INDEX conversation_expires ON conversation (expires_hour)",
    ),
)
"""Version n is what the first n of these make. Never change one that was released: add another."""

_ABOUT = "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
_READ = "SELECT value FROM about WHERE name = :name"
_WRITE = (
    "INSERT INTO about (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def migrate(database: Database) -> None:
    """Bring the tables to today's version; within a transaction, so all of it or nothing.

    Raises:
        StoreError: a newer bot wrote this database.
    """
    database.alone()
    database.change(_ABOUT)
    version = int(read(database, "version") or 0)
    if version > len(MIGRATIONS):
        raise StoreError(
            database.place,
            f"A newer bot wrote this database (version {version}, known up to {len(MIGRATIONS)}).",
            "Run that newer bot again, or restore a backup from before the update.",
            retryable=False,
        )
    for lines in MIGRATIONS[version:]:
        for line in lines:
            database.change(line.format(bytes=database.bytes_type))
    if version < len(MIGRATIONS):
        write(database, "version", str(len(MIGRATIONS)))


def read(database: Database, name: str) -> str | None:
    rows = database.rows(_READ, name=name)
    return None if not rows else str(rows[0][0])


def write(database: Database, name: str, value: str) -> None:
    database.change(_WRITE, name=name, value=value)
