"""White spots as a table for a terminal, at most 100 columns wide."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.core.knowledge import Book
from bot.language import formats
from bot.proof import coverage_words as words
from bot.proof.coverage import Coverage
from bot.proof.spots import ANY, Spot, Standing, Wish
from bot.sentence import Sentence, Translate

WIDTH: Final = 100
_NAME: Final = 32
"""Of a district: more is cut."""
_CELL: Final = 3
_AT_ONCE: Final = (WIDTH - _NAME) // _CELL
"""Kinds beside each other; a region with more gets a second table below."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the table; kinds keep the German names that stand on their doors."""

    language: str
    translate: Translate

    def say(self, sentence: Sentence) -> str:
        return sentence.in_(self.translate)


def table(covered: Coverage, book: Book, wish: Wish, reader: Reader) -> str:
    """All districts and kinds, with what the signs and numbers mean."""
    day = formats.short_date(covered.day, reader.language)
    title = Sentence(
        "White spots on {day}, edition {edition} of the knowledge base",
        day=day,
        edition=covered.edition[:8],
    )
    lines = [reader.say(title), "", *_folded(words.headline(covered, book), reader)]
    lines += _folded(words.headline_in_part(covered, book), reader)
    lines += _folded(words.ABSENCE, reader)
    lines += _folded(words.completeness(covered, book), reader)
    if wish != ANY:
        name = formats.language_names([wish.language or ""], reader.language)
        lines += ["", *_folded(words.wished(wish, name), reader)]
    numbered = list(enumerate(covered.types, 1))
    for kinds in _batches(numbered):
        lines += ["", *_grid(kinds, covered, book, wish, reader)]
    lines += ["", *_signs(covered, wish, reader), ""]
    for number, kind in numbered:
        name = book.texts[f"type.{kind}.name"]
        lines.append(f"{number:2}  {name:70}  {reader.say(_reached(covered, kind, wish))}")
    return "\n".join(lines)


def _reached(covered: Coverage, kind: str, wish: Wish) -> Sentence:
    number, every = covered.reached(kind, wish), len(covered.districts)
    if part := covered.in_part(kind, wish):
        return Sentence("{number} of {all} ({part} in part)", number=number, all=every, part=part)
    return Sentence("{number} of {all}", number=number, all=every)


def _grid(
    kinds: Sequence[tuple[int, str]], covered: Coverage, book: Book, wish: Wish, reader: Reader
) -> Iterator[str]:
    yield " " * _NAME + "".join(f"{number:{_CELL}}" for number, _ in kinds)
    for key in covered.districts:
        cells = (_cell(covered.spots[key, kind], wish) for _, kind in kinds)
        yield _row(book.districts[key].name, cells)
    statewide = (covered.statewide.get(kind) for _, kind in kinds)
    everywhere = reader.say(Sentence("for the whole state"))
    yield _row(everywhere, (_cell(spot, wish) if spot else "" for spot in statewide))


def _row(name: str, cells: Iterable[str]) -> str:
    # The sign stands below the last digit of its number, or just before it with a star behind.
    marks = "".join(f"{cell:>{_CELL}}" for cell in cells)
    return f"{name[: _NAME - 1]:{_NAME}}{marks}".rstrip()


def _cell(spot: Spot, wish: Wish) -> str:
    return words.SIGNS[spot.standing(wish)] + ("*" if spot.in_part(wish) else "")


def _signs(covered: Coverage, wish: Wish, reader: Reader) -> Iterator[str]:
    filtered = {Standing.OTHERWISE, Standing.UNSAID}
    for standing, sign in words.SIGNS.items():
        if wish != ANY or standing not in filtered:
            yield f" {sign}  {reader.say(words.STANDINGS[standing])}"
    if any(spot.in_part(wish) for spot in (*covered.spots.values(), *covered.statewide.values())):
        yield f" *  {reader.say(Sentence('only in some of the municipalities'))}"


def _folded(sentence: Sentence, reader: Reader) -> list[str]:
    return textwrap.wrap(reader.say(sentence), WIDTH)


def _batches(kinds: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    rest = iter(kinds)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch
