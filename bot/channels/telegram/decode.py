"""An update of Telegram in the words of the domain. Names, user names and photos are never read."""

from collections.abc import Mapping
from typing import Any, Final

from bot.channels.telegram import desk
from bot.channels.telegram.commands import Known, command
from bot.channels.telegram.decoded import Decoded, Here, Ignored
from bot.channels.telegram.fields import degrees, is_number, language, number, phone, text
from bot.core import buttons, events
from bot.core.desk import decode as counsellors
from bot.exchange import AtTheDesk, DeskCommand, Incoming, Location, Typed, Unreadable

LONGEST_TYPED: Final = 1000
"""Characters of a text that are looked at."""


def decode(raw: object, known: Known, here: Here) -> Decoded | None:
    """What an update means; None for one without a number, which cannot be acknowledged. Total."""
    if not isinstance(raw, dict) or not is_number(raw.get("update_id")):
        return None
    update: int = raw["update_id"]
    try:
        return _decoded(update, raw, known, here)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
        # Its kind only: the message of the error may quote what somebody wrote.
        return Unreadable(update, type(problem).__name__)


def _decoded(update: int, raw: Mapping[str, Any], known: Known, here: Here) -> Decoded:
    if (tap := raw.get("callback_query")) is not None:
        return _tap(update, tap)
    if (message := raw.get("message")) is not None:
        return _message(update, message, known, here)
    if (change := raw.get("my_chat_member")) is not None:
        return _standing(update, change)
    if (change := raw.get("chat_member")) is not None:
        return desk.membership(update, change)
    return Ignored(update)


def _tap(update: int, tap: Mapping[str, Any]) -> Decoded:
    person = number(tap["from"]["id"])
    shown = tap.get("message")
    data = tap.get("data")
    what = counsellors(data) if isinstance(data, str) else None
    kind = shown["chat"]["type"] if shown is not None else "private"
    if what is not None and (kind == "private" or kind in desk.GROUPS):
        return desk.tap(update, tap, what)
    if kind != "private":
        return Ignored(update, text(tap["id"]))
    return Incoming(
        update=update,
        person=person,
        chat=number(shown["chat"]["id"]) if shown is not None else person,
        phone_language=language(tap["from"]),
        what=buttons.decode(data) if isinstance(data, str) else events.CameBack(),
        tap=text(tap["id"]),
        tapped=number(shown["message_id"]) if shown is not None else None,
    )


def _message(update: int, message: Mapping[str, Any], known: Known, here: Here) -> Decoded:
    chat = message["chat"]
    if chat["type"] in desk.GROUPS:
        return desk.in_group(update, message, here)
    if chat["type"] != "private":
        return Ignored(update)
    sender = message["from"]
    if sender.get("is_bot"):
        return Ignored(update)
    what = _content(message, known, here)
    if what is None:
        return Ignored(update)
    person, where = number(sender["id"]), number(chat["id"])
    said, phone_language = number(message["message_id"]), language(sender)
    if isinstance(what, DeskCommand):
        return AtTheDesk(
            update,
            person,
            where,
            in_group=False,
            phone_language=phone_language,
            what=what,
            message=said,
        )
    return Incoming(update, person, where, phone_language, what, said)


def _content(
    message: Mapping[str, Any], known: Known, here: Here
) -> events.Event | Typed | Location | DeskCommand | None:
    """What somebody sent, or None for a notice of Telegram's own."""
    said = message.get("text")
    if said is not None and "forward_origin" not in message:
        if text(said).startswith("/"):
            return desk.command(said, here.today) or command(said, known)
        return Typed(said[:LONGEST_TYPED])
    place = message.get("location")
    if place is not None:
        return Location(degrees(place["latitude"], 90), degrees(place["longitude"], 180))
    contact = message.get("contact")
    if contact is not None and (own := _own_phone(contact, message)) is not None:
        return events.GavePhone(own)
    if said is not None or not _KINDS.isdisjoint(message):
        return events.SentSomethingElse()
    return None


def _own_phone(contact: Mapping[str, Any], message: Mapping[str, Any]) -> str | None:
    """Sent with the button for it; anybody else's number is none of our business."""
    if "forward_origin" in message or contact.get("user_id") != message["from"]["id"]:
        return None
    return phone(contact["phone_number"])


def _standing(update: int, change: Mapping[str, Any]) -> Decoded:
    """Blocked by somebody, or taken into a group."""
    chat = change["chat"]
    if chat["type"] != "private":
        return desk.standing(update, change)
    if change["new_chat_member"]["status"] != "kicked":
        return Ignored(update)
    sender = change["from"]
    return Incoming(
        update, number(sender["id"]), number(chat["id"]), language(sender), events.Stopped()
    )


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
