"""The graph of all conversations, walked once; and a small folder for white spots."""

from __future__ import annotations

import gc
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.content.loader import load
from bot.core.place import District, Municipality
from bot.proof.coverage import Coverage, coverage
from bot.proof.law import Law
from bot.proof.walk import starts, walk

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.core.knowledge import Book
    from bot.proof.graph import Graph

SMALL = Path(__file__).parents[1] / "content" / "knowledge"
DAY = date(2026, 11, 23)
DISTRICTS = {"12061": District("12061", "Dahme-Spreewald"), "12070": District("12070", "Prignitz")}
MUNICIPALITIES = {
    ags: Municipality(ags, name)
    for ags, name in (
        ("12061316", "Lübben"),
        ("12061217", "Königs Wusterhausen"),
        ("12061332", "Luckau"),
        ("12061433", "Schönefeld"),
        ("12070296", "Perleberg"),
    )
}


@pytest.fixture(scope="session")
def graph(book: Book) -> Graph:
    gc.disable()
    try:
        return walk(book, starts(book), Law.of(book).conditions())
    finally:
        gc.enable()


class Folder:
    """A copy of the small knowledge base in which one thing after another is edited."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path / "services" / "lake.yaml"

    def edit(self, old: str, new: str) -> Folder:
        text = self.file.read_text()
        assert old in text
        self.file.write_text(text.replace(old, new, 1))
        return self

    def add(self, **changed: str) -> Folder:
        """A second MBE, for the whole of Prignitz unless it is said otherwise."""
        entry = {
            "offers": "[mbe]",
            "serves": "{districts: ['12070']}",
            "contact": "phone: [+49 3876 1234]",
            "hours": "by_appointment: true",
            "confidence": "medium",
            "more": "languages: [de]",
        } | changed
        self.file.write_text(
            f"{self.file.read_text()}\n"
            f"- id: mbe_second\n  name: Zweite\n  provider: Verein\n  carrier: independent\n"
            f"  offers: {entry['offers']}\n  serves: {entry['serves']}\n  {entry['more']}\n"
            f"  sites:\n    - {entry['contact']}\n      {entry['hours']}\n"
            "      evidence:\n        source: Beispiel\n        date: '2025'\n"
            f"        confidence: {entry['confidence']}\n"
        )
        return self

    def load(self, places: Collection[str] = frozenset(MUNICIPALITIES)) -> Book:
        known = {ags: one for ags, one in MUNICIPALITIES.items() if ags in places}
        return load(self.path, DISTRICTS, known)

    def covered(self, day: date = DAY) -> Coverage:
        return coverage(self.load(), day)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(SMALL, tmp_path / "knowledge")
    return Folder(tmp_path / "knowledge")
