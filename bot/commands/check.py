"""`clearing check`: is the knowledge base good, and what is still open?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot import app
from bot.commands.command import Command, as_json
from bot.config import Settings
from bot.content.problems import ContentError
from bot.sentence import Sentence, Translate

if TYPE_CHECKING:
    from bot.commands.checking import Checked
    from bot.content.tasks import Group

_WHAT: Final = """\
Check the knowledge base, the lists of words and the translations.

Errors are written as file:line:column: problem. cure. and end with 1. Warnings, such as
what nobody has confirmed yet, do not. --launch ends with 1 while something is open that
must be done before real people use the bot."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one list, for programs")
    parser.add_argument(
        "--language",
        choices=("de", "en"),
        metavar="CODE",
        help="say it in German or English: de, en (default: as the machine speaks)",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--hours", action="store_true", help="which doors are open now and on the next holiday?"
    )
    instead.add_argument(
        "--stale", action="store_true", help="what is over a year old, or not translated?"
    )
    instead.add_argument(
        "--launch", action="store_true", help="what is missing before real people use the bot?"
    )


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.checking import check

    translate = app.editing(settings, chosen.language)
    try:
        checked = check(settings)
    except ContentError as found:
        if chosen.json:
            print(as_json([{**one.as_dict(translate), "level": "error"} for one in found.problems]))
        else:
            print(found.in_(translate))
        return 1
    if chosen.hours:
        return _hours(chosen, checked, translate)
    if chosen.stale:
        return _report(chosen, checked.stale(), translate)
    if chosen.launch:
        return _report(chosen, checked.launch(), translate)
    return _warnings(chosen, checked, translate)


def _warnings(chosen: argparse.Namespace, checked: Checked, translate: Translate) -> int:
    found = checked.warnings()
    if chosen.json:
        print(as_json([{**one.as_dict(translate), "level": "warning"} for one in found]))
        return 0
    for one in found:
        print(Sentence("{problem} (warning)", problem=one.in_(translate)).in_(translate))
    said = Sentence("The knowledge base is good. Warnings: {count}.", count=len(found))
    print(said.in_(translate))
    return 0


def _hours(chosen: argparse.Namespace, checked: Checked, translate: Translate) -> int:
    from bot.content.door_times import door_times

    times = door_times(checked.book, checked.now)
    if chosen.json:
        print(as_json([one.as_dict() for one in times]))
    else:
        for one in times:
            print(one.sentence().in_(translate))
    return 0


def _report(chosen: argparse.Namespace, groups: Sequence[Group], translate: Translate) -> int:
    from bot.commands.reports import as_text
    from bot.content.tasks import Level

    if chosen.json:
        print(as_json([row for group in groups for row in group.rows(translate)]))
    else:
        print(as_text(groups, translate))
    return 1 if any(group.level is Level.MUST and group.tasks for group in groups) else 0


COMMAND: Final = Command("check", "check the knowledge base", _WHAT, _options, _run)
