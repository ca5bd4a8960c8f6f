"""What is to be done for one letter, as the turn that looked at it saw it."""

from dataclasses import dataclass
from datetime import datetime

from bot.message import Message


@dataclass(frozen=True, slots=True)
class Key:
    owner: str
    slot: str

    def __str__(self) -> str:
        return f"{self.owner}/{self.slot}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that has work in it."""

    key: Key
    chat: int
    lane: int
    due: datetime
    messages: int
    """How many it counts for: a new one is sent and edited, another one edited, or removed."""
    only_sweeps: bool
    """All stands as it should, but for placeholders that were lost sight of."""


@dataclass(frozen=True, slots=True)
class Place:
    """Send the placeholder; that it goes out is noted already."""

    key: Key
    chat: int
    placeholder: Message
    protect: bool


@dataclass(frozen=True, slots=True)
class Fill:
    """Let the message show the content."""

    key: Key
    chat: int
    number: int
    message: Message
    content: str
    """The fingerprint of the message."""


@dataclass(frozen=True, slots=True)
class TakeAway:
    key: Key
    chat: int
    number: int


@dataclass(frozen=True, slots=True)
class Stray:
    """Sent for a letter that meanwhile has gone or moved: nobody else will take it away."""

    chat: int
    number: int


@dataclass(frozen=True, slots=True)
class Sweep:
    """Look for so many placeholders that were lost sight of."""

    key: Key
    chat: int
    lost: int
    above: tuple[int, ...]
    """For each of them, what the newest number was when it went out; 0 where nobody knows."""
    below: int | None
    """The number of the next placeholder of the same letter, if there was one."""
    owned: frozenset[int]
    """Numbers in this chat that others have."""


Parcel = Place | Fill | TakeAway | Stray
