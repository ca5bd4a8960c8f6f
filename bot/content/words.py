"""`locales/<language>/words.yaml` -> what people say."""

from collections.abc import Mapping, MutableSequence, Sequence
from pathlib import Path

from bot.content.problems import ContentError, Problem, suggestion
from bot.content.tree import Cursor, Document, Value, parse
from bot.core.case import NO
from bot.core.words import CUES, UNITS, Words
from bot.sentence import Sentence

_LISTS = ("emergency", "yes", "no", "dont_know", "common")
_TABLES = ("cues", "units", "numbers")


def load_words(
    folder: Path, languages: Sequence[str], questions: Mapping[str, Sequence[str]]
) -> tuple[Words, ...]:
    """The lists of all these languages; `questions` gives each question's options.

    Raises:
        ContentError: naming file, line, the problem and the cure, for all files at once.
    """
    problems: list[Problem] = []
    found = [_language(folder, language, questions, problems) for language in languages]
    if problems:
        raise ContentError(problems)
    return tuple(words for words in found if words is not None)


def _language(
    folder: Path,
    language: str,
    questions: Mapping[str, Sequence[str]],
    problems: MutableSequence[Problem],
) -> Words | None:
    """None where nobody has listed words in this language yet: buttons work without."""
    name = f"{language}/words.yaml"
    try:
        text = (folder / language / "words.yaml").read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        said = Sentence("The file cannot be read ({reason}).", reason=error)
        cure = Sentence("Save it as UTF-8, and check that it may be read.")
        problems.append(Problem(name, 0, 0, said, cure))
        return None
    document = parse(text, name, problems)
    if document is None:
        return None
    return _Reader(document, problems).words(language, questions)


class _Reader:
    def __init__(self, document: Document, problems: MutableSequence[Problem]) -> None:
        self.root = Cursor(document, problems)
        value = document.value
        if not isinstance(value, dict):
            said = Sentence("This must be fields with lists.")
            self.root.report(said, Sentence("Begin with `concern:`."))
        self.fields: dict[str, Value] = value if isinstance(value, dict) else {}

    def words(self, language: str, questions: Mapping[str, Sequence[str]]) -> Words:
        known = (*questions, *_LISTS, *_TABLES)
        for key in self.fields:
            if key not in known:
                said = Sentence("There is no `{name}`.", name=key)
                (self.root / key).report_key(said, suggestion(key, known))
        options = {
            question: self._table(question, (*choices, NO))
            for question, choices in questions.items()
            if question in self.fields
        }
        lists = {key: self._list(self.root / key, self.fields.get(key)) for key in _LISTS}
        numbers = self._table("numbers", tuple(str(number) for number in range(101)))
        return Words(
            language=language,
            options=options,
            emergency=lists["emergency"],
            yes=lists["yes"],
            no=lists["no"],
            dont_know=lists["dont_know"],
            common=lists["common"],
            cues=self._table("cues", tuple(CUES)),
            units=self._table("units", tuple(UNITS)),
            numbers={int(number): forms for number, forms in numbers.items()},
        )

    def _table(self, key: str, known: Sequence[str]) -> dict[str, tuple[str, ...]]:
        value = self.fields.get(key)
        cursor = self.root / key
        if not isinstance(value, dict):
            said = Sentence("`{name}` needs a list for each choice.", name=key)
            cursor.report(said, Sentence("Write `choice: [word, word]`."))
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for choice, entries in value.items():
            if choice in known:
                found[choice] = self._list(cursor / choice, entries)
            else:
                said = Sentence("`{name}` has no `{choice}`.", name=key, choice=choice)
                (cursor / choice).report_key(said, suggestion(choice, known))
        return found

    def _list(self, cursor: Cursor, value: Value) -> tuple[str, ...]:
        if not isinstance(value, list):
            cursor.report(Sentence("Here must be a list."), Sentence("Write `[word, word]`."))
            return ()
        words = tuple(entry for entry in value if isinstance(entry, str) and entry.strip("~=* "))
        if len(words) != len(value):
            said = Sentence("An entry is empty or no plain text.")
            cursor.report(said, Sentence("Write words only."))
        return words
