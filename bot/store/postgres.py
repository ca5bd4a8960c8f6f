"""How PostgreSQL is opened, and its failures in words that repeat neither password nor content."""

from sqlalchemy import URL
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.store.errors import StoreError

ARGUMENTS = {
    "connect_timeout": "5",
    # A machine that is gone says nothing: after half a minute the bot looks for it again.
    "tcp_user_timeout": "20000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
}
"""Of libpq, where the address does not say otherwise."""

_SETTINGS = """
    SET default_transaction_isolation = 'read committed';
    SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '60s';
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') = 'off'
"""
"""What is acknowledged must be on the disk, and a worker that hangs must not hold up the others."""


def place(url: URL) -> str:
    """The address without password and options, which may hold a second password."""
    hosts = url.query.get("host", ())
    host = url.host or (hosts if isinstance(hosts, str) else ",".join(hosts))
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{user}{host}{port}/{url.database or ''}"


def prepare(connection: DBAPIConnection, _record: object) -> None:
    try:
        connection.cursor().execute(_SETTINGS)
        connection.commit()
    except BaseException:
        connection.close()
        raise


def unreachable(place: str, error: BaseException, *, passes: bool) -> StoreError:
    """The connection was not made; `passes` if that may change without anybody's doing."""
    state = getattr(error, "sqlstate", None)
    if state:
        return failure(place, state)
    # Nothing is stored yet, so its own words quote names at most; never the password.
    words = next(iter(str(error).splitlines()), "").rpartition("failed: ")[2]
    return StoreError(
        place,
        f"PostgreSQL cannot be reached ({' '.join(words.split())}).",
        "Start it, or correct CLEARING_DATABASE_URL.",
        retryable=passes,
    )


def lost(place: str) -> StoreError:
    return StoreError(
        place,
        "The connection to PostgreSQL is lost.",
        "Start PostgreSQL if it has ended; the bot tries again.",
        retryable=True,
    )


def failure(place: str, state: str) -> StoreError:
    """What PostgreSQL's code for the error means for whoever must act."""
    for start, problem, cure, retryable in _STATES:
        if state.startswith(start):
            return StoreError(place, problem, cure, retryable=retryable)
    # Its own words are not repeated: they may quote what was to be stored.
    return StoreError(
        place, f"PostgreSQL failed ({state}).", "Look into PostgreSQL's own log.", retryable=False
    )


_STATES = (
    (
        "25006",
        "This PostgreSQL may only be read, as a standby.",
        "Give the address of the one that may be written to.",
        False,
    ),
    (
        "42501",
        "The bot's user may not make or change its tables.",
        "Make the bot's user the owner of the database.",
        False,
    ),
    (
        "3F000",
        "There is no schema in which the bot could make its tables.",
        "Make the bot's user the owner of the database.",
        False,
    ),
    (
        "40",
        "Two workers were in each other's way.",
        "Nothing needs to be done; the bot tries again.",
        True,
    ),
    (
        "55P03",
        "Another worker or program holds the database.",
        "End what hangs; the bot tries again.",
        True,
    ),
    (
        "53100",
        "PostgreSQL's disk is full.",
        "Make room on it; the bot tries again.",
        True,
    ),
    (
        "53",
        "PostgreSQL lacks memory or connections.",
        "Look into PostgreSQL's own log; the bot tries again.",
        True,
    ),
    (
        "57",
        "PostgreSQL is ending or starting.",
        "Start it if it has ended; the bot tries again.",
        True,
    ),
    (
        "08",
        "The connection to PostgreSQL is lost.",
        "Start PostgreSQL if it has ended; the bot tries again.",
        True,
    ),
    (
        "25P03",
        "PostgreSQL ended a turn that took too long.",
        "Nothing needs to be done; the bot tries again.",
        True,
    ),
)
"""Beginning of the code, the problem, the cure, and whether to try again."""
