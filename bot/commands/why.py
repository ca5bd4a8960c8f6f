"""`clearing why`: the fewest answers behind a first door, and what will lead elsewhere."""

import argparse
from collections.abc import Mapping
from typing import Any, Final

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
Why this office: the fewest answers that lead to it whatever the others are, the rule with its
source, and the nearest change after which another office leads.

Facts are written as for `clearing route`. The place decides only which door of this kind it is."""

_EXAMPLES: Final = """\
examples:
  clearing why place=12061316 age=18_to_26 status=permit concern=work
  clearing why --language uk concern=health age=27_plus status=asylum
  clearing why --json --stdin < cases.txt
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="question=option", help="a fact of the case")
    language_option(parser, "of the reasons")
    program_options(parser, "the facts of a case")


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import explaining, routing

    book, _ = app.book_and_places(settings)
    catalogues = app.translations(settings, book.region.languages)
    catalogue = catalogues[known(chosen.language, catalogues)]

    def answer(line: str) -> Mapping[str, Any]:
        return explaining.why(routing.parse(line.split(), book), book, catalogue)

    return each(chosen, app.editing(settings, told_in(chosen)), answer, explaining.as_text)


COMMAND: Final = Command(
    "why", "why this office, and what would change it", _WHAT, _options, _run, _EXAMPLES
)
