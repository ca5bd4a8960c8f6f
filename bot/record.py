"""A conversation and its messages as bytes, and back. The store seals what this writes."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from bot.core import state
from bot.core.events import Menu
from bot.core.place import Candidate
from bot.core.state import Conversation, Note, Page

_PAGES = {
    page.__name__: page
    for page in (
        state.Why,
        state.MyAnswers,
        state.DoorPage,
        state.DeskPage,
        state.HumanPage,
        state.MenuPage,
        state.ConsentPage,
    )
}


_REMEMBERED: Final = 300
"""Messages of one chat that a quick exit takes away; somebody who floods must not fill the row."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message in the chat, of ours or of theirs, that is still there."""

    message: int
    at: datetime
    """Aware, UTC: after 48 hours it can be edited, but no longer deleted."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept about one person between two updates."""

    conversation: Conversation
    chat: int
    living: int | None = None
    """The message that is edited in place."""
    sent: tuple[Sent, ...] = field(default=())
    until: datetime | None = None
    """Aware, UTC: when it is destroyed, however much is still sent; None before the first turn."""
    has_left: bool = False
    """Nothing is known but the messages that are still to be taken away."""

    def with_message(self, message: int, at: datetime) -> "Record":
        """Also remember a message of theirs or ours, so that a quick exit can take it away."""
        sent = (*self.without((message,)).sent, Sent(message, at))
        return replace(self, sent=sent[-_REMEMBERED:])

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of all messages that are still there."""
        return tuple(sent.message for sent in self.sent)

    def without(self, messages: tuple[int, ...]) -> "Record":
        kept = tuple(sent for sent in self.sent if sent.message not in messages)
        return self if len(kept) == len(self.sent) else replace(self, sent=kept)


def pack(record: Record) -> bytes:
    talk = record.conversation
    body: dict[str, Any] = {
        "language": talk.language,
        "case": dict(talk.case),
        "trail": talk.trail,
        "asked_again": talk.asked_again,
        "marked": sorted(talk.marked),
        "candidates": [(one.ags, one.village) for one in talk.candidates],
        "outside": talk.outside,
        "wants_more": talk.wants_more,
        "pages": [{"kind": type(page).__name__, **asdict(page)} for page in talk.pages],
        "note": talk.note,
        "chat": record.chat,
        "living": record.living,
        "has_left": record.has_left,
        "sent": [(sent.message, int(sent.at.timestamp())) for sent in record.sent],
        "until": record.until and record.until.timestamp(),
    }
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def unpack(body: bytes) -> Record:
    """The record that `pack` wrote.

    Raises:
        ValueError, KeyError, TypeError: for bytes that no version of `pack` wrote.
    """
    kept: dict[str, Any] = json.loads(body)
    note = kept["note"]
    until = kept.get("until")
    return Record(
        Conversation(
            kept["language"],
            dict(kept["case"]),
            tuple(tuple(entry) for entry in kept["trail"]),
            tuple(kept["asked_again"]),
            frozenset(kept["marked"]),
            tuple(Candidate(ags, village) for ags, village in kept["candidates"]),
            kept["outside"],
            bool(kept["wants_more"]),
            tuple(_page(page) for page in kept["pages"]),
            None if note is None else Note(note),
        ),
        kept["chat"],
        kept["living"],
        tuple(Sent(message, datetime.fromtimestamp(at, UTC)) for message, at in kept["sent"]),
        until and datetime.fromtimestamp(until, UTC),
        bool(kept.get("has_left")),
    )


def readable(body: bytes) -> Record | None:
    """The kept record, or None where an older bot kept it in a shape we no longer read."""
    try:
        return unpack(body)
    except (ValueError, KeyError, TypeError):
        return None


def _page(kept: dict[str, Any]) -> Page:
    fields = dict(kept)
    kind = _PAGES[fields.pop("kind")]
    if kind is state.MenuPage:
        return state.MenuPage(Menu(fields["menu"]))
    page: Page = kind(**fields)
    return page
