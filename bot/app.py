"""Composition root: the only owner of clock, chance, environment and settings."""

from __future__ import annotations

import logging
import os
import secrets
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import config
from bot.content.problems import ContentError, Problem
from bot.language import catalogues
from bot.language.catalogues import Catalogue, CatalogueError
from bot.places import tables
from bot.places.tables import TableError
from bot.sentence import Sentence, Translate, said
from bot.store.errors import StoreError

# Whatever is not needed by all commands is imported by the function that needs it.
if TYPE_CHECKING:
    from bot.channels.telegram.commands import Known
    from bot.core import events
    from bot.core.knowledge import Book
    from bot.core.words import Words
    from bot.language.rendering import Renderer
    from bot.listening import Ears
    from bot.places.gazetteer import Gazetteer
    from bot.service import Service
    from bot.store.store import Store


def clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the clock of the whole program


def fresh(length: int) -> bytes:
    return secrets.token_bytes(length)


def chance() -> float:
    """Between 0 and 1, to spread retries."""
    return secrets.randbelow(1_000_000) / 1_000_000


def settings() -> config.Settings:
    return config.read(os.environ, Path(".env"))


@dataclass(frozen=True, slots=True)
class Kit:
    """What every command works with."""

    gazetteer: Gazetteer
    book: Book
    catalogues: dict[str, Catalogue]
    ears: Ears

    def renderer(self, bot_name: str) -> Renderer:
        from bot.language.rendering import Renderer

        return Renderer(self.catalogues, bot_name)


class RunError(Exception):
    """The command cannot go on; names the problem and the cure."""

    def __init__(self, problem: str | Sentence) -> None:
        self.problem = problem
        super().__init__(str(problem))

    def in_(self, translate: Translate) -> str:
        return said(self.problem, translate)


def gazetteer(chosen: config.Settings) -> Gazetteer:
    """The places of the knowledge folder.

    Raises:
        ContentError: where a table is missing or broken.
    """
    from bot.places.gazetteer import Gazetteer

    try:
        return Gazetteer.load(chosen.knowledge / "places")
    except ValueError as problem:
        raise ContentError([_of_places(chosen.knowledge, problem)]) from problem


def _of_places(knowledge: Path, error: ValueError) -> Problem:
    """What is wrong with the tables, in the form of all problems of the knowledge folder."""
    if not (knowledge / "places").is_dir() and not any(knowledge.glob("*.yaml")):
        cure = Sentence("Set CLEARING_KNOWLEDGE to the folder that holds region.yaml.")
        return Problem(str(knowledge), 0, 0, Sentence("This is not a knowledge folder."), cure)
    if not isinstance(error, TableError):
        return Problem(
            "places", 0, 0, Sentence("A table is broken: {reason}.", reason=error), tables.CURE
        )
    if error.path == knowledge / "places":
        said = Sentence("A table is broken: {reason}", reason=error.problem)
        return Problem("places", 0, 0, said, tables.CURE)
    file = f"places/{error.path.name}"
    return Problem(file, error.line, min(error.line, 1), error.problem, tables.CURE)


def editing(chosen: config.Settings, language: str | None) -> Translate:
    """What puts sentences for people who edit into their language, or into this one."""
    return catalogues.editing(chosen.locales, language or chosen.language)


def started(link: str, book: Book) -> events.Started:
    """The event of a link's payload."""
    from bot.channels.telegram import commands

    return commands.started(link, known_ids(book))


def known_ids(book: Book) -> Known:
    from bot.channels.telegram.commands import Known

    concerns = frozenset(option.id for option in book.questions["concern"].options)
    places = frozenset((*book.districts, *book.municipalities))
    return Known(frozenset(book.region.languages), places, concerns)


def book_and_places(chosen: config.Settings) -> tuple[Book, Gazetteer]:
    from bot.content import loader

    places = gazetteer(chosen)
    return loader.load(chosen.knowledge, places.districts, places.municipalities), places


def kit(chosen: config.Settings) -> Kit:
    """Everything that a talk needs.

    Raises:
        ContentError: the knowledge base or a list of words is broken; names every problem.
        CatalogueError: a translation is missing or broken.
    """
    from bot.listening import Ears

    book, places = book_and_places(chosen)
    known = translations(chosen, book.region.languages)
    return Kit(places, book, known, Ears(words(chosen.locales, book), places))


def translations(chosen: config.Settings, languages: Iterable[str]) -> dict[str, Catalogue]:
    try:
        return catalogues.load(chosen.locales, languages)
    except (OSError, ValueError, struct.error) as problem:
        raise CatalogueError(
            str(chosen.locales),
            Sentence("A compiled catalogue cannot be read ({reason}).", reason=problem),
            Sentence("Delete the files *.mo in this folder: they are made again."),
        ) from problem


def words(locales: Path, book: Book) -> tuple[Words, ...]:
    """What people type in each language."""
    from bot.content.words import load_words

    options = {
        question.id: [option.id for option in question.options]
        for question in book.questions.values()
    }
    try:
        return load_words(locales, book.region.languages, options)
    except ContentError as found:
        raise ContentError(
            replace(problem, file=f"{locales.name}/{problem.file}") for problem in found.problems
        ) from found


def store(chosen: config.Settings) -> Store:
    """The database and the keys, made where there are none.

    Raises:
        StoreError: they cannot be used.
    """
    from bot.store.store import Store

    try:
        chosen.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreError(
            str(chosen.data),
            f"The data folder cannot be made ({problem.strerror}).",
            "Give in CLEARING_DATA a folder that the bot's user may write to.",
            retryable=False,
        ) from problem
    return Store.open(chosen.database_url, chosen.data / "keys.db", fresh)


def service(  # noqa: PLR0913 - what one bot is made of
    tools: Kit,
    kept: Store,
    bot_name: str,
    now: Callable[[], datetime] = clock,
    *,
    receives: bool = True,
    demonstration: bool = False,
) -> Service:
    """What answers people and counsellors; `receives`: services with a group are handed cases."""
    from bot.service import Service

    renderer = replace(tools.renderer(bot_name), demonstration=demonstration)
    return Service(tools.book, kept, renderer, tools.ears, now, fresh, receives=receives)


def quiet_logs() -> None:
    """Events with ids on stderr; libraries only warn, since their details may hold content."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level="WARNING")
    logging.getLogger("bot").setLevel("INFO")
