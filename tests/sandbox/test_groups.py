"""Groups: who is in them, what the bot sees there, and how it is shown out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from bot.sandbox.groups import Group
    from bot.sandbox.people import Person

GROUP = -100200300


@pytest.fixture
def boss(sandbox: Sandbox) -> Person:
    return sandbox.person(1, "Berit", language_code="de")


@pytest.fixture
def group(sandbox: Sandbox, boss: Person) -> Group:
    return sandbox.group(GROUP, "Beratung Süd", owner=boss)


async def news(bot: Bot) -> list[Update]:
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)


async def test_the_bot_is_added_by_a_deep_link(bot: Bot, group: Group, boss: Person) -> None:
    await group.add_bot(boss, "CODE7")
    standing, joined, started = await news(bot)
    assert standing.my_chat_member is not None
    assert standing.my_chat_member.new_chat_member.status == "member"
    assert joined.message is not None
    assert joined.message.new_chat_members[0].id == bot.id
    assert started.message is not None
    assert started.message.text == f"/start@{bot.username} CODE7"
    await bot.send_message(GROUP, "Guten Tag")
    assert group.visible[-1].text == "Guten Tag"


async def test_privacy_mode_hides_talk_from_the_bot(
    bot: Bot, sandbox: Sandbox, group: Group, boss: Person
) -> None:
    anna = sandbox.person(2, "Anna")
    await group.add_bot(boss)
    group.join(anna)
    await news(bot)
    await anna.say("Mahlzeit", where=group)
    await anna.say("/help", where=group)
    assert [u.message and u.message.text for u in await news(bot)] == ["/help"]
    group.promote_bot(boss)
    await anna.say("Mahlzeit", where=group)
    assert len(await news(bot)) == 2


async def test_two_counsellors_tap_the_same_card(
    bot: Bot, sandbox: Sandbox, group: Group, boss: Person
) -> None:
    anna = sandbox.person(2, "Anna")
    await group.add_bot(boss)
    group.join(anna)
    await news(bot)
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Übernehmen", callback_data="k:R1:claim")]]
    )
    await bot.send_message(GROUP, "Neue Anfrage", reply_markup=keyboard)
    for person in (boss, anna):
        await person.tap("Übernehmen", where=group)
    taps = [update.callback_query for update in await news(bot)]
    assert [tap and (tap.from_user.id, tap.data) for tap in taps] == [
        (1, "k:R1:claim"),
        (2, "k:R1:claim"),
    ]
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(2, "Details")


async def test_members_are_shown_as_they_are(
    bot: Bot, sandbox: Sandbox, group: Group, boss: Person
) -> None:
    anna = sandbox.person(2, "Anna")
    group.join(anna)
    await group.add_bot(boss, admin=True)
    assert (await bot.get_chat_member(GROUP, 1)).status == "creator"
    assert (await bot.get_chat_member(GROUP, 2)).status == "member"
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "administrator"
    assert await bot.get_chat_member_count(GROUP) == 3
    other_bot = sandbox.person(3, "Other", is_bot=True)
    group.join(other_bot, by=boss)
    group.promote(other_bot, by=boss)
    assert [m.user.id for m in await bot.get_chat_administrators(GROUP)] == [1, bot.id]
    await news(bot)
    await bot.get_updates(allowed_updates=["chat_member"])
    group.kick(anna, by=boss)
    assert (await bot.get_chat_member(GROUP, 2)).status == "kicked"
    (only,) = await news(bot)
    assert only.chat_member is not None
    assert only.chat_member.new_chat_member.status == "kicked"
    assert (await bot.get_chat(GROUP)).title == "Beratung Süd"
    group.mute_bot(boss)
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "restricted"


async def test_every_way_out_has_its_own_words(bot: Bot, group: Group, boss: Person) -> None:
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP, "x")
    await group.add_bot(boss)
    group.mute_bot(boss)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(GROUP, "x")
    group.unmute_bot(boss)
    sent = await bot.send_message(GROUP, "x")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await bot.pin_chat_message(GROUP, sent.message_id)
    group.promote_bot(boss)
    await bot.pin_chat_message(GROUP, sent.message_id)
    pinned = (await bot.get_chat(GROUP)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    group.remove_bot(boss)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(GROUP, "x")
    await group.add_bot(boss)
    await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member"):
        await bot.get_chat(GROUP)
    group.delete()
    with pytest.raises(Forbidden, match="the group chat was deleted"):
        await bot.send_message(GROUP, "x")


async def test_a_group_says_what_is_special_about_it(bot: Bot, group: Group, boss: Person) -> None:
    await group.add_bot(boss)
    ordinary = await bot.get_chat(GROUP)
    assert (ordinary.username, ordinary.is_forum, ordinary.has_protected_content) == (None,) * 3
    group.about = {
        "username": "beratung",
        "is_forum": True,
        "linked_chat_id": -1_009_000_000_009,
        "has_protected_content": True,
    }
    special = await bot.get_chat(GROUP)
    assert (special.username, special.is_forum) == ("beratung", True)
    assert (special.linked_chat_id, special.has_protected_content) == (-1_009_000_000_009, True)
    sent = await bot.send_message(GROUP, "x")
    assert (sent.chat.username, sent.chat.is_forum) == ("beratung", True)
    assert sent.has_protected_content


async def test_a_card_in_a_group_is_edited(bot: Bot, group: Group, boss: Person) -> None:
    await group.add_bot(boss)
    claim = InlineKeyboardMarkup.from_button(InlineKeyboardButton("x", callback_data="k:R1:claim"))
    sent = await bot.send_message(GROUP, "Karte", reply_markup=claim, protect_content=True)
    card = group.visible[-1]
    await bot.edit_message_text("Vergeben", GROUP, sent.message_id, reply_markup=claim)
    assert (card.text, card.data) == ("Vergeben", ["k:R1:claim"])
    assert card.content["has_protected_content"], "an edit does not take the protection away"
    await bot.edit_message_reply_markup(GROUP, sent.message_id)
    assert (card.text, card.data) == ("Vergeben", [])
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(GROUP, sent.message_id)


async def test_a_phone_number_is_asked_for_in_private_only(
    bot: Bot, group: Group, boss: Person
) -> None:
    await group.add_bot(boss)
    for key, what in (
        (KeyboardButton("x", request_contact=True), "Phone number"),
        (KeyboardButton("x", request_location=True), "Location"),
    ):
        with pytest.raises(BadRequest, match=f"{what} can be requested in private chats only"):
            await bot.send_message(GROUP, "?", reply_markup=ReplyKeyboardMarkup([[key]]))
    await bot.send_message(GROUP, "?", reply_markup=ReplyKeyboardMarkup([["/queue"]]))
    await boss.use("/queue", where=group)
    assert group.visible[-1].text == "/queue"


async def test_a_group_moves_to_a_supergroup(bot: Bot, sandbox: Sandbox, boss: Person) -> None:
    group = sandbox.group(-500, "Beratung", supergroup=False, owner=boss)
    await group.add_bot(boss)
    sent = await bot.send_message(-500, "Karte")
    await news(bot)
    new = group.upgrade(boss)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-500, "x")
    assert moved.value.new_chat_id == new.id
    there, here = await news(bot)
    assert there.message is not None
    assert there.message.migrate_to_chat_id == new.id
    assert here.message is not None
    assert here.message.migrate_from_chat_id == -500
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", new.id, sent.message_id + 5)
    await bot.send_message(new.id, "Karte")
