"""Everything that goes wrong between the bot and Telegram can be called up."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import aiohttp
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sandbox.faults import EVERY, Answer, Flood, Lost, Refuse, Silence

if TYPE_CHECKING:
    from telegram import Bot

    from bot.sandbox import Sandbox
    from bot.sandbox.people import Person


@pytest.fixture
async def ana(sandbox: Sandbox) -> Person:
    person = sandbox.person(7, "Ana")
    await person.start()
    return person


async def test_a_flood_says_when_to_come_back(bot: Bot, sandbox: Sandbox, ana: Person) -> None:
    sandbox.faults.script("sendMessage", Flood(30), times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(7, "x")
        assert refused.value.retry_after == timedelta(seconds=30)
    await bot.send_message(7, "x")
    assert [call.status for call in sandbox.called("sendMessage")] == [429, 429, 200]
    assert len(ana.answers) == 1


async def test_the_wire_of_a_flood_is_the_real_one(sandbox: Sandbox) -> None:
    sandbox.faults.script(EVERY, Flood(30))
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{sandbox.url}/bot{sandbox.token}/getMe")
        assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
        assert await answer.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 30",
            "parameters": {"retry_after": 30},
        }


@pytest.mark.parametrize(
    ("fault", "error", "arrived"),
    [
        (Answer(502), NetworkError, 0),
        (Answer(504, body="", processed=True), NetworkError, 1),
        (Answer(200), TelegramError, 0),
        (Answer(200, '{"ok":tr', "application/json", processed=True), TelegramError, 1),
        (Answer(200, '{"ok":true}', "application/json"), KeyError, 0),
        (Lost(), NetworkError, 1),
        (Lost(processed=False), NetworkError, 0),
        (Refuse(500, "Internal Server Error: restart"), NetworkError, 0),
        (Refuse(403, "Forbidden: user is deactivated"), Forbidden, 0),
    ],
)
async def test_each_fault_reaches_the_bot_as_it_does_in_life(  # noqa: PLR0913, PLR0917 - the row of the table
    bot: Bot,
    sandbox: Sandbox,
    ana: Person,
    fault: Answer | Lost | Refuse,
    error: type[Exception],
    arrived: int,
) -> None:
    sandbox.faults.script("sendMessage", fault)
    with pytest.raises(error):
        await bot.send_message(7, "x")
    assert len(ana.answers) == arrived
    await bot.send_message(7, "y")


async def test_an_answer_may_never_come(bot: Bot, sandbox: Sandbox, ana: Person) -> None:
    sandbox.faults.script("sendMessage", Silence())
    with pytest.raises(TimedOut):
        await bot.send_message(7, "x", read_timeout=0.05)
    assert ana.last.text == "x"
    sandbox.faults.script("sendMessage", Silence(0.01, processed=False))
    await bot.send_message(7, "y")
    assert ana.last.text == "y"


async def test_a_fault_can_meet_one_chat_only(bot: Bot, sandbox: Sandbox, ana: Person) -> None:
    await sandbox.person(8).start()
    sandbox.faults.script("sendMessage", Refuse(400, "Bad Request: TOPIC_CLOSED"), chat=8)
    await bot.send_message(7, "x")
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(8, "x")
    assert sandbox.faults.open == 0
    assert ana.last.text == "x"


async def test_random_faults_repeat_with_their_seed(
    bot: Bot, sandbox: Sandbox, ana: Person
) -> None:
    async def run() -> list[int | None]:
        sandbox.calls.clear()
        sandbox.faults.at_random(7, {Flood(1): 0.2, Answer(502): 0.1}, ["sendMessage"])
        for number in range(40):
            try:
                await bot.send_message(7, str(number))
            except TelegramError:
                continue
        return [call.status for call in sandbox.called("sendMessage")]

    first = await run()
    assert first == await run()
    assert {200, 429, 502} == set(first)
    assert len(ana.answers) == 2 * first.count(200)
    sandbox.faults.stop()
    assert (await bot.get_me()).is_bot


async def test_a_waiting_test_is_told_what_the_bot_did_instead(bot: Bot, ana: Person) -> None:
    await bot.send_message(7, "x")
    with pytest.raises(AssertionError, match=r"sendMessage .*'text': 'x'.* -> 200"):
        await ana.sees(lambda message: message.text == "y", within=0.01)


async def test_quiet_waits_for_the_answer_to_a_tap(bot: Bot, sandbox: Sandbox, ana: Person) -> None:
    async def work() -> None:
        offset = None
        while True:
            for update in await bot.get_updates(offset=offset, timeout=20, read_timeout=30):
                offset = update.update_id + 1
                if update.callback_query is None:
                    await bot.send_message(7, "?", reply_markup=KEYBOARD)
                else:
                    await update.callback_query.answer("ok")

    task = asyncio.create_task(work())
    message = await ana.answer()
    await ana.tap("Yes", on=message)
    await sandbox.quiet()
    assert [toast.text for toast in ana.toasts] == ["ok"]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
