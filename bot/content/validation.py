"""From plain values to the schema, with pydantic's errors as sentences at the right line."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from bot.content import unknown_fields
from bot.content.problems import suggestion
from bot.content.tree import Cursor, Value
from bot.sentence import NOTHING, Sentence

Model = TypeVar("Model", bound=BaseModel)

_PATTERNS: Final[Mapping[str, tuple[Sentence, Sentence]]] = {
    "^[a-z0-9]": (
        Sentence("{shown} is not an id."),
        Sentence("Use small letters a-z, digits and `_`, at most 24 characters."),
    ),
    "^https?": (
        Sentence("{shown} is not a web address."),
        Sentence("Write it whole, as in `https://www.example.org`."),
    ),
    "^[0-9]{5}": (
        Sentence("{shown} is not a postcode."),
        Sentence("Write five digits in quotes: '03046'."),
    ),
    "^([1-9][0-9]{3}": (
        Sentence("{shown} is not a date."),
        Sentence("Write year, month and day: '2026-11-22', '2026-11' or '2026'."),
    ),
    "^[a-z0-9_]+[.]": (
        Sentence("{shown} is not a file name here."),
        Sentence("Small letters, digits, `_`, and `.yaml`."),
    ),
}
"""How a pattern of the schema begins -> what it means."""


def entries(cursor: Cursor, model: type[Model]) -> Iterator[tuple[Model, Cursor]]:
    """The good entries of a file that is a list; problems of the others are noted."""
    value = cursor.document.value
    if not value:
        cursor.report(
            Sentence("The file is empty."), Sentence("Write entries that begin with `- id:`.")
        )
        return
    if not isinstance(value, list):
        cursor.report(
            Sentence("The file should be a list."), Sentence("Begin each entry with `- id:`.")
        )
        return
    for number, item in enumerate(value):
        entry = one(item, cursor / number, model)
        if entry is not None:
            yield entry, cursor / number


def one(value: Value, cursor: Cursor, model: type[Model]) -> Model | None:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        seen: set[tuple[str | int, ...]] = set()
        for detail in error.errors(include_url=False):
            _report(dict(detail), cursor, model, seen)
        return None


def _report(
    detail: Mapping[str, Any],
    cursor: Cursor,
    model: type[BaseModel],
    seen: set[tuple[str | int, ...]],
) -> None:
    steps: tuple[str | int, ...] = detail["loc"]
    if detail["type"] not in {"missing", "extra_forbidden"}:
        steps = _real(steps, cursor)
    if steps in seen:
        return  # the other branches of a union say the same again
    seen.add(steps)
    here = cursor
    for step in steps[:-1]:
        here = here / step
    name = next((step for step in reversed(steps) if isinstance(step, str)), "entry")
    match detail["type"]:
        case "missing":
            here.report(
                Sentence("`{name}` is missing.", name=name), Sentence("Add `{name}:`.", name=name)
            )
        case "extra_forbidden":
            said = Sentence("There is no field `{name}` here.", name=name)
            cure = unknown_fields.cure(name, model, steps[:-1])
            (here / steps[-1]).report_key(said, cure)
        case _:
            at = here / steps[-1] if steps else cursor
            if not _is_lost(detail["input"], at, model, steps):
                at.report(*_sentence(detail, name, at.document.notes.get(at.path, "")))


def _is_lost(
    given: object, at: Cursor, model: type[BaseModel], steps: tuple[str | int, ...]
) -> bool:
    """An empty group whose fields were written beside it: each of those says where it belongs."""
    if given is not None or not steps or not isinstance(steps[-1], str):
        return False
    *around, name = at.path
    beside = [str(step) for *path, step in at.document.keys if path == around]
    return unknown_fields.has_lost(str(name), model, steps[:-1], beside)


def _real(steps: tuple[str | int, ...], cursor: Cursor) -> tuple[str | int, ...]:
    """Without the names that pydantic gives to the branches of a union."""
    while steps and (*cursor.path, *steps) not in cursor.document.values:
        steps = steps[:-1]
    return steps


def _sentence(detail: Mapping[str, Any], name: str, note: str) -> tuple[Sentence, Sentence]:
    given = detail["input"]
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if given is None and note:
        said = Sentence("`{name}` is empty: `{note}` counts as a note.", name=name, note=note)
        return said, Sentence("Put the text in quotes.")
    if given is None or given == "":
        return _EMPTY[0].about(name=name), _EMPTY[1]
    shown = f"`{given}`" if isinstance(given, str) else f"`{name}`"
    match detail["type"]:
        case "string_pattern_mismatch":
            pattern = str(context.get("pattern", ""))
            found = [say for begin, say in _PATTERNS.items() if pattern.startswith(begin)]
            said, cure = found[-1] if found else (_ODD, NOTHING)
            return said.about(shown=shown), cure
        case "string_too_long":
            return (
                Sentence("`{name}` is {count} characters long.", name=name, count=len(str(given))),
                Sentence("At most {count} fit.", count=context.get("max_length")),
            )
        case "literal_error":
            choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            said = Sentence("{shown} is not possible for `{name}`.", shown=shown, name=name)
            return said, suggestion(str(given), choices)
        case kind if kind in _SAID:
            said, cure = _SAID[kind]
            return said.about(shown=shown, name=name), cure.about(name=name)
        case _:
            said = Sentence(
                "{shown} does not fit here: {reason}.", shown=shown, reason=detail["msg"]
            )
            return said, NOTHING


_ODD: Final = Sentence("{shown} is not written as it should be.")
_EMPTY: Final = (
    Sentence("`{name}` is empty."),
    Sentence("Write something, or take the line out."),
)
_GROUP: Final = (
    Sentence("`{name}` should be a group of fields."),
    Sentence("Write `field: text` lines below it."),
)
_SAID: Final[Mapping[str, tuple[Sentence, Sentence]]] = {
    "string_too_short": _EMPTY,
    "too_short": (Sentence("`{name}` is an empty list."), Sentence("Write at least one.")),
    "flag": (
        Sentence("{shown} is neither true nor false."),
        Sentence("Write `true` or `false`."),
    ),
    "day": (Sentence("{shown} is not a date."), Sentence("Write year, month and day: 2026-11-22.")),
    "list_type": (
        Sentence("`{name}` should be a list."),
        Sentence("Write `{name}: [one, two]`."),
    ),
    "string_type": (
        Sentence("`{name}` should be text."),
        Sentence("Write it in one line, in quotes where in doubt."),
    ),
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
}
"""Kind of error -> problem and cure."""
