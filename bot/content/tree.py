"""One YAML file as plain values, each with its line and column.

Everything is text: `no` is a language, `012` no number. A person who knows the law, not YAML, edits
these files, so what would surprise her (anchors, tags, merge keys, a key twice) is refused.
"""

from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass
from typing import Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bot.content.problems import Problem
from bot.sentence import Sentence

Path = tuple[str | int, ...]
Value = None | str | list["Value"] | dict[str, "Value"]
Spot = tuple[int, int]
"""Line and column, from 1."""

DEPTH: Final = 12
"""Nested deeper than any condition that a person can still read."""
NODES: Final = 50_000
"""Values in one file; the largest real one has some hundred."""

_START: Final = (1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    file: str
    value: Value
    values: Mapping[Path, Spot]
    keys: Mapping[Path, Spot]

    def problem(self, path: Path, problem: Sentence, cure: Sentence) -> Problem:
        """A problem with the value at a path, or with the nearest one around it."""
        return Problem(self.file, *self._near(self.values, path), problem, cure)

    def key_problem(self, path: Path, problem: Sentence, cure: Sentence) -> Problem:
        """A problem with the field itself rather than with what it says."""
        spot = self.keys.get(path) or self._near(self.values, path)
        return Problem(self.file, *spot, problem, cure)

    def line(self, path: Path) -> int:
        return self._near(self.values, path)[0]

    @staticmethod
    def _near(spots: Mapping[Path, Spot], path: Path) -> Spot:
        for length in range(len(path), -1, -1):
            spot = spots.get(path[:length])
            if spot:
                return spot
        return _START


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a document, and where problems found there are collected."""

    document: Document
    problems: MutableSequence[Problem]
    path: Path = ()

    def __truediv__(self, step: str | int) -> "Cursor":
        return Cursor(self.document, self.problems, (*self.path, step))

    def report(self, problem: Sentence, cure: Sentence) -> None:
        self.problems.append(self.document.problem(self.path, problem, cure))

    def report_key(self, problem: Sentence, cure: Sentence) -> None:
        self.problems.append(self.document.key_problem(self.path, problem, cure))


def parse(text: str, file: str, problems: MutableSequence[Problem]) -> Document | None:
    """The values of one file; None, with the problems noted, where it is no usable YAML."""
    walk = _Walk(file, problems)
    try:
        value = walk.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = (mark.line + 1, mark.column + 1) if mark else _START
        problems.append(Problem(file, *spot, *_syntax(str(error.problem or error.context))))
        return None
    except yaml.reader.ReaderError as error:
        problems.append(Problem(file, *_unprintable(text), *_syntax(str(error.reason))))
        return None
    return Document(file, value, walk.values, walk.keys)


def _syntax(problem: str) -> tuple[Sentence, Sentence]:
    words = problem.strip().rstrip(".")
    said = Sentence("This is not YAML ({reason}).", reason=_SYNTAX.get(words, words))
    if "\\t" in words or "tab" in words or "cannot start any token" in words:
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
    if "could not find expected ':'" in words:
        return (
            Sentence("This is not YAML: a line without a colon."),
            Sentence("Write `field: text`; check the indent."),
        )
    return said, Sentence("Check indents, quotes and brackets here and just above.")


_SYNTAX: Final = {
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


def _unprintable(text: str) -> Spot:
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if not (char.isprintable() or char in "\t\r"):
                return number, column
    return _START


class _Stop(Exception):  # noqa: N818 - ends the reading of one file, and its problem is noted
    pass


class _Walk:
    def __init__(self, file: str, problems: MutableSequence[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.values: dict[Path, Spot] = {}
        self.keys: dict[Path, Spot] = {}
        self.nodes = 0

    def document(self, events: Iterator[Event]) -> Value:
        value: Value = None
        documents = 0
        for event in events:
            match event:
                case StreamEndEvent():
                    return value
                case DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self.note(
                            event,
                            Sentence("A second document begins here."),
                            Sentence("Take out the `---`."),
                        )
                        raise _Stop
                case NodeEvent():
                    value = self.node(event, events, ())
                case _:
                    pass
        return value

    def node(self, event: Event, events: Iterator[Event], path: Path) -> Value:
        self.nodes += 1
        if self.nodes > NODES:
            self.note(
                event,
                Sentence("The file has more than {count} values.", count=f"{NODES:,}"),
                Sentence("Split it."),
            )
            raise _Stop
        if len(path) > DEPTH:
            self.note(
                event,
                Sentence("This is nested more than {count} deep.", count=DEPTH),
                Sentence("Make it simpler, or split it."),
            )
            raise _Stop
        self.values[path] = _spot(event)
        self.refuse(event)
        match event:
            case ScalarEvent():
                plain = event.style is None or event.style == ""
                return None if plain and event.value in ("", "~", "null") else event.value
            case SequenceStartEvent():
                return self.sequence(events, path)
            case MappingStartEvent():
                return self.mapping(events, path)
            case _:
                return f"*{getattr(event, 'anchor', '')}"

    def refuse(self, event: Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, AliasEvent):
            self.note(
                event,
                Sentence("`{name}` is a reference.", name=f"*{anchor}"),
                Sentence("Write the text out."),
            )
        elif anchor:
            self.note(
                event,
                Sentence("`{name}` is an anchor.", name=f"&{anchor}"),
                Sentence("Take it out."),
            )
        if tag:
            self.note(
                event,
                Sentence("`{name}` is a tag.", name=tag),
                Sentence("Take it out; quote text that begins so."),
            )

    def sequence(self, events: Iterator[Event], path: Path) -> list[Value]:
        items: list[Value] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self.node(event, events, (*path, len(items))))
        return items

    def mapping(self, events: Iterator[Event], path: Path) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self.key(event)
            spot = _spot(event)
            if key in fields:
                first = self.keys[(*path, key)][0]
                self.note(
                    event,
                    Sentence("`{name}` stands here twice.", name=key),
                    Sentence("Keep it here or in line {line}.", line=first),
                )
            self.keys.setdefault((*path, key), spot)
            fields[key] = self.node(next(events), events, (*path, key))
        return fields

    def key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            self.note(
                event,
                Sentence("A field must have a plain name."),
                Sentence("Write `name: text`."),
            )
            raise _Stop
        self.refuse(event)
        if event.value == "<<":
            self.note(
                event,
                Sentence("`<<` merges fields from elsewhere."),
                Sentence("Write them out."),
            )
        return str(event.value)

    def note(self, event: Event, problem: Sentence, cure: Sentence) -> None:
        self.problems.append(Problem(self.file, *_spot(event), problem, cure))


def _spot(event: Event) -> Spot:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else _START
