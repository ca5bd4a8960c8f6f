"""A small world with a clock that stands still until a test moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot

from bot.sandbox import Clock, Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "100200:sandbox"  # noqa: S105 - opens the sandbox only


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(TOKEN, clock) as started:
        yield started


@pytest.fixture
async def bot(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    # Without it every RetryAfter warns, and a warning is an error here.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with Bot(TOKEN, base_url=f"{sandbox.url}/bot") as client:
        yield client
