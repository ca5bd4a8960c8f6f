"""An invitation: drawn, kept as a hash, and told in words."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from typing import Final

from bot import app
from bot.casework import LETTERS
from bot.config import Settings
from bot.sentence import Sentence, Translate

GOOD_FOR: Final = timedelta(hours=24)
_LENGTH: Final = 26
"""Letters of the code: nobody guesses it, and it fits into a link."""


@dataclass(frozen=True, slots=True)
class Invitation:
    service: str
    name: str
    code: str
    link: str | None
    """Puts the bot into a group and links it; None where Telegram could not be asked its name."""
    is_shown: bool
    """People are shown this service: it can be reached, and somebody has confirmed it or it is
    likely to be right."""


def invitation(service: str, settings: Settings) -> Invitation:
    """A new one for this service, kept until somebody uses it.

    Raises:
        RunError: there is no such service.
        StoreError: the database cannot be used.
    """
    book, _ = app.book_and_places(settings)
    if service not in book.services:
        raise app.RunError(_unknown(service, list(book.services)))
    code = "".join(LETTERS[byte % len(LETTERS)] for byte in app.fresh(_LENGTH))
    now = app.clock()
    store = app.store(settings)
    try:
        with store.turn(now) as transaction:
            transaction.teams.invite(code, service, now + GOOD_FOR)
    finally:
        store.close()
    bot_name = asyncio.run(_bot_name(settings))
    link = f"https://t.me/{bot_name}?startgroup={code}" if bot_name else None
    sites = book.services[service].sites
    is_shown = any(site.reachable and not site.withheld for site in sites)
    name = book.texts.get(f"service.{service}.name", service)
    return Invitation(service, name, code, link, is_shown)


def as_text(invited: Invitation, translate: Translate) -> str:
    lines = [
        Sentence(
            "Invitation for {name} ({service}). It works once, within 24 hours.",
            name=invited.name,
            service=invited.service,
        )
    ]
    if invited.link is not None:
        lines.append(Sentence("Put the bot into the counsellors' group: {link}", link=invited.link))
    lines.append(
        Sentence(
            "Or put it in by hand and let an administrator send there: /link {code}",
            code=invited.code,
        )
    )
    if not invited.is_shown:
        lines.append(
            Sentence(
                "Nobody is shown this service yet, so nobody can hand over to it: write its phone "
                "or address into knowledge/services, then: clearing confirm {service} --by ROLE",
                service=invited.service,
            )
        )
    return "\n".join(line.in_(translate) for line in lines)


def _unknown(service: str, services: list[str]) -> Sentence:
    near = get_close_matches(service, services, n=1)
    if near:
        return Sentence(
            "SERVICE: There is no service `{service}`. Did you mean `{near}`?",
            service=service,
            near=near[0],
        )
    return Sentence(
        "SERVICE: There is no service `{service}`. "
        "The ids stand in knowledge/services, after `id:`.",
        service=service,
    )


async def _bot_name(settings: Settings) -> str | None:
    """The bot's own name, if Telegram says it; the code works without it."""
    from bot.channels.telegram.client import ChannelError, Client, username

    if settings.token is None:
        return None
    try:
        async with asyncio.timeout(_PATIENCE), Client(settings.token, settings.api_url) as client:
            return await username(client)
    except (ChannelError, TimeoutError):
        return None


_PATIENCE: Final = 5.0
"""Seconds for Telegram to say the bot's name."""
