"""A chat as the page draws it: only what changed since the page last looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.groups import Group

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat, Message
    from bot.sandbox.people import Person
    from bot.sandbox.world import World


def changes(world: World, person: Person, room: Chat, since: int) -> dict[str, Any] | None:
    """What the page does not know yet, or None; `since` is the count at its last look, or -1."""
    if max(room.changed, person.changed, person.typing, world.profile.changed) <= since:
        return None
    messages = room.visible
    last = max((message.changed for message in messages), default=0)
    return {
        "ids": [message.id for message in messages],
        "messages": [_message(m, person) for m in messages if m.changed > since],
        "toasts": _toasts(person, since) if since >= 0 else [],
        "typing": room is person and person.typing > max(since, last),
        "panel": room.panel["keyboard"] if room.panel else [],
        "title": room.title if isinstance(room, Group) else world.profile.name,
        "person": {
            "id": person.id,
            "name": person.first_name,
            "language_code": person.language_code,
            "blocked": person.blocking,
        },
        "bot": {
            "username": world.username,
            "description": world.profile.description(person.language_code),
            "commands": world.profile.menu(person.language_code),
        },
    }


def _toasts(person: Person, since: int) -> list[dict[str, Any]]:
    # A person has only a few open taps: look at the newest.
    answered = [tap for tap in person.taps[-20:] if tap.answer and tap.answered > since]
    return [
        {"text": tap.answer.text, "alert": tap.answer.alert}
        for tap in answered
        if tap.answer is not None and tap.answer.text
    ]


def _message(message: Message, person: Person) -> dict[str, Any]:
    content = message.content
    shown: dict[str, Any] = {
        "id": message.id,
        "mine": message.sender["id"] == person.id,
        "bot": message.from_bot,
        "name": message.sender["first_name"],
        "date": message.date,
        "edited": message.edited is not None,
        "text": message.text,
        "entities": message.entities,
        "keyboard": [
            [{"text": b.text, "data": b.data, "url": b.url} for b in row]
            for row in message.keyboard
        ],
    }
    if venue := content.get("venue"):
        shown["venue"] = venue
    elif location := content.get("location"):
        shown["location"] = location
    if sizes := content.get("photo"):
        shown["photo"] = {"url": f"/sandbox/file/{sizes[-1]['file_id']}", **sizes[-1]}
    if document := content.get("document"):
        name = document.get("file_name", "file")
        shown["document"] = {"url": f"/sandbox/file/{document['file_id']}", "name": name}
    if not message.text and not shown.keys() & {"venue", "location", "photo", "document"}:
        shown["other"] = _other(content)
    return shown


def _other(content: dict[str, Any]) -> str:
    """A word for what the page does not draw."""
    match content:
        case {"sticker": {"emoji": str(emoji)}}:
            return emoji
        case {"contact": {"phone_number": str(number)}}:
            return f"Contact: {number}"
        case {"voice": _}:
            return "Voice message"
        case {"new_chat_members": [*members]}:
            return "joined: " + ", ".join(member["first_name"] for member in members)
        case {"left_chat_member": {"first_name": str(name)}}:
            return f"left: {name}"
        case _:
            return next(iter(content), "").replace("_", " ")
