"""Finds listed words and phrases in a text: exact, begun, ended, mistyped, or in Latin letters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.normalise import (
    Token,
    arabic_forms,
    arabic_stems,
    by_sound,
    is_arabic,
    is_cyrillic,
    plain,
    tokens,
)

_ONE_TYPO: Final = 6
"""Letters that a word must have before one wrong letter is forgiven; shorter ones are too alike."""
_TWO_TYPOS: Final = 9
_SPELLED_OUT: Final = 4
"""Letters of a Cyrillic word that must be there when it is written in Latin letters."""
_ENDING: Final = 3
"""Letters that may follow the stem of such a word: `kvartir-ami`, but no place `Arend-see`."""
_BETWEEN: Final = 3
"""Other words that may stand between those of a phrase."""


class Pattern(NamedTuple):
    """One word of an entry: whole, or its beginning or end."""

    letters: str
    starts: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    language: str
    meaning: tuple[str, str]
    """Question and option, or a list's name twice."""
    patterns: tuple[int, ...]
    weak: bool
    alone: bool
    length: int
    """Letters, to prefer the more exact of two single words."""


@dataclass(frozen=True, slots=True)
class Found:
    phrase: Phrase
    places: frozenset[int]
    """Positions of its words in the text."""

    @property
    def words(self) -> int:
        return len(self.phrase.patterns)


class Heard(NamedTuple):
    """A text with the patterns that each of its words matches."""

    tokens: tuple[Token, ...]
    patterns: tuple[frozenset[int], ...]


class Phrasebook:
    """All entries of all languages; built once."""

    def __init__(self) -> None:
        self._ids: dict[Pattern, int] = {}
        self._phrases: list[Phrase] = []
        # Tuples rather than sets: there are ten thousand, nearly all of them with one language.
        self._languages: dict[int, tuple[str, ...]] = {}
        self._common: dict[str, tuple[str, ...]] = {}
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._ends: dict[str, list[int]] = defaultdict(list)
        self._sounds: dict[str, list[int]] = defaultdict(list)
        self._sound_starts: dict[str, list[int]] = defaultdict(list)
        self._alike: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_pattern: dict[int, list[Phrase]] = {}

    def add(self, language: str, meaning: tuple[str, str], entries: Iterable[str]) -> None:
        for entry in entries:
            weak, alone = entry.startswith("~"), entry.startswith("=")
            letters = plain(entry.lstrip("~="))
            words = [self._pattern(word) for word in _patterns(letters)]
            if not words:
                continue
            for number in words:
                self._languages[number] = _with(self._languages.get(number, ()), language)
            once = tuple(dict.fromkeys(words))
            phrase = Phrase(language, meaning, once, weak, alone, len(letters))
            self._phrases.append(phrase)

    def add_common(self, language: str, words: Iterable[str]) -> None:
        for word in words:
            for token in tokens(plain(word)):
                self._common[token.word] = _with(self._common.get(token.word, ()), language)

    def close(self) -> None:
        """Index every phrase by its rarest word."""
        uses: dict[int, int] = defaultdict(int)
        for phrase in self._phrases:
            for number in phrase.patterns:
                uses[number] += 1
        by_pattern: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in self._phrases:
            by_pattern[min(phrase.patterns, key=lambda number: uses[number])].append(phrase)
        self._by_pattern = dict(by_pattern)

    def read(self, text: str, *, typos: bool) -> Heard:
        words = tokens(plain(text))[:_MOST_WORDS]
        known: dict[str, frozenset[int]] = {}
        for token in words:
            if token.word not in known:
                known[token.word] = self._matches(token.word, typos=typos)
        return Heard(words, tuple(known[token.word] for token in words))

    def languages(self, heard: Heard) -> Mapping[str, int]:
        """How many words of the text each language knows."""
        count: dict[str, int] = defaultdict(int)
        for token, numbers in zip(heard.tokens, heard.patterns, strict=True):
            speakers = set(self._common.get(token.word, ()))
            for number in numbers:
                speakers.update(self._languages[number])
            for language in speakers:
                count[language] += 1
        return count

    def is_common(self, word: str) -> bool:
        return word in self._common

    def find(self, heard: Heard) -> Iterator[Found]:
        """Every entry whose words stand close to each other in one sentence."""
        places: dict[int, list[int]] = defaultdict(list)
        for place, numbers in enumerate(heard.patterns):
            for number in numbers:
                places[number].append(place)
        seen: set[tuple[int, frozenset[int]]] = set()
        for number, starts in places.items():
            for phrase in self._by_pattern.get(number, ()):
                for start in starts:
                    found = _near(phrase, start, number, places, heard.tokens)
                    if found is not None and (id(phrase), found) not in seen:
                        seen.add((id(phrase), found))
                        yield Found(phrase, found)

    def _pattern(self, pattern: Pattern) -> int:
        if pattern in self._ids:
            return self._ids[pattern]
        number = self._ids[pattern] = len(self._ids)
        letters = pattern.letters
        if pattern.starts:
            self._starts[letters].append(number)
        elif pattern.ends:
            self._ends[letters].append(number)
        else:
            self._whole[letters].append(number)
        if is_arabic(letters) and not pattern.starts and letters.startswith("ال"):
            bare = letters.removeprefix("ال")
            if len(bare) >= _SPELLED_OUT:
                self._whole[bare].append(number)
        if is_cyrillic(letters) and len(letters) >= _SPELLED_OUT:
            sounds = self._sound_starts if pattern.starts else self._sounds
            sounds[by_sound(letters)].append(number)
        if len(letters) >= _ONE_TYPO and not pattern.ends:
            self._alike[letters[0]][letters] = None
        return number

    def _matches(self, word: str, *, typos: bool) -> frozenset[int]:
        found = set(self._exactly(word))
        if is_arabic(word):
            for form in arabic_forms(word)[1:]:
                found.update(self._exactly(form))
            if not found and word not in self._common:
                for stem in arabic_stems(word):
                    found.update(self._exactly(stem))
        if found or word in self._common or word.isdecimal():
            return frozenset(found)
        if word.isascii():
            found.update(self._as_spoken(word))
        if not found and typos:
            found.update(self._mistyped(word))
        return frozenset(found)

    def _exactly(self, word: str) -> Iterator[int]:
        yield from self._whole.get(word, ())
        for length in range(2, len(word) + 1):
            yield from self._starts.get(word[:length], ())
            yield from self._ends.get(word[-length:], ())

    def _as_spoken(self, word: str) -> Iterator[int]:
        key = by_sound(word)
        if len(key) < _SPELLED_OUT:
            return
        yield from self._sounds.get(key, ())
        for length in range(_SPELLED_OUT + 1, len(key) + 1):
            rest = len(key) - length
            if rest <= (1 if length == _SPELLED_OUT + 1 else _ENDING):
                yield from self._sound_starts.get(key[:length], ())

    def _mistyped(self, word: str) -> Iterator[int]:
        if len(word) < _ONE_TYPO:
            return
        allowed = 2 if len(word) >= _TWO_TYPOS else 1
        alike = process.extract(
            word,
            list(self._alike.get(word[0], ())),
            scorer=OSA.distance,
            score_cutoff=allowed,
            limit=_MOST_ALIKE,
        )
        nearest = min((distance for _, distance, _ in alike), default=0)
        for letters, distance, _ in alike:
            if distance == nearest:
                yield from self._whole.get(letters, ())
                yield from self._starts.get(letters, ())


_MOST_WORDS: Final = 90
_MOST_ALIKE: Final = 5


def _with(known: tuple[str, ...], language: str) -> tuple[str, ...]:
    return known if language in known else (*known, language)


def _patterns(entry: str) -> Iterator[Pattern]:
    for piece in entry.split():
        for number, token in enumerate(tokens(piece)):
            yield Pattern(token.word, piece.endswith("*"), piece.startswith("*") and number == 0)


def _near(
    phrase: Phrase,
    start: int,
    number: int,
    places: Mapping[int, Sequence[int]],
    words: Sequence[Token],
) -> frozenset[int] | None:
    used = {start}
    for other in phrase.patterns:
        if other == number:
            continue
        best = min(
            (
                place
                for place in places.get(other, ())
                if place not in used and words[place].sentence == words[start].sentence
            ),
            key=lambda place: abs(place - start),
            default=None,
        )
        if best is None:
            return None
        used.add(best)
    if max(used) - min(used) >= len(used) + _BETWEEN:
        return None
    return frozenset(used)
