"""Whose turn it is, and when."""

from __future__ import annotations

import asyncio

from bot.delivery.numbers import Numbers
from bot.delivery.pace import Rate, Traffic


async def passes(traffic, log, name, urgency):
    await traffic.passage(urgency)
    log.append(name)


async def test_the_most_urgent_goes_first_however_late_it_comes(time):
    traffic = Traffic(Rate(1, 1), lambda _: Rate(1, 1), time=time.seconds, pause=time.pause)
    log = []
    tasks = [
        asyncio.create_task(passes(traffic, log, name, urgency))
        for name, urgency in (("first", 2), ("reminder", 2), ("card", 1), ("answer", 0))
    ]
    await time.still()
    for _ in range(3):
        await time.step(time.now.replace(hour=23))
        await time.still()
    await asyncio.wait(tasks)
    assert log == ["first", "answer", "card", "reminder"]


async def test_whoever_gives_up_waiting_takes_no_slot(time):
    traffic = Traffic(Rate(1, 1), lambda _: Rate(1, 1), time=time.seconds, pause=time.pause)
    log = []
    tasks = [asyncio.create_task(passes(traffic, log, name, 1)) for name in "abc"]
    await time.still()
    tasks[1].cancel()
    began = time.now
    await time.step(time.now.replace(hour=23))
    await time.still()
    assert log == ["a", "c"]
    assert (time.now - began).total_seconds() == 1


async def test_a_full_chat_does_not_make_another_one_wait(time):
    traffic = Traffic(Rate(100, 100), lambda _: Rate(1, 2), time=time.seconds, pause=time.pause)
    slots = [asyncio.create_task(traffic.slot(chat, 1)) for chat in (7, 7, 7, 8)]
    await time.still()
    assert [slot.done() for slot in slots] == [True, True, False, True]
    await time.step(time.now.replace(hour=23))
    await slots[2]


def test_numbers_of_one_row_are_known_in_all_its_chats():
    numbers = Numbers(lambda chat: max(chat, 0) and 1)
    assert numbers.newest(7) is None
    numbers.saw(7, 10)
    numbers.saw(8, 12)
    assert numbers.newest(7) == 12
    assert numbers.unknown(7, range(9, 14)) == [9, 11, 13]
    assert numbers.newest(-7) is None


async def test_nobody_looks_for_lost_ones_while_something_is_on_its_way_there(time):
    numbers = Numbers(lambda _: 0)
    log = []

    async def post(name, arrives):
        async with numbers.posting(7):
            log.append(f"{name} goes")
            await arrives.wait()
            log.append(f"{name} is there")

    async def probe(chat):
        async with numbers.probing(chat):
            log.append(f"probe {chat}")

    first, second = asyncio.Event(), asyncio.Event()
    second.set()
    tasks = [asyncio.create_task(post("one", first))]
    await time.still()
    tasks += [asyncio.create_task(work) for work in (probe(7), post("two", second), probe(8))]
    await time.still()
    assert log == ["one goes", "probe 8"]
    first.set()
    await asyncio.gather(*tasks)
    assert log[2:] == ["one is there", "probe 7", "two goes", "two is there"]


def test_very_old_numbers_are_forgotten():
    numbers = Numbers(lambda _: 0)
    for number in range(1, 100_001):
        numbers.saw(7, number)
    assert numbers.unknown(7, range(1, 3)) == [1, 2]
    assert numbers.unknown(7, range(90_000, 100_002)) == [100_001]
