"""A program that hangs is ended, one that works is not."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from bot.commands.watchdog import STUCK, Watchdog

BOUND = 30
"""Seconds, for what takes a moment."""
SOON = 0.005


class Counted(ThreadPoolExecutor):
    """A database's thread that says when it was asked for the fifth time."""

    asked = 0

    def __init__(self) -> None:
        super().__init__(max_workers=1)
        self.often = threading.Event()

    def submit(self, *given: Any, **more: Any) -> Future[Any]:
        self.asked += 1
        if self.asked == 5:
            self.often.set()
        return super().submit(*given, **more)


@pytest.fixture
def database() -> Iterator[Counted]:
    with Counted() as executor:
        yield executor


@pytest.fixture
def ended() -> threading.Event:
    return threading.Event()


async def test_a_loop_that_is_blocked_ends_the_program(database, ended, caplog):
    """F15, I12: nothing can be answered, so it is better to begin anew."""
    with Watchdog(database, every=SOON, end=ended.set):
        # In the loop: it is blocked as long as this waits.
        assert ended.wait(BOUND)
    assert "does not answer itself" in caplog.text


async def test_a_turn_that_never_comes_back_ends_the_program(database, ended):
    """F15, I12: the loop still polls, and everybody waits."""
    free = threading.Event()
    database.submit(free.wait)
    with Watchdog(database, every=SOON, end=ended.set):
        await _elsewhere(ended)
    free.set()
    assert ended.is_set()


async def test_a_program_that_works_goes_on(database, ended):
    with Watchdog(database, every=SOON, looks=BOUND * 1000, end=ended.set):
        await _elsewhere(database.often)
    assert database.often.is_set()
    assert not ended.is_set()


def test_it_ends_with_an_exit_code_of_its_own():
    code = "from bot.commands.watchdog import abandon; abandon()"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == STUCK


async def _elsewhere(event: threading.Event) -> None:
    """Wait without blocking the loop."""
    await asyncio.to_thread(event.wait, BOUND)
