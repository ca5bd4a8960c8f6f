"""Composition root: the only owner of clock, chance, environment and settings."""

import logging
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import config
from bot.channels.telegram.commands import Known
from bot.channels.telegram.commands import started as decode_link
from bot.content.loader import load as load_book
from bot.content.problems import ContentError, Problem
from bot.content.warnings import warnings
from bot.content.words import load_words
from bot.core import events
from bot.core.knowledge import Book
from bot.core.words import Words
from bot.language import catalogues
from bot.language.catalogues import Catalogue
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
    return config.read(os.environ, Path.cwd() / ".env")


@dataclass(frozen=True, slots=True)
class Kit:
    """What every command works with."""

    gazetteer: Gazetteer
    book: Book
    catalogues: dict[str, Catalogue]
    ears: Ears

    def renderer(self, bot_name: str) -> Renderer:
        return Renderer(self.catalogues, bot_name)


class RunError(Exception):
    """The bot cannot run; names the problem and the cure."""


def gazetteer(chosen: config.Settings) -> Gazetteer:
    """The places of the knowledge folder.

    Raises:
        RunError: where a table is missing or broken.
    """
    try:
        return Gazetteer.load(chosen.knowledge / "places")
    except ValueError as problem:
        raise RunError(str(problem)) from problem


def check(chosen: config.Settings) -> tuple[Sequence[Problem], Sequence[Problem]]:
    """Errors and warnings of the knowledge base."""
    places = gazetteer(chosen)
    try:
        load_book(chosen.knowledge, places.districts, places.municipalities)
    except ContentError as found:
        return found.problems, ()
    zone = ZoneInfo("Europe/Berlin")
    return (), warnings(chosen.knowledge, clock().astimezone(zone).date())


def started(link: str, book: Book) -> events.Started:
    """The event of a link's payload."""
    return decode_link(link, known_ids(book))


def known_ids(book: Book) -> Known:
    concerns = frozenset(option.id for option in book.questions["concern"].options)
    places = frozenset((*book.districts, *book.municipalities))
    return Known(frozenset(book.region.languages), places, concerns)


def book_and_places(chosen: config.Settings) -> tuple[Book, Gazetteer]:
    places = gazetteer(chosen)
    return load_book(chosen.knowledge, places.districts, places.municipalities), places


def kit(chosen: config.Settings) -> Kit:
    book, places = book_and_places(chosen)
    languages = book.region.languages
    known = catalogues.load(chosen.locales, languages)
    return Kit(places, book, known, Ears(words(chosen.locales, book), places))


def words(locales: Path, book: Book) -> tuple[Words, ...]:
    """What people type in each language."""
    options = {
        question.id: [option.id for option in question.options]
        for question in book.questions.values()
    }
    return load_words(locales, book.region.languages, options)


def store(chosen: config.Settings) -> Store:
    chosen.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Store.open(chosen.database_url, chosen.data / "keys.db", fresh)


def service(tools: Kit, kept: Store, bot_name: str, now: Callable[[], datetime] = clock) -> Service:
    return Service(tools.book, kept, tools.renderer(bot_name), tools.ears, now)


def quiet_logs() -> None:
    """Events with ids on stderr; libraries only warn, since their details may hold content."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level="WARNING")
    logging.getLogger("bot").setLevel("INFO")
