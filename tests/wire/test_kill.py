"""kill -9 while people talk: nothing that was tapped is lost, and nothing is shown twice."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

TALK = ("a:concern:work", "a:place:12052000", "a:age:27_plus", "a:status:asylum")
TOKEN = "100200300:" + "A" * 35


@asynccontextmanager
async def process(url: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`clearing run`, as anybody starts it."""
    environment = {
        **os.environ,
        "CLEARING_TOKEN": TOKEN,
        "CLEARING_API_URL": url,
        "CLEARING_DATA": str(folder),
    }
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


@pytest.mark.parametrize("call", ["editMessageText", "getUpdates", "answerCallbackQuery"])
async def test_killed_at_any_call_the_talk_goes_on_where_it_was(sandbox, tmp_path, call):
    people = [sandbox.person(20 + n, language_code="de") for n in range(4)]
    async with process(sandbox.url, tmp_path) as bot:
        for person in people:
            await person.start()
        for person in people:
            await person.answer()
        seen = len(sandbox.called(call))
        for person in people:
            await person.press(person.last, TALK[0])
        # The call has come, its answer may not have been read: the turn is somewhere in the middle.
        await sandbox.until(lambda: len(sandbox.called(call)) > seen)
        bot.kill()
    async with process(sandbox.url, tmp_path):
        for person in people:
            await person.sees(lambda message: message.button("a:place:elsewhere"), within=20)
        for data in TALK[1:]:
            for person in people:
                await person.press(person.last, data)
                await person.answer()
        for person in people:
            await person.sees(lambda message: "Flüchtlingsberatung" in message.text)
            await sandbox.until(lambda person=person: len(person.answers) == 1)
            await person.tap("r")
            answers = (await person.answer()).text
            assert "Cottbus" in answers
            assert "ab 27 Jahren" in answers
