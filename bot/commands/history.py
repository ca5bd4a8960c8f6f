"""Which editions of the knowledge base are kept, and what changed from one to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot import app
from bot.commands.differing import edited
from bot.config import Settings
from bot.content.editions import Edition, found
from bot.content.loader import load
from bot.content.problems import ContentError
from bot.core.knowledge import Book
from bot.places.gazetteer import Gazetteer
from bot.sentence import Sentence, Translate


@dataclass(frozen=True, slots=True)
class FileChange:
    name: str
    added: int
    """Lines; a changed line is taken away and added."""
    taken: int


@dataclass(frozen=True, slots=True)
class Step:
    """From the edition before to this one."""

    edition: Edition | None
    """None for the folder as it is now."""
    files: tuple[FileChange, ...]
    entries: tuple[str, ...]
    """Ids, with + or - before those that came or went."""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class History:
    steps: tuple[Step, ...]
    """Newest first."""
    present: int | None
    """The number of the edition that is in the folder now."""
    zone: ZoneInfo


def history(settings: Settings, kept: tuple[Edition, ...]) -> History:
    places = app.gazetteer(settings)
    books = {one.number: _book(one.folder, places) for one in kept}
    steps = []
    for newer, older in zip(kept, (*kept[1:], None), strict=True):
        if older is None:
            steps.append(Step(newer, (), (), is_first=True))
            continue
        files = tuple(_files(older.files(), newer.files()))
        steps.append(Step(newer, files, _entries(books[older.number], books[newer.number])))
    now = found(settings.knowledge)
    if since := tuple(_files(kept[0].files(), now)):
        book = _book(settings.knowledge, places)
        steps.insert(0, Step(None, since, _entries(books[kept[0].number], book)))
    any_book = next((book for book in books.values() if book), None)
    zone = ZoneInfo(any_book.region.time_zone if any_book else "Europe/Berlin")
    return History(tuple(steps), None if since else kept[0].number, zone)


def as_text(told: History, translate: Translate) -> Iterator[str]:
    head = Sentence(
        "Editions of the knowledge base, newest first. To go back: clearing back NUMBER"
    )
    yield head.in_(translate)
    for step in told.steps:
        yield ""
        yield _title(step, told, translate)
        if step.is_first:
            yield f"      {Sentence('the oldest that is kept').in_(translate)}"
        for change in step.files:
            lines = f"+{change.added} −{change.taken}"
            said = Sentence("{file}: {lines} lines", file=change.name, lines=lines)
            yield f"      {said.in_(translate)}"
        if step.entries:
            said = Sentence("Entries that differ: {entries}.", entries=_listed(step.entries))
            yield f"      {said.in_(translate)}"


def as_dict(step: Step) -> Mapping[str, Any]:
    """`edition` and `kept` are null for the folder as it is now."""
    edition = step.edition
    return {
        "edition": edition.number if edition else None,
        "kept": edition.kept.isoformat() if edition else None,
        "good": edition.good if edition else None,
        "files": {one.name: {"added": one.added, "taken": one.taken} for one in step.files},
        "entries": list(step.entries),
    }


def _title(step: Step, told: History, translate: Translate) -> str:
    if step.edition is None:
        return f"   –  {Sentence('the folder as it is now, not kept yet').in_(translate)}"
    marks = []
    if step.edition.number == told.present:
        marks.append(Sentence("as in the folder now").in_(translate))
    if not step.edition.good:
        marks.append(Sentence("has mistakes").in_(translate))
    when = _when(step.edition.kept.astimezone(told.zone))
    said = f"  ({', '.join(marks)})" if marks else ""
    return f"{step.edition.number:4}  {when}{said}"


def _when(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"


def _listed(entries: tuple[str, ...]) -> str:
    more = ", …" if len(entries) > _SHOWN else ""
    return ", ".join(entries[:_SHOWN]) + more


_SHOWN: Final = 12


def _book(folder: Path, places: Gazetteer) -> Book | None:
    """None where there are mistakes; then only files can be compared."""
    try:
        return load(folder, places.districts, places.municipalities)
    except ContentError:
        return None


def _entries(older: Book | None, newer: Book | None) -> tuple[str, ...]:
    return tuple(edited(older, newer)) if older and newer else ()


def _files(older: Mapping[str, Path], newer: Mapping[str, Path]) -> Iterator[FileChange]:
    for name in sorted({*older, *newer}):
        before = older[name].read_bytes() if name in older else b""
        after = newer[name].read_bytes() if name in newer else b""
        if before != after or (name in older) != (name in newer):
            yield FileChange(name, *_lines(before.splitlines(), after.splitlines()))


def _lines(before: list[bytes], after: list[bytes]) -> tuple[int, int]:
    """How many came and how many went."""
    if len(before) + len(after) > _LONG:
        # A table of places: comparing line by line would take minutes.
        return len(set(after) - set(before)), len(set(before) - set(after))
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    return len(after) - same, len(before) - same


_LONG: Final = 5000
"""Lines of both files together."""
