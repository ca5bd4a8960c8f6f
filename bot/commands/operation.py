"""`clearing run`: the bot on Telegram, until somebody ends it."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

from bot import app
from bot.app import Kit
from bot.channels.telegram.client import ChannelError, Client, username
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.profile import Profile, publish
from bot.commands.edits import Telling, begin
from bot.commands.mailing import Mailing
from bot.commands.watchdog import Watchdog
from bot.config import Handover, Settings
from bot.delivery.alarm import Tell
from bot.language.pages import profile
from bot.language.rendering import Renderer
from bot.live import Use
from bot.sentence import Sentence
from bot.service import Service
from bot.store.errors import StoreError

T = TypeVar("T")
Follow = Callable[[Use[Kit]], Coroutine[Any, Any, None]]

log = logging.getLogger(__name__)

_SWEEP: Final = 600.0
"""Seconds between two looks for what is older than we promised to keep it."""


async def run(settings: Settings, *, demonstration: tuple[int, ...] = ()) -> int:
    """Poll until SIGTERM or SIGINT, then finish what is in hand.

    `demonstration`: a group that receives for every service, and the colleagues in it.

    Raises:
        RunError: no or a wrong token, Telegram out of reach, a second bot with the same token.
        StoreError: the database cannot be used.
    """
    if settings.token is None:
        raise app.RunError(
            Sentence(
                "CLEARING_TOKEN: There is no token. Get one from @BotFather and set it, "
                "or try `clearing demo`, which needs none."
            )
        )
    for later in settings.without_effect:
        log.warning("%s has no effect yet", later)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    edits = begin(settings)
    # What is there now stays until the end: no need to look through it again and again.
    gc.freeze()
    gc.enable()
    database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
    try:
        async with Client(settings.token, settings.api_url) as client:
            name = await username(client)
            store = await _in(database, lambda: app.store(settings))
            try:
                receives = settings.handover is Handover.GROUP_CARD
                service = app.service(
                    edits.tools,
                    store,
                    name,
                    receives=receives,
                    demonstration=bool(demonstration),
                )
                if demonstration:
                    group, *people = demonstration
                    await _in(database, lambda: service.demonstrate(group, people))
                telling = Telling(settings, client)
                follow = partial(edits.follow, tell=telling)
                with Watchdog(database):
                    await serve(client, service, database, stop, follow=follow, tell=telling.say)
            finally:
                await _in(database, store.close)
    except ChannelError as problem:
        raise app.RunError(str(problem)) from problem
    finally:
        database.shutdown()
    return 0


async def serve(  # noqa: PLR0913 - the parts are put together here
    client: Client,
    service: Service,
    database: Executor,
    stop: asyncio.Event,
    *,
    follow: Follow | None = None,
    tell: Tell | None = None,
) -> None:
    """Poll until `stop` is set.

    Args:
        client: started.
        service: whose store was opened in the one thread of `database`.
        database: that thread.
        stop: ends it.
        follow: brings new editions until it is cancelled; without it the first one stays.
        tell: says to whoever runs the bot what goes wrong; without it only the log does.

    Raises:
        ChannelError: wrong token, or a second bot with the same token.
        StoreError: one that does not pass by itself.
    """
    renderer, book = service.renderer, service.book
    polling = Polling(
        client,
        service,
        app.known_ids(book),
        database,
        bot_name=renderer.bot_name,
        today=lambda: service.teamwork.here(service.clock()).date(),
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

    async def use(tools: Kit) -> None:
        before = _profiles(service.renderer, service)
        newer = tools.renderer(service.renderer.bot_name)
        await _in(database, lambda: service.renew(tools.book, newer, tools.ears))
        polling.renew(app.known_ids(tools.book), newer.farewell())
        log.info("a new edition is in use")
        profiles = _profiles(newer, service)
        if profiles != before:
            await publish(client, profiles, asyncio.sleep)

    if follow is not None:
        beside.append(asyncio.create_task(follow(use)))
    mailing = Mailing(client, service, database, polling.traffic, tell or _only_in_the_log)
    try:
        await _both(polling.run(stop), mailing.run(stop), stop)
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def _both(
    one: Coroutine[Any, Any, None], other: Coroutine[Any, Any, None], stop: asyncio.Event
) -> None:
    """Until both have ended; where one fails, the other ends in order, and the failure is told."""
    tasks = [asyncio.create_task(one), asyncio.create_task(other)]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.wait(tasks)
    for task in tasks:
        task.result()


async def _only_in_the_log(_text: str) -> None:
    pass


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
