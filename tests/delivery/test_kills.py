"""Killed at the worst moment: afterwards every letter stands once, filled, and nothing else."""

from __future__ import annotations

import pytest

from tests.delivery.conftest import PLACEHOLDER

GROUP = -1_001_234_567_890


@pytest.fixture
def group(sandbox):
    team = sandbox.group(GROUP, standings={sandbox.bot_id: "member"})
    team.last_id = 20
    return team


def texts(chat):
    return [message.text for message in chat.visible]


async def test_killed_before_the_placeholder_goes_out(open_office, group):
    """F01."""
    async with open_office() as office:
        office.life.ends_before = "post"
        await office.want(card=(GROUP, "c1"))
        await office.settled()
        assert texts(group) == []
    async with open_office() as office:
        await office.settled(within=60)
    assert texts(group) == ["K7M3QX9PT card c1"]


@pytest.mark.parametrize("chat", [GROUP, 7])
async def test_killed_before_the_number_of_the_placeholder_is_stored(
    open_office, sandbox, group, chat
):
    """F02."""
    place = group if chat == GROUP else sandbox.person(7, started=True)
    async with open_office() as office:
        await office.want("FIRST", card=(chat, "c0"))
        await office.settled()
        office.life.ends_after = "post"
        await office.want(card=(chat, "c1"))
        await office.settled()
        assert texts(place) == ["FIRST card c0", PLACEHOLDER]
    async with open_office() as office:
        await office.settled(within=60)
    assert texts(place) == ["FIRST card c0", "K7M3QX9PT card c1"]


@pytest.mark.parametrize("moment", ["ends_before", "ends_after"])
async def test_killed_around_the_edit_that_fills(open_office, sandbox, group, moment):
    """F02."""
    async with open_office() as office:
        setattr(office.life, moment, "edit")
        await office.want(card=(GROUP, "c1"))
        await office.settled()
    async with open_office() as office:
        await office.settled(within=60)
    assert texts(group) == ["K7M3QX9PT card c1"]
    assert len(sandbox.called("sendMessage")) == 1


@pytest.mark.parametrize("moment", ["ends_before", "ends_after"])
async def test_killed_while_a_message_is_taken_away(open_office, group, moment):
    async with open_office() as office:
        await office.want(card=(GROUP, "c1"))
        await office.settled()
        setattr(office.life, moment, "remove")
        await office.want()
        await office.settled()
    async with open_office() as office:
        await office.settled(within=60)
        assert await office.turn(lambda turn: turn.letters.of("K7M3QX9PT")) == []
    assert texts(group) == []


async def test_withdrawn_after_the_kill_the_lost_placeholder_is_found_all_the_same(
    open_office, group
):
    """F59, F64: nothing is left of it, though its number was never known."""
    async with open_office() as office:
        await office.want("FIRST", card=(GROUP, "c0"))
        await office.settled()
        office.life.ends_after = "post"
        await office.want(card=(GROUP, "c1"))
        await office.settled()
    async with open_office() as office:
        await office.turn(lambda turn: turn.referrals.erase("K7M3QX9PT"))
        office.delivery.wake()
        await office.settled(within=60)
        assert await office.turn(lambda turn: turn.letters.of("K7M3QX9PT")) == []
    assert texts(group) == ["FIRST card c0"]


async def test_killed_while_it_sweeps_it_sweeps_again(open_office, group):
    async with open_office() as office:
        office.life.ends_after = "post"
        await office.want(card=(GROUP, "c1"))
        await office.settled()
    async with open_office() as office:
        office.life.ends_before = "probe"
        await office.settled()
        assert texts(group) == [PLACEHOLDER, "K7M3QX9PT card c1"]
    async with open_office() as office:
        await office.settled(within=60)
    assert texts(group) == ["K7M3QX9PT card c1"]
