"""Edits are picked up while the bot runs. Whatever is wrong, the last good edition stays in use."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from watchfiles import awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

from bot.content.problems import ContentError, Problem
from bot.language.catalogues import CatalogueError
from bot.sentence import Sentence

log = logging.getLogger(__name__)

T = TypeVar("T")
Problems = tuple[Problem, ...]
Use = Callable[[T], Awaitable[None]]
Tell = Callable[[Problems], Awaitable[None]]
Fingerprint = frozenset[tuple[str, int, int, int]]

LOOK_AGAIN: Final = 10.0
"""Seconds between two looks where nothing was noticed: a network folder tells nobody of edits."""

_QUIET: Final = 300
"""Milliseconds without a change, after which whoever saves is done."""
_LONGEST: Final = 3000
"""Milliseconds after which we look even though saving goes on."""
_SUFFIXES: Final = (".yaml", ".yml", ".csv", ".json", ".po")


@dataclass(frozen=True, slots=True)
class _Broken:
    problems: Problems


class Live(Generic[T]):
    """Loads whatever was edited, off the event loop, and says what is wrong with it."""

    def __init__(
        self,
        folders: Iterable[Path],
        load: Callable[[], T],
        look_again: float = LOOK_AGAIN,
    ) -> None:
        """What is there now counts as seen: make this first, then load for the first time.

        Args:
            folders: what is edited, with everything below.
            load: called in a thread of its own; raises ContentError or CatalogueError.
            look_again: seconds; see LOOK_AGAIN.
        """
        self._folders = tuple(folders)
        self._load = load
        self._look_again = look_again
        self._seen = fingerprint(self._folders)

    async def follow(self, use: Use[T], tell: Tell, problems: Problems = ()) -> None:
        """Until it is cancelled.

        Args:
            use: gets each new good edition.
            tell: gets each set of problems once, and an empty one when all is good again.
            problems: those of the first loading; they are told at once.
        """
        self._use, self._tell, self._told = use, tell, problems
        await tell(problems)
        while True:
            try:
                async with aclosing(self._changes()) as changes:
                    async for _ in changes:
                        await self._look()
            except (OSError, WatchfilesRustInternalError) as problem:
                # A folder has gone, or the system watches no more: looking from time to time goes.
                log.warning("folders are looked at every %g s: %s", self._look_again, problem)
                await asyncio.sleep(self._look_again)
                await self._look()

    def _changes(self) -> AsyncGenerator[object, None]:
        return awatch(
            *self._folders,
            watch_filter=lambda _change, path: path.endswith(_SUFFIXES),
            debounce=_LONGEST,
            step=_QUIET,
            rust_timeout=round(self._look_again * 1000),
            yield_on_timeout=True,
        )

    async def _look(self) -> None:
        seen = await asyncio.to_thread(fingerprint, self._folders)
        while seen != self._seen:
            loaded = await asyncio.to_thread(self._loaded)
            before, seen = seen, await asyncio.to_thread(fingerprint, self._folders)
            if seen != before:
                # Somebody saved while it was read: what was read may never have been there.
                continue
            self._seen = seen
            if isinstance(loaded, _Broken):
                await self._say(loaded.problems)
            else:
                await self._use(loaded)
                await self._say(())

    async def _say(self, problems: Problems) -> None:
        if problems != self._told:
            self._told = problems
            await self._tell(problems)

    def _loaded(self) -> T | _Broken:
        try:
            return self._load()
        except (ContentError, CatalogueError) as found:
            return _Broken(problems_of(found))
        except Exception as problem:
            # An edit must never end the bot, not even one that meets a bug of ours.
            log.exception("an edit cannot be read")
            said = Sentence("The folder cannot be read ({kind}).", kind=type(problem).__name__)
            cure = Sentence("Run `clearing check`; what it says helps whoever looks after the bot.")
            return _Broken((Problem(str(self._folders[0]), 0, 0, said, cure),))


def problems_of(found: ContentError | CatalogueError) -> Problems:
    if isinstance(found, ContentError):
        return found.problems
    return (Problem(found.place, 0, 0, found.problem, found.cure),)


def fingerprint(folders: Iterable[Path]) -> Fingerprint:
    """Changes whenever a file in the folders does."""
    found = set()
    for top in folders:
        for folder, below, names in os.walk(top, followlinks=True):
            below[:] = [name for name in below if not name.startswith(".")]
            for name in names:
                if name.endswith(_SUFFIXES) and not name.startswith("."):
                    with suppress(OSError):
                        about = (path := Path(folder, name)).stat()
                        found.add((str(path), about.st_mtime_ns, about.st_ctime_ns, about.st_size))
    return frozenset(found)
