"""A line that stands too far to the left or to the right, and where it should begin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.content.lines import Spot
from bot.sentence import Sentence

_DASHES: Final = re.compile(r" *(?:- +)+")
_FIELD: Final = re.compile(r" *([^\W\d][\w-]*):(?:\s|$)")
_NEAR: Final = 2
"""Columns; whoever is farther off meant something else."""


@dataclass(frozen=True, slots=True)
class _Begin:
    """A field or a dash, and where it begins."""

    line: int
    column: int
    word: str


def indented(lines: Sequence[str], number: int) -> tuple[Spot, Sentence, Sentence] | None:
    """What is wrong with the indent of a line; None where it begins like those above it."""
    first = next((n for n, line in enumerate(lines, 1) if _counts(line)), number)
    if lines[first - 1].startswith(" "):
        said, cure = Sentence("The first entry is indented."), Sentence("Begin it in column 1.")
        return (first, 1 + _indent(lines[first - 1])), said, cure
    line = lines[number - 1] if number <= len(lines) else ""
    column = _indent(line) + 1
    is_dash = line.lstrip().startswith("-")
    alike = [begin for begin in _open(lines[: number - 1]) if (begin.word == "-") == is_dash]
    if not alike or any(begin.column == column for begin in alike):
        return None
    said = Sentence("This line is not indented as the lines around it.")
    return (number, column), said, _cure(alike, column)


def _cure(alike: Sequence[_Begin], column: int) -> Sentence:
    apart = min(abs(begin.column - column) for begin in alike)
    nearest = [begin for begin in alike if abs(begin.column - column) == apart]
    one = nearest[-1]
    if len(nearest) > 1 and apart < _NEAR:
        return Sentence(
            "Begin it exactly below `{field}` in line {line} (column {column}) "
            "or below `{other}` in line {other_line} (column {other_column}).",
            field=nearest[0].word,
            line=nearest[0].line,
            column=nearest[0].column,
            other=one.word,
            other_line=one.line,
            other_column=one.column,
        )
    return Sentence(
        "Begin it exactly below `{field}` in line {line} (column {column}).",
        field=one.word,
        line=one.line,
        column=one.column,
    )


def _open(lines: Sequence[str]) -> list[_Begin]:
    """The fields and dashes that the last line stands among, each where it was last seen."""
    begun: list[_Begin] = []
    for number, line in enumerate(lines, 1):
        for begin in _begins(line, number):
            begun = [one for one in begun if not _ends(one, begin)]
            begun.append(begin)
    return begun


def _begins(line: str, number: int) -> Iterator[_Begin]:
    if not _counts(line):
        return
    found = _DASHES.match(line)
    for dash in re.finditer("-", found[0]) if found else ():
        yield _Begin(number, dash.start() + 1, "-")
    field = _FIELD.match(line, found.end() if found else 0)
    if field:
        yield _Begin(number, field.start(1) + 1, field[1])


def _ends(open_: _Begin, begin: _Begin) -> bool:
    """A list may stand in the same column as the field that it belongs to."""
    belongs = begin.word == "-" and open_.word != "-"
    return open_.column > begin.column or (open_.column == begin.column and not belongs)


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
