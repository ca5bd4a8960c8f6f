"""Many people hand over a case to a bot that dies and a network that fails: who got what?"""

import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.app import Kit
from bot.sandbox import Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.faults import EVERY
from tools.chaos.lives import FAULTS, TOKEN, Lives, Watched
from tools.chaos.town import Seeker, Town, link_in, placeholders

SETTLES: Final = 60.0
"""Seconds after the last fault by which everything stands as it should."""
_LOOK: Final = 1.0
_EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True)
class Plan:
    cases: int
    kills: int
    seed: int
    at_once: int = 200
    """People who are talking at the same time."""
    patience: float = 8.0
    """Seconds after which somebody taps again."""
    within: float = 7200.0
    """Seconds after which it is given up."""
    log: Path | None = None
    """Where the bot's own log stays; without it, nowhere."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in the chats in the end."""

    consented: int
    filled: int
    lost: int
    doubled: int
    letters_lost: int
    letters_doubled: int
    placeholders: int
    covers: int
    """Placeholders that were found and covered, but not taken away."""
    screens_doubled: int
    """Screens with buttons beside the living one: allowed, since a screen is sent at least once."""
    kills: int
    gave_up: int
    """Starts at which Telegram did not answer, so that the bot ended and was started again."""
    calls: int
    faults: int
    seconds: float
    settled: float
    """Seconds from the last fault until nothing was missing."""
    examples: tuple[str, ...]

    @property
    def holds(self) -> bool:
        wrong = (self.lost, self.doubled, self.letters_lost, self.letters_doubled)
        left = (self.placeholders, self.covers)
        return self.consented == self.filled and not any((*wrong, *left))


@dataclass(slots=True)
class _Audit:
    town: Town
    placeholders: frozenset[str]
    cover: str
    messages: list[Message] = field(default_factory=list)

    def cases(self) -> Counter[int]:
        """How many have so many filled cards."""
        filled = self._filled()
        return Counter(sum(filled[code] for code in one.said_yes) for one in self._consented())

    def letters(self) -> Counter[int]:
        return Counter(len(one.statuses()) for one in self._consented())

    def _filled(self) -> Counter[str]:
        """Code -> how many cards of it stand somewhere; all of them are looked at once."""
        return Counter(
            data.split(":")[1]
            for group in self.town.groups
            for message in group.visible
            for data in message.data
            if data.endswith(":claim")
        )

    def left(self, *texts: str) -> int:
        return sum(message.text.strip() in texts for message in self._messages())

    def screens_doubled(self) -> int:
        return sum(
            max(0, sum(bool(one.data) for one in seeker.person.answers) - 2)
            for seeker in self.town.people
        )

    def examples(self) -> list[str]:
        """What should not be so, without a word of it."""
        texts, filled = {*self.placeholders, self.cover}, self._filled()
        codes = {one.person.id: one.said_yes for one in self.town.people}
        return [
            *(
                f"chat {message.chat.id}: message {message.id} stays empty "
                f"(the newest there is {message.chat.row.last_id}; {codes.get(message.chat.id)})"
                for message in self._messages()
                if message.text.strip() in texts
            ),
            *(
                f"{one.said_yes}: {cards} cards, {len(one.statuses())} letters"
                for one in self._consented()
                if (cards := sum(filled[code] for code in one.said_yes)) != 1
                or len(one.statuses()) != 1
            ),
        ]

    def is_settled(self) -> bool:
        whole = self.cases().keys() <= {1} and self.letters().keys() <= {1}
        return whole and not self.left(*self.placeholders, self.cover)

    def _consented(self) -> Iterator[Seeker]:
        return (one for one in self.town.people if one.is_sent)

    def _messages(self) -> Iterator[Message]:
        for chat in self.town.sandbox.chats.values():
            yield from (message for message in chat.visible if message.from_bot)


async def measure(tools: Kit, plan: Plan) -> Found:
    """Run it; `plan.seed` draws the same instants and the same faults again."""
    with tempfile.TemporaryDirectory(prefix="clearing-chaos-") as name:
        folder = Path(name)
        link_in(folder, tools)
        faults = Watched()
        faults.at_random(plan.seed, FAULTS, [EVERY])
        async with Sandbox(
            TOKEN, lambda: datetime.now(UTC), keep_calls=16, faults=faults
        ) as sandbox:
            town = Town(sandbox, tools.book)
            async with _bot(sandbox, folder, faults, plan) as lives:
                return await _run(tools, plan, town, lives)


@asynccontextmanager
async def _bot(sandbox: Sandbox, folder: Path, faults: Watched, plan: Plan) -> AsyncIterator[Lives]:
    with (plan.log or folder / "log").open("wb") as log:
        lives = Lives(sandbox.url, folder, faults, random.Random(plan.seed), log)
        keeper = asyncio.create_task(lives.run())
        try:
            yield lives
        finally:
            keeper.cancel()
            await asyncio.wait({keeper})


async def _run(tools: Kit, plan: Plan, town: Town, lives: Lives) -> Found:
    loop = asyncio.get_running_loop()
    began = loop.time()
    bar = asyncio.create_task(_progress(plan, town, lives))
    killer = asyncio.create_task(_killed(plan, town, lives))
    try:
        async with asyncio.timeout(plan.within):
            await _everybody(plan, town)
            await killer
    finally:
        bar.cancel()
        killer.cancel()
    seconds = loop.time() - began
    met, calls = lives.faults.met, lives.faults.calls
    lives.faults.stop()
    renderer = tools.renderer("")
    audit = _Audit(town, placeholders(tools), renderer.innocuous().plain.strip())
    stopped = loop.time()
    while not audit.is_settled() and loop.time() - stopped < SETTLES:  # noqa: ASYNC110 - all chats at once tell nobody
        await asyncio.sleep(_LOOK)
    settled = loop.time() - stopped
    cases, letters = audit.cases(), audit.letters()
    return Found(
        consented=sum(cases.values()),
        filled=cases[1],
        lost=cases[0],
        doubled=sum(count for times, count in cases.items() if times > 1),
        letters_lost=letters[0],
        letters_doubled=sum(count for times, count in letters.items() if times > 1),
        placeholders=audit.left(*audit.placeholders),
        covers=audit.left(audit.cover),
        screens_doubled=audit.screens_doubled(),
        kills=lives.killed,
        gave_up=lives.gave_up,
        calls=calls,
        faults=met,
        seconds=seconds,
        settled=settled,
        examples=tuple(audit.examples()[:_EXAMPLES]),
    )


async def _everybody(plan: Plan, town: Town) -> None:
    """So many at once, until all have handed over."""
    places = asyncio.Semaphore(plan.at_once)

    async def one() -> None:
        async with places:
            await town.arrives(plan.patience).hands_over()

    async with asyncio.TaskGroup() as group:
        for _ in range(plan.cases):
            group.create_task(one())


async def _killed(plan: Plan, town: Town, lives: Lives) -> None:
    """Spread over the whole run: each kill when its share of the cases is through."""
    for number in range(plan.kills):
        while _through(town) < plan.cases * number // (plan.kills + 1):  # noqa: ASYNC110 - likewise
            await asyncio.sleep(_LOOK / 20)
        await lives.kill()


def _through(town: Town) -> int:
    return sum(one.is_sent for one in town.people)


async def _progress(plan: Plan, town: Town, lives: Lives) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    while True:
        await asyncio.sleep(1)
        if not sys.stderr.isatty() and int(loop.time() - began) % 15:
            continue
        done = _through(town)
        bar = "#" * (30 * done // plan.cases)
        print(
            f"\r[{bar:30}] {done:,} of {plan.cases:,} cases, {lives.killed} of {plan.kills} kills, "
            f"{lives.faults.met:,} faults, {loop.time() - began:.0f} s",
            end="" if sys.stderr.isatty() else "\n",
            file=sys.stderr,
            flush=True,
        )
