"""Taps on buttons, and what the phone shows in answer to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat
    from bot.sandbox.people import Person


@dataclass(frozen=True, slots=True)
class Toast:
    """A short notice over the chat; an alert waits until the person closes it."""

    text: str
    alert: bool
    url: str | None = None


@dataclass(slots=True, eq=False)
class Tap:
    """One tap on a button, and what the bot answered to it."""

    id: str
    person: Person
    chat: Chat
    data: str
    at: float
    answer: Toast | None = None
    answered: int = 0
    """The sandbox's count of events at the answer."""


def start_payload(url: str, username: str) -> str | None:
    """What follows in t.me/<bot>?start=…; None for any other address."""
    parts = urlsplit(url)
    to_bot = parts.netloc.lower() == "t.me" and parts.path.lower() == f"/{username.lower()}"
    starts = parse_qs(parts.query, keep_blank_values=True).get("start")
    return starts[0] if to_bot and starts else None
