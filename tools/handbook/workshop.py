"""A copy of the knowledge folder in which the handbook's edits are really made, on a fixed day."""

import argparse
import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from markupsafe import Markup

from bot import app, config
from bot.__main__ import PROBLEMS
from bot.channels.terminal import Terminal
from bot.commands import arguments as command_line
from bot.commands.registry import COMMANDS
from bot.content.editions import Editions
from bot.content.problems import ContentError
from bot.core.conversation import step
from bot.core.events import Started
from bot.core.screen import screen
from bot.core.state import Conversation
from bot.facts import facts
from bot.places.gazetteer import Gazetteer
from bot.preview.bubble import bubble
from bot.talk import taps

ROOT: Final = Path(__file__).resolve().parents[2]
PRACTICE: Final = Path(__file__).parent / "practice"
NOW: Final = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
"""A Tuesday morning."""
SERVICES: Final = "services/havelland.yaml"

_AROUND: Final = 2
"""Lines that are shown before and behind an edit."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a file after an edit."""

    file: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """What somebody types, and what the machine answers."""

    command: str
    text: str
    code: int


class Workshop:
    """Entries of real services are not in it: what happens to them changes no page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOW
        self._kit: app.Kit | None = None
        self.knowledge = folder / "knowledge"
        shutil.copytree(ROOT / "knowledge", self.knowledge)
        shutil.rmtree(self.knowledge / "services")
        shutil.copytree(PRACTICE, self.knowledge / "services")
        names = sorted(path.name for path in PRACTICE.iterdir())
        self._list("services", names)

    def keep_rules(self, names: list[str]) -> None:
        """Only these files, so that proving takes a moment."""
        for path in (self.knowledge / "rules").iterdir():
            if path.name not in names:
                path.unlink()
        self._list("rules", names)

    def keep_entries(self, file: str, wanted: Callable[[str], bool]) -> None:
        """Only those whose id is wanted."""
        head, *entries = re.split(r"(?m)^(?=- id: )", self.text(file))
        kept = (one for one in entries if wanted(one.split("\n")[0].removeprefix("- id: ")))
        (self.knowledge / file).write_text("".join((head, *kept)), encoding="utf-8")

    def _list(self, field: str, names: list[str]) -> None:
        region = self.knowledge / "region.yaml"
        text = region.read_text(encoding="utf-8")
        listed = "".join(f"  - {name}\n" for name in names)
        edited = re.sub(rf"(?m)^{field}:\n(  - .*\n)+", f"{field}:\n{listed}", text)
        region.write_text(edited, encoding="utf-8")

    def settings(self) -> config.Settings:
        return config.read(
            {
                "CLEARING_KNOWLEDGE": str(self.knowledge),
                "CLEARING_LOCALES": str(ROOT / "locales"),
                "CLEARING_DATA": str(self.folder / "data"),
                "LANG": "de_DE.UTF-8",
            }
        )

    def copy(self, name: str) -> Path:
        """The folder as it is now, to compare with."""
        return Path(shutil.copytree(self.knowledge, self.folder / name))

    def text(self, file: str) -> str:
        return (self.knowledge / file).read_text(encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> Excerpt:
        before = self.text(file)
        if before.count(old) != 1:
            raise ValueError(f"{file}: {old!r} stands {before.count(old)} times")
        return self._written(file, before, before.replace(old, new))

    def add(self, file: str, new: str) -> Excerpt:
        """Behind all else."""
        before = self.text(file)
        return self._written(file, before, f"{before.rstrip()}\n\n{new}")

    def _written(self, file: str, before: str, after: str) -> Excerpt:
        (self.knowledge / file).write_text(after, encoding="utf-8")
        self._kit = None
        return self.changed(file, before)

    def changed(self, file: str, before: str) -> Excerpt:
        """What differs from an earlier text, with a little around it."""
        after = self.text(file).rstrip("\n").split("\n")
        matched = SequenceMatcher(None, before.rstrip("\n").split("\n"), after, autojunk=False)
        new = {
            number
            for kind, _, _, begin, end in matched.get_opcodes()
            if kind != "equal"
            for number in range(begin, end)
        }
        first, last = max(0, min(new) - _AROUND), min(len(after), max(new) + 1 + _AROUND)
        lines = (Line(n + 1, after[n], n in new and bool(after[n])) for n in range(first, last))
        return Excerpt(file, tuple(lines))

    def keep_edition(self, days_ago: int) -> None:
        """As the running bot does with each good edition."""
        kept = Editions(self.folder / "data" / "editions")
        kept.keep(self.knowledge, self.now - timedelta(days=days_ago), good=True)

    def run(self, *words: str, shown: str | None = None) -> Output:
        """The command line, in German, on the fixed day."""
        self._kit = None  # some commands write
        out = io.StringIO()
        typed = shown or f"clearing {' '.join(_quoted(word) for word in words)}"
        with redirect_stdout(out), redirect_stderr(io.StringIO()), self._at_its_time():
            chosen = command_line.read(list(words), COMMANDS.values())
            code = self._run(chosen, out)
        # Readers have what is shown here in the usual folder, which is not named.
        text = out.getvalue().replace(f"CLEARING_KNOWLEDGE={self.knowledge} ", "")
        text = text.replace(str(self.knowledge), "knowledge")
        return Output(typed, text.rstrip("\n"), code)

    def _run(self, chosen: argparse.Namespace, out: io.StringIO) -> int:
        try:
            return COMMANDS[chosen.name].run(chosen, self.settings())
        except (ContentError, app.RunError) as problem:
            print(problem.in_(app.editing(self.settings(), "de")), file=out)
        except PROBLEMS as problem:
            print(problem, file=out)
        return 1

    @contextmanager
    def _at_its_time(self) -> Iterator[None]:
        """On its own day; the places are read once, since no page changes them."""
        clock, gazetteer = app.clock, app.gazetteer
        app.clock = lambda: self.now
        app.gazetteer = lambda _: _places()
        try:
            yield
        finally:
            app.clock, app.gazetteer = clock, gazetteer

    def kit(self) -> app.Kit:
        """What the bot has read of the folder as it is."""
        if self._kit is None:
            with self._at_its_time():
                self._kit = app.kit(self.settings())
        return self._kit

    def screen(self, answers: Mapping[str, str], language: str = "de") -> Markup:
        """What a person sees after these answers."""
        tools = self.kit()
        talk = Conversation(language)
        for event in (Started(), *taps(facts(answers, tools.book), tools.book)):
            talk = step(talk, event, tools.book).conversation
        seen = screen(talk, tools.book, self.now)
        return bubble(tools.renderer("clearing_bot").render(seen, tools.book), language)

    def script(self, typed: list[str]) -> str:
        """What `clearing chat --script` writes."""
        tools = self.kit()
        script = io.StringIO()
        terminal = Terminal(
            tools.book,
            tools.renderer("clearing_bot"),
            tools.ears,
            lambda: self.now,
            source=io.StringIO("".join(f"{one}\n" for one in typed)),
            screen=io.StringIO(),
            script=script,
        )
        terminal.talk("de", Started())
        return script.getvalue()


@cache
def _places() -> Gazetteer:
    return Gazetteer.load(ROOT / "knowledge" / "places")


@contextmanager
def workshop() -> Iterator[Workshop]:
    with TemporaryDirectory() as folder:
        yield Workshop(Path(folder))


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
