"""How long a tap spins: thirty a second, while cases are handed over, claimed and ended."""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.app import Kit
from bot.sandbox import Sandbox
from bot.sandbox.people import Person
from tools.bench.wire import TALK, TOKEN
from tools.chaos.town import Town, crew_of, link_in

A_SECOND: Final = 30
_WARM: Final = 5.0
"""Seconds that are not counted: the first cases are on their way."""
_TALKING: Final = 60
"""People in the middle of the questions."""
_CASES: Final = 20
"""Cases on their way at the same time."""
_SHARE: Final = 0.3
"""Of the taps: those with which cases are handed over, taken, answered and ended."""
_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Spins:
    """From the tap until the call that answers it has come; milliseconds."""

    taps: int
    median: float
    p99: float
    longest: float
    unanswered: int
    cases: int
    """So many were handed over and ended meanwhile."""


async def measure(tools: Kit, seconds: float = 60) -> Spins:
    with tempfile.TemporaryDirectory(prefix="clearing-taps-") as name:
        folder = Path(name)
        link_in(folder, tools)
        async with (
            Sandbox(TOKEN, lambda: datetime.now(UTC), keep_calls=None) as sandbox,
            _bot(sandbox.url, folder),
        ):
            town = Town(sandbox, tools.book)
            people = [sandbox.person(100 + n, language_code="de") for n in range(_TALKING)]
            for person in people:
                await person.start()
            for person in people:
                await person.answer(within=_PATIENCE)
            traffic = _Traffic(town, people)
            since = datetime.now(UTC).timestamp() + _WARM
            await traffic.run(_WARM + seconds)
            return _spins(sandbox, since, traffic.ended)


class _Traffic:
    """Arrivals by chance: whoever taps does not wait for anybody else."""

    def __init__(self, town: Town, people: list[Person]) -> None:
        self.ended = 0
        self._town = town
        self._people = people
        self._taps = dict.fromkeys((person.id for person in people), 0)
        self._chance = random.Random(1)
        self._turns: asyncio.Queue[None] = asyncio.Queue(maxsize=_CASES)

    async def run(self, seconds: float) -> None:
        cases = [asyncio.create_task(self._cases()) for _ in range(_CASES)]
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        due = loop.time()
        while due < end:
            due += self._chance.expovariate(A_SECOND)
            await asyncio.sleep(max(0.0, due - loop.time()))
            if self._chance.random() < _SHARE and not self._turns.full():
                self._turns.put_nowait(None)
            else:
                await self._talks(self._chance.choice(self._people))
        await asyncio.sleep(1)
        for case in cases:
            case.cancel()
        await asyncio.gather(*cases, return_exceptions=True)

    async def _talks(self, person: Person) -> None:
        at = self._taps[person.id]
        self._taps[person.id] = at + 1
        await person.press(person.last, TALK[at % len(TALK)])

    async def _cases(self) -> None:
        while True:
            await self._case()
            self.ended += 1

    async def _case(self) -> None:
        """From the yes to the end: two taps of the person, four of a counsellor."""
        town, sandbox = self._town, self._town.sandbox
        seeker = town.arrives(_PATIENCE)
        await seeker.hands_over(self._turns.get)
        code = seeker.said_yes[-1]
        card = await sandbox.until(lambda: next(iter(seeker.cards()), None), _PATIENCE)
        crew = crew_of(town.groups.index(seeker.group))
        counsellor = sandbox.person(self._chance.choice(crew))
        await self._turns.get()
        await counsellor.press(card, f"k:{code}:claim")
        done = f"k:{code}:done"
        details = await counsellor.sees(lambda message: done in message.data, _PATIENCE)
        for data in (f"k:{code}:say", f"k:{code}:say:call_us", done):
            await self._turns.get()
            await counsellor.press(details, data)


@asynccontextmanager
async def _bot(url: str, folder: Path) -> AsyncIterator[None]:
    settings = {"CLEARING_TOKEN": TOKEN, "CLEARING_API_URL": url, "CLEARING_DATA": str(folder)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={**os.environ, **settings},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


def _spins(sandbox: Sandbox, since: float, cases: int) -> Spins:
    answered: dict[str, float] = {}
    for call in sandbox.called("answerCallbackQuery"):
        answered.setdefault(str(call["callback_query_id"]), call.at.timestamp())
    taps = [tap for person in sandbox.people for tap in person.taps if tap.at >= since]
    spins = sorted((answered[tap.id] - tap.at) * 1000 for tap in taps if tap.id in answered)
    return Spins(
        len(taps),
        spins[len(spins) // 2],
        spins[int(len(spins) * 0.99)],
        spins[-1],
        len(taps) - len(spins),
        cases,
    )
