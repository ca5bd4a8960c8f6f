"""The whole bot against the emulator: real store, real knowledge, real wire."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Kit
from bot.channels.telegram.client import Client, username
from bot.commands.operation import Follow, serve
from bot.core.knowledge import Book
from bot.language import catalogues
from bot.listening import Ears
from bot.places.gazetteer import Gazetteer
from bot.sandbox import Clock, Sandbox
from bot.service import Service
from bot.store.store import Store
from tests.wire.office import ANA, BEN, CEM, SERVICE, Office

TOKEN = "100200300:" + "A" * 35


@pytest.fixture
def clock() -> Clock:
    """Monday, 23 November 2026, 10:30 in Brandenburg."""
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(TOKEN, clock) as started:
        yield started


@pytest.fixture(scope="session")
def kit(book: Book, gazetteer: Gazetteer, ears: Ears, locales: Path) -> Kit:
    return Kit(gazetteer, book, catalogues.load(locales, book.region.languages), ears)


@pytest.fixture
def bot(sandbox: Sandbox, clock: Clock, kit: Kit, tmp_path: Path) -> Callable[[], object]:
    """Starts the bot; it ends with the `async with` block, and can be started again."""

    @asynccontextmanager
    async def running(
        tools: Kit = kit,
        follow: Callable[[Client], Follow] | None = None,
        office: tuple[int, ...] = (),
    ) -> AsyncIterator[None]:
        stop = asyncio.Event()
        database = ThreadPoolExecutor(max_workers=1)
        loop = asyncio.get_running_loop()
        url = f"sqlite:///{tmp_path / 'clearing.db'}"
        keys = tmp_path / "keys.db"
        store = await loop.run_in_executor(database, Store.open, url, keys, os.urandom)
        async with Client(TOKEN, sandbox.url) as client:
            renderer = replace(tools.renderer(await username(client)), demonstration=bool(office))
            service = Service(tools.book, store, renderer, tools.ears, clock, os.urandom)
            if office:
                await loop.run_in_executor(database, service.demonstrate, office[0], office[1:])
            live = follow(client) if follow else None
            task = asyncio.create_task(serve(client, service, database, stop, follow=live))
            try:
                yield
            finally:
                stop.set()
                await task
                await loop.run_in_executor(database, store.close)
                database.shutdown()

    return running


@pytest.fixture
def office(clock: Clock, kit: Kit, tmp_path: Path) -> Iterator[Office]:
    store = Store.open(f"sqlite:///{tmp_path / 'clearing.db'}", tmp_path / "keys.db", os.urandom)
    service = Service(kit.book, store, kit.renderer("clearing_bot"), kit.ears, clock, os.urandom)
    yield Office(service, store, clock)
    store.close()


@pytest.fixture
def team(office: Office) -> Office:
    """Ana and Ben work there and have opened their private chats; Cem has not."""
    office.link()
    for who in (BEN, CEM):
        office.taps(who, f"k:{SERVICE}:join")
    for who in (ANA, BEN):
        office.opens_private(who)
    return office
