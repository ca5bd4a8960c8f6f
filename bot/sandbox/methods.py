"""The Bot API methods that send, change and delete messages, and answer taps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import files, formatting, keyboards
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.sandbox.refusals import bad
from bot.sandbox.taps import Toast, start_payload

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat, Message
    from bot.sandbox.parameters import Parameters
    from bot.sandbox.world import World

DELETABLE = 48 * 3600
"""Seconds for which a bot may delete a message."""
LONGEST_TOAST = 200
MOST_DELETED = 100

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def chat_of(world: World, p: Parameters) -> Chat:
    raw = p.text("chat_id").strip()
    if not raw:
        raise bad("chat_id is empty")
    try:
        chat = world.chats.get(int(raw))
    except ValueError:
        chat = None
    if chat is None:
        raise bad("chat not found")
    return chat


def send_message(world: World, p: Parameters) -> object:
    text, entities = formatting.formatted(p.text("text"), p.json("entities"), p.text("parse_mode"))
    if not text:
        raise bad("message text is empty")
    if formatting.units(text) > formatting.LONGEST_TEXT:
        raise bad("message is too long")
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    return _send(world, p, content)


def send_venue(world: World, p: Parameters) -> object:
    place = {"latitude": p.decimal("latitude"), "longitude": p.decimal("longitude")}
    title, address = p.text("title").strip(), p.text("address").strip()
    if not title:
        raise bad("venue title must be non-empty")
    if not address:
        raise bad("venue address must be non-empty")
    venue = {"location": place, "title": title, "address": address}
    return _send(world, p, {"venue": venue, "location": place})


def send_photo(world: World, p: Parameters) -> object:
    return _send(world, p, files.photo(world, p) | _caption(p))


def send_document(world: World, p: Parameters) -> object:
    return _send(world, p, files.document(world, p) | _caption(p))


def send_chat_action(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    chat.check_writable()
    if p.text("action") not in {"typing", "upload_photo", "upload_document", "find_location"}:
        raise bad("wrong parameter action in request")
    if isinstance(chat, Person):
        chat.typing = world.tick()
    return True


def edit_message_text(world: World, p: Parameters) -> object:
    message = _editable(world, p)
    text, entities = formatting.formatted(p.text("text"), p.json("entities"), p.text("parse_mode"))
    if not text:
        raise bad("message text is empty")
    if formatting.units(text) > formatting.LONGEST_TEXT:
        raise bad("message is too long")
    markup = keyboards.checked_inline(p.json("reply_markup"))
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    return _change(world, message, _kept(message, "text", "entities") | content, markup)


def edit_message_reply_markup(world: World, p: Parameters) -> object:
    message = _editable(world, p)
    markup = keyboards.checked_inline(p.json("reply_markup"))
    return _change(world, message, _kept(message), markup)


def delete_message(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    message = chat.find(p.number("message_id"))
    if message is None:
        raise bad("message to delete not found")
    _check_deletable(world, message)
    chat.remove(message)
    return True


def delete_messages(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    numbers = p.json("message_ids")
    if not isinstance(numbers, list) or not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > MOST_DELETED:
        raise bad("too many message identifiers specified")
    found = [m for n in numbers if isinstance(n, int) and (m := chat.find(n)) is not None]
    for message in found:
        _check_deletable(world, message)
    for message in found:
        chat.remove(message)
    return True


def pin_chat_message(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    chat.check_writable()
    message = chat.find(p.number("message_id"))
    if message is None:
        raise bad("message to pin not found")
    if isinstance(chat, Group) and chat.bot_standing != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    chat.pinned = message.id
    chat.touch(message)
    return True


def answer_callback_query(world: World, p: Parameters) -> object:
    world.forget_old_taps()
    text = p.text("text")
    if len(text) > LONGEST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    url = p.text("url")
    # Games, the other things that such a link may open, are not for this bot.
    if url and start_payload(url, world.username) is None:
        raise bad("URL_INVALID")
    tap = world.open_taps.pop(p.text("callback_query_id"), None)
    if tap is None:
        raise bad(TOO_OLD)
    tap.answer = Toast(text, p.flag("show_alert"), url or None)
    tap.person.changed = tap.answered = world.tick()
    return True


def _send(world: World, p: Parameters, content: dict[str, Any]) -> object:
    chat = chat_of(world, p)
    chat.check_writable()
    markup = keyboards.checked(p.json("reply_markup"))
    reply = p.json("reply_parameters")
    if isinstance(reply, dict):
        replied = chat.find(reply.get("message_id", 0))
        if replied is not None:
            shown = replied.api()
            shown.pop("reply_to_message", None)
            content["reply_to_message"] = shown
        elif not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
    if isinstance(chat, Group):
        chat.check_panel(markup)
    world.check_rate(chat)
    if p.flag("protect_content") or (isinstance(chat, Group) and chat.protects_content):
        content["has_protected_content"] = True
    if markup is not None:
        if "inline_keyboard" in markup:
            content["reply_markup"] = markup
        else:
            chat.panel = markup if "keyboard" in markup else None
    return chat.add(world.me(), content).api()


def _caption(p: Parameters) -> dict[str, Any]:
    caption, entities = formatting.formatted(
        p.text("caption"), p.json("caption_entities"), p.text("parse_mode")
    )
    if formatting.units(caption) > formatting.LONGEST_CAPTION:
        raise bad("message caption is too long")
    content: dict[str, Any] = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    return content


def _editable(world: World, p: Parameters) -> Message:
    chat = chat_of(world, p)
    chat.check_writable()
    number = p.number("message_id")
    if not number:
        raise bad("message identifier is not specified")
    message = chat.find(number)
    if message is None:
        raise bad("message to edit not found")
    if not message.from_bot:
        raise bad("message can't be edited")
    return message


def _kept(message: Message, *replaced: str) -> dict[str, Any]:
    gone = {*replaced, "reply_markup"}
    return {name: value for name, value in message.content.items() if name not in gone}


def _change(
    world: World, message: Message, content: dict[str, Any], markup: dict[str, Any] | None
) -> object:
    if markup is not None:
        content["reply_markup"] = markup
    if content == message.content:
        raise bad(NOT_MODIFIED)
    world.check_rate(message.chat)
    message.content = content
    message.edited = world.seconds()
    message.chat.touch(message)
    return message.api()


def _check_deletable(world: World, message: Message) -> None:
    chat = message.chat
    if isinstance(chat, Group):
        chat.check_readable()
        if not message.from_bot and chat.bot_standing != "administrator":
            raise bad("message can't be deleted")
        if chat.bot_standing == "administrator":
            return
    if world.now() - message.date > DELETABLE:
        raise bad("message can't be deleted for everyone")
