"""`clearing confirm`: somebody has called there, and what the file says is right."""

import argparse
from typing import Final

from bot import app
from bot.commands.command import Command, as_json, editing_option
from bot.config import Settings
from bot.sentence import Sentence

_WHAT: Final = """\
Say that a service or a hotline is as the file has it: somebody has called there.

Writes `confirmed` with the day and the role into the file, and changes nothing else in it.
Prints address, phones and hours, so that you see what you confirm. Without --site, all sites
of a service are confirmed. If the folder would have a mistake, the file stays as it is."""

_EXAMPLES: Final = """\
examples:
  clearing confirm fluechtlingsrat --by "Leitung MBE"
  clearing confirm abh_havelland --by Verwaltung --site 2 --on 2026-11-20
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("door", metavar="SERVICE", help="the id of a service or a hotline")
    parser.add_argument(
        "--by", required=True, metavar="ROLE", help="who says so: the role, not the name"
    )
    parser.add_argument("--site", type=int, metavar="N", help="only this site, from 1")
    parser.add_argument(
        "--on", metavar="DATE", help="when somebody called there, as in 2026-11-24 (default: today)"
    )
    parser.add_argument("--json", action="store_true", help="print one object, for programs")
    editing_option(parser)


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.checking import check
    from bot.commands.confirming import Confirmation, Reader, as_dict, as_text, door
    from bot.content import confirmation
    from bot.content.loader import built
    from bot.content.warnings import warnings
    from bot.core.knowledge import Confirmed

    checked = check(settings)
    today = checked.now.date()
    spots = confirmation.spots(checked.sources, chosen.door, chosen.site)
    doors = tuple(door(chosen.door, spot, checked.book) for spot in spots)
    earlier = max(
        (one.before for one in doors if one.before), key=lambda one: one.date, default=None
    )
    day = confirmation.day(chosen.on, today, earlier) if chosen.on else today
    confirmed = Confirmed(day, confirmation.role(chosen.by))
    file = spots[0].file
    try:
        edit = confirmation.edit(checked.sources, spots, confirmed)
        book = built(edit.sources, checked.places.districts, checked.places.municipalities)
        confirmation.write(edit, file)
    except OSError as problem:
        raise app.RunError(
            Sentence(
                "{file}: This file cannot be written ({reason}). "
                "Give your user the right to write into the knowledge folder.",
                file=file,
                reason=problem.strerror,
            )
        ) from problem
    left = tuple(
        one
        for one in warnings(edit.sources, today, checked.places.postcodes)
        if one.file == file and one.line in spots[0].entry
    )
    done = Confirmation(chosen.door, confirmed, doors, left)
    translate = app.editing(settings, chosen.language)
    if chosen.json:
        print(as_json(as_dict(done, translate)))
        return 0
    reader = Reader(chosen.language or settings.language, translate, checked.now)
    print("\n".join(as_text(done, book, reader)))
    return 0


COMMAND: Final = Command(
    "confirm", "say that a door is as the file has it", _WHAT, _options, _run, _EXAMPLES
)
