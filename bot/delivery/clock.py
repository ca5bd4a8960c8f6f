"""Lets the steps of the cases happen when they are due, each of them once."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.alarm import Alarm, Kind
from bot.delivery.cases import Cases
from bot.delivery.ledger import Ledger
from bot.delivery.pace import Pause
from bot.delivery.rest import Rest
from bot.store.errors import StoreError
from bot.store.transaction import Transaction

log = logging.getLogger(__name__)

LOOK: Final = 15.0
"""Seconds after which somebody looks at the clock in any case."""
_FEW: Final = 100
_PARKED: Final = timedelta(minutes=5)
"""How long a step rests that our own fault keeps from happening."""
_STEP_FAILED: Final = (
    "A step of a case is due and fails; it is tried again every five minutes. "
    "The log names the kind of the error."
)


class Clock:
    """Steps are instants in UTC: summer time neither repeats nor skips one."""

    def __init__(  # noqa: PLR0913 - the parts are put together here
        self,
        ledger: Ledger,
        cases: Cases,
        alarm: Alarm,
        *,
        clock: Callable[[], datetime],
        pause: Pause,
        fired: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._cases = cases
        self._alarm = alarm
        self._clock = clock
        self._fired = fired
        self._rest = Rest(pause)
        self._parked: dict[tuple[str, str], datetime] = {}

    def wake(self) -> None:
        """A turn has set timers. To be called in the event loop."""
        self._rest.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set.

        Raises:
            StoreError: one that does not pass by itself.
        """
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self.wake())
        try:
            while not stopping.done():
                await self._rest.take(await self._look())
        finally:
            stopping.cancel()

    async def _look(self) -> float:
        """Let happen what is due; seconds until the next look."""
        now = self._clock()
        self._parked = {step: until for step, until in self._parked.items() if until > now}
        limit = _FEW + len(self._parked)
        due = await self._ledger.write(lambda turn: turn.timers.due(now, limit))
        ready = [step for step in due if step not in self._parked]
        for owner, step in ready:
            await self._fire(owner, step)
        if ready:
            self._fired()
            return 0
        following = await self._ledger.write(lambda turn: turn.timers.next_due())
        moments = [*self._parked.values(), *([following] if following else [])]
        waits = [(moment - now).total_seconds() for moment in moments if moment > now]
        return min((LOOK, *waits))

    async def _fire(self, owner: str, step: str) -> None:
        def fire(turn: Transaction) -> None:
            if turn.timers.drop(owner, step):
                self._cases.fire(turn, owner, step)

        try:
            await self._ledger.write(fire)
        except StoreError:
            raise
        except Exception as problem:  # noqa: BLE001 - one case's trouble must not stop the others
            log.error("step %s of %s is parked: %s", step, owner, type(problem).__name__)  # noqa: TRY400 - a traceback may hold content
            self._parked[owner, step] = self._clock() + _PARKED
            await self._alarm.ring(Kind.STEP_FAILED, _STEP_FAILED)
