"""A small knowledge folder that may be broken, and the places that it speaks of."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.content.problems import ContentError
from bot.core.knowledge import Book
from bot.core.place import District, Municipality

SMALL = Path(__file__).parent / "knowledge"
DISTRICTS: Mapping[str, District] = {"12061": District("12061", "Dahme-Spreewald")}
MUNICIPALITIES: Mapping[str, Municipality] = {"12061316": Municipality("12061316", "Lübben")}


class Places:
    """Some postcodes, and what everybody knows of them."""

    def districts_of(self, postcode: str) -> tuple[District, ...]:
        known = {"15907": (DISTRICTS["12061"],), "03046": (District("12052", "Cottbus"),)}
        return known.get(postcode, ())

    def towns_of(self, postcode: str) -> tuple[str, ...]:
        return {
            "01234": ("Lübben",),
            "03046": ("Cottbus", "Lübben"),
            "10115": ("Berlin",),
            "15907": ("Lübben (Spreewald)",),
            "16928": ("Gerdshagen", "Groß Pankow", "Halenbeck", "Pritzwalk"),
        }.get(postcode, ())

    def is_elsewhere(self, town: str, postcode: str) -> bool:
        return postcode == "16928" and town == "Lübben"


class Folder:
    """A copy of the small folder; counsellors edit it and load it again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def edit(self, file: str, old: str, new: str) -> None:
        target = self.path / file
        text = target.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        target.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        raw = content if isinstance(content, bytes) else content.encode()
        (self.path / file).write_bytes(raw)

    def load(self) -> Book:
        return load(self.path, DISTRICTS, MUNICIPALITIES)

    def problems(self) -> list[str]:
        try:
            self.load()
        except ContentError as error:
            return str(error).split("\n")
        return []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shutil.copytree(SMALL, tmp_path / "knowledge")
    return Folder(tmp_path / "knowledge")


@pytest.fixture(scope="session")
def book() -> Book:
    return load(SMALL, DISTRICTS, MUNICIPALITIES)
