"""`clearing back`: the knowledge base as it was before, for people without git."""

import argparse
from collections.abc import Iterator
from typing import Final

from bot import app
from bot.commands.command import Command, as_json, editing_option
from bot.config import Settings
from bot.content.editions import Edition, JustSavedError
from bot.content.problems import ContentError, Problem
from bot.sentence import Sentence, Translate

_WHAT: Final = """\
The knowledge folder as it was before.

Without a number: which editions are kept, from when, and what changed with each. With one:
give the folder back what it held then. How it is now is kept first, so that this too can be
undone. The bot keeps each good edition that it has used, the last 30; it notices by itself
when the folder has changed."""

_EXAMPLES: Final = """\
examples:
  clearing back        which editions are there?
  clearing back 17     the folder as it was in edition 17
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", nargs="?", type=int, help="of the edition to go back to")
    parser.add_argument("--json", action="store_true", help="print one list, for programs")
    editing_option(parser)


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.edits import editions

    translate = app.editing(settings, chosen.language)
    kept = editions(settings).newest_first()
    if not kept:
        raise app.RunError(
            Sentence(
                "{folder}: No edition is kept yet. `clearing run` keeps each one that it uses; "
                "CLEARING_DATA says where.",
                folder=editions(settings).folder,
            )
        )
    if chosen.number is None:
        return _list(chosen, settings, kept, translate)
    wanted = next((one for one in kept if one.number == chosen.number), None)
    if wanted is None:
        raise app.RunError(
            Sentence(
                "There is no edition {number}. There are {first} to {last}; "
                "`clearing back` lists them.",
                number=chosen.number,
                first=kept[-1].number,
                last=kept[0].number,
            )
        )
    return _go_back(settings, wanted, translate, as_object=chosen.json)


def _list(
    chosen: argparse.Namespace,
    settings: Settings,
    kept: tuple[Edition, ...],
    translate: Translate,
) -> int:
    from bot.commands.history import as_dict, as_text, history

    told = history(settings, kept)
    if chosen.json:
        print(as_json([as_dict(one) for one in told.steps]))
    else:
        print("\n".join(as_text(told, translate)))
    return 0


def _go_back(settings: Settings, wanted: Edition, translate: Translate, *, as_object: bool) -> int:
    from bot.commands.edits import editions

    kept = editions(settings)
    try:
        present, names = kept.go_back(
            wanted, settings.knowledge, app.clock(), good=not _problems(settings)
        )
        kept.keep(settings.knowledge, app.clock(), good=not _problems(settings))
    except JustSavedError as saved:
        raise app.RunError(
            Sentence(
                "{file}: Somebody has just saved this file, and it was left as it is. "
                "Ask who is editing, then go back once more.",
                file=saved.name,
            )
        ) from saved
    except OSError as problem:
        raise app.RunError(
            Sentence(
                "{file}: This cannot be written ({reason}). "
                "Run it as a user who may write into the knowledge folder and the data folder.",
                file=problem.filename,
                reason=problem.strerror,
            )
        ) from problem
    if as_object:
        print(as_json({"edition": wanted.number, "before": present.number, "files": list(names)}))
        return 0
    print("\n".join(_told(settings, wanted, present, names, translate)))
    return 0


def _told(
    settings: Settings,
    wanted: Edition,
    present: Edition,
    names: tuple[str, ...],
    translate: Translate,
) -> Iterator[str]:
    if not names:
        already = Sentence("The folder is already as in edition {number}.", number=wanted.number)
        yield already.in_(translate)
        return
    yield Sentence("The folder is again as in edition {number}.", number=wanted.number).in_(
        translate
    )
    yield from (f"  {name}" for name in names)
    undo = Sentence("To undo this: clearing back {number}", number=present.number)
    yield undo.in_(translate)
    if problems := _problems(settings):
        yield Sentence("The bot cannot use this edition; it has mistakes:").in_(translate)
        yield from (f"  {problem.in_(translate)}" for problem in problems)


def _problems(settings: Settings) -> tuple[Problem, ...]:
    try:
        app.book_and_places(settings)
    except ContentError as found:
        return found.problems
    return ()


COMMAND: Final = Command(
    "back", "the knowledge base as it was before", _WHAT, _options, _run, _EXAMPLES
)
