"""What Telegram says about a group before it is linked, and now and then."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.desk import GROUPS
from bot.channels.telegram.request import Flood
from bot.core.team import Caution, Danger
from bot.exchange import Preflight


class Blind(StrEnum):
    """Why nothing could be seen."""

    GONE = "gone"
    """There is no such group, or the bot is not in it."""
    MOVED = "moved"
    """It has another number now."""
    NOT_NOW = "not_now"
    """Telegram could not be asked, or wants to be left alone."""


class LookError(Exception):
    """Nothing is known of this group; says nothing of who is in it."""

    def __init__(self, kind: Blind, seconds: float = 0.0) -> None:
        super().__init__(f"The group cannot be looked at: {kind}.")
        self.kind = kind
        self.seconds = seconds
        """For which Telegram wants to be left alone."""


async def look(client: Client, chat: int, person: int) -> Preflight:
    """How this group stands; `person` is who asks for it, or 0 for nobody.

    Raises:
        LookError: nothing is known.
    """
    try:
        about = await client.chat(chat)
        # Bots may always ask for these; for one member only where the list is not hidden.
        administrators = await client.administrators(chat) if person else ()
        members = await client.member_count(chat) - 1
    except TelegramError as problem:
        raise _error(problem) from None
    return Preflight(
        chat,
        by_administrator=any(_id(one) == person for one in administrators),
        danger=_danger(about),
        cautions=_cautions(about, members),
        members=members,
    )


def _danger(about: Mapping[str, object]) -> Danger | None:
    """Only where strangers could read along."""
    if about.get("type") not in GROUPS or any(about.get(sign) for sign in _FOUND_BY_ALL):
        return Danger.PUBLIC
    return Danger.LINKED_CHANNEL if about.get("linked_chat_id") else None


def _cautions(about: Mapping[str, object], members: int) -> tuple[Caution, ...]:
    found = {
        Caution.NOT_PROTECTED: about.get("has_protected_content") is not True,
        Caution.NO_TIMER: not about.get("message_auto_delete_time"),
        Caution.MANY: members > _MANY,
    }
    return tuple(caution for caution, is_so in found.items() if is_so)


def _id(member: Mapping[str, object]) -> object:
    user = member.get("user")
    return user.get("id") if isinstance(user, dict) else None


def _error(problem: TelegramError) -> LookError:
    match problem:
        case ChatMigrated():
            return LookError(Blind.MOVED)
        case Forbidden() | BadRequest():
            return LookError(Blind.GONE)
        case Flood(seconds=seconds):
            return LookError(Blind.NOT_NOW, seconds)
        case _:
            return LookError(Blind.NOT_NOW)


_FOUND_BY_ALL: Final = ("username", "active_usernames", "location")
"""A name that can be searched for, or a place near which the group is shown."""
_MANY: Final = 20
"""More than the largest team that a service in the region has."""
