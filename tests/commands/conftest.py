"""The command line as people and programs use it, within this process wherever that is the same."""

import asyncio
import gc
import io
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import app
from bot.__main__ import main
from bot.config import Settings
from bot.core.knowledge import Book
from bot.places.gazetteer import Gazetteer
from bot.sandbox import Clock, Sandbox

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "100200300:" + "A" * 35


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The only line of an error."""
        assert self.code == 1, self
        assert "Traceback" not in self.err
        (line,) = self.err.splitlines()
        return line


Clearing = Callable[..., Outcome]


@pytest.fixture
def _read_once(monkeypatch: pytest.MonkeyPatch, book: Book, gazetteer: Gazetteer) -> None:
    """What is shipped is read once for all these tests, not once for each command."""
    read_book, read_places = app.book_and_places, app.gazetteer

    def book_and_places(chosen: Settings) -> tuple[Book, Gazetteer]:
        shipped = chosen.knowledge == ROOT / "knowledge"
        return (book, gazetteer) if shipped else read_book(chosen)

    def places(chosen: Settings) -> Gazetteer:
        return gazetteer if chosen.knowledge == ROOT / "knowledge" else read_places(chosen)

    monkeypatch.setattr(app, "book_and_places", book_and_places)
    monkeypatch.setattr(app, "gazetteer", places)


@pytest.fixture
def clearing(
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    _read_once: None,
) -> Iterator[Clearing]:
    """`clearing …` in an empty folder, with these settings (and no others) and this input."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in os.environ:
        if name.startswith("CLEARING_") or name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name)

    def run(
        *arguments: str, settings: Mapping[str, str] | None = None, stdin: str | bytes = ""
    ) -> Outcome:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        for name, value in (settings or {}).items():
            monkeypatch.setenv(f"CLEARING_{name}", value)
        try:
            code = main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        said = capfd.readouterr()
        assert TOKEN not in said.out + said.err
        return Outcome(code, said.out, said.err)

    yield run
    # A command is at its end after one run; these tests go on.
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A copy that may be broken."""
    return shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    """A copy of the locales that may be broken."""
    return shutil.copytree(ROOT / "locales", tmp_path / "locales")


@pytest.fixture
def telegram() -> Iterator[str]:
    """The address of a local Telegram that runs beside the command."""
    loop = asyncio.new_event_loop()
    sandbox = Sandbox(TOKEN, Clock())
    loop.run_until_complete(sandbox.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield sandbox.url
    asyncio.run_coroutine_threadsafe(sandbox.stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
