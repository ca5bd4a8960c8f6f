"""Both bots on the same emulator, under the same arrivals: 16 people who wait for the answer."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import Sandbox
from bot.sandbox.people import Person

TOKEN = "100200300:" + "B" * 35
PEOPLE = 16
TALK = (
    "a:concern:work",
    "a:place:12052000",
    "a:age:27_plus",
    "a:status:tolerated",
    "s:refugee_advice",
    "b",
    "r",
    "b",
    "b",
    "m:restart",
)
"""A whole questionnaire to the door, a look at the card and at the answers, and back."""


@dataclass(frozen=True, slots=True)
class Measured:
    updates: int
    cpu: float
    """Milliseconds of the bot's process per update, user and system."""
    memory: float
    """Megabytes, at most."""
    start: float
    """Seconds from the start of the process to the first getUpdates."""


Round = Callable[[Person, int], Awaitable[int]]
"""One round of one person; returns how many updates it was."""


async def talk(person: Person, _number: int) -> int:
    for data in TALK:
        # Every one of these taps changes the screen: the next one follows what it shows.
        await person.press(person.last, data)
        await person.answer()
    return len(TALK)


async def chatter(person: Person, number: int) -> int:
    for turn in range(len(TALK)):
        await person.say(f"{number} {turn} hello")
        await person.answer()
    return len(TALK)


async def measure(module: str, *, starts: bool, rounds: int, one_round: Round) -> Measured:
    """Run a bot as a process of its own, and let people talk to it."""
    async with Sandbox(TOKEN, lambda: datetime.now(UTC), keep_calls=64) as sandbox:
        people = [sandbox.person(100 + n, language_code="de") for n in range(PEOPLE)]
        began = time.perf_counter()
        async with _process(module, sandbox.url) as pid:
            await sandbox.until(lambda: sandbox.called("getUpdates"), within=30)
            start = time.perf_counter() - began
            if starts:
                await asyncio.gather(*(_started(person) for person in people))
            await asyncio.gather(*(one_round(person, -1) for person in people))
            before = _cpu(pid)
            counts = await asyncio.gather(
                *(_rounds(person, rounds, one_round) for person in people)
            )
            cpu = _cpu(pid) - before
            return Measured(sum(counts), cpu / sum(counts) * 1000, _memory(pid), start)


async def _started(person: Person) -> None:
    await person.start()
    await person.answer()


async def _rounds(person: Person, rounds: int, one_round: Round) -> int:
    return sum([await one_round(person, number) for number in range(rounds)])


@asynccontextmanager
async def _process(module: str, url: str) -> AsyncIterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *(["run"] if module == "bot" else []),
            env={
                **os.environ,
                "CLEARING_TOKEN": TOKEN,
                "CLEARING_API_URL": url,
                "CLEARING_DATA": folder,
            },
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            await process.wait()


def _cpu(pid: int) -> float:
    """Seconds of user and system time."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")
