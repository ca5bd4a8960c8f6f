"""The service, asked in the one thread of its database."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import ParamSpec, TypeVar

from bot.channels.telegram.turns import Reports, Turns
from bot.exchange import AtTheDesk, Delivery, Preflight, Update

P = ParamSpec("P")
T = TypeVar("T")

Orders = tuple[list[Delivery], int]
"""What to deliver, and the number of the last report that was known when it was decided."""


class Thread:
    """Every method raises StoreError as the service does; then nothing was stored."""

    def __init__(self, turns: Turns, database: Executor) -> None:
        """`database` has exactly one thread."""
        self._turns = turns
        self._database = database
        self.reports = Reports(turns, database)

    async def handle(self, batch: Sequence[Update]) -> Orders:
        return await self._orders(self._turns.handle, batch)

    async def linked(self, update: AtTheDesk, seen: Preflight) -> Orders:
        return await self._orders(self._turns.linked, update, seen)

    async def shown_again(self) -> Orders:
        return await self._orders(self._turns.shown_again)

    async def group_chats(self) -> frozenset[int]:
        return frozenset(await self._within(self._turns.group_chats))

    async def looked(self, seen: Preflight) -> None:
        await self._within(self._turns.looked, seen)

    async def flush(self) -> None:
        """Let the service know everything that was sent."""
        await self._within(self.reports.flush)

    async def _orders(
        self, decide: Callable[P, list[Delivery]], *given: P.args, **more: P.kwargs
    ) -> Orders:
        def orders() -> Orders:
            knows = self.reports.write()
            return decide(*given, **more), knows

        return await self._within(orders)

    async def _within(self, work: Callable[P, T], *given: P.args, **more: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, partial(work, *given, **more))
