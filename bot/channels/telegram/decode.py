"""An update of Telegram in the words of the domain. Names, user names and photos are never read."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.channels.telegram.commands import Known, command
from bot.core import buttons, events
from bot.exchange import Incoming, Location, Typed, Unreadable

LONGEST_TYPED: Final = 1000
"""Characters of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us: acknowledged, without effect."""

    update: int


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody took the bot into a group, or called it there."""

    update: int
    chat: int
    may_speak: bool
    """False in a channel, where a sentence would go to all readers."""


Decoded = Incoming | Unreadable | Ignored | InGroup


def decode(raw: object, known: Known) -> Decoded | None:
    """What an update means; None for one without a number, which cannot be acknowledged. Total."""
    if not isinstance(raw, dict) or not _is_number(raw.get("update_id")):
        return None
    update: int = raw["update_id"]
    try:
        return _decoded(update, raw, known)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        # Its kind only: the message of the error may quote what somebody wrote.
        return Unreadable(update, type(problem).__name__)


def _decoded(update: int, raw: Mapping[str, Any], known: Known) -> Decoded:
    if (tap := raw.get("callback_query")) is not None:
        return _tap(update, tap)
    if (message := raw.get("message")) is not None:
        return _message(update, message, known)
    if (change := raw.get("my_chat_member")) is not None:
        return _standing(update, change)
    return Ignored(update)


def _tap(update: int, tap: Mapping[str, Any]) -> Decoded:
    person = _number(tap["from"]["id"])
    shown = tap.get("message")
    if shown is not None and shown["chat"]["type"] != "private":
        return Ignored(update)
    data = tap.get("data")
    return Incoming(
        update=update,
        person=person,
        chat=_number(shown["chat"]["id"]) if shown is not None else person,
        phone_language=_language(tap["from"]),
        what=buttons.decode(data) if isinstance(data, str) else events.CameBack(),
        tap=_text(tap["id"]),
        tapped=_number(shown["message_id"]) if shown is not None else None,
    )


def _message(update: int, message: Mapping[str, Any], known: Known) -> Decoded:
    chat = message["chat"]
    if chat["type"] != "private":
        return _in_group(update, message, chat)
    sender = message["from"]
    if sender.get("is_bot"):
        return Ignored(update)
    what = _content(message, known)
    if what is None:
        return Ignored(update)
    return Incoming(
        update=update,
        person=_number(sender["id"]),
        chat=_number(chat["id"]),
        phone_language=_language(sender),
        what=what,
        message=_number(message["message_id"]),
    )


def _content(message: Mapping[str, Any], known: Known) -> events.Event | Typed | Location | None:
    """What somebody sent, or None for a notice of Telegram's own."""
    text = message.get("text")
    if text is not None and "forward_origin" not in message:
        if _text(text).startswith("/"):
            return command(text, known)
        return Typed(text[:LONGEST_TYPED])
    place = message.get("location")
    if place is not None:
        return Location(_degrees(place["latitude"], 90), _degrees(place["longitude"], 180))
    if text is not None or not _KINDS.isdisjoint(message):
        return events.SentSomethingElse()
    return None


def _in_group(update: int, message: Mapping[str, Any], chat: Mapping[str, Any]) -> Decoded:
    text = message.get("text")
    if isinstance(text, str) and text.startswith("/start"):
        return InGroup(update, _number(chat["id"]), may_speak=chat["type"] != "channel")
    return Ignored(update)


def _standing(update: int, change: Mapping[str, Any]) -> Decoded:
    """Blocked by somebody, or taken into a group."""
    chat = change["chat"]
    now = change["new_chat_member"]["status"]
    if chat["type"] == "private":
        if now != "kicked":
            return Ignored(update)
        sender = change["from"]
        return Incoming(
            update, _number(sender["id"]), _number(chat["id"]), _language(sender), events.Stopped()
        )
    if now in _PRESENT and change["old_chat_member"]["status"] not in _PRESENT:
        return InGroup(update, _number(chat["id"]), may_speak=chat["type"] != "channel")
    return Ignored(update)


def _language(sender: Mapping[str, Any]) -> str:
    tag = sender.get("language_code")
    return tag if isinstance(tag, str) else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("This is no whole number.")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("This is no text.")
    return value


def _degrees(value: object, most: int) -> float:
    if not isinstance(value, int | float) or not math.fabs(value) <= most:
        raise ValueError("This is no place on earth.")
    return float(value)


_PRESENT: Final = frozenset({"member", "administrator", "restricted"})
_KINDS: Final = frozenset(
    {
        "animation",
        "audio",
        "checklist",
        "contact",
        "dice",
        "document",
        "game",
        "giveaway",
        "invoice",
        "paid_media",
        "photo",
        "poll",
        "sticker",
        "story",
        "successful_payment",
        "video",
        "video_note",
        "voice",
    }
)
"""What a person can send that is neither text nor place; everything else is a notice."""
