"""The bot is away, is killed, or cannot store: who waits is answered once, and nothing is lost."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox import Clock, Sandbox
from bot.sandbox.faults import Answer as Gateway
from bot.sandbox.people import Person
from bot.store.store import Store
from tests.wire.test_kill import process
from tests.wire.town import SERVICE, Running, data_of, linked


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another program holds the database: nothing can be stored."""
    with closing(sqlite3.connect(folder / "clearing.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_killed_before_it_could_store_what_it_had_received(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F03, F06, I1: nothing was acknowledged, so it comes again and counts once."""
    url = f"sqlite:///{tmp_path / 'clearing.db'}?timeout=0.1"
    monkeypatch.setenv("CLEARING_DATABASE_URL", url)
    olena = sandbox.person(7, language_code="de")
    async with process(sandbox.url, tmp_path) as bot:
        await olena.start("12052000-work")
        asked = await olena.answer()
        await sandbox.until(lambda: sandbox.updates.polled)
        edits = len(sandbox.called("editMessageText"))
        with held(tmp_path):
            polls = len(sandbox.called("getUpdates"))
            tap = await olena.press(asked, "a:age:27_plus")
            # Once for the tap, and again with the same number, since it could not be stored.
            await sandbox.until(lambda: len(sandbox.called("getUpdates")) > polls, within=30)
            assert len({call["offset"] for call in sandbox.called("getUpdates")[-2:]}) == 1
            bot.kill()
            await bot.wait()
        assert len(sandbox.updates) == 1
        assert len(sandbox.called("editMessageText")) == edits
    async with process(sandbox.url, tmp_path):
        await olena.sees(lambda message: message.button("a:status:asylum"), within=20)
        await sandbox.until(lambda: tap.answered)
        await sandbox.until(lambda: len(olena.answers) == 1)
        # The next call says that it has been received.
        await sandbox.until(lambda: len(sandbox.updates) == 0)


async def test_after_an_outage_of_three_hours_everything_that_waited_arrives(
    bot: Running, sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """F14: cards, status letters and screens; whoever wrote /start five times is answered once."""
    ivan, late = (sandbox.person(number, language_code="ru") for number in (8, 9))
    async with linked(bot, sandbox, clock, tmp_path) as town:
        await ivan.start("12052000-work")
        asked = await ivan.answer()
        await town.olena.start("12052000-work")
        await town.olena.answer()
        await town.answers()
        for chat in (town.group.id, town.olena.id):
            sandbox.faults.script("sendMessage", Gateway(), chat=chat, times=20)
        await town.agrees()
        await sandbox.until(lambda: f"y:{SERVICE}:{town.code}" not in data_of(town.olena))
    ivan_saw = asked.text
    for _ in range(5):
        await late.start()
    await ivan.press(asked, "a:age:27_plus")
    clock.goes_on(hours=3)
    sandbox.faults.stop()
    edits = len(sandbox.called("editMessageText"))
    async with bot():
        await town.card()
        await town.status()
        await late.answer()
        # The tap is older than Telegram keeps one; the question stands there as it was.
        await sandbox.until(lambda: _edited(sandbox, edits, ivan))
    assert ivan.last.text == ivan_saw
    assert len([one for one in town.group.visible if f"k:{town.code}:claim" in one.data]) == 1
    assert len(late.answers) == 1
    assert len(sandbox.updates) == 0


def _edited(sandbox: Sandbox, since: int, person: Person) -> bool:
    calls = sandbox.called("editMessageText")[since:]
    return any(str(call["chat_id"]) == str(person.id) for call in calls)


async def test_what_was_written_a_day_ago_is_answered_once_and_nothing_is_overdue(
    bot: Running, sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """F56: every step of the case lies ahead, whenever its person began to write."""
    async with linked(bot, sandbox, clock, tmp_path) as town:
        pass
    for _ in range(3):
        await town.olena.start("12052000-work")
    clock.goes_on(hours=23)
    async with bot():
        await town.olena.answer()
        await sandbox.quiet()
        assert len(town.olena.answers) == 1
        await town.answers()
        await town.agrees()
        await town.card()
        await town.status()
    assert town.code in _due(tmp_path, clock() + timedelta(days=7))
    assert town.code not in _due(tmp_path, clock())


def _due(folder: Path, when: datetime) -> set[str]:
    """The cases of which a step is due by then."""
    address = f"sqlite:///{folder / 'clearing.db'}"
    store = Store.open(address, folder / "keys.db", os.urandom)
    with store.turn(when) as transaction:
        owners = {owner for owner, _ in transaction.timers.due(when, 100)}
    store.close()
    return owners
