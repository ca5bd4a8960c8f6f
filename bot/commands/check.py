"""`clearing check`: is the knowledge base good, and what is still open?"""

import argparse
from typing import Final

from bot import app
from bot.commands.command import Command, as_json
from bot.config import Settings

_WHAT: Final = """\
Check the knowledge base, the lists of words and the translations.

Errors are written as file:line:column: problem. cure. and end with 1. Warnings, such as
what nobody has confirmed yet, do not."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one list, for programs")


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    problems, warnings = app.check(settings)
    if chosen.json:
        rows = [
            {**problem.as_dict(), "level": level}
            for level, found in (("error", problems), ("warning", warnings))
            for problem in found
        ]
        print(as_json(rows))
    else:
        for problem in problems:
            print(problem)
        for warning in warnings:
            print(f"{warning} (warning)")
        if not problems:
            print(f"The knowledge base is good. Warnings: {len(warnings)}.")
    return 1 if problems else 0


COMMAND: Final = Command("check", "check the knowledge base", _WHAT, _options, _run)
