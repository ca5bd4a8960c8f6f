"""Why a file is no YAML, said of the line in which somebody slipped.

The library stops where it can read no further, and that is often many lines below the slip: it
reads a text in quotes up to the next quote, and a text up to the next colon.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from bot.content.indents import indented
from bot.content.lines import Spot, lines_of
from bot.sentence import Sentence

Said = tuple[Spot, Sentence, Sentence]
"""Where, what, and the cure."""

_QUOTES: Final = frozenset("\"'")
_FIELD: Final = re.compile(r"(\s*(?:- )?\s*)([a-z_]+):(?![\s/]|$)(.*)")
_CONTINUED: Final = re.compile(r"\s+[a-z_]+:(?:\s|$)")


def slip(text: str, error: yaml.MarkedYAMLError) -> Said:
    """What the library's error comes from."""
    lines = lines_of(text)
    mark = error.problem_mark or error.context_mark
    spot = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    words = str(error.problem or error.context).strip().rstrip(".")
    line = lines[spot[0] - 1] if spot[0] <= len(lines) else ""
    return (
        _tab(line, spot)
        or _quote(text, error, spot)
        or _glued(lines, spot)
        or _bare(lines, spot, words)
        or _level(lines, spot, words)
        or _other(error, spot, words)
    )


def unprintable(text: str, reason: str) -> Said:
    """The first character that no editor shows."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if not (char.isprintable() or char in "\t\r"):
                return (number, column), *_named(reason)
    return (1, 1), *_named(reason)


def _tab(line: str, spot: Spot) -> Said | None:
    indent = line[: len(line) - len(line.lstrip())]
    column = indent.find("\t") + 1 or (spot[1] if line[spot[1] - 1 : spot[1]] == "\t" else 0)
    if not column:
        return None
    cure = Sentence("Delete it and type spaces instead.")
    return (spot[0], column), Sentence("A tab stands here."), cure


def _quote(text: str, error: yaml.MarkedYAMLError, spot: Spot) -> Said | None:
    """A text in quotes that ends where the next one begins, or too early, or never."""
    if error.context == "while scanning a quoted scalar" and "end of stream" in str(error.problem):
        mark = error.context_mark
        return _open(lines_of(text), (mark.line + 1, mark.column + 1)) if mark else None
    before = [quoted for quoted in _quoted(text) if quoted.end <= spot]
    if not before or before[-1].end[0] != spot[0]:
        return None
    last = before[-1]
    if last.begin[0] != last.end[0]:
        return _open(lines_of(text), last.begin)
    rest = lines_of(text)[spot[0] - 1][last.end[1] - 1 : spot[1]]
    if not rest.strip() or rest.lstrip()[:1] in {":", ",", "]", "}"} or "#" in rest:
        return None
    said = Sentence("Text stands behind the closing quote.")
    cure = Sentence("Put the whole text into quotes, and inside it write others, such as „ and “.")
    return spot, said, cure


def _open(lines: Sequence[str], spot: Spot) -> Said:
    quote = lines[spot[0] - 1][spot[1] - 1]
    said = Sentence("The quote {quote} that opens here is not closed.", quote=quote)
    return spot, said, Sentence("Write {quote} behind the text as well.", quote=quote)


@dataclass(frozen=True, slots=True)
class _Quoted:
    begin: Spot
    end: Spot
    """The character behind it."""


def _quoted(text: str) -> list[_Quoted]:
    """The texts in quotes, as far as the file can be read."""
    found: list[_Quoted] = []
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in _QUOTES:
                begin, end = token.start_mark, token.end_mark
                found.append(
                    _Quoted((begin.line + 1, begin.column + 1), (end.line + 1, end.column + 1))
                )
    except yaml.YAMLError:
        pass
    return found


def _glued(lines: Sequence[str], spot: Spot) -> Said | None:
    """A dash or a colon without the space behind it, in the line or in the one above."""
    for number in (spot[0], _above(lines, spot)):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        indent = len(line) - len(line.lstrip())
        if found := re.match(r"\s*-([a-z_]+:)(?:\s|$)", line):
            said = Sentence("A space is missing behind the `-`.")
            return (number, indent + 1), said, Sentence("Write `- {field}`.", field=found[1])
        if found := _FIELD.match(line):
            said = Sentence("A space is missing behind the colon.")
            cure = Sentence("Write `{field}: {text}`.", field=found[2], text=found[3])
            return (number, len(found[1]) + 1), said, cure
    return None


def _bare(lines: Sequence[str], spot: Spot, words: str) -> Said | None:
    """A field without a colon above one that has it: the library takes both for one text."""
    above = _above(lines, spot)
    if "mapping values are not allowed" not in words or not above:
        return None
    line, next_line = lines[above - 1], lines[spot[0] - 1]
    if ":" in line or not _CONTINUED.match(next_line[: spot[1] + 1]):
        return None
    return (above, line.find(line.strip()) + 1), *_named(_NO_COLON)


_NO_COLON: Final = "could not find expected ':'"


def _above(lines: Sequence[str], spot: Spot) -> int:
    """The number of the nearest line above in which something stands, or 0."""
    return next((n for n in range(spot[0] - 1, 0, -1) if lines[n - 1].strip()), 0)


def _level(lines: Sequence[str], spot: Spot, words: str) -> Said | None:
    """A line that begins in a column in which no line around it does."""
    line = lines[spot[0] - 1] if spot[0] <= len(lines) else ""
    continued = "mapping values are not allowed" in words and _CONTINUED.match(line[: spot[1] + 1])
    if not (continued or words in _OF_LEVELS):
        return None
    if words in _OF_LEVELS and line[: spot[1] - 1].strip():
        return None
    return indented(lines, spot[0])


_OF_LEVELS: Final = frozenset({"did not find expected '-' indicator", "did not find expected key"})


def _other(error: yaml.MarkedYAMLError, spot: Spot, words: str) -> Said:
    if _NO_COLON in words and error.context_mark:
        spot = error.context_mark.line + 1, error.context_mark.column + 1
    return spot, *_named(words)


def _named(words: str) -> tuple[Sentence, Sentence]:
    said = Sentence("This is not YAML ({reason}).", reason=_WORDS.get(words, words))
    if "cannot start any token" in words:
        return said, Sentence("Put the text in quotes; indent with spaces only.")
    if "mapping values are not allowed" in words:
        return (
            Sentence("This is not YAML: a colon where none may stand."),
            Sentence("Put the text in quotes."),
        )
    if "control characters" in words or "special characters" in words:
        return (
            Sentence("There is an invisible character here."),
            Sentence("Delete it and type the text again."),
        )
    if _NO_COLON in words:
        return (
            Sentence("This is not YAML: a line without a colon."),
            Sentence("Write `field: text`; check the indent."),
        )
    return said, Sentence("Check indents, quotes and brackets here and just above.")


_WORDS: Final = {
    str(sentence): sentence
    for sentence in (
        Sentence("block sequence entries are not allowed in this context"),
        Sentence("did not find expected ',' or ']'"),
        Sentence("did not find expected ',' or '}}'"),
        Sentence("did not find expected '-' indicator"),
        Sentence("did not find expected <document start>"),
        Sentence("did not find expected alphabetic or numeric character"),
        Sentence("did not find expected comment or line break"),
        Sentence("did not find expected key"),
        Sentence("did not find expected node content"),
        Sentence("did not find expected whitespace or line break"),
        Sentence("found a tab character that violates indentation"),
        Sentence("found a tab character where an indentation space is expected"),
        Sentence("found an indentation indicator equal to 0"),
        Sentence("found character that cannot start any token"),
        Sentence("found undefined tag handle"),
        Sentence("found unexpected document indicator"),
        Sentence("found unexpected end of stream"),
        Sentence("found unknown escape character"),
        Sentence("mapping keys are not allowed in this context"),
    )
}
"""What the library says of a slip that somebody who types may well make."""
