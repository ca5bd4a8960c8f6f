"""`clearing prove`: does everybody find a door, whatever they answer?"""

import argparse
import gc
import re
import sys
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot import app
from bot.commands.command import Command, as_json, editing_option, processes_option
from bot.config import Settings
from bot.core.knowledge import Book

if TYPE_CHECKING:
    from bot.proof.future import Future
    from bot.proof.proof import Proof

_WHAT: Final = """\
Walk every conversation that the questionnaire can take, at every place, and show where
somebody is left alone.

It proves: everybody has a first door that can be reached; exactly one kind of service
leads, and never an authority; nobody without papers is shown a body that must report; in
danger there is somebody to call first; every rule and every question can matter. What does
not hold is shown as a conversation, with a link that replays it; then it ends with 1."""

_EXAMPLES: Final = """\
examples:
  clearing prove
  clearing prove --until 12m
  clearing chat --link de-12061316-Rxx…        look at an example
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one object, for programs")
    parser.add_argument(
        "--until",
        type=_span,
        metavar="SPAN",
        help="the same at every day on which something changes: 12m, 26w, 90d",
    )
    processes_option(parser)
    editing_option(parser)


def _span(text: str) -> tuple[int, str]:
    found = re.fullmatch(r"([1-9][0-9]{0,2})([dwmy])", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"`{text}` is no span; write 12m, 26w or 90d")
    return int(found[1]), found[2]


def _after(today: date, count: int, unit: str) -> date:
    """The same day of a later month, or its last one."""
    if unit in {"d", "w"}:
        return today + timedelta(days=count * {"d": 1, "w": 7}[unit])
    years, month = divmod(today.month - 1 + count * {"m": 1, "y": 12}[unit], 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import foreseeing, proving
    from bot.commands.bar import Bar
    from bot.proof.proof import prove

    book, _ = app.book_and_places(settings)
    today = _today(book)
    # Nothing of what a walk builds is garbage until it ends.
    gc.disable()
    begun = app.clock()
    bar = Bar(sys.stderr)
    proof = prove(book, today, chosen.processes, bar)
    seconds = (app.clock() - begun).total_seconds()
    bar.clear()
    ahead = _ahead(proof, book, today, chosen.until) if chosen.until else None
    if chosen.json:
        said = proving.as_dict(proof, book, seconds)
        print(as_json(said | (foreseeing.as_dict(ahead, proof, book) if ahead else {})))
    else:
        translate = app.editing(settings, chosen.language)
        reader = proving.Reader(book, settings.knowledge, translate)
        print("\n".join(proving.as_text(proof, reader, seconds)))
        if ahead is not None:
            print("\n" + "\n".join(foreseeing.as_text(ahead, proof, reader)))
    left_alone = ahead is not None and ahead.leaves_somebody_alone
    return 1 if proof.faults or left_alone else 0


def _ahead(proof: "Proof", book: Book, today: date, span: tuple[int, str]) -> "Future":
    from bot.content.door_warnings import STALE
    from bot.content.german_holidays import german_holidays
    from bot.proof.future import Days, foresee

    days = Days(today, _after(today, *span))
    years = range(today.year, days.last.year + 1)
    holidays = frozenset(german_holidays(book.region.holidays, years))
    return foresee(proof, book, days, holidays, STALE)


def _today(book: Book) -> date:
    return app.clock().astimezone(ZoneInfo(book.region.time_zone)).date()


COMMAND: Final = Command("prove", "does everybody find a door?", _WHAT, _options, _run, _EXAMPLES)
