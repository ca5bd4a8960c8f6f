"""Which numbers of messages are known, so that a lost one can be looked for among the others."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final


@dataclass(slots=True)
class _Row:
    """One row of numbers; several chats may share it."""

    newest: int | None = None
    known: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Door:
    """Of one chat: many post at once, or one looks for what was lost."""

    entrance: asyncio.Lock = field(default_factory=asyncio.Lock)
    inside: int = 0
    empty: asyncio.Event = field(default_factory=asyncio.Event)
    users: int = 0


class Numbers:
    """What one process has seen go by; after a restart it begins anew.

    `row_of` names the row of numbers that a chat counts in.
    """

    def __init__(self, row_of: Callable[[int], int]) -> None:
        self._row_of = row_of
        self._rows: dict[int, _Row] = defaultdict(_Row)
        self._doors: dict[int, _Door] = {}

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

    def unknown(self, chat: int, numbers: Iterable[int]) -> list[int]:
        """Those of which nobody knows what they are."""
        known = self._rows[self._row_of(chat)].known
        return [number for number in numbers if number not in known]

    @asynccontextmanager
    async def posting(self, chat: int) -> AsyncIterator[None]:
        """Around a send: its message may stand there before anybody knows its number."""
        async with self._door(chat) as door:
            async with door.entrance:
                door.inside += 1
                door.empty.clear()
            try:
                yield
            finally:
                door.inside -= 1
                if not door.inside:
                    door.empty.set()

    @asynccontextmanager
    async def probing(self, chat: int) -> AsyncIterator[None]:
        """Nothing is on its way to this chat meanwhile, so what is unknown belongs to nobody."""
        async with self._door(chat) as door, door.entrance:
            if door.inside:
                await door.empty.wait()
            yield

    @asynccontextmanager
    async def _door(self, chat: int) -> AsyncIterator[_Door]:
        door = self._doors.setdefault(chat, _Door())
        door.users += 1
        try:
            yield door
        finally:
            door.users -= 1
            if not door.users:
                del self._doors[chat]


_REMEMBERED: Final = 50_000
