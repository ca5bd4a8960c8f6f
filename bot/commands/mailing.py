"""Letters and timers at work beside the polling: put together, woken, and ended with it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

from bot import app
from bot.channels.telegram.carrier import TelegramCarrier
from bot.channels.telegram.client import Client
from bot.delivery.alarm import Alarm, Tell
from bot.delivery.clock import Clock
from bot.delivery.ledger import Ledger
from bot.delivery.pace import Traffic
from bot.delivery.post import Post
from bot.delivery.worker import Delivery
from bot.service import Service


class Mailing:
    """Everything that goes out by itself: letters, and what cases wait for."""

    def __init__(
        self, client: Client, service: Service, database: Executor, traffic: Traffic, tell: Tell
    ) -> None:
        ledger = Ledger(
            service.store, database, clock=service.clock, pause=asyncio.sleep, chance=app.chance
        )
        alarm = Alarm(tell, service.clock)
        self._delivery = Delivery(
            TelegramCarrier(client),
            ledger,
            Post(service.correspondence),
            traffic,
            alarm,
            innocuous=service.renderer.innocuous(),
            clock=service.clock,
            pause=asyncio.sleep,
            chance=app.chance,
        )
        self._clock = Clock(
            ledger,
            service.correspondence,
            alarm,
            clock=service.clock,
            pause=asyncio.sleep,
            fired=self._delivery.wake,
        )
        loop = asyncio.get_running_loop()
        # Said in the database's thread, once a turn has written letters or timers.
        service.teamwork.rang = partial(_soon, loop, self._wake)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set.

        Raises:
            StoreError: one that does not pass by itself.
        """
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._delivery.run(stop))
                both.create_task(self._clock.run(stop))
        except ExceptionGroup as problems:
            raise problems.exceptions[0] from None

    def _wake(self) -> None:
        self._delivery.wake()
        self._clock.wake()


def _soon(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
    loop.call_soon_threadsafe(work)
