"""What can go wrong with the store, written for the person who must act."""

import sqlite3


class StoreError(Exception):
    """Nothing of this turn is stored; names the place, the problem and the cure."""

    def __init__(self, place: str, problem: str, cure: str, *, retryable: bool) -> None:
        super().__init__(f"{place}: {problem} {cure}")
        self.place = place
        self.problem = problem
        self.cure = cure
        self.retryable = retryable
        """The same turn may succeed later, without anybody changing the program or its settings."""


class Conflict(Exception):  # noqa: N818 - not an error but news: somebody else was faster
    """Another version is kept than the one that was read, or the place is taken: read it again."""


class Unreadable(Exception):  # noqa: N818 - likewise: the row was changed outside the bot
    """A stored body does not belong to its row or was altered; forgetting it is the only cure."""


def sqlite_error(place: str, error: sqlite3.Error) -> StoreError:
    """The error of SQLite's driver, in words."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, problem, cure, retryable in _SQLITE:
        if name.startswith(start):
            return StoreError(place, problem, cure, retryable=retryable)
    return StoreError(
        place, f"SQLite says: {error}.", "Restore the file from a backup.", retryable=False
    )


_SQLITE = (
    (
        "SQLITE_BUSY",
        "The database is locked by another program.",
        "End the other program; the bot tries again.",
        True,
    ),
    (
        "SQLITE_FULL",
        "The disk is full.",
        "Make room on it; the bot tries again.",
        True,
    ),
    (
        "SQLITE_IOERR",
        "The disk cannot be read or written.",
        "Make room on it or replace it; the bot tries again.",
        True,
    ),
    (
        "SQLITE_READONLY",
        "The file may not be written.",
        "Give the bot's user the right to write to the file and its folder.",
        False,
    ),
    (
        "SQLITE_CANTOPEN",
        "The file cannot be opened.",
        "Create its folder and give the bot's user the right to write to it.",
        False,
    ),
    (
        "SQLITE_CORRUPT",
        "The file is damaged.",
        "Restore it from a backup, or move it and keys.db away to start empty.",
        False,
    ),
    (
        "SQLITE_NOTADB",
        "This is not a database, or it is damaged.",
        "Restore it from a backup, or move it and keys.db away to start empty.",
        False,
    ),
)
"""Beginning of SQLite's name for the error, the problem, the cure, and whether to try again."""
