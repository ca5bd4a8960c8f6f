"""Which numbers of messages are known, so that a lost one can be looked for among the others."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final


@dataclass(slots=True)
class _Row:
    """One row of numbers; several chats may share it."""

    newest: int | None = None
    known: set[int] = field(default_factory=set)


class Numbers:
    """What one process has seen go by; after a restart it begins anew.

    `row_of` names the row of numbers that a chat counts in.
    """

    def __init__(self, row_of: Callable[[int], int]) -> None:
        self._row_of = row_of
        self._rows: dict[int, _Row] = defaultdict(_Row)
        self._on_the_way: dict[int, list[int]] = {}

    def saw(self, chat: int, number: int) -> None:
        """This message exists, whoever wrote it."""
        row = self._rows[self._row_of(chat)]
        row.known.add(number)
        if row.newest is None or number > row.newest:
            row.newest = number
        if len(row.known) > _REMEMBERED:
            row.known = {one for one in row.known if one > row.newest - _REMEMBERED // 2}

    def newest(self, chat: int) -> int | None:
        """What is sent now to this chat gets a higher number."""
        return self._rows[self._row_of(chat)].newest

    @contextmanager
    def posting(self, chat: int) -> Iterator[None]:
        """Around a send: its message may stand there before anybody knows its number."""
        floor = self.newest(chat) or 0
        floors = self._on_the_way.setdefault(chat, [])
        floors.append(floor)
        try:
            yield
        finally:
            floors.remove(floor)
            if not floors:
                self._on_the_way.pop(chat, None)

    def unknown(self, chat: int, numbers: range) -> list[int]:
        """Those of which nobody knows what they are."""
        known = self._rows[self._row_of(chat)].known
        return [number for number in numbers if number not in known]

    def is_taken(self, chat: int, number: int) -> bool:
        """It is known by now, or something on its way to this chat may have got it."""
        floors = self._on_the_way.get(chat, ())
        known = self._rows[self._row_of(chat)].known
        return number in known or any(floor < number for floor in floors)


_REMEMBERED: Final = 10_000
