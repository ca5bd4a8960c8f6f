"""The knowledge folder while the bot runs: read, followed, kept; who is told when it is broken."""

import asyncio
import gc
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from telegram.error import TelegramError

from bot import app
from bot.app import Kit
from bot.channels.telegram.client import Client, kind_of
from bot.channels.telegram.encode import content_of
from bot.config import Settings
from bot.content.editions import Editions
from bot.content.problems import ContentError
from bot.language.catalogues import CatalogueError
from bot.live import Live, Problems, Tell, Use, problems_of
from bot.message import Message, Span
from bot.sentence import Sentence, Translate, english

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edits:
    settings: Settings
    tools: Kit
    """To begin with."""
    problems: Problems
    """Of the folder as it is; where there are any, the tools are of the last good edition."""
    live: Live[Kit]

    def keep(self) -> None:
        """Keep what the bot begins with, unless it is an edition itself."""
        if not self.problems:
            _keep(self.settings)

    async def follow(self, use: Use[Kit], tell: Tell) -> None:
        await asyncio.to_thread(self.keep)
        await self.live.follow(use, tell, self.problems)


def begin(settings: Settings) -> Edits:
    """Read the folders; where they are broken, take the last good edition instead.

    Raises:
        ContentError: the folder is broken, and there is no good edition.
        CatalogueError: likewise of the translations.
    """
    live = Live((settings.knowledge, settings.locales), partial(_load, settings))
    try:
        return Edits(settings, app.kit(settings), (), live)
    except (ContentError, CatalogueError) as found:
        for tools in _kept(settings):
            return Edits(settings, tools, problems_of(found), live)
        raise


def editions(settings: Settings) -> Editions:
    return Editions(settings.data / "editions")


def _kept(settings: Settings) -> Iterator[Kit]:
    """What can still be used of the newest good editions."""
    good = [edition for edition in editions(settings).newest_first() if edition.good]
    for edition in good[:_TRIED]:
        with suppress(ContentError, CatalogueError):
            tools = app.kit(replace(settings, knowledge=edition.folder))
            log.error("THE KNOWLEDGE FOLDER IS BROKEN: beginning with edition %d", edition.number)
            yield tools


_TRIED: Final = 5
"""Where none of so many can be used, it is not the knowledge that is broken."""


def _load(settings: Settings) -> Kit:
    # Nothing of an edition is garbage, and looking for some makes all turns wait: 12 to 22 ms
    # without it, up to 450 ms with it. An old edition goes when nobody refers to it any more.
    gc.disable()
    try:
        tools = app.kit(settings)
        # Made here rather than at the first text that somebody types.
        _ = tools.ears.listener
    finally:
        gc.freeze()
        gc.enable()
    _keep(settings)
    return tools


def _keep(settings: Settings) -> None:
    try:
        kept = editions(settings).keep(settings.knowledge, app.clock(), good=True)
    except OSError as problem:
        log.warning("edition not kept: %s", problem)
    else:
        log.info("edition %d is kept", kept.number)


class Telling:
    """Says in the log, in a file for the editors and to the operator's chat what is wrong."""

    def __init__(self, settings: Settings, client: Client) -> None:
        self._file = settings.problems
        self._chat = settings.alarm
        self._client = client
        self._translate = _german(settings)

    async def __call__(self, problems: Problems) -> None:
        if problems:
            for problem in problems:
                log.error("knowledge: %s", problem)
            log.error("knowledge: the last good edition stays in use; see %s", self._file)
            await asyncio.to_thread(_write, self._file, self._for_file(problems))
            await self.say(self._for_chat(problems))
        elif await asyncio.to_thread(_take_away, self._file):
            log.info("knowledge: all is good again")
            said = Sentence("The knowledge base is good again, and the bot uses it.")
            await self.say(said.in_(self._translate))

    def _for_file(self, problems: Problems) -> str:
        end = Sentence("Once all of it is put right, this file disappears by itself.")
        lines = [problem.in_(self._translate) for problem in problems]
        first, last = _STAYS.in_(self._translate), end.in_(self._translate)
        return "\n".join((first, "", *lines, "", last, ""))

    def _for_chat(self, problems: Problems) -> str:
        lines = [problem.in_(self._translate) for problem in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            more = Sentence("There are {count} more.", count=len(problems) - _SHOWN)
            lines.append(more.in_(self._translate))
        return "\n".join((_STAYS.in_(self._translate), "", *lines))

    async def say(self, text: str) -> None:
        """Say it in the chat of whoever runs the bot, if there is one."""
        if self._chat is None:
            return
        try:
            await self._client.send_message(self._chat, content_of(Message((Span(text),))))
        except TelegramError as problem:
            log.warning("CLEARING_ALARM: nothing could be sent there: %s", kind_of(problem))


_STAYS: Final = Sentence(
    "There are mistakes in the knowledge base. The bot goes on with the last good edition."
)
_SHOWN: Final = 5
"""Problems in one message; the file has them all."""


def _german(settings: Settings) -> Translate:
    """Counsellors write the knowledge base in German, and read of it in German."""
    try:
        return app.editing(settings, "de")
    except CatalogueError:
        return english


def _write(path: Path, text: str) -> None:
    try:
        partial_file = path.with_name(f".{path.name}.new")
        partial_file.write_text(text, encoding="utf-8")
        partial_file.replace(path)
    except OSError as problem:
        log.warning("%s cannot be written: %s", path, problem.strerror)


def _take_away(path: Path) -> bool:
    """Whether it was there."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as problem:
        log.warning("%s cannot be taken away: %s", path, problem.strerror)
    return True
