"""`clearing schema`: what editors know about the files of the knowledge folder."""

import argparse
from pathlib import Path
from typing import Final

from bot import app
from bot.commands.command import Command, editing_option
from bot.config import Settings
from bot.sentence import Sentence

_WHAT: Final = """\
Write the schemas with which an editor completes and explains the knowledge folder.

They go to schema/ in the knowledge folder, and name its questions, kinds of services, places
and files; so write them again after a new one. docs/editor.md shows what an editor does."""

FOLDER: Final = "schema"
"""In the knowledge folder; the first line of each file names it."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="write nothing; end with 1 where one is out of date"
    )
    editing_option(parser)


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.content.json_names import names
    from bot.content.json_schema import schemas

    translate = app.editing(settings, chosen.language)
    places = app.gazetteer(settings)
    made = schemas(names(settings.knowledge, places.districts, places.municipalities))
    stale = [name for name, text in made.items() if _there(settings.knowledge, name) != text]
    for name in stale:
        if not chosen.check:
            _write(settings.knowledge / FOLDER / name, made[name])
        print((_STALE if chosen.check else _WRITTEN).about(file=f"{FOLDER}/{name}").in_(translate))
    if not stale:
        print(Sentence("The schemas are up to date.").in_(translate))
    return 1 if stale and chosen.check else 0


_STALE: Final = Sentence("{file}: This schema is out of date. Run `clearing schema`.")
_WRITTEN: Final = Sentence("{file}: written.")


def _there(knowledge: Path, name: str) -> str | None:
    try:
        return (knowledge / FOLDER / name).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise app.RunError(
            Sentence(
                "{file}: This file cannot be written ({reason}). "
                "Give your user the right to write into the knowledge folder.",
                file=path,
                reason=problem.strerror,
            )
        ) from problem


COMMAND: Final = Command("schema", "write what editors complete and explain", _WHAT, _options, _run)
