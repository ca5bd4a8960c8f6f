"""What the README promises is there: settings, commands, top-level entries."""

import re
from pathlib import Path

import pytest

from bot import config
from bot.__main__ import main
from bot.core.knowledge import Book

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_described() -> None:
    assert not [name for name in sorted(config.NAMES) if name not in README]


def test_every_command_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^ {4}([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    assert "route" in commands
    assert not [name for name in commands if f"clearing {name}" not in README]


def test_every_top_level_entry_is_named() -> None:
    made = {"build", "data"}
    entries = {path.name for path in ROOT.iterdir()} - made
    entries = {name for name in entries if name[0] != "." and not name.endswith(".egg-info")}
    assert not [entry for entry in sorted(entries) if entry not in README]


def test_every_module_of_the_core_is_described() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = (path.name for path in (ROOT / "bot" / "core").glob("[!_]*.py"))
    assert not [name for name in modules if name not in text]


def test_every_language_of_the_region_is_named(book: Book) -> None:
    names = {"de": "German", "en": "English", "uk": "Ukrainian", "ar": "Arabic"}
    names |= {"fa": "Persian", "ru": "Russian"}
    assert set(book.region.languages) == set(names)
    assert all(re.search(name, README) for name in names.values())


def test_the_buttons_that_counsellors_read_about_are_there() -> None:
    page = (ROOT / "docs" / "counsellors.md").read_text(encoding="utf-8")
    said = (ROOT / "locales/de/LC_MESSAGES/interface.po").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    labels = [label for row in rows for label in re.findall("„([^“]+)“", row)]
    assert "Ich übernehme" in labels
    assert not [label for label in labels if f'{label}"' not in said]
