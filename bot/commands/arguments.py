"""What can be typed after `clearing`, and how it helps those who do not know."""

import argparse
from collections.abc import Sequence
from typing import Final

_WHAT: Final = """\
Finds out who is responsible for a migrant in Brandenburg, and shows the door."""

_MORE: Final = """\
settings:
  They come from the environment, or from a file .env in this folder, and begin with
  CLEARING_; the README lists them. Only `run` needs one: CLEARING_TOKEN.

exit code:
  0 all is well, 1 something has to be put right first, 2 the command was typed wrongly.
"""

_ROUTE: Final = """\
Who is responsible for a case, why, and which doors are known there.

A fact is question=option, as in age=27_plus. The place is a municipality key of 8 digits or
a district key of 5; `clearing place` finds it. Several options are joined by commas;
`needs=` means none of them, `?` means unknown. What is not given is unanswered."""

_ROUTE_EXAMPLES: Final = """\
examples:
  clearing route place=12061316 age=27_plus concern=work status=eu stay=over_3_years
  clearing route --json place=12052 needs=trauma,disability concern=protection
  clearing route --json --stdin < cases.txt
"""

_PLACE: Final = """\
Which municipality or district a text means: a name in any script, or a postcode."""

_PLACE_EXAMPLES: Final = """\
examples:
  clearing place Лукенвальде
  clearing place --json 14943
"""

_UNDERSTAND: Final = """\
What a sentence answers: only what is beyond doubt. It is not stored."""

_UNDERSTAND_EXAMPLES: Final = """\
example:
  clearing understand --language uk "Шукаю роботу в Котбусі"
"""

_CHECK: Final = """\
Check the knowledge base, the lists of words and the translations.

Errors are written as file:line:column: problem. cure. and end with 1. Warnings, such as
what nobody has confirmed yet, do not."""

_CHAT: Final = """\
Talk in this terminal. Type the number of a button, what it carries (x, or a:concern:work),
or a sentence; end with Ctrl-D."""

_CHAT_EXAMPLES: Final = """\
examples:
  clearing chat --language ar
  clearing chat --script > tests/conversations/my_talk.yaml
"""

_DEMO: Final = """\
Try it without an account: a page with a phone, a small local Telegram, and the very same
bot talking to it. Nothing of it stays. End it with Ctrl-C."""

_RUN: Final = """\
Talk on Telegram until SIGTERM or Ctrl-C. CLEARING_TOKEN or CLEARING_TOKEN_FILE gives the
bot's token, from @BotFather; CLEARING_DATA the folder for the database and the keys."""


def read(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command and what it was given; `name` says which. Ends with 2 where that makes no sense.

    Options may stand before, after and between the words.
    """
    parser, commands = _parser()
    chosen, rest = parser.parse_known_args(arguments)
    words: list[str] | None = getattr(chosen, "words", None)
    if rest and (words is None or any(word.startswith("-") for word in rest)):
        commands[chosen.name].error(f"unknown: {' '.join(rest)}")
    if words is not None:
        words += rest
        if chosen.stdin and words:
            commands[chosen.name].error(f"give `{words[0]}` or --stdin, not both")
        if not words and not chosen.stdin and chosen.name != "route":
            commands[chosen.name].error("give a text, or --stdin")
    return chosen


def _parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    parser = argparse.ArgumentParser(
        prog="clearing", description=_WHAT, epilog=_MORE, formatter_class=_Plain
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="name")

    def command(name: str, short: str, long: str, examples: str = "") -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=short, description=long, epilog=examples, formatter_class=_Plain
        )

    demo = command("demo", "try it without an account: a phone in the browser", _DEMO)
    demo.add_argument(
        "--port", type=_port, default=8080, help="of the page; 0 takes a free one (default: 8080)"
    )
    demo.add_argument("--no-browser", action="store_true", help="only print the address")

    command("run", "talk on Telegram (needs CLEARING_TOKEN)", _RUN)

    chat = command("chat", "talk in this terminal", _CHAT, _CHAT_EXAMPLES)
    _language(chat, "of the first screen")
    chat.add_argument(
        "--link", default="", help="begin as a poster's link does, as in uk-12067120-work"
    )
    chat.add_argument(
        "--script",
        action="store_true",
        help="print the talk as a test, at its end; the talk itself goes to the error output",
    )

    route = command("route", "who is responsible: question=option …", _ROUTE, _ROUTE_EXAMPLES)
    route.add_argument("words", nargs="*", metavar="question=option", help="a fact of the case")
    _language(route, "of the reasons")
    _for_programs(route, "the facts of a case")

    place = command("place", "which municipality a text means", _PLACE, _PLACE_EXAMPLES)
    place.add_argument("words", nargs="*", metavar="TEXT", help="what somebody typed")
    _for_programs(place, "a text")

    understand = command("understand", "what a sentence answers", _UNDERSTAND, _UNDERSTAND_EXAMPLES)
    understand.add_argument("words", nargs="*", metavar="TEXT", help="what somebody typed")
    _language(understand, "of the person")
    _for_programs(understand, "a text")

    check = command("check", "check the knowledge base", _CHECK)
    check.add_argument("--json", action="store_true", help="print one list, for programs")
    return parser, dict(commands.choices)


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Lines stay as they are written here, and every command has one."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=96)


def _language(parser: argparse.ArgumentParser, whose: str) -> None:
    parser.add_argument(
        "--language", default="de", metavar="CODE", help=f"{whose}: de, en, uk, ar … (default: de)"
    )


def _for_programs(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help="print an object on one line")
    parser.add_argument(
        "--stdin",
        action="store_true",
        help=f"read {what} from each line of the input; with --json, an object for each line",
    )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:6]) > _HIGHEST:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {_HIGHEST}")
    return int(text)


_HIGHEST: Final = 65535
