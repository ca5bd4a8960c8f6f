"""One YAML file as plain values, each with its line and column.

Everything is text: `no` is a language, `012` no number. A person who knows the law, not YAML, edits
these files, so what would surprise her (anchors, tags, merge keys, a key twice) is refused.
"""

from collections.abc import Iterator, Mapping, MutableSequence, Sequence
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

from bot.content.lines import Spot, lines_of
from bot.content.problems import Problem
from bot.content.syntax import slip, unprintable
from bot.sentence import Sentence

Path = tuple[str | int, ...]
Value = None | str | list["Value"] | dict[str, "Value"]
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
    notes: Mapping[Path, str]
    """What stands behind a text without quotes, from `#` on."""

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
    walk = _Walk(file, lines_of(text), problems)
    try:
        value = walk.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        spot, said, cure = slip(text, error)
        problems.append(Problem(file, *spot, said, cure))
        return None
    except yaml.reader.ReaderError as error:
        spot, said, cure = unprintable(text, str(error.reason))
        problems.append(Problem(file, *spot, said, cure))
        return None
    return Document(file, value, walk.values, walk.keys, walk.notes)


class _Stop(Exception):  # noqa: N818 - ends the reading of one file, and its problem is noted
    pass


class _Walk:
    def __init__(self, file: str, lines: Sequence[str], problems: MutableSequence[Problem]) -> None:
        self.file = file
        self.lines = lines
        self.problems = problems
        self.values: dict[Path, Spot] = {}
        self.keys: dict[Path, Spot] = {}
        self.notes: dict[Path, str] = {}
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
                if event.style:
                    return event.value
                if note := self.behind(event):
                    self.notes[path] = note
                return None if event.value in ("", "~", "null") else event.value
            case SequenceStartEvent():
                return self.sequence(events, path)
            case MappingStartEvent():
                return self.mapping(events, path)
            case _:
                return f"*{getattr(event, 'anchor', '')}"

    def behind(self, event: ScalarEvent) -> str:
        """The note behind a text; it has to stand in the same line."""
        mark = event.end_mark
        rest = "".join(self.lines[mark.line : mark.line + 1])[mark.column :].strip() if mark else ""
        return rest if rest.startswith("#") else ""

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
