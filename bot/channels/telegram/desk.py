"""What counsellors do, in their groups and in private, and what becomes of the groups."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.channels.telegram.commands import COMMANDS
from bot.channels.telegram.decoded import Called, Decoded, Here, Ignored, InChannel, Joined
from bot.channels.telegram.fields import language, number, text
from bot.core import desk
from bot.exchange import (
    AtTheDesk,
    BotStanding,
    ColleagueLeft,
    DeskCommand,
    GoAway,
    GroupMoved,
    Link,
    Queue,
    ShowCase,
)

GROUPS: Final = frozenset({"group", "supergroup"})


def tap(update: int, body: Mapping[str, Any], what: desk.Tap) -> AtTheDesk:
    """A counsellor's button, in a group or in private."""
    sender, shown = body["from"], body.get("message")
    person = number(sender["id"])
    return AtTheDesk(
        update=update,
        person=0 if person == _ANONYMOUS else person,
        chat=number(shown["chat"]["id"]) if shown is not None else person,
        in_group=shown is not None and shown["chat"]["type"] in GROUPS,
        phone_language=language(sender),
        what=what,
        tap=text(body["id"]),
        tapped=number(shown["message_id"]) if shown is not None else None,
    )


def in_group(update: int, message: Mapping[str, Any], here: Here) -> Decoded:
    """A message in a group: a command, or a notice of Telegram's own."""
    chat = number(message["chat"]["id"])
    if (new := message.get("migrate_to_chat_id")) is not None:
        return GroupMoved(update, chat, number(new))
    if (old := message.get("migrate_from_chat_id")) is not None:
        return GroupMoved(update, number(old), chat)
    if (gone := message.get("left_chat_member")) is not None:
        return _left(update, chat, gone)
    if "new_chat_members" in message:
        return Joined(update, chat)
    said = message.get("text")
    if said is None or "forward_origin" in message or not text(said).startswith("/"):
        return Ignored(update)
    return _command(update, message, here)


def command(said: str, today: date) -> DeskCommand | None:
    """What a counsellor's command wants; None for all other commands."""
    head, *rest = said.split(maxsplit=1)
    word = "".join(rest).partition(" ")[0].strip()[:_LONGEST_WORD]
    match head[1:].partition("@")[0].lower():
        case "link":
            return Link(word)
        case "queue":
            return Queue()
        case "case":
            return ShowCase(word)
        case "away":
            wish = "".join(rest).strip()
            return GoAway(_day(wish, today), back=not wish)
        case _:
            return None


def standing(update: int, change: Mapping[str, Any]) -> Decoded:
    """What the bot itself may do in a group or a channel has changed."""
    chat, now = change["chat"], change["new_chat_member"]
    if chat["type"] == "channel":
        there = is_there(now)
        return InChannel(update, number(chat["id"])) if there else Ignored(update)
    if chat["type"] not in GROUPS:
        return Ignored(update)
    may_write = now["status"] != "restricted" or now.get("can_send_messages") is True
    there = is_there(now)
    return BotStanding(update, number(chat["id"]), there and may_write, there)


def membership(update: int, change: Mapping[str, Any]) -> Decoded:
    """Somebody came into a group, or is not there any more."""
    chat, now = change["chat"], change["new_chat_member"]
    if chat["type"] not in GROUPS:
        return Ignored(update)
    if not is_there(now):
        return _left(update, number(chat["id"]), now["user"])
    if is_there(change["old_chat_member"]):
        return Ignored(update)
    return Joined(update, number(chat["id"]))


def is_there(member: Mapping[str, Any]) -> bool:
    """A ChatMember that is in the chat; somebody restricted may have left it."""
    if member["status"] == "restricted":
        return member.get("is_member") is True
    return member["status"] not in _GONE


def _command(update: int, message: Mapping[str, Any], here: Here) -> Decoded:
    said, sender = message["text"], message["from"]
    name, _, meant = said.split(maxsplit=1)[0][1:].lower().partition("@")
    if meant and meant != here.bot_name.lower():
        return Ignored(update)
    # Whoever writes as the group or as a channel hides who it is.
    hidden = "sender_chat" in message or sender["id"] == _ANONYMOUS
    if sender.get("is_bot") and not hidden:
        return Ignored(update)
    what = _invitation(said) if name == "start" else command(said, here.today)
    chat = number(message["chat"]["id"])
    if what is None:
        # Without our name it may be meant for another bot.
        return Called(update, chat) if meant or name in COMMANDS else Ignored(update)
    return AtTheDesk(
        update=update,
        person=0 if hidden else number(sender["id"]),
        chat=chat,
        in_group=True,
        phone_language=language(sender),
        what=what,
        message=number(message["message_id"]),
    )


def _invitation(said: str) -> Link | None:
    """What t.me/bot?startgroup=CODE sends when the bot has been taken into a group."""
    _, *code = said.split()
    return Link(code[0][:_LONGEST_WORD]) if code else None


def _left(update: int, chat: int, user: Mapping[str, Any]) -> Decoded:
    if user.get("is_bot"):
        return Ignored(update)
    return ColleagueLeft(update, chat, number(user["id"]))


def _day(wish: str, today: date) -> date | None:
    """The day that was written, if it is still to come."""
    written = wish.lower().removeprefix("bis").strip()
    try:
        if _ISO.fullmatch(written):
            found = date.fromisoformat(written)
        elif (parts := _GERMAN.fullmatch(written)) is not None:
            found = _next(int(parts[1]), int(parts[2]), parts[3], today)
        else:
            return None
    except ValueError:
        return None
    return found if found >= today else None


def _next(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (_CENTURY if len(year) == len("26") else 0), month, day)
    this_year = today.year + ((month, day) < (today.month, today.day))
    return date(this_year, month, day)


_GONE: Final = frozenset({"left", "kicked"})
_ANONYMOUS: Final = 1087968824
"""The account @GroupAnonymousBot, behind which administrators can hide."""
_LONGEST_WORD: Final = 64
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GERMAN: Final = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})(?:\.\s*([0-9]{4}|[0-9]{2})?)?")
_CENTURY: Final = 2000
