"""Chance, faults and kills: in the end there stands what should, once, and nothing besides."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from bot.sandbox.faults import Answer, Flood, Lost, Refuse
from bot.sandbox.rates import Rates

GROUPS = (-1_001_000_000_001, -1_001_000_000_002, -1_001_000_000_003)
PEOPLE = (7, 8, 9, 10, 11)
FAULTS = {
    Answer(): 0.03,
    Answer(processed=True): 0.02,
    Lost(processed=True): 0.04,
    Lost(processed=False): 0.01,
    Flood(3): 0.02,
    Refuse(500, "Internal Server Error: restart"): 0.01,
}
SLOTS = {"card": GROUPS, "details": PEOPLE[:2], "status": PEOPLE[2:]}


@pytest.mark.parametrize("seed", range(6))
async def test_nothing_is_lost_or_doubled_whatever_happens(open_office, sandbox, seed):
    """I3, F01, F02, F16, F36, F37, F39."""
    chance = random.Random(seed)
    sandbox.rates = Rates()
    for chat in GROUPS:
        sandbox.group(chat, standings={sandbox.bot_id: "member"})
    for person in PEOPLE:
        sandbox.person(person, started=True)
    sandbox.faults.at_random(seed, FAULTS)
    wished: dict[str, dict[str, tuple[int, str]]] = {}
    wrote = 0
    for _ in range(8):
        async with open_office() as office:
            office.life.calls = chance.randrange(1, 25)
            for _ in range(6):
                if office.life.is_over:
                    break
                owner = f"CASE{chance.randrange(12):02}"
                wrote += 1
                # The same slot never moves to another chat.
                wished[owner] = {
                    slot: (chats[int(owner[4:]) % len(chats)], f"c{wrote}")
                    for slot, chats in SLOTS.items()
                    if chance.random() < 0.6
                }
                await office.want(owner, **wished[owner])
                await office.goes_on(seconds=chance.random() * 5)
    sandbox.faults.stop()
    async with open_office() as office:
        for owner, wishes in wished.items():
            # A kill may have come before the last wish was stored.
            await office.want(owner, **wishes)
        stopped = office.time.now
        await office.settled(within=600)
        took = office.time.now - stopped
    expected = Counter(
        (chat, f"{owner} {slot} {content}")
        for owner, wishes in wished.items()
        for slot, (chat, content) in wishes.items()
    )
    found = Counter(
        (chat.id, message.text) for chat in sandbox.chats.values() for message in chat.visible
    )
    assert found == expected
    assert took < timedelta(seconds=120)
