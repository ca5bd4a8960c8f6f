"""No log, at whatever level, holds the token or what anybody said."""

from __future__ import annotations

import logging

import pytest

from bot.channels.telegram.client import ChannelError, Client, username
from bot.sandbox.faults import Answer, Lost, Refuse

TOKEN = "100200:a-token-that-stays-secret"  # noqa: S105 - of the sandbox
SECRET = "My name is Oksana and nobody may know"  # noqa: S105 - what somebody types


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage", "answerCallbackQuery"])
async def test_logs_hold_neither_token_nor_words(sandbox, run, caplog, method):
    caplog.set_level(logging.DEBUG)
    page = f"<html>POST /bot{TOKEN}/{method} {SECRET}</html>"
    person = sandbox.person(7, first_name=SECRET)
    sandbox.faults.script(
        method,
        Answer(body=page),
        Answer(status=200, body=page),
        Answer(status=404 if method == "sendMessage" else 500, body=page),
        Lost(),
        Refuse(400 if method == "getUpdates" else 500, f"/bot{TOKEN}/"),
    )
    async with run() as bot:
        await person.say(SECRET)
        await person.send_photo(SECRET)
        await bot.polling.lanes.finished()
        if person.answers:
            await person.tap("h")
        sandbox.inject({"update_id": 5000, "message": {"text": SECRET}})
        await sandbox.until(lambda: not len(sandbox.updates))
        await bot.polling.lanes.finished()
    assert "oksana" not in caplog.text.casefold()
    assert "stays-secret" not in caplog.text


@pytest.mark.parametrize(
    "fault", [Answer(), Answer(status=200), Lost(), Refuse(401, "Unauthorized")]
)
async def test_the_first_call_says_nothing_secret(sandbox, caplog, fault):
    caplog.set_level(logging.DEBUG)
    sandbox.faults.script("getMe", fault)
    async with Client(TOKEN, sandbox.url) as client:
        with pytest.raises(ChannelError) as said:
            await username(client)
    assert "stays-secret" not in caplog.text + str(said.value)
