"""The renderer with all languages, and a Tuesday on which offices are open."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.core.knowledge import Book
from bot.language import catalogues
from bot.language.rendering import Renderer

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")


@pytest.fixture(scope="session")
def renderer(book: Book, locales: Path) -> Renderer:
    return Renderer(catalogues.load(locales, book.region.languages), "clearing_bot")


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW
