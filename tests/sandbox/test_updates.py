"""The queue between people and the bot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

if TYPE_CHECKING:
    from bot.sandbox import Clock, Sandbox


async def ids(bot: Bot, **wanted: object) -> list[int]:
    return [update.update_id for update in await bot.get_updates(**wanted)]


async def test_updates_stay_until_they_are_acknowledged(bot: Bot, sandbox: Sandbox) -> None:
    ana = sandbox.person(7)
    for text in "abc":
        await ana.say(text)
    assert await ids(bot) == [1000, 1001, 1002]
    assert await ids(bot, offset=1001, limit=1) == [1001]
    assert await ids(bot) == [1001, 1002]
    assert await ids(bot, offset=-1) == [1002]
    assert await ids(bot, offset=1003) == []
    assert await ids(bot) == []


async def test_a_waiting_poll_is_woken_by_the_next_update(bot: Bot, sandbox: Sandbox) -> None:
    poll = asyncio.create_task(ids(bot, timeout=20, read_timeout=30))
    await sandbox.until(lambda: sandbox.updates.polled)
    await sandbox.person(7).say("hello")
    assert await poll == [1000]


async def test_a_hundred_updates_are_the_most(bot: Bot, sandbox: Sandbox) -> None:
    for number in range(130):
        await sandbox.person(number + 1).say("x")
    assert len(await ids(bot)) == 100
    assert len(await ids(bot, limit=1000)) == 100


async def test_a_second_poll_ends_the_first(bot: Bot, sandbox: Sandbox) -> None:
    first = asyncio.create_task(ids(bot, timeout=20, read_timeout=30))
    await sandbox.until(lambda: sandbox.updates.polled)
    async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot") as twin:
        second = asyncio.create_task(ids(twin, timeout=20, read_timeout=30))
        with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
            await first
        await sandbox.person(7).say("hello")
        assert await second == [1000]


async def test_a_tap_waits_150_seconds_and_a_message_a_day(
    bot: Bot, sandbox: Sandbox, clock: Clock
) -> None:
    ana = sandbox.person(7)
    message = await ana.say("x")
    await ana.press(message, "a:course:yes")
    clock.goes_on(seconds=150)
    assert await ids(bot) == [1000]
    clock.goes_on(hours=24)
    assert await ids(bot) == []


async def test_only_wanted_kinds_arrive(bot: Bot, sandbox: Sandbox) -> None:
    ana = sandbox.person(7)
    assert await ids(bot, allowed_updates=["callback_query"]) == []
    message = await ana.say("x")
    await ana.press(message, "h")
    (only,) = await bot.get_updates()
    assert only.callback_query is not None
    await bot.get_updates(allowed_updates=[])
    await ana.say("y")
    assert len(await bot.get_updates()) == 2


async def test_odd_updates_can_be_sent(bot: Bot, sandbox: Sandbox) -> None:
    message = await sandbox.person(7).say("x")
    body = message.api()
    sandbox.inject({"update_id": 1000, "message": body})
    sandbox.inject({"update_id": 3, "message": body})
    sandbox.inject({"update_id": 1001, "new_in_2030": {"x": 1}})
    assert await ids(bot) == [1000, 1000, 3, 1001]
    assert await ids(bot, offset=1001) == [1001]


async def test_a_tap_on_a_message_that_is_gone_is_inaccessible(bot: Bot, sandbox: Sandbox) -> None:
    ana = sandbox.person(7)
    await ana.start()
    sent = await bot.send_message(7, "x")
    old = ana.last
    await bot.delete_message(7, sent.message_id)
    await ana.press(old, "a:course:yes")
    update = (await bot.get_updates(offset=1001))[0]
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_form_json_and_address_are_read_alike(sandbox: Sandbox) -> None:
    await sandbox.person(7).start()
    url = f"{sandbox.url}/bot{sandbox.token}/sendmessage"
    said = {"chat_id": 7, "text": "привіт"}
    async with aiohttp.ClientSession() as session:
        for answer in (
            await session.post(url, json=said),
            await session.post(url, data=said),
            await session.get(url, params=said),
        ):
            assert (await answer.json())["result"]["text"] == "привіт"
        answer = await session.post(url, data=b"text=%ff&chat_id=7", headers=FORM)
        assert answer.status == 400
        assert (await answer.json())["description"].endswith("must be encoded in UTF-8")


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_people_go_on_while_the_server_is_away(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    await sandbox.stop()
    await sandbox.person(7).say("is anybody there?")
    await sandbox.start(port=port)
    async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot") as bot:
        assert await ids(bot) == [1000]


async def test_a_webhook_gets_what_a_poll_would_get(bot: Bot, sandbox: Sandbox) -> None:
    got: list[tuple[str | None, dict[str, object]]] = []

    async def take(request: web.BaseRequest) -> web.Response:
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        sandbox.tick()
        return web.Response()

    runner = web.ServerRunner(web.Server(take))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    ana = sandbox.person(7)
    await ana.say("one")
    await bot.set_webhook(f"http://127.0.0.1:{port}/", secret_token="s")  # noqa: S106 - a secret of this test
    await ana.say("two")
    await sandbox.until(lambda: len(got) == 2)
    assert [(secret, update["update_id"]) for secret, update in got] == [("s", 1000), ("s", 1001)]
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await sandbox.quiet()
    assert (await bot.get_webhook_info()).pending_update_count == 0
    await bot.delete_webhook()
    await runner.cleanup()
