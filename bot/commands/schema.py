"""`clearing schema`: what editors know about the files of the knowledge folder."""

import argparse
from pathlib import Path
from typing import Final

from bot import app
from bot.commands.command import Command
from bot.config import Settings

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


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.content.json_names import names
    from bot.content.json_schema import schemas

    places = app.gazetteer(settings)
    made = schemas(names(settings.knowledge, places.districts, places.municipalities))
    stale = [name for name, text in made.items() if _there(settings.knowledge, name) != text]
    for name in stale:
        if chosen.check:
            print(f"{FOLDER}/{name}: This schema is out of date. Run `clearing schema`.")
        else:
            _write(settings.knowledge / FOLDER / name, made[name])
            print(f"{FOLDER}/{name}: written")
    if not stale:
        print("The schemas are up to date.")
    return 1 if stale and chosen.check else 0


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
            f"{path}: This schema cannot be written ({problem.strerror}). "
            "Give your user the right to write into the knowledge folder."
        ) from problem


COMMAND: Final = Command("schema", "write what editors complete and explain", _WHAT, _options, _run)
