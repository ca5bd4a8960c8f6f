"""`clearing run`: the bot on Telegram, until somebody ends it."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Final, TypeVar

from bot import app
from bot.channels.telegram.client import ChannelError, Client, username
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.profile import Profile, publish
from bot.config import Settings
from bot.language.pages import profile
from bot.language.rendering import Renderer
from bot.service import Service
from bot.store.errors import StoreError

T = TypeVar("T")

log = logging.getLogger(__name__)

_SWEEP: Final = 600.0
"""Seconds between two looks for what is older than we promised to keep it."""


async def run(settings: Settings) -> int:
    """Poll until SIGTERM or SIGINT, then finish what is in hand.

    Raises:
        RunError: no or a wrong token, Telegram out of reach, a second bot with the same token.
        StoreError: the database cannot be used.
    """
    if settings.token is None:
        raise app.RunError(
            "CLEARING_TOKEN: There is no token. Get one from @BotFather and set it, "
            "or try `clearing demo`, which needs none."
        )
    for later in settings.without_effect:
        log.warning("%s has no effect yet", later)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tools = app.kit(settings)
    # What is there now stays until the end: no need to look through it again and again.
    gc.freeze()
    gc.enable()
    database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
    try:
        async with Client(settings.token, settings.api_url) as client:
            name = await username(client)
            store = await _in(database, lambda: app.store(settings))
            try:
                service = app.service(tools, store, name)
                await serve(client, service, database, stop)
            finally:
                await _in(database, store.close)
    except ChannelError as problem:
        raise app.RunError(str(problem)) from problem
    finally:
        database.shutdown()
    return 0


async def serve(client: Client, service: Service, database: Executor, stop: asyncio.Event) -> None:
    """Poll until `stop` is set; `database` has one thread, in which the store was opened."""
    renderer, book = service.renderer, service.book
    polling = Polling(
        client,
        service,
        app.known_ids(book),
        database,
        farewell=renderer.farewell(),
        chance=app.chance,
    )
    log.info("talking as @%s", renderer.bot_name)
    beside = [
        asyncio.create_task(publish(client, _profiles(renderer, service), asyncio.sleep)),
        asyncio.create_task(_sweep(service, database)),
    ]
    # While Telegram is asked for the first time; whoever types first need not wait for it.
    database.submit(lambda: service.ears.listener)
    try:
        await polling.run(stop)
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def _profiles(renderer: Renderer, service: Service) -> dict[str, Profile]:
    profiles = {}
    for language in service.book.region.languages:
        said = profile(renderer.speaker(language, service.book))
        profiles[language] = Profile(said.commands, said.description, said.short_description)
    return {"": profiles.get("en", profiles[service.book.region.languages[0]]), **profiles}


async def _sweep(service: Service, database: Executor) -> None:
    while True:
        try:
            await _in(database, service.sweep)
        except StoreError as problem:
            log.warning("nothing swept: %s", problem)
        await asyncio.sleep(_SWEEP)


async def _in(database: Executor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(database, work)
