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
    (
        """
        CREATE TABLE referral (
            code TEXT PRIMARY KEY,
            person {bytes} NOT NULL,
            number BIGINT NOT NULL,
            key {bytes} NOT NULL,
            version BIGINT NOT NULL,
            body {bytes} NOT NULL,
            touched_hour BIGINT NOT NULL,
            expires_hour BIGINT NOT NULL
        )
        """,
        "CREATE INDEX referral_person ON referral (person, number)",
        "CREATE INDEX referral_number ON referral (number)",
        "CREATE INDEX referral_expires ON referral (expires_hour)",
        """
        CREATE TABLE open_referral (
            service TEXT NOT NULL,
            code TEXT NOT NULL,
            PRIMARY KEY (service, code)
        )
        """,
        "CREATE INDEX open_referral_code ON open_referral (code)",
        # Times at which something is due are exact, and letters outlive the case's key: so that
        # the message can be taken away, and nothing but its place is in them then.
        """
        CREATE TABLE letter (
            owner TEXT NOT NULL,
            slot TEXT NOT NULL,
            place TEXT NOT NULL,
            chat {bytes} NOT NULL,
            lane BIGINT NOT NULL,
            message BIGINT,
            wanted TEXT NOT NULL,
            shown TEXT NOT NULL,
            attempts BIGINT NOT NULL,
            above BIGINT,
            due BIGINT NOT NULL,
            PRIMARY KEY (owner, slot)
        )
        """,
        """
        CREATE INDEX letter_work ON letter (lane, due, owner, slot)
            WHERE (wanted <> shown OR attempts > 0 OR wanted = '' AND message IS NOT NULL)
        """,
        """
        CREATE INDEX letter_due ON letter (due)
            WHERE (wanted <> shown OR attempts > 0 OR wanted = '' AND message IS NOT NULL)
        """,
        "CREATE INDEX letter_chat ON letter (chat, message)",
        """
        CREATE TABLE timer (
            owner TEXT NOT NULL,
            step TEXT NOT NULL,
            due BIGINT NOT NULL,
            PRIMARY KEY (owner, step)
        )
        """,
        "CREATE INDEX timer_due ON timer (due, owner, step)",
        """
        CREATE TABLE team (
            team {bytes} PRIMARY KEY,
            key {bytes} NOT NULL,
            version BIGINT NOT NULL,
            body {bytes} NOT NULL
        )
        """,
        """
        CREATE TABLE team_service (
            service TEXT PRIMARY KEY,
            team {bytes} NOT NULL,
            reach TEXT NOT NULL
        )
        """,
        "CREATE INDEX team_service_team ON team_service (team)",
        """
        CREATE TABLE team_person (
            person {bytes} NOT NULL,
            team {bytes} NOT NULL,
            PRIMARY KEY (person, team)
        )
        """,
        "CREATE INDEX team_person_team ON team_person (team)",
        """
        CREATE TABLE invitation (
            secret {bytes} PRIMARY KEY,
            service TEXT NOT NULL,
            until BIGINT NOT NULL
        )
        """,
    ),
    (
        # One number for each attempt instead of one for all of a letter.
        "ALTER TABLE letter RENAME COLUMN above TO lowest",
        "ALTER TABLE letter ADD COLUMN above TEXT NOT NULL DEFAULT ''",
        """
        UPDATE letter SET above = replace(
            substr('xxxxxxxxxxxxxxxxxxxx', 1, CAST(attempts AS INTEGER)),
            'x', CAST(coalesce(lowest, 0) AS TEXT) || ' '
        )
        """,
        "ALTER TABLE letter DROP COLUMN lowest",
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
