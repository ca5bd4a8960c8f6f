"""The addresses behind the page, without a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox import Clock, Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def web(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.url) as session:
        yield session


async def first_event(web: aiohttp.ClientSession, **who: int) -> dict[str, Any]:
    async with web.get("/sandbox/events", params=who) as events:
        line = await events.content.readline()
        return dict(json.loads(line.removeprefix(b"data: ")))


async def test_a_group_can_be_on_a_phone(sandbox: Sandbox, web: aiohttp.ClientSession) -> None:
    boss, anna = sandbox.person(1, "Berit"), sandbox.person(2, "Anna")
    group = sandbox.group(-5, "Beratung", owner=boss, members=(anna,))
    await group.add_bot(boss)
    await web.post("/sandbox/say", json={"person": 2, "chat": -5, "text": "Guten Tag"})
    seen = await first_event(web, person=1, chat=-5)
    assert seen["title"] == "Beratung"
    joined, said = seen["messages"]
    assert joined["other"] == "joined: Clearing"
    assert (said["name"], said["mine"], said["text"]) == ("Anna", False, "Guten Tag")


async def test_nobody_sees_the_chat_of_somebody_else(
    sandbox: Sandbox, web: aiohttp.ClientSession
) -> None:
    await sandbox.person(1).start()
    await sandbox.person(2).start()
    answer = await web.get("/sandbox/events", params={"person": 1, "chat": 2})
    assert answer.status == 404
    answer = await web.post("/sandbox/say", json={"person": 99, "text": "x"})
    assert answer.status == 400
    assert "no such person" in (await answer.json())["error"]


async def test_a_foreign_page_can_do_nothing_here(web: aiohttp.ClientSession) -> None:
    answer = await web.post("/sandbox/people", data={"first_name": "x"})
    assert answer.status == 415


@pytest.mark.parametrize("path", ["/page/../phone.py", "/page/%2e%2e/phone.py", "/page/", "/x"])
async def test_only_the_page_is_served(web: aiohttp.ClientSession, path: str) -> None:
    assert (await web.get(path)).status == 404


async def test_a_taken_port_is_an_error(sandbox: Sandbox, clock: Clock) -> None:
    second = Sandbox(sandbox.token, clock)
    with pytest.raises(OSError, match="address already in use"):
        await second.start(port=int(sandbox.url.rpartition(":")[2]))
