"""`clearing route`: who is responsible for a case."""

import argparse
from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot import app
from bot.commands.command import (
    Command,
    each,
    known,
    language_option,
    program_options,
    told_in,
)
from bot.config import Settings

_WHAT: Final = """\
Who is responsible for a case, why, and which doors are known there.

A fact is question=option, as in age=27_plus. The place is a municipality key of 8 digits or
a district key of 5; `clearing place` finds it. Several options are joined by commas;
`needs=` means none of them, `?` means unknown. What is not given is unanswered."""

_EXAMPLES: Final = """\
examples:
  clearing route place=12061316 age=27_plus concern=work status=eu stay=over_3_years
  clearing route --json place=12052 needs=trauma,disability concern=protection
  clearing route --json --stdin < cases.txt
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="question=option", help="a fact of the case")
    language_option(parser, "of the reasons")
    program_options(parser, "the facts of a case")


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import routing

    book, _ = app.book_and_places(settings)
    catalogues = app.translations(settings, book.region.languages)
    catalogue = catalogues[known(chosen.language, catalogues)]
    today = app.clock().astimezone(ZoneInfo(book.region.time_zone)).date()

    def answer(line: str) -> Mapping[str, Any]:
        return routing.route(routing.parse(line.split(), book), book, today, catalogue)

    return each(chosen, app.editing(settings, told_in(chosen)), answer, routing.as_text)


COMMAND: Final = Command(
    "route", "who is responsible: question=option …", _WHAT, _options, _run, _EXAMPLES
)
