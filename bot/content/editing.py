"""One field of a YAML file written anew, every other character as it was.

Whoever edits these files keeps comments in them and an order of her own, which no library that
writes YAML would give back. So the text is changed where the old value stands, and nowhere else;
then both texts are read and compared.
"""

import json
import re
from collections.abc import Mapping
from typing import Final

import yaml

from bot.content import tree
from bot.content.problems import Problem
from bot.content.tree import Path, Value


class EditError(Exception):
    """This text cannot be changed without touching more than the field: somebody has to do it."""


def with_fields(text: str, path: Path, after: str, fields: Mapping[str, str]) -> str:
    """The text in which the group at `path` holds exactly these fields.

    Where there is no such group yet it is written behind its neighbour `after`.

    Raises:
        EditError: the place is not there, or is written in a way that we do not know.
    """
    *outer, name = path
    around = _at(_compose(text), tuple(outer))
    if not isinstance(around, yaml.MappingNode):
        raise EditError(f"there is no group at {path}")
    old = _field(around, str(name))
    if old is None:
        edited = _added(text, around, after, f"{name}: {_group(fields)}")
    elif isinstance(old, yaml.MappingNode) and sorted(_names(old)) == sorted(fields):
        edited = _refilled(text, old, fields)
    else:
        edited = _replaced(text, old, _group(fields))
    _compare(text, edited, path, fields)
    return edited


def _compose(text: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as problem:
        raise EditError("this is not YAML") from problem
    if node is None:
        raise EditError("the file is empty")
    return node


def _at(node: yaml.Node, path: Path) -> yaml.Node:
    for step in path:
        match node, step:
            case yaml.SequenceNode(), int() if step < len(node.value):
                node = node.value[step]
            case yaml.MappingNode(), str() if (found := _field(node, step)) is not None:
                node = found
            case _:
                raise EditError(f"there is no {step}")
    return node


def _field(group: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in group.value if key.value == name), None)


def _names(group: yaml.MappingNode) -> list[str]:
    return [key.value for key, _ in group.value]


def _added(text: str, around: yaml.MappingNode, after: str, field: str) -> str:
    neighbour = _field(around, after)
    if neighbour is None:
        raise EditError(f"there is no {after}")
    end = _end(text, neighbour)
    if around.flow_style:
        return f"{text[:end]}, {field}{text[end:]}"
    # Behind a comment on the same line, which belongs to the neighbour.
    line_end = _line_end(text, end)
    indent = " " * around.value[0][0].start_mark.column
    return f"{text[:line_end]}{_newline(text)}{indent}{field}{text[line_end:]}"


def _refilled(text: str, old: yaml.MappingNode, fields: Mapping[str, str]) -> str:
    """Each value in its place, so that order, layout and comments stay."""
    for key, value in reversed(old.value):
        text = _replaced(text, value, _scalar(fields[key.value]))
    return text


def _replaced(text: str, old: yaml.Node, new: str) -> str:
    begin, end = old.start_mark.index, _end(text, old)
    if isinstance(old, yaml.CollectionNode) and not old.flow_style:
        return _in_one_line(text, old, new)
    space = "" if text[:begin].endswith((" ", "\n")) else " "
    return f"{text[:begin]}{space}{new}{text[end:]}"


def _in_one_line(text: str, old: yaml.CollectionNode, new: str) -> str:
    """A block that stands below the name of its field, brought up to it."""
    begin, end = old.start_mark.index, _end(text, old)
    colon = text[:begin].rstrip()
    if "#" in text[len(colon) : end] or not colon.endswith(":"):
        raise EditError("a comment stands inside the old value")
    return f"{colon} {new}{text[end:]}"


def _end(text: str, node: yaml.Node) -> int:
    """Behind the last character of the value; the library counts what follows a block to it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    begin, end = node.start_mark.index, node.end_mark.index
    return begin + len(text[begin:end].rstrip())


def _line_end(text: str, begin: int) -> int:
    found = re.compile(r"\r?\n|\Z").search(text, begin)
    return found.start() if found else len(text)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _group(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in fields.items()) + "}"


def _scalar(text: str) -> str:
    """As people write it where that is safe, and in quotes where it is not."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


_PLAIN: Final = re.compile(r"[^\W_](?:[\w /().+§–-]*[\w).+])?")
"""Letters, digits and marks that mean nothing in YAML, within brackets neither."""
_WORDS: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


def _compare(before: str, after: str, path: Path, fields: Mapping[str, str]) -> None:
    """Read again, all is as it was but for this group."""
    expected, found = _value(before), _value(after)
    if _put(expected, path, dict(fields)) != found:
        raise EditError("more than this field would change")


def _value(text: str) -> Value:
    problems: list[Problem] = []
    document = tree.parse(text, "", problems)
    if document is None or problems:
        raise EditError("this is not YAML")
    return document.value


def _put(value: Value, path: Path, group: Value) -> Value:
    if not path:
        return group
    step, *rest = path
    if isinstance(value, dict) and isinstance(step, str):
        return {**value, step: _put(value.get(step), tuple(rest), group)}
    if isinstance(value, list) and isinstance(step, int):
        return [
            _put(one, tuple(rest), group) if number == step else one
            for number, one in enumerate(value)
        ]
    raise EditError(f"there is no {step}")
