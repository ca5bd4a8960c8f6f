"""The small slips of which mutations are made: each changes the values of a file in place."""

from collections.abc import Callable
from functools import partial

from tools.mutants.text import Step, Values

Edit = Callable[[Values], None]
Path = tuple[Step, ...]


def put(path: Path, value: Values) -> Edit:
    return partial(_put, path=path, value=value)


def drop(path: Path) -> Edit:
    return partial(_drop, path=path)


def add(path: Path, value: Values) -> Edit:
    """At the end of a list, which is made where there is none."""
    return partial(_add, path=path, value=value)


def insert(path: Path, value: Values) -> Edit:
    """Before the item of a list to which the path leads."""
    return partial(_insert, path=path, value=value)


def swap(path: Path, other: int) -> Edit:
    """Two items of a list: the one to which the path leads, and another."""
    return partial(_swap, path=path, other=other)


def both(*edits: Edit) -> Edit:
    return partial(_both, edits=edits)


def at(values: Values, path: Path) -> Values:
    for step in path:
        values = values[step]
    return values


def _put(values: Values, path: Path, value: Values) -> None:
    at(values, path[:-1])[path[-1]] = value


def _drop(values: Values, path: Path) -> None:
    del at(values, path[:-1])[path[-1]]


def _add(values: Values, path: Path, value: Values) -> None:
    at(values, path[:-1]).setdefault(path[-1], []).append(value)


def _insert(values: Values, path: Path, value: Values) -> None:
    at(values, path[:-1]).insert(path[-1], value)


def _swap(values: Values, path: Path, other: int) -> None:
    items, number = at(values, path[:-1]), path[-1]
    items[number], items[other] = items[other], items[number]


def _both(values: Values, edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        edit(values)
