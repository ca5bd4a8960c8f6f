"""A chat as the page draws it: only what changed since the page last looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.groups import Group
from bot.sandbox.taps import start_payload

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
        "toasts": _toasts(world, person, room, since) if since >= 0 else [],
        "typing": room is person and person.typing > max(since, last),
        "panel": _panel(room),
        "title": room.title if isinstance(room, Group) else world.profile.name,
        "members": _members(room) if isinstance(room, Group) else [],
        "person": {
            "id": person.id,
            "name": person.first_name,
            "language_code": person.language_code,
            "blocked": person.blocking,
        },
        "bot": {
            "username": world.username,
            "description": world.profile.description(person.language_code),
            "commands": world.profile.menu(person.language_code, _scopes(person, room)),
        },
    }


def _members(group: Group) -> list[str]:
    return [str(group.world.user(who)["first_name"]) for who in group.present]


def _scopes(person: Person, room: Chat) -> tuple[str, ...]:
    """Of commands, the narrowest first."""
    if not isinstance(room, Group):
        return f"chat:{room.id}:", "all_private_chats", "default"
    is_administrator = room.standings.get(person.id) in {"creator", "administrator"}
    return (
        f"chat_member:{room.id}:{person.id}",
        *((f"chat_administrators:{room.id}:",) if is_administrator else ()),
        f"chat:{room.id}:",
        *(("all_chat_administrators",) if is_administrator else ()),
        "all_group_chats",
        "default",
    )


def _panel(room: Chat) -> list[list[dict[str, Any]]]:
    """The keys under the typing field, with what each of them asks for."""
    asks = {"request_contact": "contact", "request_location": "location"}
    return [
        [
            {"text": key["text"], "asks": next((asks[a] for a in asks if key.get(a)), None)}
            for key in row
        ]
        for row in (room.panel or {}).get("keyboard", ())
    ]


def _toasts(world: World, person: Person, room: Chat, since: int) -> list[dict[str, Any]]:
    # A person has only a few open taps: look at the newest.
    answered = [tap for tap in person.taps[-20:] if tap.chat is room and tap.answered > since]
    return [
        {
            "text": tap.answer.text,
            "alert": tap.answer.alert,
            "start": start_payload(tap.answer.url or "", world.username),
        }
        for tap in answered
        if tap.answer is not None and (tap.answer.text or tap.answer.url)
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
        "protected": bool(content.get("has_protected_content")),
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
    if service := _service(message):
        shown["service"] = service
    elif not message.text and not shown.keys() & {"venue", "location", "photo", "document"}:
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
        case _:
            return next(iter(content), "").replace("_", " ")


def _service(message: Message) -> str:
    """What stands between the bubbles; empty for a message of somebody."""
    by = message.sender
    match message.content:
        case {"new_chat_members": [*members]}:
            names = ", ".join(member["first_name"] for member in members)
            alone = len(members) == 1 and members[0]["id"] == by["id"]
            return f"{names} joined" if alone else f"{by['first_name']} added {names}"
        case {"left_chat_member": {"id": int(who), "first_name": str(name)}}:
            return f"{name} left" if who == by["id"] else f"{by['first_name']} removed {name}"
        case {"migrate_to_chat_id": _} | {"migrate_from_chat_id": _}:
            return "The group became a supergroup"
        case _:
            return ""
