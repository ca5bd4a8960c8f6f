"""How messages are numbered: a bot that looks for a lost one relies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram import Bot

    from bot.sandbox import Sandbox

SUPERGROUP, OTHER_SUPERGROUP, BASIC_GROUP = -1_001_000_000_001, -1_001_000_000_002, -500


async def test_private_chats_and_basic_groups_share_a_row(bot: Bot, sandbox: Sandbox) -> None:
    ana, ben = sandbox.person(1, "Ana"), sandbox.person(2, "Ben")
    group = sandbox.group(BASIC_GROUP, supergroup=False, owner=ana)
    started = [(await ana.start()).id, (await ben.start()).id]
    await group.add_bot(ana)
    sent = [(await bot.send_message(chat, "x")).message_id for chat in (1, BASIC_GROUP, 2)]
    assert started == [1, 2]
    assert group.visible[0].id == 3
    assert sent == [4, 5, 6]


async def test_each_supergroup_counts_for_itself(bot: Bot, sandbox: Sandbox) -> None:
    ana = sandbox.person(1, "Ana")
    await ana.start()
    for number in (SUPERGROUP, OTHER_SUPERGROUP):
        await sandbox.group(number, owner=ana).add_bot(ana)
    chats = (SUPERGROUP, 1, SUPERGROUP, OTHER_SUPERGROUP, 1)
    sent = [(await bot.send_message(chat, "x")).message_id for chat in chats]
    assert sent == [2, 2, 3, 2, 3]


async def test_a_group_that_becomes_a_supergroup_begins_anew(bot: Bot, sandbox: Sandbox) -> None:
    ana = sandbox.person(1, "Ana")
    old = sandbox.group(BASIC_GROUP, supergroup=False, owner=ana)
    await old.add_bot(ana)
    card = await bot.send_message(BASIC_GROUP, "Karte")
    new = old.upgrade(ana)
    assert card.message_id == 2
    assert old.visible[-1].id == 3
    assert [message.id for message in new.visible] == [1]
