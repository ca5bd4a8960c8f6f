"""The Bot API methods about the bot itself, its webhook and the chats it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import profile
from bot.sandbox.groups import PRESENT, Group
from bot.sandbox.methods import chat_of
from bot.sandbox.people import Person
from bot.sandbox.refusals import bad

if TYPE_CHECKING:
    from bot.sandbox.parameters import Parameters
    from bot.sandbox.world import World

SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})


def get_me(world: World, _: Parameters) -> object:
    return world.me() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, p: Parameters) -> object:
    key = _scope(p), profile.language(p.text("language_code"))
    world.profile.commands[key] = profile.checked_commands(p.json("commands"))
    world.profile.changed = world.tick()
    return True


def get_my_commands(world: World, p: Parameters) -> object:
    return world.profile.commands.get((_scope(p), profile.language(p.text("language_code"))), [])


def delete_my_commands(world: World, p: Parameters) -> object:
    world.profile.commands.pop((_scope(p), profile.language(p.text("language_code"))), None)
    return True


def set_my_description(world: World, p: Parameters) -> object:
    text = p.text("description")
    if len(text) > profile.LONGEST_DESCRIPTION:
        raise bad("description is too long")
    world.profile.descriptions[profile.language(p.text("language_code"))] = text
    world.profile.changed = world.tick()
    return True


def get_my_description(world: World, p: Parameters) -> object:
    return {"description": world.profile.description(profile.language(p.text("language_code")))}


def set_my_short_description(world: World, p: Parameters) -> object:
    text = p.text("short_description")
    if len(text) > profile.LONGEST_SHORT:
        raise bad("short description is too long")
    world.profile.short_descriptions[profile.language(p.text("language_code"))] = text
    return True


def get_my_short_description(world: World, p: Parameters) -> object:
    code = profile.language(p.text("language_code"))
    texts = world.profile.short_descriptions
    return {"short_description": texts.get(code) or texts.get("", "")}


def set_webhook(world: World, p: Parameters) -> object:
    url = p.text("url")
    if p.flag("drop_pending_updates"):
        world.updates.drop_all()
    if url and not url.startswith("https://") and not url.startswith("http://127.0.0.1"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    allow(world, p)
    world.webhook.url = url
    world.webhook.secret = p.text("secret_token")
    world.updates.conflict("Conflict: terminated by setWebhook request")
    world.tick()
    return True


def delete_webhook(world: World, p: Parameters) -> object:
    if p.flag("drop_pending_updates"):
        world.updates.drop_all()
    world.webhook.url = ""
    world.tick()
    return True


def get_webhook_info(world: World, _: Parameters) -> object:
    info: dict[str, Any] = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    if world.webhook.last_error:
        info["last_error_message"] = world.webhook.last_error
        info["last_error_date"] = world.seconds()
    return info


def allow(world: World, p: Parameters) -> None:
    """A list replaces the earlier wish, an empty one goes back to the default, none keeps it."""
    wanted = p.json("allowed_updates")
    if isinstance(wanted, list):
        world.updates.allowed = frozenset(str(kind) for kind in wanted)


def get_chat(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    _check_readable(chat)
    full = chat.api() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.pinned is not None and (message := chat.find(chat.pinned)) is not None:
        full["pinned_message"] = message.api()
    if isinstance(chat, Group):
        full |= chat.about
    return full


def get_chat_member(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    _check_readable(chat)
    who = p.number("user_id")
    if not who:
        raise bad("invalid user_id specified")
    if isinstance(chat, Group):
        if who not in chat.standings and who not in world.chats:
            raise bad("PARTICIPANT_ID_INVALID")
        return chat.member(who)
    if who not in {chat.id, world.bot_id}:
        raise bad("user not found")
    return {"user": world.user(who), "status": "member"}


def get_chat_member_count(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    _check_readable(chat)
    return len(chat.present) if isinstance(chat, Group) else 2


def get_chat_administrators(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    if not isinstance(chat, Group):
        raise bad("there are no administrators in the private chat")
    _check_readable(chat)
    return [
        chat.member(who)
        for who, standing in chat.standings.items()
        if standing in {"creator", "administrator"}
        and (who == world.bot_id or not world.person(who).is_bot)
    ]


def leave_chat(world: World, p: Parameters) -> object:
    chat = chat_of(world, p)
    if not isinstance(chat, Group):
        raise bad("chat member status can't be changed in private chats")
    chat.check_readable()
    if chat.bot_standing in PRESENT:
        chat.bot_leaves()
    return True


def _scope(p: Parameters) -> str:
    scope = p.json("scope")
    if scope is None:
        return "default"
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in SCOPES:
        return str(kind)
    if kind in {"chat", "chat_administrators", "chat_member"} and isinstance(scope, dict):
        return f"{kind}:{scope.get('chat_id')}:{scope.get('user_id', '')}"
    raise bad("can't parse BotCommandScope: Unsupported type specified")


def _check_readable(chat: object) -> None:
    if isinstance(chat, Group):
        chat.check_readable()
    elif isinstance(chat, Person) and not chat.seen and not chat.started:
        raise bad("chat not found")
