"""`clearing coverage`: the white spots, where we know nobody."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot import app
from bot.commands.command import Command, as_json
from bot.config import Settings
from bot.core.knowledge import Book
from bot.proof.half_days import Half
from bot.sentence import Sentence

if TYPE_CHECKING:
    from bot.proof.coverage import Coverage
    from bot.proof.spots import Wish

_WHAT: Final = """\
The white spots: in which district we know no service that can be reached, for each kind of
service. With --speaks or --open only services count that are known to speak that language or
to be open then; `?` means that nobody has told us.

What is missing in the data may exist all the same: region.yaml names under `complete:` the
districts for which somebody has declared that it does not."""

_EXAMPLES: Final = """\
examples:
  clearing coverage
  clearing coverage --speaks ru --open morning
  clearing coverage --html weisse-flecken.html
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--speaks", metavar="CODE", help="count only who speaks it: ar, uk …")
    parser.add_argument(
        "--open",
        choices=[str(half) for half in Half],
        metavar="HALF",
        help="count only who is open then, Monday to Friday: morning, afternoon",
    )
    parser.add_argument(
        "--day", type=_day, metavar="DATE", help="on this day, as in 2026-12-01 (default: today)"
    )
    parser.add_argument(
        "--language",
        choices=("de", "en"),
        metavar="CODE",
        help="of the table: de, en (default: de)",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--json", action="store_true", help="print one object, for programs")
    instead.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="write a page in German, with a map, that can be sent and printed",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(
            f"`{text}` is no day; write year, month and day, as in 2026-12-01"
        ) from problem


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.proof.coverage import coverage
    from bot.proof.spots import Wish

    language = chosen.language or "de"
    translate = app.editing(settings, language)
    book, _ = app.book_and_places(settings)
    today = app.clock().astimezone(ZoneInfo(book.region.time_zone)).date()
    covered = coverage(book, chosen.day or today)
    wish = Wish(_spoken(chosen.speaks, covered), Half(chosen.open) if chosen.open else None)
    if chosen.html:
        _write(chosen.html, _page(covered, book, wish, settings))
        said = Sentence("Written: {file}. Open it in a browser.", file=chosen.html)
        print(said.in_(translate))
    elif chosen.json:
        from bot.proof.coverage_json import as_object
        from bot.proof.next_steps import next_steps

        print(as_json(as_object(covered, book, wish, next_steps(covered, book))))
    else:
        from bot.proof.coverage_table import Reader, table

        print(table(covered, book, wish, Reader(language, translate)))
    return 0


def _spoken(language: str | None, covered: Coverage) -> str | None:
    if language is not None and language not in covered.languages:
        raise app.RunError(
            Sentence(
                "--speaks: Neither the bot nor any service speaks `{language}`. Take {languages}.",
                language=language,
                languages=", ".join(covered.languages),
            )
        )
    return language


def _page(covered: Coverage, book: Book, wish: Wish, settings: Settings) -> str:
    from bot.places import outlines
    from bot.proof.coverage_page import page

    try:
        drawn = outlines.read(settings.knowledge / "places")
    except ValueError as problem:
        raise app.RunError(outlines.BROKEN) from problem
    return page(covered, book, wish, drawn, app.editing(settings, "de"))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise app.RunError(
            Sentence(
                "--html: {file} cannot be written ({reason}). "
                "Give a file in a folder that exists and that you may write to.",
                file=file,
                reason=problem.strerror,
            )
        ) from problem


COMMAND: Final = Command(
    "coverage", "where we know nobody: the white spots", _WHAT, _options, _run, _EXAMPLES
)
