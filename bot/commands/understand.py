"""`clearing understand`: what a sentence answers."""

import argparse
from functools import partial
from typing import Final

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
What a sentence answers: only what is beyond doubt. It is not stored."""

_EXAMPLES: Final = """\
example:
  clearing understand --language uk "Шукаю роботу в Котбусі"
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="TEXT", help="what somebody typed")
    language_option(parser, "of the person")
    program_options(parser, "a text")


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import texts

    tools = app.kit(settings)
    language = known(chosen.language, tools.catalogues)
    answer = partial(texts.understand, language=language, ears=tools.ears, book=tools.book)
    translate = app.editing(settings, told_in(chosen))
    return each(chosen, translate, answer, texts.understood_as_text)


COMMAND: Final = Command("understand", "what a sentence answers", _WHAT, _options, _run, _EXAMPLES)
