"""What an update can mean beside that which the service is told."""

from dataclasses import dataclass
from datetime import date

from bot.exchange import Update


@dataclass(frozen=True, slots=True)
class Here:
    """What must be known to read a command."""

    bot_name: str
    """Without @: in a group others may be meant."""
    today: date
    """In the region: "24.12." is the next such day."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us: acknowledged, without effect."""

    update: int
    tap: str | None = None
    """Yet a phone that waits for an answer gets one."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody in a group wants from the bot what it does in private only."""

    update: int
    chat: int


@dataclass(frozen=True, slots=True)
class Joined:
    """There are more people in a group than before."""

    update: int
    chat: int


@dataclass(frozen=True, slots=True)
class InChannel:
    """Somebody took the bot into a channel, where a sentence would go to all readers."""

    update: int
    chat: int


Decoded = Update | Ignored | Called | Joined | InChannel
