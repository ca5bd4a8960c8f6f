"""`clearing diff`: whom does an edit touch?"""

import argparse
import gc
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot import app
from bot.commands.command import Command, as_json, editing_option, processes_option
from bot.config import Settings

_WHAT: Final = """\
Whom an edit touches: who gets another first door, who gains one, and who loses the last one
that we know, in numbers of sets of answers and municipalities, with links that replay them.

Compares the knowledge folder with a revision of git (HEAD, if none is named), or two
folders. Ends with 1 if anybody loses the last door."""

_EXAMPLES: Final = """\
examples:
  clearing diff                     what I have not committed yet
  clearing diff main
  clearing diff old_folder new_folder
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", nargs="?", default="HEAD", help="a revision, or a folder")
    parser.add_argument("new", nargs="?", help="a folder (default: the knowledge folder)")
    parser.add_argument("--json", action="store_true", help="print one object, for programs")
    processes_option(parser)
    editing_option(parser)


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import differing
    from bot.commands.bar import Bar
    from bot.commands.proving import Reader
    from bot.commands.revisions import book_in, folder_at, no_folder
    from bot.proof.difference import compare

    with ExitStack() as stack:
        present = Path(chosen.new) if chosen.new else settings.knowledge
        if not present.is_dir():
            raise no_folder(present)
        folder = Path(chosen.old)
        if not folder.is_dir():
            folder = stack.enter_context(folder_at(chosen.old, settings.knowledge))
        old = book_in(folder, settings)
        new = book_in(present, settings)
        today = app.clock().astimezone(ZoneInfo(new.region.time_zone)).date()
        # Nothing of what a walk builds is garbage until it ends.
        gc.disable()
        bar = Bar(sys.stderr)
        found = compare(old, new, today, chosen.processes, bar)
        bar.clear()
    edit = differing.Edit(old, new, found)
    if chosen.json:
        print(as_json(differing.as_dict(edit)))
    else:
        reader = Reader(new, present, app.editing(settings, chosen.language))
        print("\n".join(differing.as_text(edit, reader)))
    return 1 if found.loses else 0


COMMAND: Final = Command("diff", "whom does an edit touch?", _WHAT, _options, _run, _EXAMPLES)
