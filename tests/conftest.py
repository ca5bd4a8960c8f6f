"""What all tests share: the browser tests need Debian's chromium, everything else runs without."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from bot import app
from bot.content.loader import load
from bot.core.knowledge import Book
from bot.listening import Ears
from bot.places.gazetteer import Gazetteer

pytest_plugins = ["tests.postgres"]

# The same examples on every machine, however busy it is: a red suite is never bad luck.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "knowledge"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real browser (Debian's chromium)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if Path(CHROMIUM).exists():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    # Of several processes only the first can be read.
    if not hasattr(config, "workerinput") and not Path(CHROMIUM).exists():
        print("Tests of pages did not run, for want of a browser. Cure: apt-get install chromium")  # noqa: T201 - the last line of the run


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return CHROMIUM


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The places that are shipped."""
    return Gazetteer.load(KNOWLEDGE / "places")


@pytest.fixture(scope="session")
def book(gazetteer: Gazetteer) -> Book:
    """The knowledge base that is shipped."""
    return load(KNOWLEDGE, gazetteer.districts, gazetteer.municipalities)


@pytest.fixture(scope="session")
def locales() -> Path:
    """The translations and words that are shipped."""
    return ROOT / "locales"


@pytest.fixture(scope="session")
def ears(book: Book, locales: Path, gazetteer: Gazetteer) -> Ears:
    """What understands typed text."""
    return Ears(app.words(locales, book), gazetteer)
