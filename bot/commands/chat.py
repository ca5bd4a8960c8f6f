"""`clearing chat`: the same talk in a terminal."""

import argparse
import sys
from typing import Final

from bot import app
from bot.commands.command import Command, known, language_option
from bot.config import Settings
from bot.core.links import says_something
from bot.sentence import Sentence

_WHAT: Final = """\
Talk in this terminal. Type the number of a button, what it carries (x, or a:concern:work),
or a sentence; end with Ctrl-D."""

_EXAMPLES: Final = """\
examples:
  clearing chat --language ar
  clearing chat --script > tests/conversations/my_talk.yaml
"""


def _options(parser: argparse.ArgumentParser) -> None:
    language_option(parser, "of the first screen")
    parser.add_argument(
        "--link", default="", help="begin as a poster's link does, as in uk-12067120-work"
    )
    parser.add_argument(
        "--script",
        action="store_true",
        help="print the talk as a test, at its end; the talk itself goes to the error output",
    )


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.terminal import Terminal

    tools = app.kit(settings)
    # A bare `--` leaves an empty list there.
    first = app.started(chosen.link or "", tools.book)
    if chosen.link and not says_something(first, tools.book):
        raise app.RunError(
            Sentence(
                "--link: `{link}` says nothing that this knowledge base knows. Its questions "
                "may have changed, or CLEARING_KNOWLEDGE names another folder.",
                link=chosen.link,
            )
        )
    Terminal(
        tools.book,
        tools.renderer("clearing_bot"),
        tools.ears,
        app.clock,
        screen=sys.stderr if chosen.script else sys.stdout,
        script=sys.stdout if chosen.script else None,
    ).talk(
        known(chosen.language, tools.catalogues),
        first,
        chosen.link,
    )
    return 0


COMMAND: Final = Command("chat", "talk in this terminal", _WHAT, _options, _run, _EXAMPLES)
