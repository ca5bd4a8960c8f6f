"""`clearing preview`: what people will see of an edit, in every language."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot import app
from bot.commands.command import Command, as_json, editing_option
from bot.config import Settings
from bot.content.problems import nearest
from bot.core.knowledge import Book
from bot.sentence import Sentence, Translate

if TYPE_CHECKING:
    from bot.preview.page import Entry, Shown

_WHAT: Final = """\
What people will see: every screen of an entry in every language, right-to-left too, on one
page that can be opened in any browser and passed on.

Without an id: of every entry that differs from the edition that the bot used before; or,
with --rev or --against, from a revision of git or another folder. What the bot keeps back,
since nobody has confirmed it, is shown as it will look once somebody has."""

_EXAMPLES: Final = """\
examples:
  clearing preview                      what have I changed?
  clearing preview mbe_cottbus age      a service and a question
  clearing preview --rev HEAD           what I have not committed yet
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="of a service, question, rule, hotline, kind"
    )
    before = parser.add_mutually_exclusive_group()
    before.add_argument("--rev", metavar="REV", help="what differs from this revision of git")
    before.add_argument(
        "--against", type=Path, metavar="FOLDER", help="what differs from this folder"
    )
    parser.add_argument(
        "--html",
        type=Path,
        default=Path("preview.html"),
        metavar="FILE",
        help="where to write the page (default: preview.html)",
    )
    parser.add_argument("--json", action="store_true", help="print the screens, for programs")
    editing_option(parser)


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.preview.page import Change, Entry, Reader, page, shown

    if chosen.ids and (chosen.rev is not None or chosen.against is not None):
        raise app.RunError(Sentence("Name entries, or what to compare with: not both."))
    tools = app.kit(settings)
    translate = app.editing(settings, chosen.language)
    if chosen.ids:
        entries = [Entry(_known(name, tools.book), Change.ASKED) for name in chosen.ids]
    else:
        entries = list(_changed(chosen, settings, tools.book))
    now = app.clock().astimezone(ZoneInfo(tools.book.region.time_zone))
    seen = shown(entries, tools.book, tools.renderer("clearing_bot"), now)
    if chosen.json:
        print(as_json([row for one in seen for row in _rows(one, translate)]))
        return 0
    reader = Reader(chosen.language or settings.language, translate)
    _write(chosen.html, page(seen, tools.book, now, reader))
    said = Sentence(
        "{file}: written. Entries: {entries}, screens: {screens}, languages: {languages}.",
        file=chosen.html,
        entries=len(seen),
        screens=sum(len(one.scenes) for one in seen),
        languages=len(tools.book.region.languages),
    )
    print(said.in_(translate))
    for one in seen:
        if one.note:
            print(f"{one.entry.id}: {one.note.in_(translate)}")
    return 0


def _known(name: str, book: Book) -> str:
    from bot.preview.stands import REGION

    question, dot, _ = name.partition(".")
    if dot and question in book.questions:
        # An option, as in age.27_plus, is seen with its question.
        return question
    rules = (rule.id for rule in book.rules)
    known = {*book.questions, *book.services, *book.hotlines, *book.types, *rules, REGION}
    if name not in known:
        near = nearest(name, known)
        cure = Sentence("Take the `id:` that stands in the file.")
        if near:
            cure = Sentence("Did you mean `{word}`?", word=near)
        said = Sentence("There is no entry `{name}`. {cure}", name=name, cure=cure)
        raise app.RunError(said)
    return name


def _changed(chosen: argparse.Namespace, settings: Settings, book: Book) -> Iterator[Entry]:
    from bot.commands.differing import edited
    from bot.commands.revisions import book_in, folder_at
    from bot.preview.page import Change, Entry

    with ExitStack() as stack:
        if chosen.rev is not None:
            folder = stack.enter_context(folder_at(chosen.rev, settings.knowledge))
        else:
            folder = chosen.against or _before(settings)
        if not folder.is_dir():
            said = Sentence(
                "--against: There is no folder {folder}. Give an existing one.", folder=folder
            )
            raise app.RunError(said)
        before = book_in(folder, settings)
    for name in edited(before, book):
        kind = {"+": Change.NEW, "-": Change.GONE}.get(name[0], Change.CHANGED)
        yield Entry(name.lstrip("+-"), kind)


def _before(settings: Settings) -> Path:
    """The newest good edition that is not what the folder holds now."""
    from bot.commands.edits import editions

    for edition in editions(settings).newest_first():
        if edition.good and not edition.holds(settings.knowledge):
            return edition.folder
    raise app.RunError(
        Sentence(
            "No earlier edition is kept to compare with. Name an entry "
            "(clearing preview mbe_cottbus), a revision (--rev HEAD) or a folder "
            "(--against FOLDER)."
        )
    )


def _rows(one: Shown, translate: Translate) -> Iterator[dict[str, object]]:
    for scene in one.scenes:
        for shot in scene.shots:
            yield {
                "entry": one.entry.id,
                "change": str(one.entry.change),
                "withheld": one.is_withheld,
                "screen": scene.title.in_(translate),
                "answers": scene.answers,
                "language": shot.language,
                "text": shot.message.plain,
                "buttons": [[button.label for button in row] for row in shot.message.buttons],
            }


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise app.RunError(
            Sentence(
                "--html: {file} cannot be written ({reason}). "
                "Give a file in a folder that exists and that you may write to.",
                file=path,
                reason=problem.strerror,
            )
        ) from problem


COMMAND: Final = Command(
    "preview",
    "what people will see of an edit, in every language",
    _WHAT,
    _options,
    _run,
    _EXAMPLES,
)
