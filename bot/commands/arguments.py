"""What can be typed after `clearing`, and how it helps those who do not know."""

import argparse
from collections.abc import Iterable, Sequence
from typing import Final

from bot.commands.command import Command

_WHAT: Final = """\
Finds out who is responsible for a migrant in Brandenburg, and shows the door."""

_MORE: Final = """\
settings:
  They come from the environment, or from a file .env in this folder, and begin with
  CLEARING_; the README lists them. Only `run` needs one: CLEARING_TOKEN.

exit code:
  0 all is well, 1 something has to be put right first, 2 the command was typed wrongly.
"""


def read(arguments: Sequence[str] | None, known: Iterable[Command]) -> argparse.Namespace:
    """The command and what it was given; `name` says which. Ends with 2 where that makes no sense.

    Options may stand before, after and between the words.
    """
    parser, commands = _parser(known)
    chosen, rest = parser.parse_known_args(arguments)
    words: list[str] | None = getattr(chosen, "words", None)
    if rest and (words is None or any(word.startswith("-") for word in rest)):
        commands[chosen.name].error(f"unknown: {' '.join(rest)}")
    if words is not None:
        words += rest
        if chosen.stdin and words:
            commands[chosen.name].error(f"give `{words[0]}` or --stdin, not both")
        if not words and not chosen.stdin and chosen.name not in _MAY_BE_EMPTY:
            commands[chosen.name].error("give a text, or --stdin")
    return chosen


_MAY_BE_EMPTY: Final = ("route", "why")
"""Commands for which no words are a case in which nothing is answered yet."""


def _parser(
    known: Iterable[Command],
) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    parser = argparse.ArgumentParser(
        prog="clearing", description=_WHAT, epilog=_MORE, formatter_class=_Plain
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="name")
    for one in known:
        one.options(
            commands.add_parser(
                one.name,
                help=one.short,
                description=one.long,
                epilog=one.examples,
                formatter_class=_Plain,
            )
        )
    return parser, dict(commands.choices)


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Lines stay as they are written here, and every command has one."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=96)
