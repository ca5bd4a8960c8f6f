"""Groups: linked with an invitation, looked at, and left where nobody has one."""

from __future__ import annotations

import pytest

from bot.core import desk
from bot.core.team import Caution
from bot.exchange import AtTheDesk, BotStanding, ColleagueLeft, GroupMoved, Link
from bot.sandbox.faults import Answer, Flood, Lost, Refuse

FAREWELL = "Please write to me in private."


@pytest.fixture
def anna(sandbox):
    return sandbox.person(7, "Anna", language_code="de")


@pytest.fixture
def ben(sandbox):
    return sandbox.person(8, "Ben", language_code="de")


@pytest.fixture
def group(sandbox, anna, ben):
    return sandbox.group(-100, owner=anna, members=(ben,))


def told(echo) -> list:
    return [update for batch in echo.batches for update in batch]


def said(group) -> list[str]:
    return [message.text for message in group.visible if message.from_bot and message.text]


async def test_an_administrator_links_the_group_with_the_code(echo, run, anna, group):
    async with run() as bot:
        await group.add_bot(anna)
        await bot.quiet()
        assert group.bot_standing == "member"
        await anna.say("/link ABCD-EFGH", where=group)
        await bot.quiet()
    ((update, seen),) = echo.links
    assert (update.what, update.person, update.chat) == (Link("ABCD-EFGH"), 7, -100)
    assert (seen.by_administrator, seen.members) == (True, 2)
    assert said(group) == ["linked"]
    assert group.bot_standing == "member"


async def test_a_link_of_an_invitation_takes_the_bot_in_and_links(echo, run, anna, group):
    async with run() as bot:
        await group.add_bot(anna, payload="abcd", admin=True)
        await bot.quiet()
    ((update, _),) = echo.links
    assert update.what == Link("abcd")
    assert said(group) == ["linked"]


async def test_a_member_who_is_no_administrator_is_known_as_such(echo, run, anna, ben, group):
    async with run() as bot:
        await group.add_bot(anna)
        await ben.say("/link abcd", where=group)
        await bot.quiet()
    ((_, seen),) = echo.links
    assert not seen.by_administrator


async def test_an_administrator_who_hides_is_nobody(echo, run, anna, group):
    async with run() as bot:
        await group.add_bot(anna)
        await anna.say("/link abcd", where=group, sender_chat={"id": -100, "type": "supergroup"})
        await bot.quiet()
    ((update, seen),) = echo.links
    assert (update.person, seen.by_administrator) == (0, False)


async def test_the_turn_is_stored_before_telegram_is_asked_about_the_group(
    sandbox, echo, run, anna, group
):
    sandbox.faults.script("getChat", Lost(), Flood(7), Answer())
    async with run() as bot:
        await group.add_bot(anna, payload="abcd")
        await anna.say("/queue", where=group)
        await bot.quiet()
        kinds = [type(update) for update in told(echo)]
    assert kinds.count(AtTheDesk) == 2
    assert said(group) == ["linked"]


async def test_a_group_that_cannot_be_seen_is_not_linked(sandbox, echo, run, anna, group):
    kicked = Refuse(403, "Forbidden: bot was kicked from the supergroup chat")
    sandbox.faults.script("getChatAdministrators", kicked)
    async with run() as bot:
        await group.add_bot(anna)
        await anna.say("/link abcd", where=group)
        await bot.quiet()
    assert echo.links == []


@pytest.mark.parametrize(
    "words", ["/start", "/help", "/start@clearing_sandbox_bot", "/x@clearing_sandbox_bot"]
)
@pytest.mark.parametrize("admin", [False, True])
async def test_a_group_that_wants_to_talk_gets_one_sentence_and_is_left(
    run, anna, group, words, admin
):
    """F53."""
    async with run() as bot:
        await group.add_bot(anna, admin=admin)
        await anna.say(words, where=group)
        await bot.quiet()
    assert said(group) == [FAREWELL]
    assert group.bot_standing == "left"


@pytest.mark.parametrize(
    "words", ["/start@another_bot", "/queue@another_bot", "/settings", "hello"]
)
async def test_what_is_meant_for_others_is_not_heard(echo, run, anna, group, words):
    async with run() as bot:
        await group.add_bot(anna, admin=True)
        await anna.say(words, where=group)
        await bot.quiet()
    assert [type(update) for update in told(echo)] == [BotStanding]
    assert group.bot_standing == "administrator"


async def test_a_linked_group_that_wants_to_talk_is_not_left(echo, run, anna, group):
    echo.groups.append(-100)
    async with run() as bot:
        await group.add_bot(anna)
        await anna.say("/help", where=group)
        await bot.quiet()
    assert (said(group), group.bot_standing) == ([], "member")


async def test_a_group_where_the_bot_may_not_speak_is_left_silently(sandbox, run, anna, group):
    refusal = Refuse(400, "Bad Request: not enough rights to send text messages to the chat")
    sandbox.faults.script("sendMessage", refusal)
    async with run() as bot:
        await group.add_bot(anna)
        await anna.say("/start", where=group)
        await bot.quiet()
    assert (said(group), group.bot_standing) == ([], "left")


async def test_a_group_that_nobody_links_for_an_hour_is_left(sandbox, run, anna, group):
    """F53."""
    linked = sandbox.group(-200, owner=anna)
    async with run() as bot:
        await bot.polling.groups.round()
        await group.add_bot(anna)
        await linked.add_bot(anna, payload="abcd")
        await bot.quiet()
        await bot.polling.groups.round()
        assert group.bot_standing == "member"
        await bot.polling.groups.round()
    assert (said(group), group.bot_standing) == ([FAREWELL], "left")
    assert (said(linked), linked.bot_standing) == (["linked"], "member")


async def test_a_channel_is_left_without_a_word(sandbox, echo, run, anna, group):
    # The sandbox has no channels: only the update says that it is one.
    """F53."""
    channel = {"id": -100, "type": "channel"}
    user = {"id": 100200, "is_bot": True, "first_name": "bot"}
    change = {
        "chat": channel,
        "from": {"id": 7},
        "old_chat_member": {"user": user, "status": "left"},
        "new_chat_member": {"user": user, "status": "administrator"},
    }
    async with run() as bot:
        await group.add_bot(anna, admin=True)
        await bot.quiet()
        echo.batches.clear()
        sandbox.inject({"update_id": 5000, "my_chat_member": change})
        await bot.quiet()
    assert (said(group), group.bot_standing, told(echo)) == ([], "left", [])


async def test_linked_groups_are_looked_at_at_the_start_and_when_somebody_joins(
    sandbox, echo, run, group
):
    echo.groups.append(-100)
    group.standings[sandbox.bot_id] = "administrator"
    async with run() as bot:
        await sandbox.until(lambda: sandbox.called("getChatMemberCount"))
        await bot.quiet()
        await bot.polling.groups.round()
        before = len(echo.looks)
        group.join(sandbox.person(9))
        await bot.quiet()
    assert [look.members for look in echo.looks[:before]] == [2] * before
    assert before > 0
    assert {look.members for look in echo.looks[before:]} == {3}
    assert not any(look.by_administrator for look in echo.looks)
    assert Caution.STRANGERS not in echo.looks[-1].cautions


async def test_one_group_that_is_gone_does_not_keep_others_from_being_looked_at(
    sandbox, echo, run, group
):
    other = sandbox.group(-50, standings={sandbox.bot_id: "member"})
    echo.groups.extend([group.id, other.id])
    async with run() as bot:
        await bot.polling.groups.round()
    assert {look.chat for look in echo.looks} == {other.id}


async def test_what_becomes_of_a_group_is_told_in_order(echo, run, anna, ben, group):
    async with run() as bot:
        await group.add_bot(anna, admin=True)
        await bot.quiet()
        group.leave(ben)
        group.mute_bot(anna)
        group.unmute_bot(anna)
        new = group.upgrade(anna)
        group.remove_bot(anna)
        await bot.quiet()
    heard = [
        (update.is_there, update.may_write)
        if isinstance(update, BotStanding)
        else update.person
        if isinstance(update, ColleagueLeft)
        else (update.old, update.new)
        for update in told(echo)
    ]
    assert heard == [
        (True, True),
        *[ben.id] * 2,
        (True, False),
        (True, True),
        *[(-100, new.id)] * 2,
        (False, False),
    ]


async def test_a_tap_in_the_group_reaches_the_desk(sandbox, echo, run, anna, group):
    async with run() as bot:
        await group.add_bot(anna)
        card = group.add(sandbox.me(), {"text": "card"})
        await anna.press(card, "k:ab12:claim")
        await bot.quiet()
    tap = told(echo)[-1]
    assert (tap.what, tap.in_group, tap.person) == (desk.Tap("ab12", desk.Verb.CLAIM), True, 7)
    assert (tap.chat, tap.tapped, tap.message) == (-100, card.id, None)


async def test_taps_in_the_group_that_mean_nothing_are_answered_all_the_same(
    sandbox, echo, run, anna, group
):
    async with run() as bot:
        await group.add_bot(anna)
        card = group.add(sandbox.me(), {"text": "card"})
        strange = ("a:age:27_plus", "k:ab12:steal", "k", "")
        taps = [await anna.press(card, data) for data in strange]
        await bot.quiet()
    assert all(tap.answer is not None for tap in taps)
    assert [type(update) for update in told(echo)] == [BotStanding]


async def test_a_group_that_moved_is_one_move_whichever_notice_comes_first(echo, run, sandbox):
    old, new = {"id": -5, "type": "group"}, {"id": -1005, "type": "supergroup"}
    who = {"from": {"id": 7}, "message_id": 3, "date": 0}
    sandbox.inject({"update_id": 1, "message": {"chat": new, "migrate_from_chat_id": -5, **who}})
    sandbox.inject({"update_id": 2, "message": {"chat": old, "migrate_to_chat_id": -1005, **who}})
    async with run() as bot:
        await bot.quiet()
    assert told(echo) == [GroupMoved(1, -5, -1005), GroupMoved(2, -5, -1005)]
