"""What Telegram's refusals mean; only their English text tells one from another."""

import logging
from typing import Final

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.client import kind_of

SHOWN_ALREADY: Final = ("message is not modified",)
GONE: Final = (
    "message to edit not found",
    "message to delete not found",
    "message_id_invalid",
    "message identifier is not specified",
)
NOT_EDITABLE: Final = (
    "message can't be edited",
    "message can't be deleted",
    "no text in the message",
)
CHAT_GONE: Final = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "peer_id_invalid",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
    "group chat was deactivated",
)


def says(refusal: TelegramError, signs: tuple[str, ...]) -> bool:
    # python-telegram-bot writes the first letter large and sometimes the rest small.
    said = refusal.message.casefold()
    return any(sign in said for sign in signs)


def note(log: logging.Logger, what: str, refusal: BadRequest) -> None:
    # No traceback and no chat: both tell more than whoever runs the bot needs to know.
    log.error("%s: %s", what, kind_of(refusal))
