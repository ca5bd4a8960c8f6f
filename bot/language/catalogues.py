"""Translations: two gettext domains for each language, and what stands in where one is missing."""

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

INTERFACE: Final = "interface"
"""What the bot says; source language English, from bot/**.py."""
KNOWLEDGE: Final = "knowledge"
"""What the knowledge base says; source language German, from knowledge/**.yaml."""
DOMAINS: Final = (INTERFACE, KNOWLEDGE)

SOURCE_LANGUAGE: Final = {INTERFACE: "en", KNOWLEDGE: "de"}


class CatalogueError(Exception):
    """A folder of translations cannot be used; says where and what to do."""


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
    try:
        with po.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        partial = mo.with_suffix(".mo.new")
        with partial.open("wb") as target:
            write_mo(target, catalogue)
        partial.replace(mo)
    except Exception as problem:
        raise CatalogueError(
            f"{po}: This catalogue cannot be compiled: {problem}. Correct the line it names."
        ) from problem


def _domains(folder: Path, language: str) -> dict[str, Mapping[str, str]]:
    messages = folder / language / "LC_MESSAGES"
    result: dict[str, Mapping[str, str]] = {}
    for domain in DOMAINS:
        if language == SOURCE_LANGUAGE[domain]:
            result[domain] = {}
            continue
        po, mo = messages / f"{domain}.po", messages / f"{domain}.mo"
        if not po.exists():
            raise CatalogueError(
                f"{po}: This catalogue is missing. Restore it, or take `{language}` out of "
                "`languages:` in region.yaml."
            )
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)
        with mo.open("rb") as compiled:
            catalogue = gettext.GNUTranslations(compiled)
        table: dict[str, str] = catalogue._catalog  # type: ignore[attr-defined] # noqa: SLF001 - no public way to a plain table
        result[domain] = {text: said for text, said in table.items() if isinstance(text, str)}
    return result
