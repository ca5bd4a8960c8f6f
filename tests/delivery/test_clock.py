"""Steps happen when they are due, each once, whatever the clocks and the cases do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

BERLIN = ZoneInfo("Europe/Berlin")
CODE = "K7M3QX9PT"


async def plan(office, owner=CODE, /, **steps):
    await office.turn(lambda turn: turn.timers.replace(owner, steps))
    office.clock.wake()


async def test_a_step_happens_when_it_is_due_and_once(office):
    due = office.time.now + timedelta(minutes=10, seconds=7)
    await plan(office, remind=due)
    await office.goes_on(minutes=10, seconds=6)
    assert office.book.fired == []
    await office.goes_on(seconds=1)
    assert office.book.fired == [(CODE, "remind")]
    await office.skips(hours=3)
    assert office.book.fired == [(CODE, "remind")]


async def test_what_fell_due_in_an_outage_happens_in_its_order(open_office, time):
    async with open_office() as office:
        await plan(office, "B", remind=time.now + timedelta(hours=2))
        await plan(office, "A", tell=time.now + timedelta(hours=1))
    time.now += timedelta(hours=3)
    async with open_office() as office:
        await office.time.still()
        assert office.book.fired == [("A", "tell"), ("B", "remind")]


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_clock_that_jumps_neither_doubles_nor_skips_a_step(office, time, hours):
    """F11."""
    await plan(office, early=time.now + timedelta(minutes=1), late=time.now + timedelta(hours=3))
    await office.goes_on(minutes=2)
    await office.skips(hours=hours)
    assert office.book.fired == [(CODE, "early")]
    await office.skips(hours=4 - hours)
    assert office.book.fired == [(CODE, "early"), (CODE, "late")]


@pytest.mark.parametrize(
    "day", [datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC)]
)
async def test_summer_time_neither_doubles_nor_skips_a_step(office, time, day):
    """F12: half past two comes twice in autumn, and never in spring."""
    time.now = day - timedelta(hours=1)
    half_past_two = datetime(day.year, day.month, day.day, 2, 30, tzinfo=BERLIN)
    await plan(office, remind=half_past_two)
    await office.goes_on(hours=3)
    assert office.book.fired == [(CODE, "remind")]


async def test_a_step_that_fails_rests_and_the_others_happen(office, time):
    office.book.troubles.append(LookupError("a bug"))
    await plan(office, CODE, tell=time.now)
    await plan(office, "OTHER", tell=time.now)
    await office.time.still()
    assert office.book.fired == [("OTHER", "tell")]
    assert len(office.alarms) == 1
    assert CODE not in office.alarms[0]
    await office.goes_on(minutes=5)
    assert office.book.fired == [("OTHER", "tell"), (CODE, "tell")]


async def test_a_step_that_was_put_off_meanwhile_does_not_happen(office, time):
    await plan(office, remind=time.now + timedelta(minutes=1))
    await plan(office, remind=time.now + timedelta(minutes=2))
    await office.goes_on(minutes=1, seconds=30)
    assert office.book.fired == []
    await plan(office)
    await office.goes_on(minutes=2)
    assert office.book.fired == []


async def test_hundreds_of_steps_at_once_all_happen(office, time):
    for number in range(250):
        await plan(office, f"CASE{number:03}", tell=time.now)
    await office.time.still()
    assert office.book.fired == [(f"CASE{number:03}", "tell") for number in range(250)]


async def test_a_step_wakes_the_letters(office, sandbox, time):
    chat = sandbox.group(-1_001_000_000_001, standings={sandbox.bot_id: "member"})
    await office.want(card=(chat.id, "c1"), wake=False)
    await plan(office, remind=time.now)
    await office.time.still()
    assert [message.text for message in chat.visible] == [f"{CODE} card c1"]
