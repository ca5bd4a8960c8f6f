"""A counsellor has called a door and says: this is right. Written into the file where it stands."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from bot.content import editions, tree
from bot.content.editing import EditError, with_fields
from bot.content.files import Sources
from bot.content.problems import ContentError, Problem, suggestion
from bot.content.schema import HotlineText, ServiceText, SiteText
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.core.knowledge import Confirmed
from bot.sentence import NOTHING, Sentence


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file a confirmation stands, or will stand."""

    file: str
    """Below the knowledge folder."""
    path: tree.Path
    """Of the site, or of the hotline."""
    line: int
    entry: range
    """The lines of the whole entry."""
    site: int
    """From 1."""
    has_way: bool
    """There is a phone, an address or a website."""


def spots(sources: Sources, name: str, site: int | None) -> tuple[Spot, ...]:
    """Each site of this service or hotline, or the one of this number, from 1.

    Raises:
        ContentError: there is none, or nobody could reach it.
    """
    known = dict.fromkeys(_ids(sources))
    if name not in known:
        said = Sentence("There is no service and no hotline `{name}`.", name=name)
        raise _refused(name, said, suggestion(name, known))
    found = tuple(_spots(sources, name))
    wanted = found if site is None else tuple(one for one in found if one.site == site)
    if not wanted:
        said = Sentence("`{name}` has {count} sites, and none of number {number}.")
        cure = Sentence("Leave `--site` out to confirm all of them.")
        raise _refused("--site", said.about(name=name, count=len(found), number=site), cure)
    for one in wanted:
        if not one.has_way:
            said = Sentence("`{name}` has no phone, no address and no website here.", name=name)
            cure = Sentence("Ask how one can reach it, write that down, and confirm it then.")
            raise ContentError([Problem(one.file, one.line, 1, said, cure)])
    return wanted


def day(text: str, today: date, earlier: Confirmed | None) -> date:
    """As in 2026-11-24 or 24.11.2026.

    Raises:
        ContentError: it is not a day, lies in the future, or before the last confirmation.
    """
    found = _DAY.fullmatch(text.strip()) or _GERMAN_DAY.fullmatch(text.strip())
    try:
        written = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        written = None
    if written is None:
        said = Sentence("`{day}` is not a date.", day=text)
        raise _refused("--on", said, Sentence("Write year, month and day: 2026-11-22."))
    if written > today:
        cure = Sentence("Write the day on which somebody called there.")
        raise _refused("--on", Sentence("{day} is in the future.", day=written), cure)
    if earlier is not None and written < earlier.date <= today:
        said = Sentence("Somebody has confirmed it since, on {day}.", day=earlier.date)
        raise _refused("--on", said, Sentence("There is nothing to do."))
    return written


_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_GERMAN_DAY: Final = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")


def role(text: str) -> str:
    """Who confirms, without the spaces around it.

    Raises:
        ContentError: it is empty, or looks like the name of a person.
    """
    by = " ".join(text.split())
    if not by:
        said = Sentence("It is not said who confirms it.")
        raise _refused("--by", said, _ROLE)
    if _is_like_a_person(by):
        raise _refused("--by", Sentence("`{by}` looks like the name of a person.", by=by), _ROLE)
    return by


_ROLE: Final = Sentence('Write the role, not the name: --by "Leitung MBE".')


def _is_like_a_person(by: str) -> bool:
    if _ADDRESSED.search(by) or "@" in by:
        return True
    words = by.replace("-", " ").split()
    named = len(words) in _NAMES and all(map(_NAME.fullmatch, words))
    return named and not _WORK.search(by)


_NAMES: Final = range(2, 4)
"""Words of a whole name."""
_ADDRESSED: Final = re.compile(
    r"\b(Frau|Herrn?|Fr\.|Hr\.|Dr\.|Prof\.|Mr|Mrs|Ms)(?!\w)|\b[A-Z]\. ?[A-Z]"
)
_NAME: Final = re.compile(r"[A-ZÄÖÜŠŚŻŁČĆÇĐİ][^\W\d_]*[^\W\d_A-ZÄÖÜ]")
"""A capital and small letters; `MBE` is none."""
_WORK: Final = re.compile(
    r"leit|berat|koordin|sekret|büro|team|dienst|stelle|fach|verwalt|empfang|referat|referent|amt"
    r"|mitarbeit|ehrenamt|abteilung|vorstand|geschäft|assist|sozial|betreu|träger|zentrale|haus"
    r"|helfer|verein|caritas|diakonie|kreis|stadt|land|bund|migration|integration|jugend|flücht"
    r"|head|lead|office|manage|advis|counsel|coordinat|staff|desk|director",
    re.IGNORECASE,
)
"""Words for what somebody does, or for a house."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One file with its confirmations, not yet written."""

    path: Path
    before: bytes
    after: bytes
    sources: Sources
    """The folder as it will be."""


def edit(sources: Sources, wanted: tuple[Spot, ...], confirmed: Confirmed) -> Edit:
    """The file in which exactly these spots are confirmed.

    Raises:
        ContentError: the file is written so that only a person can do it.
        OSError: it cannot be read.
    """
    file = wanted[0].file
    path = sources.folder / file
    before = path.read_bytes()
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    text = before.removeprefix(mark).decode()
    fields = {"date": confirmed.date.isoformat(), "by": confirmed.by}
    for one in wanted:
        try:
            text = with_fields(text, (*one.path, "confirmed"), "evidence", fields)
        except EditError as reason:
            said = Sentence("This cannot be written here without changing something else.")
            line = f"confirmed: {{date: {fields['date']}, by: {confirmed.by}}}"
            cure = Sentence("Write it yourself: `{line}`.", line=line)
            raise ContentError([Problem(file, one.line, 1, said, cure)]) from reason
    problems: list[Problem] = []
    document = tree.parse(text, file, problems)
    documents = {**sources.documents, **({file: document} if document else {})}
    changed = replace(sources, documents=documents, problems=problems)
    return Edit(path, before, mark + text.encode(), changed)


def write(edited: Edit, file: str) -> None:
    """In one step.

    Raises:
        ContentError: somebody has saved the file meanwhile; it stays as it is.
        OSError: it cannot be written.
    """
    if edited.path.read_bytes() != edited.before:
        said = Sentence("Somebody has saved this file in this moment.")
        raise _refused(file, said, Sentence("Confirm it once more."))
    editions.put(edited.after, edited.path)


def _ids(sources: Sources) -> Iterator[str]:
    for document in sources.listed("services"):
        yield from (text.id for text, _ in entries(Cursor(document, []), ServiceText))
    helping = Cursor(sources.documents["hotlines.yaml"], [])
    yield from (text.id for text, _ in entries(helping, HotlineText))


def _spots(sources: Sources, name: str) -> Iterator[Spot]:
    for document in sources.listed("services"):
        for service, at in entries(Cursor(document, []), ServiceText):
            for number, site in enumerate(service.sites if service.id == name else ()):
                yield _spot(at, at / "sites" / number, number + 1, has_way=_has_way(site))
    helping = Cursor(sources.documents["hotlines.yaml"], [])
    for hotline, at in entries(helping, HotlineText):
        if hotline.id == name:
            yield _spot(at, at, 1, has_way=True)


def _spot(entry: Cursor, at: Cursor, site: int, *, has_way: bool) -> Spot:
    document = at.document
    after = (*entry.path[:-1], int(entry.path[-1]) + 1)
    behind = document.values[after][0] if after in document.values else _BEHIND
    lines = range(document.line(entry.path), behind)
    return Spot(document.file, at.path, document.line(at.path), lines, site, has_way)


_BEHIND: Final = 1_000_000
"""Behind the last line of any file that is not refused."""


def _has_way(site: SiteText) -> bool:
    return bool(site.address or site.phone or site.website)


def _refused(place: str, said: Sentence, cure: Sentence = NOTHING) -> ContentError:
    return ContentError([Problem(place, 0, 0, said, cure)])
