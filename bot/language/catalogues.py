"""Translations: two gettext domains for each language, and what stands in where one is missing."""

import gettext
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.sentence import Sentence, Translate, english

INTERFACE: Final = "interface"
"""What the bot says; source language English, from bot/**.py."""
KNOWLEDGE: Final = "knowledge"
"""What the knowledge base says; source language German, from knowledge/**.yaml."""
DOMAINS: Final = (INTERFACE, KNOWLEDGE)
EDITING: Final = "editing"
"""What people who edit are told; source language English, in German only."""

SOURCE_LANGUAGE: Final = {INTERFACE: "en", KNOWLEDGE: "de"}


class CatalogueError(Exception):
    """A folder of translations cannot be used; says where and what to do."""

    def __init__(self, place: str, problem: Sentence, cure: Sentence) -> None:
        """`place` is a file, or a file and a line."""
        self.place = place
        self.problem = problem
        self.cure = cure
        super().__init__(self.in_(english))

    def in_(self, translate: Translate) -> str:
        return f"{self.place}: {self.problem.in_(translate)} {self.cure.in_(translate)}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one language says. Missing texts come from English, then from the source, marked."""

    language: str
    texts: Mapping[str, Mapping[str, str]]
    """Domain -> source text -> translation."""
    fallback: Mapping[str, str]
    """English for German texts of the knowledge base."""

    def interface(self, text: str) -> str:
        if self.language == SOURCE_LANGUAGE[INTERFACE]:
            return text
        return self.texts[INTERFACE].get(text) or f"{text}{_mark('en')}"

    def knowledge(self, text: str) -> str:
        if not text or self.language == SOURCE_LANGUAGE[KNOWLEDGE]:
            return text
        translated = self.texts[KNOWLEDGE].get(text)
        if translated:
            return translated
        english = self.fallback.get(text)
        return f"{english}{_mark('en')}" if english else f"{text}{_mark('de')}"

    def missing(self, domain: str, texts: Iterable[str]) -> tuple[str, ...]:
        """Source texts without a translation."""
        if self.language == SOURCE_LANGUAGE[domain]:
            return ()
        return tuple(text for text in texts if not self.texts[domain].get(text))


def _mark(language: str) -> str:
    return f" ({language.upper()})"


def load(folder: Path, languages: Iterable[str]) -> dict[str, Catalogue]:
    """The catalogues of these languages; a catalogue newer than its compiled form is compiled.

    Raises:
        CatalogueError: where a language has no folder, or a catalogue cannot be read.
    """
    compiled = {language: _domains(folder, language) for language in languages}
    english = compiled.get("en", {}).get(KNOWLEDGE, {})
    return {language: Catalogue(language, texts, english) for language, texts in compiled.items()}


def editing(folder: Path, language: str) -> Translate:
    """What puts the sentences for people who edit into German, or leaves them English.

    Raises:
        CatalogueError: where there is no such catalogue, or it cannot be read.
    """
    if language == "en":
        return english
    texts = _texts(folder, language, EDITING)
    return lambda template: texts.get(template) or template


def untranslated(folder: Path, language: str) -> tuple[str, ...]:
    """What the bot says and this language does not yet, in English."""
    if language == SOURCE_LANGUAGE[INTERFACE]:
        return ()
    catalogue = _read(_po(folder, language, INTERFACE))
    return tuple(str(message.id) for message in catalogue if message.id and not message.string)


def unchecked(folder: Path, language: str) -> tuple[Path, ...]:
    """The catalogues of a language whose heads do not say that a speaker has checked them."""
    wanted = [domain for domain in DOMAINS if language != SOURCE_LANGUAGE[domain]]
    paths = [_po(folder, language, domain) for domain in wanted]
    return tuple(path for path in paths if _CHECKED not in _head(path))


_CHECKED: Final = "Checked by"


def _head(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\nmsgid")[0]


def compile_stale(folder: Path) -> list[Path]:
    """Compile every catalogue below `folder` that has changed; returns what was written."""
    written = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)
            written.append(mo)
    return written


def _compile(po: Path, mo: Path) -> None:
    catalogue = _read(po)
    try:
        partial = mo.with_suffix(".mo.new")
        with partial.open("wb") as target:
            write_mo(target, catalogue)
        partial.replace(mo)
    except OSError as problem:
        raise CatalogueError(
            str(mo),
            Sentence("This file cannot be written: {reason}.", reason=problem.strerror),
            Sentence("Let the bot write there, or run `make locales` as somebody who may."),
        ) from problem


def _read(po: Path) -> Catalog:
    """Babel alone would drop the last letter of a text whose quote is not closed."""
    try:
        content = po.read_bytes()
        for number, line in enumerate(content.splitlines(), 1):
            if not _LINE.fullmatch(line.decode().strip()):
                cure = Sentence(
                    "Write `msgid` or `msgstr` and the text between two quotes "
                    '"like this", with \\" for a quote in it.'
                )
                raise CatalogueError(f"{po}:{number}", Sentence("This line cannot be read."), cure)
        return read_po(BytesIO(content), abort_invalid=True)
    except UnicodeDecodeError as problem:
        raise CatalogueError(
            f"{po}:{number}",
            Sentence("This line is not UTF-8."),
            Sentence("Save the file as UTF-8."),
        ) from problem
    except PoFileError as problem:
        said = str(problem).removesuffix(f" on {problem.lineno}")
        raise CatalogueError(
            f"{po}:{problem.lineno + 1}",
            Sentence("There is something wrong here: {reason}.", reason=said),
            Sentence("Give each `msgid` one `msgstr` below it."),
        ) from problem
    except OSError as problem:
        raise CatalogueError(
            str(po),
            Sentence("This catalogue cannot be read: {reason}.", reason=problem.strerror),
            Sentence("Let the bot read it."),
        ) from problem


_LINE: Final = re.compile(
    r'(#.*)?|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s*)?"([^"\\]|\\.)*"'
)
"""A comment, or a text between quotes, with or without what it is."""


def _domains(folder: Path, language: str) -> dict[str, Mapping[str, str]]:
    return {
        domain: {} if language == SOURCE_LANGUAGE[domain] else _texts(folder, language, domain)
        for domain in DOMAINS
    }


def _texts(folder: Path, language: str, domain: str) -> Mapping[str, str]:
    po = _po(folder, language, domain)
    mo = po.with_suffix(".mo")
    if not po.exists():
        cure = Sentence("Restore it, or take `{language}` out of `languages:` in region.yaml.")
        said = Sentence("This catalogue is missing.")
        raise CatalogueError(str(po), said, cure.about(language=language))
    if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
        _compile(po, mo)
    try:
        return _table(mo)
    except (OSError, struct.error, UnicodeDecodeError):
        # Cut off or of another kind; what it was made from is at hand.
        _compile(po, mo)
        return _table(mo)


def _po(folder: Path, language: str, domain: str) -> Path:
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def _table(mo: Path) -> Mapping[str, str]:
    with mo.open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    table: dict[str, str] = catalogue._catalog  # type: ignore[attr-defined] # noqa: SLF001 - no public way to a plain table
    return {text: said for text, said in table.items() if isinstance(text, str)}
