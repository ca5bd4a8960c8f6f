"""Many tasks write at once: what waits goes into one transaction, since each costs a disk sync."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.delivery.pace import Chance, Pause, back_off
from bot.store.errors import StoreError
from bot.store.store import Store
from bot.store.transaction import Transaction

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Transaction], T]


@dataclass(frozen=True, slots=True)
class _Failed:
    problem: Exception


class Ledger:
    """The store, seen from the event loop. `database` is the one thread of all turns."""

    def __init__(
        self,
        store: Store,
        database: Executor,
        *,
        clock: Callable[[], datetime],
        pause: Pause,
        chance: Chance,
    ) -> None:
        self._store = store
        self._database = database
        self._clock = clock
        self._pause = pause
        self._chance = chance
        self._waiting: list[tuple[Work[Any], asyncio.Future[Any]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, work: Work[T]) -> T:
        """What `work` makes of a turn, once that is stored; a locked database is waited for.

        `work` may be done again when nothing of it was stored; its own error undoes it alone.

        Raises:
            StoreError: one that does not pass by itself.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        return await done

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                try:
                    results = await self._stored([work for work, _ in batch])
                except Exception as problem:  # noqa: BLE001 - everybody who waits gets it
                    results = [_Failed(problem)] * len(batch)
                for (_, done), result in zip(batch, results, strict=True):
                    _settle(done, result)
        finally:
            self._writer = None

    async def _stored(self, batch: list[Work[Any]]) -> list[Any]:
        faults = 0
        while True:
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._database, self._turn, batch)
            except StoreError as problem:
                if not problem.retryable:
                    raise
                faults += 1
                log.warning("fault %d of the store: %s", faults, problem)
                await self._pause(back_off(faults, self._chance))

    def _turn(self, batch: list[Work[Any]]) -> list[Any]:
        with self._store.turn(self._clock()) as transaction:
            return [_done(work, transaction) for work in batch]


def _done(work: Work[Any], transaction: Transaction) -> object:
    try:
        with transaction.savepoint():
            return work(transaction)
    except StoreError:
        raise
    except Exception as problem:  # noqa: BLE001 - whoever asked for it gets it
        return _Failed(problem)


def _settle(done: asyncio.Future[Any], result: object) -> None:
    if done.done():
        return
    if isinstance(result, _Failed):
        done.set_exception(result.problem)
    else:
        done.set_result(result)
