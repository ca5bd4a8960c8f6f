"""`clearing place`: which municipality a text means."""

import argparse
from functools import partial
from typing import Final

from bot import app
from bot.commands.command import Command, each, program_options
from bot.config import Settings

_WHAT: Final = """\
Which municipality or district a text means: a name in any script, or a postcode."""

_EXAMPLES: Final = """\
examples:
  clearing place Лукенвальде
  clearing place --json 14943
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="TEXT", help="what somebody typed")
    program_options(parser, "a text")


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import texts

    gazetteer = app.gazetteer(settings)
    return each(
        chosen,
        app.editing(settings, None),
        partial(texts.place, gazetteer=gazetteer),
        partial(texts.place_as_text, gazetteer=gazetteer),
    )


COMMAND: Final = Command(
    "place", "which municipality a text means", _WHAT, _options, _run, _EXAMPLES
)
