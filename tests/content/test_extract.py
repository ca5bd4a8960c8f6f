from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from bot.content.problems import ContentError
from bot.core.knowledge import Book
from tests.content.conftest import SMALL

METHOD = "bot.content.extract:extract_knowledge"


def _extracted(path: Path) -> list[tuple[int, str, list[str]]]:
    found = extract_from_file(METHOD, str(path))
    return [(line, str(message), comments) for line, message, comments, _ in found]


def test_a_text_comes_with_its_line_and_with_where_it_is_shown():
    found = _extracted(SMALL / "types.yaml")
    assert (3, "MBE in einfachen Worten", ["type mbe: plain"]) in found
    assert (12, "Ihre Papiere", ["type mbe: bring.0"]) in found
    assert (16, "Guten Tag, ich möchte bitte einen Termin.", ["type mbe: say"]) in found
    assert "rule jobcentre_work: because" in str(_extracted(SMALL / "rules" / "base.yaml"))


def test_names_of_offices_and_pictograms_stay_as_they_are():
    every = {text for path in SMALL.rglob("*.yaml") for _, text, _ in _extracted(path)}
    assert not every & {"MBE", "🏠", "Das Verzeichnis", "MBE am See", "Kleinland"}
    assert {"Polizei (Notruf)", "Ohne Eltern hier", "ab 18 Jahren"} <= every


def test_what_is_extracted_is_what_the_book_says(book: Book):
    every = {text for path in SMALL.rglob("*.yaml") for _, text, _ in _extracted(path)}
    assert every <= set(book.texts.values())


def test_a_broken_file_is_named(tmp_path: Path):
    (tmp_path / "types.yaml").write_text("- [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"types\.yaml:2:1: This is not YAML"):
        _extracted(tmp_path / "types.yaml")
