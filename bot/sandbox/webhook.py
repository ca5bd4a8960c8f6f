"""Delivers updates to the bot's own address, as the real server does after setWebhook."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.sandbox.updates import Waiting
    from bot.sandbox.world import World

ATTEMPTS_PAUSE = 1.0
"""Seconds before an update that was not taken is brought again."""
LONGEST_WAIT = 60.0
TAKEN = range(200, 300)


class Deliverer:
    """Brings every update to the webhook: one lane per chat for messages, one per person for taps.

    So a text and a tap of the same person may arrive in either order, or at once.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._lanes: dict[tuple[str, int], asyncio.Queue[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._start(self._distribute())

    async def stop(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _distribute(self) -> None:
        world = self._world
        while True:
            while world.webhook.url and (update := world.updates.take(world.now())) is not None:
                self._lane(update).put_nowait(update)
                world.running += 1
            await world.change()

    def _lane(self, update: Waiting) -> asyncio.Queue[Waiting]:
        key = _key(update)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = asyncio.Queue()
            self._start(self._deliver(lane))
        return lane

    async def _deliver(self, lane: asyncio.Queue[Waiting]) -> None:
        world = self._world
        while True:
            update = await lane.get()
            while world.webhook.url and update.expires > world.now():
                world.webhook.last_error = await self._bring(update)
                if not world.webhook.last_error:
                    break
                await asyncio.sleep(ATTEMPTS_PAUSE)
            world.running -= 1
            world.tick()

    async def _bring(self, update: Waiting) -> str:
        """Empty when the bot took it, else what went wrong."""
        if self._session is None:
            wait = aiohttp.ClientTimeout(total=LONGEST_WAIT)
            self._session = aiohttp.ClientSession(timeout=wait)
        hook = self._world.webhook
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        try:
            async with self._session.post(hook.url, data=update.text, headers=headers) as answer:
                if answer.status in TAKEN:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"


def _key(update: Waiting) -> tuple[str, int]:
    if update.kind == "callback_query":
        return "person", update.body["callback_query"]["from"]["id"]
    body = update.body.get(update.kind)
    chat = body.get("chat") if isinstance(body, dict) else None
    return "chat", chat["id"] if isinstance(chat, dict) else 0
