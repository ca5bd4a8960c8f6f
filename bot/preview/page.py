"""Every screen of some entries in every language, as one page that fetches nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.case import DONT_KNOW, Case
from bot.core.knowledge import Book, Question, QuestionKind
from bot.core.screen import screen
from bot.core.told import told
from bot.language import formats
from bot.language.rendering import Renderer
from bot.message import Message
from bot.preview.bubble import bubble, pages, style
from bot.preview.stands import NOBODY, Stand, stands
from bot.preview.withheld import as_confirmed, is_withheld, why_not_shown
from bot.sentence import Sentence, Translate


class Change(StrEnum):
    ASKED = "asked"
    """Not compared with anything."""
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    change: Change


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen in one language."""

    language: str
    message: Message


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen in every language, and whose answers lead to it."""

    title: Sentence
    answers: str
    """In German; empty where there are none."""
    shots: tuple[Shot, ...]
    is_aside: bool


@dataclass(frozen=True, slots=True)
class Shown:
    entry: Entry
    name: str
    scenes: tuple[Scene, ...]
    note: Sentence | None
    """Why no answers lead to it."""
    is_withheld: bool
    """The screens show how it will look once somebody has confirmed it."""


def shown(
    entries: Sequence[Entry], book: Book, renderer: Renderer, now: datetime
) -> tuple[Shown, ...]:
    """What people see of the entries at `now` (aware, in the region's zone)."""
    return tuple(_shown(entry, book, renderer, now) for entry in entries)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the page."""

    language: str
    """de or en."""
    translate: Translate


def page(all_shown: Sequence[Shown], book: Book, now: datetime, reader: Reader) -> str:
    """HTML; everything that an entry says is escaped, and no address is asked for anything."""
    translate = reader.translate
    template = pages().get_template("preview.html")
    return template.render(
        page_language=reader.language,
        say=lambda sentence: sentence.in_(translate),
        words={name: said.in_(translate) for name, said in _WORDS.items()},
        style=style(),
        shown=all_shown,
        languages={one: formats.autonym(one) for one in book.region.languages},
        bubble=bubble,
        now=f"{now:%d.%m.%Y %H:%M}",
    )


def _shown(entry: Entry, book: Book, renderer: Renderer, now: datetime) -> Shown:
    withheld = is_withheld(entry.id, book)
    then = as_confirmed(entry.id, book, now.date()) if withheld else book
    found = tuple(stands(entry.id, then, now.date()))
    scenes = tuple(_scene(one, then, renderer, now) for one in found)
    note = why_not_shown(entry.id, book) or _note(found)
    return Shown(entry, _name(entry.id, book), scenes, note, withheld)


def _note(found: Sequence[Stand]) -> Sentence | None:
    return None if not found or any(one.is_reached for one in found) else NOBODY


def _scene(stand: Stand, book: Book, renderer: Renderer, now: datetime) -> Scene:
    shots = tuple(_shots(stand, book, renderer, now))
    answers = " · ".join(_answers(stand.talk.case, book))
    return Scene(stand.title, answers, shots, stand.is_aside)


def _shots(stand: Stand, book: Book, renderer: Renderer, now: datetime) -> Iterator[Shot]:
    for language in book.region.languages:
        seen = screen(replace(stand.talk, language=language), book, now)
        yield Shot(language, renderer.render(seen, book))


def _answers(case: Case, book: Book) -> Iterator[str]:
    for question, option in told(case, book):
        if option != DONT_KNOW:
            yield _fact(question, option, book)


def _fact(question: Question, option: str, book: Book) -> str:
    if question.kind is QuestionKind.PLACE:
        known: Mapping[str, object] = {**book.districts, **book.municipalities}
        return getattr(known.get(option), "name", option)
    return book.texts.get(f"option.{question.id}.{option}.fact", option)


def _name(entry: str, book: Book) -> str:
    """What people who edit call it."""
    for key in (f"service.{entry}.name", f"hotline.{entry}.name", f"type.{entry}.name"):
        if text := book.texts.get(key):
            return text
    return book.texts.get(f"question.{entry}.text") or book.texts.get(f"rule.{entry}.because", "")


_WORDS: Final = {
    "title": Sentence("What people see"),
    "asked": Sentence("shown"),
    "new": Sentence("new"),
    "changed": Sentence("changed"),
    "gone": Sentence("gone; nobody sees it any more"),
    "languages": Sentence("Languages"),
    "entries": Sentence("Entries"),
    "answers": Sentence("After these answers:"),
    "when": Sentence("As it would look at this time:"),
    "nothing": Sentence("Nothing differs."),
}
