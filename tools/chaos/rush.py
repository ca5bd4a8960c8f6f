"""Eight people tap `claim` under the same card in the same instant, through Telegram."""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.app import Kit
from bot.core.move import Reply
from bot.sandbox import Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.groups import Group
from tools.chaos.claims import Claimed
from tools.chaos.lives import TOKEN, Lives, Watched
from tools.chaos.town import Seeker, Town, crew_of, link_in

_AT_ONCE = 30
"""Cards that are rushed for at the same time, each in another group."""
_PATIENCE = 30.0


async def measure(tools: Kit, count: int, progress: Callable[[int], None]) -> Claimed:
    with tempfile.TemporaryDirectory(prefix="clearing-rush-") as name:
        folder = Path(name)
        link_in(folder, tools)
        faults = Watched()
        async with Sandbox(
            TOKEN, lambda: datetime.now(UTC), keep_calls=16, faults=faults
        ) as sandbox:
            town = Town(sandbox, tools.book)
            with (folder / "log").open("wb") as log:
                lives = Lives(sandbox.url, folder, faults, random.Random(0), log)
                keeper = asyncio.create_task(lives.run())
                try:
                    return await _rushes(tools, town, count, progress)
                finally:
                    keeper.cancel()
                    await asyncio.wait({keeper})


async def _rushes(tools: Kit, town: Town, count: int, progress: Callable[[int], None]) -> Claimed:
    renderer, book = tools.renderer(""), tools.book
    yours = renderer.said(Reply.YOURS, book)
    somebody_else = renderer.said(Reply.SOMEBODY_ELSE, book)
    began = time.monotonic()
    lanes = [asyncio.Lock() for _ in town.groups]
    whole: list[bool] = []

    async def one(number: int) -> None:
        # One card after the other in each group: the winner finishes it before the next one.
        async with lanes[number % len(lanes)]:
            seeker = town.arrives(_PATIENCE)
            await seeker.hands_over()
            said, shown = await _rush(town, seeker, yours)
            others = said[somebody_else] == said.total() - 1
            whole.append(said[yours] == 1 and others and shown == 1)
            progress(len(whole))

    for first in range(0, count, _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, count))
        await asyncio.gather(*(one(number) for number in some))
    return Claimed(count, sum(whole), 0, time.monotonic() - began)


async def _rush(town: Town, seeker: Seeker, yours: str) -> tuple[Counter[str], int]:
    """What the eight heard, and how many of them read the details."""
    sandbox = town.sandbox
    card = await sandbox.until(lambda: next(iter(seeker.cards()), None), _PATIENCE)
    code = next(data for data in card.data if data.endswith(":claim")).split(":")[1]
    crew = [sandbox.person(who) for who in crew_of(_number_of(town, seeker.group))]
    taps = [await who.press(card, f"k:{code}:claim") for who in crew]
    await sandbox.until(lambda: all(tap.answered for tap in taps), _PATIENCE)
    said = Counter(tap.answer.text for tap in taps if tap.answer)
    winner = next((tap.person for tap in taps if tap.answer and tap.answer.text == yours), None)
    if winner is None:
        return said, 0
    done = f"k:{code}:done"

    def details() -> list[Message]:
        return [one for who in crew for one in who.answers if done in one.data]

    await sandbox.until(details, _PATIENCE)
    shown = len(details())
    await winner.press(details()[0], done)
    await sandbox.until(lambda: not details(), _PATIENCE)
    return said, shown


def _number_of(town: Town, group: Group) -> int:
    return town.groups.index(group)
