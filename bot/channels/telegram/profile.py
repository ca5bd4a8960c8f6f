"""What people see of the bot before they write to it: its commands and what it says of itself."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from telegram import BotCommand
from telegram.error import TelegramError

from bot.channels.telegram.client import Client, kind_of
from bot.channels.telegram.request import Flood
from bot.delivery.pace import Pause

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """In one language."""

    commands: tuple[tuple[str, str], ...]
    """Name and what it does; see `commands.COMMANDS`."""
    description: str
    """Stands in the empty chat, at most 512 characters."""
    short_description: str
    """Stands on the page of the bot and goes with its link, at most 120 characters."""


async def publish(client: Client, profiles: Mapping[str, Profile], pause: Pause) -> None:
    """Set what has changed since the last start.

    Args:
        client: started.
        profiles: by ISO 639-1 code, the only ones that Telegram takes; "" is for all others.
        pause: waits where Telegram asks for it.
    """
    for language, profile in profiles.items():
        for part in (_publish_commands, _publish_description, _publish_short_description):
            try:
                try:
                    await part(client, profile, language)
                except Flood as flood:
                    await pause(flood.seconds)
                    await part(client, profile, language)
            except (TelegramError, KeyError) as problem:
                # The bot works without it, and the next start tries again.
                kind = kind_of(problem) if isinstance(problem, TelegramError) else "no result"
                log.warning("profile in %r not set: %s", language, kind)


async def _publish_commands(client: Client, profile: Profile, language: str) -> None:
    wanted = tuple(BotCommand(name, text[: _LONGEST[0]]) for name, text in profile.commands)
    if await client.bot.get_my_commands(language_code=language) != wanted:
        await client.bot.set_my_commands(wanted, language_code=language)


async def _publish_description(client: Client, profile: Profile, language: str) -> None:
    wanted = profile.description[: _LONGEST[1]]
    there = await client.bot.get_my_description(language_code=language)
    if there.description != wanted:
        await client.bot.set_my_description(wanted, language_code=language)


async def _publish_short_description(client: Client, profile: Profile, language: str) -> None:
    wanted = profile.short_description[: _LONGEST[2]]
    there = await client.bot.get_my_short_description(language_code=language)
    if there.short_description != wanted:
        await client.bot.set_my_short_description(wanted, language_code=language)


_LONGEST: Final = (256, 512, 120)
"""Telegram's limits for a command's text, the description and the short description."""
