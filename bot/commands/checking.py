"""What `check` looks at: the knowledge folder, the lists of words and the translations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import app
from bot.config import Settings
from bot.content import files
from bot.content.files import Sources
from bot.content.launch import launch
from bot.content.loader import built
from bot.content.problems import ContentError, Problem, suggestion
from bot.content.stale import stale
from bot.content.tasks import Group, Level, Task
from bot.content.texts import texts
from bot.content.warnings import warnings
from bot.core.knowledge import Book
from bot.language import catalogues
from bot.language.catalogues import KNOWLEDGE, CatalogueError
from bot.places.gazetteer import Gazetteer
from bot.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """A good edition, with what can be said of it."""

    settings: Settings
    sources: Sources
    book: Book
    places: Gazetteer
    now: datetime
    """In the region's zone."""

    def warnings(self) -> tuple[Problem, ...]:
        return warnings(self.sources, self.now.date(), self.places.postcodes)

    def stale(self) -> tuple[Group, ...]:
        return (*stale(self.sources, self.now.date()), self._untranslated(Level.REPORT))

    def launch(self) -> tuple[Group, ...]:
        return (
            *launch(self.sources, self.book.districts, self.now.date()),
            self._unchecked(),
            self._untranslated(Level.SHOULD),
            self._wordless(),
        )

    def _unchecked(self) -> Group:
        found = (
            Task(Problem(_named(path, self.settings), 0, 0, said, cure))
            for language in self.book.region.languages
            for path in catalogues.unchecked(self.settings.locales, language)
            for said in (Sentence("No speaker of `{language}` has checked it.", language=language),)
            for cure in (Sentence("Once one has, write `# Checked by ROLE, DATE.` into its head."),)
        )
        title = Sentence("Translations that no speaker has checked")
        return Group("translations", Level.SHOULD, title, tuple(found))

    def _untranslated(self, level: Level) -> Group:
        title = Sentence("Languages in which texts are missing")
        return Group("untranslated", level, title, tuple(self._missing()))

    def _missing(self) -> Iterator[Task]:
        locales = self.settings.locales
        known = app.translations(self.settings, self.book.region.languages)
        german = [
            text
            for document in self.sources.documents.values()
            for text in texts(document)
            if text.translated
        ]
        for language, catalogue in known.items():
            wanted = set(catalogue.missing(KNOWLEDGE, [text.german for text in german]))
            said = tuple(dict.fromkeys(text.key for text in german if text.german in wanted))
            yield from _gap(language, "knowledge", said, self.settings)
            interface = catalogues.untranslated(locales, language)
            yield from _gap(language, "interface", interface, self.settings)

    def _wordless(self) -> Group:
        said = Sentence("What people type in this language is not understood.")
        cure = Sentence("Let a speaker list words, as in de/words.yaml; buttons work without.")
        found = (
            Task(Problem(_named(path, self.settings), 0, 0, said, cure))
            for language in self.book.region.languages
            for path in (self.settings.locales / language / "words.yaml",)
            if not path.exists()
        )
        title = Sentence("Languages without a list of words")
        return Group("words", Level.SHOULD, title, tuple(found))


def check(settings: Settings) -> Checked:
    """Everything that can be checked, all problems at once.

    Raises:
        ContentError: naming every problem.
    """
    places = app.gazetteer(settings)
    sources = files.read(settings.knowledge)
    book = built(sources, places.districts, places.municipalities)
    problems = (*_words(settings, book), *_translations(settings, sources, book))
    if problems:
        raise ContentError(problems)
    now = app.clock().astimezone(ZoneInfo(book.region.time_zone))
    return Checked(settings, sources, book, places, now)


def _words(settings: Settings, book: Book) -> Sequence[Problem]:
    try:
        app.words(settings.locales, book)
    except ContentError as found:
        return found.problems
    return ()


def _translations(settings: Settings, sources: Sources, book: Book) -> Iterator[Problem]:
    known = sorted(path.parent.name for path in settings.locales.glob("*/LC_MESSAGES"))
    for number, language in enumerate(book.region.languages):
        if known and language not in known:
            said = Sentence("There are no translations for `{language}`.", language=language)
            region = sources.documents["region.yaml"]
            yield region.problem(("languages", number), said, suggestion(language, known))
            continue
        try:
            app.translations(settings, [language])
        except CatalogueError as found:
            yield Problem(found.place, 0, 0, found.problem, found.cure)


def _gap(language: str, domain: str, keys: Sequence[str], settings: Settings) -> Iterator[Task]:
    if keys:
        path = settings.locales / language / "LC_MESSAGES" / f"{domain}.po"
        said = Sentence("{count} texts are missing in `{language}`, at first: {keys}.")
        first = ", ".join(f"`{key}`" for key in keys[:_SHOWN])
        said = said.about(count=len(keys), language=language, keys=first)
        cure = Sentence("Run `python tools/locales.py extract` and translate what is empty.")
        yield Task(Problem(_named(path, settings), 0, 0, said, cure))


_SHOWN = 3


def _named(path: Path, settings: Settings) -> str:
    return (settings.locales.name / path.relative_to(settings.locales)).as_posix()
